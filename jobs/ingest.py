"""Raw records to events: checked, pseudonymised, de-duplicated, sorted by user and time.

Readers run inside Spark tasks and hand on blocks in which only keyed pseudonyms stand; the receiving
side sees each user whole. Rejected rows are written by the reader itself, to the quarantine, which
never leaves the operator: raw text does not pass through Spark.
"""

import json
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray
from pydantic import Field, model_validator

from jobs.accounts import (
    IngestResult,
    QualityParams,
    SliceAccount,
    check_quality,
    file_accounts,
    gathered,
    slice_accounts,
)
from jobs.blocks import map_reduce
from jobs.checking import CheckedBatch, check
from jobs.event_blocks import blocks_by_partition, ordered_events
from jobs.localtime import zone_named
from jobs.params import Params
from jobs.pseudonyms import PseudonymParams, WindowPads, canonical_ids, pseudonymise, window_pads
from jobs.quarantine import numbered_through, ragged_rows, rejected_rows
from jobs.reading import RawBatch, as_binary, read_batches
from jobs.slices import FileSlice, reading_tasks
from jobs.sources import CdrSource
from jobs.store import Store

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

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
    slice_bytes: int

    @property
    def quarantine(self) -> str:
        """Folder of rejected rows."""
        return f"quarantine/ingest/{self.build}"


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
    reports = map_reduce(
        spark,
        reading_tasks(plan.sources, files, plan.slice_bytes),
        lambda given: _read(plan, given),
        lambda part, blocks: _receive(plan, part, blocks),
        plan.partitions,
    )
    slices = slice_accounts(reports)
    accounts = file_accounts([path for _, path in files], slices, reports)
    check_quality(accounts, quality)
    return gathered(reports, accounts, numbered_through(spark, plan.store, plan.quarantine, slices))


# -- reading side ------------------------------------------------------------------------------


def _read(plan: IngestPlan, given: dict[str, Any]) -> Iterator[tuple[int, pa.Table]]:
    """Blocks of one slice of a file: events by partition, then one block with its account."""
    source = plan.sources[given["source"]]
    account = SliceAccount(given["file"], given["slice"])
    for number, batch in enumerate(read_batches(source, given["path"], FileSlice(**given["ends"]))):
        account.rows_in += batch.rows_in
        if len(batch.row):
            checked, codes, distinct = _checked(plan, source, batch)
            yield from _event_blocks(plan, given["file"], checked, codes, distinct, source.user_kind)
            rejected = rejected_rows(given["path"], batch, checked)
        else:
            rejected = ragged_rows(given["path"], batch)
        account.quarantined.update(rejected["reason"].to_pylist())
        if rejected.num_rows:
            name = f"file-{account.file:05d}-{account.slice:05d}-{number:05d}"
            account.rejected.append(plan.store.write_table(plan.quarantine, name, rejected))
    told = pa.table({"account": [json.dumps(account.as_json())]})
    yield (account.file + account.slice) % plan.partitions, told


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
