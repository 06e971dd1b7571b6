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


@kernel
def callers_and_calls(
    key: NDArray[np.int64], caller: NDArray[np.uint64], duration_s: NDArray[np.int64], cap: int
) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.int64], NDArray[np.int64]]:
    """Calls by figure, each caller's part bounded.

    Parameters
    ----------
    key, caller : of each call, sorted by both; duration_s : int64[n].
    cap : calls that a caller adds to a figure at most; durations shrink in the same proportion, rounded down.

    Returns
    -------
    key, distinct; callers; number; duration_s : int64[figures].
    """
    found = np.empty(key.size, np.int64)
    callers, number = np.zeros(key.size, np.int64), np.zeros(key.size, np.int64)
    seconds = np.zeros(key.size, np.int64)
    figure, first = -1, 0
    while first < key.size:
        if figure < 0 or key[first] != found[figure]:
            figure += 1
            found[figure] = key[first]
        last, spoken = first, 0
        while last < key.size and key[last] == key[first] and caller[last] == caller[first]:
            spoken += duration_s[last]
            last += 1
        kept = min(last - first, cap)
        callers[figure] += 1
        number[figure] += kept
        seconds[figure] += spoken * kept // (last - first)
        first = last
    figures = figure + 1
    return found[:figures], callers[:figures], number[:figures], seconds[:figures]


@kernel
def distinct_in_groups(key: NDArray[np.int64], value: NDArray[np.uint64]) -> NDArray[np.int64]:
    """How many distinct values each key has.

    Parameters
    ----------
    key, value : sorted by both.

    Returns
    -------
    int64[distinct keys], in their order.
    """
    found = np.zeros(key.size, np.int64)
    group = -1
    for i in range(key.size):
        is_new = i == 0 or key[i] != key[i - 1]
        group += is_new
        found[group] += is_new or value[i] != value[i - 1]
    return found[: group + 1]
