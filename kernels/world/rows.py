"""Rows of a day as an operator's switch would write them: in order of time, as text."""

import numpy as np
from numpy.typing import NDArray

from kernels._jit import kernel

_DAY_S = 86400
_ZERO, _COLON, _COMMA, _NEWLINE = 48, 58, 44, 10


@kernel
def order_by_second(second: NDArray[np.int32]) -> NDArray[np.int64]:
    """Stable order of rows by second of the day (counting sort)."""
    start = np.zeros(_DAY_S + 1, np.int64)
    for s in second:
        start[s + 1] += 1
    for s in range(_DAY_S):
        start[s + 1] += start[s]
    order = np.empty(second.size, np.int64)
    for i in range(second.size):
        order[start[second[i]]] = i
        start[second[i]] += 1
    return order


@kernel
def _put_two(text: NDArray[np.uint8], at: int, value: int) -> int:
    text[at], text[at + 1] = _ZERO + value // 10, _ZERO + value % 10
    return at + 2


@kernel
def _put_number(text: NDArray[np.uint8], at: int, value: int, digits: int) -> int:
    for k in range(digits - 1, -1, -1):
        text[at + k] = _ZERO + value % 10
        value //= 10
    return at + digits


@kernel
def _put_bytes(text: NDArray[np.uint8], at: int, piece: NDArray[np.uint8]) -> int:
    text[at : at + piece.size] = piece
    return at + piece.size


@kernel
def render_rows(
    number: NDArray[np.int64],
    digits: int,
    second: NDArray[np.int32],
    cell: NDArray[np.int32],
    date: NDArray[np.uint8],
    cell_text: NDArray[np.uint8],
    cell_start: NDArray[np.int64],
) -> tuple[NDArray[np.uint8], NDArray[np.int64]]:
    """Write ``number,<date>HH:MM:SS,cell`` lines.

    Parameters
    ----------
    number, digits : subscriber numbers of exactly `digits` digits (rows).
    second, cell : second of the day, index into the cell texts (rows).
    date : ASCII bytes of the date and the sign between date and time.
    cell_text, cell_start : cell identifiers one after the other; number c is
        ``cell_text[cell_start[c]:cell_start[c + 1]]``.

    Returns
    -------
    the text, and where each line starts (rows + 1).
    """
    fixed = digits + date.size + 11
    line = np.empty(number.size + 1, np.int64)
    line[0] = 0
    for i in range(number.size):
        line[i + 1] = line[i] + fixed + cell_start[cell[i] + 1] - cell_start[cell[i]]
    text = np.empty(line[-1], np.uint8)
    for i in range(number.size):
        at = _put_number(text, line[i], number[i], digits)
        text[at] = _COMMA
        at = _put_bytes(text, at + 1, date)
        at = _put_two(text, at, second[i] // 3600)
        text[at] = _COLON
        at = _put_two(text, at + 1, second[i] // 60 % 60)
        text[at] = _COLON
        at = _put_two(text, at + 1, second[i] % 60)
        text[at] = _COMMA
        at = _put_bytes(text, at + 1, cell_text[cell_start[cell[i]] : cell_start[cell[i] + 1]])
        text[at] = _NEWLINE
    return text, line


@kernel
def with_tails(
    text: NDArray[np.uint8], line: NDArray[np.int64], tail: NDArray[np.uint8], tail_start: NDArray[np.int64]
) -> tuple[NDArray[np.uint8], NDArray[np.int64]]:
    """Put more text at the end of each line, before its line feed.

    Parameters
    ----------
    text, line : of `render_rows`; tail, tail_start : the text of line i is ``tail[tail_start[i]:tail_start[i + 1]]``.

    Returns
    -------
    as `render_rows`.
    """
    longer = np.empty(text.size + tail_start[-1] - tail_start[0], np.uint8)
    start = line + (tail_start - tail_start[0])
    for i in range(line.size - 1):
        at = _put_bytes(longer, start[i], text[line[i] : line[i + 1] - 1])
        at = _put_bytes(longer, at, tail[tail_start[i] : tail_start[i + 1]])
        longer[at] = _NEWLINE
    return longer, start
