"""ChaCha20 by the vectors of RFC 8439; noise by its closed form. Seeds are fixed, so nothing flickers."""

import math
from decimal import Decimal, localcontext
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kernels.privacy.chacha import BUFFER_WORDS, chacha20_blocks
from kernels.privacy.exact_noise import discrete_laplace, source_of
from kernels.privacy.gaussian_noise import MAX_VARIANCE, _side, cumulative_table, discrete_gaussian

KEY = np.arange(8, dtype=np.uint32)
NONCE = np.zeros(3, np.uint32)


def blocks(key: bytes, nonce: bytes, counter: int) -> bytes:
    out = np.empty(BUFFER_WORDS, np.uint32)
    chacha20_blocks(np.frombuffer(key, np.uint32), np.frombuffer(nonce, np.uint32), counter, out)
    return out.tobytes()


def test_chacha20_block_of_rfc_8439_section_2_3_2():
    block = blocks(bytes(range(32)), bytes.fromhex("000000090000004a00000000"), 1)[:64]
    assert block.hex() == (
        "10f1e7e4d13b5915500fdd1fa32071c4c7d1f4c733c068030422aa9ac3d46c4e"
        "d2826446079faa0914c2d705d98b02a2b5129cd1de164eb9cbd083e8a2503c4e"
    )


def test_chacha20_blocks_of_rfc_8439_appendix_a_1():
    both = blocks(bytes(32), bytes(12), 0)
    assert both[:64].hex().startswith("76b8e0ada0f13d90405d6ae55386bd28bdd219b8a08ded1aa836efcc8b770dc7")
    assert both[64:128].hex().startswith("9f07e7be5551387a98ba977c732d080dcb0f29a048e3656912c6533e32ee7aed")


@pytest.mark.parametrize("counter", [0, 2**32 - 16])
def test_chacha20_is_that_of_a_library(counter):
    from cryptography.hazmat.primitives.ciphers import Cipher, algorithms

    key, nonce = bytes(range(7, 39)), bytes(range(12))
    cipher = Cipher(algorithms.ChaCha20(key, counter.to_bytes(4, "little") + nonce), mode=None)
    assert blocks(key, nonce, counter) == cipher.encryptor().update(bytes(1024))


def chi_square_p(draws: np.ndarray, weight: np.ndarray) -> float:
    """Of draws -m..m against weights; the tails beyond are one class. Wilson-Hilferty approximation."""
    m = weight.size // 2
    inside = np.abs(draws) <= m
    counted = np.append(np.bincount(draws[inside] + m, minlength=weight.size), (~inside).sum())
    expected = np.append(weight, 1 - weight.sum()) * draws.size
    assert expected.min() > 5
    statistic, freedom = ((counted - expected) ** 2 / expected).sum(), expected.size - 1
    z = ((statistic / freedom) ** (1 / 3) - (1 - 2 / (9 * freedom))) / math.sqrt(2 / (9 * freedom))
    return 0.5 * math.erfc(z / math.sqrt(2))


def laplace_weights(scale: Fraction, m: int) -> np.ndarray:
    q = math.exp(-1 / scale)
    return (1 - q) / (1 + q) * q ** np.abs(np.arange(-m, m + 1))


def gaussian_weights(variance: int, m: int) -> np.ndarray:
    far = np.arange(-20 * m, 20 * m + 1)
    return np.exp(-(np.arange(-m, m + 1) ** 2) / (2 * variance)) / np.exp(-(far**2) / (2 * variance)).sum()


@pytest.mark.parametrize("scale", [Fraction(6), Fraction(20, 3), Fraction(1, 2), Fraction(97, 100)])
def test_laplace_noise_has_its_distribution(scale):
    draws = discrete_laplace(scale.numerator, scale.denominator, KEY, NONCE, 400_000)
    m = max(1, int(6 * scale))
    assert chi_square_p(draws, laplace_weights(scale, m)) > 0.01
    assert chi_square_p(draws, laplace_weights(scale * Fraction(103, 100), m)) < 0.01


@pytest.mark.parametrize("variance", [1, 7, 400])
def test_gaussian_noise_has_its_distribution(variance):
    draws = discrete_gaussian(variance, KEY, NONCE, 400_000)
    m = int(3 * math.sqrt(variance))
    assert chi_square_p(draws, gaussian_weights(variance, m)) > 0.01


@pytest.mark.parametrize(("variance", "words"), [(1, 2), (7, 4), (40_000, 3)])
def test_every_bit_of_the_gaussian_table_is_right(variance, words):
    with localcontext() as context:
        context.prec = 150
        far = int(math.sqrt(2 * variance * 400)) + 2
        weights = [(-Decimal(x * x) / (2 * variance)).exp() for x in range(far)]
        total, below = 2 * sum(weights) - 1, Decimal(0)
        table = cumulative_table(variance, words)
        for row in range(0, len(table) - 1, max(1, len(table) // 50)):
            below = (2 * sum(weights[: row + 1]) - 1) / total
            expected = int(below * (1 << 64 * words))
            assert expected == int.from_bytes(table[row].astype(">u8").tobytes(), "big")
    assert (table[-1] == np.uint64(2**64 - 1)).all()


def test_a_draw_that_the_first_bits_leave_open_is_decided_by_more():
    bound, sides = np.array([5, 1 << 63], np.uint64), []
    stream = source_of(KEY, NONCE)
    for _ in range(200):
        number = np.array([5, 0], np.uint64)
        side, known = _side(number, 1, bound, stream)
        assert known == 2
        assert side == (-1 if number[1] < bound[1] else 1)
        sides.append(side)
    assert 60 < sides.count(-1) < 140
    assert _side(np.array([5, 7], np.uint64), 2, bound, stream) == (-1, 2)
    assert _side(bound.copy(), 2, bound, stream) == (0, 2)


def test_gaussian_noise_of_the_greatest_variance_stays_within_64_bits():
    draws = discrete_gaussian(MAX_VARIANCE, KEY, NONCE, 20_000)
    assert draws.std() == pytest.approx(math.sqrt(MAX_VARIANCE), rel=0.03)
    assert abs(draws.mean()) < 5 * math.sqrt(MAX_VARIANCE / draws.size)


@settings(max_examples=20, derandomize=True)
@given(st.integers(1, 2**31 - 1), st.integers(1, 2**31 - 1))
def test_any_scale_of_the_allowed_range_has_its_mean_size(numerator, denominator):
    draws = discrete_laplace(numerator, denominator, KEY, NONCE, 4_000)
    q = math.exp(-denominator / numerator)
    mean = 2 * q / (1 - q * q) if q < 1 else math.inf
    spread = math.sqrt(2 * q) / (1 - q)
    assert abs(np.abs(draws).mean() - mean) <= 6 * spread / math.sqrt(draws.size) + 0.02


def test_other_keys_and_nonces_give_other_noise_and_equal_ones_the_same():
    base = discrete_laplace(5, 1, KEY, NONCE, 1_000)
    assert np.array_equal(base, discrete_laplace(5, 1, KEY, NONCE, 1_000))
    assert not np.array_equal(base, discrete_laplace(5, 1, KEY + np.uint32(1), NONCE, 1_000))
    assert not np.array_equal(base, discrete_laplace(5, 1, KEY, NONCE + np.uint32(1), 1_000))
