"""Count trips and distinct users by origin, destination and time class."""

import numpy as np
from numpy.typing import NDArray

from kernels._jit import kernel


@kernel
def spread_trips(
    user: NDArray[np.uint64],
    origin: NDArray[np.int32],
    destination: NDArray[np.int32],
    time_class: NDArray[np.int64],
    expansion: NDArray[np.float64],
    row_start: NDArray[np.int64],
    h3_index: NDArray[np.int64],
    weight: NDArray[np.float64],
    h3_count: int,
    classes: int,
) -> tuple[NDArray[np.int64], NDArray[np.uint64], NDArray[np.float64], NDArray[np.float64]]:
    """Spread each trip over the H3 cells that its two radio cells serve.

    Parameters
    ----------
    user, origin, destination, time_class, expansion : [trips].
    row_start : int64[cells + 1], h3_index : int64[m], weight : float64[m]: the H3 cells of a radio
        cell, in compressed rows; the weights of a cell sum to 1.
    h3_count, classes : how many H3 cells and time classes there are.

    Returns
    -------
    key : int64[k], ``(origin * h3_count + destination) * classes + time_class``;
    user : uint64[k]; trips : float64[k], parts of a trip; population : float64[k], the same expanded.
    """
    rows = 0
    for i in range(user.size):
        starts = row_start[origin[i] + 1] - row_start[origin[i]]
        rows += starts * (row_start[destination[i] + 1] - row_start[destination[i]])
    key, who = np.empty(rows, np.int64), np.empty(rows, np.uint64)
    trips, population = np.empty(rows), np.empty(rows)
    k = 0
    for i in range(user.size):
        for a in range(row_start[origin[i]], row_start[origin[i] + 1]):
            for b in range(row_start[destination[i]], row_start[destination[i] + 1]):
                key[k] = (h3_index[a] * h3_count + h3_index[b]) * classes + time_class[i]
                who[k] = user[i]
                trips[k] = weight[a] * weight[b]
                population[k] = trips[k] * expansion[i]
                k += 1
    return key, who, trips, population


@kernel
def sums_by_code(
    code: NDArray[np.int32],
    groups: int,
    user: NDArray[np.uint64],
    trips: NDArray[np.float64],
    population: NDArray[np.float64],
) -> tuple[NDArray[np.int64], NDArray[np.float64], NDArray[np.float64], NDArray[np.float64]]:
    """Sum rows by a code from 0 to `groups`; all rows of a user stand together.

    Parameters
    ----------
    code : int32[n]; user : uint64[n]; trips, population : float64[n].

    Returns
    -------
    users : int64[groups], distinct users; trips, population : float64[groups];
    squares : float64[groups], the variance of `population` under a Poisson bootstrap over users.

    Notes
    -----
    In a Poisson bootstrap (Chamandy et al. 2012) each user counts a Poisson(1) number of times; the
    variance of a sum is then the sum over users of their squared parts, in closed form. A user's place is
    one of the H3 cells that the radio cell serves, the same for all of the user's trips: a part that is
    a share p of w persons' trips is w with probability p, and its square is w * w * p.
    """
    users, squares = np.zeros(groups, np.int64), np.zeros(groups)
    out_trips, out_population = np.zeros(groups), np.zeros(groups)
    last, whole, part = np.zeros(groups, np.uint64), np.zeros(groups), np.zeros(groups)
    for i in range(code.size):
        g = code[i]
        if users[g] == 0 or last[g] != user[i]:
            squares[g] += whole[g] * part[g]
            whole[g], part[g] = 0.0, 0.0
            users[g] += 1
            last[g] = user[i]
        out_trips[g] += trips[i]
        out_population[g] += population[i]
        part[g] += population[i]
        whole[g] += population[i] / trips[i] if trips[i] > 0.0 else 0.0
    for g in range(groups):
        squares[g] += whole[g] * part[g]
    return users, out_trips, out_population, squares


@kernel
def merge_neighbours(
    key: NDArray[np.int64],
    user: NDArray[np.uint64],
    trips: NDArray[np.float64],
    population: NDArray[np.float64],
) -> tuple[NDArray[np.int64], NDArray[np.uint64], NDArray[np.float64], NDArray[np.float64]]:
    """Add rows that follow each other and have the same key and user: fewer rows, the same sums."""
    out_key, out_user = np.empty(key.size, np.int64), np.empty(key.size, np.uint64)
    out_trips, out_population = np.empty(key.size), np.empty(key.size)
    g = -1
    for i in range(key.size):
        if g >= 0 and key[i] == out_key[g] and user[i] == out_user[g]:
            out_trips[g] += trips[i]
            out_population[g] += population[i]
            continue
        g += 1
        out_key[g], out_user[g] = key[i], user[i]
        out_trips[g], out_population[g] = trips[i], population[i]
    n = g + 1
    return out_key[:n], out_user[:n], out_trips[:n], out_population[:n]
