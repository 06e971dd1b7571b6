"""Moves that walk: another tail, another way between two nodes, another route.

A walk goes by links towards a target and never enters a node twice.
"""

import numpy as np

from kernels._jit import kernel
from kernels.routes.arrays import Instance
from kernels.routes.draft import Draft
from kernels.routes.random_state import next_below, next_unit


@kernel
def walk_on(
    instance: Instance, draft: Draft, rng: np.ndarray, size: int, target: int, room: int, noise: float
) -> int:
    """Go on from the last of `size` stops of draft 0 towards `target`, by links that seem short.

    A link counts as its minutes and the shortest minutes that remain, each step with noise of up to
    `noise` minutes, so that the walk takes other ways too. Nodes marked in `taken` are not entered; nodes of
    the walk become marked. Ends at the target, at a dead end, or at `room` stops; the number of stops.
    """
    while size < room and draft.stops[0, size - 1] != target:
        node = draft.stops[0, size - 1]
        chosen, least = -1, np.inf
        for link in range(instance.first[node], instance.first[node + 1]):
            other = instance.head[link]
            if not draft.taken[other]:
                seems = instance.link_min[node, other] + instance.shortest_min[other, target]
                value = seems + noise * next_unit(rng)
                if value < least:
                    chosen, least = other, value
        if chosen < 0:
            break
        draft.stops[0, size] = chosen
        draft.taken[chosen] = True
        size += 1
    return size


@kernel
def _unmark(draft: Draft, size: int) -> None:
    for p in range(size):
        draft.taken[draft.stops[0, p]] = False


@kernel
def _wander(instance: Instance, draft: Draft, rng: np.ndarray, size: int, wanted: int) -> int:
    """Walk to random targets until there are `wanted` stops or no way on."""
    noise = 6.0 * next_unit(rng)
    for _ in range(8):
        if size >= wanted:
            break
        target = next_below(rng, draft.taken.size)
        if not draft.taken[target]:
            size = walk_on(instance, draft, rng, size, target, wanted, noise)
    return size


@kernel
def regrow(instance: Instance, draft: Draft, rng: np.ndarray) -> bool:
    """Another tail after a random node."""
    size = draft.size[0]
    kept = 1 + next_below(rng, size)
    for p in range(kept):
        draft.taken[draft.stops[0, p]] = True
    low = max(draft.bounds[0], kept + 1, size - 3)
    high = min(draft.bounds[1], size + 3)
    if low > high:
        _unmark(draft, kept)
        return False
    size = _wander(instance, draft, rng, kept, low + next_below(rng, high - low + 1))
    _unmark(draft, size)
    draft.size[0] = size
    return size >= draft.bounds[0]


@kernel
def bypass(instance: Instance, draft: Draft, rng: np.ndarray) -> bool:
    """Another way between two of its nodes."""
    size = draft.size[0]
    if size < 3:
        return False
    begin = next_below(rng, size - 2)
    end = min(size - 1, begin + 2 + next_below(rng, 6))
    tail = draft.stops[1]
    for p in range(size):
        draft.taken[draft.stops[0, p]] = p <= begin or p > end
    rest = size - end - 1
    for p in range(rest):
        tail[p] = draft.stops[0, end + 1 + p]
    target = draft.stops[0, end]
    room = draft.bounds[1] - rest
    reached = walk_on(instance, draft, rng, begin + 1, target, room, 6.0 * next_unit(rng))
    arrived = draft.stops[0, reached - 1] == target
    for p in range(rest):
        draft.taken[tail[p]] = False
    _unmark(draft, reached)
    for p in range(rest):
        draft.stops[0, reached + p] = tail[p]
    draft.size[0] = reached + rest
    return arrived and draft.size[0] >= draft.bounds[0]


@kernel
def renew(instance: Instance, draft: Draft, rng: np.ndarray) -> bool:
    """Another route from a random node of it."""
    size = draft.size[0]
    draft.stops[0, 0] = draft.stops[0, next_below(rng, size)]
    draft.taken[draft.stops[0, 0]] = True
    wanted = draft.bounds[0] + next_below(rng, draft.bounds[1] - draft.bounds[0] + 1)
    grown = _wander(instance, draft, rng, 1, (wanted + 1) // 2)
    _reverse(draft, grown)
    grown = _wander(instance, draft, rng, grown, wanted)
    _unmark(draft, grown)
    draft.size[0] = grown
    return grown >= draft.bounds[0]


@kernel
def _reverse(draft: Draft, size: int) -> None:
    for p in range(size // 2):
        other = size - 1 - p
        draft.stops[0, p], draft.stops[0, other] = draft.stops[0, other], draft.stops[0, p]
