"""What a path for a new line is judged by, and the local moves that make it better."""

from dataclasses import dataclass

import numpy as np

from jobs.transit.design_graph import DesignGraph
from jobs.transit.params import NewLines
from kernels.transit.added_line import cost_with_line, saving
from kernels.transit.assignment import Demand

HEADWAY_MIN = 15.0
"""Headway at which candidates are compared."""
MIN_STOPS = 4
_IDEAL_ACCESS_MIN = 20.0
"""Perceived walk of a trip that is served well: five minutes at either end, weighted."""
_LONGEST_LOSS_MIN = 60.0
_LEAST_ONWARD = 0.5
"""Two hops lead at least so much of the longer one onward: the angle between two like hops is 29 degrees or more."""
_MOST_TRIPS = 6_000
"""Entries of the OD matrix that paths are judged by."""

Path = tuple[int, ...]
"""Design nodes in order."""


@dataclass(frozen=True)
class Losses:
    """The trips that lose most time today. n trips."""

    origin: np.ndarray
    destination: np.ndarray
    trips: np.ndarray
    cost: np.ndarray
    """Perceived minutes."""


@dataclass(frozen=True)
class LineSearch:
    """What a path is judged by. N nodes, Z zones."""

    graph: DesignGraph
    minutes: np.ndarray
    """(N, N) ride minutes along shortest paths."""
    alighted: np.ndarray
    """(Z, N) perceived minutes from each node to each zone by today's lines."""
    node_of_zone: np.ndarray
    """Nearest node, -1 where none is near."""
    limits: NewLines
    wait_perceived: float
    hours_per_ride_min: float
    """Vehicle-hours a day for each minute of the line's one-way ride."""
    price: float
    """Perceived minutes that a vehicle-hour saves elsewhere in the network."""
    reach: np.ndarray
    """(N, Z) float32, 1 where a zone is in walking reach of a node."""
    indirect: np.ndarray
    """(Z, Z) float32, trips a day too long to walk between zones that no line joins without a change."""

    def clock(self, nodes: Path) -> np.ndarray:
        """Minutes from the first stop."""
        return np.concatenate([[0.0], np.cumsum(self.minutes[list(nodes[:-1]), list(nodes[1:])])])

    def cost_with(self, nodes: Path, losses: Losses) -> np.ndarray:
        """Perceived minutes of the trips by way of a line."""
        at_stops = np.ascontiguousarray(self.alighted[:, list(nodes)])
        return cost_with_line(
            at_stops, losses.origin, losses.destination, self.clock(nodes), self.wait_perceived
        )

    def score(self, nodes: Path, losses: Losses) -> tuple[float, float]:
        """Gain less what its vehicle-hours are worth elsewhere, and the gain."""
        gain = saving(losses.cost, self.cost_with(nodes, losses), losses.trips)
        return gain - self.price * self.hours_per_ride_min * float(self.clock(nodes)[-1]), gain

    def way(self, a: int, b: int) -> Path:
        """Nodes of the shortest way from one node to another; both alone where there is none."""
        if not np.isfinite(self.minutes[a, b]):
            return (a, b)
        path, graph = [a], self.graph
        while path[-1] != b:
            links = slice(graph.first[path[-1]], graph.first[path[-1] + 1])
            onward = graph.minutes[links] + self.minutes[graph.head[links], b]
            path.append(int(graph.head[links][np.argmin(onward)]))
        return tuple(path)

    def length_m(self, nodes: Path) -> float:
        """Straight from stop to stop."""
        return float(np.hypot(*np.diff(self.graph.xy[list(nodes)], axis=0).T).sum())

    def is_allowed(self, nodes: Path) -> bool:
        """Whether a path is simple, short enough, not too roundabout, and never turns back on itself."""
        if len(set(nodes)) != len(nodes) or len(nodes) < 2 or self._turns_back(nodes):
            return False
        ride = self.clock(nodes)[-1]
        straight = self.minutes[nodes[0], nodes[-1]]
        return bool(
            np.isfinite(ride)
            and ride <= self.limits.max_detour * straight + 1e-9
            and self.length_m(nodes) <= self.limits.max_length_m
        )

    def _turns_back(self, nodes: Path) -> bool:
        """Whether two hops lead less than half of the longer one away from where they began: a hairpin."""
        xy = self.graph.xy[list(nodes)]
        hops = np.hypot(*np.diff(xy, axis=0).T)
        skips = np.hypot(*(xy[2:] - xy[:-2]).T)
        return bool((skips < _LEAST_ONWARD * np.maximum(hops[:-1], hops[1:])).any())

    def lost_min(self, origin: np.ndarray, destination: np.ndarray, cost: np.ndarray) -> np.ndarray:
        """Perceived minutes that trips lose against a direct ride with a line every 15 minutes."""
        a, b = self.node_of_zone[origin], self.node_of_zone[destination]
        ride = np.where((a >= 0) & (b >= 0) & (a != b), self.minutes[a, b], np.inf)
        return np.clip(cost - (_IDEAL_ACCESS_MIN + self.wait_perceived + ride), 0.0, _LONGEST_LOSS_MIN)


def worst_served(search: LineSearch, demand: Demand, cost: np.ndarray) -> Losses:
    """A sample of the trips that lose time, drawn by what they lose, weighted so that it stands for all.

    Systematic sampling with probability proportional to size (Madow 1949): trips that lose most are
    all in it, with their own weight.
    """
    destination = np.repeat(np.arange(demand.first.size - 1), np.diff(demand.first))
    lost = demand.trips * search.lost_min(demand.origin, destination, cost)
    chance = inclusion_chances(lost, _MOST_TRIPS)
    reached = np.floor(np.cumsum(chance) + 0.5)
    drawn = np.flatnonzero(np.diff(np.concatenate([[0.0], reached])) > 0)
    return Losses(
        demand.origin[drawn],
        destination[drawn].astype(np.int32),
        demand.trips[drawn] / chance[drawn],
        cost[drawn],
    )


def inclusion_chances(size: np.ndarray, n: int) -> np.ndarray:
    """Chance of each entry to be one of n drawn in proportion to its size; 1 for those too large for that."""
    chance = np.where(size > 0, 1.0, 0.0)
    is_sure = np.zeros(size.size, bool)
    while chance.sum() > n:
        rest = size[~is_sure & (size > 0)].sum()
        chance = np.where(is_sure, 1.0, size * (n - is_sure.sum()) / rest)
        if not (chance > 1.0).any():
            break
        is_sure |= chance >= 1.0
        chance = np.minimum(chance, 1.0)
    return np.asarray(chance)
