"""What one place is, what all users tell of each, and where homes are on the ground."""

import h3.api.basic_int as h3
import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from jobs.counting.expansion import membership_of
from jobs.ground.footprints import h3_of
from jobs.ground.likely_places import likely_ground_of
from jobs.ground.places import PlaceParams
from jobs.habits import EDGES, busy_users, pooled, shares_seen
from jobs.trips import learnt_from
from kernels.departures import BINS, KINDS

METRE = 1 / 111_195.0


@given(
    st.lists(st.tuples(st.integers(0, 40), st.integers(0, 40)), min_size=1, max_size=12), st.integers(1, 4)
)
def test_a_place_reaches_to_the_nth_neighbour_within_bounds(sites, neighbours):
    lon, lat = (np.array(axis) * 150 * METRE for axis in zip(*sites, strict=True))
    radius = PlaceParams(radius_m=300, neighbours=neighbours).radii(lon, lat)
    distinct = sorted(set(sites))
    for (x, y), found in zip(sites, radius, strict=True):
        away = sorted(150 * np.hypot(x - a, y - b) for a, b in distinct)
        expected = min(away[neighbours], 5000) if len(away) > neighbours else 5000
        assert found == pytest.approx(max(expected, 300), rel=1e-3)


def test_cells_without_position_and_plans_without_neighbours_have_the_least_radius():
    lon = np.array([0.0, np.nan])
    assert PlaceParams().radii(lon, lon)[1] == 500
    assert PlaceParams(neighbours=0).radii(np.zeros(3), np.arange(3.0)).tolist() == [500] * 3


def test_shares_rise_with_activity_and_are_relative_to_busy_users():
    trips, tried = np.full(EDGES.size + 1, 50.0), np.full(EDGES.size + 1, 100.0)
    trips[0], trips[1], trips[-1] = 10, 5, 200
    tried[3] = 0
    share = shares_seen(trips, tried)
    assert share[0] == share[1] == pytest.approx(0.05)
    assert share[2] == 0.25
    assert share[3] == 0.25  # nobody is in the class
    assert (np.diff(share) >= 0).all()


def test_too_little_tells_nothing():
    assert pooled([]).seen.tolist() == [1.0] * EDGES.size
    assert pooled([]).profile.shape == (KINDS, 3, BINS)
    assert busy_users(np.empty(0)).size == 0


def test_busy_users_call_in_half_of_the_day_or_are_the_busiest():
    assert busy_users(np.arange(20.0)).tolist() == list(range(12, 20))
    assert busy_users(np.arange(20.0) / 10).tolist() == [19]


# -- ground --------------------------------------------------------------------------------------

HEART = h3.latlng_to_cell(14.7, -17.4, 7)
FINE = np.array(
    sorted(
        h3.cell_to_children(HEART, 9) + [c for n in h3.grid_ring(HEART, 1) for c in h3.cell_to_children(n, 9)]
    ),
    np.int64,
)
ZONES = pa.table(
    {"zone": np.where(np.arange(FINE.size) % 2, "odd", "even"), "h3": FINE, "population": np.ones(FINE.size)}
)


def plan(*points):
    """Cells at H3 cells of resolution 9."""
    lat, lon = np.array([h3.cell_to_latlng(p) for p in points]).T
    return pa.table(
        {"lon": lon, "lat": lat, "h3": h3_of(lon, lat, 7), "zone": pa.array(["odd"] * len(points))}
    )


def test_a_home_between_cells_is_told_from_all_of_them():
    """One cell stands beyond the border, the others on this side of it."""
    border = h3.grid_path_cells(
        h3.cell_to_center_child(HEART, 9), h3.cell_to_center_child(h3.grid_ring(HEART, 1)[0], 9)
    )
    beyond = next(c for c in border if h3.cell_to_parent(c, 7) != HEART)
    before = border[border.index(beyond) - 1]
    inside = [c for c in h3.grid_ring(before, 1) if h3.cell_to_parent(c, 7) == HEART][:3]
    around = [h3.cell_to_center_child(c, 9) for c in h3.grid_ring(HEART, 1)]
    ground = likely_ground_of(plan(beyond, *inside, *around), ZONES)
    alone, sure = ground.place(np.array([0, 1]), np.array([0], np.int32), np.array([5.0]))
    both, surer = ground.place(np.array([0, 4]), np.arange(4, dtype=np.int32), np.array([2.0, 2, 2, 2]))
    assert alone[0] != HEART
    assert both[0] == HEART
    assert 0 < sure[0] < 1
    assert surer[0] <= 1


def test_without_zones_there_is_no_ground():
    assert likely_ground_of(plan(HEART_CHILD), ZONES.slice(0, 0)) is None


HEART_CHILD = h3.cell_to_center_child(HEART, 9)


def test_the_people_nearest_to_a_cell_tell_its_zones():
    membership = membership_of(
        plan(HEART_CHILD, h3.cell_to_center_child(h3.grid_ring(HEART, 1)[0], 9)), ZONES
    )
    assert np.bincount(membership.cell, membership.share).tolist() == pytest.approx([1, 1])
    assert membership.population.tolist() == [(FINE.size + 1) // 2, FINE.size // 2]
    assert (membership.share < 0.6).all()


def test_the_market_share_of_zones_comes_with_their_people():
    plan_ = plan(HEART_CHILD)
    assert membership_of(plan_, ZONES).market_share is None
    share = pa.array([0.3 if zone == "odd" else None for zone in ZONES["zone"].to_pylist()], pa.float64())
    membership = membership_of(plan_, ZONES.append_column("market_share", share))
    assert membership.names.tolist() == ["even", "odd"]
    assert np.isnan(membership.market_share[0])
    assert membership.market_share[1] == 0.3


def test_few_users_are_all_learnt_from_and_of_many_those_of_files_of_every_season():
    assert learnt_from([]) == []
    assert learnt_from([90_000, 90_000]) == [0, 1]
    chosen = learnt_from([40_000] * 24)
    assert chosen == [0, 4, 9, 14, 19]
