"""Which share of their trips the phones of quiet users show.

A user who calls twice a day shows few of the day's trips. How few is told by the users who call all day:
their stays are looked at through the calls of a quiet user (a donor), as if they had called when the donor
did. The trips that remain, over those that remain through the calls of another busy user, are the share.
"""

import numpy as np
from numpy.typing import NDArray

from kernels._jit import kernel
from kernels.geo import apart_m, near, places_of

_HOUR_S = 3_600


@kernel
def moments(
    start_s: NDArray[np.int64], end_s: NDArray[np.int64], events: NDArray[np.int32]
) -> NDArray[np.int64]:
    """Times of the events of stays: the first, the last, the others evenly between. int64[sum of events]."""
    time_s = np.empty(events.sum(), np.int64)
    k = 0
    for i in range(start_s.size):
        for j in range(events[i]):
            step = (end_s[i] - start_s[i]) * j // (events[i] - 1) if events[i] > 1 else 0
            time_s[k] = start_s[i] + step
            k += 1
    return time_s


@kernel
def active_hours(
    first: NDArray[np.int64], start_s: NDArray[np.int64], end_s: NDArray[np.int64], events: NDArray[np.int32]
) -> NDArray[np.int64]:
    """Distinct hours with an event, the events of a stay evenly from its start to its end as in `moments`.

    Parameters
    ----------
    first : int64[users + 1], rows of each user's stays; start_s, end_s, events : [stays], by user and time.

    Returns
    -------
    int64[users].
    """
    hours = np.zeros(first.size - 1, np.int64)
    for u in range(hours.size):
        before = start_s[first[u]] // _HOUR_S - 1 if first[u] < first[u + 1] else 0
        for i in range(first[u], first[u + 1]):
            hour, last = start_s[i] // _HOUR_S, end_s[i] // _HOUR_S
            hours[u] += hour != before
            # Even steps of an hour and more are as many hours; shorter ones leave out no hour up to the last.
            hours[u] += min(events[i] - 1, last - hour)
            before = last
    return hours


@kernel
def trips_through(
    stay: tuple[int, int],
    donor: tuple[int, int],
    start_s: NDArray[np.int64],
    end_s: NDArray[np.int64],
    place: NDArray[np.int32],
    time_s: NDArray[np.int64],
    cells: NDArray[np.float64],
    min_dwell_s: int,
    speed_mps: float,
    max_interval_s: int,
    scratch: NDArray[np.int64],
) -> int:
    """Count the trips that a user's stays show at the event times of a donor.

    Parameters
    ----------
    stay, donor : (first, last + 1) rows of the user's stays, and of the donor's events.
    start_s, end_s, place : [stays]; time_s : [events], in order; cells : of `kernels.geo.places_of`.
    min_dwell_s, speed_mps, max_interval_s : as in `kernels.stays.is_stay` and `kernels.trips`.
    scratch : int64[3, at least the donor's events].
    """
    hit, from_s, to_s = scratch
    hits, i = 0, stay[0]
    for j in range(donor[0], donor[1]):
        t = time_s[j]
        while i + 1 < stay[1] and t >= start_s[i + 1]:
            i += 1
        # Between two stays the person is nearer in time to one of them.
        at = i + 1 if i + 1 < stay[1] and t > end_s[i] and t - end_s[i] > start_s[i + 1] - t else i
        if hits and near(place[hit[hits - 1]], place[at], cells):
            to_s[hits - 1] = t
        else:
            hit[hits], from_s[hits], to_s[hits] = at, t, t
            hits += 1
    trips, last = 0, -1
    for v in range(hits):
        if 0 < v < hits - 1 and to_s[v] - from_s[v] < min_dwell_s:
            a, b, c = place[hit[v - 1]], place[hit[v]], place[hit[v + 1]]
            way_m = apart_m(a, b, cells) + apart_m(b, c, cells)
            if from_s[v + 1] - to_s[v - 1] - way_m / speed_mps < min_dwell_s:
                continue
        if last >= 0:
            moved = not near(place[hit[last]], place[hit[v]], cells)
            trips += moved and from_s[v] - to_s[last] <= max_interval_s
        last = v
    return trips


@kernel
def count_through_donors(
    stay_first: NDArray[np.int64],
    event_first: NDArray[np.int64],
    start_s: NDArray[np.int64],
    end_s: NDArray[np.int64],
    place: NDArray[np.int32],
    time_s: NDArray[np.int64],
    busy: NDArray[np.int64],
    donors: NDArray[np.int64],
    lon: NDArray[np.float64],
    lat: NDArray[np.float64],
    radius_m: NDArray[np.float64],
    min_dwell_s: int,
    speed_mps: float,
    max_interval_s: int,
) -> int:
    """Trips of the busy users, each seen through a donor of its own.

    Parameters
    ----------
    stay_first, event_first : int64[users + 1], rows of each user's stays and events.
    busy, donors : users; the donors are taken in turn, and none for itself where there is another.
    """
    cells = places_of(lon, lat, radius_m)
    trips, most = 0, 0
    for d in donors:
        most = max(most, event_first[d + 1] - event_first[d])
    scratch = np.empty((3, most), np.int64)
    for k in range(busy.size):
        u = busy[k]
        d = donors[k % donors.size]
        if d == u:
            d = donors[(k + 1) % donors.size]
        trips += trips_through(
            (stay_first[u], stay_first[u + 1]),
            (event_first[d], event_first[d + 1]),
            start_s,
            end_s,
            place,
            time_s,
            cells,
            min_dwell_s,
            speed_mps,
            max_interval_s,
            scratch,
        )
    return trips
