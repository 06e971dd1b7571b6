"""Places of values in a sorted list, where equal values stand together."""

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
