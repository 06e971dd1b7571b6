"""What one more line would save if it were used without transfers: the quick measure of line search."""

import numpy as np

from kernels._jit import kernel
from kernels.assignment import Access, Demand


@kernel
def positions_in_reach(
    access: Access, position_at: np.ndarray, n_zones: int
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Positions of one line that each zone reaches on foot: first, position, walk minutes."""
    first = np.zeros(n_zones + 1, np.int32)
    position = np.empty(access.stop.size, np.int32)
    walk_min = np.empty(access.stop.size)
    count = 0
    for zone in range(n_zones):
        for a in range(access.first[zone], access.first[zone + 1]):
            if position_at[access.stop[a]] >= 0:
                position[count] = position_at[access.stop[a]]
                walk_min[count] = access.walk_min[a]
                count += 1
        first[zone + 1] = count
    return first, position[:count], walk_min[:count]


@kernel
def direct_cost(
    access: Access,
    demand: Demand,
    position_at: np.ndarray,
    clock_min: np.ndarray,
    walk_weight: float,
    wait_perceived: float,
) -> np.ndarray:
    """Perceived minutes of each demand entry by one two-way line alone, inf where it does not serve.

    Parameters
    ----------
    position_at : int32 per stop, the stop's position on the line or -1.
    clock_min : float64 per position, minutes from the first position.
    wait_perceived : weighted wait for the line, minutes.
    """
    n_zones = demand.first.size - 1
    first, position, walk_min = positions_in_reach(access, position_at, n_zones)
    cost = np.full(demand.origin.size, np.inf)
    for zone in range(n_zones):
        if first[zone] == first[zone + 1]:
            continue
        for e in range(demand.first[zone], demand.first[zone + 1]):
            origin = demand.origin[e]
            for i in range(first[origin], first[origin + 1]):
                for j in range(first[zone], first[zone + 1]):
                    ride = abs(clock_min[position[i]] - clock_min[position[j]])
                    if ride > 0.0:
                        value = walk_weight * (walk_min[i] + walk_min[j]) + wait_perceived + ride
                        cost[e] = min(cost[e], value)
    return cost


@kernel
def direct_gain(
    access: Access,
    demand: Demand,
    cost_now: np.ndarray,
    position_at: np.ndarray,
    clock_min: np.ndarray,
    walk_weight: float,
    wait_perceived: float,
) -> float:
    """Perceived passenger-minutes saved by one more two-way line, counting journeys without transfer."""
    cost = direct_cost(access, demand, position_at, clock_min, walk_weight, wait_perceived)
    gain = 0.0
    for e in range(cost.size):
        if cost[e] < cost_now[e]:
            gain += demand.trips[e] * (cost_now[e] - cost[e])
    return gain
