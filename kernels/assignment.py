"""Frequency-based transit assignment by optimal strategies.

H. Spiess and M. Florian, "Optimal strategies: a new assignment model for transit networks",
Transportation Research Part B 23(2), 1989, 83-102. A passenger waits at a stop for any line of an
attractive set and boards what comes first: u_i = (w + sum f_a (u_j + c_a)) / sum f_a.

The network is not a general graph: stops hold *positions* (the k-th stop of a line), which gives
three kinds of nodes, numbered: departing aboard from a position (L), alighted at a stop (S),
waiting at a stop (S). The first boarding of a journey has its own wait weight and no transfer penalty. As
only origins lead there, it is computed after the labels are settled, without nodes of its own.
"""

from typing import NamedTuple

import numpy as np

from kernels._jit import kernel
from kernels.heap import pop, push

WALK, WAIT, RIDE, TRANSFERS, PASSENGERS = 0, 1, 2, 3, 4
"""Rows of the totals that `assign` returns: passenger-minutes, then counts."""


class LineNetwork(NamedTuple):
    """Lines and walking transfers as arrays. L positions, S stops.

    The last position of a line has ``ride_min = inf`` and ``frequency = 0``; positions of a line
    are consecutive. Walking links include each stop to itself with 0 minutes, and are symmetric.
    """

    position_stop: np.ndarray
    ride_min: np.ndarray
    frequency: np.ndarray
    """Departures a minute."""
    stop_first: np.ndarray
    """Positions at stop s are ``stop_position[stop_first[s]:stop_first[s + 1]]``."""
    stop_position: np.ndarray
    walk_first: np.ndarray
    walk_stop: np.ndarray
    walk_min: np.ndarray


class Access(NamedTuple):
    """Walks between zones and stops: zone z reaches ``stop[first[z]:first[z + 1]]``."""

    first: np.ndarray
    stop: np.ndarray
    walk_min: np.ndarray


class Demand(NamedTuple):
    """Trips sorted by destination zone; entry e is one origin-destination pair.

    ``fallback`` is the perceived minutes of the trip without transit (all on foot, or by other
    means); who finds no better strategy takes it.
    """

    first: np.ndarray
    origin: np.ndarray
    trips: np.ndarray
    fallback: np.ndarray


class Weights(NamedTuple):
    """Perceived minutes per minute, and the wait of a line alone as a share of its headway."""

    walk: float
    first_wait: float
    transfer_wait: float
    transfer_penalty: float
    wait_share: float


@kernel
def settle(  # noqa: C901 (one loop over three kinds of nodes, as in the paper)
    net: LineNetwork,
    access: Access,
    weights: Weights,
    destination: int,
    label: np.ndarray,
    onward: np.ndarray,
    combined: np.ndarray,
    strategy: np.ndarray,
    settled: np.ndarray,
    order: np.ndarray,
    keys: np.ndarray,
    items: np.ndarray,
) -> int:
    """Labels of all nodes towards one destination (part 1 of the algorithm, section 4 of the paper).

    Fills ``label`` (perceived minutes, n = L + 2S), ``onward`` (of a position, at the next one: 1 stay
    aboard, 0 alight; of an alighted node: the stop to wait at, or -1 to walk to the destination), ``strategy``
    (perceived minutes from boarding at a stop, without penalty) and ``order``; returns how many
    nodes were settled.
    """
    n_positions = net.position_stop.size
    n_stops = combined.size
    board = n_positions + n_stops
    wait = weights.wait_share * weights.transfer_wait
    label[:] = np.inf
    strategy[:] = np.inf
    combined[:] = 0.0
    settled[:] = False
    size = 0
    for a in range(access.first[destination], access.first[destination + 1]):
        node = n_positions + access.stop[a]
        key = weights.walk * access.walk_min[a]
        if key < label[node]:
            label[node] = key
            onward[node] = -1
            size = push(keys, items, size, key, node)
    count = 0
    while size > 0:
        size = pop(keys, items, size)
        key, node = keys[size], items[size]
        if settled[node] or key > label[node]:
            continue
        settled[node] = True
        order[count] = node
        count += 1
        if node < n_positions:
            if node > 0 and key + net.ride_min[node - 1] < label[node - 1]:
                label[node - 1] = key + net.ride_min[node - 1]
                onward[node - 1] = 1
                size = push(keys, items, size, label[node - 1], node - 1)
            f = net.frequency[node]
            stop = net.position_stop[node]
            if f > 0.0 and not settled[board + stop] and key < strategy[stop]:
                if combined[stop] == 0.0:
                    strategy[stop] = key + wait / f
                else:
                    strategy[stop] = (combined[stop] * strategy[stop] + f * key) / (combined[stop] + f)
                combined[stop] += f
                label[board + stop] = strategy[stop] + weights.transfer_penalty
                size = push(keys, items, size, label[board + stop], board + stop)
        elif node < board:
            stop = node - n_positions
            for i in range(net.stop_first[stop], net.stop_first[stop + 1]):
                before = net.stop_position[i] - 1
                if before >= 0 and key + net.ride_min[before] < label[before]:
                    label[before] = key + net.ride_min[before]
                    onward[before] = 0
                    size = push(keys, items, size, label[before], before)
        else:
            stop = node - board
            for i in range(net.walk_first[stop], net.walk_first[stop + 1]):
                other = n_positions + net.walk_stop[i]
                through = key + weights.walk * net.walk_min[i]
                if through < label[other]:
                    label[other] = through
                    onward[other] = stop
                    size = push(keys, items, size, through, other)
    return count


@kernel
def first_boarding(net: LineNetwork, label: np.ndarray, stop: int, wait: float) -> float:
    """Perceived minutes from a stop at the start of a journey: wait and ride, inf if no line helps.

    Lines that are worse than the strategy are taken out until none is; each removal lowers the
    value, so the last set is the attractive one.
    """
    bound = np.inf
    while True:
        total_f, total = 0.0, 0.0
        for i in range(net.stop_first[stop], net.stop_first[stop + 1]):
            position = net.stop_position[i]
            if net.frequency[position] > 0.0 and label[position] < bound:
                total_f += net.frequency[position]
                total += net.frequency[position] * label[position]
        if total_f == 0.0:
            return bound
        value = (wait + total) / total_f
        if not value < bound:
            return bound
        bound = value


@kernel
def board_lines(
    net: LineNetwork,
    label: np.ndarray,
    stop: int,
    value: float,
    passengers: float,
    volume: np.ndarray,
    boardings: np.ndarray,
    worth: np.ndarray,
) -> float:
    """Split `passengers` over the attractive lines at a stop by frequency; return their joint frequency.

    ``worth`` grows by what one more departure a minute of each line would save (perceived
    minutes): the derivative of the strategy's value, passengers x (u - u_line) / F.
    """
    total_f = 0.0
    for i in range(net.stop_first[stop], net.stop_first[stop + 1]):
        position = net.stop_position[i]
        if label[position] < value:
            total_f += net.frequency[position]
    for i in range(net.stop_first[stop], net.stop_first[stop + 1]):
        position = net.stop_position[i]
        if label[position] < value and net.frequency[position] > 0.0:
            share = passengers * net.frequency[position] / total_f
            volume[position] += share
            boardings[position] += share
            worth[position] += passengers * (value - label[position]) / total_f
    return total_f


@kernel
def load(
    net: LineNetwork,
    weights: Weights,
    label: np.ndarray,
    onward: np.ndarray,
    strategy: np.ndarray,
    order: np.ndarray,
    count: int,
    volume: np.ndarray,
    loads: np.ndarray,
    boardings: np.ndarray,
    worth: np.ndarray,
    totals: np.ndarray,
) -> None:
    """Send the volumes on the nodes to the destination, farthest node first (part 2 of the algorithm)."""
    n_positions = net.position_stop.size
    n_stops = strategy.size
    board = n_positions + n_stops
    for i in range(count - 1, -1, -1):
        node = order[i]
        passengers = volume[node]
        if passengers == 0.0:
            continue
        volume[node] = 0.0
        if node < n_positions:
            loads[node] += passengers
            totals[RIDE] += passengers * net.ride_min[node]
            if onward[node] == 1:
                volume[node + 1] += passengers
            else:
                volume[n_positions + net.position_stop[node + 1]] += passengers
        elif node < board:
            stop = onward[node]
            if stop < 0:
                totals[WALK] += passengers * label[node] / weights.walk
            else:
                volume[board + stop] += passengers
                totals[WALK] += passengers * (label[node] - label[board + stop]) / weights.walk
        else:
            stop = node - board
            f = board_lines(net, label, stop, strategy[stop], passengers, volume, boardings, worth)
            totals[WAIT] += passengers * weights.wait_share / f
            totals[TRANSFERS] += passengers


@kernel
def assign(
    net: LineNetwork,
    access: Access,
    demand: Demand,
    weights: Weights,
    from_zone: int,
    to_zone: int,
    cost: np.ndarray,
) -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
    """Assign all trips to the destination zones ``from_zone <= z < to_zone``.

    Parameters
    ----------
    net, access, demand, weights : see their classes. Minutes; walk weight must be positive.
    cost : perceived minutes of each demand entry, float64 of length E, filled in place for the
        entries of these destinations. An entry equal to its fallback is not on transit.

    Returns
    -------
    boardings, loads, worth : float64 of length L. Passengers who board at a position, who ride on
        from it, and perceived minutes saved by one more departure a minute there.
    totals : float64 of length 5: passenger-minutes of walk, wait, ride (unweighted), transfers,
        passengers on transit.

    Notes
    -----
    Cost O((L + W) log L) a destination; 1-2 ms at 5,000 positions.
    """
    n_positions = net.position_stop.size
    n_stops = net.stop_first.size - 1
    n_nodes = n_positions + 2 * n_stops
    room = 4 * n_positions + 2 * net.walk_stop.size + access.stop.size + 16
    keys, items = np.empty(room), np.empty(room, np.int32)
    label, onward = np.empty(n_nodes), np.zeros(n_nodes, np.int32)
    combined, strategy = np.empty(n_stops), np.empty(n_stops)
    settled, order = np.empty(n_nodes, np.bool_), np.empty(n_nodes, np.int32)
    volume, start, start_volume = np.zeros(n_nodes), np.empty(n_stops), np.zeros(n_stops)
    boardings, loads, worth = np.zeros(n_positions), np.zeros(n_positions), np.zeros(n_positions)
    totals = np.zeros(5)
    wait = weights.wait_share * weights.first_wait
    for zone in range(from_zone, to_zone):
        if demand.first[zone] == demand.first[zone + 1]:
            continue
        count = settle(
            net, access, weights, zone, label, onward, combined, strategy, settled, order, keys, items
        )
        start[:] = -1.0
        for e in range(demand.first[zone], demand.first[zone + 1]):
            origin = demand.origin[e]
            cost[e] = demand.fallback[e]
            chosen, chosen_walk = -1, 0.0
            for a in range(access.first[origin], access.first[origin + 1]):
                stop = access.stop[a]
                if start[stop] < 0.0:
                    start[stop] = first_boarding(net, label, stop, wait)
                value = weights.walk * access.walk_min[a] + start[stop]
                if value < cost[e]:
                    cost[e], chosen, chosen_walk = value, stop, access.walk_min[a]
            if chosen >= 0:
                start_volume[chosen] += demand.trips[e]
                totals[WALK] += demand.trips[e] * chosen_walk
                totals[PASSENGERS] += demand.trips[e]
        for stop in range(n_stops):
            passengers = start_volume[stop]
            if passengers > 0.0:
                f = board_lines(net, label, stop, start[stop], passengers, volume, boardings, worth)
                totals[WAIT] += passengers * weights.wait_share / f
                start_volume[stop] = 0.0
        load(net, weights, label, onward, strategy, order, count, volume, loads, boardings, worth, totals)
    return boardings, loads, worth, totals
