"""The reading side of ingest: rows are checked, put into units and sealed; bad ones go to quarantine."""

import json
from collections import Counter
from collections.abc import Iterator
from typing import Any

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from jobs.calendars.days import DAY_S
from jobs.calendars.localtime import zone_named
from jobs.identity.sealing import Arrivals, Outbox, Unit
from jobs.identity.subjects import Subjects, part_of, subjects_of
from jobs.ingest.plan import IngestPlan, quarantine_name
from jobs.records.accounts import SliceAccount
from jobs.records.checking import NOTHING, CheckedBatch, check
from jobs.records.daily import day_name, on_days, rows_by_name
from jobs.records.interactions import Details, Refused, details_of
from jobs.records.quarantine import ragged_rows, rejected_rows
from jobs.records.raw import RawBatch
from jobs.records.reading import read_passing_batches
from jobs.records.slices import FileSlice
from jobs.records.sources import CdrSource
from kernels.event_blocks import rows_of_days, units_of_rows

_NO_DAY = -1


def read_slice(plan: IngestPlan, given: dict[str, Any]) -> Iterator[tuple[int, pa.Table]]:
    """Blocks of one slice of a file: events by unit, then one block with its account."""
    source = plan.sources[given["source"]]
    is_numbered = source.format_of(given["path"]) == "parquet"
    account = SliceAccount(given["file"], given["slice"], given.get("days") is not None, is_numbered)
    outbox = Outbox(plan.seal, given["file"], source.user_kind)
    for number, batch in enumerate(read_passing_batches(source, given["path"], FileSlice(**given["ends"]))):
        account.rows_in += batch.rows_in
        name = f"{quarantine_name(given['path'])}{account.slice:05d}-{number:05d}"
        yield from hand_on(plan, given, batch, account, name, outbox)
    yield from placed(plan, outbox.rest())
    yield account_block(plan, account)


def placed(plan: IngestPlan, blocks: Iterator[tuple[Unit, pa.Table]]) -> Iterator[tuple[int, pa.Table]]:
    """Blocks with the partition that receives each."""
    return ((plan.partition_of(unit), block) for unit, block in blocks)


def account_block(plan: IngestPlan, account: SliceAccount) -> tuple[int, pa.Table]:
    """Send an account along with the events, to any receiver."""
    told = pa.table({"account": [json.dumps(account.as_json())]})
    return (account.file + account.slice) % plan.partitions, told


def hand_on(
    plan: IngestPlan,
    given: dict[str, Any],
    batch: RawBatch,
    account: SliceAccount,
    name: str,
    outbox: Outbox,
) -> Iterator[tuple[int, pa.Table]]:
    """Put good rows of a batch into the outbox; bad ones are written to the file `name` of the quarantine."""
    source, path = plan.sources[given["source"]], given["path"]
    checked, day = NOTHING, np.empty(0, np.int32)
    rejected = ragged_rows(path, batch)
    if len(batch.row):
        subjects = subjects_of(batch.columns[source.columns.user], source.user_kind, plan.part_key)
        details, refused = _details(plan, source, batch)
        bad_user = subjects.number == 0
        checked = check(batch, source, plan.known_cells, plan.accepted_utc, bad_user, refused)
        day = zone_named(plan.zone).days(checked.time)
        wanted = checked.good if given.get("days") is None else checked.good & on_days(day, given["days"])
        first, rows = rows_of_days(day, wanted)
        account.days.update(rows_by_name(first, rows))
        units, of_row = _units(plan, subjects, day, wanted, first, rows.size)
        arrivals = Arrivals(units, of_row, subjects, checked.time, checked.cell, details)
        yield from placed(plan, outbox.put(arrivals))
        rejected = rejected_rows(path, batch, checked)
    if not account.again and rejected.num_rows:
        _count_rejected(plan, account, rejected, checked, day)
        account.quarantined.update(rejected["reason"].to_pylist())
        account.rejected.append(plan.store.write_table(plan.quarantine, name, rejected))


def _details(plan: IngestPlan, source: CdrSource, batch: RawBatch) -> tuple[Details | None, Refused]:
    if not source.columns.tells_interactions:
        return None, []
    return details_of(batch.columns, source, plan.part_key)


def _units(
    plan: IngestPlan,
    subjects: Subjects,
    day: NDArray[np.int32],
    wanted: NDArray[np.bool_],
    first_day: int,
    days: int,
) -> tuple[list[Unit], NDArray[np.int32]]:
    """Units of the windows that the wanted rows reach over, and which of them each row is in, int32[n], or -1."""
    window = plan.pseudonyms.window_of((first_day + np.arange(days)) * DAY_S)
    windows = range(int(window[0]), int(window[-1]) + 1) if days else range(0)
    part = part_of(subjects.number, plan.parts, plan.part_key)
    unit_of_day = (window - (windows.start if days else 0)) * np.int32(plan.parts)
    unit = units_of_rows(day, wanted, part, first_day, unit_of_day)
    return [(w, p) for w in windows for p in range(plan.parts)], unit


def _count_rejected(
    plan: IngestPlan,
    account: SliceAccount,
    rejected: pa.Table,
    checked: CheckedBatch,
    day: NDArray[np.int32],
) -> None:
    """Rejected rows by day and reason; "" stands for rows whose time is none that a record can have."""
    bad = np.flatnonzero(~checked.good)
    start, end = plan.accepted_utc
    readable = (checked.time[bad] >= start) & (checked.time[bad] < end)
    days = np.where(readable, day[bad], _NO_DAY)
    reasons = rejected["reason"].to_pylist()
    names = {int(day): day_name(day) if day != _NO_DAY else "" for day in np.unique(days)}
    of_row = [names[int(day)] for day in days] + [""] * (len(reasons) - bad.size)
    for (name, reason), rows in Counter(zip(of_row, reasons, strict=True)).items():
        account.rejected_days.setdefault(name, Counter())[reason] += rows
