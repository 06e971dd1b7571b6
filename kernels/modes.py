"""The most frequent value of a short run."""

import numpy as np
from numpy.typing import NDArray

from kernels._jit import kernel


@kernel
def most_frequent(
    cell: NDArray[np.int32], first: int, last: int, distinct: NDArray[np.int32], count: NDArray[np.int64]
) -> int:
    """Most frequent of ``cell[first:last]``; on a tie the one that is seen first.

    The time is the length of the run times its distinct values. Counting anew for each event would
    take the square of the length, which is minutes for one machine that reports all day long.

    Parameters
    ----------
    distinct, count : scratch, at least as long as the run.
    """
    found = 0
    i = first
    while i < last:
        same = i + 1
        while same < last and cell[same] == cell[i]:
            same += 1
        k = 0
        while k < found and distinct[k] != cell[i]:
            k += 1
        if k == found:
            distinct[k], count[k] = cell[i], 0
            found += 1
        count[k] += same - i
        i = same
    return distinct[first_largest(count, found)]


@kernel
def first_largest(count: NDArray[np.int64], size: int) -> int:
    """Index of the largest of the first `size` numbers, the first of equal ones."""
    best = 0
    for k in range(1, size):
        if count[k] > count[best]:
            best = k
    return best
