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
def dense_codes(key: NDArray[np.int64], size: int) -> tuple[NDArray[np.int64], NDArray[np.int32]]:
    """Distinct keys, ascending, and the place of each key among them; quicker than hashing where keys are small.

    Parameters
    ----------
    key : int64[n], from 0 to `size`, of which room for as many numbers is taken.

    Returns
    -------
    distinct : int64[k]; code : int32[n].
    """
    number = np.zeros(size, np.int32)
    for i in range(key.size):
        number[key[i]] = 1
    found = 0
    for k in range(size):
        found += number[k]
    distinct, code = np.empty(found, np.int64), np.empty(key.size, np.int32)
    found = 0
    for k in range(size):
        if number[k]:
            number[k], distinct[found] = found, k
            found += 1
    for i in range(key.size):
        code[i] = number[key[i]]
    return distinct, code


_PERSON, _USERS = 0, 1
_TRIPS, _POPULATION, _SQUARES, _WHOLE, _PART = 1, 2, 3, 4, 5
_ROOM = 6
"""What is known of a key lies side by side: two numbers of 4 bytes in the room of the first of 8, then the others."""


@kernel
def sums_by_code(
    code: NDArray[np.int32],
    groups: int,
    user: NDArray[np.uint64],
    trips: NDArray[np.float64],
    population: NDArray[np.float64],
) -> tuple[NDArray[np.float64], NDArray[np.int64], NDArray[np.int32], NDArray[np.int32]]:
    """Sum rows by a code from 0 to `groups`; all rows of a user stand together.

    Parameters
    ----------
    code : int32[n]; user : uint64[n]; trips, population : float64[n].

    Returns
    -------
    sums : float64[groups, 3], trips, population, and the variance of population under a Poisson bootstrap over
        users; users : int64[groups], distinct users.
    pair_code, pair_person : int32[m], the distinct pairs of a code and a user, users numbered in their order.

    Notes
    -----
    In a Poisson bootstrap (Chamandy et al. 2012) each user counts a Poisson(1) number of times; the
    variance of a sum is then the sum over users of their squared parts, in closed form. A user's place is
    one of the H3 cells that the radio cell serves, the same for all of the user's trips: a part that is
    a share p of w persons' trips is w with probability p, and its square is w * w * p.
    """
    known = np.zeros((groups, _ROOM))
    count = known.view(np.int32)
    pair_code, pair_person = np.empty(code.size, np.int32), np.empty(code.size, np.int32)
    pairs, person = 0, 0
    for i in range(code.size):
        g = code[i]
        person += i == 0 or user[i] != user[i - 1]
        # Without a branch: whether a person is new to a code cannot be foreseen, and the code's row comes late.
        is_new = count[g, _PERSON] != person
        whole, part = known[g, _WHOLE], known[g, _PART]
        known[g, _SQUARES] += whole * part if is_new else 0.0
        count[g, _PERSON] = person
        count[g, _USERS] += is_new
        pair_code[pairs], pair_person[pairs] = g, person
        pairs += is_new
        known[g, _TRIPS] += trips[i]
        known[g, _POPULATION] += population[i]
        known[g, _PART] = (0.0 if is_new else part) + population[i]
        known[g, _WHOLE] = (0.0 if is_new else whole) + (population[i] / trips[i] if trips[i] > 0.0 else 0.0)
    for g in range(groups):
        known[g, _SQUARES] += known[g, _WHOLE] * known[g, _PART]
    users = count[:, _USERS].astype(np.int64)
    return known[:, _TRIPS:_WHOLE], users, pair_code[:pairs], pair_person[:pairs]


@kernel
def distinct_pairs(
    code: NDArray[np.int32], person: NDArray[np.int32], above: NDArray[np.int32], groups: int
) -> tuple[NDArray[np.int64], NDArray[np.int32], NDArray[np.int32]]:
    """Distinct users of sums, and their distinct pairs, from those of what is added up.

    Parameters
    ----------
    code, person : int32[n], as of `sums_by_code`; above : int32[codes], the sum that each code is part of, from 0 to
        `groups`.

    Returns
    -------
    users : int64[groups]; code, person : int32[m].
    """
    users, last = np.zeros(groups, np.int64), np.zeros(groups, np.int32)
    out_code, out_person = np.empty(code.size, np.int32), np.empty(code.size, np.int32)
    pairs = 0
    for i in range(code.size):
        g = above[code[i]]
        # Without a branch: which pairs are new cannot be foreseen, and every second guess would be wrong.
        is_new = last[g] != person[i]
        last[g], out_code[pairs], out_person[pairs] = person[i], g, person[i]
        users[g] += is_new
        pairs += is_new
    return users, out_code[:pairs], out_person[:pairs]
