"""How fast a person must have gone from one sighting to the next."""

import numpy as np
from numpy.typing import NDArray

from kernels._jit import kernel
from kernels.geo import distance_m


@kernel
def implied_speeds(
    user: NDArray[np.uint64],
    place: NDArray[np.int32],
    start_s: NDArray[np.int64],
    end_s: NDArray[np.int64],
    lon: NDArray[np.float64],
    lat: NDArray[np.float64],
    radius_m: NDArray[np.float64],
) -> NDArray[np.float64]:
    """Least speed of each move between consecutive sightings of a user.

    A cell tells where a phone is to within a radius only: the way is what is left of the distance between two
    cells when both radii are taken off.

    Parameters
    ----------
    user, place, start_s, end_s : [n], sorted by user and time; seconds since 1970, start and end of a sighting
        (the same for an event).
    lon, lat, radius_m : float64[cells], degrees and metres; NaN where unknown.

    Returns
    -------
    float64[n], metres a second from the sighting before; NaN for a user's first one, and where a position
    is unknown; infinity where there is a way and no time.
    """
    speed = np.full(user.size, np.nan)
    for i in range(1, user.size):
        if user[i] != user[i - 1]:
            continue
        a, b = place[i - 1], place[i]
        if not (np.isfinite(lon[a] + lat[a]) and np.isfinite(lon[b] + lat[b])):
            continue
        way_m = distance_m(lon[a], lat[a], lon[b], lat[b]) - radius_m[a] - radius_m[b]
        if a == b or way_m <= 0.0:
            speed[i] = 0.0
            continue
        time_s = start_s[i] - end_s[i - 1]
        speed[i] = way_m / time_s if time_s > 0 else way_m * np.inf
    return speed
