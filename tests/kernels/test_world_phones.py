from math import gamma

import numpy as np
import pytest

from kernels.world.phones import Habits, Radio, Trips, clock_s, count_events, fill_events, position, serve

PEOPLE, DAYS, RATE, SHAPE = 400, 6, 9.0, 0.6
PROFILE = np.linspace(0.0, 86400.0, 101)
RADIO = Radio(
    0.0, 0.0, 1000.0, 2, 2,
    np.array([[0, 1, -1, -1], [1, 0, -1, -1], [2, 3, -1, -1], [3, 2, -1, -1]], np.int32),
    np.array([[0.8, 1, 1, 1]] * 4, np.float32), 0.0,
)  # fmt: skip


def _trips():
    """Everybody goes out at 8 h and home at 17 h, from the first raster point to the last."""
    start = np.tile(np.arange(DAYS)[:, None] * 86400 + np.array([8, 17]) * 3600, (PEOPLE, 1, 1)).reshape(-1)
    x = np.tile(np.array([500.0, 1500.0], np.float32), (PEOPLE, 1))
    there = np.tile(np.array([1, 0], np.int8), PEOPLE * DAYS)
    first = np.arange(PEOPLE + 1) * 2 * DAYS
    return Trips(first, start.astype(np.int32), (start + 3600).astype(np.int32), 1 - there, there, x, x)


def _habits(subscriber, rate=RATE):
    scale = (
        np.full(subscriber.size, 1.0 / rate / gamma(1 + 1 / SHAPE))
        if rate
        else np.full(subscriber.size, np.inf)
    )
    return Habits(subscriber.astype(np.int32), subscriber.astype(np.int64), scale, 1 / SHAPE, PROFILE)


def _events(subscriber, rate=RATE, radio=RADIO):
    habits, trips = _habits(subscriber, rate), _trips()
    next_at, serial = habits.scale * 0.3, np.zeros(subscriber.size, np.int64)
    days = []
    for day in range(DAYS):
        counted = count_events(day, habits, next_at, serial, 5, 15)
        row, second, cell = fill_events(day, habits, next_at, serial, trips, radio, 5, 15, int(counted.sum()))
        np.testing.assert_array_equal(np.bincount(row, minlength=subscriber.size), counted)
        days.append(np.column_stack((np.full(row.size, day), subscriber[row], second, cell)))
    return np.concatenate(days)


def test_pieces_of_subscribers_make_the_same_events_as_all_together():
    whole = _events(np.arange(PEOPLE))
    pieces = np.concatenate([_events(piece) for piece in np.array_split(np.arange(PEOPLE), 7)])
    np.testing.assert_array_equal(whole[np.lexsort(whole.T[::-1])], pieces[np.lexsort(pieces.T[::-1])])


def test_the_mean_number_of_events_is_the_wanted_rate():
    assert _events(np.arange(PEOPLE)).shape[0] / PEOPLE / DAYS == pytest.approx(RATE, rel=0.08)


def test_seconds_of_a_subscriber_strictly_increase():
    events = _events(np.arange(PEOPLE), rate=200.0)
    time = events[:, 0] * 86400 + events[:, 2]
    order = np.lexsort((time, events[:, 1]))
    assert (np.diff(time[order])[np.diff(events[order, 1]) == 0] > 0).all()


def test_gaps_are_bursty():
    events = _events(np.arange(PEOPLE))
    time = events[:, 0] * 86400 + events[:, 2]
    order = np.lexsort((time, events[:, 1]))
    gap = np.diff(time[order])[np.diff(events[order, 1]) == 0]
    assert (gap.std() - gap.mean()) / (gap.std() + gap.mean()) > 0.1  # a Poisson process has 0


def test_a_silent_phone_makes_no_event():
    assert _events(np.arange(5), rate=0.0).size == 0


def test_events_come_from_home_by_night_and_from_work_by_day():
    day, _, second, cell = _events(np.arange(PEOPLE)).T
    assert set(cell[second < 8 * 3600]) == {0, 1}
    assert set(cell[(second > 9 * 3600) & (second < 17 * 3600)]) == {2, 3}
    assert day.max() == DAYS - 1


def test_a_traveller_is_between_the_two_ends():
    x, y = position(8 * 3600 + 1800, 0, 0, _trips())
    assert (x, y) == (1000.0, 1000.0)
    assert position(7 * 3600, 0, -1, _trips()) == (500.0, 500.0)


def test_ping_pong_hands_over_to_a_neighbour():
    swapping = RADIO._replace(ping_pong=1.0)
    assert serve(500.0, 500.0, 0.1, 0.5, RADIO) == 0
    assert serve(500.0, 500.0, 0.9, 0.5, RADIO) == 1
    assert serve(500.0, 500.0, 0.1, 0.5, swapping) == 1
    assert serve(500.0, 500.0, 0.9, 0.5, swapping) == 0


def test_points_outside_the_raster_are_served_by_its_edge():
    assert serve(-9e9, 9e9, 0.1, 1.0, RADIO) == serve(500.0, 1500.0, 0.1, 1.0, RADIO) == 2


def test_the_clock_runs_through_the_profile():
    assert clock_s(0.0, PROFILE) == 0
    assert clock_s(0.5, PROFILE) == 43200
    assert clock_s(0.9999999, PROFILE) == 86399
