"""What an attack reports: a figure with its interval, on the release and on the control."""

from dataclasses import asdict, dataclass, field
from math import sqrt
from typing import Any

import numpy as np
from numpy.typing import NDArray

_Z = 1.959963984540054
"""Quantile of the normal distribution for 95 %."""


@dataclass(frozen=True)
class Estimate:
    """A figure with its 95 % confidence interval."""

    value: float
    low: float
    high: float

    def rounded(self) -> dict[str, float]:
        return {"value": round(self.value, 6), "low": round(self.low, 6), "high": round(self.high, 6)}


def share_of_people(successes: NDArray[np.floating]) -> Estimate:
    """Mean success of people, each a share 0 to 1, with Wilson's interval.

    Attempts against one person are alike, so that people, not attempts, are counted: the sample size is
    the one at which independent attempts would spread as the people's means do (Kish's effective size).
    Wilson 1927, JASA 22:209. Without people the interval is 0 to 1.
    """
    n = successes.size
    if n == 0:
        return Estimate(0.0, 0.0, 1.0)
    p = float(successes.mean())
    spread = float(successes.var(ddof=1)) / n if n > 1 else 0.0
    size = p * (1 - p) / spread if spread > 0 else float(n)
    middle = (p + _Z**2 / (2 * size)) / (1 + _Z**2 / size)
    reach = _Z / (1 + _Z**2 / size) * sqrt(p * (1 - p) / size + _Z**2 / (4 * size**2))
    return Estimate(p, max(0.0, middle - reach), min(1.0, middle + reach))


def mean_of_people(values: NDArray[np.floating]) -> Estimate:
    """Mean over people with its normal interval."""
    if values.size == 0:
        return Estimate(0.0, 0.0, 0.0)
    mean = float(values.mean())
    reach = _Z * float(values.std(ddof=1)) / sqrt(values.size) if values.size > 1 else 0.0
    return Estimate(mean, mean - reach, mean + reach)


@dataclass(frozen=True)
class Finding:
    """Result of one attack on a release, beside its control.

    Attributes
    ----------
    attack : its name.
    released : figures of the release; None where there is no release to attack.
    control : figures on raw events, on which the attack has to succeed; None where there are none.
    control_succeeds : whether it does; an attack that fails there says nothing about the release.
    settings : what the figures depend on.
    """

    attack: str
    released: dict[str, Any] | None
    control: dict[str, Any] | None
    control_succeeds: bool | None
    settings: dict[str, Any] = field(default_factory=dict)

    def as_json(self) -> dict[str, Any]:
        return asdict(self)
