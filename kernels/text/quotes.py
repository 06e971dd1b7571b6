"""Quoted values of delimited text, byte by byte."""

import numpy as np
from numpy.typing import NDArray

from kernels._jit import kernel

_LF, _CR = 10, 13
_VALUE_START, _PLAIN, _QUOTED, _QUOTE_SEEN = 0, 1, 2, 3


@kernel
def count_breaks_and_quotes(data: NDArray[np.uint8], quote: int) -> tuple[int, int, int]:
    """How many line feeds, carriage returns and quotes there are.

    Parameters
    ----------
    data : uint8[n].
    """
    feeds = returns = quotes = 0
    for i in range(len(data)):
        feeds += data[i] == _LF
        returns += data[i] == _CR
        quotes += data[i] == quote
    return feeds, returns, quotes


@kernel
def break_in_quotes(data: NDArray[np.uint8], delimiter: int, quote: int) -> int:
    """Position of the first line break inside a quoted value; -1 where there is none.

    A quote opens a value only at its start, and is written twice inside (RFC 4180, 2.5-2.7); after the
    closing quote anything up to the delimiter is plain, as in Arrow's parser.

    Parameters
    ----------
    data : uint8[n], whole lines.
    """
    state = _VALUE_START
    for i in range(len(data)):
        byte = data[i]
        if state == _QUOTED:
            if byte == quote:
                state = _QUOTE_SEEN
            elif byte in (_LF, _CR):
                return i
        elif byte in (delimiter, _LF, _CR):
            state = _VALUE_START
        elif byte == quote and state != _PLAIN:
            state = _QUOTED
        else:
            state = _PLAIN
    return -1
