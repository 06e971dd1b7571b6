"""Arrays of the transit network design problem: the instance, a set of routes, and what it costs.

The problem is that of Mandl (1979, 1980) and Mumford (2013): symmetric whole minutes on links, routes that
are simple paths run both ways, no waiting, a fixed penalty a transfer, everybody on a least-cost path.
A ride carries one penalty with it, so that a path of m rides costs its minutes and m penalties, one too
many: the least cost of a pair is the min-plus closure of `ride`, less one penalty.

Costs are int16, padded to whole vectors, as the closures are bound by how many of them fit in a register.
"""

from typing import NamedTuple

import numpy as np

from kernels._jit import kernel

FAR = np.int16(16000)
"""No way; twice it still fits in int16. A journey that costs as much counts as none."""
LONGEST_MIN = 9000
"""Routes are no longer."""
TRANSFER_MIN = np.int16(5)
"""Minutes of a transfer, the same in every publication."""
ABSENT_HERE, ABSENT_THERE = np.int16(20000), np.int16(-10000)
"""Clocks of a stop that a route does not call at: any difference with them is above LONGEST_MIN."""
LANES = 32
"""int16 values of a 512-bit register: rows are padded to it."""

COST, HARD, RUN_MIN = 0, 1, 2
"""Fields of `Network.tally`."""


class Instance(NamedTuple):
    """Streets and demand.

    Attributes
    ----------
    first, head : int32, neighbours of node i are ``head[first[i]:first[i + 1]]``.
    link_min : int16 (n, n), minutes of the link, 0 where there is none.
    shortest_min : int16 (n, n), least minutes on streets.
    trips : int64 (n, n), demand of a pair in both directions together; symmetric, diagonal 0.
    """

    first: np.ndarray
    head: np.ndarray
    link_min: np.ndarray
    shortest_min: np.ndarray
    trips: np.ndarray


class Network(NamedTuple):
    """A set of routes with the costs that follow from it; changed in place.

    Attributes
    ----------
    stops, size : int32 (routes, longest) and (routes,), nodes of each route.
    clock_here, clock_there : int16 (n, routes padded), minutes from the first stop of the route; the two
        differ in the mark of a stop that the route does not call at.
    ride : int16 (n, n padded), best single ride and a transfer, 0 on the diagonal.
    one : int16 (n, n padded), best of at most one transfer.
    full : int16, shaped as `one`; a copy of it, but for the time that least costs are worked out in it.
    hard_in_row : int32 (n,), pairs of each node that a second transfer might serve better.
    tally : int64 (3,), sum of trips times `one` over pairs i < j, hard pairs, minutes of all routes.
    """

    stops: np.ndarray
    size: np.ndarray
    clock_here: np.ndarray
    clock_there: np.ndarray
    ride: np.ndarray
    one: np.ndarray
    full: np.ndarray
    hard_in_row: np.ndarray
    tally: np.ndarray


def _padded(count: int) -> int:
    return -(-count // LANES) * LANES


def empty_network(nodes: int, routes: int, longest: int) -> Network:
    """A network of `routes` routes without stops; `settle` makes its costs."""
    return Network(
        np.zeros((routes, longest), np.int32),
        np.zeros(routes, np.int32),
        np.full((nodes, _padded(routes)), ABSENT_HERE, np.int16),
        np.full((nodes, _padded(routes)), ABSENT_THERE, np.int16),
        np.full((nodes, _padded(nodes)), FAR, np.int16),
        np.full((nodes, _padded(nodes)), FAR, np.int16),
        np.full((nodes, _padded(nodes)), FAR, np.int16),
        np.zeros(nodes, np.int32),
        np.zeros(3, np.int64),
    )


@kernel
def best_ride(clock_here: np.ndarray, clock_there: np.ndarray, i: int, j: int) -> np.int16:
    """Minutes of the best single ride between two nodes and a transfer, FAR where no route calls at both."""
    best = FAR
    for route in range(clock_here.shape[1]):
        minutes = np.int16(abs(np.int16(clock_here[i, route] - clock_there[j, route])))
        if minutes < best:
            best = minutes
    if best > LONGEST_MIN:
        return FAR
    return np.int16(best + TRANSFER_MIN)


@kernel
def through(cost: np.ndarray, i: int, j: int) -> np.int16:
    """Least ``cost[i, k] + cost[k, j]`` of a symmetric matrix, at most FAR.

    Both rows are read in order, with nothing written: 4.6 ns at n = 127, so that all pairs take 37 us where
    Floyd and Warshall's three loops take 150.
    """
    best = FAR
    for k in range(cost.shape[1]):
        both = np.int16(cost[i, k] + cost[j, k])
        if both < best:
            best = both
    return best


@kernel
def at_most_one_transfer(ride: np.ndarray, shortest_min: np.ndarray, i: int, j: int) -> np.int16:
    """Least cost of a pair by one ride or two, from `ride`.

    Two rides take at least the shortest minutes and two penalties: a single ride that costs no more is best.
    """
    direct = ride[i, j]
    if direct <= shortest_min[i, j] + 2 * TRANSFER_MIN:
        return direct
    return through(ride, i, j)


@kernel
def is_hard(shortest_min: np.int16, cost: np.int16, rides: int) -> np.bool_:
    """Whether a path of `rides` rides or more could cost less than `cost`."""
    return cost > shortest_min + rides * TRANSFER_MIN


@kernel
def put_route(instance: Instance, net: Network, route: int, stops: np.ndarray, size: int) -> None:
    """Write a route's stops and clocks; costs are left as they are."""
    for p in range(net.size[route]):
        net.clock_here[net.stops[route, p], route] = ABSENT_HERE
        net.clock_there[net.stops[route, p], route] = ABSENT_THERE
    minutes = 0
    for p in range(size):
        if p > 0:
            minutes += instance.link_min[stops[p - 1], stops[p]]
        net.clock_here[stops[p], route] = minutes
        net.clock_there[stops[p], route] = minutes
        net.stops[route, p] = stops[p]
    net.size[route] = size


@kernel
def route_min(net: Network, route: int) -> int:
    """Minutes of a route, one way."""
    if net.size[route] == 0:
        return 0
    return int(net.clock_here[net.stops[route, net.size[route] - 1], route])


@kernel
def settle(instance: Instance, net: Network) -> None:
    """Make every cost of a network anew from its routes' clocks."""
    n = net.ride.shape[0]
    net.full[:] = FAR
    for i in range(n):
        net.ride[i, i] = 0
        net.one[i, i] = net.full[i, i] = 0
        net.hard_in_row[i] = 0
        for j in range(i):
            net.ride[i, j] = net.ride[j, i] = best_ride(net.clock_here, net.clock_there, i, j)
    net.tally[:] = 0
    for route in range(net.size.size):
        net.tally[RUN_MIN] += route_min(net, route)
    for i in range(n):
        for j in range(i):
            cost = at_most_one_transfer(net.ride, instance.shortest_min, i, j)
            net.one[i, j] = net.one[j, i] = net.full[i, j] = net.full[j, i] = cost
            net.tally[COST] += instance.trips[i, j] * cost
            if is_hard(instance.shortest_min[i, j], cost, 3):
                net.tally[HARD] += 1
                net.hard_in_row[i] += 1
                net.hard_in_row[j] += 1


@kernel
def close_hard(instance: Instance, net: Network, pairs: np.ndarray, keep: bool) -> tuple[int, int]:
    """Costs of pairs that two transfers or more may serve better.

    `one` is squared in the min-plus sense over hard pairs only, until nothing changes; a pass makes paths
    of up to twice as many rides exact, so pairs that no longer path could serve better leave the list.

    Parameters
    ----------
    pairs : int32 (2, at least n (n - 1) / 2), scratch.
    keep : leave the least costs in `full` rather than a copy of `one`.

    Returns
    -------
    gain : how much less than ``tally[COST]`` the demand pays, trips times minutes.
    unreachable : pairs i < j without any way.
    """
    if net.tally[HARD] == 0:
        return 0, 0
    n = net.ride.shape[0]
    full, listed, left = net.full, pairs[0], pairs[1]
    count = _list_hard(instance, net, listed)
    left[:count] = listed[:count]
    gain, rides, changed, open_pairs = 0, 3, True, count
    while changed and open_pairs > 0:
        changed = False
        rides = 2 * rides - 1
        still = 0
        for p in range(open_pairs):
            i, j = left[p] // n, left[p] % n
            cost = through(full, i, j)
            if cost < full[i, j]:
                gain += instance.trips[i, j] * (full[i, j] - cost)
                full[i, j] = full[j, i] = cost
                changed = True
            if is_hard(instance.shortest_min[i, j], cost, rides):
                left[still] = left[p]
                still += 1
        open_pairs = still
    unreachable = 0
    for p in range(count):
        i, j = listed[p] // n, listed[p] % n
        unreachable += full[i, j] >= FAR
        if not keep:
            full[i, j] = full[j, i] = net.one[i, j]
    return gain, unreachable


@kernel
def _list_hard(instance: Instance, net: Network, pairs: np.ndarray) -> int:
    n = net.ride.shape[0]
    count = 0
    for i in range(n):
        if net.hard_in_row[i] > 0:
            for j in range(i + 1, n):
                if is_hard(instance.shortest_min[i, j], net.one[i, j], 3):
                    pairs[count] = i * n + j
                    count += 1
    return count
