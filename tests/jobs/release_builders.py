"""Events, places and draws for tests of a release."""

from datetime import date
from typing import Any

import h3.api.basic_int as h3
import numpy as np
import pyarrow as pa
from cdr_builders import KEY, utc

from jobs import tables
from jobs.calendars.days import CalendarParams
from jobs.identity.pseudonyms import window_pads
from jobs.release.layouts import Slice
from jobs.release.params import Eligibility
from jobs.release.places import Places, places_of
from jobs.release.recipients import Copy
from jobs.release.sample import Draw, draw
from jobs.release.traces import TraceSet, write_traces

MONDAY = (date(2013, 1, 7) - date(1970, 1, 1)).days
NOON = MONDAY * 86_400 + 12 * 3600
DAY = 86_400
SITES = [h3.latlng_to_cell(14.70 + 0.05 * n, -17.45, 7) for n in range(3)]
HEXAGONS = [SITES[2], SITES[0], SITES[0], SITES[1], None]
"""Of five radio cells on three hexagons; the last cell is nowhere."""
ZONES = ["Plateau", "Médina", "Médina", None, None]
DAKAR = CalendarParams(zone="Africa/Dakar")
EVERYBODY = Eligibility(active_days_share=0, interactions_per_week=10_000)


def cells() -> pa.Table:
    positions = [(None, None) if c is None else h3.cell_to_latlng(c) for c in HEXAGONS]
    columns: dict[str, Any] = {
        "cell": list(range(5)),
        "cell_id": [f"A{i}" for i in range(5)],
        "lon": [p[1] for p in positions],
        "lat": [p[0] for p in positions],
        "h3": pa.array(HEXAGONS, pa.int64()),
        "zone": ZONES,
    }
    for name in ("azimuth_deg", "beam_deg", "range_m"):
        columns[name] = pa.nulls(5, pa.float64())
    return tables.CELLS.conform(pa.table(columns))


def zones() -> pa.Table:
    fine = [h3.cell_to_center_child(SITES[2], 9), h3.cell_to_center_child(SITES[0], 9)]
    rows = {"zone": ["Plateau", "Médina"], "h3": fine, "population": [1.0, 1.0]}
    return tables.ZONES.conform(pa.table(rows))


def places(kind: str = "h3") -> Places:
    return places_of(cells(), zones(), kind, 2)


def events_file(store: Any, name: str, *rows: tuple[int, int, int], **more: list[Any]) -> Any:
    """Rows of (user, UTC second, cell); `more` are columns of who spoke with whom."""
    columns = {
        "user": pa.array([row[0] for row in rows], pa.uint64()),
        "window": pa.array([int(name.split("/")[0].split("=")[1])] * len(rows), pa.int32()),
        "time": utc([row[1] for row in rows]),
        "cell": pa.array([row[2] for row in rows], pa.int32()),
        **more,
    }
    table = pa.table(columns)
    order = [("user", "ascending"), ("time", "ascending"), ("cell", "ascending")]
    return store.write_table("tables/events/b", name, table.sort_by(order))


def drawing(name: str = "set2", users: int = 100, days: dict[int, int] | None = None, **how: Any) -> Draw:
    """A draw of the periods 3 and 4, or of those that `days` names."""
    days = days or {3: 14, 4: 14}
    pads = {period: window_pads(KEY, period, "release") for period in days}
    rule = {"kind": "window", "eligibility": EVERYBODY, "persons": {}} | how
    return Draw(name, days=days, pads=pads, users=users, **rule)


def released(
    spark: Any, store: Any, files: list[Any], rule: Draw, layouts: tuple[str, ...], **how: Any
) -> dict[str, bytes]:
    """Files of a set of traces: path below data/ to content."""
    folder = how.pop("folder", "releases/d")
    calendar = how.pop("calendar", DAKAR)
    copy = how.pop("copy", Copy())
    sample = draw(spark, store, files, rule, calendar.clock, "private")
    coarse = rule.name == "set3"
    where = how.pop("places", places())
    slices = how.pop("slices", None) or {
        period: [Slice(number, date(2013, 1, 7))] for number, period in enumerate(rule.periods)
    }
    traces = TraceSet(
        rule,
        sample,
        where.zone_of_cell if coarse else where.site_of_cell,
        "zone_id" if coarse else "site_id",
        slices,
        how.pop("step_s", None),
        layouts,
    )
    write_traces(spark, store, folder, files, traces, calendar.clock, copy)
    root = f"{folder}/data/"
    return {p.removeprefix(root): store.read_bytes(p) for p in store.files_below(folder)}


def ranks(users: list[int], rule: Draw, period: int) -> dict[int, int]:
    """Released identifier of each user: the rank in keyed order."""
    from jobs.release.sample import keyed_order

    order = keyed_order(np.array(users, np.uint64), rule.pads[period]).tolist()
    return {user: sorted(order).index(o) + 1 for user, o in zip(users, order, strict=True)}
