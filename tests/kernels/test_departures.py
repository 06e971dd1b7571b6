"""When trips began in their intervals, drawn from the profile of their kind."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from kernels.departures import BIN_S, BINS, DAY_S, KINDS, count_departures, draw_departures, profiles

WEEK = np.array([0, 0, 0, 0, 0, 1, 2], np.int8)
HOUR = 3600
INTERVALS = st.lists(
    st.tuples(st.integers(0, 5 * DAY_S), st.integers(0, DAY_S), st.integers(0, KINDS - 1)), max_size=20
)


def columns(intervals):
    start = np.array([i[0] for i in intervals], np.int64)
    end = start + np.array([i[1] for i in intervals], np.int64)
    user = np.arange(len(intervals)).astype(np.uint64) * np.uint64(7919)
    return start, end, np.array([i[2] for i in intervals], np.int8), user


def drawn(intervals, profile):
    start, end, kind, user = columns(intervals)
    return start, end, draw_departures(start, end, kind, user, WEEK, 0, profile)


@given(INTERVALS, st.integers(0, 2**32 - 1))
def test_a_departure_lies_in_its_interval(intervals, seed):
    start, end, departure = drawn(intervals, np.random.default_rng(seed).random((KINDS, 3, BINS)) + 1e-6)
    assert (start <= departure).all()
    assert (departure <= end).all()


@given(INTERVALS)
def test_well_timed_trips_are_counted_at_their_middle(intervals):
    start, end, kind, _ = columns(intervals)
    counts = count_departures(start, end, kind, WEEK, 0, 5400)
    expected = np.zeros((KINDS, 3, BINS))
    for s, length, k in intervals:
        if length <= 5400:
            middle = s + length // 2
            expected[k, WEEK[middle // DAY_S], middle % DAY_S // BIN_S] += 1
    np.testing.assert_array_equal(counts, expected)


def test_departures_follow_the_profile():
    """A night of silence, and three trips in four at seven, one at eight."""
    profile = np.full((KINDS, 3, BINS), 1e-9)
    profile[1, 0, 7 * HOUR // BIN_S], profile[1, 0, 8 * HOUR // BIN_S] = 3.0, 1.0
    nights = [(2 * HOUR + k, 12 * HOUR, 1) for k in range(4000)]
    _, _, departure = drawn(nights, profile)
    at_seven = (departure // BIN_S == 7 * HOUR // BIN_S).mean()
    assert 0.72 < at_seven < 0.78
    assert set((departure // BIN_S).tolist()) == {14, 16}


def test_a_kind_without_well_timed_trips_goes_with_all():
    counts = np.zeros((KINDS, 3, BINS))
    counts[0, 0, 16] = 1000
    profile = profiles(counts)
    assert profile[5, 0].argmax() == 16
    assert (profile > 0).all()
