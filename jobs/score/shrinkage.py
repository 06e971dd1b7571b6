"""The estimate drawn towards a gravity model of its own margins, as far as the data are too few to say more."""

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]


def shrunk(observed: Floats, modelled: Floats, each: float) -> Floats:
    """Posterior mean of flows, given counts and what a model expects.

    Empirical Bayes with a gamma prior about the model, as for mortality in small areas (Clayton and Kaldor 1987,
    Biometrics 43, section 3.1): ``m (a + n) / (a + m)`` with n counted and m expected. The shape a, one for all
    pairs, is by moments: the variance of n about m is ``m + m^2 / a``. Where the model is bad a is small, and the
    counts stay; where it is good, pairs of few counts are the model's.

    Parameters
    ----------
    observed, modelled : float64[...], trips of each pair; each : trips that one observation stands for, with
        the trips that repeat it: variance over mean.

    Returns
    -------
    float64[...]; the counts themselves where the model expects nothing.
    """
    n, m = observed / each, modelled / each
    expected = m > 0
    excess = float(((n - m) ** 2 - m)[expected].sum())
    squares = float((m[expected] ** 2).sum())
    if excess <= 0:
        return np.where(expected, modelled, observed)
    shape = squares / excess
    return np.where(expected, modelled * (shape + n) / (shape + np.where(expected, m, 1.0)), observed)
