import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from kernels.counter_random import exponential, mix, normal, stream, substream, uniform

_MASK = 2**64 - 1


def _slow_mix(bits: int) -> int:
    bits = ((bits ^ (bits >> 30)) * 0xBF58476D1CE4E5B9) & _MASK
    bits = ((bits ^ (bits >> 27)) * 0x94D049BB133111EB) & _MASK
    return bits ^ (bits >> 31)


def _numbers(draw, count=20_000):
    key = stream(7, 3, 11)
    return np.array([draw(key, n) for n in range(count)])


def test_first_numbers_are_those_of_splitmix64():
    # Reference output of the C implementation for seed 1234567 (Vigna, splitmix64.c).
    expected = [6457827717110365317, 3203168211198807973, 9817491932198370423]
    golden = 0x9E3779B97F4A7C15
    assert [_slow_mix((1234567 + (n + 1) * golden) & _MASK) for n in range(3)] == expected
    for n, bits in enumerate(expected):
        assert uniform(np.uint64(1234567), n) == ((bits >> 11) + 0.5) / 2**53


@given(st.integers(0, _MASK))
def test_mix_equals_its_slow_twin(bits):
    assert int(mix(np.uint64(bits))) == _slow_mix(bits)


def test_uniform_is_flat_and_never_0_or_1():
    numbers = _numbers(uniform)
    assert numbers.min() > 0.0
    assert numbers.max() < 1.0
    assert np.abs(np.histogram(numbers, 10, (0, 1))[0] / 2000 - 1).max() < 0.1


def test_normal_and_exponential_have_their_moments():
    z, e = _numbers(normal), _numbers(exponential)
    assert abs(z.mean()) < 0.03
    assert abs(z.std() - 1) < 0.03
    assert abs(e.mean() - 1) < 0.03


def test_streams_of_other_seeds_topics_and_people_differ():
    keys = {int(stream(s, t, i)) for s in range(5) for t in range(5) for i in range(200)}
    keys |= {int(substream(stream(1, 1, 1), day)) for day in range(200)}
    assert len(keys) == 5 * 5 * 200 + 200
