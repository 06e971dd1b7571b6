"""What an event tells of a call or text, as words; and the order of events that are alike but for these."""

import numpy as np
from numpy.typing import NDArray

from kernels._jit import kernel

LONGEST_S = 2**31 - 2
"""Longest duration that a word holds, seconds."""


@kernel
def packed_details(
    kind: NDArray[np.int8], direction: NDArray[np.int8], duration_s: NDArray[np.int64]
) -> NDArray[np.uint64]:
    """Put kind (bits 0 to 2), direction (3 and 4) and duration (from 5 on) in one word.

    Parameters
    ----------
    kind : int8[n], 0 to 6; direction : int8[n], 0 to 2; duration_s : int64[n], 0 to `LONGEST_S`; each -1 where
        it is not told.

    Returns
    -------
    uint64[n]; every part is one more than its value, so that 0 tells nothing.
    """
    word = np.empty(kind.size, np.uint64)
    for i in range(kind.size):
        word[i] = (np.uint64(duration_s[i] + 1) << np.uint64(5)) | np.uint64(
            (np.int64(direction[i] + 1) << 3) | np.int64(kind[i] + 1)
        )
    return word


@kernel
def part_words(
    unit: NDArray[np.int32], starts: NDArray[np.int64], word: NDArray[np.uint64]
) -> NDArray[np.uint64]:
    """Bring words of one unit together as `kernels.event_blocks.part_events` does with events.

    Parameters
    ----------
    unit : int32[n], -1 for a row to leave out; starts : int64[units + 1], of `part_events`.

    Returns
    -------
    uint64[starts[-1]].
    """
    fill = starts[:-1].copy()
    out = np.empty(starts[-1], np.uint64)
    for i in range(unit.size):
        if unit[i] >= 0:
            out[fill[unit[i]]] = word[i]
            fill[unit[i]] += 1
    return out


@kernel
def _comes_before(
    a: int,
    b: int,
    word: NDArray[np.uint64],
    is_known: NDArray[np.bool_],
    other: NDArray[np.uint64],
    source: NDArray[np.int32],
) -> bool:
    if word[a] != word[b]:
        return bool(word[a] < word[b])
    if is_known[a] != is_known[b]:
        return bool(is_known[b])
    if other[a] != other[b]:
        return bool(other[a] < other[b])
    return bool(source[a] < source[b])


@kernel
def order_ties(
    order: NDArray[np.int64],
    is_alike: NDArray[np.bool_],
    word: NDArray[np.uint64],
    is_known: NDArray[np.bool_],
    other: NDArray[np.uint64],
    source: NDArray[np.int32],
) -> NDArray[np.bool_]:
    """Order events that are alike by their details, and tell which repeat the one before in everything.

    Few events of a user share second and cell, so that they are put in place one by one.

    Parameters
    ----------
    order : int64[n], changed: indices of events in the order of user, time and cell.
    is_alike : bool[n], whether user, time and cell are those of the one before in this order.
    word, is_known, other, source : by event; `other` is 0 where it is not known.

    Returns
    -------
    bool[n], in the final order.
    """
    first = 0
    is_repeated = np.zeros(order.size, np.bool_)
    for i in range(order.size):
        if not is_alike[i]:
            first = i
            continue
        event, at = order[i], i
        while at > first and _comes_before(event, order[at - 1], word, is_known, other, source):
            order[at] = order[at - 1]
            at -= 1
        order[at] = event
    for i in range(1, order.size):
        a, b = order[i - 1], order[i]
        same = word[a] == word[b] and is_known[a] == is_known[b] and other[a] == other[b]
        is_repeated[i] = is_alike[i] and same
    return is_repeated
