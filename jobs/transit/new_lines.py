"""Candidates for new lines: where trips are worst served, follow the heaviest flow, then improve the path.

Flow peeling: trips weighted by the time they lose against a direct ride are sent along shortest
paths of the design graph; the heaviest corridor becomes a path, the path is improved by local
moves, the trips that it serves are taken out, and so on.
"""

from dataclasses import dataclass, replace

import numpy as np

from jobs.transit.design_graph import DesignGraph
from jobs.transit.params import NewLines
from kernels.added_line import cost_with_line, saving
from kernels.assignment import Demand
from kernels.paths import send_along_trees

HEADWAY_MIN = 15.0
"""Headway at which candidates are compared."""
_IDEAL_ACCESS_MIN = 20.0
"""Perceived walk of a trip that is served well: five minutes at either end, weighted."""
_LONGEST_LOSS_MIN = 60.0
_MOST_TRIPS = 20_000
"""Entries of the OD matrix that paths are judged by."""
_SEEDS_PER_CANDIDATE = 2
_CORRIDOR_SHARE = 0.3
"""A corridor ends where its flow falls below this share of its heaviest link."""
_SEED_DAMPING = 0.3
"""Flow that a corridor was drawn from counts less afterwards, so that the search moves on."""
_PASSES = 4
_MIN_STOPS = 4


@dataclass(frozen=True)
class LinePath:
    """A new line in both directions: design nodes in order, and minutes from the first."""

    nodes: tuple[int, ...]
    clock_min: np.ndarray
    gain_min: float
    """Perceived minutes saved a day, as far as the quick measure sees."""


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

    def clock(self, nodes: tuple[int, ...]) -> np.ndarray:
        """Minutes from the first stop."""
        return np.concatenate([[0.0], np.cumsum(self.minutes[list(nodes[:-1]), list(nodes[1:])])])

    def cost_with(self, nodes: tuple[int, ...], losses: Losses) -> np.ndarray:
        """Perceived minutes of the trips by way of a line."""
        at_stops = np.ascontiguousarray(self.alighted[:, list(nodes)])
        return cost_with_line(
            at_stops, losses.origin, losses.destination, self.clock(nodes), self.wait_perceived
        )

    def score(self, nodes: tuple[int, ...], losses: Losses) -> tuple[float, float]:
        """Gain less what its vehicle-hours are worth elsewhere, and the gain."""
        gain = saving(losses.cost, self.cost_with(nodes, losses), losses.trips)
        return gain - self.price * self.hours_per_ride_min * float(self.clock(nodes)[-1]), gain


def worst_served(search: LineSearch, demand: Demand, cost: np.ndarray) -> Losses:
    """Trips that lose most against a direct ride with a line every 15 minutes."""
    destination = np.repeat(np.arange(demand.first.size - 1), np.diff(demand.first))
    lost = demand.trips * _lost_min(search, demand.origin, destination, cost)
    order = np.argsort(-lost, kind="stable")[:_MOST_TRIPS]
    order = np.sort(order[lost[order] > 0])
    return Losses(demand.origin[order], destination[order].astype(np.int32), demand.trips[order], cost[order])


def _lost_min(
    search: LineSearch, origin: np.ndarray, destination: np.ndarray, cost: np.ndarray
) -> np.ndarray:
    a, b = search.node_of_zone[origin], search.node_of_zone[destination]
    ride = np.where((a >= 0) & (b >= 0) & (a != b), search.minutes[a, b], np.inf)
    return np.clip(cost - (_IDEAL_ACCESS_MIN + search.wait_perceived + ride), 0.0, _LONGEST_LOSS_MIN)


def find_paths(search: LineSearch, losses: Losses) -> list[LinePath]:
    """Candidate paths in the order they were peeled."""
    found: list[LinePath] = []
    damping = np.ones(search.graph.head.size)
    for _ in range(_SEEDS_PER_CANDIDATE * search.limits.candidates):
        if len(found) == search.limits.candidates:
            break
        seed = _heaviest_corridor(search, _loss_flow(search, losses) * damping)
        if len(seed) < _MIN_STOPS:
            break
        damping[_links_on(search, seed)] *= _SEED_DAMPING
        path = _improved(search, seed, losses)
        value, gain = search.score(path, losses)
        if value > 0 and _length_m(search, path) >= search.limits.min_length_m:
            found.append(LinePath(path, search.clock(path), gain))
            losses = replace(losses, cost=np.minimum(losses.cost, search.cost_with(path, losses)))
    return found


def _loss_flow(search: LineSearch, losses: Losses) -> np.ndarray:
    """Trips times minutes lost on each link, both ways together."""
    graph, n = search.graph, search.graph.cluster.size
    flow = np.zeros((n, n))
    lost = losses.trips * _lost_min(search, losses.origin, losses.destination, losses.cost)
    a, b = search.node_of_zone[losses.origin], search.node_of_zone[losses.destination]
    np.add.at(flow, (np.minimum(a, b)[lost > 0], np.maximum(a, b)[lost > 0]), lost[lost > 0])
    link_flow, _ = send_along_trees(graph.first, graph.tail, graph.head, graph.minutes, flow)
    pair = np.minimum(graph.tail, graph.head).astype(np.int64) * n + np.maximum(graph.tail, graph.head)
    _, link = np.unique(pair, return_inverse=True)
    return np.asarray(np.bincount(link, link_flow)[link])


def _heaviest_corridor(search: LineSearch, flow: np.ndarray) -> tuple[int, ...]:
    """Path through the heaviest link, grown at the end that carries more."""
    graph = search.graph
    if not flow.size or flow.max() <= 0:
        return ()
    seed = int(np.argmax(flow))
    path = [int(graph.tail[seed]), int(graph.head[seed])]
    while True:
        steps = [_best_step(search, path, flow), _best_step(search, path[::-1], flow)]
        at_end, at_start = steps
        if max(at_end[0], at_start[0]) < _CORRIDOR_SHARE * flow[seed]:
            return tuple(path)
        if at_end[0] >= at_start[0]:
            path.append(at_end[1])
        else:
            path.insert(0, at_start[1])


def _links_on(search: LineSearch, path: tuple[int, ...]) -> np.ndarray:
    """Bool per link: both ends are on the path."""
    return np.isin(search.graph.tail, path) & np.isin(search.graph.head, path)


def _best_step(search: LineSearch, path: list[int], flow: np.ndarray) -> tuple[float, int]:
    """Heaviest link on from the end of a path that keeps the line straight enough: flow and node."""
    graph, end = search.graph, path[-1]
    best = (-1.0, -1)
    for link in range(graph.first[end], graph.first[end + 1]):
        node = int(graph.head[link])
        if node not in path and flow[link] > best[0] and _is_allowed(search, (*path, node)):
            best = (float(flow[link]), node)
    return best


def _length_m(search: LineSearch, nodes: tuple[int, ...]) -> float:
    xy = search.graph.xy[list(nodes)]
    return float(np.hypot(*np.diff(xy, axis=0).T).sum())


def _is_allowed(search: LineSearch, nodes: tuple[int, ...]) -> bool:
    """Whether a path is simple, short enough and not too roundabout."""
    if len(set(nodes)) != len(nodes) or len(nodes) < 2:
        return False
    ride = search.clock(nodes)[-1]
    straight = search.minutes[nodes[0], nodes[-1]]
    return bool(
        np.isfinite(ride)
        and ride <= search.limits.max_detour * straight + 1e-9
        and _length_m(search, nodes) <= search.limits.max_length_m
    )


def _improved(search: LineSearch, nodes: tuple[int, ...], losses: Losses) -> tuple[int, ...]:
    """Hill climb over local moves, first improvement, until none helps."""
    best, _ = search.score(nodes, losses)
    for _ in range(_PASSES):
        before = best
        for place in range(-1, len(nodes) + 1):
            for move in _moves(search, nodes, place):
                if not _is_allowed(search, move):
                    continue
                value, _ = search.score(move, losses)
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
