"""Where people go: a singly constrained gravity model with exponential decay (Wilson 1967)."""

import numpy as np
from numpy.typing import NDArray

from kernels._jit import kernel
from kernels.counter_random import stream, uniform


@kernel
def draw_destinations(
    x_m: NDArray[np.float64],
    y_m: NDArray[np.float64],
    attraction: NDArray[np.float64],
    scale_m: float,
    origin: NDArray[np.int32],
    order: NDArray[np.int64],
    draws: int,
    seed: int,
    topic: int,
) -> NDArray[np.int32]:
    """Draw `draws` destination places for each person, P(j | i) ~ attraction[j] exp(-d_ij / scale_m).

    Parameters
    ----------
    x_m, y_m, attraction : places; metres in a plane, weight >= 0.
    scale_m : decay length, metres.
    origin : place that each person starts from.
    order : the persons ordered by origin (``np.argsort(origin)``), so that a row of weights is made once.
    draws : independent draws a person.
    seed, topic : the random streams, keyed by person.

    Returns
    -------
    places (persons, draws). Cost: places x places + persons x draws x log(places).
    """
    chosen = np.empty((origin.size, draws), np.int32)
    cumulative = np.empty(x_m.size)
    current = -1
    for person in order:
        if origin[person] != current:
            current = origin[person]
            _accumulate(x_m, y_m, attraction, scale_m, current, cumulative)
        key = stream(seed, topic, person)
        for draw in range(draws):
            level = uniform(key, draw) * cumulative[-1]
            chosen[person, draw] = min(np.searchsorted(cumulative, level), x_m.size - 1)
    return chosen


@kernel
def _accumulate(
    x_m: NDArray[np.float64],
    y_m: NDArray[np.float64],
    attraction: NDArray[np.float64],
    scale_m: float,
    origin: int,
    cumulative: NDArray[np.float64],
) -> None:
    total = 0.0
    for place in range(x_m.size):
        distance = np.hypot(x_m[place] - x_m[origin], y_m[place] - y_m[origin])
        total += attraction[place] * np.exp(-distance / scale_m)
        cumulative[place] = total
