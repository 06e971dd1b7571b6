"""Search bytes for digests: as bytes, in hexadecimal, in base64; and for what else is written in base64."""

import numpy as np
from numpy.typing import NDArray

from kernels._jit import kernel
from kernels.leaks.filter import BASE64_DIGEST, HEX_DIGEST, RAW_DIGEST, may_hold, note, place_of

_HEX_CHARS, _BASE64_CHARS, _DIGEST_BYTES = 15, 10, 16
_SIXTY_BITS = np.uint64((1 << 60) - 1)


def hex_values() -> NDArray[np.uint8]:
    """Value of a hexadecimal digit of either case, 255 for all else."""
    values = np.full(256, 255, np.uint8)
    values[48:58] = np.arange(10)
    values[65:71] = values[97:103] = np.arange(10, 16)
    return values


def base64_values() -> NDArray[np.uint8]:
    """Value of a base64 character, of the plain and the URL alphabet, 255 for all else."""
    values = np.full(256, 255, np.uint8)
    values[65:91] = np.arange(26)
    values[97:123] = np.arange(26, 52)
    values[48:58] = np.arange(52, 62)
    values[43] = values[45] = 62
    values[47] = values[95] = 63
    return values


@kernel
def base64_runs(data: NDArray[np.uint8], base64_value: NDArray[np.uint8], shortest: int) -> NDArray[np.int64]:
    """First byte and end of each run of base64 characters of some length: int64[n, 2].

    Each such run covers a byte whose place is a multiple of its least length, so that only these are looked at.
    """
    runs = np.empty((data.size // (shortest + 1) + 1, 2), np.int64)
    found, i = 0, shortest - 1
    while i < data.size:
        if base64_value[data[i]] == 255:
            i += shortest
            continue
        first, end = i, i + 1
        while first > 0 and base64_value[data[first - 1]] != 255:
            first -= 1
        while end < data.size and base64_value[data[end]] != 255:
            end += 1
        if end - first >= shortest:
            runs[found, 0], runs[found, 1] = first, end
            found += 1
        i += shortest * ((end - i) // shortest + 1)
    return runs[:found]


@kernel
def scan_raw_digests(
    data: NDArray[np.uint8],
    keys: NDArray[np.uint64],
    words: NDArray[np.uint64],
    shift: int,
    hits: NDArray[np.int64],
) -> int:
    """Find the first 60 bits of digests as bytes.

    Sixteen bytes are not looked at as a digest where all of them are ASCII, which those of a digest are once
    in 65,000 times: text is passed over quickly.

    Parameters
    ----------
    keys : uint64[n], sorted, the first 60 bits of each digest as a number; words, shift : `filter_of(keys)`.
    """
    count, ascii_run = 0, 0
    raw, before = np.uint64(0), np.uint64(0)
    for i in range(data.size):
        octet = data[i]
        before = (before << np.uint64(8)) | (raw >> np.uint64(56))
        raw = (raw << np.uint64(8)) | np.uint64(octet)
        ascii_run = (ascii_run + 1) * (octet < 128)  # without a branch: a random byte cannot be foreseen
        if ascii_run < _DIGEST_BYTES:
            key = before >> np.uint64(4)
            if may_hold(words, shift, key) and i >= _DIGEST_BYTES - 1 and place_of(keys, key) >= 0:
                count = note(hits, count, i + 1, _DIGEST_BYTES, RAW_DIGEST)
    return count


@kernel
def scan_text_digests(
    data: NDArray[np.uint8],
    hex_value: NDArray[np.uint8],
    base64_value: NDArray[np.uint8],
    keys: NDArray[np.uint64],
    words: NDArray[np.uint64],
    shift: int,
    hits: NDArray[np.int64],
) -> int:
    """Find the first 60 bits of digests in hexadecimal or base64.

    Only runs of so many characters of base64, among which those of hexadecimal are, can hold a digest. Ten
    hexadecimal digits in a row are not looked at as base64, in which they begin a digest once in 40,000 times.

    Parameters
    ----------
    hex_value, base64_value : from `hex_values` and `base64_values`; keys, words, shift : as for `scan_raw_digests`.
    """
    count, runs = 0, base64_runs(data, base64_value, _BASE64_CHARS)
    for run in range(runs.shape[0]):
        nibbles, sextets, hex_run = np.uint64(0), np.uint64(0), 0
        for i in range(runs[run, 0], runs[run, 1]):
            nibble = hex_value[data[i]]
            hex_run = (hex_run + 1) * (nibble != 255)
            sextets = (sextets << np.uint64(6)) | np.uint64(base64_value[data[i]] & 63)
            nibbles = (nibbles << np.uint64(4)) | np.uint64(nibble & 15)
            if i - runs[run, 0] + 1 >= _BASE64_CHARS > hex_run:
                key = sextets & _SIXTY_BITS
                if may_hold(words, shift, key) and place_of(keys, key) >= 0:
                    count = note(hits, count, i + 1, _BASE64_CHARS, BASE64_DIGEST)
            if hex_run >= _HEX_CHARS:
                key = nibbles & _SIXTY_BITS
                if may_hold(words, shift, key) and place_of(keys, key) >= 0:
                    count = note(hits, count, i + 1, _HEX_CHARS, HEX_DIGEST)
    return count
