"""Events as single words: on their way between reader and receiver, and in the order in which they are stored."""

import numpy as np
from numpy.typing import NDArray

from kernels._jit import kernel


@kernel
def extent_of(
    unit: NDArray[np.int32], time_s: NDArray[np.int64], cell: NDArray[np.int32]
) -> tuple[int, int, int, int]:
    """Number of rows in a unit (not -1), their first and last second and their largest cell; zeros without any."""
    rows, first_s, last_s, most = 0, 2**62, -(2**62), 0
    for i in range(unit.size):
        if unit[i] >= 0:
            rows += 1
            first_s, last_s = min(first_s, time_s[i]), max(last_s, time_s[i])
            most = max(most, cell[i])
    return (rows, first_s, last_s, most) if rows else (0, 0, 0, 0)


@kernel
def parted_words(
    unit: NDArray[np.int32],
    units: int,
    subject: NDArray[np.uint64],
    time_s: NDArray[np.int64],
    cell: NDArray[np.int32],
    least: np.uint64,
    first_s: int,
    time_bits: int,
    cell_bits: int,
) -> tuple[NDArray[np.int64], NDArray[np.uint64], int]:
    """Bring events of one unit together, in their order, each as a word ``(subject - least, time - first, cell)``.

    Parameters
    ----------
    unit : int32[n], from 0 to `units`, or -1 for an event to leave out. Changed: -1 for those that became words,
        so that those whose subject is too far from `least` remain.
    subject : uint64[n]; time_s : int64[n], within `time_bits` of `first_s`; cell : int32[n], of `cell_bits`.

    Returns
    -------
    starts : int64[units + 1]; word : uint64[starts[-1]]; left : how many events remain.
    """
    shift, below = np.uint64(time_bits + cell_bits), np.uint64(cell_bits)
    reach = np.uint64(0xFFFFFFFFFFFFFFFF) >> shift
    starts, left = np.zeros(units + 1, np.int64), 0
    for i in range(unit.size):
        if unit[i] >= 0:
            is_near = subject[i] - least <= reach
            starts[unit[i] + 1] += is_near
            left += not is_near
    for u in range(units):
        starts[u + 1] += starts[u]
    fill, word = starts[:-1].copy(), np.empty(starts[-1], np.uint64)
    for i in range(unit.size):
        beyond = subject[i] - least
        if unit[i] >= 0 and beyond <= reach:
            later = np.uint64(time_s[i] - first_s)
            word[fill[unit[i]]] = (beyond << shift) | (later << below) | np.uint64(cell[i])
            fill[unit[i]] += 1
            unit[i] = -1
    return starts, word, left


@kernel
def part_back(
    word: NDArray[np.uint64],
    least: np.uint64,
    first_s: int,
    time_bits: int,
    cell_bits: int,
    subject: NDArray[np.uint64],
    time: NDArray[np.uint32],
    cell: NDArray[np.int32],
) -> None:
    """Undo `parted_words` into `subject`, `time` (seconds since 1970) and `cell`, each [n]."""
    shift, below = np.uint64(time_bits + cell_bits), np.uint64(cell_bits)
    of_time, of_cell = np.uint64((1 << time_bits) - 1), np.uint64((1 << cell_bits) - 1)
    for i in range(word.size):
        subject[i] = least + (word[i] >> shift)
        time[i] = np.uint32(np.int64((word[i] >> below) & of_time) + first_s)
        cell[i] = np.int32(word[i] & of_cell)


@kernel
def sortable_words(
    rank_of_code: NDArray[np.int32],
    code: NDArray[np.int32],
    time: NDArray[np.uint32],
    first_time: int,
    cell: NDArray[np.int32],
    starts: NDArray[np.int64],
    source: NDArray[np.int32],
    time_bits: int,
    cell_bits: int,
    source_bits: int,
) -> tuple[NDArray[np.uint64], NDArray[np.int64]]:
    """Events as numbers that sort by (rank, time, cell, source), where these fit in 64 bits.

    Parameters
    ----------
    rank_of_code : int32[codes], -1 for users whose events are left out; code, time, cell : [n].
    starts : int64[blocks + 1], rows of each block; source : int32[blocks].

    Returns
    -------
    uint64[m]; left_out : int64[blocks], events of each block.
    """
    word, kept = np.empty(code.size, np.uint64), 0
    left_out = np.zeros(source.size, np.int64)
    by_time, by_cell, by_source = np.uint64(time_bits), np.uint64(cell_bits), np.uint64(source_bits)
    for b in range(source.size):
        before = kept
        for i in range(starts[b], starts[b + 1]):
            rank = rank_of_code[code[i]]
            until_time = (np.uint64(rank) << by_time) | np.uint64(np.int64(time[i]) - first_time)
            until_cell = (until_time << by_cell) | np.uint64(cell[i])
            word[kept] = (until_cell << by_source) | np.uint64(source[b])
            kept += rank >= 0
        left_out[b] = starts[b + 1] - starts[b] - (kept - before)
    return word[:kept], left_out
