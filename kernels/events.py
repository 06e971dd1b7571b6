"""Order and de-duplicate events."""

import numpy as np
from numpy.typing import NDArray

from kernels._jit import kernel


def dense_ranks(key: NDArray[np.uint64]) -> tuple[NDArray[np.uint64], NDArray[np.int64], NDArray[np.int64]]:
    """Distinct keys in order, where each is first found, and the rank of each key among them."""
    distinct, first, rank = np.unique(key, return_index=True, return_inverse=True)
    return distinct, first, rank


def order_events(
    rank: NDArray[np.int64], time: NDArray[np.int64], cell: NDArray[np.int32], source: NDArray[np.int32]
) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.int32], NDArray[np.int32]]:
    """Sort events by (user rank, time, cell, source), all at least 0 after shifting time.

    Where the four fit in 64 bits they are packed and sorted as plain numbers, which NumPy does with
    vector instructions (10 times faster than a lexicographic sort of four columns).

    Returns
    -------
    The four columns, sorted.
    """
    if rank.size == 0:
        return rank, time, cell, source
    start = int(time.min())
    columns: tuple[NDArray[np.int64] | NDArray[np.int32], ...] = (rank, time - start, cell, source)
    bits = [int(column.max()).bit_length() for column in columns]
    if sum(bits) > 64:
        order = np.lexsort((source, cell, time, rank))
        return rank[order], time[order], cell[order], source[order]
    packed = np.zeros(rank.size, np.uint64)
    for column, width in zip(columns, bits, strict=True):
        packed = (packed << np.uint64(width)) | column.astype(np.uint64)
    packed.sort()
    sorted_columns = []
    for width in reversed(bits):
        sorted_columns.append(packed & np.uint64((1 << width) - 1))
        packed >>= np.uint64(width)
    source_out, cell_out, time_out, rank_out = sorted_columns
    return (
        rank_out.astype(np.int64),
        time_out.astype(np.int64) + start,
        cell_out.astype(np.int32),
        source_out.astype(np.int32),
    )


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
