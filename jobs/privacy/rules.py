"""What is done to counts before they are published, as attacks simulate it."""

from dataclasses import dataclass
from fractions import Fraction
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from jobs.privacy.traces import Points
from kernels.privacy.contributions import kept_contributions
from kernels.privacy.exact_noise import discrete_laplace
from kernels.privacy.posting_lists import inverted_index


class Rule(Protocol):
    """A way of publishing counts of people."""

    def limited(self, points: Points) -> Points:
        """What of each person's points is counted."""

    def published(self, counts: NDArray[np.integer], seed: int) -> NDArray[np.int64]:
        """Counts as they leave; a count that is withheld is 0."""


@dataclass(frozen=True)
class AsTheyAre:
    """No rule: the control of attacks."""

    def limited(self, points: Points) -> Points:
        return points

    def published(self, counts: NDArray[np.integer], seed: int) -> NDArray[np.int64]:
        return np.asarray(counts, np.int64)


@dataclass(frozen=True)
class Threshold:
    """Counts of fewer than k people are withheld."""

    k: int

    def limited(self, points: Points) -> Points:
        return points

    def published(self, counts: NDArray[np.integer], seed: int) -> NDArray[np.int64]:
        return np.where(counts >= self.k, counts, 0).astype(np.int64)


@dataclass(frozen=True)
class NoisyCounts:
    """Up to `cap` points of each person are counted, with discrete Laplace noise and a threshold.

    Differential privacy as `jobs.privacy.dp` does it, but for its noise, whose seed is known here: this
    is for simulating, not for publishing.
    """

    epsilon: Fraction
    cap: int
    least: int

    def limited(self, points: Points) -> Points:
        return with_cap(points, self.cap, 1)

    def published(self, counts: NDArray[np.integer], seed: int) -> NDArray[np.int64]:
        scale = Fraction(self.cap) / self.epsilon
        key = np.arange(8, dtype=np.uint32)
        nonce = np.array([seed & 0xFFFFFFFF, seed >> 32, 0], np.uint32)
        noise = discrete_laplace(scale.numerator, scale.denominator, key, nonce, counts.size)
        noisy = counts + noise.reshape(counts.shape)
        return np.where(noisy >= self.least, noisy, 0).astype(np.int64)


def with_cap(points: Points, cap: int, seed: int) -> Points:
    """Up to `cap` points of each person, drawn at random."""
    size = np.diff(points.user_start)
    kept = kept_contributions(points.user_start, np.arange(size.size, dtype=np.uint64), cap, seed)
    start = np.concatenate([[0], np.cumsum(np.minimum(size, cap))]).astype(np.int64)
    point = points.point[kept]
    return Points(start, point, *inverted_index(start, point, points.list_start.size - 1))
