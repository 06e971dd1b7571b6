"""An invented bus network: trunk lines along the main flows, with stops every 400 to 600 m."""

from dataclasses import dataclass
from itertools import combinations

import h3.api.basic_int as h3
import numpy as np
from numpy.typing import NDArray

from jobs.errors import InputError
from jobs.world.demand import Demand
from jobs.world.plane import Floats
from jobs.world.seeds import Topic, generator

_MIN_LINE_M, _MAX_LINE_M = 5_500.0, 17_000.0
_TERMINAL_SPACING_M = 1_500.0
_FIXED_KM = 8.0
_KEPT_WHEN_SERVED = 0.15
_MIDPOINT_ABOVE_M = 650.0


@dataclass(frozen=True)
class Network:
    """Stops, and lines as sequences of stops; every line runs both ways."""

    x_m: Floats
    y_m: Floats
    node: NDArray[np.int64]
    """Demand node that each stop lies in (stops,)."""
    lines: tuple[NDArray[np.int64], ...]

    def length_m(self, line: int) -> Floats:
        """Distance from the first stop of a line to each of its stops, straight between stops."""
        stops = self.lines[line]
        steps = np.hypot(np.diff(self.x_m[stops]), np.diff(self.y_m[stops]))
        return np.concatenate(([0.0], np.cumsum(steps)))


def design_network(demand: Demand, lines: int, seed: int) -> Network:
    """Lay `lines` lines one after the other where they catch most of what no line serves yet.

    Candidates are the shortest ways between terminals all over the area, on the graph of
    neighbouring nodes, whose busy edges count as shorter, so that lines share corridors.

    Raises
    ------
    InputError
        No two nodes are far enough apart.
    """
    way = _shortest_ways(demand)
    paths = [path for a, b in _candidate_pairs(demand) if (path := _path(way, a, b))[-1] == b]
    if not paths:
        raise InputError("the area is too small for bus lines", "zones", "give a gtfs feed, or larger zones")
    unserved = demand.daily + demand.daily.T
    length_km = np.array([_path_m(demand, path) for path in paths]) / 1000.0
    chosen: list[NDArray[np.int64]] = []
    for _ in range(min(lines, len(paths))):
        caught = np.array([unserved[np.ix_(path, path)].sum() for path in paths])
        best = int((caught / (length_km + _FIXED_KM)).argmax())
        chosen.append(paths[best])
        within_reach = demand.near[paths[best]].any(axis=0)
        unserved[np.ix_(within_reach, within_reach)] *= _KEPT_WHEN_SERVED
    return _with_stops(demand, chosen, seed)


def _neighbours(demand: Demand) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    index = {int(cell): i for i, cell in enumerate(demand.h3)}
    pairs = [
        (i, index[other])
        for cell, i in index.items()
        for other in sorted(h3.grid_disk(cell, 1))
        if other in index
    ]
    edges = np.array([(a, b) for a, b in pairs if a != b], np.int64).reshape(-1, 2)
    return edges[:, 0], edges[:, 1]


def _shortest_ways(demand: Demand) -> NDArray[np.int64]:
    """Next node from each node towards each other, -1 where there is no way (Floyd and Warshall)."""
    a, b = _neighbours(demand)
    activity = demand.daily.sum(axis=0) + demand.daily.sum(axis=1)
    busy = np.sqrt(np.minimum(activity[a], activity[b]) / activity.max())
    cost = np.full((demand.size, demand.size), np.inf)
    following = np.full((demand.size, demand.size), -1, np.int64)
    cost[a, b] = np.hypot(demand.x_m[a] - demand.x_m[b], demand.y_m[a] - demand.y_m[b]) * (1.4 - busy)
    following[a, b] = b
    for k in range(demand.size):
        via = cost[:, k, None] + cost[k]
        shorter = via < cost
        cost = np.where(shorter, via, cost)
        following = np.where(shorter, following[:, k, None], following)
    return following


def _candidate_pairs(demand: Demand) -> list[tuple[int, int]]:
    """Pairs of terminals a line's length apart.

    Where the whole area is small, so are the lines.
    """
    terminals = _terminals(demand)
    away = np.hypot(demand.x_m[:, None] - demand.x_m, demand.y_m[:, None] - demand.y_m)
    shortest = min(_MIN_LINE_M, 0.5 * float(away.max()))
    pairs = combinations(sorted(terminals), 2)
    return [(a, b) for a, b in pairs if shortest <= away[a, b] <= _MAX_LINE_M]


def _terminals(demand: Demand) -> list[int]:
    """Busiest nodes first, each some way from those before: the edge of the city has its own too."""
    activity = demand.daily.sum(axis=0) + demand.daily.sum(axis=1)
    terminals: list[int] = []
    for node in np.argsort(-activity, kind="stable").tolist():
        away = np.hypot(demand.x_m[terminals] - demand.x_m[node], demand.y_m[terminals] - demand.y_m[node])
        if activity[node] > 0 and (not terminals or away.min() >= _TERMINAL_SPACING_M):
            terminals.append(node)
    return terminals


def _path(way: NDArray[np.int64], a: int, b: int) -> NDArray[np.int64]:
    path = [a]
    while path[-1] != b and way[path[-1], b] >= 0:
        path.append(int(way[path[-1], b]))
    return np.array(path, np.int64)


def _path_m(demand: Demand, path: NDArray[np.int64]) -> float:
    return float(np.hypot(np.diff(demand.x_m[path]), np.diff(demand.y_m[path])).sum())


def _with_stops(demand: Demand, paths: list[NDArray[np.int64]], seed: int) -> Network:
    """A stop at each node and one half-way where two nodes are far apart; lines on one edge share them."""
    rng = generator(seed, Topic.BUS)
    x_m, y_m, node = list(demand.x_m), list(demand.y_m), list(range(demand.size))
    halfway: dict[tuple[int, int], int] = {}
    lines = []
    for path in paths:
        stops = [int(path[0])]
        for a, b in zip(path[:-1].tolist(), path[1:].tolist(), strict=True):
            edge = (min(a, b), max(a, b))
            if edge not in halfway and np.hypot(x_m[a] - x_m[b], y_m[a] - y_m[b]) > _MIDPOINT_ABOVE_M:
                halfway[edge] = len(node)
                x_m.append((x_m[a] + x_m[b]) / 2.0 + rng.normal(0.0, 40.0))
                y_m.append((y_m[a] + y_m[b]) / 2.0 + rng.normal(0.0, 40.0))
                node.append(a)
            stops += [halfway[edge], b] if edge in halfway else [b]
        lines.append(stops)
    return _only_served(np.array(x_m), np.array(y_m), np.array(node, np.int64), lines)


def _only_served(x_m: Floats, y_m: Floats, node: NDArray[np.int64], lines: list[list[int]]) -> Network:
    """Leave out the stops that no line serves; the others by north to south."""
    served = np.unique(np.concatenate([np.array(stops, np.int64) for stops in lines]))
    served = served[np.lexsort((x_m[served], -y_m[served]))]
    new = np.full(x_m.size, -1, np.int64)
    new[served] = np.arange(served.size)
    return Network(x_m[served], y_m[served], node[served], tuple(new[np.array(stops)] for stops in lines))
