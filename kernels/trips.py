"""Trips: moves between consecutive stays, with what is known of their times."""

import numpy as np
from numpy.typing import NDArray

from kernels._jit import kernel
from kernels.geo import distance_m

HBW, HBO, NHB, UNKNOWN = 0, 1, 2, 3


@kernel
def trip_origins(
    user: NDArray[np.uint64],
    place: NDArray[np.int32],
    start_s: NDArray[np.int64],
    end_s: NDArray[np.int64],
    lon: NDArray[np.float64],
    lat: NDArray[np.float64],
    min_distance_m: float,
    max_interval_s: int,
) -> NDArray[np.int64]:
    """Indices of the stays from which a trip leads to the next stay.

    Parameters
    ----------
    user, place, start_s, end_s : [stays], sorted by user and start.
    lon, lat : float64[cells], degrees.
    min_distance_m : shorter moves are none.
    max_interval_s : between stays farther apart in time the move is not known well enough.

    Returns
    -------
    int64[trips]; the trip goes from stay i to stay i + 1.
    """
    origins = np.empty(max(user.size - 1, 0), np.int64)
    found = 0
    for i in range(user.size - 1):
        if user[i] != user[i + 1] or place[i] == place[i + 1]:
            continue
        a, b = place[i], place[i + 1]
        far = distance_m(lon[a], lat[a], lon[b], lat[b]) >= min_distance_m
        if far and start_s[i + 1] - end_s[i] <= max_interval_s:
            origins[found] = i
            found += 1
    return origins[:found].copy()


@kernel
def purposes(
    user: NDArray[np.uint64],
    origin: NDArray[np.int32],
    destination: NDArray[np.int32],
    anchor_user: NDArray[np.uint64],
    home: NDArray[np.int32],
    work: NDArray[np.int32],
    lon: NDArray[np.float64],
    lat: NDArray[np.float64],
    radius_m: float,
) -> NDArray[np.int8]:
    """Purpose of each trip: HBW between home and work, HBO with one end at home, else NHB.

    Parameters
    ----------
    user, origin, destination : [trips], sorted by user.
    anchor_user, home, work : [users], sorted by user; -1 where unknown.
    radius_m : a place within this distance of an anchor is the anchor.

    Returns
    -------
    int8[trips]: `HBW`, `HBO`, `NHB`, or `UNKNOWN` where the user's home is not known.
    """
    purpose = np.full(user.size, UNKNOWN, np.int8)
    for i in range(user.size):
        u = np.searchsorted(anchor_user, user[i])
        if u == anchor_user.size or anchor_user[u] != user[i] or home[u] < 0:
            continue
        a, b = origin[i], destination[i]
        a_home, b_home = _near(a, home[u], lon, lat, radius_m), _near(b, home[u], lon, lat, radius_m)
        a_work = work[u] >= 0 and _near(a, work[u], lon, lat, radius_m)
        b_work = work[u] >= 0 and _near(b, work[u], lon, lat, radius_m)
        if (a_home and b_work) or (a_work and b_home):
            purpose[i] = HBW
        else:
            purpose[i] = HBO if a_home or b_home else NHB
    return purpose


@kernel
def _near(a: int, b: int, lon: NDArray[np.float64], lat: NDArray[np.float64], radius_m: float) -> bool:
    return a == b or distance_m(lon[a], lat[a], lon[b], lat[b]) <= radius_m


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
