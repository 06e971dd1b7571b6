"""Rejected rows, checked once more after something was mended: the plan of cells, the period, a mapping.

The files that they came from are not read again. Rows that are good now join the events of their unit.
"""

import json
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import replace
from itertools import groupby
from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow as pa

from jobs.calendars.localtime import zone_named
from jobs.engine.blocks import map_reduce, run_tasks
from jobs.engine.columns import epoch_seconds
from jobs.engine.store import StoredFile
from jobs.errors import ConfigError
from jobs.identity.sealing import Outbox
from jobs.ingest import IngestResult, days_of, put_together
from jobs.ingest.plan import IngestPlan, quarantine_name
from jobs.ingest.reader import account_block, hand_on, placed
from jobs.ingest.receiver import Rework, figures_of, receive
from jobs.records.accounts import FileAccount, QualityParams, SliceAccount, assert_balanced, slice_accounts
from jobs.records.deliveries import Delivery, Earlier, UnitFigures
from jobs.records.interactions import columns_of, has_interactions
from jobs.records.reading import RawBatch
from jobs.records.reasons import Reason
from jobs.records.sources import CdrSource

if TYPE_CHECKING:
    from pyspark import SparkContext


def replay(
    spark: "SparkContext",
    plan: IngestPlan,
    files: list[tuple[int, str]],
    quality: QualityParams,
    earlier: Earlier,
    digests: Mapping[str, str],
) -> IngestResult:
    """Check the rows of the quarantine again, by the plan as it is now.

    Parameters
    ----------
    files : (index of the source, path) of every input file.
    digests : SHA-256 of each file, by path.

    Raises
    ------
    ConfigError
        The plan of cells lacks one that events are in, or the config tells more of events than it did.
    """
    _check_columns(plan, earlier)
    earlier = in_cells_of(spark, plan, earlier)
    tasks = _tasks(files, earlier)
    reports = map_reduce(
        spark,
        tasks,
        lambda given: _read_again(plan, given),
        lambda part, blocks: receive(plan, Rework(earlier.events), part, blocks),
        plan.partitions,
    )
    slices = slice_accounts(reports)
    paths = [path for _, path in files]
    fresh = _accounts(paths, slices, earlier)
    delivery = Delivery(frozenset(fresh), kept=tuple(sorted(set(earlier.accounts) - set(fresh))))
    rejected = [file for account in slices for file in account.rejected]
    known = put_together(plan, delivery, earlier, fresh, reports, paths, rejected, digests)
    assert_balanced(list(known.events.values()), list(known.accounts.values()))
    events = [known.events[name] for name in sorted(known.events)]
    return IngestResult(events, list(known.quarantine), known, delivery, {}, days_of(plan, known, quality))


def _check_columns(plan: IngestPlan, earlier: Earlier) -> None:
    """Events that were read before have to have the columns that those have which join them."""
    for file in list(earlier.events.values())[:1]:
        if has_interactions(columns_of(plan.store, file)) != plan.tells_interactions:
            raise ConfigError(
                "the columns of interactions (kind, direction, counterparty, duration_s) came or went since "
                "the events were read",
                "cdr.columns",
                "run with --from ingest, which reads all records again",
            )


def _tasks(files: list[tuple[int, str]], earlier: Earlier) -> list[dict[str, Any]]:
    """One task for the rejected rows of each file that is still in the config."""
    by_prefix = {
        quarantine_name(path): (number, *file) for number, file in enumerate(files) for path in file[1:]
    }
    ordered = sorted(earlier.quarantine, key=lambda file: file.name)
    tasks = []
    for prefix, rejected in groupby(ordered, key=lambda file: file.name[: file.name.index("-", 5) + 1]):
        if prefix in by_prefix:
            number, source, path = by_prefix[prefix]
            given = {"file": number, "source": source, "path": path}
            tasks.append({**given, "rejected": [file.as_json() for file in rejected]})
    return tasks


def _read_again(plan: IngestPlan, given: dict[str, Any]) -> Iterator[tuple[int, pa.Table]]:
    account, source = SliceAccount(given["file"], 0), plan.sources[given["source"]]
    outbox = Outbox(plan.seal, given["file"], source.user_kind)
    for told in given["rejected"]:
        file = StoredFile.from_json(told)
        batch = _as_batch(source, plan.store.read_table(file))
        yield from hand_on(plan, given, batch, account, file.name, outbox)
    yield from placed(plan, outbox.rest())
    yield account_block(plan, account)


def _as_batch(source: CdrSource, rejected: pa.Table) -> RawBatch:
    """Rejected rows as they were read. One with a wrong number of values stays what it is."""
    ragged, parsed = [], []
    for row in rejected.to_pylist():
        values = None if row["reason"] == Reason.RAGGED_ROW else json.loads(row["raw"])
        if values is None or any(str(column) not in values for column in source.columns.needed()):
            ragged.append((row["row"], row["raw"]))
        else:
            parsed.append((row["row"], values))
    columns = {
        column: pa.array([_bytes(values[str(column)]) for _, values in parsed], pa.binary())
        for column in source.columns.needed()
    }
    return RawBatch(columns, np.array([number for number, _ in parsed], np.int64), ragged)


def _bytes(value: str | None) -> bytes | None:
    return None if value is None else value.encode()


def _accounts(paths: list[str], slices: list[SliceAccount], earlier: Earlier) -> dict[str, FileAccount]:
    """Accounts of the files whose rejected rows were looked at: what is left of these, and what joined."""
    found = {}
    for told in slices:
        before = earlier.accounts[paths[told.file]]
        found[before.file] = replace(
            before,
            quarantined=told.quarantined,
            rejected_days=told.rejected_days,
            days=before.days + told.days,
            repeated=Counter(before.repeated),
        )
    return found


def in_cells_of(spark: "SparkContext", plan: IngestPlan, earlier: Earlier) -> Earlier:
    """Give events the cell numbers of the plan as it is now.

    Raises
    ------
    ConfigError
        It lacks a cell that events are in.
    """
    now = plan.known_cells.to_pylist()
    if tuple(now) == earlier.cells:
        return earlier
    at = {name: index for index, name in enumerate(now)}
    number = np.array([at.get(name, -1) for name in earlier.cells], np.int32)
    zone, folder = zone_named(plan.zone), f"tables/events/{plan.build}"

    def renumber(given: dict[str, Any]) -> dict[str, Any]:
        file = StoredFile.from_json(given["made"])
        events = _renumbered(plan.store.read_table(file), number, earlier.cells)
        made = plan.store.write_table(folder, file.name, events)
        return {"made": made.as_json(), "holds": figures_of(events, zone, len(now)).as_json()}

    reports = run_tasks(spark, [{"made": file.as_json()} for file in earlier.events.values()], renumber)
    made = [(StoredFile.from_json(report["made"]), UnitFigures(**report["holds"])) for report in reports]
    return replace(
        earlier,
        events={file.name: file for file, _ in made},
        units={file.name: holds for file, holds in made},
        cells=tuple(now),
    )


def _renumbered(
    events: pa.Table, number: np.ndarray[Any, np.dtype[np.int32]], names: tuple[str, ...]
) -> pa.Table:
    old = events["cell"].to_numpy()
    lost = np.unique(old[number[old] < 0])
    if lost.size:
        shown = ", ".join(names[cell] for cell in lost[:3])
        raise ConfigError(
            f"the plan no longer has {lost.size} cells that events are in ({shown})",
            "cells",
            "put them back; or run with --from ingest, which reads all records again",
        )
    cell = number[old]
    # Stable: events that are alike but for what they tell of an interaction stay in their order.
    order = np.lexsort((cell, epoch_seconds(events["time"]), events["user"].to_numpy()))
    at = events.schema.get_field_index("cell")
    return events.set_column(at, events.schema.field(at), pa.array(cell)).take(pa.array(order))
