"""Random numbers by counter, so that chunks and threads change nothing.

The generator is SplitMix64 (Steele, Lea and Flood, OOPSLA 2014): number `n` of a stream is a hash of
the stream's key and `n`. A person's stream depends on the seed, a topic and the person only, so people
can be simulated in any order, in any number of pieces.
"""

import numpy as np

from kernels._jit import kernel

_GOLDEN = np.uint64(0x9E3779B97F4A7C15)
_FIRST = np.uint64(0xBF58476D1CE4E5B9)
_SECOND = np.uint64(0x94D049BB133111EB)
_HALF = 0.5
_TO_UNIT = 1.0 / 9007199254740992.0  # 2**-53


@kernel
def mix(bits: np.uint64) -> np.uint64:
    """Finalizer of SplitMix64: a bijection of 64 bits that hides any structure."""
    bits = (bits ^ (bits >> np.uint64(30))) * _FIRST
    bits = (bits ^ (bits >> np.uint64(27))) * _SECOND
    return bits ^ (bits >> np.uint64(31))


@kernel
def stream(seed: int, topic: int, index: int) -> np.uint64:
    """Key of the stream of `index` (a person, a place) for one topic."""
    key = mix(np.uint64(seed) + _GOLDEN)
    key = mix(key + np.uint64(topic) * _SECOND)
    return mix(key + np.uint64(index) * _FIRST)


@kernel
def substream(key: np.uint64, index: int) -> np.uint64:
    """Key of a stream within a stream: a day of a person."""
    return mix(mix(key) + np.uint64(index) * _FIRST)


@kernel
def uniform(key: np.uint64, n: int) -> float:
    """Number `n` of the stream, uniform in the open interval (0, 1)."""
    bits = mix(key + (np.uint64(n) + np.uint64(1)) * _GOLDEN)
    return (np.float64(bits >> np.uint64(11)) + _HALF) * _TO_UNIT


@kernel
def exponential(key: np.uint64, n: int) -> float:
    """Exponential with mean 1 from number `n` of the stream."""
    return -np.log(uniform(key, n))


@kernel
def normal(key: np.uint64, n: int) -> float:
    """Standard normal from numbers 2n and 2n + 1 of the stream (Box and Muller 1958)."""
    radius = np.sqrt(-2.0 * np.log(uniform(key, 2 * n)))
    return radius * np.cos(2.0 * np.pi * uniform(key, 2 * n + 1))
