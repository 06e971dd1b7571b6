"""Search for identifiers as numbers: packed in bytes, or as values of a column, of which no text is made."""

import math

import numpy as np
from numpy.typing import NDArray

from kernels._jit import kernel
from kernels.leaks.filter import DOUBLE, INSIDE, PACKED, may_hold, note, place_of, powers_of_ten, reach_of

_TEN = np.uint64(10)
_LARGEST_WHOLE = 2.0**63
_LOG10_OF_2 = math.log10(2)
_MOST_STEPS = 22
"""Powers of ten that a double holds exactly."""


@kernel
def _is_number_sought(keys, lengths, powers, value):  # type: ignore[no-untyped-def]
    """Whether an identifier has this value, zeros before it aside."""
    for length in lengths:  # noqa: SIM110 (no generators in kernels)
        if value < powers[length] and place_of(keys, powers[length] + value) >= 0:
            return True
    return False


@kernel
def scan_packed(
    data: NDArray[np.uint8],
    keys: NDArray[np.uint64],
    lengths: NDArray[np.int64],
    low: np.uint64,
    high: np.uint64,
    hits: NDArray[np.int64],
) -> int:
    """Find identifiers as 64-bit integers in either byte order, or as doubles, at any byte.

    Parameters
    ----------
    keys, lengths : as for `scan_digits`.
    low, high : smallest and largest number sought.
    """
    count = 0
    big, little = np.uint64(0), np.uint64(0)
    ends = np.array([np.float64(low), np.float64(high)]).view(np.uint64)  # in the order of the numbers
    low_bits, span, span_bits = ends[0], high - low, ends[1] - ends[0]
    powers = powers_of_ten()
    word = np.empty(1, np.uint64)
    for i in range(data.size):
        octet = np.uint64(data[i])
        big = (big << np.uint64(8)) | octet
        little = (little >> np.uint64(8)) | (octet << np.uint64(56))
        if i < 7:
            continue
        if (big - low <= span and _is_number_sought(keys, lengths, powers, big)) or (
            little - low <= span and _is_number_sought(keys, lengths, powers, little)
        ):
            count = note(hits, count, i + 1, 8, PACKED)
        elif little - low_bits <= span_bits:
            word[0] = little
            number = word.view(np.float64)[0]
            if number == np.floor(number) and _is_number_sought(keys, lengths, powers, np.uint64(number)):
                count = note(hits, count, i + 1, 8, DOUBLE)
    return count


@kernel
def scan_numbers(
    values: NDArray[np.uint64],
    kinds: NDArray[np.uint8],
    low: np.uint64,
    keys: NDArray[np.uint64],
    words: NDArray[np.uint64],
    shift: int,
    lengths: NDArray[np.int64],
    hits: NDArray[np.int64],
    windows: NDArray[np.int64],
) -> int:
    """Find values that are identifiers, leading zeros aside, or whose digits hold one.

    Parameters
    ----------
    values : uint64[n], without their sign. kinds : uint8[n] or uint8[1] if all are alike: the form that a value
        which is an identifier has; of those that are `INSIDE` zeros before a number are not left out.
    low : smallest number sought as a value.
    keys, words, shift, lengths, windows : as for `scan_digits`.
    hits : int64[most, 3], filled with the value's place, the next, and its form.

    Returns
    -------
    how many were found, also beyond what `hits` takes.
    """
    powers, count = powers_of_ten(), 0
    least, span = reach_of(keys, lengths)
    shortest = min(low, powers[lengths[0] - 1])
    for i in range(values.size):
        value = values[i]
        if value < shortest:
            continue
        kind = int(kinds[i] if kinds.size > 1 else kinds[0])
        found = -1
        digits = int(lengths[0])
        while digits < powers.size and value >= powers[digits]:
            digits += 1
        for number in range(lengths.size):
            length, power = lengths[number], powers[lengths[number]]
            if length >= digits:
                if value < low or (kind == INSIDE and value < powers[length - 1]):
                    continue
                key = power + value
                if value - least[number] <= span[number] and may_hold(words, shift, key):
                    found = kind if place_of(keys, key) >= 0 else found
                continue
            windows[number] += digits - length + 1
            # What follows the window is cut off digit by digit, and as much is taken off what stands before it.
            rest, before = value, value // power
            for _ in range(digits - length + 1):
                window = rest - before * power
                if window - least[number] <= span[number] and may_hold(words, shift, power + window):
                    found = INSIDE if place_of(keys, power + window) >= 0 else found
                rest //= _TEN
                before //= _TEN
        if found >= 0:
            count = note(hits, count, i + 1, 1, found)
    return count


@kernel
def digits_of_floats(
    values: NDArray[np.float64], precision: int
) -> tuple[NDArray[np.uint64], NDArray[np.uint8]]:
    """Digits of floating-point numbers as they are written, the point and zeros at either end left out.

    Parameters
    ----------
    values : float64[n]; precision : how many decimal digits they keep, 15 of doubles, 6 of single floats.

    Returns
    -------
    digits : uint64[n], 0 for what is no number, is beyond 2**63 or has more than 22 decimal places.
    kinds : uint8[n], `DOUBLE` for a whole number, which is given as it is, else `INSIDE`.
    """
    digits, kinds = np.zeros(values.size, np.uint64), np.full(values.size, DOUBLE, np.uint8)
    exact = 10.0 ** np.arange(_MOST_STEPS + 1)
    limit = powers_of_ten()[precision]
    for i in range(values.size):
        value = np.abs(values[i])
        if not 0 < value < _LARGEST_WHOLE:  # not a number, too
            continue
        if value == np.floor(value):
            digits[i] = np.uint64(value)
            continue
        kinds[i] = INSIDE
        # The binary exponent tells the decimal one, or one less: a fifth of the time of a logarithm.
        steps = max(precision - 1 - int(np.floor((math.frexp(value)[1] - 1) * _LOG10_OF_2)), 0)
        if steps <= _MOST_STEPS + 1:
            shown = np.uint64(np.rint(value * exact[min(steps, _MOST_STEPS)]))
            if steps > _MOST_STEPS and shown < limit // _TEN:
                continue
            if shown >= limit and steps:
                shown = np.uint64(np.rint(value * exact[steps - 1]))
            for zeros in (np.uint64(100_000_000), np.uint64(10_000), np.uint64(100), _TEN):
                if shown % zeros == 0:
                    shown //= zeros
            digits[i] = shown
    return digits, kinds
