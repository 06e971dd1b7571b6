"""Frequency-based transit assignment by optimal strategies: part 2 of the algorithm of Spiess and Florian.

Nodes and labels are those of `kernels/transit/strategies.py`, which names the paper.
"""

import numpy as np

from kernels._jit import kernel
from kernels.transit.line_network import Access, Demand, LineNetwork, Weights
from kernels.transit.strategies import first_boarding, settle

__all__ = [
    "PASSENGERS", "RIDE", "TRANSFERS", "WAIT", "WALK", "Access", "Demand", "LineNetwork", "Weights", "assign",
]  # fmt: skip

WALK, WAIT, RIDE, TRANSFERS, PASSENGERS = 0, 1, 2, 3, 4
"""Rows of the totals that `assign` returns: passenger-minutes, then counts."""


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
