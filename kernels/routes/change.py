"""Change routes of a network, and take the change back: costs follow without being made anew.

A changed route changes single rides between its own stops only; with them, costs of at most one transfer
change in the rows of those stops only. Every value that is overwritten is kept until the change is kept.
"""

from typing import NamedTuple

import numpy as np

from kernels._jit import kernel
from kernels.routes.arrays import (
    COST,
    FAR,
    HARD,
    RUN_MIN,
    TRANSFER_MIN,
    Instance,
    Network,
    at_most_one_transfer,
    best_ride,
    is_hard,
    put_route,
    settle,
)

ROUTES, TOUCHED, ONES, FULL = 0, 1, 2, 3


class Undo(NamedTuple):
    """What a change overwrote.

    Attributes
    ----------
    route, stops, size : up to two routes as they were.
    clock : int32 (longest,), clock of the route that is being changed, as it was.
    touched : bool (n,), nodes whose row of `ride` has changed; nodes : int32 (n,), the same as a list.
    ride_was : int16, shaped as `ride`: rows of touched nodes as they were.
    stale, bettered : bool and int16, one row's scratch of `follow`.
    one_at, one_was : flat positions of changed entries of `one`, and values there.
    tally : as before the change.
    used : int64 (4,), entries of each list; the last tells that `one_at` had no room for all.
    """

    route: np.ndarray
    stops: np.ndarray
    size: np.ndarray
    clock: np.ndarray
    touched: np.ndarray
    nodes: np.ndarray
    ride_was: np.ndarray
    stale: np.ndarray
    bettered: np.ndarray
    one_at: np.ndarray
    one_was: np.ndarray
    tally: np.ndarray
    used: np.ndarray


def empty_undo(net: Network) -> Undo:
    """Room for changes of up to two routes of a network."""
    nodes, longest = net.ride.shape[0], net.stops.shape[1]
    return Undo(
        np.zeros(2, np.int32),
        np.zeros((2, longest), np.int32),
        np.zeros(2, np.int32),
        np.zeros(longest, np.int32),
        np.zeros(nodes, np.bool_),
        np.zeros(nodes, np.int32),
        np.zeros_like(net.ride),
        np.zeros(net.ride.shape[1], np.bool_),
        np.zeros(net.ride.shape[1], np.int16),
        np.zeros(nodes * nodes, np.int32),
        np.zeros(nodes * nodes, np.int16),
        np.zeros_like(net.tally),
        np.zeros(4, np.int64),
    )


@kernel
def begin(net: Network, undo: Undo) -> None:
    """Forget what was overwritten before."""
    for p in range(undo.used[TOUCHED]):
        undo.touched[undo.nodes[p]] = False
    undo.used[:] = 0
    undo.tally[:] = net.tally


@kernel
def reroute(instance: Instance, net: Network, undo: Undo, route: int, stops: np.ndarray, size: int) -> None:
    """Give a route other stops; single rides follow at once, the rest with `follow`."""
    at = undo.used[ROUTES]
    undo.used[ROUTES] = at + 1
    old, old_size, clock = undo.stops[at], net.size[route], undo.clock
    undo.route[at], undo.size[at] = route, old_size
    clock_here, clock_there, ride = net.clock_here, net.clock_there, net.ride
    for p in range(old_size):
        old[p] = net.stops[route, p]
        clock[p] = clock_here[old[p], route]
    net.tally[RUN_MIN] -= clock[old_size - 1]
    put_route(instance, net, route, stops, size)
    net.tally[RUN_MIN] += clock_here[stops[size - 1], route]
    for p in range(old_size):
        i, here = old[p], np.int32(clock_here[old[p], route])
        for q in range(p + 1, old_size):
            j = old[q]
            was = clock[q] - clock[p]
            if was + TRANSFER_MIN == ride[i, j] and abs(here - clock_there[j, route]) != was:
                cost = best_ride(clock_here, clock_there, i, j)
                if cost != ride[i, j]:
                    _set_ride(ride, undo, i, j, cost)
    for p in range(size):
        i, here = stops[p], np.int32(clock_here[stops[p], route])
        for q in range(p + 1, size):
            j = stops[q]
            cost = np.int16(clock_here[j, route] - here + TRANSFER_MIN)
            if cost < ride[i, j]:
                _set_ride(ride, undo, i, j, cost)


@kernel
def _set_ride(ride: np.ndarray, undo: Undo, i: int, j: int, cost: np.int16) -> None:
    for node in (i, j):
        if not undo.touched[node]:
            undo.touched[node] = True
            undo.nodes[undo.used[TOUCHED]] = node
            undo.used[TOUCHED] += 1
            undo.ride_was[node] = ride[node]
    ride[i, j] = ride[j, i] = cost


@kernel
def follow(instance: Instance, net: Network, undo: Undo) -> None:
    """Make costs of at most one transfer follow the changed rides.

    A cost changes only if its first or last ride has changed. In the row of each touched node, costs that a
    dearer ride was part of are made anew from all rides; others are bettered by what a cheaper ride brings.
    """
    count = undo.used[TOUCHED]
    one, ride, ride_was = net.one, net.ride, undo.ride_was
    stale, bettered = undo.stale, undo.bettered
    for p in range(count):
        i = undo.nodes[p]
        stale[:] = 0
        bettered[:] = FAR
        for q in range(count):
            hub = undo.nodes[q]
            was, now = ride_was[i, hub], ride[i, hub]
            if now > was:
                for j in range(stale.size):
                    stale[j] |= np.int16(one[i, j] - ride_was[hub, j]) == was
            elif now < was:
                for j in range(bettered.size):
                    bettered[j] = min(bettered[j], np.int16(now + ride[hub, j]))
        for j in range(one.shape[0]):
            if stale[j]:
                cost = at_most_one_transfer(ride, instance.shortest_min, i, j)
                if cost != one[i, j]:
                    _set_one(instance, net, undo, i, j, cost)
            elif bettered[j] < one[i, j]:
                _set_one(instance, net, undo, i, j, bettered[j])


@kernel
def take_back(instance: Instance, net: Network, undo: Undo) -> None:
    """Undo all changes since `begin`."""
    n = net.ride.shape[0]
    for at in range(undo.used[ROUTES] - 1, -1, -1):
        put_route(instance, net, undo.route[at], undo.stops[at], undo.size[at])
    if undo.used[FULL]:
        settle(instance, net)
        return
    for p in range(undo.used[TOUCHED]):
        node = undo.nodes[p]
        net.ride[node] = undo.ride_was[node]
    for at in range(undo.used[ONES] - 1, -1, -1):
        i, j = undo.one_at[at] // n, undo.one_at[at] % n
        _put_one(instance, net, i, j, undo.one_was[at])
    net.tally[:] = undo.tally


@kernel
def _set_one(instance: Instance, net: Network, undo: Undo, i: int, j: int, cost: np.int16) -> None:
    at = undo.used[ONES]
    if at < undo.one_at.size:
        undo.one_at[at] = i * net.ride.shape[0] + j
        undo.one_was[at] = net.one[i, j]
        undo.used[ONES] = at + 1
    else:
        undo.used[FULL] = 1
    net.tally[COST] += instance.trips[i, j] * (np.int64(cost) - net.one[i, j])
    net.tally[HARD] += _put_one(instance, net, i, j, cost)


@kernel
def _put_one(instance: Instance, net: Network, i: int, j: int, cost: np.int16) -> int:
    """Write a cost of at most one transfer; how many more pairs are hard."""
    least = instance.shortest_min[i, j]
    more = int(is_hard(least, cost, 3)) - int(is_hard(least, net.one[i, j], 3))
    if more != 0:
        net.hard_in_row[i] += more
        net.hard_in_row[j] += more
    net.one[i, j] = net.one[j, i] = net.full[i, j] = net.full[j, i] = cost
    return more
