"""When in its interval a trip began: drawn from the times of trips whose interval is short."""

import numpy as np
from numpy.typing import NDArray

from kernels._jit import kernel
from kernels.trips import NO_KIND

DAY_S = 86_400
BIN_S = 1_800
BINS = DAY_S // BIN_S
KINDS = NO_KIND + 1


@kernel
def count_departures(
    start_s: NDArray[np.int64],
    end_s: NDArray[np.int64],
    kind: NDArray[np.int8],
    day_type: NDArray[np.int8],
    first_day: int,
    longest_s: int,
) -> NDArray[np.float64]:
    """Trips by kind, day type and half hour of the middle of intervals of at most `longest_s`.

    Parameters
    ----------
    start_s, end_s : int64[trips], bounds of the interval, local seconds since 1970; kind : int8[trips].
    day_type : int8[days] of the days from `first_day` on (days since 1970), 0 to 2.

    Returns
    -------
    float64[KINDS, 3, BINS].
    """
    counts = np.zeros((KINDS, 3, BINS))
    for i in range(start_s.size):
        if end_s[i] - start_s[i] <= longest_s:
            middle = (start_s[i] + end_s[i]) // 2
            counts[kind[i], day_type[middle // DAY_S - first_day], middle % DAY_S // BIN_S] += 1
    return counts


def profiles(counts: NDArray[np.float64], prior: float = 20.0) -> NDArray[np.float64]:
    """How trips of each kind and day type are spread over the day; where few were seen, as all of them."""
    total = counts.sum(axis=0, keepdims=True) + 1.0
    return np.asarray(counts + prior * total / total.sum(axis=2, keepdims=True), np.float64)


@kernel
def draw_departures(
    start_s: NDArray[np.int64],
    end_s: NDArray[np.int64],
    kind: NDArray[np.int8],
    user: NDArray[np.uint64],
    day_type: NDArray[np.int8],
    first_day: int,
    profile: NDArray[np.float64],
) -> NDArray[np.int64]:
    """Draw a time in the interval of each trip, in proportion to the profile of its kind.

    Arguments are those of `count_departures`; `profile` is float64[KINDS, 3, BINS], positive. The draw
    depends on the user and the interval alone, so that equal tables give equal times.

    Returns
    -------
    int64[trips], local seconds; ``start_s <= time <= end_s``.
    """
    before = _cumulated(profile, day_type)
    drawn = np.empty(start_s.size, np.int64)
    first_s = first_day * DAY_S
    for i in range(start_s.size):
        start, end = start_s[i] - first_s, end_s[i] - first_s
        trips = before[kind[i]]
        least, most = _trips_before(start, trips), _trips_before(end, trips)
        level = least + _uniform(user[i], start_s[i]) * (most - least)
        first = start // BIN_S
        low = first
        # Several compared at a time are quicker than halving, whose every second branch is guessed wrong.
        for b in range(first + 1, end // BIN_S + 1):
            low += trips[b] <= level
        into_s = np.int64(BIN_S * (level - trips[low]) / (trips[low + 1] - trips[low]))
        drawn[i] = first_s + min(max(low * BIN_S + into_s, start), end)
    return drawn


@kernel
def _cumulated(profile: NDArray[np.float64], day_type: NDArray[np.int8]) -> NDArray[np.float64]:
    """Trips of each kind before each half hour of the days, and before their end."""
    before = np.zeros((profile.shape[0], day_type.size * BINS + 1))
    for kind in range(profile.shape[0]):
        for b in range(day_type.size * BINS):
            before[kind, b + 1] = before[kind, b] + profile[kind, day_type[b // BINS], b % BINS]
    return before


@kernel
def _trips_before(moment_s: int, trips: NDArray[np.float64]) -> float:
    """Trips before a moment of the days, those of a half hour being even over it."""
    b = moment_s // BIN_S
    return trips[b] + (trips[b + 1] - trips[b]) * ((moment_s - b * BIN_S) / BIN_S)


@kernel
def _uniform(user: np.uint64, moment: int) -> float:
    """Number in [0, 1) by the finaliser of SplitMix64 (Steele, Lea and Flood 2014)."""
    x = np.uint64(user) ^ (np.uint64(moment) * np.uint64(0x9E3779B97F4A7C15))
    x = (x ^ (x >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    x = (x ^ (x >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    x = x ^ (x >> np.uint64(31))
    return np.float64(x >> np.uint64(11)) / 9007199254740992.0
