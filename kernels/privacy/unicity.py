"""How many known points single a person out: unicity and information ratio over an inverted index.

Unicity: de Montjoye, Hidalgo, Verleysen and Blondel 2013, Scientific Reports 3:1376. A point is a place
in a time bin; a record matches if it holds all points that are known. Information ratio:
Noriega-Campero, Rutherford, Lederman, de Montjoye and Pentland 2018, arXiv:1808.00160.
"""

import numpy as np
from numpy.typing import NDArray

from kernels._jit import kernel
from kernels.counter_random import stream
from kernels.privacy.draws import whole_below
from kernels.privacy.posting_lists import advanced, holds

_MAX_KNOWN = 64


@kernel
def distinct_points(
    user_start: NDArray[np.int64], place: NDArray[np.int32], time_bin: NDArray[np.int64], bins: int
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Distinct points ``place * bins + time_bin`` of each user, ascending.

    Parameters
    ----------
    user_start : int64[users + 1], where the events of each user start.
    place, time_bin : [events]; time bins are in ``range(bins)``.

    Returns
    -------
    start : int64[users + 1]; point : int64[n].
    """
    users = user_start.size - 1
    start, point = np.zeros(users + 1, np.int64), np.empty(place.size, np.int64)
    n = 0
    for u in range(users):
        first, last = user_start[u], user_start[u + 1]
        own = np.empty(last - first, np.int64)
        for i in range(first, last):
            own[i - first] = place[i] * bins + time_bin[i]
        own.sort()
        for i in range(own.size):
            if i == 0 or own[i] != own[i - 1]:
                point[n] = own[i]
                n += 1
        start[u + 1] = n
    return start, point[:n].copy()


@kernel
def draw_distinct(size: int, p: int, key: np.uint64, known: NDArray[np.int64]) -> None:
    """Draw p distinct numbers of ``range(size)`` uniformly (Floyd's algorithm)."""
    for k in range(p):
        top = size - p + k
        pick = whole_below(key, k, top + 1)
        for earlier in range(k):
            if known[earlier] == pick:
                pick = top
                break
        known[k] = pick


@kernel
def unique_draws(
    user_start: NDArray[np.int64],
    point: NDArray[np.int32],
    list_start: NDArray[np.int64],
    owner: NDArray[np.int32],
    filters: NDArray[np.uint64],
    targets: NDArray[np.int64],
    known_points: NDArray[np.int64],
    draws: int,
    seed: int,
) -> NDArray[np.int32]:
    """How often p random points of a person are shared by nobody else, for each p.

    A draw goes through who shares the rarest of its points, and looks up those few in the lists of the others who
    pass the filters of all of them, until one is found who shares all. Tried: a note of who shares which point
    of a target, made once for all draws: nearly all of the time goes to notes, which grow with the crowd.

    Parameters
    ----------
    user_start, point : distinct points of each user, as numbers from 0.
    list_start, owner : from `inverted_index`; filters : from `list_filters`.
    targets : int64[m], users to attack.
    known_points : int64[q], values of p, 1 to 64; draws : attempts for each target and p.

    Returns
    -------
    int32[m, q], unique draws; -1 for a target with fewer than p points.
    """
    unique = np.full((targets.size, known_points.size), -1, np.int32)
    known = np.empty(_MAX_KNOWN, np.int64)
    for t in range(targets.size):
        own = point[user_start[targets[t]] : user_start[targets[t] + 1]]
        for q in range(known_points.size):
            if own.size >= known_points[q]:
                unique[t, q] = _unique_of_one(
                    targets[t],
                    own,
                    list_start,
                    owner,
                    filters,
                    known[: known_points[q]],
                    draws,
                    seed + q,
                )
    return unique


@kernel
def _unique_of_one(  # type: ignore[no-untyped-def]
    user, own, list_start, owner, filters, known, draws, seed
):
    """How many draws of some points of one person are unique; `known` gives room for the points."""
    count, p = 0, known.size
    in_all, last_bit = np.empty(filters.shape[1], np.uint64), filters.shape[1] * 64 - 1
    for draw in range(draws):
        draw_distinct(own.size, p, stream(seed, draw, user), known)
        fewest = np.int64(owner.size + 1)
        for k in range(p):
            known[k] = own[known[k]]
            sharers = list_start[known[k] + 1] - list_start[known[k]]
            if sharers < fewest:
                fewest, known[0], known[k] = sharers, known[k], known[0]
        in_all[:] = filters[known[p - 1]]
        for k in range(1, p - 1):
            _keep_common(in_all, filters[known[k]])
        is_unique = True
        for i in range(list_start[known[0]], list_start[known[0] + 1]):
            bit = owner[i] & last_bit
            passes = (in_all[bit >> 6] >> np.uint64(bit & 63)) & np.uint64(1)
            if passes and owner[i] != user and _shares_all(owner[i], known, list_start, owner):
                is_unique = False
                break
        count += is_unique
    return count


@kernel
def _keep_common(bits: NDArray[np.uint64], others: NDArray[np.uint64]) -> None:
    for w in range(bits.size):  # a loop of its own is one that the compiler makes of wide instructions
        bits[w] &= others[w]


@kernel
def _shares_all(other, points, list_start, owner):  # type: ignore[no-untyped-def]
    """Whether somebody who holds the first point holds the others."""
    for k in range(1, points.size):  # noqa: SIM110 (no generators in kernels)
        if not holds(owner, list_start[points[k]], list_start[points[k] + 1], other):
            return False
    return True


@kernel
def points_until_unique(
    user_start: NDArray[np.int64],
    point: NDArray[np.int32],
    list_start: NDArray[np.int64],
    owner: NDArray[np.int32],
    targets: NDArray[np.int64],
    seed: int,
) -> NDArray[np.int32]:
    """How many points, in a random order of a person's own, it takes until nobody else shares them.

    Returns
    -------
    int32[m]; -1 where all points together are shared by someone.
    """
    needed = np.empty(targets.size, np.int32)
    longest = np.int64(1)
    for i in range(list_start.size - 1):
        longest = max(longest, list_start[i + 1] - list_start[i])
    others = np.empty(longest, np.int32)
    for t in range(targets.size):
        u = targets[t]
        order = np.arange(user_start[u], user_start[u + 1])
        key = stream(seed, -1, u)
        for i in range(order.size - 1, 0, -1):
            j = whole_below(key, i, i + 1)
            order[i], order[j] = order[j], order[i]
        needed[t] = _narrowed_down(u, order, point, list_start, owner, others)
    return needed


@kernel
def _narrowed_down(u, order, point, list_start, owner, others):  # type: ignore[no-untyped-def]
    """Keep the others who share every point so far; tell after how many points nobody is left."""
    left = 0
    for k in range(order.size):
        p = point[order[k]]
        at, stop = list_start[p], list_start[p + 1]
        kept = 0
        if k == 0:
            for i in range(at, stop):
                if owner[i] != u:
                    others[kept] = owner[i]
                    kept += 1
        else:
            for i in range(left):
                at = advanced(owner, at, stop, others[i])
                if at < stop and owner[at] == others[i]:
                    others[kept] = others[i]
                    kept += 1
        left = kept
        if left == 0:
            return k + 1
    return -1
