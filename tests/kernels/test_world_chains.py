import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kernels.world.chains import (
    ANCHORS,
    FRIDAY,
    HOME,
    HOME_BASED,
    MAIN,
    SATURDAY,
    STUDENT,
    SUNDAY,
    WEEKDAY,
    WORKER,
    Lives,
    count_trips,
    fill_trips,
    travel_s,
)

WEEK = np.array([WEEKDAY] * 4 + [FRIDAY, SATURDAY, SUNDAY], np.int8)
PEOPLE = 600


def _lives(first=0, count=PEOPLE, seed=3, reach_m=6000.0, early=0.3):
    rng = np.random.default_rng(8)
    x, y = (
        rng.normal(0, reach_m, (PEOPLE, ANCHORS)).astype(np.float32)[first : first + count] for _ in range(2)
    )
    role = rng.integers(0, 3, PEOPLE).astype(np.int8)[first : first + count]
    return Lives(first, role, x, y, WEEK, early, seed, 12)


def _days(lives):
    trips = count_trips(lives)
    depart, arrive, origin, destination = fill_trips(lives, int(trips.sum()))
    person = np.repeat(np.arange(lives.role.size), trips)
    return person, depart, arrive, origin, destination


@given(st.integers(0, 2**40), st.floats(10.0, 40_000.0))
def test_days_start_and_end_at_home_and_trips_follow_each_other(seed, reach_m):
    person, depart, arrive, origin, destination = _days(_lives(count=40, seed=seed, reach_m=reach_m))
    day = person * 7 + depart // 86400
    first, last = np.diff(day, prepend=-1) > 0, np.diff(day, append=10**9) > 0
    assert (origin[first] == HOME).all()
    assert (destination[last] == HOME).all()
    assert (origin[1:][~first[1:]] == destination[:-1][~first[1:]]).all()
    assert (origin != destination).all()
    assert (arrive > depart).all()
    same_person = person[1:] == person[:-1]
    assert (depart[1:] > arrive[:-1])[same_person].all()


def test_pieces_of_people_live_the_same_days_as_everybody_together():
    whole = _days(_lives())
    pieces = [_days(_lives(first, 150)) for first in range(0, PEOPLE, 150)]
    for column in range(1, 5):
        np.testing.assert_array_equal(whole[column], np.concatenate([piece[column] for piece in pieces]))


def test_people_make_two_and_a_half_to_three_and_a_half_trips_a_day():
    assert 2.5 < count_trips(_lives()).sum() / PEOPLE / 7 < 3.5


@pytest.mark.parametrize("role", [WORKER, STUDENT, HOME_BASED])
def test_who_has_a_main_place_goes_there_on_most_working_days(role):
    lives = _lives()
    person, depart, _, _, destination = _days(lives)
    at_main = (destination == MAIN) & (lives.role[person] == role) & (depart // 86400 < 5)
    share = np.unique(person[at_main] * 7 + depart[at_main] // 86400).size / max(
        (lives.role == role).sum() * 5, 1
    )
    assert share == 0.0 if role == HOME_BASED else 0.85 < share < 0.97


def test_who_leaves_early_on_fridays_is_home_earlier():
    def mean_friday_departure(early):
        _, depart, _, origin, _ = _days(_lives(early=early))
        leaves = (origin == MAIN) & (depart // 86400 == 4)
        return depart[leaves].mean()

    assert mean_friday_departure(1.0) < mean_friday_departure(0.0) - 3600


def test_travel_time_grows_with_distance_and_peaks_are_slower():
    times = [travel_s(d, 12 * 3600, 0.0) for d in (100.0, 1000.0, 5000.0, 20_000.0)]
    assert times == sorted(times)
    assert travel_s(5000.0, 8 * 3600, 0.0) > travel_s(5000.0, 12 * 3600, 0.0)
    assert travel_s(1e6, 0.0, 0.0) <= 2.5 * 3600
