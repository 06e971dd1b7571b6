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
    drawn = np.empty(start_s.size, np.int64)
    mass = np.empty(_most_half_hours(start_s, end_s))
    for i in range(start_s.size):
        first, last = start_s[i] // BIN_S, end_s[i] // BIN_S
        day, half_hour = first // BINS - first_day, first % BINS
        total = 0.0
        for b in range(last - first + 1):
            mass[b] = profile[kind[i], day_type[day], half_hour]
            if b == 0 or b == last - first:
                covered_s = min(end_s[i], (first + b + 1) * BIN_S) - max(start_s[i], (first + b) * BIN_S)
                mass[b] *= covered_s / BIN_S
            total += mass[b]
            half_hour += 1
            if half_hour == BINS:
                day, half_hour = day + 1, 0
        level = _uniform(user[i], start_s[i]) * total
        drawn[i] = start_s[i]
        for b in range(last - first + 1):
            if level <= mass[b] and mass[b] > 0.0:
                low, high = max(start_s[i], (first + b) * BIN_S), min(end_s[i], (first + b + 1) * BIN_S)
                drawn[i] = low + np.int64((high - low) * level / mass[b])
                break
            level -= mass[b]
    return drawn


@kernel
def _most_half_hours(start_s: NDArray[np.int64], end_s: NDArray[np.int64]) -> int:
    """How many half hours the longest interval touches."""
    most = 0
    for i in range(start_s.size):
        most = max(most, end_s[i] // BIN_S - start_s[i] // BIN_S + 1)
    return most


@kernel
def _uniform(user: np.uint64, moment: int) -> float:
    """Number in [0, 1) by the finaliser of SplitMix64 (Steele, Lea and Flood 2014)."""
    x = np.uint64(user) ^ (np.uint64(moment) * np.uint64(0x9E3779B97F4A7C15))
    x = (x ^ (x >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    x = (x ^ (x >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    x = x ^ (x >> np.uint64(31))
    return np.float64(x >> np.uint64(11)) / 9007199254740992.0
