"""Who holds each point: an inverted index, with a small filter beside each list.

Lists of ascending numbers are intersected by galloping (Bentley and Yao 1976); a filter tells without a
search, for most who are not in a list, that they are not.
"""

import numpy as np
from numpy.typing import NDArray

from kernels._jit import kernel

_BITS_A_MEMBER = 16
_MOST_BITS = 32


@kernel
def inverted_index(
    user_start: NDArray[np.int64], point: NDArray[np.int32], points: int
) -> tuple[NDArray[np.int64], NDArray[np.int32]]:
    """Users of each point, ascending: compressed rows ``list_start`` int64[points + 1], ``owner`` int32[n]."""
    list_start = np.zeros(points + 1, np.int64)
    for i in range(point.size):
        list_start[point[i] + 1] += 1
    for p in range(points):
        list_start[p + 1] += list_start[p]
    at, owner = list_start[:-1].copy(), np.empty(point.size, np.int32)
    for u in range(user_start.size - 1):
        for i in range(user_start[u], user_start[u + 1]):
            owner[at[point[i]]] = u
            at[point[i]] += 1
    return list_start, owner


@kernel
def list_filters(list_start: NDArray[np.int64], owner: NDArray[np.int32]) -> NDArray[np.uint64]:
    """Bits of each list, as many for all: that of a member is the remainder of its number by the number of bits.

    There are 8 to 16 bits for each member of the list that an entry is in on average, but no more than 32 for
    each entry, so that filters take no more memory than lists; 64 at least; a power of two.

    Returns
    -------
    uint64[points, words].
    """
    points, squares = list_start.size - 1, 0.0
    for p in range(points):
        squares += float(list_start[p + 1] - list_start[p]) ** 2
    wanted = min(_BITS_A_MEMBER * squares / max(owner.size, 1), _MOST_BITS * owner.size / max(points, 1))
    words = 1
    while words * 128 <= wanted:
        words *= 2
    filters, last_bit = np.zeros((points, words), np.uint64), words * 64 - 1
    for p in range(points):
        for i in range(list_start[p], list_start[p + 1]):
            bit = owner[i] & last_bit
            filters[p, bit >> 6] |= np.uint64(1) << np.uint64(bit & 63)
    return filters


@kernel
def advanced(owner: NDArray[np.int32], at: int, stop: int, user: int) -> int:
    """First position from `at` whose owner is not before `user`: gallop, then halve."""
    step = 1
    low, high = at, at
    while high < stop and owner[high] < user:
        low = high + 1
        high += step
        step *= 2
    high = min(high, stop)
    while low < high:
        middle = (low + high) // 2
        if owner[middle] < user:
            low = middle + 1
        else:
            high = middle
    return low


@kernel
def holds(owner: NDArray[np.int32], first: int, stop: int, user: int) -> bool:
    """Whether a user is in one list."""
    low, size = first, stop - first
    while size > 1:
        half = size // 2
        low += half * (owner[low + half] <= user)
        size -= half
    return size > 0 and owner[low] == user
