"""Differential privacy of counts: which noise, how much, and which figures may appear.

The unit is a person's whole data in a release: data sets are neighbours if one has all the data of one
person more. Counts get discrete Laplace or discrete Gaussian noise (Canonne, Kamath and Steinke 2020).
"""

import math
from dataclasses import dataclass
from fractions import Fraction
from typing import Any, Literal

import numpy as np
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from numpy.typing import NDArray

from jobs.errors import ConfigError
from kernels.privacy.exact_noise import MAX_SCALE_PART, discrete_laplace
from kernels.privacy.gaussian_noise import MAX_VARIANCE, discrete_gaussian

_LEAST_RHO = 1e-15
_ORDERS = 1 + np.logspace(-3, 6, 2_000)


@dataclass(frozen=True)
class NoisePlan:
    """Noise for one table of counts, to which a person adds a bounded amount.

    Attributes
    ----------
    kind : laplace or gaussian; scale : of the Laplace noise; variance : of the Gaussian.
    least : counts appear with noise from this on; None if every figure of a public grid appears.
    epsilon, delta : what the table costs; cap, cap_of_key : what a person adds at most, in all and to one
        count.
    """

    kind: Literal["laplace", "gaussian"]
    scale: Fraction
    variance: int
    least: int | None
    epsilon: Fraction
    delta: float
    cap: int
    cap_of_key: int

    @property
    def deviation(self) -> float:
        """Standard deviation of the noise."""
        return math.sqrt(self.variance) if self.kind == "gaussian" else laplace_deviation(self.scale)

    def as_json(self) -> dict[str, Any]:
        """For manifests."""
        return {
            "mechanism": f"discrete {self.kind}",
            "scale": str(self.scale) if self.kind == "laplace" else None,
            "variance": self.variance if self.kind == "gaussian" else None,
            "deviation": round(self.deviation, 3),
            "least_count": self.least,
            "epsilon": str(self.epsilon),
            "delta": self.delta,
            "unit": "all data of a person in the release",
            "cap": self.cap,
            "cap_of_figure": self.cap_of_key,
        }


def plan_noise(
    epsilon: Fraction,
    delta: float,
    cap: int,
    cap_of_key: int = 1,
    kind: Literal["auto", "laplace", "gaussian"] = "auto",
    private_keys: bool = True,
) -> NoisePlan:
    """Choose the noise.

    Laplace costs epsilon alone, the threshold delta. Gaussian shares delta: half for the noise (zCDP to
    approximate DP), half for the threshold.

    Parameters
    ----------
    cap : the most that a person adds to all counts together; cap_of_key : to one of them.

    Raises
    ------
    ConfigError
        The numbers leave the range in which draws are exact.
    """
    plans = []
    if kind != "gaussian":
        plans.append(_laplace_plan(epsilon, delta, cap, cap_of_key, private_keys))
    if kind != "laplace":
        plans.append(_gaussian_plan(epsilon, delta, cap, cap_of_key, private_keys))
    feasible = [p for p in plans if _is_exact(p)]
    if not feasible:
        raise ConfigError(
            f"noise for epsilon {epsilon} and a cap of {cap} leaves the range of exact draws",
            "disclosure.dp",
            "take a smaller cap, or an epsilon with fewer digits",
        )
    return min(feasible, key=lambda p: p.deviation)


def _is_exact(plan: NoisePlan) -> bool:
    if plan.kind == "gaussian":
        return plan.variance <= MAX_VARIANCE
    return max(plan.scale.numerator, plan.scale.denominator) < MAX_SCALE_PART


def _laplace_plan(epsilon: Fraction, delta: float, cap: int, cap_of_key: int, private: bool) -> NoisePlan:
    scale = Fraction(cap) / epsilon

    def tail(m: int) -> float:
        return laplace_tail(scale, m)

    least = _threshold(tail, delta, cap, cap_of_key) if private else None
    return NoisePlan("laplace", scale, 0, least, epsilon, delta if private else 0.0, cap, cap_of_key)


def _gaussian_plan(epsilon: Fraction, delta: float, cap: int, cap_of_key: int, private: bool) -> NoisePlan:
    rho = rho_of(float(epsilon), delta / 2 if private else delta)
    variance = max(1, math.ceil(cap * cap_of_key / max(2 * rho, _LEAST_RHO)))

    def tail(m: int) -> float:
        return gaussian_tail(variance, m)

    least = _threshold(tail, delta / 2, cap, cap_of_key) if private else None
    return NoisePlan("gaussian", Fraction(0), variance, least, epsilon, delta, cap, cap_of_key)


def laplace_deviation(scale: Fraction) -> float:
    """Standard deviation of discrete Laplace noise."""
    q = math.exp(-float(1 / scale))
    return math.sqrt(2 * q) / (1 - q)


def laplace_tail(scale: Fraction, m: int) -> float:
    """P(X >= m) of discrete Laplace noise."""
    q = math.exp(-float(1 / scale))
    return q**m / (1 + q) if m > 0 else 1 - q ** (1 - m) / (1 + q)


def gaussian_tail(variance: int, m: int) -> float:
    """P(X >= m) of discrete Gaussian noise, at most that of the continuous one shifted by one half.

    Discrete Gaussian tails lie below those of the rounded continuous Gaussian at m - 1
    (Canonne, Kamath and Steinke 2020, proposition 25).
    """
    return 0.5 * math.erfc((m - 1) / math.sqrt(2 * variance))


def _threshold(tail: Any, delta: float, cap: int, cap_of_key: int) -> int:
    """Smallest threshold at which a person alone makes figures appear with probability delta at most.

    Figures that only this person adds to have counts m that sum up to the cap at most: for each m, the
    cap allows cap / m of them.
    """
    low, high = cap_of_key, cap_of_key + 1

    def is_safe(least: int) -> bool:
        return all(cap / m * tail(least - m) <= delta for m in range(1, cap_of_key + 1))

    while not is_safe(high):
        low, high = high, 2 * high
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (low, middle) if is_safe(middle) else (middle, high)
    return high


def rho_of(epsilon: float, delta: float) -> float:
    """Largest rho of zero-concentrated DP that implies (epsilon, delta)-DP.

    Canonne, Kamath and Steinke 2020, corollary 13: delta is the least over orders a > 1 of
    ``exp((a - 1) (a rho - epsilon)) / (a - 1) * (1 - 1 / a)**a``.
    """
    low, high = 0.0, max(1.0, 2 * epsilon)
    for _ in range(200):
        middle = (low + high) / 2
        low, high = (middle, high) if delta_of(middle, epsilon) <= delta else (low, middle)
    return low


def delta_of(rho: float, epsilon: float) -> float:
    """Delta that rho-zCDP implies at an epsilon."""
    a = _ORDERS
    exponent = (a - 1) * (a * rho - epsilon) - np.log(a - 1) + a * np.log1p(-1 / a)
    return float(np.exp(np.minimum(exponent, 50.0).min()))


def noise_key(master: bytes, table: str, release: str) -> NDArray[np.uint32]:
    """Key of the noise of one table: HKDF-SHA-256 (RFC 5869) of the master key.

    Parameters
    ----------
    release : digest of all that decides the counts. The same counts get the same noise, so that a run
        that is repeated tells nothing new; other counts get other noise, so that no difference of two
        releases is free of it.
    """
    info = f"v1|noise|{table}|{release}".encode()
    derived = HKDF(algorithm=hashes.SHA256(), length=32, salt=b"maillage", info=info).derive(master)
    return np.frombuffer(derived, "<u4").astype(np.uint32)


def noisy(
    counts: NDArray[np.int64], plan: NoisePlan, key: NDArray[np.uint32], purpose: int = 0
) -> NDArray[np.int64]:
    """Counts with noise, not yet cut by the threshold.

    Parameters
    ----------
    purpose : tells apart arrays of noise under the same key.
    """
    nonce = np.array([purpose, 0, 0], np.uint32)
    if plan.kind == "gaussian":
        noise = discrete_gaussian(plan.variance, key, nonce, counts.size)
    else:
        noise = discrete_laplace(plan.scale.numerator, plan.scale.denominator, key, nonce, counts.size)
    return counts + noise


def released_counts(
    counts: NDArray[np.int64], plan: NoisePlan, key: NDArray[np.uint32], purpose: int = 0
) -> tuple[NDArray[np.int64], NDArray[np.bool_]]:
    """Noisy counts, and which of them appear; on a public grid all, negative ones as 0."""
    blurred = noisy(counts, plan, key, purpose)
    if plan.least is None:
        return np.maximum(blurred, 0), np.ones(counts.size, bool)
    return blurred, blurred >= plan.least
