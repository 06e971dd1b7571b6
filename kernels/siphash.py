"""SipHash-2-4 with 64-bit output, a keyed hash for short inputs (Aumasson & Bernstein 2012)."""

import numpy as np
from numpy.typing import NDArray

from kernels._jit import kernel

_C0 = np.uint64(0x736F6D6570736575)
_C1 = np.uint64(0x646F72616E646F6D)
_C2 = np.uint64(0x6C7967656E657261)
_C3 = np.uint64(0x7465646279746573)
_FINISH = np.uint64(0xFF)
_EIGHT_BYTES = np.uint64(8 << 56)


_MOST_PARTS = 1 << 20
"""Parts up to which a half of a hash before a remainder is a number that a float holds."""


@kernel
def _rotl(x: np.uint64, n: int) -> np.uint64:
    return np.uint64((x << np.uint64(n)) | (x >> np.uint64(64 - n)))


@kernel
def _round(
    v0: np.uint64, v1: np.uint64, v2: np.uint64, v3: np.uint64
) -> tuple[np.uint64, np.uint64, np.uint64, np.uint64]:
    v0, v2 = v0 + v1, v2 + v3
    v1, v3 = _rotl(v1, 13) ^ v0, _rotl(v3, 16) ^ v2
    v0 = _rotl(v0, 32)
    v2, v0 = v2 + v1, v0 + v3
    v1, v3 = _rotl(v1, 17) ^ v2, _rotl(v3, 21) ^ v0
    return v0, v1, _rotl(v2, 32), v3


@kernel
def _finish(v0: np.uint64, v1: np.uint64, v2: np.uint64, v3: np.uint64) -> np.uint64:
    v2 = v2 ^ _FINISH
    for _ in range(4):
        v0, v1, v2, v3 = _round(v0, v1, v2, v3)
    return np.uint64(v0 ^ v1 ^ v2 ^ v3)


@kernel
def _absorb(
    v0: np.uint64, v1: np.uint64, v2: np.uint64, v3: np.uint64, word: np.uint64
) -> tuple[np.uint64, np.uint64, np.uint64, np.uint64]:
    v0, v1, v2, v3 = _round(v0, v1, v2, v3 ^ word)
    v0, v1, v2, v3 = _round(v0, v1, v2, v3)
    return v0 ^ word, v1, v2, v3


@kernel
def siphash_words(key: NDArray[np.uint64], words: NDArray[np.uint64]) -> NDArray[np.uint64]:
    """Hash of each word, taken as eight bytes, low byte first.

    Parameters
    ----------
    key : uint64[2]; words : uint64[n].

    Returns
    -------
    uint64[n].
    """
    out = np.empty(words.size, np.uint64)
    # With the key outside of the loop, LLVM hashes eight words at once.
    k0, k1, k2, k3 = key[0] ^ _C0, key[1] ^ _C1, key[0] ^ _C2, key[1] ^ _C3
    for i in range(words.size):
        v0, v1, v2, v3 = _absorb(k0, k1, k2, k3, words[i])
        v0, v1, v2, v3 = _absorb(v0, v1, v2, v3, _EIGHT_BYTES)
        out[i] = _finish(v0, v1, v2, v3)
    return out


@kernel
def siphash_parts(key: NDArray[np.uint64], words: NDArray[np.uint64], parts: int) -> NDArray[np.int32]:
    """Remainder of each word's hash when divided by a number of parts.

    Parameters
    ----------
    key : uint64[2]; words : uint64[n]; parts : at least 1.

    Returns
    -------
    int32[n].
    """
    out = np.zeros(words.size, np.int32)
    if parts > _MOST_PARTS:
        hashes = siphash_words(key, words)
        for i in range(words.size):
            out[i] = np.int32(hashes[i] % np.uint64(parts))
    elif parts > 1:
        hashes = siphash_words(key, words)
        for i in range(words.size):
            high = _remainder(np.int64(hashes[i] >> np.uint64(32)), parts)
            low = np.int64(hashes[i] & np.uint64(0xFFFFFFFF))
            out[i] = np.int32(_remainder((high << 32) | low, parts))
    return out


@kernel
def _remainder(value: np.int64, divisor: int) -> np.int64:
    """``value % divisor`` for numbers below 2**52, without a division of integers: several at a time."""
    rest = value - np.int64(np.float64(value) / np.float64(divisor)) * divisor
    rest += divisor if rest < 0 else 0
    return np.int64(rest - (divisor if rest >= divisor else 0))


@kernel
def siphash_texts(
    key: NDArray[np.uint64], data: NDArray[np.uint8], offsets: NDArray[np.int64]
) -> NDArray[np.uint64]:
    """Hash of each text.

    Parameters
    ----------
    key : uint64[2]; data : uint8[total]; offsets : int64[n + 1].

    Returns
    -------
    uint64[n].
    """
    out = np.empty(offsets.size - 1, np.uint64)
    for i in range(out.size):
        start, end = offsets[i], offsets[i + 1]
        v0, v1, v2, v3 = key[0] ^ _C0, key[1] ^ _C1, key[0] ^ _C2, key[1] ^ _C3
        whole = end - (end - start) % 8
        for at in range(start, whole, 8):
            v0, v1, v2, v3 = _absorb(v0, v1, v2, v3, _word(data, at, at + 8))
        last = _word(data, whole, end) | (np.uint64((end - start) & 255) << np.uint64(56))
        v0, v1, v2, v3 = _absorb(v0, v1, v2, v3, last)
        out[i] = _finish(v0, v1, v2, v3)
    return out


@kernel
def _word(data: NDArray[np.uint8], start: int, end: int) -> np.uint64:
    """Up to eight bytes as a number, low byte first."""
    word = np.uint64(0)
    for at in range(start, end):
        word |= np.uint64(data[at]) << np.uint64(8 * (at - start))
    return word
