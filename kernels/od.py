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
def sum_by_key(
    key: NDArray[np.int64],
    user: NDArray[np.uint64],
    trips: NDArray[np.float64],
    population: NDArray[np.float64],
) -> tuple[
    NDArray[np.int64], NDArray[np.int64], NDArray[np.float64], NDArray[np.float64], NDArray[np.float64]
]:
    """Sum rows that are sorted by (key, user).

    Returns
    -------
    key : int64[g], distinct, ascending; users : int64[g], distinct users; trips, population : float64[g];
    squares : float64[g], the variance of `population` under a Poisson bootstrap over users.

    Notes
    -----
    In a Poisson bootstrap (Chamandy et al. 2012) each user counts a Poisson(1) number of times; the
    variance of a sum is then the sum over users of their squared parts, in closed form. A user's place is
    one of the H3 cells that the radio cell serves, the same for all of the user's trips: a part that is
    a share p of w persons' trips is w with probability p, and its square is w * w * p.
    """
    groups = 0
    for i in range(key.size):
        groups += i == 0 or key[i] != key[i - 1]
    out_key, users = np.empty(groups, np.int64), np.zeros(groups, np.int64)
    out_trips, out_population, squares = np.zeros(groups), np.zeros(groups), np.zeros(groups)
    g = -1
    whole, part = 0.0, 0.0
    for i in range(key.size):
        new_key = i == 0 or key[i] != key[i - 1]
        if new_key or user[i] != user[i - 1]:
            if g >= 0:
                squares[g] += whole * part
            whole, part = 0.0, 0.0
            g += new_key
            users[g] += 1
            out_key[g] = key[i]
        out_trips[g] += trips[i]
        out_population[g] += population[i]
        part += population[i]
        whole += population[i] / trips[i] if trips[i] > 0.0 else 0.0
    if g >= 0:
        squares[g] += whole * part
    return out_key, users, out_trips, out_population, squares


@kernel
def merge_rows(
    key: NDArray[np.int64],
    user: NDArray[np.uint64],
    trips: NDArray[np.float64],
    population: NDArray[np.float64],
) -> tuple[NDArray[np.int64], NDArray[np.uint64], NDArray[np.float64], NDArray[np.float64]]:
    """Add rows of the same key and user, in rows sorted by (key, user)."""
    out_key, out_user = np.empty(key.size, np.int64), np.empty(key.size, np.uint64)
    out_trips, out_population = np.zeros(key.size), np.zeros(key.size)
    g = -1
    for i in range(key.size):
        if i == 0 or key[i] != key[i - 1] or user[i] != user[i - 1]:
            g += 1
            out_key[g], out_user[g] = key[i], user[i]
        out_trips[g] += trips[i]
        out_population[g] += population[i]
    n = g + 1
    return out_key[:n].copy(), out_user[:n].copy(), out_trips[:n].copy(), out_population[:n].copy()
