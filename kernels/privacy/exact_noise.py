"""Discrete Laplace noise by integer arithmetic alone.

Canonne, Kamath and Steinke 2020, The Discrete Gaussian for Differential Privacy (NeurIPS), algorithms
1 and 2. No floating point number takes part, so that the distribution is exact: rounding of floats has
broken differential privacy in practice (Mironov 2012, CCS). Random bits come from ChaCha20.
"""

import numpy as np
from numpy.typing import NDArray

from kernels._jit import kernel
from kernels.privacy.chacha import BUFFER_WORDS, LANES, chacha20_blocks

MAX_SCALE_PART = 1 << 31
"""Numerator and denominator of a Laplace scale stay below this."""

_WORD = 1 << 32
_HEAD = 16
_FACTORIAL_12 = 479_001_600


@kernel
def source_of(key: NDArray[np.uint32], nonce: NDArray[np.uint32]) -> NDArray[np.uint32]:
    """A stream of bits in one array: position, next block, key, nonce, then a buffer of key stream."""
    source = np.zeros(_HEAD + BUFFER_WORDS, np.uint32)
    source[0] = _HEAD + BUFFER_WORDS
    source[2:10], source[10:13] = key, nonce
    return source


@kernel
def _refill(source):  # type: ignore[no-untyped-def]
    """Next sixteen blocks."""
    chacha20_blocks(source[2:10], source[10:13], int(source[1]), source[_HEAD:])
    source[0] = _HEAD
    source[1] += np.uint32(LANES)


@kernel
def next_bits(source):  # type: ignore[no-untyped-def]
    """Next 32 bits."""
    at = int(source[0])
    if at == _HEAD + BUFFER_WORDS:
        _refill(source)
        at = _HEAD
    source[0] = at + 1
    return np.int64(source[at])


@kernel
def _below(size, source):  # type: ignore[no-untyped-def]
    """Uniform integer in ``range(size)``, exact, for 1 <= size < 2**62.

    Small sizes by multiplication and rejection (Lemire 2019, ACM TOMACS 29:3), others by masked rejection.
    """
    if size < _WORD:
        product = np.uint64(next_bits(source)) * np.uint64(size)
        if (product & np.uint64(_WORD - 1)) < np.uint64(size):
            least = np.uint64((_WORD - size) % size)
            while (product & np.uint64(_WORD - 1)) < least:
                product = np.uint64(next_bits(source)) * np.uint64(size)
        return np.int64(product >> np.uint64(32))
    mask = size - 1
    for shift in (1, 2, 4, 8, 16, 32):
        mask |= mask >> shift
    while True:
        high, low = next_bits(source), next_bits(source)
        drawn = ((high & np.int64(0x3FFFFFFF)) << 32 | low) & mask
        if drawn < size:
            return drawn


@kernel
def _exp_of_fraction(numerator, denominator, source):  # type: ignore[no-untyped-def]
    """Bernoulli(exp(-numerator / denominator)) for a fraction of 0 to 1 (algorithm 1)."""
    k = 1
    while _below(denominator * k, source) < numerator:
        k += 1
    return k % 2 == 1


@kernel
def _exp_of_minus_one(source):  # type: ignore[no-untyped-def]
    """Bernoulli(1 / e): algorithm 1 for the fraction 1 out of one draw.

    Its trials succeed with 1/1, 1/2, 1/3 ..., so that more than k succeed with 1/k!: the case if a number
    drawn below 12! is below 12!/k!.
    """
    drawn = _below(_FACTORIAL_12, source)
    k, least = 1, _FACTORIAL_12
    while drawn < least and k < 12:
        k += 1
        least //= k
    if drawn >= least:
        return k % 2 == 1
    k = 13
    while _below(k, source) == 0:
        k += 1
    return k % 2 == 1


@kernel
def _laplace(t, s, source):  # type: ignore[no-untyped-def]
    """One draw with P(x) proportional to exp(-|x| s / t) (algorithm 2; sign and u come from one draw)."""
    while True:
        u = _below(2 * t, source)
        negative, u = u & 1, u >> 1
        if u > 0 and not _exp_of_fraction(u, t, source):
            continue
        v = 0
        while _exp_of_minus_one(source):
            v += 1
        size = (u + t * v) // s
        if negative == 0:
            return size
        if size > 0:
            return -size


@kernel
def discrete_laplace(
    numerator: int, denominator: int, key: NDArray[np.uint32], nonce: NDArray[np.uint32], count: int
) -> NDArray[np.int64]:
    """Draws with ``P(x)`` proportional to ``exp(-|x| * denominator / numerator)``.

    Parameters
    ----------
    numerator, denominator : the scale as a fraction, each from 1 to `MAX_SCALE_PART` - 1.
    key : uint32[8], nonce : uint32[3] of ChaCha20; a pair is used for one array of noise only.

    Returns
    -------
    int64[count].
    """
    drawn = np.empty(count, np.int64)
    source = source_of(key, nonce)
    for i in range(count):
        drawn[i] = _laplace(numerator, denominator, source)
    return drawn
