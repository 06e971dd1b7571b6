"""How many trips busy users show through the calls of quiet ones."""

import itertools

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from towns_on_a_line import LAT, LON

from kernels.unseen import active_hours, count_through_donors, moments

HOUR = 3600
RADIUS_M = np.full(LON.size, 500.0)


def shown(stays, calls):
    """Trips of (place, from hour, to hour) at the hours of calls."""
    place = np.array([s[0] for s in stays], np.int32)
    start, end = (np.array([int(s[k] * HOUR) for s in stays], np.int64) for k in (1, 2))
    time = np.array([int(c * HOUR) for c in calls], np.int64)
    return count_through_donors(
        np.array([0, place.size, place.size]),
        np.array([0, 0, time.size]),
        start,
        end,
        place,
        time,
        np.array([0]),
        np.array([1]),
        LON,
        LAT,
        RADIUS_M,
        1200,
        4.0,
        24 * HOUR,
    )


DAY = [(0, 0, 7.5), (3, 8.5, 12), (4, 13, 14), (3, 15, 17), (0, 18, 24)]


@pytest.mark.parametrize(
    ("calls", "trips"),
    [
        (range(25), 4),
        ([7, 9, 16, 20], 2),  # the errand at noon is not seen
        ([7, 20], 0),  # at home both times
        ([9], 0),
        ([], 0),
        ([7, 8.4, 19], 2),  # between two stays: with the nearer one
    ],
)
def test_trips_at_the_calls_of_a_donor(calls, trips):
    assert shown(DAY, calls) == trips


def test_passing_by_is_no_stay():
    """At 5.6 km in the middle of a way of 11 km in an hour: at 4 m/s no time is left to stay."""
    way = [(0, 0, 7.5), (3, 7.95, 8.05), (4, 8.5, 12)]
    assert shown(way, [7.5, 8, 8.5]) == 1
    assert shown([(0, 0, 6), (3, 7.95, 8.05), (4, 10, 12)], [5.9, 8, 10.1]) == 2


@given(st.lists(st.tuples(st.integers(0, 10**6), st.integers(0, 10**5), st.integers(1, 6)), max_size=10))
def test_events_of_a_stay_go_from_its_start_to_its_end(stays):
    start = np.array([s[0] for s in stays], np.int64)
    end = start + np.array([s[1] for s in stays], np.int64)
    events = np.array([s[2] for s in stays], np.int32)
    time, at = moments(start, end, events), 0
    for s, e, n in zip(start, end, events, strict=True):
        mine = time[at : at + n]
        assert mine[0] == s
        assert (np.diff(mine) >= 0).all()
        assert n == 1 or mine[-1] == e
        at += n
    assert at == time.size


STAYS = st.lists(st.tuples(st.integers(0, 10**4), st.integers(0, 10**5), st.integers(1, 6)), max_size=8)
"""Seconds since the stay before, seconds that it lasts, events."""


@given(st.lists(STAYS, max_size=4))
def test_active_hours_as_their_slow_twin(users):
    first = np.cumsum([0, *map(len, users)]).astype(np.int64)
    start, end, events = [], [], []
    for stays in users:
        now = 10**6
        for gap, long, count in stays:
            start.append(now + gap)
            end.append(now + gap + (long if count > 1 else 0))
            events.append(count)
            now = end[-1]
    start, end, events = np.array(start, np.int64), np.array(end, np.int64), np.array(events, np.int32)
    time, of = moments(start, end, events), np.cumsum([0, *events])[first]
    expected = [len(set((time[a:b] // HOUR).tolist())) for a, b in itertools.pairwise(of)]
    assert active_hours(first, start, end, events).tolist() == expected
