"""Columns in which equal values stand together: where their runs start, and their places in a sorted list."""

import numpy as np
from numpy.typing import NDArray

from kernels._jit import kernel


@kernel
def ranks_of(known: NDArray[np.uint64], value: NDArray[np.uint64]) -> NDArray[np.int64]:
    """As ``numpy.searchsorted(known, value)``, with one search for each run of equal values.

    Parameters
    ----------
    known : uint64[k], ascending; value : uint64[n].
    """
    rank = np.empty(value.size, np.int64)
    for i in range(value.size):
        if i > 0 and value[i] == value[i - 1]:
            rank[i] = rank[i - 1]
        else:
            rank[i] = np.searchsorted(known, value[i])
    return rank


@kernel
def runs_of(value: NDArray[np.uint64]) -> NDArray[np.int64]:
    """First row of each run of equal values, with the number of rows at the end. int64[runs + 1]."""
    runs = 0
    for i in range(value.size):
        runs += i == 0 or value[i] != value[i - 1]
    first = np.empty(runs + 1, np.int64)
    runs = 0
    for i in range(value.size):
        if i == 0 or value[i] != value[i - 1]:
            first[runs] = i
            runs += 1
    first[runs] = value.size
    return first
