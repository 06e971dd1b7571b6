"""Moves of annealing: other stops for one route or two, as a proposal.

Each move writes stops to `Draft` and returns how many routes it would change: 0 where it does not apply.
Routes stay simple paths on links with the asked number of nodes; what they do to the network is not looked at.
"""

import numpy as np

from kernels._jit import kernel
from kernels.routes.arrays import LONGEST_MIN, Instance, Network
from kernels.routes.draft import Draft
from kernels.routes.random_state import next_below, next_unit
from kernels.routes.walks import bypass, regrow, renew

MOVES = 10
EXTEND, TRIM, SHIFT, INSERT, DROP, SUBSTITUTE, SWAP_TAILS, REGROW, BYPASS, RENEW = range(MOVES)


@kernel
def propose(instance: Instance, net: Network, draft: Draft, rng: np.ndarray, move: int) -> int:
    """Draft one move on a random route; the number of routes that it changes."""
    route = draft.movable[next_below(rng, draft.movable.size)]
    draft.route[0] = route
    size = net.size[route]
    if move == SWAP_TAILS:
        return _swap_tails(net, draft, rng, route)
    backwards = next_unit(rng) < 0.5
    for p in range(size):
        draft.stops[0, p] = net.stops[route, size - 1 - p if backwards else p]
    draft.size[0] = size
    if move == EXTEND:
        done = _extend(instance, net, draft, rng)
    elif move == TRIM:
        done = _trim(draft)
    elif move == SHIFT:
        done = _shift(instance, net, draft, rng)
    elif move == INSERT:
        done = _insert(instance, net, draft, rng)
    elif move == DROP:
        done = _drop(instance, draft, rng)
    elif move == SUBSTITUTE:
        done = _substitute(instance, net, draft, rng)
    elif move == REGROW:
        done = regrow(instance, draft, rng)
    elif move == BYPASS:
        done = bypass(instance, draft, rng)
    else:
        done = renew(instance, draft, rng)
    return 1 if done else 0


@kernel
def _calls(net: Network, route: int, node: int) -> bool:
    return net.clock_here[node, route] <= LONGEST_MIN


@kernel
def _free_neighbour(instance: Instance, net: Network, route: int, node: int, rng: np.ndarray) -> int:
    """A neighbour of `node` that the route does not call at, -1 where there is none."""
    first, degree = instance.first[node], instance.first[node + 1] - instance.first[node]
    start = next_below(rng, degree)
    for step in range(degree):
        other = instance.head[first + (start + step) % degree]
        if not _calls(net, route, other):
            return other
    return -1


@kernel
def _free_between(instance: Instance, net: Network, route: int, a: int, b: int, rng: np.ndarray) -> int:
    """A neighbour of both `a` and `b` that the route does not call at, -1 where there is none."""
    first, degree = instance.first[a], instance.first[a + 1] - instance.first[a]
    start = next_below(rng, degree)
    for step in range(degree):
        other = instance.head[first + (start + step) % degree]
        if instance.link_min[other, b] > 0 and not _calls(net, route, other):
            return other
    return -1


@kernel
def _extend(instance: Instance, net: Network, draft: Draft, rng: np.ndarray) -> bool:
    """One more node after the last."""
    size = draft.size[0]
    if size >= draft.bounds[1]:
        return False
    node = _free_neighbour(instance, net, draft.route[0], draft.stops[0, size - 1], rng)
    draft.stops[0, size] = node
    draft.size[0] = size + 1
    return node >= 0


@kernel
def _trim(draft: Draft) -> bool:
    """Without the last node."""
    draft.size[0] -= 1
    return draft.size[0] >= draft.bounds[0]


@kernel
def _shift(instance: Instance, net: Network, draft: Draft, rng: np.ndarray) -> bool:
    """One node more after the last, without the first."""
    size = draft.size[0]
    node = _free_neighbour(instance, net, draft.route[0], draft.stops[0, size - 1], rng)
    for p in range(size - 1):
        draft.stops[0, p] = draft.stops[0, p + 1]
    draft.stops[0, size - 1] = node
    return node >= 0


@kernel
def _insert(instance: Instance, net: Network, draft: Draft, rng: np.ndarray) -> bool:
    """By way of a third node where two are joined by a link."""
    size = draft.size[0]
    if size >= draft.bounds[1] or size < 2:
        return False
    at = 1 + next_below(rng, size - 1)
    node = _free_between(instance, net, draft.route[0], draft.stops[0, at - 1], draft.stops[0, at], rng)
    for p in range(size, at, -1):
        draft.stops[0, p] = draft.stops[0, p - 1]
    draft.stops[0, at] = node
    draft.size[0] = size + 1
    return node >= 0


@kernel
def _drop(instance: Instance, draft: Draft, rng: np.ndarray) -> bool:
    """Past a node, where those beside it are joined by a link."""
    size = draft.size[0]
    if size <= draft.bounds[0] or size < 3:
        return False
    at = 1 + next_below(rng, size - 2)
    joined = instance.link_min[draft.stops[0, at - 1], draft.stops[0, at + 1]] > 0
    for p in range(at, size - 1):
        draft.stops[0, p] = draft.stops[0, p + 1]
    draft.size[0] = size - 1
    return joined


@kernel
def _substitute(instance: Instance, net: Network, draft: Draft, rng: np.ndarray) -> bool:
    """Another node in place of one, the last included."""
    size = draft.size[0]
    if size < 2:
        return False
    at = 1 + next_below(rng, size - 1)
    before = draft.stops[0, at - 1]
    if at == size - 1:
        node = _free_neighbour(instance, net, draft.route[0], before, rng)
    else:
        node = _free_between(instance, net, draft.route[0], before, draft.stops[0, at + 1], rng)
    draft.stops[0, at] = node
    return node >= 0


@kernel
def _swap_tails(net: Network, draft: Draft, rng: np.ndarray, route: int) -> int:
    """Two routes that meet change their tails at the node where they meet."""
    at = next_below(rng, net.size[route])
    node = net.stops[route, at]
    start = next_below(rng, draft.movable.size)
    for step in range(draft.movable.size):
        other = draft.movable[(start + step) % draft.movable.size]
        if other != route and _calls(net, other, node):
            draft.route[1] = other
            return 2 if _cross(net, draft, rng, at) else 0
    return 0


@kernel
def _cross(net: Network, draft: Draft, rng: np.ndarray, at: int) -> bool:
    a, b = draft.route[0], draft.route[1]
    a_size, b_size = net.size[a], net.size[b]
    node = net.stops[a, at]
    backwards = next_unit(rng) < 0.5
    meet = 0
    for q in range(b_size):
        draft.stops[1, q] = net.stops[b, b_size - 1 - q if backwards else q]
        if draft.stops[1, q] == node:
            meet = q
    a_new, b_new = at + b_size - meet, meet + a_size - at
    if min(a_new, b_new) < draft.bounds[0] or max(a_new, b_new) > draft.bounds[1]:
        return False
    for p in range(at + 1):
        draft.stops[0, p] = net.stops[a, p]
        draft.taken[net.stops[a, p]] = True
    simple = True
    for q in range(meet + 1, b_size):
        draft.stops[0, at + q - meet] = draft.stops[1, q]
        simple = simple and not draft.taken[draft.stops[1, q]]
    for p in range(at + 1):
        draft.taken[net.stops[a, p]] = False
    for q in range(meet + 1):
        draft.taken[draft.stops[1, q]] = True
    for p in range(at + 1, a_size):
        simple = simple and not draft.taken[net.stops[a, p]]
    for q in range(meet + 1):
        draft.taken[draft.stops[1, q]] = False
    for p in range(at + 1, a_size):
        draft.stops[1, meet + p - at] = net.stops[a, p]
    draft.size[0], draft.size[1] = a_new, b_new
    return simple
