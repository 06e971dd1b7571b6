"""A plan of four cells on the equator, and files of a few users on it."""

from datetime import date
from functools import lru_cache

import h3.api.basic_int as h3
import numpy as np
import pyarrow as pa

from jobs import tables
from jobs.anchors import AnchorParams
from jobs.calendars.days import CalendarParams
from jobs.engine.columns import timestamps
from jobs.mobility.people import Ground, Part

MONDAY = (date(2013, 1, 7) - date(1970, 1, 1)).days
HOME, BESIDE, WORK, FAR = range(4)
LON = (0.0, 0.002, 0.1, 0.5)
"""Home, its neighbour at 220 m, work at 11 km, far away at 56 km."""
PLACES = tuple(h3.latlng_to_cell(0.0, lon, 7) for lon in LON)


def utc(seconds):
    return timestamps(np.array(seconds, np.int64))


@lru_cache
def ground(zones=("a", "a", "b", "c"), **calendar):
    """The plan; each cell serves the H3 cell that it stands in."""
    cells = {"cell": range(4), "cell_id": ["h", "n", "w", "f"], "lon": LON, "lat": [0.0] * 4, "h3": PLACES}
    columns = {c.name: pa.nulls(4, c.type) for c in tables.CELLS.columns}
    columns |= {name: pa.array(list(column)) for name, column in cells.items()}
    columns["zone"] = pa.array(zones, pa.string())
    cell_h3 = pa.table({"cell": range(4), "h3": PLACES, "weight": [1.0] * 4})
    return Ground(
        tables.CELLS.conform(pa.table(columns)),
        tables.CELL_H3.conform(cell_h3),
        CalendarParams(**calendar),
        AnchorParams(neighbours=0),
    )


def at(day, hour):
    """Seconds of an hour on the given day after the Monday."""
    return int((MONDAY + day) * 86_400 + hour * 3_600)


def stays(*rows):
    """(user, place, start, end)"""
    user, place, start, end = ([row[k] for row in rows] for k in range(4))
    return tables.STAYS.conform(
        pa.table(
            {
                "user": pa.array(user, pa.uint64()),
                "window": [0] * len(rows),
                "place": pa.array(place, pa.int32()),
                "start": utc(start),
                "end": utc(end),
                "events": [2] * len(rows),
            }
        )
    )


def anchors(*rows):
    """(user, home, work, weight), None where unknown"""
    columns = {c.name: pa.nulls(len(rows), c.type) for c in tables.ANCHORS.columns}
    for k, name in enumerate(("user", "home", "work", "weight")):
        columns[name] = pa.array([row[k] for row in rows], tables.ANCHORS.schema.field(name).type)
    for name in ("home_confidence", "work_confidence"):
        columns[name] = pa.array([1.0] * len(rows))
    columns |= {"window": pa.array([0] * len(rows)), "active_days": pa.array([1] * len(rows))}
    return tables.ANCHORS.conform(pa.table(columns))


def trips(*rows):
    """(user, origin, destination, departure, purpose)"""
    user, origin, destination, departure, purpose = ([row[k] for row in rows] for k in range(5))
    times = {name: utc(departure) for name in ("earliest_departure", "latest_arrival", "departure")}
    columns = {"user": pa.array(user, pa.uint64()), "window": [0] * len(rows), **times}
    columns |= {"origin": pa.array(origin, pa.int32()), "destination": pa.array(destination, pa.int32())}
    columns |= {"purpose": pa.array(purpose, pa.string()), "stands_for": [2.0] * len(rows)}
    return tables.TRIPS.conform(pa.table(columns))


def events(*rows):
    """(user, time, cell)"""
    user, time, cell = ([row[k] for row in rows] for k in range(3))
    columns = {c.name: pa.nulls(len(rows), c.type) for c in tables.EVENTS.columns}
    columns |= {"user": pa.array(user, pa.uint64()), "window": [0] * len(rows), "time": utc(time)}
    columns |= {"cell": pa.array(cell, pa.int32())}
    return tables.EVENTS.conform(pa.table(columns))


def part(name="window=0/part-00000", window=0, **given):
    return Part(name, window, lambda table: given[table])
