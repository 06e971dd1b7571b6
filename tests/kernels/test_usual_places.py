import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from kernels.geo import EARTH_RADIUS_M
from kernels.usual_places import regular_places

KM = 180 / (np.pi * EARTH_RADIUS_M / 1000)
X_KM = np.array([0.0, 0.4, 0.8, 5.0, 5.4, 20.0])
RADIUS_M = np.full(6, 500.0)


def found(rows, least_days=1, least_share=0.0):
    """Places of rows (user, place, day)."""
    rows = sorted(rows)
    user, place, day = (np.array([row[k] for row in rows], np.int64) for k in range(3))
    told = regular_places(
        user, place.astype(np.int32), day, X_KM * KM, np.zeros(6), RADIUS_M, least_days, least_share
    )
    return list(zip(*(column.tolist() for column in told), strict=True))


def test_cells_within_the_radius_are_one_place_with_the_days_of_all():
    rows = [(0, 0, 1), (0, 1, 2), (0, 1, 3), (0, 2, 4), (0, 3, 2), (0, 4, 3), (0, 5, 9)]
    assert found(rows) == [(0, 1, 4), (0, 3, 2), (0, 5, 1)]
    assert found(rows, least_days=2) == [(0, 1, 4), (0, 3, 2)]


def test_a_share_of_the_active_days_is_asked_for():
    rows = [(0, 0, day) for day in range(8)] + [(0, 3, 8), (0, 3, 9), (0, 5, 9)]
    assert found(rows, least_share=0.2) == [(0, 0, 8), (0, 3, 2)]
    assert found(rows, least_share=0.21) == [(0, 0, 8)]


def test_each_user_has_places_of_their_own_and_nobody_has_none():
    assert found([(0, 0, 1), (2, 5, 1), (2, 5, 1)]) == [(0, 0, 1), (2, 5, 1)]
    assert found([]) == []


@given(
    st.lists(st.tuples(st.integers(0, 2), st.integers(0, 5), st.integers(0, 6)), max_size=40),
    st.integers(1, 3),
    st.floats(0, 0.6),
)
def test_places_are_those_of_the_obvious_search(rows, least_days, least_share):
    expected = []
    for user in sorted({row[0] for row in rows}):
        days = {}
        for _, place, day in (row for row in rows if row[0] == user):
            days.setdefault(place, set()).add(day)
        least = max(least_days, least_share * len(set().union(*days.values())))
        left = set(days)
        while left:
            about = {p: [q for q in left if abs(X_KM[p] - X_KM[q]) <= 0.5] for p in left}
            seen = {p: len(set().union(*(days[q] for q in about[p]))) for p in left}
            best = min(left, key=lambda p: (-seen[p], -len(days[p]), p))
            if seen[best] < least:
                break
            expected.append((user, best, seen[best]))
            left -= set(about[best])
    assert found(rows, least_days, least_share) == expected
