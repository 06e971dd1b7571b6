"""Which of some known texts each of many is: a hash table of their first and last eight bytes."""

import numpy as np
from numpy.typing import NDArray

from kernels._jit import kernel
from kernels.text.eight_bytes import word_at

UNKNOWN, EMPTY = -1, -2
"""Places of a text that is not known, and of one without a byte."""

_WORD = 8
_FEWEST_SLOT_BITS = 6
_TO_SPREAD = np.uint64(0x9E3779B97F4A7C15)
_HALF = np.uint64(32)


@kernel
def places_of_texts(
    data: NDArray[np.uint8],
    start: NDArray[np.int32],
    end: NDArray[np.int32],
    known: NDArray[np.uint8],
    known_start: NDArray[np.int32],
    known_end: NDArray[np.int32],
) -> NDArray[np.int32]:
    """Place of each text among known ones.

    Parameters
    ----------
    data : uint8[total]; start, end : int32[n], of each text.
    known : uint8[total]; known_start, known_end : int32[k], of each known text; of equal ones the first counts.

    Returns
    -------
    int32[n], below k, or `UNKNOWN` or `EMPTY`.
    """
    of_known = _words_of_texts(known, known_start, known_end)
    slots = _table(of_known)
    place = _places(_words_of_texts(data, start, end), of_known, slots)
    _check(data, start, end, known, known_start, known_end, place)
    return place


@kernel
def _words_of_texts(
    data: NDArray[np.uint8], start: NDArray[np.int32], end: NDArray[np.int32]
) -> NDArray[np.uint64]:
    """Two words of each text: texts of one length, up to 16 bytes, are equal where these are; else, all but always.

    Returns
    -------
    uint64[n, 2].
    """
    words = np.empty((start.size, 2), np.uint64)
    for i in range(start.size):
        begin, length = start[i], end[i] - start[i]
        first = last = np.uint64(0)
        if length >= _WORD:
            first, last = word_at(data, np.uint64(begin)), word_at(data, np.uint64(end[i] - _WORD))
            for at in range(begin + _WORD, end[i] - _WORD):
                last = (last ^ np.uint64(data[at])) * _TO_SPREAD
        elif begin + _WORD <= data.size:
            first = word_at(data, np.uint64(begin)) & ((np.uint64(1) << np.uint64(8 * length)) - np.uint64(1))
        else:
            for at in range(length):
                first |= np.uint64(data[begin + at]) << np.uint64(8 * at)
        words[i, 0], words[i, 1] = first, last ^ (np.uint64(length) * _TO_SPREAD)
    return words


@kernel
def _table(words: NDArray[np.uint64]) -> NDArray[np.int32]:
    """Hash table of known texts: open addressing with linear probing, at most a quarter full; 0 is empty."""
    bits = _FEWEST_SLOT_BITS
    while 1 << bits < 4 * len(words):
        bits += 1
    slots = np.zeros(1 << bits, np.int32)
    for k in range(len(words)):
        at = _home(words[k, 0], words[k, 1], bits)
        while slots[at] != 0:
            at = (at + 1) & (slots.size - 1)
        slots[at] = k + 1
    return slots


@kernel
def _home(first: np.uint64, last: np.uint64, bits: int) -> int:
    mixed = first ^ (last >> _HALF) ^ (last << _HALF)
    return int(np.int64(((mixed ^ (mixed >> _HALF)) * _TO_SPREAD) >> np.uint64(64 - bits)))


@kernel
def _places(
    words: NDArray[np.uint64], of_known: NDArray[np.uint64], slots: NDArray[np.int32]
) -> NDArray[np.int32]:
    """Place of the first known text that has the words of each."""
    place, bits = np.empty(len(words), np.int32), 0
    while 1 << bits < slots.size:
        bits += 1
    for i in range(len(words)):
        first, last = words[i, 0], words[i, 1]
        at = _home(first, last, bits)
        k = slots[at] - 1
        while k >= 0 and (of_known[k, 0] != first or of_known[k, 1] != last):
            at = (at + 1) & (slots.size - 1)
            k = slots[at] - 1
        place[i] = k
    return place


@kernel
def _check(
    data: NDArray[np.uint8],
    start: NDArray[np.int32],
    end: NDArray[np.int32],
    known: NDArray[np.uint8],
    known_start: NDArray[np.int32],
    known_end: NDArray[np.int32],
    place: NDArray[np.int32],
) -> None:
    """Tell empty texts, and those whose words another text has as well."""
    for i in range(start.size):
        length = end[i] - start[i]
        if length == 0:
            place[i] = EMPTY
        k = place[i]
        if k >= 0 and (length > 2 * _WORD or length != known_end[k] - known_start[k]):
            text = data[start[i] : end[i]]
            if not np.array_equal(text, known[known_start[k] : known_end[k]]):
                place[i] = UNKNOWN
                for k in range(known_start.size - 1, -1, -1):
                    if np.array_equal(text, known[known_start[k] : known_end[k]]):
                        place[i] = k
