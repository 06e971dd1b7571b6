"""The places a person comes back to, all of them, by the days on which each was seen."""

import numpy as np
from numpy.typing import NDArray

from kernels._jit import kernel
from kernels.geo import distance_m


@kernel
def regular_places(
    user: NDArray[np.int64],
    place: NDArray[np.int32],
    day: NDArray[np.int64],
    lon: NDArray[np.float64],
    lat: NDArray[np.float64],
    radius_m: NDArray[np.float64],
    least_days: int,
    least_share: float,
) -> tuple[NDArray[np.int64], NDArray[np.int32], NDArray[np.int64]]:
    """Places of each user that were seen on enough days, cells within a radius counted together.

    The cell with most days about it is a place, and takes the cells about it along; then the next of those that
    are left, until none has enough days.

    Parameters
    ----------
    user : int64[n], rank of the user, ascending; place : int32[n], cell; day : int64[n]. Rows that repeat a
        (user, place, day) count once.
    radius_m : float64[cells]; two cells within the larger of their radii are one place.
    least_days, least_share : days at a place, and share of the user's active days, at the least.

    Returns
    -------
    user : int64[k], rank; place : int32[k], cell in the middle; days : int64[k]; by user, most days first,
    the smaller cell first on a tie.
    """
    out_user, out_place = np.empty(user.size, np.int64), np.empty(user.size, np.int32)
    out_days = np.empty(user.size, np.int64)
    found, first = 0, 0
    while first < user.size:
        last = first
        while last < user.size and user[last] == user[first]:
            last += 1
        places, seen = _seen_days(place[first:last], day[first:last])
        active = _days_of(seen, np.ones(places.size, np.bool_))
        least = max(float(least_days), least_share * active)
        left = np.ones(places.size, np.bool_)
        while True:
            k, days = _most_seen(places, seen, left, lon, lat, radius_m)
            if k < 0 or days < least:
                break
            out_user[found], out_place[found], out_days[found] = user[first], places[k], days
            found += 1
            for j in range(places.size):
                if _is_near(places[k], places[j], lon, lat, radius_m):
                    left[j] = False
        first = last
    return out_user[:found].copy(), out_place[:found].copy(), out_days[:found].copy()


@kernel
def _seen_days(
    place: NDArray[np.int32], day: NDArray[np.int64]
) -> tuple[NDArray[np.int32], NDArray[np.bool_]]:
    """Distinct places, ascending, and on which days of the user each was seen."""
    places, days = np.unique(place), np.unique(day)
    seen = np.zeros((places.size, days.size), np.bool_)
    for i in range(place.size):
        seen[np.searchsorted(places, place[i]), np.searchsorted(days, day[i])] = True
    return places, seen


@kernel
def _days_of(seen: NDArray[np.bool_], chosen: NDArray[np.bool_]) -> int:
    """Days on which any of the chosen places was seen."""
    days = 0
    for d in range(seen.shape[1]):
        for k in range(seen.shape[0]):
            if chosen[k] and seen[k, d]:
                days += 1
                break
    return days


@kernel
def _most_seen(
    places: NDArray[np.int32],
    seen: NDArray[np.bool_],
    left: NDArray[np.bool_],
    lon: NDArray[np.float64],
    lat: NDArray[np.float64],
    radius_m: NDArray[np.float64],
) -> tuple[int, int]:
    """Place with most days about it among those that are left, -1 if there is none, and these days.

    Ties between neighbours go to the cell that was itself seen on most days.
    """
    best, most, most_own = -1, 0, 0
    for k in range(places.size):
        if not left[k]:
            continue
        near = np.zeros(places.size, np.bool_)
        for j in range(places.size):
            near[j] = left[j] and _is_near(places[k], places[j], lon, lat, radius_m)
        days, own = _days_of(seen, near), int(seen[k].sum())
        if days > most or (days == most and own > most_own):
            best, most, most_own = k, days, own
    return best, most


@kernel
def _is_near(
    a: int, b: int, lon: NDArray[np.float64], lat: NDArray[np.float64], radius_m: NDArray[np.float64]
) -> bool:
    return a == b or distance_m(lon[a], lat[a], lon[b], lat[b]) <= max(radius_m[a], radius_m[b])
