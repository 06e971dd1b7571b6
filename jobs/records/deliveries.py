"""Files come day by day: which of them have to be read, and which days of which users are made anew.

A file that is new is read. One that changed, or is gone, makes every day that it had rows on unsure:
these days are rebuilt out of all files with rows on them. Everything else stays as an earlier run made it.
"""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from jobs.engine.store import StoredFile
from jobs.errors import ConfigError
from jobs.records.accounts import FileAccount


@dataclass(frozen=True)
class UnitFigures:
    """What the events of a unit hold.

    Attributes
    ----------
    users : distinct; first_s, last_s : UTC seconds; days : `jobs.records.daily.DayCount` as JSON, by ISO date.
    """

    users: int
    first_s: int
    last_s: int
    days: Mapping[str, Any]

    def as_json(self) -> dict[str, Any]:
        return {**vars(self)}


@dataclass(frozen=True)
class Earlier:
    """What an earlier run made of files that are written alike.

    Attributes
    ----------
    parts : into how many parts users are cut.
    digests : SHA-256 of each file that was read.
    accounts : what became of each file's rows.
    events : the file of events of each unit, by its name.
    quarantine : files of rejected rows.
    units : by its name, what a unit holds.
    cells : identifiers of the cell plan, in the order of the index that events hold.
    """

    parts: int
    digests: Mapping[str, str]
    accounts: Mapping[str, FileAccount]
    events: Mapping[str, StoredFile]
    quarantine: tuple[StoredFile, ...]
    units: Mapping[str, UnitFigures]
    cells: tuple[str, ...] = ()

    def to_remember(self) -> dict[str, Any]:
        """What is not in the stage's tables, for a later run."""
        return {
            "parts": self.parts,
            "accounts": [account.to_remember() for account in self.accounts.values()],
            "units": {name: unit.as_json() for name, unit in self.units.items()},
            "digests": dict(self.digests),
            "cells": list(self.cells),
        }

    @classmethod
    def remembered(
        cls, told: Mapping[str, Any], events: list[StoredFile], quarantine: list[StoredFile]
    ) -> "Earlier":
        """Undo `to_remember`, also after JSON."""
        accounts = [FileAccount.remembered(account) for account in told["accounts"]]
        return cls(
            told["parts"],
            told["digests"],
            {account.file: account for account in accounts},
            {file.name: file for file in events},
            tuple(quarantine),
            {name: UnitFigures(**unit) for name, unit in told["units"].items()},
            tuple(told["cells"]),
        )

    @property
    def last_day(self) -> str:
        """ISO date of the last day with events; empty when there is none."""
        return max((day for unit in self.units.values() for day in unit.days), default="")

    @property
    def largest_unit(self) -> int:
        """Events of the unit that has most."""
        return max((file.rows for file in self.events.values()), default=0)


@dataclass(frozen=True)
class Delivery:
    """What a run has to do.

    Attributes
    ----------
    fresh : files to read whole: new, or changed.
    again : files to read once more, for their rows on the days that are rebuilt.
    rebuilt : ISO dates of these days.
    kept : files that were read by earlier runs, and whose other rows stay as they are.
    gone : files that were read by earlier runs, and are no longer there.
    """

    fresh: frozenset[str]
    again: frozenset[str] = frozenset()
    rebuilt: frozenset[str] = frozenset()
    kept: tuple[str, ...] = ()
    gone: tuple[str, ...] = ()

    def units_to_rebuild(self, earlier: Earlier) -> tuple[str, ...]:
        """Names of the units that have events on a rebuilt day."""
        return tuple(name for name, unit in earlier.units.items() if self.rebuilt.intersection(unit.days))


def what_to_read(files: Mapping[str, str], earlier: Earlier | None, keep_gone: bool) -> Delivery:
    """Compare the files that are there, each with its digest, with those of an earlier run.

    Raises
    ------
    ConfigError
        A day has to be rebuilt, and a file with rows on it, which are to be kept, is gone.
    """
    if earlier is None:
        return Delivery(frozenset(files))
    gone = tuple(sorted(set(earlier.accounts) - set(files)))
    same = {file for file, digest in files.items() if earlier.digests.get(file) == digest}
    changed = {file for file in files if file in earlier.accounts and file not in same}
    unsure = changed | (set() if keep_gone else set(gone))
    rebuilt = frozenset(day for file in unsure for day in earlier.accounts[file].days)
    again = {file for file in same if rebuilt.intersection(earlier.accounts[file].days)}
    lost = [file for file in gone if keep_gone and rebuilt.intersection(earlier.accounts[file].days)]
    if lost:
        raise ConfigError(
            f"{len(lost)} record files whose events are to be kept are gone (the first is {lost[0]}), and days "
            "that they had rows on have to be rebuilt, because another file of these days changed",
            "gone_files",
            "put the files back; or set gone_files: drop, or name another workspace",
        )
    kept = sorted(same | (set(gone) if keep_gone else set()))
    return Delivery(frozenset(set(files) - same), frozenset(again), rebuilt, tuple(kept), gone)


@dataclass
class Lateness:
    """Rows that came for days which an earlier run had closed: days before the last that it saw."""

    rows: Counter[str] = field(default_factory=Counter)

    @classmethod
    def of(cls, accounts: Mapping[str, FileAccount], earlier: Earlier | None) -> "Lateness":
        """Count late rows of files that were read now; a file delivered again is not late on its own days."""
        late = cls()
        if earlier is None:
            return late
        for file, account in accounts.items():
            before = earlier.accounts[file].days if file in earlier.accounts else Counter()
            for day, rows in account.days.items():
                if day < earlier.last_day and day not in before:
                    late.rows[day] += rows
        return late
