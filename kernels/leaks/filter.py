"""What every search for identifiers shares: the forms they are found in, and a quick look at who is sought.

A value is first looked up in a small filter, and only if that lets it pass in the sorted list of what is
sought.
"""

import numpy as np
from numpy.typing import NDArray

from kernels._jit import kernel

DIGITS, SPACED, PACKED, DOUBLE, HEX_DIGEST, RAW_DIGEST, BASE64_DIGEST, TEXT, INSIDE, NUMBER = range(10)
"""Forms: digits alone, with gaps, 64-bit integer in bytes, double, digests, text, digits inside of a longer
number, number of a column."""

_MULTIPLIER = np.uint64(0x9E3779B97F4A7C15)
_BIT_STEPS = (4, 12, 20, 28)


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
def powers_of_ten() -> NDArray[np.uint64]:
    """Those that 64 bits hold: uint64[20]."""
    powers = np.ones(20, np.uint64)
    for i in range(1, powers.size):
        powers[i] = powers[i - 1] * np.uint64(10)
    return powers


@kernel
def may_hold(words: NDArray[np.uint64], shift: int, key: np.uint64) -> bool:
    """Whether a key may be among those that a filter of `filter_of` was made of."""
    mixed = key * _MULTIPLIER
    one, low = np.uint64(1), np.uint64(63)
    mask = one << ((mixed >> np.uint64(4)) & low)
    mask |= one << ((mixed >> np.uint64(12)) & low)
    mask |= one << ((mixed >> np.uint64(20)) & low)
    mask |= one << ((mixed >> np.uint64(28)) & low)
    return words[mixed >> np.uint64(shift)] & mask == mask


@kernel
def place_of(keys: NDArray[np.uint64], key: np.uint64) -> int:
    """Position of a key in a sorted list, -1 if it is not there: asked after `may_hold`, beside it.

    Tried: both in one function, which costs 10 ns a byte of text, since Numba counts references to its arrays.
    """
    low, high = 0, keys.size
    while low < high:
        middle = (low + high) >> 1
        if keys[middle] < key:
            low = middle + 1
        else:
            high = middle
    return low if low < keys.size and keys[low] == key else -1


@kernel
def reach_of(
    keys: NDArray[np.uint64], lengths: NDArray[np.int64]
) -> tuple[NDArray[np.uint64], NDArray[np.uint64]]:
    """Smallest number sought of each length, and how far the largest is from it.

    Numbers of subscribers begin alike: most others are told by two comparisons, without the filter.

    Parameters
    ----------
    keys : uint64[n], sorted, ``10**length + number``; lengths : int64[m], ascending, each of some key.
    """
    first, span = np.empty(lengths.size, np.uint64), np.empty(lengths.size, np.uint64)
    at = 0
    for number in range(lengths.size):
        power = powers_of_ten()[lengths[number]]
        first[number] = keys[at] - power
        while at < keys.size and keys[at] < np.uint64(2) * power:
            at += 1
        span[number] = keys[at - 1] - power - first[number]
    return first, span


@kernel
def note(hits: NDArray[np.int64], count: int, end: int, length: int, kind: int) -> int:
    """Write down first byte, end and form of what is found, if there is room; how many there are now."""
    if count < hits.shape[0]:
        hits[count, 0], hits[count, 1], hits[count, 2] = end - length, end, kind
    return count + 1
