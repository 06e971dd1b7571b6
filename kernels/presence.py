"""Count who is seen where in each hour."""

import numpy as np
from numpy.typing import NDArray

from kernels._jit import kernel
from kernels.modes import most_frequent

_HOUR_S = 3_600


@kernel
def user_hours(
    user: NDArray[np.uint64], time_s: NDArray[np.int64], cell: NDArray[np.int32]
) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.int32]]:
    """Pick the cell of each user and hour: the one with most events, the first on a tie.

    Parameters
    ----------
    user, time_s, cell : [events], sorted by user and time; seconds since 1970, UTC.

    Returns
    -------
    event : int64[n], an event of the user in that hour; hour : int64[n], hours since 1970;
    cell : int32[n].
    """
    event = np.empty(user.size, np.int64)
    hour, place = np.empty(user.size, np.int64), np.empty(user.size, np.int32)
    distinct, seen = np.empty(64, np.int32), np.empty(64, np.int64)
    found, first = 0, 0
    while first < user.size:
        last = first + 1
        this_hour = time_s[first] // _HOUR_S
        while last < user.size and user[last] == user[first] and time_s[last] // _HOUR_S == this_hour:
            last += 1
        if last - first > distinct.size:
            distinct, seen = np.empty(last - first, np.int32), np.empty(last - first, np.int64)
        place[found] = most_frequent(cell, first, last, distinct, seen)
        event[found], hour[found] = first, this_hour
        found += 1
        first = last
    return event[:found].copy(), hour[:found].copy(), place[:found].copy()
