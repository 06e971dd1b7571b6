"""What each day of a unit's events holds: events, users, hours and cells with any."""

import numpy as np
from numpy.typing import NDArray

from kernels._jit import kernel

_DAY_S, _HOUR_S, _HOURS = 86_400, 3_600, 24


@kernel
def daily_counts(
    user: NDArray[np.uint64],
    local_s: NDArray[np.int64],
    cell: NDArray[np.int32],
    first_day: int,
    days: int,
    cells: int,
) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.int64], NDArray[np.bool_]]:
    """Count by local day.

    Parameters
    ----------
    user : uint64[n]; local_s : int64[n], clock readings in seconds since 1970; cell : int32[n], sorted by
    user and time.
    first_day : days since 1970 of the first; days : how many there are; cells : size of the cell plan.

    Returns
    -------
    events : int64[days]; users : int64[days]; hours : int64[days, 24], events of each hour;
    seen : bool[days, cells].
    """
    events, users = np.zeros(days, np.int64), np.zeros(days, np.int64)
    hours, seen = np.zeros((days, _HOURS), np.int64), np.zeros((days, cells), np.bool_)
    before = -1
    for i in range(user.size):
        day = local_s[i] // _DAY_S - first_day
        if i == 0 or user[i] != user[i - 1] or day != before:
            users[day] += 1
        before = day
        events[day] += 1
        hours[day, (local_s[i] // _HOUR_S) % _HOURS] += 1
        seen[day, cell[i]] = True
    return events, users, hours, seen
