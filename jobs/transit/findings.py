"""What is wrong with a feed: every problem found, with file, row, rule and mend."""

from collections import Counter
from collections.abc import Callable
from dataclasses import asdict, dataclass, field, replace
from typing import Any

import numpy as np

from jobs.errors import InputError

MEND = "correct the feed; gtfs-validator lists all such rows"
_ROWS_EACH = 5
"""Rows shown of one fault of one file."""
_MOST = 50


@dataclass(frozen=True)
class Finding:
    """One problem. An error keeps the feed from being read; a warning says what was made of it."""

    file: str
    row: int
    """Row of the file, the header being 1; 0 for the whole file."""
    rule: str
    what: str
    mend: str
    is_error: bool
    more: int = 0
    """Further rows with the same problem, told on the last row that is shown."""

    @property
    def where(self) -> str:
        """File and row."""
        return f"{self.file} row {self.row}" if self.row else self.file

    def as_json(self) -> dict[str, Any]:
        """Fields for `--json`."""
        return asdict(self)


class FeedFault(InputError):
    """A feed cannot be read; ``findings`` are its problems one by one."""

    def __init__(
        self, what: str, where: str = "", mend: str = "", findings: tuple[Finding, ...] = ()
    ) -> None:
        super().__init__(what, where, mend)
        self.findings = findings


@dataclass
class Findings:
    """Collects findings while a feed is read; of each rule and file the first rows and the count."""

    found: list[Finding] = field(default_factory=list)
    counts: Counter[tuple[str, str]] = field(default_factory=Counter)
    """All rows by (file, rule), shown or not."""

    def add(
        self, file: str, rule: str, what: str, mend: str = MEND, row: int = 0, is_error: bool = True
    ) -> None:
        """Note one problem."""
        self.counts[(file, rule)] += 1
        if self.counts[(file, rule)] <= _ROWS_EACH:
            self.found.append(Finding(file, row, rule, what, mend, is_error))

    def rows(
        self,
        file: str,
        rule: str,
        is_bad: np.ndarray,
        what: Callable[[int], str],
        mend: str = MEND,
        is_error: bool = True,
    ) -> bool:
        """Note all rows where `is_bad` (bool per data row) is true; return whether there are any.

        Parameters
        ----------
        what : says the problem of the i-th data row.
        """
        bad = np.flatnonzero(is_bad)
        for i in bad[:_ROWS_EACH].tolist():
            self.found.append(Finding(file, i + 2, rule, what(i), mend, is_error))
        self.counts[(file, rule)] += int(bad.size)
        return bool(bad.size)

    @property
    def errors(self) -> list[Finding]:
        """Those that keep the feed from being read."""
        return [f for f in self.found if f.is_error]

    @property
    def warnings(self) -> list[Finding]:
        """Those that the reader got over."""
        return [f for f in self.told if not f.is_error]

    @property
    def told(self) -> list[Finding]:
        """All that is shown; the last row of each file and rule counts those that are not."""
        shown = Counter((f.file, f.rule) for f in self.found)
        out, seen = [], Counter[tuple[str, str]]()
        for finding in self.found:
            key = (finding.file, finding.rule)
            seen[key] += 1
            is_last = seen[key] == shown[key]
            out.append(replace(finding, more=self.counts[key] - shown[key]) if is_last else finding)
        return out

    def refuse(self, where: str) -> None:
        """Raise if anything keeps the feed from being read.

        Raises
        ------
        FeedFault
            One error for all problems, up to fifty; each says file, row, rule and mend.
        """
        errors = self.errors
        if not errors:
            return
        if len(errors) == 1 and self._hidden(errors) == 0:
            raise FeedFault(errors[0].what, errors[0].where, errors[0].mend, tuple(self.told))
        total = len(errors) + self._hidden(errors)
        places = ["" if f.where == where else f"{f.where}: " for f in errors]
        lines = [
            f"  {number}. {place}{f.what} [{f.rule}]"
            for number, (place, f) in enumerate(zip(places, errors[:_MOST], strict=False), start=1)
        ]
        if total > len(lines):
            lines.append(f"  … and {total - len(lines):,} more")
        mends = "; ".join(dict.fromkeys(f.mend for f in errors))
        told = "\n".join([f"{total:,} problems keep it from being read", *lines])
        raise FeedFault(told, where, mends, tuple(self.told))

    def _hidden(self, shown: list[Finding]) -> int:
        keys = Counter((f.file, f.rule) for f in shown)
        return sum(self.counts[key] - count for key, count in keys.items())
