"""Anchors: the places a person comes back to, by counting the days on which each was seen."""

import numpy as np
from numpy.typing import NDArray

from kernels._jit import kernel
from kernels.geo import near, places_of

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
        rows += max(0, (end_s[i] - from_s) // _DAY_S - (start_s[i] - to_s) // _DAY_S)
    stay, day = np.empty(rows, np.int64), np.empty(rows, np.int64)
    found = 0
    for i in range(start_s.size):
        for d in range((start_s[i] - to_s) // _DAY_S + 1, (end_s[i] - from_s) // _DAY_S + 1):
            stay[found], day[found] = i, d
            found += 1
    return stay, day


@kernel
def days_at_places(
    first: NDArray[np.int64],
    place: NDArray[np.int32],
    start_s: NDArray[np.int64],
    end_s: NDArray[np.int64],
    from_s: int,
    to_s: int,
    is_counted: NDArray[np.bool_],
    first_day: int,
) -> tuple[NDArray[np.int64], NDArray[np.int32], NDArray[np.uint64]]:
    """Places of each user, and the days on which stays there overlap a part of the day, as in `overlap_days`.

    Parameters
    ----------
    first : int64[users + 1], rows of each user's stays; place, start_s, end_s : [stays], cells and local clock
        readings, seconds since 1970.
    is_counted : bool[days], which days count, from `first_day` on (days since 1970), to the last that a stay meets.

    Returns
    -------
    first : int64[users + 1], rows of each user's places; place : int32[n], ascending for each user;
    seen : uint64[n, words], a bit for each day at the place.
    """
    out_first = np.zeros(first.size, np.int64)
    out_place = np.empty(place.size, np.int32)
    seen = np.empty((place.size, (is_counted.size + _WORD - 1) // _WORD), np.uint64)
    n = 0
    for u in range(first.size - 1):
        begin = n
        for i in range(first[u], first[u + 1]):
            k = -1
            for day in range((start_s[i] - to_s) // _DAY_S + 1, (end_s[i] - from_s) // _DAY_S + 1):
                since = day - first_day
                if not is_counted[since]:
                    continue
                if k < 0:
                    k = begin
                    while k < n and out_place[k] != place[i]:
                        k += 1
                    if k == n:
                        out_place[n], seen[n] = place[i], 0
                        n += 1
                seen[k, since // _WORD] |= np.uint64(1) << np.uint64(since % _WORD)
        _sort_by_place(out_place, seen, begin, n)
        out_first[u + 1] = n
    return out_first, out_place[:n], seen[:n]


@kernel
def _sort_by_place(place: NDArray[np.int32], seen: NDArray[np.uint64], begin: int, end: int) -> None:
    """Bring a user's few places in order, one by one."""
    for i in range(begin + 1, end):
        at = i
        while at > begin and place[at - 1] > place[at]:
            place[at - 1], place[at] = place[at], place[at - 1]
            for word in range(seen.shape[1]):
                seen[at - 1, word], seen[at, word] = seen[at, word], seen[at - 1, word]
            at -= 1


@kernel
def most_frequented(
    first: NDArray[np.int64],
    place: NDArray[np.int32],
    seen: NDArray[np.uint64],
    avoid: NDArray[np.int32],
    lon: NDArray[np.float64],
    lat: NDArray[np.float64],
    radius_m: NDArray[np.float64],
) -> tuple[NDArray[np.int32], NDArray[np.int64], NDArray[np.int64]]:
    """Place of each user that was seen on most days, places within a radius counted together.

    Parameters
    ----------
    first, place, seen : of `days_at_places`.
    avoid : int32[users], a cell whose surroundings do not count, or -1.
    radius_m : float64[cells]; two cells within the larger of their radii are one place.

    Returns
    -------
    best : int32[users], the cell, -1 where there is none; days : int64[users], days near it;
    active : int64[users], days with any row.
    """
    cells, users = places_of(lon, lat, radius_m), first.size - 1
    best = np.full(users, -1, np.int32)
    days, active = np.zeros(users, np.int64), np.zeros(users, np.int64)
    for u in range(users):
        best_own = 0
        for k in range(first[u], first[u + 1]):
            if avoid[u] >= 0 and near(place[k], avoid[u], cells):
                continue
            found, own = 0, 0
            for word in range(seen.shape[1]):
                union = np.uint64(0)
                for j in range(first[u], first[u + 1]):
                    if near(place[k], place[j], cells):
                        union |= seen[j, word]
                found += _ones(union)
                own += _ones(seen[k, word])
            # Ties between neighbours go to the cell itself seen on most days.
            if found > days[u] or (found == days[u] and own > best_own):
                best[u], days[u], best_own = place[k], found, own
        for word in range(seen.shape[1]):
            union = np.uint64(0)
            for j in range(first[u], first[u + 1]):
                union |= seen[j, word]
            active[u] += _ones(union)
    return best, days, active


@kernel
def _ones(word: np.uint64) -> int:
    """How many bits are set (Warren, Hacker's Delight, 5-1)."""
    word -= (word >> np.uint64(1)) & np.uint64(0x5555555555555555)
    pairs = np.uint64(0x3333333333333333)
    word = (word & pairs) + ((word >> np.uint64(2)) & pairs)
    word = (word + (word >> np.uint64(4))) & np.uint64(0x0F0F0F0F0F0F0F0F)
    return int((word * np.uint64(0x0101010101010101)) >> np.uint64(56))


@kernel
def active_days(
    first: NDArray[np.int64], start_s: NDArray[np.int64], end_s: NDArray[np.int64]
) -> NDArray[np.int64]:
    """Count each user's different days with a stay.

    Parameters
    ----------
    first : int64[users + 1], rows of each user's stays; start_s, end_s : int64[stays], local clock readings, in order.

    Returns
    -------
    int64[users].
    """
    days = np.zeros(first.size - 1, np.int64)
    for u in range(days.size):
        counted = start_s[first[u]] // _DAY_S - 1 if first[u] < first[u + 1] else 0
        for i in range(first[u], first[u + 1]):
            last = end_s[i] // _DAY_S
            days[u] += max(0, last - max(start_s[i] // _DAY_S - 1, counted))
            counted = max(counted, last)
    return days


@kernel
def never_moved(
    first: NDArray[np.int64],
    place: NDArray[np.int32],
    lon: NDArray[np.float64],
    lat: NDArray[np.float64],
    radius_m: NDArray[np.float64],
) -> NDArray[np.bool_]:
    """Which users were never farther than twice the larger radius from their first place. bool[users].

    Parameters
    ----------
    first : int64[users + 1], rows of each user's stays; place : int32[stays].
    """
    cells = places_of(lon, lat, 2.0 * radius_m)
    still = np.ones(first.size - 1, np.bool_)
    for u in range(still.size):
        for i in range(first[u] + 1, first[u + 1]):
            if not near(place[i], place[first[u]], cells):
                still[u] = False
                break
    return still


@kernel
def cells_about(
    first: NDArray[np.int64],
    place: NDArray[np.int32],
    seen: NDArray[np.uint64],
    anchor: NDArray[np.int32],
    lon: NDArray[np.float64],
    lat: NDArray[np.float64],
    radius_m: NDArray[np.float64],
) -> tuple[NDArray[np.int64], NDArray[np.int32], NDArray[np.float64]]:
    """Cells in reach of each user's anchor, and the days on which each was the user's place.

    A phone at rest is served by the cells around; those within twice the radius count.

    Parameters
    ----------
    first, place, seen : of `days_at_places`; anchor : int32[users], cell or -1.

    Returns
    -------
    first : int64[users + 1]; cell : int32[n], the anchor first; days : float64[n].
    """
    cells = places_of(lon, lat, 2.0 * radius_m)
    out_first = np.zeros(anchor.size + 1, np.int64)
    cell, days = np.empty(place.size, np.int32), np.empty(place.size)
    n = 0
    for u in range(anchor.size):
        out_first[u] = n
        for k in range(first[u], first[u + 1]):
            if anchor[u] < 0 or not near(anchor[u], place[k], cells):
                continue
            cell[n], days[n] = place[k], 0
            for word in seen[k]:
                days[n] += _ones(word)
            if place[k] == anchor[u]:
                cell[out_first[u]], cell[n] = cell[n], cell[out_first[u]]
                days[out_first[u]], days[n] = days[n], days[out_first[u]]
            n += 1
    out_first[anchor.size] = n
    return out_first, cell[:n].copy(), days[:n].copy()
