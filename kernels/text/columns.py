"""Parse columns of text, byte by byte: times, whole numbers, identifiers.

A column of text is ``data`` (uint8) with the ``start`` and the ``end`` of each value in it (int32); or, where values
stand one after the other as Arrow keeps them, ``offsets`` (n + 1 starts, int32 or int64, the last is the end).
"""

import numpy as np
from numpy.typing import NDArray

from kernels._jit import kernel
from kernels.text.eight_bytes import are_digits, in_pairs, whole_number, word_at

BAD = -(2**63)
"""Marks a value that could not be parsed."""

NO_OFFSET = -(2**31)
"""Marks a time that was written without an offset from UTC."""

_ZERO, _NINE = 48, 57
_COLONS = np.uint64(0x00003A00003A0000)
_COLON_BYTES = np.uint64(0x0000FF0000FF0000)
_ZEROS_FOR_COLONS = np.uint64(0x0000300000300000)
_BYTE = np.uint64(255)
_TO_SPREAD, _DATE_BITS = np.uint64(0x9E3779B97F4A7C15), 8


@kernel
def _digits(data: NDArray[np.uint8], start: int, count: int) -> int:
    """Read exactly `count` digits from `start`; -1 where there is something else."""
    value = 0
    for i in range(start, start + count):
        if data[i] < _ZERO or data[i] > _NINE:
            return -1
        value = value * 10 + (int(data[i]) - _ZERO)
    return value


@kernel
def days_from_civil(year: int, month: int, day: int) -> int:
    """Days since 1970-01-01 of a proleptic Gregorian date (H. Hinnant, days_from_civil)."""
    y = year - (1 if month <= 2 else 0)
    era = y // 400
    year_of_era = y - era * 400
    day_of_year = (153 * (month + (-3 if month > 2 else 9)) + 2) // 5 + day - 1
    day_of_era = year_of_era * 365 + year_of_era // 4 - year_of_era // 100 + day_of_year
    return era * 146097 + day_of_era - 719468


@kernel
def _days_in_month(year: int, month: int) -> int:
    if month == 2:
        leap = (year % 4 == 0 and year % 100 != 0) or year % 400 == 0
        return 29 if leap else 28
    return 30 if month in (4, 6, 9, 11) else 31


@kernel
def _date(data: NDArray[np.uint8], at: int) -> int:
    """Days since 1970 of ``YYYY-MM-DD`` (also with ``/``) at `at`; a very negative number if bad."""
    year, month, day = _digits(data, at, 4), _digits(data, at + 5, 2), _digits(data, at + 8, 2)
    separator = data[at + 4]
    bad = year < 1 or month < 1 or month > 12 or day < 1
    if bad or separator != data[at + 7] or (separator != 45 and separator != 47):
        return BAD
    if day > _days_in_month(year, month):
        return BAD
    return days_from_civil(year, month, day)


@kernel
def _clock(data: NDArray[np.uint8], at: int) -> int:
    """Seconds of the day of ``HH:MM:SS`` at `at`, or -1."""
    word = word_at(data, np.uint64(at))
    if word & _COLON_BYTES != _COLONS or not are_digits((word & ~_COLON_BYTES) | _ZEROS_FOR_COLONS):
        return -1
    pairs = in_pairs(word)
    hour, minute = int(pairs & _BYTE), int((pairs >> np.uint64(24)) & _BYTE)
    second = int((pairs >> np.uint64(48)) & _BYTE)
    if hour > 23 or minute > 59 or second > 60:
        return -1
    return hour * 3600 + minute * 60 + min(second, 59)


@kernel
def _utc_offset(data: NDArray[np.uint8], at: int, end: int) -> int:
    """Seconds east of UTC of ``Z``, ``+HH``, ``+HHMM`` or ``+HH:MM``; NO_OFFSET for none, 1 if bad."""
    if at == end:
        return NO_OFFSET
    if data[at] == 90 and at + 1 == end:
        return 0
    sign = 1 if data[at] == 43 else (-1 if data[at] == 45 else 0)
    colon = 1 if end - at == 6 and data[at + 3] == 58 else 0
    if sign == 0 or (end - at != 3 and end - at != 5 and colon == 0):
        return 1
    hours = _digits(data, at + 1, 2)
    minutes = _digits(data, at + 3 + colon, 2) if end - at > 3 else 0
    if hours < 0 or hours > 14 or minutes < 0 or minutes > 59:
        return 1
    return sign * (hours * 3600 + minutes * 60)


@kernel
def _trim(data: NDArray[np.uint8], start: int, end: int) -> tuple[int, int]:
    while start < end and data[start] <= 32:
        start += 1
    while end > start and data[end - 1] <= 32:
        end -= 1
    return start, end


@kernel
def parse_iso_times(
    data: NDArray[np.uint8], start: NDArray[np.int32], end: NDArray[np.int32]
) -> tuple[NDArray[np.int64], NDArray[np.int32]]:
    """Parse ISO 8601 times ``YYYY-MM-DD[T ]HH:MM:SS[.fraction][offset]``; fractions are cut off.

    Parameters
    ----------
    data : uint8[total]; start, end : int32[n], of each value.

    Returns
    -------
    seconds : int64[n], the clock reading as seconds since 1970-01-01T00:00:00, `BAD` where unreadable.
    offset_s : int32[n], seconds east of UTC as written, `NO_OFFSET` where none is.
    """
    count = start.size
    seconds = np.full(count, BAD, np.int64)
    offset_s = np.full(count, NO_OFFSET, np.int32)
    written, days_of = np.zeros((1 << _DATE_BITS, 2), np.uint64), np.full(1 << _DATE_BITS, BAD)  # dates met
    for i in range(count):
        begin, till = _trim(data, start[i], end[i])
        if till - begin < 19 or (data[begin + 10] != 32 and data[begin + 10] != 84):
            continue
        one, other = word_at(data, np.uint64(begin)), word_at(data, np.uint64(begin + 2))
        slot = (other * _TO_SPREAD) >> np.uint64(64 - _DATE_BITS)
        if written[slot, 0] != one or written[slot, 1] != other:
            written[slot, 0], written[slot, 1], days_of[slot] = one, other, _date(data, begin)
        days = days_of[slot]
        clock = _clock(data, begin + 11)
        at = begin + 19
        if at == till:
            if days != BAD and clock >= 0:
                seconds[i] = days * 86400 + clock
            continue
        if at + 1 < till and (data[at] == 46 or data[at] == 44) and _ZERO <= data[at + 1] <= _NINE:
            at += 1
            while at < till and _ZERO <= data[at] <= _NINE:
                at += 1
        offset = _utc_offset(data, at, till)
        if days == BAD or clock < 0 or offset == 1:
            continue
        seconds[i] = days * 86400 + clock
        offset_s[i] = offset
    return seconds, offset_s


@kernel
def parse_whole_numbers(
    data: NDArray[np.uint8], start: NDArray[np.int32], end: NDArray[np.int32]
) -> NDArray[np.int64]:
    """Parse decimal whole numbers of up to 18 digits, with sign; `BAD` where there is something else.

    Parameters
    ----------
    data : uint8[total]; start, end : int32[n], of each value.

    Returns
    -------
    int64[n].
    """
    count = start.size
    values = np.full(count, BAD, np.int64)
    for i in range(count):
        begin, till = _trim(data, start[i], end[i])
        negative = begin < till and data[begin] == 45
        if begin < till and (data[begin] == 45 or data[begin] == 43):
            begin += 1
        if till - begin < 1 or till - begin > 18:
            continue
        value = whole_number(data, begin, till)
        if value < 0:
            value = _digits(data, begin, till - begin)
        if value >= 0:
            values[i] = -value if negative else value
    return values


@kernel
def canonical_digits(
    data: NDArray[np.uint8], offsets: NDArray[np.int64], fewest: int, most: int, call_prefix: bool
) -> tuple[NDArray[np.uint8], NDArray[np.int64], NDArray[np.bool_]]:
    """Reduce identifiers to their digits.

    Spaces, hyphens, dots and brackets are dropped; anything else that is not a digit makes the
    identifier bad, as does a length outside `fewest` to `most`.

    Parameters
    ----------
    data : uint8[total]; offsets : int64[n + 1].
    call_prefix : whether a leading ``+`` or ``00`` is dropped, as before an international telephone
        number (E.164). Not so for IMSI and IMEI, where leading zeros are part of the number.

    Returns
    -------
    data : uint8[total]; offsets : int64[n + 1]; good : bool[n], a bad one is empty.
    """
    count = offsets.size - 1
    out = np.empty(data.size, np.uint8)
    out_offsets = np.zeros(count + 1, np.int64)
    good = np.zeros(count, np.bool_)
    fill = 0
    for i in range(count):
        start, end = _trim(data, offsets[i], offsets[i + 1])
        first = fill
        clean, plus = True, False
        for at in range(start, end):
            octet = data[at]
            if _ZERO <= octet <= _NINE:
                out[fill] = octet
                fill += 1
            elif octet == 43 and call_prefix and fill == first and not plus:
                plus = True
            elif octet not in (32, 45, 46, 40, 41):
                clean = False
        if call_prefix and not plus and fill - first > 2 and out[first] == _ZERO and out[first + 1] == _ZERO:
            for at in range(first, fill - 2):
                out[at] = out[at + 2]
            fill -= 2
        if not clean or fill - first < fewest or fill - first > most:
            fill = first
        good[i] = fill > first
        out_offsets[i + 1] = fill
    return out[:fill], out_offsets, good


@kernel
def with_prefix(
    prefix: NDArray[np.uint8], data: NDArray[np.uint8], offsets: NDArray[np.int64]
) -> tuple[NDArray[np.uint8], NDArray[np.int64]]:
    """Put `prefix` before every value (domain separation of a hash)."""
    count = offsets.size - 1
    out = np.empty(data.size + count * prefix.size, np.uint8)
    out_offsets = np.zeros(count + 1, np.int64)
    fill = 0
    for i in range(count):
        out[fill : fill + prefix.size] = prefix
        fill += prefix.size
        length = offsets[i + 1] - offsets[i]
        out[fill : fill + length] = data[offsets[i] : offsets[i + 1]]
        fill += length
        out_offsets[i + 1] = fill
    return out, out_offsets
