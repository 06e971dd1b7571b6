"""Delimited text cut into lines and values, 64 bytes at a time.

Only *regular* lines are read: as many values as there are columns, each without a quote at its beginning or within one
pair of quotes that holds no other quote. Where separators are is found first, without a look at what they part (as by
G. Langdale and D. Lemire, "Parsing gigabytes of JSON per second", VLDB Journal 28, 2019). Lines that are not regular
are told apart.
"""

import numpy as np
from numpy.typing import NDArray

from kernels._jit import kernel
from kernels.text.eight_bytes import put_word, word_at

_LF, _CR = 10, 13
_LANES, _RUN, _WORD = 64, 128, 8
_ONE, _EIGHT = np.uint64(1), np.uint64(8)
_TO_ONE_BYTE, _LAST_BYTE = np.uint64(0x0102040810204080), np.uint64(56)
_PAIRS, _FOURS = np.uint64(0x5555555555555555), np.uint64(0x3333333333333333)
_BYTES, _EACH_BYTE = np.uint64(0x0F0F0F0F0F0F0F0F), np.uint64(0x0101010101010101)


@kernel
def count_structure(data: NDArray[np.uint8], delimiter: int, quote: int) -> tuple[int, int, int, int]:
    """How many delimiters, line feeds, carriage returns and quotes there are.

    Counts of a run of bytes fit in a byte, so that LLVM adds up as many at once as a register holds.

    Parameters
    ----------
    data : uint8[n].
    """
    delimiters = feeds = returns = quotes = 0
    wanted, quoting = np.uint8(delimiter), np.uint8(quote)
    whole = data.size - data.size % _RUN
    for begin in range(0, whole, _RUN):
        d = f = r = q = np.uint8(0)
        for i in range(begin, begin + _RUN):
            byte = data[i]
            d = np.uint8(d + np.uint8(byte == wanted))
            f = np.uint8(f + np.uint8(byte == _LF))
            r = np.uint8(r + np.uint8(byte == _CR))
            q = np.uint8(q + np.uint8(byte == quoting))
        delimiters += int(d)
        feeds += int(f)
        returns += int(r)
        quotes += int(q)
    for i in range(whole, data.size):
        byte = data[i]
        delimiters += byte == wanted
        feeds += byte == _LF
        returns += byte == _CR
        quotes += byte == quoting
    return delimiters, feeds, returns, quotes


@kernel
def _lowest_bit(word: np.uint64) -> int:
    """Place of the lowest bit that is set: bits below it are counted, which LLVM makes one instruction."""
    below = (word & (~word + _ONE)) - _ONE
    below -= (below >> _ONE) & _PAIRS
    below = (below & _FOURS) + ((below >> np.uint64(2)) & _FOURS)
    below = (below + (below >> np.uint64(4))) & _BYTES
    return int(np.int64((below * _EACH_BYTE) >> _LAST_BYTE))


@kernel
def separators(data: NDArray[np.uint8], delimiter: int, count: int) -> NDArray[np.int32]:
    """Places of delimiters and line feeds, quoted ones among them.

    Parameters
    ----------
    data : uint8[n]; count : how many there are, as `count_structure` tells.

    Returns
    -------
    int32[count], ascending.
    """
    place = np.empty(count, np.int32)
    marks = np.empty(_LANES, np.uint8)
    words = marks.view(np.uint64)
    wanted = np.uint8(delimiter)
    found, whole = 0, data.size - data.size % _LANES
    for begin in range(0, whole, _LANES):
        for i in range(_LANES):
            byte = data[begin + i]
            marks[i] = np.uint8((byte == wanted) | (byte == _LF))
        bits = np.uint64(0)
        for i in range(words.size):  # the lowest bits of eight bytes become a byte
            bits |= ((words[i] * _TO_ONE_BYTE) >> _LAST_BYTE) << (_EIGHT * np.uint64(i))
        while bits != 0:
            place[found] = begin + _lowest_bit(bits)
            found += 1
            bits &= bits - _ONE
    for i in range(whole, data.size):
        if data[i] == wanted or data[i] == _LF:
            place[found] = i
            found += 1
    return place


@kernel
def values_of_lines(  # noqa: C901 (a call for each line, with all these arrays, takes as long as the line)
    data: NDArray[np.uint8],
    place: NDArray[np.int32],
    lines: int,
    wanted: NDArray[np.int64],
    columns: int,
    quote: int,
    looks_inside: bool,
) -> tuple[NDArray[np.int32], NDArray[np.int32], NDArray[np.int64], NDArray[np.int32], int, int]:
    """Where the values of regular lines are; empty lines are passed over.

    Parameters
    ----------
    data : uint8[n], ends with a line feed; place : int32[k], as from `separators`; lines : line feeds in `data`.
    wanted : int64[columns], row of the results for each column, or -1; columns : how many each line has.
    looks_inside : whether quotes inside of quoted values are looked for. Where there are none, as many quotes as are
        told are in the text, which spares the look.

    Returns
    -------
    start, end : int32[wanted columns, rows], of the text of each value without its quotes. Lines that are not regular
        have rows, in which there is nothing.
    odd : int64[m], rows of these lines; odd_ends : int32[m, 2], where each begins and ends, its line break left out.
    quotes : in regular lines (a pair a quoted value) and in odd ones; returns : before line feeds.
    """
    start, end = np.empty((wanted.max() + 1, lines), np.int32), np.empty((wanted.max() + 1, lines), np.int32)
    odd, odd_ends = np.empty(lines, np.int64), np.empty((lines, 2), np.int32)
    rows = odds = quotes = returns = k = at = 0
    while k < place.size:
        first, at, pairs, column = k, place[k - 1] + 1 if k > 0 else 0, 0, 0
        begin = at
        while column < columns:
            till = place[k]
            is_quoted = data[begin] == quote
            if is_quoted:  # separators up to the closing quote are part of the value
                while data[till] != _LF and (data[till - 1] != quote or till - begin < 2):
                    k += 1
                    till = place[k]
            is_end, after = data[till] == _LF, till + 1
            if is_end != (column == columns - 1):
                break
            till -= is_end and till > begin and data[till - 1] == _CR
            if is_quoted:
                begin, till = begin + 1, till - 1
                if till < begin or data[till] != quote or (looks_inside and _holds(data, begin, till, quote)):
                    break
                pairs += 1
            if wanted[column] >= 0:
                start[wanted[column], rows], end[wanted[column], rows] = begin, till
            begin = after
            k += 1
            column += 1
        is_odd = column < columns
        if is_odd:
            k = _after_line(data, place, first)
        stop = place[k - 1]
        if stop > at and data[stop - 1] == _CR:
            returns += 1
            stop -= 1
        if stop == at:
            continue
        if is_odd:
            start[:, rows], end[:, rows] = 0, 0
            odd[odds], odd_ends[odds, 0], odd_ends[odds, 1] = rows, at, stop
            odds += 1
            quotes += _count(data, at, stop, quote)
        else:
            quotes += 2 * pairs
        rows += 1
    return start[:, :rows], end[:, :rows], odd[:odds], odd_ends[:odds], quotes, returns


@kernel
def _after_line(data: NDArray[np.uint8], place: NDArray[np.int32], k: int) -> int:
    """First separator after the next line feed."""
    while data[place[k]] != _LF:
        k += 1
    return k + 1


@kernel
def _holds(data: NDArray[np.uint8], start: int, end: int, wanted: int) -> bool:
    at = start
    while at < end and data[at] != wanted:
        at += 1
    return bool(at < end)


@kernel
def _count(data: NDArray[np.uint8], start: int, end: int, wanted: int) -> int:
    count = 0
    for i in range(start, end):
        count += data[i] == wanted
    return count


@kernel
def joined(
    data: NDArray[np.uint8], start: NDArray[np.int32], end: NDArray[np.int32], between: int
) -> tuple[NDArray[np.uint8], NDArray[np.int32]]:
    """Texts one after the other.

    Parameters
    ----------
    data : uint8[n]; start, end : int32[m], of each text; between : how many line feeds stand after each text.

    Returns
    -------
    data : uint8[total]; offsets : int32[m + 1], of each text with what stands after it.
    """
    offsets = np.zeros(start.size + 1, np.int32)
    for i in range(start.size):
        offsets[i + 1] = offsets[i] + (end[i] - start[i]) + between
    text = np.empty(offsets[-1] + _WORD, np.uint8)
    for i in range(start.size):
        at, begin = offsets[i], start[i]
        while begin < end[i] and begin + _WORD <= data.size:  # what is copied after the end is written over
            put_word(text, np.uint64(at), word_at(data, np.uint64(begin)))
            at, begin = at + _WORD, begin + _WORD
        while begin < end[i]:
            text[at] = data[begin]
            at, begin = at + 1, begin + 1
        text[offsets[i + 1] - between : offsets[i + 1]] = _LF
    return text[: offsets[-1]], offsets
