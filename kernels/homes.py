"""Where a person lives, told from all cells that served the phone there, not from the best one alone."""

import numpy as np
from numpy.typing import NDArray

from kernels._jit import kernel
from kernels.logarithms import exp_of, log_of

NEAREST_M = 150.0
"""Below this distance a cell's chance to serve no longer grows."""

_REMEMBERED = 32
"""Other sites whose chances are remembered while users of one main site are looked at: these have few neighbours."""


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
    it, ``d ** -sharpness`` over the sum of all sites, to the power of its share.

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
    start, by_site = _users_by_site(first, site, ground_first.size - 1)
    mass = np.zeros(area.max() + 1 if area.size else 1)
    longest = np.diff(ground_first).max() if ground_first.size > 1 else 0
    of_others, others = np.empty((_REMEMBERED, longest)), np.full(_REMEMBERED, -1, np.int64)
    for main in range(ground_first.size - 1):
        served = slice(ground_first[main], ground_first[main + 1])
        if start[main] == start[main + 1] or served.start == served.stop:
            continue
        points = ground[served]
        x_m, y_m = ground_x_m[points], ground_y_m[points]
        prior, norm, home = log_prior[points], log_norm[points], area[points]
        ends = _ends_of_runs(home)
        level = np.empty(points.size)
        others[:] = -1
        turn = 0
        like = -1  # a user who was seen at this site alone, like whom others are
        for u in by_site[start[main] : start[main + 1]]:
            own = share[first[u]]
            alone = first[u + 1] == first[u] + 1
            if alone and like >= 0 and share[first[like]] == own:
                best[u], probability[u] = best[like], probability[like]
                continue
            _set_levels(level, prior, chance[served], own)
            for r in range(first[u] + 1, first[u + 1]):
                if site[r] < 0:
                    continue
                at = _place_of(site[r], others)
                if at < 0:
                    at, turn = turn, (turn + 1) % _REMEMBERED
                    others[at] = site[r]
                    other = (site_x_m[site[r]], site_y_m[site[r]])
                    _set_chances(of_others[at, : level.size], x_m, y_m, norm, other, sharpness)
                _add_levels(level, of_others[at, : level.size], share[r])
            _to_likelihoods(level)
            best[u], probability[u] = _heaviest(level, home, ends, mass)
            like = u if alone else like
    return best, probability


@kernel
def _users_by_site(
    first: NDArray[np.int64], site: NDArray[np.int32], sites: int
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Users whose main site is s: ``users[start[s] : start[s + 1]]``, ascending."""
    start = np.zeros(sites + 1, np.int64)
    for u in range(first.size - 1):
        if first[u] < first[u + 1] and site[first[u]] >= 0:
            start[site[first[u]] + 1] += 1
    start = np.cumsum(start)
    fill, users = start[:-1].copy(), np.empty(start[-1], np.int64)
    for u in range(first.size - 1):
        if first[u] < first[u + 1] and site[first[u]] >= 0:
            main = site[first[u]]
            users[fill[main]] = u
            fill[main] += 1
    return start, users


@kernel
def _set_levels(
    level: NDArray[np.float64], prior: NDArray[np.float64], chance: NDArray[np.float32], share: float
) -> None:
    """Put the logarithm of prior times chance into `level`."""
    for k in range(level.size):
        level[k] = prior[k] + share * chance[k]


@kernel
def _place_of(site: int, sites: NDArray[np.int64]) -> int:
    """Where a site is remembered, -1 where it is not."""
    for k in range(sites.size):
        if sites[k] == site:
            return k
    return -1


@kernel
def _set_chances(
    chance: NDArray[np.float64],
    x_m: NDArray[np.float64],
    y_m: NDArray[np.float64],
    norm: NDArray[np.float64],
    other_m: tuple[float, float],
    sharpness: float,
) -> None:
    """Put the logarithm of the chance that another site serves each point into `chance`."""
    steepness = 0.5 * sharpness
    for k in range(chance.size):
        dx, dy = x_m[k] - other_m[0], y_m[k] - other_m[1]
        chance[k] = -steepness * log_of(max(dx * dx + dy * dy, NEAREST_M**2)) - norm[k]


@kernel
def _add_levels(level: NDArray[np.float64], chance: NDArray[np.float64], share: float) -> None:
    """Add what another site tells of each point."""
    for k in range(level.size):
        level[k] += share * chance[k]


@kernel
def _to_likelihoods(level: NDArray[np.float64]) -> None:
    """Take exponentials, relative to the first point's: levels differ by less than what overflows."""
    reference = level[0]
    for k in range(level.size):
        level[k] = exp_of(level[k] - reference)


@kernel
def _ends_of_runs(area: NDArray[np.int64]) -> NDArray[np.int64]:
    """One past the last of each run of points in one area."""
    ends = np.empty(area.size, np.int64)
    n = 0
    for k in range(1, area.size + 1):
        if k == area.size or area[k] != area[k - 1]:
            ends[n] = k
            n += 1
    return ends[:n]


@kernel
def _heaviest(
    level: NDArray[np.float64], area: NDArray[np.int64], ends: NDArray[np.int64], mass: NDArray[np.float64]
) -> tuple[int, float]:
    """Area whose points are likeliest together, and its share of all; `mass` is zero before and after."""
    total, k = 0.0, 0
    for end in ends:
        run, other = 0.0, 0.0  # two, so that an addition need not wait for the one before
        while k + 1 < end:
            run += level[k]
            other += level[k + 1]
            k += 2
        if k < end:
            run += level[k]
            k += 1
        mass[area[end - 1]] += run + other
        total += run + other
    best, most = -1, 0.0
    for end in ends:
        a = area[end - 1]
        if mass[a] > most:
            best, most = a, mass[a]
        mass[a] = 0.0
    return best, most / total
