"""Candidates for new lines: where trips are worst served, follow the heaviest flow, then improve the path.

Flow peeling: trips weighted by the time they lose against a direct ride are sent along shortest
paths of the design graph; the heaviest corridor becomes a path, the path is improved by local
moves, the trips that it serves are taken out, and so on.
"""

from dataclasses import dataclass

import numpy as np

from jobs.transit.design_graph import DesignGraph
from jobs.transit.params import NewLines
from kernels.assignment import Access, Demand, Weights
from kernels.direct import direct_cost, direct_gain
from kernels.paths import send_along_trees

HEADWAY_MIN = 15.0
"""Headway at which candidates are compared."""
_IDEAL_ACCESS_MIN = 20.0
"""Perceived walk of a trip that is served well: five minutes at either end, weighted."""
_LONGEST_LOSS_MIN = 60.0
_NEAREST_NODE_M = 1000.0
_CORRIDOR_SHARE = 0.3
"""A corridor ends where its flow falls below this share of its heaviest link."""
_PASSES = 4
_MIN_STOPS = 4


@dataclass(frozen=True)
class LinePath:
    """A new line in both directions: design nodes in order, and minutes from the first."""

    nodes: tuple[int, ...]
    clock_min: np.ndarray
    gain_min: float
    """Perceived minutes saved a day, counting journeys without transfer."""


@dataclass(frozen=True)
class LineSearch:
    """What a path is judged by. E demand entries, N nodes."""

    graph: DesignGraph
    access: Access
    demand: Demand
    weights: Weights
    limits: NewLines
    departures: float
    """Round trips a day at the comparison headway."""
    layover_share: float
    price: float
    """Perceived minutes that a vehicle-hour saves elsewhere in the network."""
    n_clusters: int

    @property
    def wait_perceived(self) -> float:
        """Weighted wait for the line, minutes."""
        return self.weights.first_wait * self.weights.wait_share * HEADWAY_MIN

    def clock(self, nodes: tuple[int, ...], minutes: np.ndarray) -> np.ndarray:
        """Minutes from the first stop."""
        legs = minutes[list(nodes[:-1]), list(nodes[1:])]
        return np.concatenate([[0.0], np.cumsum(legs)])

    def positions(self, nodes: tuple[int, ...]) -> np.ndarray:
        """Position on the line of each cluster, -1 elsewhere."""
        at = np.full(self.n_clusters, -1, np.int32)
        at[self.graph.cluster[list(nodes)]] = np.arange(len(nodes))
        return at

    def score(self, nodes: tuple[int, ...], minutes: np.ndarray, cost_now: np.ndarray) -> tuple[float, float]:
        """Gain less the worth of its vehicle-hours elsewhere, and the gain."""
        clock = self.clock(nodes, minutes)
        gain = direct_gain(
            self.access,
            self.demand,
            cost_now,
            self.positions(nodes),
            clock,
            self.weights.walk,
            self.wait_perceived,
        )
        vehicle_hours = self.departures * 2.0 * clock[-1] * (1.0 + self.layover_share) / 60.0
        return gain - self.price * vehicle_hours, gain


def find_paths(search: LineSearch, cost_now: np.ndarray, zone_xy: np.ndarray) -> list[LinePath]:
    """Candidate paths in the order they were peeled.

    Parameters
    ----------
    cost_now : (E,) perceived minutes of the demand entries today.
    zone_xy : (Z, 2) metres.
    """
    cost = cost_now.copy()
    node_of_zone = _nearest_nodes(search, zone_xy)
    found: list[LinePath] = []
    tried: set[tuple[int, ...]] = set()
    for _ in range(2 * search.limits.candidates):
        if len(found) == search.limits.candidates:
            break
        flow, minutes = _loss_flow(search, cost, node_of_zone)
        seed = _heaviest_corridor(search, flow, minutes)
        if len(seed) < _MIN_STOPS or seed in tried:
            break
        tried.add(seed)
        path = _improved(search, seed, minutes, cost)
        clock = search.clock(path, minutes)
        served = direct_cost(
            search.access,
            search.demand,
            search.positions(path),
            clock,
            search.weights.walk,
            search.wait_perceived,
        )
        value, gain = search.score(path, minutes, cost)
        cost = np.minimum(cost, served)
        if value > 0 and _length_m(search, path) >= search.limits.min_length_m:
            found.append(LinePath(path, clock, gain))
        elif not (served < cost_now).any():
            break
    return found


def _nearest_nodes(search: LineSearch, zone_xy: np.ndarray) -> np.ndarray:
    """Design node of each zone, -1 where none is near."""
    out = np.full(len(zone_xy), -1, np.int64)
    for zone, place in enumerate(zone_xy):
        distance = np.hypot(*(search.graph.xy - place).T)
        nearest = int(np.argmin(distance))
        if distance[nearest] <= _NEAREST_NODE_M:
            out[zone] = nearest
    return out


def _loss_flow(
    search: LineSearch, cost: np.ndarray, node_of_zone: np.ndarray
) -> tuple[np.ndarray, np.ndarray]:
    """Flow per link of trips times minutes lost against a direct ride, and minutes between all nodes."""
    graph, demand = search.graph, search.demand
    n = graph.cluster.size
    zone = np.repeat(np.arange(demand.first.size - 1), np.diff(demand.first))
    a, b = node_of_zone[demand.origin], node_of_zone[zone]
    near = (a >= 0) & (b >= 0) & (a != b)
    _, minutes = send_along_trees(graph.first, graph.tail, graph.head, graph.minutes, np.zeros((n, n)))
    ideal = _IDEAL_ACCESS_MIN + search.wait_perceived + minutes[a[near], b[near]]
    lost = np.clip(cost[near] - ideal, 0.0, _LONGEST_LOSS_MIN)
    flow = np.zeros((n, n))
    np.add.at(flow, (a[near], b[near]), demand.trips[near] * lost)
    link_flow, _ = send_along_trees(graph.first, graph.tail, graph.head, graph.minutes, flow)
    back = {(int(t), int(h)): i for i, (t, h) in enumerate(zip(graph.tail, graph.head, strict=True))}
    reverse = np.array(
        [back[(int(h), int(t))] for t, h in zip(graph.tail, graph.head, strict=True)], np.int64
    )
    return link_flow + link_flow[reverse], minutes


def _heaviest_corridor(search: LineSearch, flow: np.ndarray, minutes: np.ndarray) -> tuple[int, ...]:
    """Path through the heaviest link, grown at the end that carries more."""
    graph = search.graph
    if not flow.size or flow.max() <= 0:
        return ()
    seed = int(np.argmax(flow))
    path = [int(graph.tail[seed]), int(graph.head[seed])]
    while True:
        steps = [_best_step(search, path, flow, minutes), _best_step(search, path[::-1], flow, minutes)]
        at_end, at_start = steps
        if max(at_end[0], at_start[0]) < _CORRIDOR_SHARE * flow[seed]:
            return tuple(path)
        if at_end[0] >= at_start[0]:
            path.append(at_end[1])
        else:
            path.insert(0, at_start[1])


def _best_step(
    search: LineSearch, path: list[int], flow: np.ndarray, minutes: np.ndarray
) -> tuple[float, int]:
    """Heaviest link on from the end of a path that keeps the line straight enough: flow and node."""
    graph, end = search.graph, path[-1]
    best = (-1.0, -1)
    for link in range(graph.first[end], graph.first[end + 1]):
        node = int(graph.head[link])
        if node not in path and flow[link] > best[0] and _is_allowed(search, (*path, node), minutes):
            best = (float(flow[link]), node)
    return best


def _length_m(search: LineSearch, nodes: tuple[int, ...]) -> float:
    xy = search.graph.xy[list(nodes)]
    return float(np.hypot(*np.diff(xy, axis=0).T).sum())


def _is_allowed(search: LineSearch, nodes: tuple[int, ...], minutes: np.ndarray) -> bool:
    """Whether a path is simple, short enough and not too roundabout."""
    if len(set(nodes)) != len(nodes) or len(nodes) < 2:
        return False
    ride = search.clock(nodes, minutes)[-1]
    straight = minutes[nodes[0], nodes[-1]]
    return bool(
        np.isfinite(ride)
        and ride <= search.limits.max_detour * straight + 1e-9
        and _length_m(search, nodes) <= search.limits.max_length_m
    )


def _improved(
    search: LineSearch, nodes: tuple[int, ...], minutes: np.ndarray, cost_now: np.ndarray
) -> tuple[int, ...]:
    """Hill climb over local moves, first improvement, until none helps."""
    best, _ = search.score(nodes, minutes, cost_now)
    for _ in range(_PASSES):
        before = best
        for place in range(-1, len(nodes) + 1):
            for move in _moves(search, nodes, place):
                if not _is_allowed(search, move, minutes):
                    continue
                value, _ = search.score(move, minutes, cost_now)
                if value > best * (1 + 1e-9) + 1e-6:
                    nodes, best = move, value
                    break
        if best <= before:
            break
    return nodes


def _moves(search: LineSearch, nodes: tuple[int, ...], place: int) -> list[tuple[int, ...]]:
    """Extensions at the ends; drop, replace or insert at an inner place."""
    if place < 0:
        return [(int(n), *nodes) for n in search.graph.neighbours(nodes[0])]
    if place >= len(nodes):
        return [(*nodes, int(n)) for n in search.graph.neighbours(nodes[-1])]
    head, tail = nodes[:place], nodes[place + 1 :]
    near = [int(n) for n in search.graph.neighbours(nodes[place])]
    moves = [(*head, *tail)] if len(nodes) > _MIN_STOPS else []
    moves += [(*head, n, *tail) for n in near]
    if tail:
        moves += [(*head, nodes[place], n, *tail) for n in near]
    return moves
