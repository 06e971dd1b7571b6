"""Was a person in the group behind an aggregate? Counts for the membership game.

Pyrgelis, Troncoso and De Cristofaro 2018 (NDSS): a game over aggregates of groups with and without a
target. Only the target's own cells tell anything of it, so only these are counted.
"""

import numpy as np
from numpy.typing import NDArray

from kernels._jit import kernel
from kernels.counter_random import stream
from kernels.privacy.draws import whole_below


@kernel
def group_counts(
    own: NDArray[np.int32],
    list_start: NDArray[np.int64],
    owner: NDArray[np.int32],
    users: int,
    target: int,
    size: int,
    groups: int,
    seed: int,
) -> NDArray[np.int32]:
    """How many of random groups are at each of a target's points; the target is in none of them.

    Parameters
    ----------
    own : int32[c], points of the target; list_start, owner : users of each point.
    users : how many there are; size : persons in a group, less than `users`; groups : how many to draw.

    Returns
    -------
    int32[groups, c].
    """
    count = np.zeros((groups, own.size), np.int32)
    inside = np.zeros(users, np.bool_)
    order = np.arange(users)
    for g in range(groups):
        key = stream(seed, g, target)
        taken, at = 0, 0
        while taken < size:
            j = at + whole_below(key, at, users - at)
            order[at], order[j] = order[j], order[at]
            if order[at] != target:
                inside[order[at]] = True
                taken += 1
            at += 1
        for c in range(own.size):
            for i in range(list_start[own[c]], list_start[own[c] + 1]):
                count[g, c] += inside[owner[i]]
        for k in range(at):
            inside[order[k]] = False
    return count


@kernel
def area_under_curve(positive: NDArray[np.float64], negative: NDArray[np.float64]) -> float:
    """Probability that a positive scores higher than a negative; ties count half (Mann and Whitney 1947).

    Parameters
    ----------
    positive, negative : float64[n], float64[m], not empty.
    """
    low = np.sort(negative)
    below = np.searchsorted(low, positive, side="left")
    up_to = np.searchsorted(low, positive, side="right")
    total = 0.0
    for i in range(positive.size):
        total += 0.5 * (below[i] + up_to[i])
    return total / (positive.size * negative.size)
