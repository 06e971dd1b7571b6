from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kernels.geo import EARTH_RADIUS_M
from kernels.speeds import implied_speeds

KM = 180 / (np.pi * EARTH_RADIUS_M / 1000)
LON, LAT = np.array([0.0, 10 * KM, 100 * KM, np.nan]), np.zeros(4)
RADIUS_M = np.array([500.0, 500, 1500, 500])


def speeds(*rows):
    """(user, place, start, end)"""
    user, place, start, end = (np.array(column) for column in zip(*rows, strict=True))
    return implied_speeds(
        user.astype(np.uint64), place.astype(np.int32), start, end, LON, LAT, RADIUS_M
    ).tolist()


def test_the_way_is_what_the_radii_leave_of_the_distance():
    found = speeds((1, 0, 0, 600), (1, 1, 1500, 1600), (1, 2, 1700, 1700))
    assert found == pytest.approx([np.nan, 9000 / 900, 88_000 / 100], rel=1e-6, nan_ok=True)


def test_no_time_and_a_way_is_infinitely_fast_and_no_way_is_no_move():
    assert speeds((1, 0, 0, 0), (1, 1, 0, 0))[1] == np.inf
    assert speeds((1, 0, 0, 0), (1, 0, 0, 0))[1] == 0
    assert speeds((1, 0, 50, 100), (1, 1, 90, 95))[1] == np.inf  # they overlap


def test_users_are_apart_and_unknown_places_tell_nothing():
    found = speeds((1, 0, 0, 0), (2, 2, 1, 1), (2, 3, 2, 2), (2, 2, 3, 3))
    assert np.isnan(found).all()


@given(st.lists(st.tuples(st.integers(1, 3), st.integers(0, 2), st.integers(0, 9)), min_size=1, max_size=20))
def test_speeds_are_those_of_pairs(rows):
    rows = sorted(rows, key=lambda row: (row[0], row[2]))
    x_m = np.array([0.0, 10_000, 100_000])
    expected = [np.nan]
    for (u, p, t), (v, q, s) in pairwise(rows):
        way = max(0.0, abs(x_m[q] - x_m[p]) - RADIUS_M[p] - RADIUS_M[q]) if p != q else 0.0
        expected.append(np.nan if u != v else 0.0 if way == 0 else way / (s - t) if s > t else np.inf)
    found = speeds(*[(u, p, t, t) for u, p, t in rows])
    assert found == pytest.approx(expected, rel=1e-6, nan_ok=True)
