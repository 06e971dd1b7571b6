"""What one more line would save, before any assignment: the quick measure of line search."""

import numpy as np

from kernels._jit import kernel
from kernels.transit.line_network import Access, LineNetwork, Weights
from kernels.transit.strategies import settle


@kernel
def alighted_minutes(net: LineNetwork, access: Access, weights: Weights) -> np.ndarray:
    """Perceived minutes from having alighted at each stop to each zone, by the lines there are.

    Returns
    -------
    float32 (zones, stops), inf where there is no way. Walks to the zone and transfers included.
    """
    n_positions = net.position_stop.size
    n_stops = net.stop_first.size - 1
    n_zones = access.first.size - 1
    n_nodes = n_positions + 2 * n_stops
    room = 4 * n_positions + 2 * net.walk_stop.size + access.stop.size + 16
    keys, items = np.empty(room), np.empty(room, np.int32)
    label, onward = np.empty(n_nodes), np.zeros(n_nodes, np.int32)
    combined, strategy = np.empty(n_stops), np.empty(n_stops)
    settled, order = np.empty(n_nodes, np.bool_), np.empty(n_nodes, np.int32)
    minutes = np.empty((n_zones, n_stops), np.float32)
    for zone in range(n_zones):
        settle(net, access, weights, zone, label, onward, combined, strategy, settled, order, keys, items)
        minutes[zone] = label[n_positions : n_positions + n_stops]
    return minutes


@kernel
def cost_with_line(
    at_stops: np.ndarray,
    origin: np.ndarray,
    destination: np.ndarray,
    clock_min: np.ndarray,
    wait_perceived: float,
) -> np.ndarray:
    """Perceived minutes of trips that take a new two-way line, with what leads to it and on from it.

    The way from the origin to a stop is taken to cost as much as the way back, so that

        cost = min over stops i, j of  a[o, i] + wait + |clock_i - clock_j| + a[d, j],

    found in one pass over the K stops of the line by two running minima.

    Parameters
    ----------
    at_stops : float32 (zones, K), ``alighted_minutes`` at the line's stops.
    origin, destination : zone of each trip.
    clock_min : float64 (K,), minutes from the first stop.
    """
    cost = np.full(origin.size, np.inf)
    for e in range(origin.size):
        o, d = origin[e], destination[e]
        from_o, from_d, best = np.inf, np.inf, np.inf
        for k in range(clock_min.size):
            at_o, at_d = at_stops[o, k], at_stops[d, k]
            best = min(best, from_o + at_d + clock_min[k], from_d + at_o + clock_min[k])
            from_o = min(from_o, at_o - clock_min[k])
            from_d = min(from_d, at_d - clock_min[k])
        cost[e] = best + wait_perceived
    return cost


@kernel
def saving(cost_now: np.ndarray, cost_new: np.ndarray, trips: np.ndarray) -> float:
    """Perceived passenger-minutes saved when each trip takes what is better."""
    total = 0.0
    for e in range(trips.size):
        if cost_new[e] < cost_now[e]:
            total += trips[e] * (cost_now[e] - cost_new[e])
    return total
