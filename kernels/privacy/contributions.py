"""Bound what one person adds to counts: a random choice among what is theirs."""

import numpy as np
from numpy.typing import NDArray

from kernels._jit import kernel
from kernels.counter_random import stream, uniform
from kernels.privacy.draws import whole_below


@kernel
def kept_contributions(
    user_start: NDArray[np.int64], identity: NDArray[np.uint64], cap: int, seed: int
) -> NDArray[np.bool_]:
    """Mark up to `cap` rows of each user, every choice of so many being as likely.

    The choice depends on the user's own identity and rows alone, never on other people: so the counts of
    two data sets that differ in one person differ by no more than `cap`.

    Parameters
    ----------
    user_start : int64[users + 1], where the rows of each user start; identity : uint64[users].

    Returns
    -------
    bool[rows].
    """
    kept = np.ones(user_start[-1], np.bool_)
    order = np.empty(0, np.int64)
    for user in range(user_start.size - 1):
        size = user_start[user + 1] - user_start[user]
        if size <= cap:
            continue
        if order.size < size:
            order = np.empty(2 * size, np.int64)
        for k in range(size):
            order[k] = k
        key = stream(seed, 0, identity[user])
        for k in range(cap):
            j = k + whole_below(key, k, size - k)
            order[k], order[j] = order[j], order[k]
        for k in range(cap, size):
            kept[user_start[user] + order[k]] = False
    return kept


@kernel
def chosen_entries(
    user: NDArray[np.uint64],
    cell: NDArray[np.int32],
    row_start: NDArray[np.int64],
    weight: NDArray[np.float64],
    topic: int,
    seed: int,
) -> NDArray[np.int64]:
    """Draw one entry of each row's cell, with the probability of its weight.

    Parameters
    ----------
    user : uint64[n], rows of a user together; cell : int32[n].
    row_start : int64[cells + 1], weight : float64[m]: the entries of a cell; their weights sum to 1.
    topic : draws of one topic do not depend on those of another.

    Returns
    -------
    int64[n], places in `weight`.
    """
    entry = np.empty(user.size, np.int64)
    first = 0
    for i in range(user.size):
        if i > 0 and user[i] != user[i - 1]:
            first = i
        left = uniform(stream(seed, topic, user[i]), i - first)
        at, last = row_start[cell[i]], row_start[cell[i] + 1] - 1
        while at < last and left >= weight[at]:
            left -= weight[at]
            at += 1
        entry[i] = at
    return entry
