"""Who is in touch with whom: a graph of acquaintances over the numbers of a simulated operator.

A new contact is a friend of a friend (Kumpula et al., Emergence of communities in weighted networks, PRL
99:228701, 2007), or somebody whose home is at distance d with a probability that falls as d^-2 (Lambiotte et
al., Geographical dispersal of mobile communication networks, Physica A 387:5317, 2008).
"""

import numpy as np
from numpy.typing import NDArray

from kernels._jit import kernel
from kernels.counter_random import stream, uniform

_TRIES = 4
"""Draws for one contact before it is left out."""


@kernel
def gravity(
    x_m: NDArray[np.float64], y_m: NDArray[np.float64], mass: NDArray[np.int64]
) -> NDArray[np.float64]:
    """Cumulative probability of each square for a contact of somebody in each square: mass / d^2.

    Parameters
    ----------
    x_m, y_m : float64[squares], centres, metres; mass : int64[squares], numbers at home there.

    Returns
    -------
    float64[squares, squares], rows end with 1. Within 1 km distance plays no part.
    """
    squares = mass.size
    table = np.empty((squares, squares))
    for a in range(squares):
        total = 0.0
        for b in range(squares):
            squared = (x_m[a] - x_m[b]) ** 2 + (y_m[a] - y_m[b]) ** 2
            total += mass[b] / max(squared, 1e6)
            table[a, b] = total
        table[a] /= total
    return table


@kernel
def _is_listed(contact: NDArray[np.int32], first: int, count: int, who: int) -> bool:
    found = False
    for k in range(count):
        found |= contact[first + k] == who
    return found


@kernel
def draw_contacts(
    wanted: NDArray[np.int32],
    square: NDArray[np.int32],
    member: NDArray[np.int32],
    member_start: NDArray[np.int64],
    reach: NDArray[np.float64],
    clustering: float,
    seed: int,
    topic: int,
) -> tuple[NDArray[np.int64], NDArray[np.int32], NDArray[np.int32]]:
    """Draw the graph.

    Parameters
    ----------
    wanted : int32[n], contacts that each number looks for; it is found by about as many.
    square : int32[n], where its home is; member, member_start : numbers by square, those of square s are
        ``member[member_start[s] : member_start[s + 1]]``.
    reach : float64[squares, squares], of `gravity`.
    clustering : probability that a contact is a contact's contact.

    Returns
    -------
    start : int64[n], contact : int32, count : int32[n]: contacts of i are ``contact[start[i] : start[i] +
    count[i]]``; i is among those of each of them.
    """
    n = wanted.size
    room = 4 * wanted.astype(np.int64) + 8
    start = np.cumsum(room) - room
    contact = np.full(room.sum(), -1, np.int32)
    count = np.zeros(n, np.int32)
    for i in range(n):
        key = stream(seed, topic, i)
        for k in range(wanted[i]):
            for t in range(_TRIES):
                draw = 4 * (k * _TRIES + t)
                j = -1
                if count[i] > 0 and uniform(key, draw) < clustering:
                    friend = contact[start[i] + int(uniform(key, draw + 1) * count[i])]
                    j = contact[start[friend] + int(uniform(key, draw + 2) * count[friend])]
                else:
                    s = int(np.searchsorted(reach[square[i]], uniform(key, draw + 1)))
                    s = min(s, member_start.size - 2)
                    size = member_start[s + 1] - member_start[s]
                    if size > 0:
                        j = member[member_start[s] + int(uniform(key, draw + 2) * size)]
                if j < 0 or j == i or count[i] == room[i] or count[j] == room[j]:
                    continue
                if not _is_listed(contact, start[i], count[i], j):
                    contact[start[i] + count[i]], contact[start[j] + count[j]] = j, i
                    count[i] += 1
                    count[j] += 1
                    break
    return start, contact, count
