"""Search bytes for numbers that are written in digits, alone, with gaps, or inside of longer ones."""

import numpy as np
from numpy.typing import NDArray

from kernels._jit import kernel
from kernels.leaks.filter import DIGITS, INSIDE, SPACED, may_hold, note, place_of, powers_of_ten, reach_of

MOST_DIGITS = 18
LONGEST_GAP = 2
_GAP_CLASS = 11


def character_classes() -> NDArray[np.uint8]:
    """Value of a digit; 11 for what may stand between digits of a number; 255 for all else.

    Between digits: space, hyphen, dot, slash, brackets, no-break space (Latin-1 and UTF-8), and NUL, which
    stands between characters in UTF-16.
    """
    classes = np.full(256, 255, np.uint8)
    classes[48:58] = np.arange(10)
    for octet in (0x00, 0x20, 0x28, 0x29, 0x2D, 0x2E, 0x2F, 0xA0, 0xC2):
        classes[octet] = _GAP_CLASS
    return classes


@kernel
def _stands_alone(data: NDArray[np.uint8], classes: NDArray[np.uint8], first: int, end: int) -> bool:
    """Whether no digit stands beside a number, but for ``00`` before it."""
    if end < data.size and classes[data[end]] <= 9:
        return False
    if first == 0 or classes[data[first - 1]] > 9:
        return True
    zeros = first >= 2 and data[first - 1] == 48 and data[first - 2] == 48
    return zeros and (first == 2 or classes[data[first - 3]] > 9)


@kernel
def scan_digits(
    data: NDArray[np.uint8],
    classes: NDArray[np.uint8],
    keys: NDArray[np.uint64],
    words: NDArray[np.uint64],
    shift: int,
    lengths: NDArray[np.int64],
    hits: NDArray[np.int64],
    windows: NDArray[np.int64],
) -> int:
    """Find numbers of given lengths anywhere in runs of digits, gaps of up to two characters allowed.

    A number that stands alone, or after ``00``, is `DIGITS`; one inside of a longer number is `INSIDE`;
    one with gaps is `SPACED`. The last two also come about by chance: `windows` tells how often.

    Parameters
    ----------
    classes : from `character_classes`.
    keys : uint64[n], sorted: ``10**length + number`` of each identifier, up to 18 digits.
    words, shift : from `filter_of(keys)`.
    lengths : int64[m], the lengths in digits, ascending.
    hits : int64[most, 3], filled with first byte, end and kind of what is found.
    windows : int64[m], to which is added how many numbers of each length were looked up.

    Returns
    -------
    how many were found, also beyond what `hits` takes.
    """
    powers = powers_of_ten()
    last = powers[MOST_DIGITS - 1]
    shortest = lengths[0]
    least, span = reach_of(keys, lengths)
    position = np.zeros(32, np.int64)
    digit = np.zeros(32, np.uint64)
    value = np.uint64(0)
    run, gap, count = 0, 0, 0
    for i in range(data.size):
        kind = classes[data[i]]
        if kind > 9:
            if run:
                gap += 1
                if kind != _GAP_CLASS or gap > LONGEST_GAP:
                    run, gap, value = 0, 0, np.uint64(0)
            continue
        gap = 0
        d = np.uint64(kind)
        if run >= MOST_DIGITS:
            value -= digit[(run - MOST_DIGITS) & 31] * last
        value = value * np.uint64(10) + d
        digit[run & 31], position[run & 31] = d, i
        run += 1
        if run < shortest:
            continue
        for number in range(lengths.size):
            length = lengths[number]
            if length > run:
                break
            windows[number] += 1
            window = value % powers[length]
            if window - least[number] > span[number]:
                continue
            key = powers[length] + window
            if may_hold(words, shift, key) and place_of(keys, key) >= 0:
                first = position[(run - length) & 31]
                found = SPACED if i + 1 - first != length else INSIDE
                if found == INSIDE and _stands_alone(data, classes, first, i + 1):
                    found = DIGITS
                count = note(hits, count, i + 1, i + 1 - first, found)
    return count
