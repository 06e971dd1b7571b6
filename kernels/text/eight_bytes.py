"""Eight bytes of text at once, as one number, the first byte the lowest.

Digits are put together as in D. Lemire, "Quickly parsing eight digits" (2018).
"""

import numpy as np
from numpy.typing import NDArray

from kernels._jit import kernel

ZEROS = np.uint64(0x3030303030303030)
"""Eight times the digit 0."""

_HIGH_BITS = np.uint64(0x8080808080808080)
_TO_HIGH_BITS = np.uint64(0x4646464646464646)
_BYTE_OF_EACH_HALF = np.uint64(0x000000FF000000FF)
_HUNDRED_AND_MILLION = np.uint64(100 + (1_000_000 << 32))
_ONE_AND_TEN_THOUSAND = np.uint64(1 + (10_000 << 32))
_TEN = np.uint64(10)
FEWEST_DIGITS, MOST_DIGITS = 8, 16
"""What `whole_number` reads."""

_POWERS = np.array([10**exponent for exponent in range(FEWEST_DIGITS + 1)], np.uint64)


@kernel
def word_at(data: NDArray[np.uint8], at: np.uint64) -> np.uint64:
    """Read the bytes ``data[at : at + 8]``. An unsigned place spares the look at negative ones."""
    return np.uint64(
        np.uint64(data[at])
        | np.uint64(data[at + np.uint64(1)]) << np.uint64(8)
        | np.uint64(data[at + np.uint64(2)]) << np.uint64(16)
        | np.uint64(data[at + np.uint64(3)]) << np.uint64(24)
        | np.uint64(data[at + np.uint64(4)]) << np.uint64(32)
        | np.uint64(data[at + np.uint64(5)]) << np.uint64(40)
        | np.uint64(data[at + np.uint64(6)]) << np.uint64(48)
        | np.uint64(data[at + np.uint64(7)]) << np.uint64(56)
    )


@kernel
def put_word(data: NDArray[np.uint8], at: np.uint64, word: np.uint64) -> None:
    """Write the bytes ``data[at : at + 8]``."""
    data[at] = word
    data[at + np.uint64(1)] = word >> np.uint64(8)
    data[at + np.uint64(2)] = word >> np.uint64(16)
    data[at + np.uint64(3)] = word >> np.uint64(24)
    data[at + np.uint64(4)] = word >> np.uint64(32)
    data[at + np.uint64(5)] = word >> np.uint64(40)
    data[at + np.uint64(6)] = word >> np.uint64(48)
    data[at + np.uint64(7)] = word >> np.uint64(56)


@kernel
def are_digits(word: np.uint64) -> bool:
    """Whether each byte is a digit: adding takes one above 9 beyond 127, subtracting one below 0 below 0."""
    return bool(((word + _TO_HIGH_BITS) | (word - ZEROS)) & _HIGH_BITS == np.uint64(0))


@kernel
def in_pairs(word: np.uint64) -> np.uint64:
    """Bytes that hold ten times their digit and the next one; right for bytes from ``0`` to ``:``."""
    digits = word - ZEROS
    return np.uint64(digits * _TEN + (digits >> np.uint64(8)))


@kernel
def _number_of_eight(word: np.uint64) -> np.uint64:
    """Value of eight digits: pairs, then fours, then all, are put together in one multiplication each."""
    pairs = in_pairs(word)
    hundreds = (pairs & _BYTE_OF_EACH_HALF) * _HUNDRED_AND_MILLION
    ones = ((pairs >> np.uint64(16)) & _BYTE_OF_EACH_HALF) * _ONE_AND_TEN_THOUSAND
    return np.uint64((hundreds + ones) >> np.uint64(32))


@kernel
def whole_number(data: NDArray[np.uint8], start: int, end: int) -> int:
    """Value of `FEWEST_DIGITS` to `MOST_DIGITS` digits, in two overlapping words; -1 for any other text."""
    more = end - start - FEWEST_DIGITS
    if more < 0 or more > MOST_DIGITS - FEWEST_DIGITS:
        return -1
    first, last = word_at(data, np.uint64(start)), word_at(data, np.uint64(end - 8))
    if not (are_digits(first) and are_digits(last)):
        return -1
    number = _number_of_eight(first)
    if more > 0:
        in_both = np.uint64(64 - 8 * more)
        last = (last >> in_both << in_both) | ZEROS  # a digit stays what it is; zeros stand before these
        number = number * _POWERS[more] + _number_of_eight(last)
    return int(np.int64(number))
