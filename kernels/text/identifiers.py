"""Identifiers as numbers: what a reader hands on of a subscriber, and back to digits for the pseudonym.

A number is the canonical digits with a 1 before them, so that leading zeros count: ``0770`` is 10770.
Sixteen digits, the most of any kind, stay below 2**55.
"""

import numpy as np
from numpy.typing import NDArray

from kernels._jit import kernel
from kernels.text.eight_bytes import whole_number

MOST_DIGITS = 16
SERVICE_DIGITS = 4
"""Numbers of up to so many digits are of services, not of subscribers (E.164 numbers have more)."""

_ZERO, _NINE, _PLUS = 48, 57, 43
_SPACE, _HYPHEN, _DOT, _OPENING, _CLOSING = 32, 45, 46, 40, 41
_STAR, _HASH = 42, 35
_POWERS = np.array([10**exponent for exponent in range(MOST_DIGITS + 3)], np.uint64)


@kernel
def numbers_of_digits(
    data: NDArray[np.uint8],
    start: NDArray[np.int32],
    end: NDArray[np.int32],
    fewest: int,
    most: int,
    call_prefix: bool,
) -> NDArray[np.uint64]:
    """Read identifiers by the rules of `kernels.text.columns.canonical_digits`.

    Parameters
    ----------
    data : uint8[total]; start, end : int32[n], of each identifier.
    fewest, most : how many digits an identifier has, at most `MOST_DIGITS`.
    call_prefix : whether a leading ``+`` or ``00`` is dropped.

    Returns
    -------
    uint64[n], 0 where the identifier is bad.
    """
    count = start.size
    numbers = np.zeros(count, np.uint64)
    for i in range(count):
        begin, till = start[i], end[i]
        value = whole_number(data, begin, till)
        if value < 0 or (call_prefix and data[begin] == _ZERO):
            while begin < till and data[begin] <= _SPACE:
                begin += 1
            while till > begin and data[till - 1] <= _SPACE:
                till -= 1
            number = _number(data, begin, till, call_prefix)
        else:
            number = np.uint64(value) + _POWERS[till - begin]
        if _fits(number, fewest, most):
            numbers[i] = number
    return numbers


@kernel
def is_service_number(data: NDArray[np.uint8], offsets: NDArray[np.int64]) -> NDArray[np.bool_]:
    """Whether a text is empty, or up to `SERVICE_DIGITS` digits such as ``144`` and ``*123#``.

    Parameters
    ----------
    data : uint8[total]; offsets : int64[n + 1].

    Returns
    -------
    bool[n].
    """
    found = np.ones(offsets.size - 1, np.bool_)
    for i in range(found.size):
        digits = 0
        for at in range(offsets[i], offsets[i + 1]):
            octet = data[at]
            is_digit = _ZERO <= octet <= _NINE
            digits += is_digit
            if not (is_digit or octet <= _SPACE or octet in (_STAR, _HASH)):
                found[i] = False
        if digits > SERVICE_DIGITS:
            found[i] = False
    return found


@kernel
def _number(data: NDArray[np.uint8], start: int, end: int, call_prefix: bool) -> np.uint64:
    """Number of an identifier written with signs between its digits; 0 for a bad one."""
    value, digits, plus = np.uint64(1), 0, False
    zeros = 0
    for at in range(start, end):
        octet = data[at]
        if _ZERO <= octet <= _NINE:
            zeros += octet == _ZERO and zeros == digits
            digits += 1
            value = value * np.uint64(10) + np.uint64(octet - _ZERO)
        elif octet == _PLUS and call_prefix and digits == 0 and not plus:
            plus = True
        elif octet not in (_SPACE, _HYPHEN, _DOT, _OPENING, _CLOSING):
            return np.uint64(0)
    drop = 2 if call_prefix and not plus and digits > 2 and zeros >= 2 else 0
    if digits - drop < 1 or digits - drop > MOST_DIGITS:
        return np.uint64(0)
    return np.uint64(value - _POWERS[digits] + _POWERS[digits - drop])


@kernel
def _fits(number: np.uint64, fewest: int, most: int) -> bool:
    return bool(_POWERS[fewest] <= number and number // np.uint64(2) < _POWERS[most])


@kernel
def digits_of_numbers(numbers: NDArray[np.uint64]) -> tuple[NDArray[np.uint8], NDArray[np.int64]]:
    """Write numbers of `numbers_of_digits` as their digits.

    Returns
    -------
    data : uint8[total]; offsets : int64[n + 1].
    """
    offsets = np.zeros(numbers.size + 1, np.int64)
    for i in range(numbers.size):
        length, rest = 0, numbers[i]
        while rest >= np.uint64(10):
            rest //= np.uint64(10)
            length += 1
        offsets[i + 1] = offsets[i] + length
    data = np.empty(offsets[-1], np.uint8)
    for i in range(numbers.size):
        rest = numbers[i]
        for at in range(offsets[i + 1] - 1, offsets[i] - 1, -1):
            data[at] = np.uint8(rest % np.uint64(10)) + np.uint8(_ZERO)
            rest //= np.uint64(10)
    return data, offsets
