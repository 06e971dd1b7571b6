"""What people do in a day: chains of activities that start and end at home, and the trips between them.

Each day of each person is drawn from its own random stream. Shares and times are assumed, and
set so that the whole looks like a household travel survey of a large African city (EMTSU Dakar 2000):
2.5 to 3.5 trips a person and day, most of them from or to home, peaks at 7-9 h and 16-19 h.
"""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from kernels._jit import kernel
from kernels.counter_random import exponential, normal, stream, substream, uniform

WORKER, STUDENT, HOME_BASED = 0, 1, 2
"""Roles of people."""
WEEKDAY, FRIDAY, SATURDAY, SUNDAY = 0, 1, 2, 3
"""Kinds of days; public Friday afternoons are lighter."""
HOME, MAIN, MARKET, LEISURE = 0, 1, 2, 3
"""Anchors of a person: home, work or school, market, and leisure places from LEISURE on."""
ANCHORS = 6
"""Home, main, market, three leisure places."""
MAX_TRIPS_A_DAY = 8

_HOUR = 3600.0
_LATEST_REACH_S = 23.4 * _HOUR
_MAIN_SHARE = np.array([[0.90, 0.90, 0.45, 0.12], [0.93, 0.93, 0.15, 0.0], [0.0, 0.0, 0.0, 0.0]])
_NO_OUTING = np.array([0.15, 0.15, 0.14, 0.20])
_ONE_OUTING = np.array([0.62, 0.62, 0.62, 0.70])


class _Diary(NamedTuple):
    """One day of one person: goals and stays are planned first, then times are set."""

    goal: NDArray[np.int8]
    stay_s: NDArray[np.float64]
    depart_s: NDArray[np.int32]
    arrive_s: NDArray[np.int32]


class Lives(NamedTuple):
    """Whose days are simulated, and which."""

    first_person: int
    """Index of the first person, for the random streams."""
    role: NDArray[np.int8]
    """WORKER, STUDENT or HOME_BASED (persons)."""
    x_m: NDArray[np.float32]
    """Anchors in metres (persons, ANCHORS)."""
    y_m: NDArray[np.float32]
    day_kind: NDArray[np.int8]
    """WEEKDAY, FRIDAY, SATURDAY or SUNDAY (days)."""
    friday_early_share: float
    """Share of those at work or school who leave early on a Friday."""
    seed: int
    topic: int


@kernel
def _other_place(key: np.uint64, n: int, here: int) -> int:
    """Market or a leisure place, the first ones visited most (Zipf-like; Song et al. 2010)."""
    u = uniform(key, n)
    place = MARKET if u < 0.40 else LEISURE if u < 0.72 else LEISURE + 1 if u < 0.90 else LEISURE + 2
    return place if place != here else MARKET + (place - MARKET + 1) % (ANCHORS - MARKET)


@kernel
def _errand_s(key: np.uint64, n: int) -> float:
    """Time spent at a market or leisure place."""
    return min(0.4 * _HOUR + 1.1 * _HOUR * exponential(key, n), 5.0 * _HOUR)


@kernel
def _main_stay_s(key: np.uint64, role: int, day_kind: int, friday_early_share: float) -> float:
    """Time spent at work or school."""
    mean, spread = (9.3, 1.2) if role == WORKER else (6.2, 0.8)
    stay = min(max(mean + spread * normal(key, 5), 3.0), 12.0) * _HOUR
    if day_kind == SATURDAY or (day_kind == FRIDAY and uniform(key, 12) < friday_early_share):
        stay *= 0.6
    return stay


@kernel
def _plan_main_day(
    key: np.uint64,
    role: int,
    day_kind: int,
    friday_early_share: float,
    diary: _Diary,
) -> int:
    """Work or school, sometimes with a midday errand, an errand on the way home, or an evening outing."""
    goal, stay_s = diary.goal, diary.stay_s
    stay = _main_stay_s(key, role, day_kind, friday_early_share)
    goal[0], stay_s[0] = MAIN, stay
    n = 1
    if uniform(key, 13) < 0.10 and role == WORKER:
        stay_s[0] = 0.5 * stay
        goal[1], stay_s[1] = _other_place(key, 14, MAIN), 0.5 * _HOUR
        goal[2], stay_s[2] = MAIN, 0.45 * stay
        n = 3
    after = uniform(key, 15)
    if after < 0.22:
        goal[n], stay_s[n] = _other_place(key, 16, MAIN), _errand_s(key, 17)
        n += 1
    goal[n], stay_s[n] = HOME, 0.3 * _HOUR + 0.7 * _HOUR * exponential(key, 18)
    n += 1
    if after > 0.70:
        goal[n], stay_s[n] = _other_place(key, 19, HOME), _errand_s(key, 20)
        goal[n + 1], stay_s[n + 1] = HOME, 0.0
        n += 2
    return n


@kernel
def _plan_outings(key: np.uint64, day_kind: int, diary: _Diary) -> int:
    """None, one or two outings from home, each of one or two places."""
    goal, stay_s = diary.goal, diary.stay_s
    u = uniform(key, 21)
    outings = 0 if u < _NO_OUTING[day_kind] else 1 if u < _ONE_OUTING[day_kind] else 2
    n = 0
    for outing in range(outings):
        first = 22 + 6 * outing
        goal[n], stay_s[n] = _other_place(key, first, HOME), _errand_s(key, first + 1)
        n += 1
        if uniform(key, first + 2) < 0.22:
            goal[n], stay_s[n] = _other_place(key, first + 3, goal[n - 1]), _errand_s(key, first + 4)
            n += 1
        goal[n], stay_s[n] = HOME, _HOUR + 2.0 * _HOUR * exponential(key, first + 5)
        n += 1
    return n


@kernel
def _leave_s(key: np.uint64, role: int, goes_to_main: bool) -> float:
    """First departure of the day, seconds after midnight."""
    z, u = normal(key, 1), uniform(key, 4)
    if goes_to_main and role == STUDENT:
        hour = 7.4 + 0.35 * z
    elif goes_to_main:
        hour = 7.3 + 0.8 * z if u < 0.82 else 10.5 + 2.0 * z
    else:
        hour = 9.6 + 1.5 * z if u < 0.6 else 15.8 + 1.8 * z
    return min(max(hour, 4.7), 20.0) * _HOUR


@kernel
def travel_s(distance_m: float, start_s: float, noise: float) -> float:
    """Door-to-door travel time, seconds: short trips walk, long ones ride, peaks are slower.

    `noise` is a standard normal; streets are 1.3 times the straight line.
    """
    street_km = 1.3e-3 * distance_m
    speed_kmh = 4.5 + 14.5 * (1.0 - np.exp(-street_km / 3.0))
    hour = start_s / _HOUR
    if 7.0 <= hour < 9.5 or 16.5 <= hour < 19.5:
        speed_kmh *= 0.85
    return min((120.0 + _HOUR * street_km / speed_kmh) * np.exp(0.15 * noise), 2.5 * _HOUR)


@kernel
def _ride_s(here: int, there: int, start_s: float, noise: float, person: int, lives: Lives) -> float:
    x_m, y_m = lives.x_m[person], lives.y_m[person]
    return travel_s(np.hypot(x_m[there] - x_m[here], y_m[there] - y_m[here]), start_s, noise)


@kernel
def _schedule(key: np.uint64, planned: int, leave_s: float, person: int, lives: Lives, diary: _Diary) -> int:
    """Turn a plan into trips; who would come too late goes home. Returns the number of trips.

    All departures are before midnight.
    """
    here, now, made = HOME, leave_s, 0
    bedtime = (20.8 + 2.2 * uniform(key, 34)) * _HOUR
    for leg in range(planned):
        there, noise = diary.goal[leg], normal(key, 20 + leg)
        reach = now + _ride_s(here, there, now, noise, person, lives)
        is_late = there != HOME and reach > _LATEST_REACH_S
        if is_late:
            there = HOME
            reach = now + _ride_s(here, there, now, noise, person, lives)
        if there == here:
            break
        diary.depart_s[made], diary.arrive_s[made], diary.goal[made] = np.int32(now), np.int32(reach), there
        made += 1
        if is_late:
            break
        here = there
        now = max(min(reach + diary.stay_s[leg], bedtime), reach + 300.0)
    return made


@kernel
def _live_day(key: np.uint64, day_kind: int, person: int, lives: Lives, diary: _Diary) -> int:
    role = lives.role[person]
    goes_to_main = uniform(key, 0) < _MAIN_SHARE[role, day_kind]
    if goes_to_main:
        planned = _plan_main_day(key, role, day_kind, lives.friday_early_share, diary)
    else:
        planned = _plan_outings(key, day_kind, diary)
    return _schedule(key, planned, _leave_s(key, role, goes_to_main), person, lives, diary)


@kernel
def _empty_diary() -> _Diary:
    return _Diary(
        np.empty(MAX_TRIPS_A_DAY, np.int8),
        np.empty(MAX_TRIPS_A_DAY),
        np.empty(MAX_TRIPS_A_DAY, np.int32),
        np.empty(MAX_TRIPS_A_DAY, np.int32),
    )


@kernel
def count_trips(lives: Lives) -> NDArray[np.int64]:
    """Trips of each person over all days."""
    diary = _empty_diary()
    trips = np.zeros(lives.role.size, np.int64)
    for person in range(lives.role.size):
        for day in range(lives.day_kind.size):
            key = substream(stream(lives.seed, lives.topic, lives.first_person + person), day)
            trips[person] += _live_day(key, lives.day_kind[day], person, lives, diary)
    return trips


@kernel
def fill_trips(
    lives: Lives, total: int
) -> tuple[NDArray[np.int32], NDArray[np.int32], NDArray[np.int8], NDArray[np.int8]]:
    """Make all trips of some people, by person and time; `total` is the sum of `count_trips`.

    Returns
    -------
    departure and arrival in seconds since the first local midnight, origin and destination anchor;
    each (total,). The last arrival of a day may be shortly after midnight.
    """
    diary = _empty_diary()
    depart_s, arrive_s = np.empty(total, np.int32), np.empty(total, np.int32)
    origin, destination = np.empty(total, np.int8), np.empty(total, np.int8)
    at = 0
    for person in range(lives.role.size):
        for day in range(lives.day_kind.size):
            key = substream(stream(lives.seed, lives.topic, lives.first_person + person), day)
            made = _live_day(key, lives.day_kind[day], person, lives, diary)
            for leg in range(made):
                depart_s[at] = day * 86400 + diary.depart_s[leg]
                arrive_s[at] = day * 86400 + diary.arrive_s[leg]
                origin[at] = HOME if leg == 0 else diary.goal[leg - 1]
                destination[at] = diary.goal[leg]
                at += 1
    return depart_s, arrive_s, origin, destination
