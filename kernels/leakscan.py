"""Search bytes for any of many identifiers: as digits, as packed numbers, as digests, as text.

Each kernel passes over the bytes once and keeps what it has seen in registers. A value is first looked up
in a small filter, and only if that lets it pass in the sorted list of what is sought.
"""

import numpy as np
from numpy.typing import NDArray

from kernels._jit import kernel

DIGITS, SPACED, PACKED, DOUBLE, HEX_DIGEST, RAW_DIGEST, BASE64_DIGEST, TEXT, INSIDE = range(9)
MOST_DIGITS = 18
LONGEST_GAP = 2
_MULTIPLIER = np.uint64(0x9E3779B97F4A7C15)
_HEX_CHARS, _BASE64_CHARS, _DIGEST_BYTES = 15, 10, 16
_BIT_STEPS = (4, 12, 20, 28)
_SIXTY_BITS = np.uint64((1 << 60) - 1)

DIGIT_CLASS, GAP_CLASS = 10, 11


def character_classes() -> NDArray[np.uint8]:
    """Value of a digit; 11 for what may stand between digits of a number; 255 for all else.

    Between digits: space, hyphen, dot, slash, brackets, no-break space (Latin-1 and UTF-8), and NUL, which
    stands between characters in UTF-16.
    """
    classes = np.full(256, 255, np.uint8)
    classes[48:58] = np.arange(10)
    for octet in (0x00, 0x20, 0x28, 0x29, 0x2D, 0x2E, 0x2F, 0xA0, 0xC2):
        classes[octet] = GAP_CLASS
    return classes


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


def filter_of(keys: NDArray[np.uint64]) -> tuple[NDArray[np.uint64], int]:
    """Bloom filter in which the bits of a key share one word, and the shift that finds the word.

    Four bits a key in a word of 64, ten bits of room a key at least: one key in 50 that is not sought passes
    at most, for one read of memory (Putze, Sanders, Singler, JEA 14, 2010: blocked Bloom filters).
    """
    bits = max(9, int(np.ceil(np.log2(max(keys.size, 1) / 6))))
    words = np.zeros(1 << bits, np.uint64)
    mixed = keys * _MULTIPLIER
    one = np.uint64(1)
    mask = np.zeros(keys.size, np.uint64)
    for step in _BIT_STEPS:
        mask |= one << ((mixed >> np.uint64(step)) & np.uint64(63))
    np.bitwise_or.at(words, (mixed >> np.uint64(64 - bits)).astype(np.int64), mask)
    return words, 64 - bits


@kernel
def _may_hold(words: NDArray[np.uint64], shift: int, key: np.uint64) -> bool:
    mixed = key * _MULTIPLIER
    one, low = np.uint64(1), np.uint64(63)
    mask = one << ((mixed >> np.uint64(4)) & low)
    mask |= one << ((mixed >> np.uint64(12)) & low)
    mask |= one << ((mixed >> np.uint64(20)) & low)
    mask |= one << ((mixed >> np.uint64(28)) & low)
    return words[mixed >> np.uint64(shift)] & mask == mask


@kernel
def _index(keys: NDArray[np.uint64], key: np.uint64) -> int:
    """Position of a key in a sorted list, -1 if it is not there."""
    low, high = 0, keys.size
    while low < high:
        middle = (low + high) >> 1
        if keys[middle] < key:
            low = middle + 1
        else:
            high = middle
    return low if low < keys.size and keys[low] == key else -1


@kernel
def _note(hits: NDArray[np.int64], count: int, end: int, length: int, kind: int) -> int:
    if count < hits.shape[0]:
        hits[count, 0], hits[count, 1], hits[count, 2] = end - length, end, kind
    return count + 1


@kernel
def _stands_alone(data: NDArray[np.uint8], classes: NDArray[np.uint8], first: int, end: int) -> bool:
    """Whether no digit stands beside a number, but for ``00`` before it."""
    if end < data.size and classes[data[end]] <= 9:
        return False
    if first == 0 or classes[data[first - 1]] > 9:
        return True
    zeros = first >= 2 and data[first - 1] == 48 and data[first - 2] == 48
    return zeros and (first == 2 or classes[data[first - 3]] > 9)


@kernel
def scan_digits(
    data: NDArray[np.uint8],
    classes: NDArray[np.uint8],
    keys: NDArray[np.uint64],
    words: NDArray[np.uint64],
    shift: int,
    lengths: NDArray[np.int64],
    hits: NDArray[np.int64],
    windows: NDArray[np.int64],
) -> int:
    """Find numbers of given lengths anywhere in runs of digits, gaps of up to two characters allowed.

    A number that stands alone, or after ``00``, is `DIGITS`; one inside of a longer number is `INSIDE`;
    one with gaps is `SPACED`. The last two also come about by chance: `windows` tells how often.

    Parameters
    ----------
    classes : from `character_classes`.
    keys : uint64[n], sorted: ``10**length + number`` of each identifier, up to 18 digits.
    words, shift : from `filter_of(keys)`.
    lengths : int64[m], the lengths in digits, ascending.
    hits : int64[most, 3], filled with first byte, end and kind of what is found.
    windows : int64[m], to which is added how many numbers of each length were looked up.

    Returns
    -------
    how many were found, also beyond what `hits` takes.
    """
    powers = np.empty(MOST_DIGITS + 1, np.uint64)
    powers[0] = 1
    for i in range(MOST_DIGITS):
        powers[i + 1] = powers[i] * np.uint64(10)
    last = powers[MOST_DIGITS - 1]
    shortest = lengths[0]
    position = np.zeros(32, np.int64)
    digit = np.zeros(32, np.uint64)
    value = np.uint64(0)
    run, gap, count = 0, 0, 0
    for i in range(data.size):
        kind = classes[data[i]]
        if kind > 9:
            if run:
                gap += 1
                if kind != GAP_CLASS or gap > LONGEST_GAP:
                    run, gap, value = 0, 0, np.uint64(0)
            continue
        gap = 0
        d = np.uint64(kind)
        if run >= MOST_DIGITS:
            value -= digit[(run - MOST_DIGITS) & 31] * last
        value = value * np.uint64(10) + d
        digit[run & 31], position[run & 31] = d, i
        run += 1
        if run < shortest:
            continue
        for number in range(lengths.size):
            length = lengths[number]
            if length > run:
                break
            windows[number] += 1
            key = powers[length] + value % powers[length]
            if _may_hold(words, shift, key) and _index(keys, key) >= 0:
                first = position[(run - length) & 31]
                found = SPACED if i + 1 - first != length else INSIDE
                if found == INSIDE and _stands_alone(data, classes, first, i + 1):
                    found = DIGITS
                count = _note(hits, count, i + 1, i + 1 - first, found)
    return count


@kernel
def _digits_of(value: np.uint64) -> int:
    digits = 1
    while value >= np.uint64(10):
        value //= np.uint64(10)
        digits += 1
    return digits


@kernel
def _is_number_sought(keys: NDArray[np.uint64], value: np.uint64) -> bool:
    power = np.uint64(1)
    for _ in range(_digits_of(value)):
        power *= np.uint64(10)
    return _index(keys, power + value) >= 0


@kernel
def scan_packed(
    data: NDArray[np.uint8],
    keys: NDArray[np.uint64],
    low: np.uint64,
    high: np.uint64,
    low_bits: np.uint64,
    high_bits: np.uint64,
    hits: NDArray[np.int64],
) -> int:
    """Find identifiers as 64-bit integers in either byte order, or as doubles, at any byte.

    Parameters
    ----------
    keys : as for `scan_digits`.
    low, high : smallest and largest number sought; low_bits, high_bits : the same as bits of doubles, which
        are in the order of the numbers.
    """
    count = 0
    big, little = np.uint64(0), np.uint64(0)
    span, span_bits = high - low, high_bits - low_bits
    word = np.empty(1, np.uint64)
    for i in range(data.size):
        octet = np.uint64(data[i])
        big = (big << np.uint64(8)) | octet
        little = (little >> np.uint64(8)) | (octet << np.uint64(56))
        if i < 7:
            continue
        if (big - low <= span and _is_number_sought(keys, big)) or (
            little - low <= span and _is_number_sought(keys, little)
        ):
            count = _note(hits, count, i + 1, 8, PACKED)
        elif little - low_bits <= span_bits:
            word[0] = little
            number = word.view(np.float64)[0]
            if number == np.floor(number) and _is_number_sought(keys, np.uint64(number)):
                count = _note(hits, count, i + 1, 8, DOUBLE)
    return count


@kernel
def scan_digests(
    data: NDArray[np.uint8],
    hex_value: NDArray[np.uint8],
    base64_value: NDArray[np.uint8],
    keys: NDArray[np.uint64],
    words: NDArray[np.uint64],
    shift: int,
    hits: NDArray[np.int64],
) -> int:
    """Find the first 60 bits of digests: as bytes, in hexadecimal, or in base64.

    Sixteen bytes are not looked at as a digest where all of them are ASCII, which those of a digest are once
    in 65,000 times: text is passed over quickly.

    Parameters
    ----------
    hex_value, base64_value : from `hex_values` and `base64_values`.
    keys : uint64[n], sorted, the first 60 bits of each digest as a number.
    """
    count = 0
    raw, before, nibbles, sextets = np.uint64(0), np.uint64(0), np.uint64(0), np.uint64(0)
    hex_run, base64_run, ascii_run = 0, 0, 0
    for i in range(data.size):
        octet = data[i]
        before = (before << np.uint64(8)) | (raw >> np.uint64(56))
        raw = (raw << np.uint64(8)) | np.uint64(octet)
        ascii_run = (ascii_run + 1) * (octet < 128)
        sextet, nibble = base64_value[octet], hex_value[octet]
        # Without branches: whether a random byte is such a character cannot be foreseen.
        base64_run = (base64_run + 1) * (sextet != 255)
        hex_run = (hex_run + 1) * (nibble != 255)
        sextets = (sextets << np.uint64(6)) | np.uint64(sextet & 63)
        nibbles = (nibbles << np.uint64(4)) | np.uint64(nibble & 15)
        if ascii_run < _DIGEST_BYTES:
            key = before >> np.uint64(4)
            if _may_hold(words, shift, key) and i >= _DIGEST_BYTES - 1 and _index(keys, key) >= 0:
                count = _note(hits, count, i + 1, _DIGEST_BYTES, RAW_DIGEST)
        if base64_run >= _BASE64_CHARS:
            key = sextets & _SIXTY_BITS
            if _may_hold(words, shift, key) and _index(keys, key) >= 0:
                count = _note(hits, count, i + 1, _BASE64_CHARS, BASE64_DIGEST)
        if hex_run >= _HEX_CHARS:
            key = nibbles & _SIXTY_BITS
            if _may_hold(words, shift, key) and _index(keys, key) >= 0:
                count = _note(hits, count, i + 1, _HEX_CHARS, HEX_DIGEST)
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
    """Find what `scan_digests` does where all bytes are ASCII.

    Only runs of so many characters of base64, among which those of hexadecimal are, can hold a digest; each
    such run covers a byte whose place is a multiple of its least length, so that only these are looked at.
    """
    count, i = 0, _BASE64_CHARS - 1
    while i < data.size:
        if base64_value[data[i]] == 255:
            i += _BASE64_CHARS
            continue
        first, end = i, i + 1
        while first > 0 and base64_value[data[first - 1]] != 255:
            first -= 1
        while end < data.size and base64_value[data[end]] != 255:
            end += 1
        if end - first >= _BASE64_CHARS:
            count = _digests_in_run(
                data, first, end, hex_value, base64_value, keys, words, shift, hits, count
            )
        i += _BASE64_CHARS * ((end - i) // _BASE64_CHARS + 1)
    return count


@kernel
def _digests_in_run(data, first, end, hex_value, base64_value, keys, words, shift, hits, count):  # type: ignore[no-untyped-def]
    nibbles, sextets, hex_run = np.uint64(0), np.uint64(0), 0
    for i in range(first, end):
        nibble = hex_value[data[i]]
        hex_run = (hex_run + 1) * (nibble != 255)
        sextets = (sextets << np.uint64(6)) | np.uint64(base64_value[data[i]] & 63)
        nibbles = (nibbles << np.uint64(4)) | np.uint64(nibble & 15)
        if i - first + 1 >= _BASE64_CHARS:
            key = sextets & _SIXTY_BITS
            if _may_hold(words, shift, key) and _index(keys, key) >= 0:
                count = _note(hits, count, i + 1, _BASE64_CHARS, BASE64_DIGEST)
        if hex_run >= _HEX_CHARS:
            key = nibbles & _SIXTY_BITS
            if _may_hold(words, shift, key) and _index(keys, key) >= 0:
                count = _note(hits, count, i + 1, _HEX_CHARS, HEX_DIGEST)
    return count


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
        if i < anchor_bytes - 1 or not _may_hold(words, shift, key):
            continue
        at = _index(anchors, key)
        first = i - anchor_bytes + 1
        while 0 <= at < anchors.size and anchors[at] == key:
            start, end = offsets[order[at]], offsets[order[at] + 1]
            same = first + end - start <= data.size
            k = anchor_bytes
            while same and k < end - start:
                same = data[first + k] == text[start + k]
                k += 1
            if same:
                count = _note(hits, count, first + end - start, end - start, TEXT)
            at += 1
    return count


@kernel
def base64_runs(data: NDArray[np.uint8], base64_value: NDArray[np.uint8], shortest: int) -> NDArray[np.int64]:
    """First byte and end of each run of base64 characters of some length: int64[n, 2]."""
    runs = np.empty((data.size // (shortest + 1) + 1, 2), np.int64)
    found, first = 0, -1
    for i in range(data.size + 1):
        inside = i < data.size and base64_value[data[i]] != 255
        if inside and first < 0:
            first = i
        elif not inside and first >= 0:
            if i - first >= shortest:
                runs[found, 0], runs[found, 1] = first, i
                found += 1
            first = -1
    return runs[:found]
