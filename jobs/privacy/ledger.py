"""What has been spent of a privacy budget, by population and period: a file that refuses overspending."""

import fcntl
import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from fractions import Fraction
from pathlib import Path
from typing import Any

from jobs.errors import InputError, PrivacyGate

_VERSION = 1


@dataclass(frozen=True)
class Spending:
    """One release of a table.

    Attributes
    ----------
    population : whom it is about; first_day, last_day : local days since 1970.
    release : digest of all that decides it; the same release is paid once.
    """

    population: str
    first_day: int
    last_day: int
    table: str
    release: str
    epsilon: Fraction
    delta: float

    def as_json(self) -> dict[str, Any]:
        return {**asdict(self), "epsilon": str(self.epsilon)}

    @staticmethod
    def from_json(told: dict[str, Any]) -> "Spending":
        return Spending(**{**told, "epsilon": Fraction(told["epsilon"])})

    def meets(self, other: "Spending") -> bool:
        """Whether both are about the same people on a common day."""
        return (
            self.population == other.population
            and self.first_day <= other.last_day
            and other.first_day <= self.last_day
        )


class Ledger:
    """The file. Entries are only ever added, under a lock, by replacing the file whole."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def entries(self) -> list[Spending]:
        """All that was spent.

        Raises
        ------
        InputError
            The file is there but cannot be read as a ledger: then nothing may be spent.
        """
        try:
            told = json.loads(self.path.read_bytes())
            return [Spending.from_json(entry) for entry in told["spent"]]
        except FileNotFoundError:
            return []
        except (OSError, ValueError, KeyError, TypeError) as error:
            what = "is not a readable privacy ledger, and without it nothing may be spent"
            raise InputError(what, str(self.path), "bring it back from a copy") from error

    def spend(self, spending: Spending, limit_epsilon: Fraction, limit_delta: float) -> dict[str, Any]:
        """Note a spending; basic composition: epsilons and deltas of releases that share days add up.

        Returns
        -------
        what is spent on these days, this included.

        Raises
        ------
        PrivacyGate
            It would go beyond a limit. Nothing is noted.
        """
        with self._locked():
            entries = self.entries()
            known = any(e.release == spending.release and e.table == spending.table for e in entries)
            if not known:
                entries.append(spending)
            met = [e for e in entries if e.meets(spending)]
            epsilon = sum((e.epsilon for e in met), Fraction(0))
            delta = sum(e.delta for e in met)
            if not known:
                if epsilon > limit_epsilon or delta > limit_delta * (1 + 1e-9):
                    raise PrivacyGate(
                        f"`{spending.table}` costs epsilon {float(spending.epsilon):g}, delta "
                        f"{spending.delta:g}; with what was released of {spending.population!r} on these days "
                        f"that is {float(epsilon):g}, {delta:g}: more than the limit of "
                        f"{float(limit_epsilon):g}, {limit_delta:g}",
                        str(self.path),
                        "release what is released already, or decide on a higher disclosure.dp.limit_epsilon",
                    )
                self._write(entries)
            return {"epsilon": str(epsilon), "delta": delta, "releases": len(met)}

    def _write(self, entries: list[Spending]) -> None:
        text = json.dumps({"version": _VERSION, "spent": [e.as_json() for e in entries]}, indent=1)
        aside = self.path.with_name(f"{self.path.name}.{os.getpid()}.aside")
        with open(aside, "w", encoding="utf-8") as out:
            out.write(text + "\n")
            out.flush()
            os.fsync(out.fileno())
        os.replace(aside, self.path)

    @contextmanager
    def _locked(self) -> Iterator[None]:
        self.path.parent.mkdir(parents=True, exist_ok=True)
        with open(self.path.with_name(self.path.name + ".lock"), "w") as handle:
            fcntl.flock(handle, fcntl.LOCK_EX)
            yield
