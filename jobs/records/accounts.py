"""What became of every row of every input file, and whether that is good enough to go on."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any, Literal

from pydantic import Field

from jobs.engine.store import StoredFile
from jobs.errors import QualityGate
from jobs.params import Params

_TOTALS = ("rows_in", "accepted", "quarantined", "duplicates", "objected")


class QualityParams(Params):
    """When the input is too poor to go on, and what makes a day unlike those before it."""

    max_rejected_share: float = Field(
        0.05, ge=0, le=1, description="rejected rows / rows in; more ends the run"
    )
    lookback_days: int = Field(14, ge=3, le=366, description="days before a day that it is compared with")
    max_change: float = Field(
        0.5, gt=0, description="a day's events or users against the median of the look-back: +-50 %"
    )
    max_silent_share: float = Field(
        0.2, ge=0, le=1, description="cells without an event / cells in use on most days of the look-back"
    )
    on_break: Literal["warn", "block"] = Field(
        "warn", description="what a day beyond these bounds does to the run that brings it"
    )


@dataclass
class FileAccount:
    """What became of the rows of one file.

    Attributes
    ----------
    quarantined : rejected rows by reason.
    objected : rows of people who objected.
    days : rows that were handed on, by local day (ISO date); repeated : those of them that repeat another.
    rejected_days : by local day, rejected rows by reason; "" for rows whose time cannot be read.
    """

    file: str
    rows_in: int = 0
    objected: int = 0
    quarantined: Counter[str] = field(default_factory=Counter)
    days: Counter[str] = field(default_factory=Counter)
    repeated: Counter[str] = field(default_factory=Counter)
    rejected_days: dict[str, Counter[str]] = field(default_factory=dict)

    @property
    def duplicates(self) -> int:
        return sum(self.repeated.values())

    @property
    def accepted(self) -> int:
        return self.rows_in - self.duplicates - self.objected - sum(self.quarantined.values())

    def as_json(self) -> dict[str, Any]:
        return {
            "file": self.file,
            "rows_in": self.rows_in,
            "accepted": self.accepted,
            "duplicates": self.duplicates,
            "objected": self.objected,
            "quarantined": sum(self.quarantined.values()),
            "reasons": dict(sorted(self.quarantined.items())),
        }

    def to_remember(self) -> dict[str, Any]:
        """All of it, for a later run."""
        return {**vars(self)}

    @classmethod
    def remembered(cls, told: dict[str, Any]) -> "FileAccount":
        """Undo `to_remember`, also after JSON."""
        counters = {name: Counter(told[name]) for name in ("quarantined", "days", "repeated")}
        rejected = {day: Counter(reasons) for day, reasons in told["rejected_days"].items()}
        return cls(told["file"], told["rows_in"], told["objected"], **counters, rejected_days=rejected)


@dataclass
class SliceAccount:
    """What a reader made of a slice of a file, both by number; `again` when only some days were wanted.

    `is_numbered` when its record numbers are those of the file, not those of the slice.
    """

    file: int
    slice: int
    again: bool = False
    is_numbered: bool = False
    rows_in: int = 0
    quarantined: Counter[str] = field(default_factory=Counter)
    days: Counter[str] = field(default_factory=Counter)
    rejected_days: dict[str, Counter[str]] = field(default_factory=dict)
    rejected: list[StoredFile] = field(default_factory=list)
    """Files of the quarantine that it wrote."""

    def as_json(self) -> dict[str, Any]:
        return {**vars(self), "rejected": [file.as_json() for file in self.rejected]}

    @classmethod
    def from_json(cls, told: dict[str, Any]) -> "SliceAccount":
        counters = {name: Counter(told[name]) for name in ("quarantined", "days")}
        days = {day: Counter(reasons) for day, reasons in told["rejected_days"].items()}
        rejected = [StoredFile.from_json(entry) for entry in told["rejected"]]
        return cls(**{**told, **counters, "rejected_days": days, "rejected": rejected})


def slice_accounts(reports: list[dict[str, Any]]) -> list[SliceAccount]:
    """Accounts of all slices, in the order of the input, out of the receivers' reports."""
    told = [SliceAccount.from_json(account) for report in reports for account in report["accounts"]]
    return sorted(told, key=lambda account: (account.file, account.slice))


def file_accounts(paths: list[str], slices: list[SliceAccount]) -> dict[str, FileAccount]:
    """Accounts of the files that were read whole, as their readers tell."""
    accounts: dict[str, FileAccount] = {}
    for told in slices:
        if told.again:
            continue
        account = accounts.setdefault(paths[told.file], FileAccount(paths[told.file]))
        account.rows_in += told.rows_in
        account.quarantined.update(told.quarantined)
        account.days.update(told.days)
        for day, reasons in told.rejected_days.items():
            account.rejected_days.setdefault(day, Counter()).update(reasons)
    return accounts


def totals_of(accounts: list[FileAccount]) -> dict[str, Any]:
    """Totals over all files, and the account of each, for the stage manifest."""
    told = [account.as_json() for account in accounts]
    totals = {k: sum(a[k] for a in told) for k in _TOTALS}
    reasons: Counter[str] = Counter()
    for account in accounts:
        reasons.update(account.quarantined)
    return {**totals, "reasons": dict(sorted(reasons.items())), "files": told}


def assert_balanced(events: list[StoredFile], accounts: list[FileAccount]) -> None:
    """Rows accounted as accepted have to be the rows that were written.

    Raises
    ------
    QualityGate
        They are not: a bug.
    """
    written = sum(file.rows for file in events)
    accepted = sum(account.accepted for account in accounts)
    if written != accepted:
        raise QualityGate(
            f"wrote {written} events but accepted {accepted} rows", "ingest", "please report this bug"
        )


def check_quality(accounts: Iterable[FileAccount], quality: QualityParams) -> None:
    """Refuse input of which too many rows are rejected.

    Raises
    ------
    QualityGate
        More than `quality` allows.
    """
    accounts = list(accounts)
    rows = sum(account.rows_in for account in accounts)
    reasons: Counter[str] = Counter()
    for account in accounts:
        reasons.update(account.quarantined)
    rejected = sum(reasons.values())
    if rows and rejected > quality.max_rejected_share * rows:
        most = ", ".join(f"{reason} {count:,}" for reason, count in reasons.most_common(3))
        raise QualityGate(
            f"{rejected:,} of {rows:,} rows are rejected ({rejected / rows:.1%}; {most}), "
            f"more than {quality.max_rejected_share:.1%}",
            "quality.max_rejected_share",
            "`maillage quarantine list WORKSPACE --refused` shows them; mend the source or its column mapping, "
            "or raise the bound if the loss is known and accepted",
        )
