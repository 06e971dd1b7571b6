"""Raw records to events: checked, pseudonymised, de-duplicated, sorted by user and time.

Readers run inside Spark tasks and hand on blocks in which only keyed pseudonyms stand; the receiving
side sees each user whole. Rejected rows are written by the reader itself, to the quarantine, which
never leaves the operator: raw text does not pass through Spark.
"""

import json
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
from numpy.typing import NDArray
from pydantic import Field, model_validator

from jobs.blocks import map_reduce
from jobs.checking import CheckedBatch, check
from jobs.errors import QualityGate
from jobs.event_blocks import blocks_by_partition, ordered_events
from jobs.localtime import zone_named
from jobs.params import Params
from jobs.pseudonyms import PseudonymParams, WindowPads, canonical_ids, pseudonymise, window_pads
from jobs.quarantine import ragged_rows, rejected_rows
from jobs.reading import RawBatch, as_binary, read_batches
from jobs.sources import CdrSource
from jobs.store import Store, StoredFile

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

_CSV_BYTES_PER_ROW = 36
_GZIP_RATIO = 5
_FIRST_DAY, _LAST_DAY = date(1990, 1, 1), date(2059, 12, 31)


class Period(Params):
    """Days that a run accepts, local time."""

    start: date = Field(description="first day")
    end: date = Field(description="last day, included")

    @model_validator(mode="after")
    def _in_order(self) -> "Period":
        if self.end < self.start:
            raise ValueError(f"period ends ({self.end}) before it starts ({self.start})")
        return self

    def utc_bounds(self, zone: str) -> tuple[int, int]:
        """First second and end of the period, UTC."""
        edges = [self.start, self.end + timedelta(days=1)]
        local = [int(datetime(d.year, d.month, d.day, tzinfo=UTC).timestamp()) for d in edges]
        utc, _ = zone_named(zone).to_utc(np.array(local, np.int64))
        return int(utc[0]), int(utc[1])


class QualityParams(Params):
    """When the input is too poor to go on."""

    max_rejected_share: float = Field(
        0.05, ge=0, le=1, description="rejected rows / rows in; more ends the run"
    )


@dataclass(frozen=True)
class IngestPlan:
    """Everything a reader or receiver task needs; carries key pads, never a key."""

    store: Store
    build: str
    sources: tuple[CdrSource, ...]
    known_cells: pa.Array
    pseudonyms: PseudonymParams
    pads: dict[int, WindowPads]
    zone: str
    period_utc: tuple[int, int] | None
    partitions: int


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


def estimated_rows(source: CdrSource, path: str, size_bytes: int) -> int:
    """Rows of a file, from Parquet's footer or a CSV file's size."""
    if source.format_of(path) == "parquet":
        return int(pq.read_metadata(path).num_rows)
    ratio = _GZIP_RATIO if path.lower().endswith((".gz", ".zst", ".bz2")) else 1
    return size_bytes * ratio // _CSV_BYTES_PER_ROW


def all_window_pads(key: bytes, params: PseudonymParams, period: Period | None) -> dict[int, WindowPads]:
    """Pads of every window that events may fall in: those of the period, or of 1990 to 2059."""
    period = period or Period(start=_FIRST_DAY, end=_LAST_DAY)
    days = np.array([(day - date(1970, 1, 1)).days for day in (period.start, period.end)], np.int64)
    low, high = params.window_of(days * 86_400)
    return {window: window_pads(key, window) for window in range(int(low) - 1, int(high) + 2)}


def ingest(
    spark: "SparkSession", plan: IngestPlan, files: list[tuple[int, str]], quality: QualityParams
) -> IngestResult:
    """Read, check, pseudonymise, shuffle by user, de-duplicate and write all events.

    Parameters
    ----------
    files : (index of the source, path) of every input file.

    Raises
    ------
    QualityGate
        More rows are rejected than `quality` allows; no table is published.
    PrivacyGate
        Two pseudonyms share their 64-bit key.
    """
    inputs = [{"file": number, "source": source, "path": path} for number, (source, path) in enumerate(files)]
    reports = map_reduce(
        spark,
        inputs,
        lambda given: _read(plan, given),
        lambda part, blocks: _receive(plan, part, blocks),
        plan.partitions,
    )
    result = _gather(reports, [path for _, path in files])
    _check_quality(result.accounts, quality)
    return result


# -- reading side ------------------------------------------------------------------------------


def _read(plan: IngestPlan, given: dict[str, Any]) -> Iterator[tuple[int, pa.Table]]:
    """Blocks of one file: events by partition, then one block with the account of the file."""
    source = plan.sources[given["source"]]
    account = FileAccount(given["path"])
    quarantined: list[StoredFile] = []
    for number, batch in enumerate(read_batches(source, given["path"])):
        account.rows_in += batch.rows_in
        if len(batch.row):
            checked, codes, distinct = _checked(plan, source, batch)
            yield from _event_blocks(plan, given["file"], checked, codes, distinct, source.user_kind)
            rejected = rejected_rows(given["path"], batch, checked)
        else:
            rejected = ragged_rows(given["path"], batch)
        account.quarantined.update(rejected["reason"].to_pylist())
        if rejected.num_rows:
            name = f"file-{given['file']:05d}-{number:05d}"
            quarantined.append(plan.store.write_table(f"quarantine/ingest/{plan.build}", name, rejected))
    yield given["file"] % plan.partitions, _account_block(given["file"], account, quarantined)


def _checked(
    plan: IngestPlan, source: CdrSource, batch: RawBatch
) -> tuple[CheckedBatch, NDArray[np.int64], pa.Array]:
    """Judge a batch; also the code of each row's identifier among the distinct ones."""
    encoded = pc.fill_null(as_binary(batch.columns[source.columns.user]), b"").dictionary_encode()
    codes = np.asarray(encoded.indices, np.int64)
    bad = ~canonical_ids(encoded.dictionary, source.user_kind).good
    # A system's "never", such as the year 9999, is a bad row, and must not end the run.
    period_utc = plan.period_utc or Period(start=_FIRST_DAY, end=_LAST_DAY).utc_bounds(plan.zone)
    checked = check(batch, source, plan.known_cells, period_utc, bad[codes])
    return checked, codes, encoded.dictionary


def _event_blocks(
    plan: IngestPlan,
    file: int,
    checked: CheckedBatch,
    codes: NDArray[np.int64],
    distinct: pa.Array,
    kind: str,
) -> Iterator[tuple[int, pa.Table]]:
    good = checked.good
    time, cell, codes = checked.time[good], checked.cell[good], codes[good]
    window = plan.pseudonyms.window_of(zone_named(plan.zone).to_local(time))
    for w in np.unique(window):
        rows = window == w
        used, code = np.unique(codes[rows], return_inverse=True)
        names = pseudonymise(canonical_ids(distinct.take(pa.array(used)), kind), plan.pads[int(w)])
        yield from blocks_by_partition(plan.partitions, file, int(w), names, code, time[rows], cell[rows])


def _account_block(file: int, account: FileAccount, quarantined: list[StoredFile]) -> pa.Table:
    told = {
        "rows_in": account.rows_in,
        "quarantined": account.quarantined,
        "files": [q.as_json() for q in quarantined],
    }
    return pa.table({"account": [json.dumps({"file": file, **told})]})


# -- receiving side ----------------------------------------------------------------------------


def _receive(plan: IngestPlan, partition: int, blocks: list[pa.Table]) -> dict[str, Any]:
    """Sort, de-duplicate and write the events of one partition, a file for each window."""
    accounts = [json.loads(b["account"][0].as_py()) for b in blocks if "account" in b.column_names]
    by_window: dict[int, list[pa.Table]] = {}
    for block in blocks:
        if "user" in block.column_names:
            by_window.setdefault(int(block.schema.metadata[b"window"]), []).append(block)
    files, users, spans = [], 0, []
    duplicates: Counter[str] = Counter()
    for window in sorted(by_window):
        events, repeated = ordered_events(by_window.pop(window), window)
        name = f"window={window}/part-{partition:05d}"
        files.append(plan.store.write_table(f"tables/events/{plan.build}", name, events).as_json())
        users += len(pc.unique(events["user"]))
        spans.append(_span(events))
        duplicates.update({str(file): int(n) for file, n in repeated.items()})
    return {
        "events": files,
        "users": users,
        "spans": spans,
        "duplicates": duplicates,
        "accounts": accounts,
    }


def _span(events: pa.Table) -> tuple[int, int]:
    """First and last second of some events."""
    ends = pc.min_max(events["time"].cast(pa.int64())).as_py()
    return ends["min"], ends["max"]


# -- the account -------------------------------------------------------------------------------


def _gather(reports: list[dict[str, Any]], paths: list[str]) -> IngestResult:
    accounts = [FileAccount(path) for path in paths]
    quarantine = []
    for report in reports:
        for told in report["accounts"]:
            account = accounts[told["file"]]
            account.rows_in += told["rows_in"]
            account.quarantined.update(told["quarantined"])
            quarantine += [StoredFile.from_json(entry) for entry in told["files"]]
        for file, repeated in report["duplicates"].items():
            accounts[int(file)].duplicates += repeated
    for account in accounts:
        account.accepted = account.rows_in - account.duplicates - sum(account.quarantined.values())
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


def _check_quality(accounts: list[FileAccount], quality: QualityParams) -> None:
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
