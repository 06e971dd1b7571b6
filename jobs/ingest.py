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
from jobs.columns import epoch_seconds
from jobs.event_blocks import Arrivals, Unit, new_seal, ordered_events, sealed_blocks, unit_of
from jobs.localtime import zone_named
from jobs.params import Params
from jobs.pseudonyms import PseudonymParams, WindowPads, hash_key, window_pads
from jobs.quarantine import numbered_through, ragged_rows, rejected_rows
from jobs.reading import RawBatch, read_batches
from jobs.slices import FileSlice, reading_tasks
from jobs.sources import CdrSource
from jobs.store import Store
from jobs.subjects import Subjects, part_of, subjects_of

if TYPE_CHECKING:
    from pyspark import SparkContext

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


@dataclass(frozen=True, eq=False)
class IngestPlan:
    """Everything a reader or receiver task needs; carries key pads, never a key.

    Attributes
    ----------
    parts : into how many parts the users of a window are cut.
    partitions : over how many tasks the units are spread that receive events.
    part_key : uint64[2], decides the part of a user.
    seal : key of this run for the blocks between readers and receivers.
    """

    store: Store
    build: str
    sources: tuple[CdrSource, ...]
    known_cells: pa.Array
    pseudonyms: PseudonymParams
    pads: dict[int, WindowPads]
    part_key: NDArray[np.uint64]
    zone: str
    period_utc: tuple[int, int] | None
    parts: int
    partitions: int
    slice_bytes: int
    seal: bytes = field(default_factory=new_seal, repr=False)

    @property
    def quarantine(self) -> str:
        """Folder of rejected rows."""
        return f"quarantine/ingest/{self.build}"

    def partition_of(self, unit: Unit) -> int:
        """Task that receives a unit."""
        window, part = unit
        return (window * self.parts + part) % self.partitions


def all_window_pads(key: bytes, params: PseudonymParams, period: Period | None) -> dict[int, WindowPads]:
    """Pads of every window that events may fall in: those of the period, or of 1990 to 2059."""
    period = period or Period(start=_FIRST_DAY, end=_LAST_DAY)
    days = np.array([(day - date(1970, 1, 1)).days for day in (period.start, period.end)], np.int64)
    low, high = params.window_of(days * 86_400)
    return {window: window_pads(key, window) for window in range(int(low) - 1, int(high) + 2)}


def part_key(key: bytes) -> NDArray[np.uint64]:
    """Key that decides the part of a user, the same in every run under one master key."""
    return hash_key(key, "part")


def ingest(
    spark: "SparkContext", plan: IngestPlan, files: list[tuple[int, str]], quality: QualityParams
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
    """Blocks of one slice of a file: events by unit, then one block with its account."""
    source = plan.sources[given["source"]]
    account = SliceAccount(given["file"], given["slice"])
    for number, batch in enumerate(read_batches(source, given["path"], FileSlice(**given["ends"]))):
        account.rows_in += batch.rows_in
        if len(batch.row):
            subjects = subjects_of(batch.columns[source.columns.user], source.user_kind, plan.part_key)
            checked = _checked(plan, source, batch, subjects)
            for unit, block in sealed_blocks(
                plan.seal, given["file"], _arrivals(plan, source, subjects, checked)
            ):
                yield plan.partition_of(unit), block
            rejected = rejected_rows(given["path"], batch, checked)
        else:
            rejected = ragged_rows(given["path"], batch)
        account.quarantined.update(rejected["reason"].to_pylist())
        if rejected.num_rows:
            name = f"file-{account.file:05d}-{account.slice:05d}-{number:05d}"
            account.rejected.append(plan.store.write_table(plan.quarantine, name, rejected))
    told = pa.table({"account": [json.dumps(account.as_json())]})
    yield (account.file + account.slice) % plan.partitions, told


def _checked(plan: IngestPlan, source: CdrSource, batch: RawBatch, subjects: Subjects) -> CheckedBatch:
    # A system's "never", such as the year 9999, is a bad row, and must not end the run.
    period_utc = plan.period_utc or Period(start=_FIRST_DAY, end=_LAST_DAY).utc_bounds(plan.zone)
    return check(batch, source, plan.known_cells, period_utc, subjects.number == 0)


def _arrivals(plan: IngestPlan, source: CdrSource, subjects: Subjects, checked: CheckedBatch) -> Arrivals:
    """Put good rows into units; the units are those of the windows that the batch reaches over."""
    time = np.where(checked.good, checked.time, 0)
    window = plan.pseudonyms.window_of(zone_named(plan.zone).to_local(time))
    met = window[checked.good]
    first, last = (int(met.min()), int(met.max())) if met.size else (0, -1)
    part = part_of(subjects.number, plan.parts, plan.part_key)
    unit = np.where(checked.good, (window - first).astype(np.int64) * plan.parts + part, -1)
    units = [(w, p) for w in range(first, last + 1) for p in range(plan.parts)]
    return Arrivals(units, unit, subjects, source.user_kind, time, checked.cell)


# -- receiving side ----------------------------------------------------------------------------


def _receive(plan: IngestPlan, partition: int, blocks: list[pa.Table]) -> dict[str, Any]:
    """Sort, de-duplicate and write the events of each unit that a partition gets."""
    accounts = [json.loads(b["account"][0].as_py()) for b in blocks if "account" in b.column_names]
    by_unit: dict[Unit, list[pa.Table]] = {}
    for block in blocks:
        if "sealed" in block.column_names:
            by_unit.setdefault(unit_of(block), []).append(block)
    files, users, spans = [], 0, []
    duplicates: Counter[str] = Counter()
    for unit in sorted(by_unit):
        window, part = unit
        ordered = ordered_events(plan.seal, by_unit.pop(unit), window, plan.pads[window])
        name = f"window={window}/part-{part:05d}"
        files.append(plan.store.write_table(f"tables/events/{plan.build}", name, ordered.events).as_json())
        users += _users(ordered.events)
        spans.append(_span(ordered.events))
        repeated = np.unique(ordered.repeated_file, return_counts=True)
        duplicates.update({str(file): int(n) for file, n in zip(*repeated, strict=True)})
    return {
        "events": files,
        "users": users,
        "spans": spans,
        "duplicates": duplicates,
        "accounts": accounts,
    }


def _users(events: pa.Table) -> int:
    """Distinct users of events in order."""
    user = events["user"].to_numpy()
    return int(np.count_nonzero(user[1:] != user[:-1])) + min(1, user.size)


def _span(events: pa.Table) -> tuple[int, int]:
    """First and last second of some events."""
    time = epoch_seconds(events["time"])
    return int(time.min()), int(time.max())
