"""Flows in the columns of Spain's open mobility data, from literal trips."""

from datetime import date

import h3.api.basic_int as h3
import pyarrow as pa
import pytest
from cdr_builders import utc

from jobs import tables
from jobs.calendars.days import CalendarParams
from jobs.mobility.spanish_flows import spanish_flows

TUESDAY = (date(2013, 1, 8) - date(1970, 1, 1)).days * 86_400
WEST, EAST = h3.latlng_to_cell(0.0, 0.0, 7), h3.latlng_to_cell(0.0, 0.1, 7)
CELLS = pa.table({"lon": [0.0, 0.1], "lat": [0.0, 0.0], "zone": ["a", None]})
CELL_H3 = pa.table({"cell": [0, 1], "h3": [WEST, EAST], "weight": [1.0, 1.0]})


def part(*users: int, work=1, stands_for=2.0):
    """A commute of each user from home at cell 0 to cell 1, 11 km away, at half past seven."""
    n = len(users)
    person = pa.array(sorted(users), pa.uint64())
    trips = {"user": person, "window": [0] * n, "origin": [0] * n, "destination": [1] * n}
    trips |= {"earliest_departure": utc([TUESDAY + 7 * 3600] * n), "departure": utc([TUESDAY + 27_000] * n)}
    trips |= {"latest_arrival": utc([TUESDAY + 8 * 3600] * n), "purpose": pa.nulls(n, pa.string())}
    columns = {column.name: pa.nulls(n, column.type) for column in tables.ANCHORS.columns}
    columns |= {"user": person, "window": [0] * n, "home": pa.array([0] * n, pa.int32())}
    columns |= {
        "work": pa.array([work] * n, pa.int32()),
        "home_confidence": [1.0] * n,
        "work_confidence": [1.0] * n,
    }
    columns |= {"active_days": [1] * n, "weight": [10.0] * n}
    made = tables.TRIPS.conform(pa.table({**trips, "stands_for": [stands_for] * n}))
    return f"part-{min(users)}", made, tables.ANCHORS.conform(pa.table(columns))


def test_a_commute_of_enough_users_is_one_row():
    found, withheld = spanish_flows(lambda: [part(1, 2), part(3)], CELLS, CELL_H3, CalendarParams(), 3)
    (row,) = found.to_pylist()
    assert row.pop("viajes_km") == pytest.approx(3 * 20 * 11.1195, rel=1e-3)
    assert row == {
        "fecha": "20130108",
        "periodo": "07",
        "origen": h3.int_to_str(WEST),
        "destino": h3.int_to_str(EAST),
        "distancia": "10-50",
        "actividad_origen": "casa",
        "actividad_destino": "trabajo_estudio",
        "residencia": "a",
        "viajes": 60.0,
    }
    assert withheld == 0


def test_fewer_users_than_asked_for_are_withheld():
    found, withheld = spanish_flows(lambda: [part(1, 2)], CELLS, CELL_H3, CalendarParams(), 3)
    assert (found.num_rows, withheld) == (0, 1)


def test_elsewhere_is_frequent_when_come_to_again():
    once, _ = spanish_flows(lambda: [part(1, work=None)], CELLS, CELL_H3, CalendarParams(), 1)
    assert once["actividad_destino"].to_pylist() == ["no_frecuente"]
    name, trips, anchors = part(1, work=None)
    twice = name, pa.concat_tables([trips, trips]), anchors
    again, _ = spanish_flows(lambda: [twice], CELLS, CELL_H3, CalendarParams(), 1)
    assert again["actividad_destino"].to_pylist() == ["frecuente"]


def test_no_trip_is_no_row():
    assert spanish_flows(lambda: [], CELLS, CELL_H3, CalendarParams(), 1)[0].num_rows == 0
