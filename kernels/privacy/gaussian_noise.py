"""Discrete Gaussian noise by inversion: exact, with one look into a table for each draw.

A random real number is drawn bit by bit, and its place among the cumulative probabilities looked up: 64
bits nearly always decide, and where they do not, as many more are drawn as it takes (Knuth and Yao 1976; the
distribution is that of Canonne, Kamath and Steinke 2020, The Discrete Gaussian for Differential Privacy).
The probabilities are computed in whole numbers with a bound on their error, so that every bit of the table
is right. Tried: their algorithm 3, rejection from discrete Laplace draws, takes 6 to 10 times as long.
"""

import numpy as np
from numpy.typing import NDArray

from kernels._jit import kernel
from kernels.privacy.exact_noise import next_bits, source_of

MAX_VARIANCE = 4_000_000
"""Of the Gaussian: the table then has some 40,000 rows."""

_WORD = 64
_GUARD = 128
_ERROR = 64
"""Bits of the table's numbers that rounding may have changed; see `_cumulative`."""

_GUIDE_BITS = 12


def discrete_gaussian(
    variance: int, key: NDArray[np.uint32], nonce: NDArray[np.uint32], count: int
) -> NDArray[np.int64]:
    """Draws with ``P(x)`` proportional to ``exp(-x**2 / (2 * variance))``.

    Parameters
    ----------
    variance : sigma squared, a whole number from 1 to `MAX_VARIANCE`.
    key : uint32[8], nonce : uint32[3] of ChaCha20; a pair is used for one array of noise only.

    Returns
    -------
    int64[count].
    """
    words = 4
    while True:
        table = cumulative_table(int(variance), words)
        drawn, is_decided = _inverted(table, _guide(table), key, nonce, count)
        if is_decided:
            return drawn
        words *= 2  # once in 2**200 draws: the same stream again, with more bits of each probability


def cumulative_table(variance: int, words: int) -> NDArray[np.uint64]:
    """First bits of ``P(|x| <= i)``: uint64[n, words], the highest first; rows until all bits are ones."""
    guard = _GUARD
    while True:
        bits = _WORD * words + guard
        found = _cumulative(variance, bits)
        low, high = ([(c + error) >> guard for c in found] for error in (-(1 << _ERROR), 1 << _ERROR))
        ones = (1 << _WORD * words) - 1
        end = next(i for i, c in enumerate(low) if c >= ones) + 1
        if low[: end - 1] == high[: end - 1]:
            rows = b"".join(min(c, ones).to_bytes(8 * words, "big") for c in low[:end])
            return np.frombuffer(rows, ">u8").astype(np.uint64).reshape(end, words)
        guard *= 2  # a probability so near to a round number that its rounding is not known yet


def _cumulative(variance: int, bits: int) -> list[int]:
    """``P(|x| <= i)`` in units of ``2**-bits``, for all i of which the weight is not 0 in these units.

    Each number is off by less than ``2**_ERROR`` units. With n rows, below 2**17, the powers of the ratio
    are off by 3 n units at most, weights by 3 n**2, their sum by 3 n**3 and the quotient by twice that.
    """
    one, ratio, term, n = 1 << bits, 0, 1 << bits, 0
    while term:  # exp(-1 / (2 variance)) by its series
        ratio += term if n % 2 == 0 else -term
        n += 1
        term //= 2 * variance * n
    square, power, weight = ratio * ratio >> bits, ratio, one
    sums = [one]
    while True:
        weight = weight * power >> bits
        if weight == 0:
            break
        power = power * square >> bits
        sums.append(sums[-1] + 2 * weight)
    assert len(sums) < 1 << 17, "the bound of the error holds for fewer rows"
    return [(c << bits) // sums[-1] for c in sums]


def _guide(table: NDArray[np.uint64]) -> NDArray[np.int64]:
    """First row that a number with given leading bits can fall into."""
    leading = np.arange(1 << _GUIDE_BITS, dtype=np.uint64) << np.uint64(_WORD - _GUIDE_BITS)
    return np.searchsorted(table[:, 0], leading).astype(np.int64)


@kernel
def _inverted(table, guide, key, nonce, count):  # type: ignore[no-untyped-def]
    """Draws, and whether the bits of the table decided all of them."""
    drawn = np.empty(count, np.int64)
    source = source_of(key, nonce)
    number = np.empty(table.shape[1], np.uint64)
    for i in range(count):
        number[0] = _next_word(source)
        row, known = guide[number[0] >> np.uint64(_WORD - _GUIDE_BITS)], 1
        while True:
            if number[0] < table[row, 0]:
                break
            if number[0] == table[row, 0]:
                side, known = _side(number, known, table[row], source)
                if side == 0:
                    return drawn, False
                if side < 0:
                    break
            row += 1
        drawn[i] = row if next_bits(source) & 1 == 0 else -row
    return drawn, True


@kernel
def _side(number, known, bound, source):  # type: ignore[no-untyped-def]
    """Whether a number lies below (-1) or above (1) a bound whose first word it shares; 0 if all are equal.

    Words of the number that nobody has looked at yet are drawn; returns also how many are known.
    """
    for word in range(1, bound.size):
        if word == known:
            number[word] = _next_word(source)
            known += 1
        if number[word] != bound[word]:
            return (-1 if number[word] < bound[word] else 1), known
    return 0, known


@kernel
def _next_word(source):  # type: ignore[no-untyped-def]
    return np.uint64(next_bits(source)) << np.uint64(32) | np.uint64(next_bits(source))
