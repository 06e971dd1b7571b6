"""Search bytes for identifiers that are no plain numbers, and set values apart for the search."""

import numpy as np
from numpy.typing import NDArray

from kernels._jit import kernel
from kernels.leaks.filter import TEXT, may_hold, note, place_of

_NEW_LINE = 10


@kernel
def scan_text(
    data: NDArray[np.uint8],
    anchor_bytes: int,
    anchors: NDArray[np.uint64],
    order: NDArray[np.int64],
    words: NDArray[np.uint64],
    shift: int,
    text: NDArray[np.uint8],
    offsets: NDArray[np.int64],
    hits: NDArray[np.int64],
) -> int:
    """Find identifiers that are no plain numbers, byte for byte.

    Parameters
    ----------
    anchor_bytes : how many first bytes of each identifier its anchor is made of, 1 to 8.
    anchors : uint64[n], sorted; order : int64[n], which identifier each belongs to.
    text, offsets : the identifiers, one after the other.
    """
    mask = np.uint64(0xFFFFFFFFFFFFFFFF) >> np.uint64(64 - 8 * anchor_bytes)
    count = 0
    raw = np.uint64(0)
    for i in range(data.size):
        raw = (raw << np.uint64(8)) | np.uint64(data[i])
        key = raw & mask
        if i < anchor_bytes - 1 or not may_hold(words, shift, key):
            continue
        at = place_of(anchors, key)
        first = i - anchor_bytes + 1
        while 0 <= at < anchors.size and anchors[at] == key:
            start, end = offsets[order[at]], offsets[order[at] + 1]
            same = first + end - start <= data.size
            k = anchor_bytes
            while same and k < end - start:
                same = data[first + k] == text[start + k]
                k += 1
            if same:
                count = note(hits, count, first + end - start, end - start, TEXT)
            at += 1
    return count


@kernel
def lines_of(data: NDArray[np.uint8], offsets: NDArray[np.int64]) -> NDArray[np.uint8]:
    """Values that lie side by side, each followed by the end of a line, so that none runs into the next.

    Parameters
    ----------
    data : uint8[n]; offsets : int64[values + 1], where each begins.
    """
    values = offsets.size - 1
    lines = np.empty(offsets[values] - offsets[0] + values, np.uint8)
    to = 0
    for v in range(values):
        for i in range(offsets[v], offsets[v + 1]):
            lines[to] = data[i]
            to += 1
        lines[to] = _NEW_LINE
        to += 1
    return lines


@kernel
def lines_of_prefixed(data: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """Values that are written one after the other with their length in four bytes before each, as lines.

    So Parquet writes text (parquet-format, Encodings, PLAIN). A length that goes beyond the data is cut.
    """
    lines = np.empty(data.size, np.uint8)
    at, to = 0, 0
    while at + 4 <= data.size:
        length = np.int64(data[at]) | np.int64(data[at + 1]) << 8 | np.int64(data[at + 2]) << 16
        length |= np.int64(data[at + 3]) << 24
        end = at + 4 + int(length)
        if end > data.size:
            end = data.size
        for i in range(at + 4, end):
            lines[to] = data[i]
            to += 1
        lines[to] = _NEW_LINE
        to += 1
        at = end
    return lines[:to]
