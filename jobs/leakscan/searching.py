"""Search one layer for all forms of the identifiers: chooses the kernels, and gives them room for what they find."""

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from jobs.leakscan.column_values import Numbers
from jobs.leakscan.needles import LEAST_DIGITS, Needles
from kernels.leaks.digests import base64_values, hex_values, scan_raw_digests, scan_text_digests
from kernels.leaks.digits import character_classes, scan_digits
from kernels.leaks.filter import NUMBER
from kernels.leaks.numbers import digits_of_floats, scan_numbers, scan_packed
from kernels.leaks.text import scan_text

_CHUNK = 32 << 20
_OVERLAP = 1 << 10
_HITS = 1 << 12
_FORTY_FOUR_BITS = 1 << 44
_BEYOND_ASCII = 128
_WHOLE = np.array([NUMBER], np.uint8)
_CLUSTERING = 10.0
"""Identifiers are not spread evenly over the numbers of their length: chance hits may be this much likelier."""

Hits = list[tuple[int, int, int]]
"""First byte, end and form of each; of numbers, the value's place and the next."""
_Search = Callable[[NDArray[np.int64]], int]


def hits_in(content: bytes | Numbers, needles: Needles) -> tuple[Hits, float]:
    """All that is found, in order; and how many of the forms that chance makes are to be expected."""
    windows = np.zeros(needles.lengths.size, np.int64)
    if isinstance(content, Numbers):
        found = _in_numbers(content, needles, windows)
    else:
        found = _in_bytes(np.frombuffer(content, np.uint8), needles, windows)
    chances = windows * needles.per_length / 10.0**needles.lengths
    return sorted(found), float(_CLUSTERING * chances.sum())


def _in_bytes(
    data: NDArray[np.uint8], needles: Needles, windows: NDArray[np.int64]
) -> set[tuple[int, int, int]]:
    found: set[tuple[int, int, int]] = set()
    for start in range(0, max(data.size, 1), _CHUNK):
        first = max(start - _OVERLAP, 0)
        hits = _in_piece(data[first : start + _CHUNK], needles, windows)
        found |= {(a + first, b + first, kind) for a, b, kind in hits.tolist()}
    return found


def _in_piece(data: NDArray[np.uint8], needles: Needles, windows: NDArray[np.int64]) -> NDArray[np.int64]:
    searches = [*_searches_for_numbers(data, needles, windows), *_searches_for_digests(data, needles)]
    if needles.anchors.size:
        anchors = (needles.anchor_bytes, needles.anchors, needles.order, *needles.anchor_filter)
        searches.append(lambda hits: scan_text(data, *anchors, needles.text, needles.offsets, hits))
    return np.concatenate([np.empty((0, 3), np.int64), *map(_all, searches)])


def _searches_for_numbers(
    data: NDArray[np.uint8], needles: Needles, windows: NDArray[np.int64]
) -> list[_Search]:
    numbers, (words, shift), lengths = needles.numbers, needles.number_filter, needles.lengths
    if not numbers.size:
        return []
    classes, low, high = character_classes(), _least_value(needles), np.uint64(needles.high)
    searches: list[_Search] = [
        lambda hits: scan_digits(data, classes, numbers, words, shift, lengths, hits, windows)
    ]
    if high >= low and not _is_text(data, needles.high):
        searches.append(lambda hits: scan_packed(data, numbers, lengths, low, high, hits))
    return searches


def _searches_for_digests(data: NDArray[np.uint8], needles: Needles) -> list[_Search]:
    digests, (words, shift) = needles.digests, needles.digest_filter
    if not digests.size:
        return []
    tables = hex_values(), base64_values()
    searches: list[_Search] = [lambda hits: scan_text_digests(data, *tables, digests, words, shift, hits)]
    if data.size and int(data.max()) >= _BEYOND_ASCII:
        searches.append(lambda hits: scan_raw_digests(data, digests, words, shift, hits))
    return searches


def _in_numbers(numbers: Numbers, needles: Needles, windows: NDArray[np.int64]) -> set[tuple[int, int, int]]:
    sought, (words, shift), lengths = needles.numbers, needles.number_filter, needles.lengths
    if not sought.size:
        return set()
    values, kinds, low = numbers.values, _WHOLE, _least_value(needles)
    if numbers.precision:
        values, kinds = digits_of_floats(values, numbers.precision)
    found = _all(lambda hits: scan_numbers(values, kinds, low, sought, words, shift, lengths, hits, windows))
    return {(first, end, kind) for first, end, kind in found.tolist()}


def _least_value(needles: Needles) -> np.uint64:
    """Smallest number that is looked for as a number: zeros before it, shorter ones would be everywhere."""
    return np.uint64(max(needles.low, 10 ** (LEAST_DIGITS - 1)))


def _is_text(data: NDArray[np.uint8], high: int) -> bool:
    """Whether no packed number can be there: one of up to 44 bits has a byte of 0, as integer or double."""
    return high < _FORTY_FOUR_BITS and bool(data.size) and int(data.min()) > 0


def _all(search: _Search) -> NDArray[np.int64]:
    """Run a search with room for its hits; again with more where there were more."""
    hits = np.empty((_HITS, 3), np.int64)
    count = search(hits)
    if count > _HITS:
        hits = np.empty((count, 3), np.int64)
        search(hits)
    return hits[:count]
