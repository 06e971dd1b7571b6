"""Measures of agreement between two sets of flows."""

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]


def common_part(truth: Floats, estimate: Floats) -> float:
    """Common part of commuters (CPC): 2 sum(min) / (sum + sum), 0 to 1; NaN where both are empty.

    Lenormand, Huet, Gargiulo and Deffuant 2012, PLOS ONE 7(10), equation 6. The flows are of the same pairs.
    """
    total = truth.sum() + estimate.sum()
    return float(2 * np.minimum(truth, estimate).sum() / total) if total > 0 else float("nan")


def root_mean_square_error(truth: Floats, estimate: Floats) -> float:
    """Root of the mean squared difference over the pairs given, in the unit of the flows."""
    return float(np.sqrt(np.mean((truth - estimate) ** 2))) if truth.size else float("nan")


def bias(truth: Floats, estimate: Floats) -> float:
    """Sum of the estimate over that of the truth, less one."""
    return float(estimate.sum() / truth.sum() - 1) if truth.sum() > 0 else float("nan")


def length_distance(length: Floats, truth: Floats, estimate: Floats) -> float:
    """Kolmogorov-Smirnov distance of two distributions of trip length, 0 to 1.

    Parameters
    ----------
    length : of each pair; truth, estimate : trips of each pair, as weights.
    """
    if not (truth.sum() > 0 and estimate.sum() > 0):
        return float("nan")
    order = np.argsort(length, kind="stable")
    gap = np.cumsum(truth[order]) / truth.sum() - np.cumsum(estimate[order]) / estimate.sum()
    last_of_length = np.append(np.diff(length[order]) > 0, True)
    return float(np.abs(gap[last_of_length]).max())


def coverage(truth: Floats, low: Floats, high: Floats) -> float:
    """Share of the pairs whose truth lies in the interval given for it."""
    return float(np.mean((truth >= low) & (truth <= high))) if truth.size else float("nan")
