"""Cells on a line, and the slow obvious twins of what kernels find about people there."""

import math

import numpy as np
from hypothesis import strategies as st

LON = np.array([0.0, 0.004, 0.008, 0.05, 0.1, 0.101])
"""Degrees along the equator: three cells 445 m apart, one alone at 5.6 km, two 111 m apart at 11 km."""
LAT = np.zeros(6)

_EARTH_RADIUS_M = 6_371_008.8


def metres(a: float, b: float) -> float:
    """Distance along the equator of two longitudes."""
    return abs(math.radians(b - a)) * _EARTH_RADIUS_M


def gap(a: int, b: int) -> float:
    """Distance of two cells."""
    return metres(LON[a], LON[b])


def events(max_size: int = 30, longest_gap_s: int = 9_000):
    """Strategy: (user, time, cell) sorted by user and time, users far from 0 so that keys are real keys."""
    row = st.tuples(
        st.sampled_from([3, 2**63 + 5]), st.integers(0, 12 * longest_gap_s), st.integers(0, len(LON) - 1)
    )
    return st.lists(row, max_size=max_size).map(sorted)


def columns_of(rows) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    user = np.array([row[0] for row in rows], np.uint64)
    time = np.array([row[1] for row in rows], np.int64)
    return user, time, np.array([row[2] for row in rows], np.int32)
