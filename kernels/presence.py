"""Count who is seen where in each hour."""

import numpy as np
from numpy.typing import NDArray

from kernels._jit import kernel

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
    found, first = 0, 0
    while first < user.size:
        last = first + 1
        this_hour = time_s[first] // _HOUR_S
        while last < user.size and user[last] == user[first] and time_s[last] // _HOUR_S == this_hour:
            last += 1
        best_count = 0
        for i in range(first, last):
            seen = 0
            for j in range(first, last):
                seen += cell[j] == cell[i]
            if seen > best_count:
                best_count = seen
                place[found] = cell[i]
        event[found], hour[found] = first, this_hour
        found += 1
        first = last
    return event[:found].copy(), hour[:found].copy(), place[:found].copy()
