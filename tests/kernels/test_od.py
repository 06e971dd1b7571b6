from collections import defaultdict

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kernels.od import dense_codes, distinct_pairs, spread_trips, sums_by_code

H3_COUNT, CLASSES = 4, 3
ROW_START = np.array([0, 1, 3, 6], np.int64)
INDEX = np.array([0, 1, 2, 0, 2, 3], np.int64)
WEIGHT = np.array([1.0, 0.25, 0.75, 0.5, 0.25, 0.25])
"""Three radio cells that serve one, two and three of four H3 cells; the weights are exact in binary."""

TRIPS = st.lists(
    st.tuples(
        st.integers(2**63, 2**63 + 3),
        st.integers(0, 2),
        st.integers(0, 2),
        st.integers(0, CLASSES - 1),
        st.sampled_from([0.5, 1.0, 8.0]),
    ),
    max_size=25,
)
"""User, origin, destination, time class, expansion."""


def spread(trips):
    user, origin, destination, time_class, expansion = (
        np.array([trip[k] for trip in trips], kind)
        for k, kind in enumerate([np.uint64, np.int32, np.int32, np.int64, np.float64])
    )
    return spread_trips(
        user, origin, destination, time_class, expansion, ROW_START, INDEX, WEIGHT, H3_COUNT, CLASSES
    )


def summed(trips):
    key, user, observed, population = spread(sorted(trips))
    distinct, code = dense_codes(key, H3_COUNT**2 * CLASSES)
    sums, users, *_ = sums_by_code(code, distinct.size, user, observed, population)
    return distinct, users, *sums.T


def slow_sums(trips):
    users, observed, population = defaultdict(set), defaultdict(float), defaultdict(float)
    for user, origin, destination, time_class, expansion in trips:
        for a in range(ROW_START[origin], ROW_START[origin + 1]):
            for b in range(ROW_START[destination], ROW_START[destination + 1]):
                key = (int(INDEX[a]), int(INDEX[b]), time_class)
                users[key].add(user)
                observed[key] += WEIGHT[a] * WEIGHT[b]
                population[key] += WEIGHT[a] * WEIGHT[b] * expansion
    return {key: (len(users[key]), observed[key], population[key]) for key in users}


@given(TRIPS)
def test_flows_and_distinct_users_as_their_slow_twin(trips):
    found = {}
    for key, users, observed, population, _ in zip(*summed(trips), strict=True):
        pair, time_class = divmod(int(key), CLASSES)
        found[(*divmod(pair, H3_COUNT), time_class)] = (users, observed, population)
    assert found == slow_sums(trips)


@given(TRIPS)
def test_the_flows_add_up_to_the_trips(trips):
    _, _, observed, population, _ = summed(trips)
    assert observed.sum() == pytest.approx(len(trips))
    assert population.sum() == pytest.approx(sum(trip[4] for trip in trips))


@given(TRIPS, st.randoms())
def test_the_order_of_trips_changes_nothing(trips, random):
    shuffled = random.sample(trips, len(trips))
    for found, expected in zip(summed(shuffled), summed(trips), strict=True):
        np.testing.assert_array_equal(found, expected)


@given(TRIPS)
def test_keys_are_distinct_and_ascending(trips):
    key, *_ = summed(trips)
    assert (np.diff(key) > 0).all()


@given(TRIPS)
def test_variance_is_that_of_users_whose_place_is_drawn_once(trips):
    whole, part = defaultdict(float), defaultdict(float)
    for user, origin, destination, time_class, expansion in trips:
        for a in range(ROW_START[origin], ROW_START[origin + 1]):
            for b in range(ROW_START[destination], ROW_START[destination + 1]):
                key = (int(INDEX[a]) * H3_COUNT + int(INDEX[b])) * CLASSES + time_class
                whole[key, user] += expansion
                part[key, user] += WEIGHT[a] * WEIGHT[b] * expansion
    expected = defaultdict(float)
    for (key, user), persons in whole.items():
        expected[key] += persons * part[key, user]
    key, *_, squares = summed(trips)
    assert dict(zip(key.tolist(), squares.tolist(), strict=True)) == pytest.approx(dict(expected))


ROWS = st.lists(st.tuples(st.integers(5, 7), st.integers(0, 11)), max_size=30)
"""User and key."""


@given(ROWS)
def test_dense_codes_are_those_of_sorting(rows):
    key = np.array([key for _, key in rows], np.int64)
    expected = np.unique(key, return_inverse=True)
    for found, wanted in zip(dense_codes(key, 12), expected, strict=True):
        np.testing.assert_array_equal(found, wanted)


@given(ROWS)
def test_users_of_a_sum_are_counted_once(rows):
    rows = sorted(rows)
    user, key = (np.array([row[k] for row in rows], kind) for k, kind in enumerate((np.uint64, np.int64)))
    distinct, code = dense_codes(key, 12)
    _, _, *pairs = sums_by_code(code, distinct.size, user, np.ones(user.size), np.ones(user.size))
    thirds, above = dense_codes(distinct // 3, 4)
    users, above_code, person = distinct_pairs(*pairs, above, thirds.size)
    expected = {third: {u for u, k in rows if k // 3 == third} for third in thirds.tolist()}
    assert users.tolist() == [len(expected[third]) for third in thirds.tolist()]
    assert len(set(zip(above_code.tolist(), person.tolist(), strict=True))) == above_code.size == users.sum()
