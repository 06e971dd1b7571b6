"""`maillage mobility` on a finished workspace: what it reads, and where it puts what it makes."""

from collections.abc import Iterator
from datetime import date
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from jobs.anchors import AnchorParams
from jobs.calendars.days import DAY_S, CalendarParams
from jobs.calendars.rest_days import EPOCH
from jobs.counting.disclosure import DisclosureParams
from jobs.engine.store import Store
from jobs.errors import InputError
from jobs.mobility import tables
from jobs.mobility.make import Inputs, Made
from jobs.mobility.people import Ground, Part
from pipelines.commands.options import without_nan
from pipelines.ledger import Ledger
from pipelines.version import package_version
from pipelines.workspace import Workspace

FOLDER = "mobility"
_SUMMARY = f"{FOLDER}/summary.json"
_NEEDED = ("cells", "cell_h3", "zones", "events", "stays", "anchors", "trips", "presence", "od")


def inputs_of(location: str) -> Inputs:
    """Open a workspace.

    Raises
    ------
    InputError
        It is no workspace, or its run did not come as far as `od`.
    """
    workspace, store = Workspace(location), Store(location)
    records = workspace.records
    files = {name: made for record in records.values() for name, made in record.tables.items()}
    lacking = [name for name in _NEEDED if name not in files]
    if lacking:
        raise InputError(f"has no table {', '.join(lacking)}", store.name, "maillage run makes them")
    told = {stage: records[stage].recipe["config"] for stage in ("anchors", "ingest", "od")}
    calendar = CalendarParams(**told["od"]["calendar"])
    disclosure = DisclosureParams(**told["od"]["disclosure"])
    span = np.array([records["ingest"].figures[name] for name in ("first_s", "last_s")], np.int64)
    first, last = (calendar.clock.to_local(span) // DAY_S).tolist()
    by_name = {
        table: {file.name: file for file in files[table]} for table in ("events", "stays", "anchors", "trips")
    }
    anchors = AnchorParams(**told["anchors"]["anchors"])
    windows = {name: int(name.split("/")[0].removeprefix("window=")) for name in by_name["stays"]}

    def parts() -> Iterator[Part]:
        for name, window in sorted(windows.items()):
            if by_name["stays"][name].rows:
                yield Part(name, window, lambda table, name=name: store.read_table(by_name[table][name]))  # type: ignore[misc]

    days = {window: _days_of(told["ingest"]["pseudonyms"], window) for window in set(windows.values())}
    return Inputs(
        workspace.table,
        parts,
        Ground(
            workspace.table("cells"),
            workspace.table("cell_h3"),
            calendar,
            anchors,
        ),
        disclosure,
        (first, last),
        {window: (max(a, first), min(b, last)) for window, (a, b) in days.items()},
    )


def _days_of(naming: dict[str, Any], window: int) -> tuple[int, int]:
    """First and last local day of a pseudonym window, since 1970."""
    first = (date.fromisoformat(naming["origin"]) - EPOCH).days + window * int(naming["window_days"])
    return first, first + int(naming["window_days"]) - 1


def write(location: str, made: Made) -> dict[str, Any]:
    """Put tables and summary into the workspace; the summary, written last, lists the tables that belong to it."""
    store = Store(location)
    store.delete(_SUMMARY)
    rows = {}
    for table in tables.ALL:
        path = f"{FOLDER}/{table.name}.parquet"
        if table.name not in made.tables:
            store.delete(path)
            continue
        sink = pa.BufferOutputStream()
        pq.write_table(made.tables[table.name], sink, compression="zstd")
        store.write_bytes(path, sink.getvalue().to_pybytes())
        rows[table.name] = made.tables[table.name].num_rows
    flows = Ledger(store).record("od")
    told = {
        "schema_version": 1,
        "version": package_version(),
        "run": flows.run if flows else "",
        "rows": rows,
        **made.summary,
    }
    store.write_json(_SUMMARY, without_nan(told))
    return told
