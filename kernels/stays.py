"""Stays: where a person dwelt, from sparse events of a phone (events sorted by user and time).

A person's events are cut into visits: runs of events near the run's mean position.
A visit is a stay when the time that the person can have spent there is long enough; otherwise the
phone was only passing by.
"""

import numpy as np
from numpy.typing import NDArray

from kernels._jit import kernel
from kernels.geo import apart_m, near, places_of
from kernels.modes import first_largest


@kernel
def without_ping_pong(
    user: NDArray[np.uint64],
    time_s: NDArray[np.int64],
    cell: NDArray[np.int32],
    within_s: int,
) -> NDArray[np.int32]:
    """Undo oscillation between overlapping cells: in A B A within `within_s`, B becomes A.

    Parameters
    ----------
    user : uint64[n]; time_s : int64[n]; cell : int32[n], sorted by user and time.

    Returns
    -------
    int32[n], the cells.

    Notes
    -----
    The time-window rule of Wu et al. 2014 (oscillation resolution), with windows of three events.
    """
    steady = cell.copy()
    for i in range(1, user.size - 1):
        same_user = user[i - 1] == user[i] and user[i] == user[i + 1]
        returns = steady[i - 1] == steady[i + 1] and steady[i] != steady[i - 1]
        if same_user and returns and time_s[i + 1] - time_s[i - 1] <= within_s:
            steady[i] = steady[i - 1]
    return steady


@kernel
def visits(
    user: NDArray[np.uint64],
    time_s: NDArray[np.int64],
    cell: NDArray[np.int32],
    lon: NDArray[np.float64],
    lat: NDArray[np.float64],
    radius_m: NDArray[np.float64],
    max_gap_s: int,
) -> tuple[NDArray[np.int64], NDArray[np.int32]]:
    """First event of each visit, with the number of events at the end; and the visit's main cell.

    Parameters
    ----------
    user, time_s, cell : [n], sorted by user and time.
    lon, lat : float64[cells], degrees, position of each cell.
    radius_m : float64[cells]; an event farther from the visit's mean position than the largest radius of
        the visit's cells and its own starts another visit.
    max_gap_s : so does an event after a longer silence.

    Returns
    -------
    starts : int64[visits + 1]; place : int32[visits], the cell with most events, the one seen first on a tie.
    """
    count = user.size
    starts, place = np.empty(count + 1, np.int64), np.empty(count, np.int32)
    cells = places_of(lon, lat, radius_m)
    distinct, seen = np.empty(lon.size, np.int32), np.empty(lon.size, np.int64)
    x, y, z, reach = 0.0, 0.0, 0.0, 0.0
    found, members, kinds, k = 0, 0, 0, 0
    for i in range(count):
        c = cell[i]
        moved = i == 0 or c != cell[i - 1]
        new = i == 0 or user[i] != user[i - 1] or time_s[i] - time_s[i - 1] > max_gap_s
        if kinds == 1 and not moved and not new:
            # The mean of one cell stays where it is.
            seen[0] += 1
            members += 1
            continue
        if moved and not new:
            away = (cells[c, 0] - x) ** 2 + (cells[c, 1] - y) ** 2 + (cells[c, 2] - z) ** 2
            new = away > max(reach, cells[c, 3])
        if new:
            if found:
                place[found - 1] = distinct[first_largest(seen, kinds)]
            starts[found] = i
            found += 1
            x, y, z, reach, members, kinds = 0.0, 0.0, 0.0, 0.0, 0, 0
        if new or moved:
            k = 0
            while k < kinds and distinct[k] != c:
                k += 1
            if k == kinds:
                distinct[k], seen[k] = c, 0
                kinds += 1
        seen[k] += 1
        members += 1
        share = 1.0 / members
        x += (cells[c, 0] - x) * share
        y += (cells[c, 1] - y) * share
        z += (cells[c, 2] - z) * share
        reach = max(reach, cells[c, 3])
    if found:
        place[found - 1] = distinct[first_largest(seen, kinds)]
    starts[found] = count
    return starts[: found + 1].copy(), place[:found].copy()


@kernel
def ends_of_visits(
    user: NDArray[np.uint64], time_s: NDArray[np.int64], starts: NDArray[np.int64]
) -> tuple[NDArray[np.uint64], NDArray[np.int64], NDArray[np.int64]]:
    """User, first and last second of each visit of `visits`: uint64, int64 and int64[visits]."""
    count = starts.size - 1
    who, start_s, end_s = np.empty(count, np.uint64), np.empty(count, np.int64), np.empty(count, np.int64)
    for v in range(count):
        who[v], start_s[v], end_s[v] = user[starts[v]], time_s[starts[v]], time_s[starts[v + 1] - 1]
    return who, start_s, end_s


@kernel
def is_stay(
    user: NDArray[np.uint64],
    start_s: NDArray[np.int64],
    end_s: NDArray[np.int64],
    place: NDArray[np.int32],
    lon: NDArray[np.float64],
    lat: NDArray[np.float64],
    min_dwell_s: int,
    speed_mps: float,
) -> NDArray[np.bool_]:
    """Tell stays from passing by.

    A visit is a stay if it was seen to last `min_dwell_s`, or if it can have lasted that long: the
    time between the visits before and after, less the time to travel there and on at `speed_mps`.
    A user's first and last visit has an open side and counts as a stay.

    Parameters
    ----------
    user, start_s, end_s, place : [visits]; lon, lat : float64[cells], degrees.

    Returns
    -------
    bool[visits].
    """
    count = user.size
    stay = np.zeros(count, np.bool_)
    cells = places_of(lon, lat, np.zeros(lon.size))
    for v in range(count):
        open_before = v == 0 or user[v - 1] != user[v]
        open_after = v == count - 1 or user[v + 1] != user[v]
        if open_before or open_after or end_s[v] - start_s[v] >= min_dwell_s:
            stay[v] = True
            continue
        here = place[v]
        before, after = place[v - 1], place[v + 1]
        way_m = apart_m(before, here, cells) + apart_m(here, after, cells)
        free_s = (start_s[v + 1] - end_s[v - 1]) - way_m / speed_mps
        stay[v] = free_s >= min_dwell_s
    return stay


@kernel
def merge_same_place(
    user: NDArray[np.uint64],
    place: NDArray[np.int32],
    end_s: NDArray[np.int64],
    start_s: NDArray[np.int64],
    dwelt: NDArray[np.bool_],
    lon: NDArray[np.float64],
    lat: NDArray[np.float64],
    radius_m: NDArray[np.float64],
    max_gap_s: int,
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Join consecutive stays of a user within the larger `radius_m` of their cells and `max_gap_s` of each other.

    Parameters
    ----------
    user, place, end_s, start_s : [visits]; dwelt : bool[visits], which of them are stays; the others, which may part
        two stays, are passed over.

    Returns
    -------
    first, last : int64[stays], the visits that a joined stay goes from and to.
    """
    cells = places_of(lon, lat, radius_m)
    first, last = np.empty(user.size, np.int64), np.empty(user.size, np.int64)
    n = 0
    for v in range(user.size):
        if not dwelt[v]:
            continue
        before = last[n - 1] if n else v
        joined = n > 0 and user[v] == user[before] and start_s[v] - end_s[before] <= max_gap_s
        if not joined or not near(place[before], place[v], cells):
            first[n] = v
            n += 1
        last[n - 1] = v
    return first[:n].copy(), last[:n].copy()


@kernel
def events_of_stays(
    starts: NDArray[np.int64], dwelt: NDArray[np.bool_], first: NDArray[np.int64], last: NDArray[np.int64]
) -> NDArray[np.int32]:
    """Events of each stay of `merge_same_place`, without those of visits that were passed over. int32[stays]."""
    events = np.zeros(first.size, np.int32)
    for k in range(first.size):
        for v in range(first[k], last[k] + 1):
            events[k] += (starts[v + 1] - starts[v]) * dwelt[v]
    return events
