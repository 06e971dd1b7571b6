"""Local clocks and UTC, both ways: a time zone is a table of transitions."""

import numpy as np
from numpy.typing import NDArray

from kernels._jit import kernel

_DAY_S = 86_400


@kernel
def _interval(starts: NDArray[np.int64], utc: int, near: int) -> int:
    """Index of the transition that holds at `utc`, looked for first at `near`."""
    last = starts.size - 1
    if starts[near] <= utc and (near == last or utc < starts[near + 1]):
        return near
    return max(int(np.searchsorted(starts, utc, side="right")) - 1, 0)


@kernel
def local_of_utc(
    utc: NDArray[np.int64], starts: NDArray[np.int64], offset_s: NDArray[np.int64]
) -> NDArray[np.int64]:
    """Clock readings of UTC seconds, both since 1970.

    Parameters
    ----------
    utc : int64[n]; starts : int64[k], UTC seconds from which each offset holds, the first before all
    time; offset_s : int64[k], seconds east of UTC.

    Returns
    -------
    int64[n].
    """
    local = np.empty(utc.size, np.int64)
    k = 0
    for i in range(utc.size):
        k = _interval(starts, utc[i], k)
        local[i] = utc[i] + offset_s[k]
    return local


@kernel
def local_days(
    utc: NDArray[np.int64], starts: NDArray[np.int64], offset_s: NDArray[np.int64]
) -> NDArray[np.int32]:
    """Days since 1970 that local calendars show at UTC seconds, as for `local_of_utc`. int32[n]."""
    day = np.empty(utc.size, np.int32)
    k = 0
    for i in range(utc.size):
        k = _interval(starts, utc[i], k)
        day[i] = (utc[i] + offset_s[k]) // _DAY_S
    return day


@kernel
def utc_of_local(
    local: NDArray[np.int64], starts: NDArray[np.int64], offset_s: NDArray[np.int64]
) -> tuple[NDArray[np.int64], NDArray[np.bool_]]:
    """UTC seconds of clock readings, and which readings exist.

    A reading that occurs twice (clocks set back) is taken as the earlier one; a reading that never
    occurs (clocks set forward) is marked. Offsets differ by less than a day, and no two transitions
    lie within one.

    Parameters
    ----------
    local : int64[n]; starts, offset_s : int64[k], as for `local_of_utc`.

    Returns
    -------
    utc : int64[n]; exists : bool[n].
    """
    utc, exists = np.empty(local.size, np.int64), np.ones(local.size, np.bool_)
    last = starts.size - 1
    k = 0
    for i in range(local.size):
        far_from_start = starts[k] + 2 * _DAY_S <= local[i]
        if far_from_start and (k == last or local[i] < starts[k + 1] - 2 * _DAY_S):
            utc[i] = local[i] - offset_s[k]
            continue
        first = max(int(np.searchsorted(starts, local[i] - _DAY_S, side="right")) - 1, 0)
        k, exists[i] = first, False
        for step in range(3):
            at = min(first + step, last)
            moment = local[i] - offset_s[at]
            if _interval(starts, moment, at) == at:
                k, exists[i] = at, True
                break
        utc[i] = local[i] - offset_s[k]
    return utc, exists


@kernel
def classes_of_times(
    local: NDArray[np.int64], day_type: NDArray[np.int64], first_day: int, slot_start_s: NDArray[np.float64]
) -> NDArray[np.int64]:
    """``day_type * slots + slot`` of clock readings.

    Parameters
    ----------
    local : int64[n], seconds since 1970; day_type : int64[days], of the days from `first_day` on (days since 1970).
    slot_start_s : float64[slots], seconds after midnight, ascending from 0.
    """
    time_class = np.empty(local.size, np.int64)
    slots = slot_start_s.size
    for i in range(local.size):
        of_day_s = float(local[i] % _DAY_S)
        slot = 0
        for k in range(1, slots):
            slot += slot_start_s[k] <= of_day_s
        time_class[i] = day_type[local[i] // _DAY_S - first_day] * slots + slot
    return time_class
