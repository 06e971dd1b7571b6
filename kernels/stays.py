"""Stays: where a person dwelt, from sparse events of a phone (events sorted by user and time).

A person's events are cut into visits: runs of events near the run's mean position.
A visit is a stay when the time that the person can have spent there is long enough; otherwise the
phone was only passing by.
"""

import numpy as np
from numpy.typing import NDArray

from kernels._jit import kernel
from kernels.geo import apart_m, distance_m, near, places_of
from kernels.modes import most_frequent


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
) -> NDArray[np.int64]:
    """First event of each visit, with the number of events at the end.

    Parameters
    ----------
    user, time_s, cell : [n], sorted by user and time.
    lon, lat : float64[cells], degrees, position of each cell.
    radius_m : float64[cells]; an event farther from the visit's mean position than the largest radius of
        the visit's cells and its own starts another visit.
    max_gap_s : so does an event after a longer silence.

    Returns
    -------
    int64[visits + 1].
    """
    count = user.size
    starts = np.empty(count + 1, np.int64)
    found = 0
    mean_lon, mean_lat, members, reach_m = 0.0, 0.0, 0, 0.0
    for i in range(count):
        x, y = lon[cell[i]], lat[cell[i]]
        new = i == 0 or user[i] != user[i - 1] or time_s[i] - time_s[i - 1] > max_gap_s
        if not new and cell[i] != cell[i - 1]:
            new = distance_m(mean_lon, mean_lat, x, y) > max(reach_m, radius_m[cell[i]])
        if new:
            starts[found] = i
            found += 1
            mean_lon, mean_lat, members, reach_m = x, y, 1, radius_m[cell[i]]
        else:
            members += 1
            mean_lon += (x - mean_lon) / members
            mean_lat += (y - mean_lat) / members
            reach_m = max(reach_m, radius_m[cell[i]])
    starts[found] = count
    return starts[: found + 1].copy()


@kernel
def main_cells(cell: NDArray[np.int32], starts: NDArray[np.int64]) -> NDArray[np.int32]:
    """Cell with most events in each visit; the one seen first on a tie. int32[visits]."""
    count = starts.size - 1
    place = np.empty(count, np.int32)
    longest = 0
    for v in range(count):
        longest = max(longest, starts[v + 1] - starts[v])
    distinct, seen = np.empty(longest, np.int32), np.empty(longest, np.int64)
    for v in range(count):
        place[v] = most_frequent(cell, starts[v], starts[v + 1], distinct, seen)
    return place


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
    lon: NDArray[np.float64],
    lat: NDArray[np.float64],
    radius_m: NDArray[np.float64],
    max_gap_s: int,
) -> NDArray[np.int64]:
    """Group consecutive stays of a user within the larger `radius_m` of their cells and `max_gap_s` of each other.

    Returns
    -------
    int64[stays], the group number of each stay, ascending from 0.
    """
    cells = places_of(lon, lat, radius_m)
    group = np.zeros(user.size, np.int64)
    for v in range(1, user.size):
        joined = user[v] == user[v - 1] and start_s[v] - end_s[v - 1] <= max_gap_s
        joined = joined and near(place[v - 1], place[v], cells)
        group[v] = group[v - 1] + (0 if joined else 1)
    return group
