"""Text in pieces of whole lines, cut where Arrow's CSV reader cuts it: batches of both are the same rows."""

from collections.abc import Iterator

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

_LF, _CR = 10, 13
_MARK = b"\xef\xbb\xbf"
_LOOK_BYTES = 1 << 16


class NotRegular(Exception):
    """Lines end otherwise than in a line feed, or it cannot be told where."""


def pieces(stream: pa.NativeFile, block_bytes: int, after_break: bool) -> Iterator[NDArray[np.uint8]]:
    """Yield the lines of a stream, each piece up to the last line break of a block; the last line ends in any case.

    A piece is overwritten after the next one is asked for.

    Parameters
    ----------
    after_break : whether a line feed stands before what the stream holds.

    Raises
    ------
    NotRegular
        A line goes over a whole block, or a carriage return ends one.
    """
    here, other = (np.empty(2 * block_bytes + 1, np.uint8) for _ in range(2))
    here[block_bytes] = _LF
    size = int(after_break) + _filled(stream, here[block_bytes + after_break : 2 * block_bytes])
    begin, ended_in_return = block_bytes, False
    while size:
        end = block_bytes + size
        begin += bool(ended_in_return and here[block_bytes] == _LF)
        ended_in_return = here[end - 1] == _CR
        size = _filled(stream, other[block_bytes : 2 * block_bytes])
        cut = block_bytes + _end_of_lines(here[block_bytes:end]) if size else end
        following = block_bytes - (end - cut)
        other[following:block_bytes] = here[cut:end]
        if here[cut - 1] != _LF:
            here[cut] = _LF
            cut += 1
        yield here[begin:cut]
        here, other, begin = other, here, following


def _filled(stream: pa.NativeFile, block: NDArray[np.uint8]) -> int:
    return int(stream.readinto(block.data)) if block.size else 0


def _end_of_lines(block: NDArray[np.uint8]) -> int:
    """First byte after the last line break."""
    look = _LOOK_BYTES
    while True:
        tail = block[-look:].tobytes()
        feed, back = tail.rfind(b"\n"), tail.rfind(b"\r")
        if max(feed, back) >= 0 or len(tail) == block.size:
            break
        look *= 16
    last = max(feed, back)
    if last < 0 or feed < back < len(tail) - 1:
        raise NotRegular
    return int(block.size - len(tail) + last + 1)


def without_header(piece: NDArray[np.uint8], has_header: bool) -> NDArray[np.uint8]:
    """First piece of a file without the mark of UTF-8, and without its first line if that is a header.

    Raises
    ------
    NotRegular
        The first line is empty or goes over the piece, or a carriage return stands in it alone.
    """
    beginning = piece[: len(_MARK)].tobytes()
    if beginning == _MARK:
        piece = piece[len(_MARK) :]
    elif beginning[:1] == _MARK[:1]:
        raise NotRegular
    if not has_header:
        return piece
    line, _, _ = piece[:_LOOK_BYTES].tobytes().partition(b"\n")
    if len(line) >= piece[:_LOOK_BYTES].size or not line.strip(b"\r") or b"\r" in line[:-1]:
        raise NotRegular
    return piece[len(line) + 1 :]
