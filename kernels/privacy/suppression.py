"""Withhold figures about few people, and what they could be computed from: complementary suppression.

Figures form a forest: each is the sum of its children. What a published sum tells beyond the published
figures below it is the sum of its *open* leaves: the withheld leaves that no published figure lies
between. Every withheld leaf is open to one sum at most, so that these sums are all that can be known of
withheld leaves (they are disjoint equations: one for each published sum), and

- a leaf can be computed if it is the only open leaf of a published sum, and else lies in [0, sum];
- the people behind an open sum are at least as many as behind its largest leaf.

Hundepool et al. 2012, Statistical Disclosure Control, chapter 4, for tables in general, where exact
answers need linear programs: a nested hierarchy does without.
"""

import numpy as np
from numpy.typing import NDArray

from kernels._jit import kernel


@kernel
def suppressed_tree(
    parent: NDArray[np.int64], leaves: int, users: NDArray[np.int64], value: NDArray[np.float64], k: int
) -> NDArray[np.bool_]:
    """Which figures may be shown.

    Figures of fewer than k users are withheld. Then, from below, each shown sum whose open leaves are one
    alone, or of which none has k users, is made safe in the way that loses least: by withholding its
    smallest shown leaf, or a shown sum below it that has safe open leaves, or the sum itself.

    Parameters
    ----------
    parent : int64[n], the sum that each figure is part of, at a later place; -1 for none.
    leaves : the first so many figures are leaves.
    users : int64[n], distinct persons behind each figure.
    value : float64[n], what is summed up.

    Returns
    -------
    bool[n].
    """
    n = parent.size
    shown = users >= k
    count, most = np.zeros(n, np.int64), np.zeros(n, np.int64)
    hidden_value = np.zeros(n)
    spare, inner = np.full(n, -1, np.int64), np.full(n, -1, np.int64)
    for v in range(n):
        if v < leaves:
            if shown[v]:
                spare[v] = v
            else:
                count[v], most[v], hidden_value[v] = 1, users[v], value[v]
        elif shown[v] and count[v] > 0 and (count[v] == 1 or most[v] < k):
            _make_safe(v, shown, users, value, count, most, hidden_value, spare, inner)
        up = parent[v]
        if up < 0:
            continue
        if shown[v] and v >= leaves:
            if count[v] > 0 and (inner[up] < 0 or hidden_value[v] < hidden_value[inner[up]]):
                inner[up] = v
            continue
        count[up] += count[v]
        most[up] = max(most[up], most[v])
        hidden_value[up] += hidden_value[v]
        if spare[v] >= 0 and (spare[up] < 0 or value[spare[v]] < value[spare[up]]):
            spare[up] = spare[v]
        if inner[v] >= 0 and (inner[up] < 0 or hidden_value[inner[v]] < hidden_value[inner[up]]):
            inner[up] = inner[v]
    return shown


@kernel
def _make_safe(v, shown, users, value, count, most, hidden_value, spare, inner):  # type: ignore[no-untyped-def]
    """Withhold a leaf, a sum below, or the sum `v` itself: whatever loses least."""
    loss_leaf = value[spare[v]] if spare[v] >= 0 else np.inf
    loss_inner = hidden_value[inner[v]] if inner[v] >= 0 else np.inf
    if hidden_value[v] <= min(loss_leaf, loss_inner):
        shown[v] = False
    elif loss_leaf <= loss_inner:
        leaf = spare[v]
        shown[leaf] = False
        count[v] += 1
        most[v] = max(most[v], users[leaf])
        hidden_value[v] += value[leaf]
        spare[v] = -1
    else:
        below = inner[v]
        shown[below] = False
        count[v] += count[below]
        most[v] = max(most[v], most[below])
        hidden_value[v] += hidden_value[below]
        inner[v] = -1


@kernel
def open_sums(
    parent: NDArray[np.int64], leaves: int, shown: NDArray[np.bool_], value: NDArray[np.float64]
) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.float64]]:
    """What an attacker computes from shown figures alone.

    Returns
    -------
    sum_of : int64[leaves], the shown sum that each withheld leaf is open to; -1 for none, and for shown
        leaves.
    count : int64[n], open leaves of each sum; rest : float64[n], their sum, by subtraction of shown
        figures from shown figures.
    """
    n = parent.size
    above = np.full(n, -1, np.int64)
    for v in range(n - 1, -1, -1):
        if parent[v] >= 0:
            above[v] = parent[v] if shown[parent[v]] else above[parent[v]]
    sum_of, count = np.full(leaves, -1, np.int64), np.zeros(n, np.int64)
    rest = np.zeros(n)
    for v in range(n):
        if v >= leaves and shown[v]:
            rest[v] += value[v]
        if above[v] >= 0:
            if shown[v]:
                rest[above[v]] -= value[v]
            elif v < leaves:
                sum_of[v] = above[v]
                count[above[v]] += 1
    return sum_of, count, rest
