import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kernels.geo import EARTH_RADIUS_M, distance_m

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
