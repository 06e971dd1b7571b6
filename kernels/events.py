"""Order and de-duplicate events of any width; `kernels.event_blocks` does it where they fit in 64 bits."""

import numpy as np
from numpy.typing import NDArray

from kernels._jit import kernel


def order_events(
    rank: NDArray[np.int64], time: NDArray[np.int64], cell: NDArray[np.int32], source: NDArray[np.int32]
) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.int32], NDArray[np.int32]]:
    """Sort events by (user rank, time, cell, source).

    Returns
    -------
    The four columns, sorted.
    """
    order = np.lexsort((source, cell, time, rank))
    return rank[order], time[order], cell[order], source[order]


@kernel
def first_of_equals(
    rank: NDArray[np.int64], time: NDArray[np.int64], cell: NDArray[np.int32]
) -> NDArray[np.bool_]:
    """Mark each sorted event that is not an exact repetition of the one before it."""
    count = rank.size
    keep = np.ones(count, np.bool_)
    for i in range(1, count):
        same = rank[i] == rank[i - 1] and time[i] == time[i - 1] and cell[i] == cell[i - 1]
        keep[i] = not same
    return keep
