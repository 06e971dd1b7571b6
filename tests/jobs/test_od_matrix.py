"""From literal trips to the OD matrix above the threshold, through Spark; presence likewise."""

from datetime import date, datetime

import numpy as np
import pyarrow as pa
import pytest
from cdr_builders import utc

from jobs import tables
from jobs.anchors import AnchorParams, anchors
from jobs.calendars.days import CalendarParams
from jobs.counting.disclosure import DisclosureParams
from jobs.od import od, time_classes
from jobs.presence import presence
from jobs.stays import StayParams, stays
from jobs.trips import TripParams, trips

DAY = (date(2013, 1, 7) - date(1970, 1, 1)).days
"""A Monday."""
CALENDAR = CalendarParams()
CELLS = pa.table({"lon": [0.0, 0.1, 0.2], "lat": [0.0, 0.0, 0.0], "zone": pa.nulls(3, pa.string())})
CELL_H3 = pa.table({"cell": [0, 1, 1, 2], "h3": [70, 70, 80, 90], "weight": [1.0, 0.25, 0.75, 1.0]})
NO_ZONES = tables.ZONES.schema.empty_table()


def alone(k: int) -> DisclosureParams:
    """The threshold without margins: then nothing can be subtracted."""
    return DisclosureParams(min_users=k, margins=False)


def moment(day: int, hour: float) -> int:
    return (DAY + day) * 86_400 + int(hour * 3600)


def trip_table(window: int, *rows: tuple[int, int, int, int]) -> pa.Table:
    """(user, origin, destination, day), each between seven and eight in the morning."""
    columns = {
        "user": pa.array([row[0] for row in rows], pa.uint64()),
        "window": [window] * len(rows),
        "origin": [row[1] for row in rows],
        "destination": [row[2] for row in rows],
        "earliest_departure": utc([moment(row[3], 7) for row in rows]),
        "latest_arrival": utc([moment(row[3], 8) for row in rows]),
        "departure": utc([moment(row[3], 7.5) for row in rows]),
        "purpose": pa.nulls(len(rows), pa.string()),
        "stands_for": [1.0] * len(rows),
    }
    return tables.TRIPS.conform(pa.table(columns))


def weights(window: int, *users: int) -> pa.Table:
    columns = {column.name: pa.nulls(len(users), column.type) for column in tables.ANCHORS.columns}
    columns |= {"user": pa.array(users, pa.uint64()), "window": pa.array([window] * len(users), pa.int32())}
    columns |= {name: [1.0] * len(users) for name in ("home_confidence", "work_confidence")}
    columns |= {"active_days": [1] * len(users), "weight": [10.0] * len(users)}
    return tables.ANCHORS.conform(pa.table(columns))


def counted(spark, store, k, **parts: pa.Table):
    """OD rows and figures of the files `window_part`, in the order given."""
    trip_files, anchor_files = [], []
    for name, table in parts.items():
        window = int(table["window"][0].as_py())
        trip_files.append(store.write_table("t", name, table))
        users = sorted(set(table["user"].to_pylist()))
        anchor_files.append(store.write_table("a", name, weights(window, *users)))
    made = od(
        spark,
        store,
        "b",
        trip_files,
        anchor_files,
        CELLS,
        CELL_H3,
        CALENDAR,
        alone(k),
        (DAY, DAY + 6),
    )
    return store.read_tables(made.files, tables.OD.schema), made.figures


def test_flows_of_fewer_than_k_users_are_withheld_and_counted(spark, store):
    commute = [(user, 0, 2, day) for user in (1, 2, 3) for day in (0, 1)]
    rare = [(1, 2, 0, 0), (1, 2, 0, 1), (1, 2, 0, 2), (2, 2, 0, 0)]
    table, figures = counted(spark, store, 3, p0=trip_table(0, *sorted(commute + rare)))
    table = table.drop_columns(["population_trips_low", "population_trips_high"])
    assert table.to_pylist() == [
        {
            "origin": 70,
            "destination": 90,
            "day_type": "weekday",
            "slot": "am_peak",
            "users": 3,
            "trips": 6.0,
            "population_trips": pytest.approx(6 * 10 / 5),  # a day of the five weekdays
        }
    ]
    told = {"trips": 10.0, "trips_withheld": 4.0, "flows": 2, "flows_withheld": 1, "min_users": 3}
    assert figures == {**told, "flows_withheld_as_complement": 0, "sums_withheld": 0}


def test_trips_are_spread_over_the_hexagons_of_both_ends_by_day_type(spark, store):
    table, figures = counted(spark, store, 1, p0=trip_table(0, (1, 1, 2, 0), (1, 1, 2, 5), (1, 1, 1, 6)))
    assert figures["trips"] == pytest.approx(3)
    rows = {(r["origin"], r["destination"], r["day_type"]): r["trips"] for r in table.to_pylist()}
    assert rows == {
        (70, 90, "weekday"): 0.25,
        (80, 90, "weekday"): 0.75,
        (70, 90, "saturday"): 0.25,
        (80, 90, "saturday"): 0.75,
        (70, 70, "sunday"): 0.0625,
        (70, 80, "sunday"): 0.1875,
        (80, 70, "sunday"): 0.1875,
        (80, 80, "sunday"): 0.5625,
    }


def test_a_person_seen_in_two_windows_does_not_make_two_users(spark, store):
    parts = {
        "p0": trip_table(0, (1, 0, 2, 0), (2, 0, 2, 0)),
        "p1": trip_table(0, (3, 0, 2, 0)),
        "q0": trip_table(1, (11, 0, 2, 1), (12, 0, 2, 1)),
    }
    table, _ = counted(spark, store, 3, **parts)
    assert table["users"].to_pylist() == [3]
    assert table["trips"].to_pylist() == [5.0]
    again, _ = counted(spark, store, 3, **dict(reversed(parts.items())))
    assert again.equals(table)
    withheld, figures = counted(spark, store, 4, **parts)
    assert withheld.num_rows == 0
    assert figures["flows_withheld"] == 1


def test_no_trip_is_an_empty_matrix_and_no_event_an_empty_presence(store):
    k = alone(1)
    made = od(None, store, "b", [], [], CELLS, CELL_H3, CALENDAR, k, (DAY, DAY))
    assert (made.files, made.figures["trips"], made.figures["flows"]) == ([], 0, 0)
    (seen,) = presence(None, store, "b", [], [], CELLS, CELL_H3, k).files
    assert store.read_table(seen).schema.names == tables.PRESENCE.schema.names


def test_a_trip_falls_in_the_slot_of_the_middle_of_its_interval_in_local_time():
    table = trip_table(0, (1, 0, 2, 0))
    slots = CALENDAR.slot_names
    assert slots[int(time_classes(table, CALENDAR)[0])] == "am_peak"
    tokyo = CalendarParams(zone="Asia/Tokyo")
    assert slots[int(time_classes(table, tokyo)[0])] == "pm_peak"
    saturday = trip_table(0, (1, 0, 2, 5))
    honolulu = CalendarParams(zone="Pacific/Honolulu")  # where it is Friday evening
    assert [int(time_classes(saturday, c)[0]) // len(slots) for c in (CALENDAR, honolulu)] == [1, 0]


def week_of_events(users: int) -> pa.Table:
    """Commuters between cells 0 and 2, seen at night and at work from Monday to Friday."""
    rows = [
        (user, moment(day, hour), cell)
        for user in range(1, users + 1)
        for day in range(5)
        for hour, cell in ((2, 0), (6.5, 0), (9, 2), (12, 2), (16.5, 2), (19, 0), (22, 0))
    ]
    columns = {
        "user": pa.array([row[0] for row in rows], pa.uint64()),
        "window": [0] * len(rows),
        "time": utc([row[1] for row in rows]),
        "cell": [row[2] for row in rows],
    }
    return tables.EVENTS.conform(pa.table(columns))


def test_a_week_of_commuters_from_events_to_flows_and_presence(spark, store):
    file = store.write_table("tables/events/b", "window=0/part-00000", week_of_events(4))
    found_stays = stays(spark, store, "b", [file], CELLS, StayParams())
    found_anchors, told = anchors(
        spark, store, "b", found_stays, CELLS, NO_ZONES, CALENDAR, AnchorParams(min_days=3)
    )
    assert told == {"homes_found": 4, "users": 4, "users_excluded": 0}
    (anchor_table,) = (store.read_table(f) for f in found_anchors)
    assert set(anchor_table["home"].to_pylist()) == {0}
    assert set(anchor_table["work"].to_pylist()) == {2}
    found_trips = trips(spark, store, "b", found_stays, found_anchors, CELLS, TripParams())
    (trip_rows,) = (store.read_table(f) for f in found_trips)
    assert trip_rows.num_rows == 4 * 10
    assert set(trip_rows["purpose"].to_pylist()) == {"HBW"}
    assert [f.name for f in found_trips] == [file.name]

    made = od(
        spark,
        store,
        "b",
        found_trips,
        found_anchors,
        CELLS,
        CELL_H3,
        CALENDAR,
        alone(4),
        (DAY, DAY + 4),
    )
    rows = store.read_tables(made.files, tables.OD.schema).to_pylist()
    assert {(r["origin"], r["destination"], r["slot"], r["users"], r["trips"]) for r in rows} == {
        (70, 90, "am_peak", 4, 20.0),
        (90, 70, "pm_peak", 4, 20.0),
    }
    assert made.figures["trips_withheld"] == 0

    seen = presence(spark, store, "b", [file], found_anchors, CELLS, CELL_H3, alone(5))
    assert sum(f.rows for f in seen.files) == 0
    told = {"figures": 35, "figures_withheld": 35, "min_users": 5}
    assert seen.figures == {**told, "figures_withheld_as_complement": 0, "sums_withheld": 0}
    seen = presence(spark, store, "c", [file], found_anchors, CELLS, CELL_H3, alone(4))
    table = store.read_tables(seen.files, tables.PRESENCE.schema)
    assert (table.num_rows, set(table["users"].to_pylist())) == (35, {4})
    first = table["hour"][0].as_py().replace(tzinfo=None)
    assert first == datetime(2013, 1, 7, 2)
    assert np.all(np.diff(table["h3"].to_numpy()) >= 0)
