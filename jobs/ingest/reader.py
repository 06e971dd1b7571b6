"""The reading side of ingest: rows are checked, put into units and sealed; bad ones go to quarantine."""

import json
from collections import Counter
from collections.abc import Iterator
from typing import Any

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from jobs.accounts import SliceAccount
from jobs.calendar import DAY_S
from jobs.checking import NOTHING, CheckedBatch, check
from jobs.daily import day_name, on_days, rows_by_day
from jobs.ingest.plan import IngestPlan, quarantine_name
from jobs.interactions import Details, Refused, details_of
from jobs.localtime import zone_named
from jobs.quarantine import ragged_rows, rejected_rows
from jobs.reading import RawBatch, read_batches
from jobs.sealing import Arrivals, sealed_blocks
from jobs.slices import FileSlice
from jobs.sources import CdrSource
from jobs.subjects import Subjects, part_of, subjects_of

_NO_DAY = -1


def read_slice(plan: IngestPlan, given: dict[str, Any]) -> Iterator[tuple[int, pa.Table]]:
    """Blocks of one slice of a file: events by unit, then one block with its account."""
    source = plan.sources[given["source"]]
    account = SliceAccount(given["file"], given["slice"], again=given.get("days") is not None)
    for number, batch in enumerate(read_batches(source, given["path"], FileSlice(**given["ends"]))):
        account.rows_in += batch.rows_in
        name = f"{quarantine_name(given['path'])}{account.slice:05d}-{number:05d}"
        yield from hand_on(plan, given, batch, account, name)
    yield account_block(plan, account)


def account_block(plan: IngestPlan, account: SliceAccount) -> tuple[int, pa.Table]:
    """Send an account along with the events, to any receiver."""
    told = pa.table({"account": [json.dumps(account.as_json())]})
    return (account.file + account.slice) % plan.partitions, told


def hand_on(
    plan: IngestPlan, given: dict[str, Any], batch: RawBatch, account: SliceAccount, name: str
) -> Iterator[tuple[int, pa.Table]]:
    """Blocks of the good rows of a batch; bad ones are written to the file `name` of the quarantine."""
    source, path = plan.sources[given["source"]], given["path"]
    checked, local = NOTHING, np.empty(0, np.int64)
    rejected = ragged_rows(path, batch)
    if len(batch.row):
        subjects = subjects_of(batch.columns[source.columns.user], source.user_kind, plan.part_key)
        details, refused = _details(plan, source, batch)
        bad_user = subjects.number == 0
        checked = check(batch, source, plan.known_cells, plan.accepted_utc, bad_user, refused)
        local = zone_named(plan.zone).to_local(checked.time)
        arrivals = _arrivals(plan, source, subjects, checked, local, given.get("days"), details)
        account.days.update(rows_by_day(local[arrivals.unit >= 0]))
        for unit, block in sealed_blocks(plan.seal, given["file"], arrivals):
            yield plan.partition_of(unit), block
        rejected = rejected_rows(path, batch, checked)
    if not account.again and rejected.num_rows:
        _count_rejected(plan, account, rejected, checked, local)
        account.quarantined.update(rejected["reason"].to_pylist())
        account.rejected.append(plan.store.write_table(plan.quarantine, name, rejected))


def _details(plan: IngestPlan, source: CdrSource, batch: RawBatch) -> tuple[Details | None, Refused]:
    if not source.columns.tells_interactions:
        return None, []
    return details_of(batch.columns, source, plan.part_key)


def _arrivals(
    plan: IngestPlan,
    source: CdrSource,
    subjects: Subjects,
    checked: CheckedBatch,
    local: NDArray[np.int64],
    days: list[str] | None,
    details: Details | None,
) -> Arrivals:
    """Put good rows into units; the units are those of the windows that the batch reaches over.

    Parameters
    ----------
    local : int64[n], clock readings of the rows.
    days : ISO dates of the days that are wanted, or None for all.
    """
    wanted = checked.good if days is None else checked.good & on_days(local, days)
    window = plan.pseudonyms.window_of(local)
    met = window[wanted]
    first, last = (int(met.min()), int(met.max())) if met.size else (0, -1)
    part = part_of(subjects.number, plan.parts, plan.part_key)
    unit = np.where(wanted, (window - first).astype(np.int64) * plan.parts + part, -1)
    units = [(w, p) for w in range(first, last + 1) for p in range(plan.parts)]
    return Arrivals(units, unit, subjects, source.user_kind, checked.time, checked.cell, details)


def _count_rejected(
    plan: IngestPlan,
    account: SliceAccount,
    rejected: pa.Table,
    checked: CheckedBatch,
    local: NDArray[np.int64],
) -> None:
    """Rejected rows by day and reason; "" stands for rows whose time is none that a record can have."""
    bad = np.flatnonzero(~checked.good)
    start, end = plan.accepted_utc
    readable = (checked.time[bad] >= start) & (checked.time[bad] < end)
    days = np.where(readable, local[bad] // DAY_S, _NO_DAY)
    reasons = rejected["reason"].to_pylist()
    names = {int(day): day_name(day) if day != _NO_DAY else "" for day in np.unique(days)}
    of_row = [names[int(day)] for day in days] + [""] * (len(reasons) - bad.size)
    for (day, reason), rows in Counter(zip(of_row, reasons, strict=True)).items():
        account.rejected_days.setdefault(day, Counter())[reason] += rows
