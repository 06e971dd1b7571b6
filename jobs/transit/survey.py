"""What candidates for another way are looked for with: use of lines stop by stop, ways, and a quick measure."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from jobs.transit.design_graph import DesignGraph, design_graph, speed_m_per_min
from jobs.transit.evaluation import Evaluator, SlotResult, slot_network
from jobs.transit.line_search import inclusion_chances
from jobs.transit.lines import LineSet
from jobs.transit.options import mean_price
from jobs.transit.params import TransitParams
from jobs.transit.places import Clusters
from jobs.transit.scene import Scene
from kernels.transit.added_line import alighted_minutes, cost_with_line, saving
from kernels.transit.paths import send_along_trees, shortest_tree

_MOST_TRIPS = 3_000
"""Entries of the OD matrix that the quick measure looks at."""


@dataclass(frozen=True)
class Use:
    """Passengers a day along a pattern of K stops, (K,) each."""

    ons: np.ndarray
    offs: np.ndarray
    aboard: np.ndarray
    """Those who ride on from the stop."""

    @property
    def users(self) -> np.ndarray:
        """Who boards or alights at each stop."""
        return np.asarray(self.ons + self.offs)

    @property
    def through(self) -> np.ndarray:
        """Who is aboard before and after each stop."""
        return np.asarray(np.maximum(self.aboard - self.ons, 0.0))


def uses(lines: LineSet, departures: np.ndarray, results: list[SlotResult]) -> list[Use]:
    """Use of every pattern, all slots together."""
    ons = [np.zeros(places.size) for places in lines.places]
    aboard = [np.zeros(places.size) for places in lines.places]
    for slot, result in enumerate(results):
        at = 0
        for p in np.flatnonzero(departures[:, slot] > 0).tolist():
            end = at + lines.places[p].size
            ons[p] += result.boarded[at:end]
            aboard[p] += result.aboard[at:end]
            at = end
    return [
        Use(on, np.maximum(np.concatenate([[0.0], ride[:-1]]) + on - ride, 0.0), ride)
        for on, ride in zip(ons, aboard, strict=True)
    ]


class Ways:
    """Shortest ways on the graph of links that lines ride or could, between places where lines stop."""

    def __init__(self, graph: DesignGraph, xy: np.ndarray) -> None:
        n = graph.cluster.size
        _, self.minutes = send_along_trees(
            graph.first, graph.tail, graph.head, graph.minutes, np.zeros((n, n))
        )
        self.graph, self._xy = graph, xy
        self._trees: dict[int, np.ndarray] = {}
        apart = [np.hypot(*(graph.xy - place).T) for place in xy]
        self.node = np.array([int(a.argmin()) for a in apart])
        """Nearest node of each place."""

    def between(self, a: int, b: int) -> float:
        """Ride minutes from place to place."""
        return float(self.minutes[self.node[a], self.node[b]])

    def path(self, a: int, b: int) -> list[int]:
        """Nodes of the shortest way from node a to node b, both included; empty where there is none."""
        graph = self.graph
        if a not in self._trees:
            self._trees[a] = shortest_tree(graph.first, graph.head, graph.minutes, a)[1]
        if not np.isfinite(self.minutes[a, b]):
            return []
        out, link_in = [b], self._trees[a]
        while out[-1] != a:
            out.append(int(graph.tail[link_in[out[-1]]]))
        return out[::-1]

    def places(self, nodes: list[int]) -> list[int]:
        """Places that nodes stand for."""
        return [int(self.graph.cluster[n]) for n in nodes]


class Quick:
    """What a line would save, as `kernels.transit.added_line` sees it: no assignment, no crowding, one line alone."""

    def __init__(self, evaluator: Evaluator, lines: LineSet, slot: int, result: SlotResult) -> None:
        net, _ = slot_network(lines, slot, lines.departures[:, slot], evaluator.walks)
        self._alighted = alighted_minutes(net, evaluator.access, evaluator.weights)
        demand = evaluator.demand
        trips = evaluator.trips_by_slot.sum(axis=0)
        chance = inclusion_chances(trips * result.cost, _MOST_TRIPS)
        drawn = np.flatnonzero(np.diff(np.concatenate([[0.0], np.floor(np.cumsum(chance) + 0.5)])) > 0)
        self._origin = demand.origin[drawn]
        destination = np.repeat(np.arange(demand.first.size - 1), np.diff(demand.first))
        self._destination = destination[drawn].astype(np.int32)
        self._trips, self._cost = trips[drawn] / chance[drawn], result.cost[drawn]
        self._wait = evaluator.weights.first_wait * evaluator.weights.wait_share

    def saves(self, places: np.ndarray | list[int], clock_min: np.ndarray, headway_min: float) -> float:
        """Perceived minutes a day that a line both ways by these places would save beside today's lines."""
        at_stops = np.ascontiguousarray(self._alighted[:, np.asarray(places, np.int64)])
        wait = self._wait * headway_min
        cost = cost_with_line(at_stops, self._origin, self._destination, clock_min, wait)
        return saving(self._cost, cost, self._trips)


def protected_places(scene: Scene, params: TransitParams) -> frozenset[int]:
    """Places of the protected terminals, which the feed has (`given_names.py`)."""
    at = {stop: i for i, stop in enumerate(scene.feed.stops.ids)}
    return frozenset(int(scene.clusters.of_stop[at[stop]]) for stop in params.protected_terminals)


@dataclass(frozen=True)
class Survey:
    """Today's network as candidates are looked for in it."""

    scene: Scene
    plain: Clusters
    """Places that ways are drawn between: those of the scene without what single candidates need."""
    lines: LineSet
    params: TransitParams
    results: list[SlotResult]
    use: list[Use]
    busiest: int
    """Slot with most trips."""

    @classmethod
    def of(cls, scene: Scene, lines: LineSet, results: list[SlotResult], params: TransitParams) -> "Survey":
        """From an assignment of today's lines."""
        busiest = int(np.argmax(scene.trips_by_slot.sum(axis=1)))
        use = uses(lines, lines.departures, results)
        return cls(scene, scene.stops_only, lines, params, results, use, busiest)

    @cached_property
    def ways(self) -> Ways:
        """Ways between today's places and those where new lines may stop."""
        limits = self.params.new_lines
        graph = design_graph(self.plain, self.scene.lines.fixed, limits.stop_spacing_m, limits.street_detour)
        return Ways(graph, self.scene.clusters.xy)

    @cached_property
    def quick(self) -> Quick:
        """The quick measure in the busiest slot."""
        return Quick(self.scene.evaluator, self.lines, self.busiest, self.results[self.busiest])

    @cached_property
    def price(self) -> float:
        """Perceived minutes that one more vehicle-hour saves on today's lines, on average."""
        return mean_price(self.scene.lines, self.results)

    @cached_property
    def boardings_per_hour(self) -> float:
        """Passengers who board a vehicle-hour, in the whole network."""
        hours = float(self.lines.vehicle_hours(self.lines.departures).sum())
        return float(sum(use.ons.sum() for use in self.use)) / max(hours, 1e-9)

    @cached_property
    def speed(self) -> float:
        """Metres a minute, straight from stop to stop."""
        return speed_m_per_min(self.scene.lines.fixed)

    @cached_property
    def protected(self) -> frozenset[int]:
        """Places where lines that end go on ending."""
        return protected_places(self.scene, self.params)

    def may_change(self) -> list[int]:
        """Lines of today that no parameter keeps as they are."""
        kept = set(self.params.keep_lines)
        return [i for i, line in enumerate(self.lines.lines) if line.is_fixed and line.line_id not in kept]

    def main(self, line: int) -> int:
        """The pattern with most departures."""
        return max(self.lines.running(line), key=lambda p: (self.lines.patterns[p].departures.sum(), -p))

    def clock(self, pattern: int) -> np.ndarray:
        """Minutes from the first stop in the busiest slot."""
        return np.concatenate([[0.0], np.cumsum(self.lines.patterns[pattern].ride_min[self.busiest])])

    def headway(self, line: int) -> float:
        """Minutes between departures in the busiest slot, inf without service."""
        return float(self.lines.headways(line, self.lines.departures)[self.busiest])

    def position(self, pattern: int, place: int) -> int:
        """Stop of a pattern nearest to a place, -1 if none is as near as ends of lines that meet."""
        xy = self.scene.clusters.xy
        apart = np.hypot(*(xy[self.lines.places[pattern]] - xy[place]).T)
        nearest = int(apart.argmin())
        return nearest if apart[nearest] <= self.params.reshapes.meet_m else -1

    def hours(self, pattern: int, minutes: float) -> float:
        """Vehicle-hours a day that so many minutes of ride more take on a pattern."""
        runs = float(self.lines.patterns[pattern].departures.sum())
        return runs * minutes * (1.0 + self.params.fleet.layover_share) / 60.0

    def is_near_line(self, line: int, place: int, but: tuple[int, ...] = ()) -> bool:
        """Whether a line stops at a place or nearby; places in `but` do not count."""
        xy = self.scene.clusters.xy
        own = {int(c) for p in self.lines.running(line) for c in self.lines.places[p]} - set(but)
        return (
            bool(own)
            and float(np.hypot(*(xy[sorted(own)] - xy[place]).T).min()) <= self.params.reshapes.meet_m
        )
