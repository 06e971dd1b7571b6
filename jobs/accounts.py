"""What became of every row of every input file, and whether that is good enough to go on."""

from collections import Counter
from dataclasses import dataclass, field
from typing import Any

from pydantic import Field

from jobs.errors import QualityGate
from jobs.params import Params
from jobs.store import StoredFile


class QualityParams(Params):
    """When the input is too poor to go on."""

    max_rejected_share: float = Field(
        0.05, ge=0, le=1, description="rejected rows / rows in; more ends the run"
    )


@dataclass
class FileAccount:
    """What became of the rows of one file."""

    file: str
    rows_in: int = 0
    accepted: int = 0
    duplicates: int = 0
    quarantined: Counter[str] = field(default_factory=Counter)

    def as_json(self) -> dict[str, Any]:
        return {
            "file": self.file,
            "rows_in": self.rows_in,
            "accepted": self.accepted,
            "duplicates": self.duplicates,
            "quarantined": sum(self.quarantined.values()),
            "reasons": dict(sorted(self.quarantined.items())),
        }


@dataclass
class SliceAccount:
    """What a reader made of a slice of a file, both by number."""

    file: int
    slice: int
    rows_in: int = 0
    quarantined: Counter[str] = field(default_factory=Counter)
    rejected: list[StoredFile] = field(default_factory=list)
    """Files of the quarantine that it wrote."""

    def as_json(self) -> dict[str, Any]:
        return {**vars(self), "rejected": [file.as_json() for file in self.rejected]}

    @classmethod
    def from_json(cls, told: dict[str, Any]) -> "SliceAccount":
        rejected = [StoredFile.from_json(entry) for entry in told["rejected"]]
        return cls(**{**told, "quarantined": Counter(told["quarantined"]), "rejected": rejected})


@dataclass(frozen=True)
class IngestResult:
    """Files written, the account of every input file, and the seconds (UTC) that events span.

    `users` counts a person once in each pseudonym window.
    """

    events: list[StoredFile]
    quarantine: list[StoredFile]
    accounts: list[FileAccount]
    users: int
    first_s: int
    last_s: int

    def figures(self) -> dict[str, Any]:
        """Totals and the account of every file, for the stage manifest."""
        told = [account.as_json() for account in self.accounts]
        totals = {k: sum(a[k] for a in told) for k in ("rows_in", "accepted", "quarantined", "duplicates")}
        reasons: Counter[str] = Counter()
        for account in self.accounts:
            reasons.update(account.quarantined)
        span = {"first_s": self.first_s, "last_s": self.last_s}
        return {
            **totals,
            "reasons": dict(sorted(reasons.items())),
            "users": self.users,
            **span,
            "files": told,
        }


def slice_accounts(reports: list[dict[str, Any]]) -> list[SliceAccount]:
    """Accounts of all slices, in the order of the input, out of the receivers' reports."""
    told = [SliceAccount.from_json(account) for report in reports for account in report["accounts"]]
    return sorted(told, key=lambda account: (account.file, account.slice))


def file_accounts(
    paths: list[str], slices: list[SliceAccount], reports: list[dict[str, Any]]
) -> list[FileAccount]:
    """Accounts of all files: rows as the readers tell, repetitions as the receivers do."""
    accounts = [FileAccount(path) for path in paths]
    for told in slices:
        accounts[told.file].rows_in += told.rows_in
        accounts[told.file].quarantined.update(told.quarantined)
    for report in reports:
        for file, repeated in report["duplicates"].items():
            accounts[int(file)].duplicates += repeated
    for account in accounts:
        account.accepted = account.rows_in - account.duplicates - sum(account.quarantined.values())
    return accounts


def gathered(
    reports: list[dict[str, Any]], accounts: list[FileAccount], quarantine: list[StoredFile]
) -> IngestResult:
    """Put the reports of all receivers together.

    Raises
    ------
    QualityGate
        The rows accounted for are not those that were written: a bug.
    """
    events = [StoredFile.from_json(entry) for report in reports for entry in report["events"]]
    spans = [span for report in reports for span in report["spans"]] or [(0, 0)]
    users = sum(report["users"] for report in reports)
    first, last = min(span[0] for span in spans), max(span[1] for span in spans)
    result = IngestResult(events, quarantine, accounts, users, first, last)
    _assert_balanced(result)
    return result


def _assert_balanced(result: IngestResult) -> None:
    """Rows accounted as accepted have to be the rows that were written."""
    written = sum(file.rows for file in result.events)
    accepted = sum(account.accepted for account in result.accounts)
    if written != accepted:
        raise QualityGate(
            f"wrote {written} events but accepted {accepted} rows", "ingest", "please report this bug"
        )


def check_quality(accounts: list[FileAccount], quality: QualityParams) -> None:
    """Refuse input of which too many rows are rejected.

    Raises
    ------
    QualityGate
        More than `quality` allows.
    """
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
            "mend the source or its column mapping; raise the bound if the loss is known and accepted",
        )
