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
    found, best = 0, 0
    for i in range(first, last):
        k = 0
        while k < found and distinct[k] != cell[i]:
            k += 1
        if k == found:
            distinct[k], count[k] = cell[i], 0
            found += 1
        count[k] += 1
    for k in range(1, found):
        if count[k] > count[best]:
            best = k
    return distinct[best]
