"""Bring the two records of a call together, the caller's and the one of who was called."""

import numpy as np
from numpy.typing import NDArray

from kernels._jit import kernel


@kernel
def pair_sides(
    pair: NDArray[np.int64], time_s: NDArray[np.int64], out: NDArray[np.bool_], tolerance_s: int
) -> NDArray[np.int64]:
    """Find for each outgoing record the incoming one of the same call.

    Within a pair of parties the earliest outgoing record takes the earliest incoming one that is at
    most `tolerance_s` away and not yet taken.

    Parameters
    ----------
    pair : int64[n], the same number for records of one caller, called party and kind; sorted.
    time_s : int64[n], start, ascending within a pair.
    out : bool[n], whether the record is the caller's.

    Returns
    -------
    int64[n], index of the partner record, -1 where there is none.
    """
    partner = np.full(pair.size, -1, np.int64)
    first = 0
    while first < pair.size:
        last = first + 1
        while last < pair.size and pair[last] == pair[first]:
            last += 1
        candidate = first
        for i in range(first, last):
            if not out[i]:
                continue
            while candidate < last and (out[candidate] or time_s[candidate] < time_s[i] - tolerance_s):
                candidate += 1
            if candidate < last and time_s[candidate] <= time_s[i] + tolerance_s:
                partner[i], partner[candidate] = candidate, i
                candidate += 1
        first = last
    return partner
