"""How many known points single a person out: unicity and information ratio over an inverted index.

Unicity: de Montjoye, Hidalgo, Verleysen and Blondel 2013, Scientific Reports 3:1376. A point is a place
in a time bin; a record matches if it holds all points that are known. Information ratio:
Noriega-Campero, Rutherford, Lederman, de Montjoye and Pentland 2018, arXiv:1808.00160.
"""

import numpy as np
from numpy.typing import NDArray

from kernels._jit import kernel
from kernels.draws import whole_below
from kernels.world_random import stream

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
def inverted_index(
    user_start: NDArray[np.int64], point: NDArray[np.int32], points: int
) -> tuple[NDArray[np.int64], NDArray[np.int32]]:
    """Users of each point, ascending: compressed rows ``list_start`` int64[points + 1], ``owner`` int32[n]."""
    list_start = np.zeros(points + 1, np.int64)
    for i in range(point.size):
        list_start[point[i] + 1] += 1
    for p in range(points):
        list_start[p + 1] += list_start[p]
    at, owner = list_start[:-1].copy(), np.empty(point.size, np.int32)
    for u in range(user_start.size - 1):
        for i in range(user_start[u], user_start[u + 1]):
            owner[at[point[i]]] = u
            at[point[i]] += 1
    return list_start, owner


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
def _is_unique(known, p, sharers, row_start, row, held, words):  # type: ignore[no-untyped-def]
    """Whether nobody but the person holds all known points."""
    rarest = known[0]
    for k in range(1, p):
        if sharers[known[k]] < sharers[rarest]:
            rarest = known[k]
    if sharers[rarest] == 1:
        return True
    matching = 0
    for i in range(row_start[rarest], row_start[rarest + 1]):
        shares = True
        for k in range(p):
            if (held[row[i] * words + (known[k] >> 6)] >> np.uint64(known[k] & 63)) & np.uint64(1) == 0:
                shares = False
                break
        matching += shares
        if matching == 2:
            return False
    return True


@kernel
def _note_holders(own, list_start, owner, number, found, row, held, words):  # type: ignore[no-untyped-def]
    """Note for everyone who shares a point of a person which of that person's points they hold.

    Sharers get numbers from 0 in order of their first point. `number` is all -1 before and after.
    """
    count, to = 0, 0
    for k in range(own.size):
        word, bit = k >> 6, np.uint64(1) << np.uint64(k & 63)
        for i in range(list_start[own[k]], list_start[own[k] + 1]):
            who = owner[i]
            at = number[who]
            if at < 0:
                at = count
                number[who], found[count] = at, who
                held[at * words : (at + 1) * words] = np.uint64(0)
                count += 1
            row[to] = at
            held[at * words + word] |= bit
            to += 1
    for i in range(count):
        number[found[i]] = -1


@kernel
def unique_draws(
    user_start: NDArray[np.int64],
    point: NDArray[np.int32],
    list_start: NDArray[np.int64],
    owner: NDArray[np.int32],
    targets: NDArray[np.int64],
    known_points: NDArray[np.int64],
    draws: int,
    seed: int,
) -> NDArray[np.int32]:
    """How often p random points of a person are shared by nobody else, for each p.

    For each target, all who share any of its points are noted once, with a bit for each point: a draw
    then costs one test for each sharer of its rarest point, and all p share the notes. Tried: lists
    intersected anew for each draw (as fast for one p, 4 times slower for eight); no notes for points
    that many share, which are then searched in each sharer's own points (1.5 to 4 times slower).

    Parameters
    ----------
    user_start, point : distinct points of each user, as numbers from 0.
    list_start, owner : from `inverted_index`.
    targets : int64[m], users to attack.
    known_points : int64[q], values of p, 1 to 64; draws : attempts for each target and p.

    Returns
    -------
    int32[m, q], unique draws; -1 for a target with fewer than p points.
    """
    unique = np.full((targets.size, known_points.size), -1, np.int32)
    known = np.empty(_MAX_KNOWN, np.int64)
    number, found = np.full(user_start.size - 1, -1, np.int32), np.empty(user_start.size - 1, np.int32)
    row, held = np.empty(0, np.int32), np.empty(0, np.uint64)
    for t in range(targets.size):
        own = point[user_start[targets[t]] : user_start[targets[t] + 1]]
        row_start, sharers = np.zeros(own.size + 1, np.int64), np.empty(own.size, np.int64)
        for k in range(own.size):
            sharers[k] = list_start[own[k] + 1] - list_start[own[k]]
            row_start[k + 1] = row_start[k] + sharers[k]
        words = (own.size >> 6) + 1
        if row_start[own.size] * words > held.size:
            row = np.empty(2 * row_start[own.size] * words, np.int32)
            held = np.empty(row.size, np.uint64)
        _note_holders(own, list_start, owner, number, found, row, held, words)
        for q in range(known_points.size):
            p = known_points[q]
            if own.size >= p:
                count = 0
                for draw in range(draws):
                    draw_distinct(own.size, p, stream(seed + q, draw, targets[t]), known)
                    count += _is_unique(known, p, sharers, row_start, row, held, words)
                unique[t, q] = count
    return unique


@kernel
def _advance(owner: NDArray[np.int32], at: int, stop: int, user: int) -> int:
    """First position from `at` whose owner is not before `user`: gallop, then halve."""
    step = 1
    low, high = at, at
    while high < stop and owner[high] < user:
        low = high + 1
        high += step
        step *= 2
    high = min(high, stop)
    while low < high:
        middle = (low + high) // 2
        if owner[middle] < user:
            low = middle + 1
        else:
            high = middle
    return low


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
                at = _advance(owner, at, stop, others[i])
                if at < stop and owner[at] == others[i]:
                    others[kept] = others[i]
                    kept += 1
        left = kept
        if left == 0:
            return k + 1
    return -1
