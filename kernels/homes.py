"""Where a person lives, told from all cells that served the phone there, not from the best one alone."""

import numpy as np
from numpy.typing import NDArray

from kernels._jit import kernel

NEAREST_M = 150.0
"""Below this distance a cell's chance to serve no longer grows."""


_NEGLIGIBLE = 30.0
"""A point this far (in logarithms) below the likeliest adds nothing that double precision would show."""


@kernel
def likely_ground(
    first: NDArray[np.int64],
    cell: NDArray[np.int32],
    share: NDArray[np.float64],
    ground_first: NDArray[np.int64],
    ground: NDArray[np.int64],
    cell_x_m: NDArray[np.float64],
    cell_y_m: NDArray[np.float64],
    ground_x_m: NDArray[np.float64],
    ground_y_m: NDArray[np.float64],
    log_prior: NDArray[np.float64],
    area: NDArray[np.int64],
    sharpness: float,
) -> tuple[NDArray[np.int64], NDArray[np.float64]]:
    """Most likely area of each user's place, and its probability.

    The probability of a point is its prior times, over the cells seen there, the chance that each serves
    it, ``d ** -sharpness`` over the sum of all cells, to the power of its share.

    Parameters
    ----------
    first : int64[users + 1], rows of each user, of which the first is the main cell; cell : int32[rows];
        share : float64[rows], weight of evidence, which may sum to more than 1.
    ground_first : int64[cells + 1], ground : int64[m], points that a main cell may stand for.
    cell_x_m, cell_y_m, ground_x_m, ground_y_m : local plane.
    log_prior : float64[points], of persons, less the logarithm of the cells' sum by evidence of 1.
    area : int64[points], the area that a point belongs to, numbered from 0.
    sharpness : power of the distance.

    Returns
    -------
    area : int64[users], -1 where the main cell has no ground; probability : float64[users].
    """
    users = first.size - 1
    best, probability = np.full(users, -1, np.int64), np.zeros(users)
    mass = np.zeros(area.max() + 1 if area.size else 1)
    for u in range(users):
        if first[u] == first[u + 1]:
            continue
        main = cell[first[u]]
        from_, to = ground_first[main], ground_first[main + 1]
        level = np.full(to - from_, -np.inf)
        half, highest = 0.5 * sharpness, -np.inf
        most = 0.0  # what the other cells can add to a point at best
        for r in range(first[u] + 1, first[u + 1]):
            most -= share[r] * half * np.log(NEAREST_M**2)
        for k in range(from_, to):
            g = ground[k]
            dx, dy = ground_x_m[g] - cell_x_m[main], ground_y_m[g] - cell_y_m[main]
            total = log_prior[g] - share[first[u]] * half * np.log(max(dx * dx + dy * dy, NEAREST_M**2))
            if total + most < highest - _NEGLIGIBLE:
                continue
            for r in range(first[u] + 1, first[u + 1]):
                dx, dy = ground_x_m[g] - cell_x_m[cell[r]], ground_y_m[g] - cell_y_m[cell[r]]
                total -= share[r] * half * np.log(max(dx * dx + dy * dy, NEAREST_M**2))
            level[k - from_] = total
            highest = max(highest, total)
        if level.size == 0:
            continue
        sum_ = 0.0
        for k in range(from_, to):
            if level[k - from_] >= highest - _NEGLIGIBLE:
                value = np.exp(level[k - from_] - highest)
                mass[area[ground[k]]] += value
                sum_ += value
        for k in range(from_, to):
            a = area[ground[k]]
            if mass[a] > probability[u]:
                best[u], probability[u] = a, mass[a]
            mass[a] = 0.0
        probability[u] /= sum_
    return best, probability
