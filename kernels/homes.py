"""Where a person lives, told from all cells that served the phone there, not from the best one alone."""

import numpy as np
from numpy.typing import NDArray

from kernels._jit import kernel

NEAREST_M = 150.0
"""Below this distance a cell's chance to serve no longer grows."""

_NEGLIGIBLE = 12.0
"""A point this far (in logarithms) below the likeliest has less than a hundred-thousandth of its probability."""


@kernel
def likely_ground(
    first: NDArray[np.int64],
    site: NDArray[np.int32],
    share: NDArray[np.float64],
    ground_first: NDArray[np.int64],
    ground: NDArray[np.int32],
    chance: NDArray[np.float32],
    site_x_m: NDArray[np.float64],
    site_y_m: NDArray[np.float64],
    ground_x_m: NDArray[np.float64],
    ground_y_m: NDArray[np.float64],
    log_prior: NDArray[np.float64],
    log_norm: NDArray[np.float64],
    area: NDArray[np.int64],
    sharpness: float,
) -> tuple[NDArray[np.int64], NDArray[np.float64]]:
    """Most likely area of each user's place, and its probability.

    The probability of a point is its prior times, over the sites seen there, the chance that each serves
    it, ``d ** -sharpness`` over the sum of all sites, to the power of its share. No chance is above 1: what
    the main site leaves of a point is the most that the point can have, and most points need no closer look.

    Parameters
    ----------
    first : int64[users + 1], rows of each user, of which the first is the main site; site : int32[rows], -1
        where unknown; share : float64[rows], weight of evidence, which may sum to more than 1.
    ground_first : int64[sites + 1], ground : int32[m], points that a main site may stand for; chance :
        float32[m], logarithm of the chance that the site serves the point, at most 0.
    site_x_m, site_y_m, ground_x_m, ground_y_m : local plane.
    log_prior, log_norm : float64[points], of persons, and of the sites' sum.
    area : int64[points], the area that a point belongs to, numbered from 0.
    sharpness : power of the distance.

    Returns
    -------
    area : int64[users], -1 where the main site has no ground; probability : float64[users].
    """
    users = first.size - 1
    best, probability = np.full(users, -1, np.int64), np.zeros(users)
    mass = np.zeros(area.max() + 1 if area.size else 1)
    sites = ground_first.size - 1
    level = np.empty(np.diff(ground_first).max() if sites else 0)
    same = np.full(sites, -1, np.int64)  # a user who was seen at this site alone, like whom others are
    sight = (site, share, site_x_m, site_y_m, ground_x_m, ground_y_m, log_norm, sharpness)
    for u in range(users):
        if first[u] == first[u + 1] or site[first[u]] < 0:
            continue
        main = site[first[u]]
        served = slice(ground_first[main], ground_first[main + 1])
        alone = first[u + 1] == first[u] + 1
        if alone and same[main] >= 0 and share[first[same[main]]] == share[first[u]]:
            best[u], probability[u] = best[same[main]], probability[same[main]]
        elif served.stop > served.start:
            others = (first[u] + 1, first[u + 1])
            _levels(level, ground[served], share[first[u]], chance[served], log_prior, others, sight)
            best[u], probability[u] = _heaviest(level, ground[served], area, mass)
            same[main] = u if alone else same[main]
    return best, probability


@kernel
def _levels(
    level: NDArray[np.float64],
    ground: NDArray[np.int32],
    weight: float,
    chance: NDArray[np.float32],
    log_prior: NDArray[np.float64],
    others: tuple[int, int],
    sight: tuple,  # type: ignore[type-arg]
) -> None:
    """Put the likelihood of each point into `level`, relative to a likely one; 0 where it is negligible."""
    top = 0
    for k in range(ground.size):
        level[k] = log_prior[ground[k]] + weight * chance[k]
        if level[k] > level[top]:
            top = k
    highest = _with_others(level[top], ground[top], others, sight)
    for k in range(ground.size):
        if level[k] < highest - _NEGLIGIBLE:
            level[k] = 0.0
        else:
            level[k] = np.exp(_with_others(level[k], ground[k], others, sight) - highest)


@kernel
def _with_others(level: float, point: int, others: tuple[int, int], sight: tuple) -> float:  # type: ignore[type-arg]
    """Level of a point with what the sites of the rows `others` add to the main one."""
    site, share, site_x_m, site_y_m, ground_x_m, ground_y_m, log_norm, sharpness = sight
    for r in range(others[0], others[1]):
        if site[r] >= 0:
            dx, dy = ground_x_m[point] - site_x_m[site[r]], ground_y_m[point] - site_y_m[site[r]]
            away = 0.5 * sharpness * np.log(max(dx * dx + dy * dy, NEAREST_M**2))
            level -= share[r] * (away + log_norm[point])
    return level


@kernel
def _heaviest(
    level: NDArray[np.float64], ground: NDArray[np.int32], area: NDArray[np.int64], mass: NDArray[np.float64]
) -> tuple[int, float]:
    """Area whose points are likeliest together, and its share of all; `mass` is zero before and after."""
    total = 0.0
    for k in range(ground.size):
        mass[area[ground[k]]] += level[k]
        total += level[k]
    best, most = -1, 0.0
    for k in range(ground.size):
        a = area[ground[k]]
        if mass[a] > most:
            best, most = a, mass[a]
        mass[a] = 0.0
    return best, most / total
