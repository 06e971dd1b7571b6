"""Group traces and merge each group into one: k-anonymity of whole traces.

Gramaglia and Fiore 2015 (GLOVE), section 5: pairs of least stretch effort first. For k = 2 the grouping
is theirs; for greater k the effort between groups is the mean over their pairs (their text computes it
anew from merged traces).
"""

import numpy as np
from numpy.typing import NDArray

from kernels._jit import kernel
from kernels.stretch import T0, T1, X0, X1, Y0, Y1, nearest_sample, trace_effort


@kernel
def efforts(
    start: NDArray[np.int64], samples: NDArray[np.float32], members: NDArray[np.int64]
) -> NDArray[np.float32]:
    """Stretch effort of every pair of some traces: float32[n, n], symmetric, infinite on the diagonal.

    Parameters
    ----------
    start : int64[users + 1], samples : float32[total, 6]; members : int64[n], traces, none empty.
    """
    n = members.size
    matrix = np.empty((n, n), np.float32)
    for i in range(n):
        matrix[i, i] = np.inf
        a = samples[start[members[i]] : start[members[i] + 1]]
        for j in range(i + 1, n):
            b = samples[start[members[j]] : start[members[j] + 1]]
            matrix[i, j] = matrix[j, i] = trace_effort(a, b, 0.5, 2.0)
    return matrix


@kernel
def grouped(matrix: NDArray[np.float32], k: int) -> NDArray[np.int64]:
    """Groups of at least k, by merging the two groups of least effort until each has k.

    What is left over joins the group that is nearest.

    Parameters
    ----------
    matrix : float32[n, n] from `efforts`, overwritten; n is at least k.

    Returns
    -------
    int64[n], group of each trace, numbered by its first member.
    """
    n = matrix.shape[0]
    group, size = np.arange(n), np.ones(n, np.int64)
    is_open = np.ones(n, np.bool_)
    nearest = np.empty(n, np.int64)
    for i in range(n):
        nearest[i] = _nearest_open(matrix, is_open, i)
    left = n
    while left > 1:
        a = -1
        for i in range(n):
            if is_open[i] and (a < 0 or matrix[i, nearest[i]] < matrix[a, nearest[a]]):
                a = i
        b = nearest[a]
        a, b = min(a, b), max(a, b)
        _merge_rows(matrix, a, b, size)
        group[group == b] = a
        size[a] += size[b]
        is_open[b] = False
        left -= 1
        if size[a] >= k:
            is_open[a] = False
            left -= 1
        for i in range(n):
            if is_open[i] and (i == a or nearest[i] == a or nearest[i] == b):
                nearest[i] = _nearest_open(matrix, is_open, i)
            elif is_open[i] and is_open[a] and matrix[i, a] < matrix[i, nearest[i]]:
                nearest[i] = a
    for i in range(n):
        if is_open[i]:
            _join_nearest(matrix, group, size, i, k)
    return group


@kernel
def _nearest_open(matrix: NDArray[np.float32], is_open: NDArray[np.bool_], i: int) -> int:
    best = -1
    for j in range(matrix.shape[0]):
        if j != i and is_open[j] and (best < 0 or matrix[i, j] < matrix[i, best]):
            best = j
    return best if best >= 0 else i


@kernel
def _merge_rows(matrix: NDArray[np.float32], a: int, b: int, size: NDArray[np.int64]) -> None:
    """Efforts of the union of two groups: the mean over pairs."""
    whole = size[a] + size[b]
    for j in range(matrix.shape[0]):
        if j != a and j != b:
            mean = (size[a] * matrix[a, j] + size[b] * matrix[b, j]) / whole
            matrix[a, j] = matrix[j, a] = mean


@kernel
def _join_nearest(matrix, group, size, i, k):  # type: ignore[no-untyped-def]
    """Put the group of `i`, which is too small, into the nearest that is large enough."""
    best = -1
    for j in range(matrix.shape[0]):
        if group[j] == j and j != i and size[j] >= k and (best < 0 or matrix[i, j] < matrix[i, best]):
            best = j
    if best >= 0:
        group[group == i] = best
        size[best] += size[i]


@kernel
def merged(
    boxes: NDArray[np.float32], trace: NDArray[np.float32], share: float, most_m: float, most_s: float
) -> tuple[NDArray[np.float32], NDArray[np.int64], NDArray[np.int64]]:
    """One trace that covers two: every sample of either lies in one box, or is given up.

    Samples of the longer trace join their nearest of the shorter; samples of the shorter that nobody
    joined join their nearest of the longer. Then boxes that overlap in time are united. A box wider than
    the limits is given up, with the samples in it.

    Parameters
    ----------
    boxes, trace : float32[n, 6], float32[m, 6], not empty, ascending by start and end.
    share : part of the people of both that is behind `boxes`.
    most_m, most_s : limits of a box's width, metres in x and y, seconds.

    Returns
    -------
    united : float32[u, 6], ascending, not overlapping in time; of_box : int64[n], of_sample : int64[m], place
    in `united`; -1 for what is given up.
    """
    first_long = boxes.shape[0] >= trace.shape[0]
    long, short = (boxes, trace) if first_long else (trace, boxes)
    of_long, of_short = _joined(long, short, np.float32(share if first_long else 1.0 - share))
    united = short.copy()
    weight = np.zeros(short.shape[0], np.int64)
    for i in range(long.shape[0]):
        if of_long[i] >= 0:
            _cover(united, of_long[i], long, i)
            weight[of_long[i]] += 1
    for j in range(short.shape[0]):
        if of_short[j] >= 0:
            _cover(united, of_short[j], short, j)
            weight[of_short[j]] += 1
    place = _not_overlapping(united, weight, most_m, most_s)
    for i in range(long.shape[0]):
        of_long[i] = place[of_long[i]] if of_long[i] >= 0 else -1
    for j in range(short.shape[0]):
        of_short[j] = place[of_short[j]] if of_short[j] >= 0 else -1
    kept = place.max() + 1
    if first_long:
        return united[:kept].copy(), of_long, of_short
    return united[:kept].copy(), of_short, of_long


@kernel
def _joined(long, short, share):  # type: ignore[no-untyped-def]
    """Which sample of the shorter trace each sample joins; those nobody joins go with their nearest."""
    of_long, of_short = np.empty(long.shape[0], np.int64), np.full(short.shape[0], -1, np.int64)
    near = 0
    for i in range(long.shape[0]):
        while near < short.shape[0] and short[near, T0] < long[i, T0]:
            near += 1
        of_long[i] = nearest_sample(long, i, short, near, share)[0]
        if of_long[i] >= 0:
            of_short[of_long[i]] = of_long[i]
    near = 0
    for j in range(short.shape[0]):
        while near < long.shape[0] and long[near, T0] < short[j, T0]:
            near += 1
        if of_short[j] < 0:
            nearest = nearest_sample(short, j, long, near, np.float32(1) - share)[0]
            of_short[j] = of_long[nearest] if nearest >= 0 else -1
    return of_long, of_short


@kernel
def _cover(box, at, sample, i):  # type: ignore[no-untyped-def]
    """Widen box `at` so that it covers sample `i`."""
    for low in (X0, Y0, T0):
        box[at, low] = min(box[at, low], sample[i, low])
        box[at, low + 1] = max(box[at, low + 1], sample[i, low + 1])


@kernel
def _is_too_wide(box, at, most_m, most_s):  # type: ignore[no-untyped-def]
    wide_m = max(box[at, X1] - box[at, X0], box[at, Y1] - box[at, Y0])
    return wide_m > most_m or box[at, T1] - box[at, T0] > most_s


@kernel
def _not_overlapping(united, weight, most_m, most_s):  # type: ignore[no-untyped-def]
    """Unite boxes that overlap in time, in place; new place of each, -1 for those given up.

    Where the union would be too wide, the box with fewer samples is given up instead.
    """
    n = united.shape[0]
    stack, kept = np.empty(n, np.int64), 0
    into, lives = np.arange(n), np.zeros(n, np.bool_)
    for box in np.argsort(united[:, T0], kind="mergesort"):
        if weight[box] < 2 or _is_too_wide(united, box, most_m, most_s):
            continue
        lives[box] = True
        while kept > 0 and lives[box] and united[box, T0] < united[stack[kept - 1], T1]:
            top = stack[kept - 1]
            both = united[top : top + 1].copy()
            _cover(both, 0, united, box)
            if not _is_too_wide(both, 0, most_m, most_s):
                united[box, :] = both[0]
                weight[box] += weight[top]
                into[top], lives[top] = box, False
                kept -= 1
            elif weight[top] < weight[box]:
                lives[top] = False
                kept -= 1
            else:
                lives[box] = False
        if lives[box]:
            stack[kept] = box
            kept += 1
    place, rank = np.full(n, -1, np.int64), np.full(n, -1, np.int64)
    out = np.empty((kept, 6), np.float32)
    for at in range(kept):
        rank[stack[at]] = at
        out[at, :] = united[stack[at]]
    for box in range(n):
        last = box
        while into[last] != last:
            last = into[last]
        place[box] = rank[last] if lives[last] else -1
    united[:kept, :] = out
    return place
