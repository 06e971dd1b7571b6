"""A doubly constrained gravity model on given margins."""

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

_BALANCING_ROUNDS = 25
_SCALE_ROUNDS = 10


def balanced_gravity(produced: Floats, attracted: Floats, away_m: Floats, mean_length_m: float) -> Floats:
    """Trips ``a_i b_j exp(-d_ij / scale)`` that have the margins and the mean length given.

    Wilson 1967; the scale is found by the first update of Hyman 1969: it is multiplied by the ratio of
    the wanted and the modelled mean length.

    Parameters
    ----------
    produced, attracted : float64[n], trips from and to each place, of equal sums; away_m : float64[n, n].
    mean_length_m : mean trip length, metres.

    Returns
    -------
    float64[n, n].
    """
    scale_m = max(mean_length_m, 1.0)
    trips = np.zeros_like(away_m)
    for _ in range(_SCALE_ROUNDS):
        decay = np.exp(-away_m / scale_m)
        a, b = _balanced(produced, attracted, decay)
        trips = a[:, None] * decay * b
        length_m = float((trips * away_m).sum() / max(float(trips.sum()), 1e-300))
        if length_m == 0 or abs(mean_length_m / length_m - 1) < 1e-3:
            break
        scale_m *= mean_length_m / length_m
    return trips


def _balanced(produced: Floats, attracted: Floats, decay: Floats) -> tuple[Floats, Floats]:
    """Balancing factors (Furness); the attractions hold exactly, the productions nearly."""
    b = np.ones(attracted.size)
    a = np.zeros(produced.size)
    for _ in range(_BALANCING_ROUNDS):
        a = _over(produced, decay @ b)
        b = _over(attracted, decay.T @ a)
    return a, b


def _over(wanted: Floats, had: Floats) -> Floats:
    return np.divide(wanted, had, out=np.zeros_like(wanted), where=had > 0)
