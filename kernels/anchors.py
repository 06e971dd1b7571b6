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
    cells = places_of(lon, lat, radius_m)
    best = np.full(users, -1, np.int32)
    days, active = np.zeros(users, np.int64), np.zeros(users, np.int64)
    places, seen, first_day = _room_for_days(user, day)
    first = 0
    while first < user.size:
        last = _end_of_user(user, first)
        u = user[first]
        n = _days_at_places(place, day, first, last, first_day, places, seen)
        best_own = 0
        for k in range(n):
            if avoid[u] >= 0 and near(places[k], avoid[u], cells):
                continue
            found, own = 0, 0
            for word in range(seen.shape[1]):
                union = np.uint64(0)
                for j in range(n):
                    if near(places[k], places[j], cells):
                        union |= seen[j, word]
                found += _ones(union)
                own += _ones(seen[k, word])
            # Ties between neighbours go to the cell itself seen on most days.
            if found > days[u] or (found == days[u] and own > best_own):
                best[u], days[u], best_own = places[k], found, own
        for word in range(seen.shape[1]):
            union = np.uint64(0)
            for j in range(n):
                union |= seen[j, word]
            active[u] += _ones(union)
        first = last
    return best, days, active


@kernel
def _end_of_user(user: NDArray[np.int64], first: int) -> int:
    """One past the last row of the user of row `first`."""
    last = first
    while last < user.size and user[last] == user[first]:
        last += 1
    return last


@kernel
def _room_for_days(
    user: NDArray[np.int64], day: NDArray[np.int64]
) -> tuple[NDArray[np.int32], NDArray[np.uint64], int]:
    """Room for the places of any user, a row of bits for the days at each; and the day of the first bit."""
    most, first = 0, 0
    first_day, last_day = (day.min(), day.max()) if day.size else (0, 0)
    while first < user.size:
        last = _end_of_user(user, first)
        most, first = max(most, last - first), last
    return (
        np.empty(most, np.int32),
        np.empty((most, (last_day - first_day) // _WORD + 1), np.uint64),
        first_day,
    )


@kernel
def _days_at_places(
    place: NDArray[np.int32],
    day: NDArray[np.int64],
    first: int,
    last: int,
    first_day: int,
    places: NDArray[np.int32],
    seen: NDArray[np.uint64],
) -> int:
    """Put the distinct places of some rows into `places`, ascending, and the days at each into `seen`; say how many."""
    n = 0
    for i in range(first, last):
        k = n
        while k > 0 and places[k - 1] >= place[i]:
            k -= 1
        if k == n or places[k] != place[i]:
            for j in range(n, k, -1):
                places[j] = places[j - 1]
                seen[j] = seen[j - 1]
            places[k] = place[i]
            seen[k] = 0
            n += 1
        since = day[i] - first_day
        seen[k, since // _WORD] |= np.uint64(1) << np.uint64(since % _WORD)
    return n


@kernel
def _ones(word: np.uint64) -> int:
    """How many bits are set."""
    count = 0
    while word:
        word &= word - np.uint64(1)
        count += 1
    return count


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
    cells = places_of(lon, lat, 2.0 * radius_m)
    first = np.zeros(anchor.size + 1, np.int64)
    cell, days = np.empty(user.size, np.int32), np.empty(user.size)
    places, seen, first_day = _room_for_days(user, day)
    n, at = 0, 0
    for u in range(anchor.size):
        first[u] = n
        last = at if at == user.size or user[at] != u else _end_of_user(user, at)
        if anchor[u] >= 0:
            for k in range(_days_at_places(place, day, at, last, first_day, places, seen)):
                if near(anchor[u], places[k], cells):
                    cell[n], days[n] = places[k], 0
                    for word in seen[k]:
                        days[n] += _ones(word)
                    if places[k] == anchor[u]:
                        cell[first[u]], cell[n] = cell[n], cell[first[u]]
                        days[first[u]], days[n] = days[n], days[first[u]]
                    n += 1
        at = last
    first[anchor.size] = n
    return first, cell[:n].copy(), days[:n].copy()
