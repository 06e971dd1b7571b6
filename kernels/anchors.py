"""Anchors: the places a person comes back to, by counting the days on which each was seen."""

import numpy as np
from numpy.typing import NDArray

from kernels._jit import kernel
from kernels.geo import distance_m

_DAY_S = 86_400
_WORD = 64


@kernel
def overlap_days(
    start_s: NDArray[np.int64], end_s: NDArray[np.int64], from_s: int, to_s: int
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Stays and the days on which each overlaps a part of the day.

    Parameters
    ----------
    start_s, end_s : int64[n], local clock readings, seconds since 1970.
    from_s, to_s : the part of the day, seconds after midnight; `to_s` may exceed a day (a night).

    Returns
    -------
    stay : int64[m], day : int64[m], one row for each stay and day that meet. The day of a night is
    the one on which it begins.
    """
    rows = 0
    for i in range(start_s.size):
        rows += (end_s[i] // _DAY_S) - (start_s[i] // _DAY_S) + 2
    stay, day = np.empty(rows, np.int64), np.empty(rows, np.int64)
    found = 0
    for i in range(start_s.size):
        for d in range(start_s[i] // _DAY_S - 1, end_s[i] // _DAY_S + 1):
            if start_s[i] < d * _DAY_S + to_s and end_s[i] >= d * _DAY_S + from_s:
                stay[found], day[found] = i, d
                found += 1
    return stay[:found].copy(), day[:found].copy()


@kernel
def most_frequented(
    user: NDArray[np.int64],
    place: NDArray[np.int32],
    day: NDArray[np.int64],
    users: int,
    avoid: NDArray[np.int32],
    lon: NDArray[np.float64],
    lat: NDArray[np.float64],
    radius_m: NDArray[np.float64],
) -> tuple[NDArray[np.int32], NDArray[np.int64], NDArray[np.int64]]:
    """Place of each user that was seen on most days, places within a radius counted together.

    Parameters
    ----------
    user : int64[n], rank of the user, ascending; place : int32[n], cell; day : int64[n]. Rows that
        repeat a (user, place, day) count once.
    users : how many users there are.
    avoid : int32[users], a cell whose surroundings do not count, or -1.
    radius_m : float64[cells]; two cells within the larger of their radii are one place.

    Returns
    -------
    best : int32[users], the cell, -1 where there is none; days : int64[users], days near it;
    active : int64[users], days with any row.
    """
    best = np.full(users, -1, np.int32)
    days, active = np.zeros(users, np.int64), np.zeros(users, np.int64)
    first = 0
    while first < user.size:
        last = first
        while last < user.size and user[last] == user[first]:
            last += 1
        u = user[first]
        places, seen = _days_at_places(place[first:last], day[first:last])
        active[u] = _ones(_union(seen, np.ones(places.size, np.bool_)))
        best_own = 0
        for k in range(places.size):
            if avoid[u] >= 0 and _close(places[k], avoid[u], lon, lat, radius_m):
                continue
            near = np.zeros(places.size, np.bool_)
            for j in range(places.size):
                near[j] = _close(places[k], places[j], lon, lat, radius_m)
            found, own = _ones(_union(seen, near)), _ones(seen[k])
            # Ties between neighbours go to the cell itself seen on most days.
            if found > days[u] or (found == days[u] and own > best_own):
                best[u], days[u], best_own = places[k], found, own
        first = last
    return best, days, active


@kernel
def _days_at_places(
    place: NDArray[np.int32], day: NDArray[np.int64]
) -> tuple[NDArray[np.int32], NDArray[np.uint64]]:
    """Distinct places, ascending, and a row of bits for each: the days on which it was seen."""
    places = np.unique(place)
    first_day = day.min()
    words = (day.max() - first_day) // _WORD + 1
    seen = np.zeros((places.size, words), np.uint64)
    for i in range(place.size):
        since = day[i] - first_day
        bit = np.uint64(1) << np.uint64(since % _WORD)
        seen[np.searchsorted(places, place[i]), since // _WORD] |= bit
    return places, seen


@kernel
def _union(seen: NDArray[np.uint64], chosen: NDArray[np.bool_]) -> NDArray[np.uint64]:
    """Bits that are set in any of the chosen rows."""
    union = np.zeros(seen.shape[1], np.uint64)
    for k in range(seen.shape[0]):
        if chosen[k]:
            union |= seen[k]
    return union


@kernel
def _ones(words: NDArray[np.uint64]) -> int:
    """How many bits are set."""
    count = 0
    for word in words:
        rest = word
        while rest:
            rest &= rest - np.uint64(1)
            count += 1
    return count


@kernel
def distinct_days(user: NDArray[np.int64], day: NDArray[np.int64], users: int) -> NDArray[np.int64]:
    """Count each user's different days, in rows sorted by user and day. int64[users]."""
    days = np.zeros(users, np.int64)
    for i in range(user.size):
        days[user[i]] += i == 0 or user[i] != user[i - 1] or day[i] != day[i - 1]
    return days


@kernel
def _close(
    a: int, b: int, lon: NDArray[np.float64], lat: NDArray[np.float64], radius_m: NDArray[np.float64]
) -> bool:
    return a == b or distance_m(lon[a], lat[a], lon[b], lat[b]) <= max(radius_m[a], radius_m[b])


@kernel
def cells_about(
    user: NDArray[np.int64],
    place: NDArray[np.int32],
    day: NDArray[np.int64],
    anchor: NDArray[np.int32],
    lon: NDArray[np.float64],
    lat: NDArray[np.float64],
    radius_m: NDArray[np.float64],
) -> tuple[NDArray[np.int64], NDArray[np.int32], NDArray[np.float64]]:
    """Cells in reach of each user's anchor, and the days on which each was the user's place.

    A phone at rest is served by the cells around; those within twice the radius count.

    Parameters
    ----------
    user, place, day : as in `most_frequented`; anchor : int32[users], cell or -1.

    Returns
    -------
    first : int64[users + 1]; cell : int32[n], the anchor first; days : float64[n].
    """
    first = np.zeros(anchor.size + 1, np.int64)
    cell, days = np.empty(user.size, np.int32), np.empty(user.size)
    n, at = 0, 0
    for u in range(anchor.size):
        first[u] = n
        last = at
        while last < user.size and user[last] == u:
            last += 1
        if anchor[u] >= 0:
            places, seen = _days_at_places(place[at:last], day[at:last])
            for k in range(places.size):
                c = places[k]
                apart_m = distance_m(lon[anchor[u]], lat[anchor[u]], lon[c], lat[c])
                if apart_m <= 2.0 * max(radius_m[anchor[u]], radius_m[c]):
                    cell[n] = c
                    days[n] = _ones(seen[k])
                    if c == anchor[u]:
                        cell[first[u]], cell[n] = cell[n], cell[first[u]]
                        days[first[u]], days[n] = days[n], days[first[u]]
                    n += 1
        at = last
    first[anchor.size] = n
    return first, cell[:n].copy(), days[:n].copy()
