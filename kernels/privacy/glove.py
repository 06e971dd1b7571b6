"""Group traces that take least effort to become one: k-anonymity of whole traces.

Gramaglia and Fiore 2015 (GLOVE), section 5: pairs of least stretch effort first. For k = 2 the grouping
is theirs; for greater k the effort between groups is the mean over their pairs (their text computes it
anew from merged traces).
"""

import numpy as np
from numpy.typing import NDArray

from kernels._jit import kernel
from kernels.privacy.stretch import columns_of, mean_effort


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
    first, columns = columns_of(start, samples, members)
    matrix = np.empty((n, n), np.float32)
    for i in range(n):
        matrix[i, i] = np.inf
        for j in range(i + 1, n):
            effort = mean_effort(columns, first[i], first[i + 1], first[j], first[j + 1])
            matrix[i, j] = matrix[j, i] = effort
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
