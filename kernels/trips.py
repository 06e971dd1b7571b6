"""Trips: moves between consecutive stays, with what is known of their times."""

import numpy as np
from numpy.typing import NDArray

from kernels._jit import kernel
from kernels.geo import are_near, places_of

HBW, HBO, NHB, UNKNOWN = 0, 1, 2, 3
NO_KIND = 9
"""Kind of a trip of a user without a known home; the other nine are ``3 * origin + destination``."""


@kernel
def trip_origins(
    user: NDArray[np.uint64],
    place: NDArray[np.int32],
    start_s: NDArray[np.int64],
    end_s: NDArray[np.int64],
    lon: NDArray[np.float64],
    lat: NDArray[np.float64],
    radius_m: NDArray[np.float64],
    max_interval_s: int,
) -> NDArray[np.int64]:
    """Indices of the stays from which a trip leads to the next stay.

    Parameters
    ----------
    user, place, start_s, end_s : [stays], sorted by user and start.
    lon, lat : float64[cells], degrees.
    radius_m : float64[cells]; a move no longer than the larger radius of its two cells is none.
    max_interval_s : between stays farther apart in time the move is not known well enough.

    Returns
    -------
    int64[trips]; the trip goes from stay i to stay i + 1.
    """
    cells = places_of(lon, lat, radius_m)
    origins = np.empty(max(user.size - 1, 0), np.int64)
    found = 0
    for i in range(user.size - 1):
        moved = not are_near(place[i], place[i + 1], cells)
        is_known = (user[i] == user[i + 1]) & (start_s[i + 1] - end_s[i] <= max_interval_s)
        origins[found] = i
        found += moved & is_known
    return origins[:found].copy()


@kernel
def trip_kinds(
    user: NDArray[np.uint64],
    origin: NDArray[np.int32],
    destination: NDArray[np.int32],
    anchor_user: NDArray[np.uint64],
    home: NDArray[np.int32],
    work: NDArray[np.int32],
    lon: NDArray[np.float64],
    lat: NDArray[np.float64],
    radius_m: NDArray[np.float64],
) -> NDArray[np.int8]:
    """Kind of each trip by its ends, which may be at home (0), at work (1) or elsewhere (2).

    Parameters
    ----------
    user, origin, destination : [trips], sorted by user.
    anchor_user, home, work : [users], sorted by user; -1 where unknown.
    radius_m : float64[cells]; a place within the larger radius of the two cells is the anchor.

    Returns
    -------
    int8[trips]: ``3 * origin + destination``, or `NO_KIND` where the user's home is not known.
    """
    cells = places_of(lon, lat, radius_m)
    kind = np.full(user.size, NO_KIND, np.int8)
    u, b = 0, 0
    for i in range(user.size):
        while u < anchor_user.size and anchor_user[u] < user[i]:
            u += 1
        if u == anchor_user.size or anchor_user[u] != user[i] or home[u] < 0:
            continue
        # Most trips begin where the one before has ended.
        goes_on = i > 0 and user[i] == user[i - 1] and origin[i] == destination[i - 1]
        a = b if goes_on else _end(origin[i], home[u], work[u], cells)
        b = _end(destination[i], home[u], work[u], cells)
        kind[i] = 3 * a + b
    return kind


def purposes(kind: NDArray[np.int8]) -> NDArray[np.int8]:
    """Purpose of each kind of trip: HBW between home and work, HBO with one end at home, else NHB."""
    of_kind = np.full(NO_KIND + 1, NHB, np.int8)
    of_kind[[0, 2, 6]] = HBO
    of_kind[[1, 3]] = HBW
    of_kind[NO_KIND] = UNKNOWN
    return of_kind.take(kind)


@kernel
def _end(
    place: int,
    home: int,
    work: int,
    cells: NDArray[np.float64],
) -> int:
    elsewhere = 2 - ((work >= 0) & are_near(place, max(work, 0), cells))
    return elsewhere * (not are_near(place, home, cells))


@kernel
def cell_changes(user: NDArray[np.uint64], cell: NDArray[np.int32]) -> NDArray[np.int64]:
    """Indices of the events at another cell than the user's event before. int64[n], n < events."""
    found = np.empty(user.size, np.int64)
    n = 0
    for i in range(1, user.size):
        if user[i] == user[i - 1] and cell[i] != cell[i - 1]:
            found[n] = i
            n += 1
    return found[:n].copy()
