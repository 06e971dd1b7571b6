"""Poles, living areas and polycentricity of small networks of known shape."""

import h3.api.basic_int as h3
import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from jobs import tables as run_tables
from jobs.calendars.days import CalendarParams
from jobs.mobility.areas import (
    area_flows_table,
    area_shapes,
    areas_table,
    desynchronisation_table,
    poles_table,
)
from jobs.mobility.networks import (
    area_matrix,
    gini,
    hot_spots,
    living_areas,
    modularity,
    network_of,
    polycentricity,
    self_containment,
    summary_of,
)
from jobs.mobility.params import AreaParams, RhythmParams
from jobs.mobility.rhythms import profiles_of

CELLS = sorted(h3.grid_disk(h3.latlng_to_cell(14.7, -17.4, 7), 1))
ALONE = AreaParams(least_self_containment=0)


def od(*rows, day_type="weekday"):
    """(origin, destination, trips) between cells by number, half of them in each of two slots."""
    made = [(CELLS[a], CELLS[b], day_type, slot, trips / 2) for a, b, trips in rows for slot in ("am", "pm")]
    columns = {
        name: [row[k] for row in made] for k, name in enumerate(("origin", "destination", "day_type", "slot"))
    }
    columns |= {"users": [20] * len(made), "trips": [1.0] * len(made)}
    columns["population_trips"] = [row[4] for row in made]
    columns |= {f"population_trips_{end}": pa.nulls(len(made), pa.float64()) for end in ("low", "high")}
    return run_tables.OD.conform(pa.table(columns))


TOWNS = od(
    (0, 1, 100), (1, 0, 90), (0, 0, 50), (1, 2, 80), (2, 1, 80), (2, 0, 60),
    (3, 4, 100), (4, 3, 100), (4, 5, 70), (5, 3, 60), (2, 3, 10), (5, 0, 8),
)  # fmt: skip
"""Two towns of three cells each, and a few trips between them."""


def test_slots_add_up_and_other_days_do_not_count():
    network = network_of(pa.concat_tables([TOWNS, od((0, 1, 7), day_type="sunday")]), "weekday")
    assert network.h3.tolist() == CELLS[:6]
    assert network.trips.sum() == pytest.approx(808)
    assert network.arrivals()[:2] == pytest.approx([158, 180])  # without the trips within cell 0
    assert network.departures()[2] == pytest.approx(150)
    assert network.internal().tolist() == [50, 0, 0, 0, 0, 0]


def test_two_towns_are_two_areas_by_size():
    network = network_of(TOWNS, "weekday")
    area = living_areas(network, ALONE)
    assert area.tolist() == [0, 0, 0, 1, 1, 1]
    assert area_matrix(network, area).tolist() == [[460, 10], [8, 330]]
    told = areas_table(network, area, run_tables.ZONES.schema.empty_table()).to_pylist()
    assert told[0] | {"pole": 0} == {
        "area": 0, "cells": 3, "pole": 0, "starting": 470, "ending": 468, "internal": 460,
        "of_residents": 460 / 470, "of_visitors": 460 / 468, "self_contained": True, "population": None,
    }  # fmt: skip
    assert told[0]["pole"] == CELLS[0]  # 208 with those within it
    assert area_flows_table(network, area)["trips"].to_pylist() == [460, 10, 8, 330]
    assert modularity(network, area) > 0.4
    poles = {row["h3"]: row for row in poles_table(network, area).to_pylist()}
    assert poles[CELLS[3]]["in_area"] == pytest.approx(160 / 170)
    assert (poles[CELLS[3]]["origins"], poles[CELLS[3]]["destinations"]) == (3, 1)


def test_people_of_zones_live_in_areas():
    fine = [h3.cell_to_center_child(CELLS[c], 9) for c in (0, 3, 6)]
    zones = run_tables.ZONES.conform(pa.table({"zone": ["z"] * 3, "h3": fine, "population": [100.0, 30, 5]}))
    network = network_of(TOWNS, "weekday")
    told = areas_table(network, living_areas(network, ALONE), zones)
    assert told["population"].to_pylist() == [100, 30]


def test_an_area_that_is_not_contained_joins_the_one_it_is_bound_to():
    """A suburb of two cells that mostly go to the first town."""
    rows = [
        (0, 1, 500),
        (1, 0, 500),
        (2, 3, 40),
        (3, 2, 40),
        (2, 0, 50),
        (0, 2, 50),
        (4, 5, 100),
        (5, 4, 100),
    ]
    network = network_of(od(*rows, (3, 5, 6)), "weekday")
    apart = living_areas(network, ALONE)
    assert len(set(apart.tolist())) == 3
    flows = area_matrix(network, apart)
    assert min(np.fmin(*self_containment(flows))) < 0.6
    joined = living_areas(network, AreaParams(least_self_containment=0.6))
    assert joined.tolist() == [0, 0, 0, 0, 1, 1]


def test_no_flows_have_neither_poles_nor_areas():
    network = network_of(TOWNS, "saturday")
    assert network.h3.size == 0
    assert np.isnan(modularity(network, np.empty(0, np.int64)))


@given(
    st.lists(st.tuples(st.integers(0, 6), st.integers(0, 6), st.integers(1, 99)), min_size=1, max_size=30),
    st.sampled_from([0.0, 0.5, 0.9]),
)
def test_areas_part_all_cells_and_keep_all_trips(rows, least):
    network = network_of(od(*rows), "weekday")
    area = living_areas(network, AreaParams(least_self_containment=least))
    assert set(area.tolist()) == set(range(area.max() + 1))
    flows = area_matrix(network, area)
    assert flows.sum() == pytest.approx(sum(row[2] for row in rows))
    assert (np.diff(flows.sum(axis=0)) <= 1e-9).all()  # numbered by size
    told = summary_of(network, area)
    assert 0 <= told["polycentricity_of_areas"] <= 1
    assert told["areas"] == len(flows)
    again = living_areas(network, AreaParams(least_self_containment=least))
    assert again.tolist() == area.tolist()


def test_poles_by_the_tangent_of_the_lorenz_curve():
    """Ten places with mean / max = 0.37: three of them."""
    arrivals = np.array([100, 90, 80, 40, 20, 10, 10, 10, 5, 5.0])
    assert np.flatnonzero(hot_spots(arrivals)).tolist() == [0, 1, 2]
    assert hot_spots(np.full(4, 3.0)).all()
    assert not hot_spots(np.zeros(4)).any()
    assert hot_spots(np.array([0, 0, 9.0])).tolist() == [False, False, True]
    assert hot_spots(np.empty(0)).size == 0


def test_polycentricity_of_known_networks():
    star = np.zeros((3, 3))
    star[1:, 0] = 10  # all to one centre
    assert polycentricity(star) == pytest.approx(1 - np.std([20, 0, 0]) / 10)
    ring = 10 * (np.ones((3, 3)) - np.eye(3))
    assert polycentricity(ring) == pytest.approx(1)
    assert polycentricity(ring + 60 * np.eye(3) / 3) == pytest.approx(0.5)  # half of the trips stay at home
    assert polycentricity(np.diag([5.0, 5])) == 0
    assert polycentricity(np.array([[0, 10.0], [0, 0]])) == 0  # of two places one gets all
    assert polycentricity(np.ones((1, 1))) == 0


def test_gini():
    assert gini(np.ones(5)) == pytest.approx(0)
    assert gini(np.array([0, 0, 0, 8.0])) == pytest.approx(0.75)
    assert np.isnan(gini(np.zeros(3)))


def test_areas_that_take_turns_are_out_of_step():
    """Cells 0 and 3 fill by night and by day; cell 4 is unknown at an hour, and speaks for no area."""
    rows = []
    for hour in range(24):
        day = 8 <= hour < 20
        rows += [(CELLS[0], hour, 1 if day else 9), (CELLS[3], hour, 9 if day else 1)]
        rows += [(CELLS[4], hour, 5)] if hour else []
    seconds = pa.array([1_357_516_800 + 3600 * row[1] for row in rows]).cast(pa.timestamp("s", "UTC"))
    columns = {"h3": [row[0] for row in rows], "hour": seconds, "population": [float(row[2]) for row in rows]}
    profiles = profiles_of(pa.table(columns), CalendarParams(), RhythmParams())
    network = network_of(TOWNS, "weekday")
    area = living_areas(network, ALONE)
    shapes = area_shapes(profiles, network.h3, area, 0)
    assert shapes[0, 0] > shapes[0, 12]
    assert shapes.sum(axis=1) == pytest.approx(1)
    (row,) = desynchronisation_table(profiles, network.h3, area).to_pylist()
    assert (row["area_a"], row["area_b"], row["day_type"]) == (0, 1, "weekday")
    assert row["correlation"] < -0.97
    assert row["lag_h"] == 12
    assert row["correlation_at_lag"] > 0.9
    assert 0.2 < row["divergence_bits"] < 1
