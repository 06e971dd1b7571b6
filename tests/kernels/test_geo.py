import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kernels.geo import EARTH_RADIUS_M, are_near, distance_m, near, places_of

LON, LAT = st.floats(-180, 180), st.floats(-90, 90)


@given(LON, LAT, LON, LAT)
def test_distance_is_that_of_the_angle_between_two_vectors(lon_a, lat_a, lon_b, lat_b):
    def vector(lon, lat):
        lon, lat = math.radians(lon), math.radians(lat)
        return math.cos(lat) * math.cos(lon), math.cos(lat) * math.sin(lon), math.sin(lat)

    chord = math.dist(vector(lon_a, lat_a), vector(lon_b, lat_b))
    expected = 2 * EARTH_RADIUS_M * math.asin(min(1.0, chord / 2))
    # Opposite points are where the arc sine is steep: a metre there, a hair elsewhere.
    assert distance_m(lon_a, lat_a, lon_b, lat_b) == pytest.approx(expected, abs=1.0)


@given(LON, LAT)
def test_a_point_is_at_no_distance_from_itself(lon, lat):
    assert distance_m(lon, lat, lon, lat) == 0


def test_dakar_to_thies():
    assert distance_m(-17.4467, 14.6928, -16.9256, 14.7910) == pytest.approx(57_100, rel=0.01)


def test_near_without_a_branch_is_near_also_where_a_position_is_unknown():
    lon, lat = np.array([0.0, 0.004, 0.01, np.nan]), np.zeros(4)
    place = places_of(lon, lat, np.array([500.0, 100.0, 700.0, 500.0]))
    pairs = [(a, b) for a in range(4) for b in range(4)]
    found = [are_near(a, b, place) for a, b in pairs]
    assert found == [near(a, b, place) for a, b in pairs]
    assert found[:4] == [True, True, False, False]
    assert found[-1]
