"""Candidates for new lines: many seeds, the best of them improved, what they serve taken out, and so on.

Seeds are ways between all pairs of places where lines may end (pools of shortest paths: Ceder & Wilson
1986) and the corridor where the flow of trips weighted by the time that they lose is heaviest (flow
peeling). Half of the candidates start from the seeds that save most time, half from those that join
most trips which have to change today (direct travellers: Bussieck 1998). Peeling alone finds short pieces
of a long corridor that is missing.
"""

import heapq
from dataclasses import dataclass, replace

import numpy as np

from jobs.transit.line_moves import improved, polished
from jobs.transit.line_search import MIN_STOPS, LineSearch, Losses, Path
from kernels.transit.paths import send_along_trees, shortest_tree

_LENIENCES = (1.0, 0.5)
"""Shares of the price of a vehicle-hour that candidates pay: first in full, which keeps lines short; then half of it,
as the full assignment is the judge."""
_SEEDS = 4
"""Seeds that are improved for each candidate, besides the heaviest corridor."""
_FINALISTS = 2
_FIXED_KM = 8.0
"""Added to the length that direct travellers are divided by, so that short lines do not win by that alone."""
_CORRIDOR_SHARE = 0.3
"""A corridor ends where its flow falls below this share of its heaviest link."""
_SEED_DAMPING = 0.3
"""Flow that a corridor was drawn from counts less afterwards, so that the search moves on."""
_TERMINAL_SPACING_M = 1200.0
_MOST_TERMINALS = 80
_ATTRACTION = 0.5
"""Share of its minutes by which the link with most flow looks shorter to the second family of seeds."""
_SAME_SHARE = 0.6
"""Seeds that share more of their nodes lead to one line."""


@dataclass(frozen=True)
class LinePath:
    """A new line in both directions: design nodes in order, and minutes from the first."""

    nodes: Path
    clock_min: np.ndarray
    gain_min: float
    """Perceived minutes saved a day, as far as the quick measure sees."""


def find_paths(search: LineSearch, losses: Losses) -> list[LinePath]:
    """Candidate paths in the order they were found; at most ``limits.candidates``."""
    found: list[LinePath] = []
    for lenience in _LENIENCES:
        priced = replace(search, price=lenience * search.price)
        found += _find_at_price(priced, losses, found, search.limits.candidates - len(found))
    return found


def _find_at_price(search: LineSearch, losses: Losses, known: list[LinePath], most: int) -> list[LinePath]:
    """Candidates besides those that are known, of trips that these leave with a loss."""
    found: list[LinePath] = []
    damping = np.ones(search.graph.head.size)
    pool = _terminal_paths(search, losses)
    by_direct = _DirectPool(search, pool)
    for line in known:
        by_direct.serve(line.nodes)
        losses = _served(search, losses, line.nodes)
    by_time = _Pool(search, pool, losses)
    while len(found) < most:
        seeds = by_direct.best() if len(found) % 2 else by_time.best(losses)
        corridor = _heaviest_corridor(search, _loss_flow(search, losses) * damping)
        if len(corridor) >= MIN_STOPS and not len(found) % 2:
            damping[_links_on(search, corridor)] *= _SEED_DAMPING
            seeds.append(corridor)
        tried = _best_improved(search, seeds, losses)
        good = [
            (value, path)
            for path, value in tried
            if value > 0 and search.length_m(path) >= search.limits.min_length_m
        ]
        if not good:
            break
        _, path = max(good)
        _, gain = search.score(path, losses)
        found.append(LinePath(path, search.clock(path), gain))
        by_direct.serve(path)
        losses = _served(search, losses, path)
    return found


def _served(search: LineSearch, losses: Losses, path: Path) -> Losses:
    """What trips still lose with a line."""
    return replace(losses, cost=np.minimum(losses.cost, search.cost_with(path, losses)))


def _best_improved(search: LineSearch, seeds: list[Path], losses: Losses) -> list[tuple[Path, float]]:
    """Seeds after small moves; those that then look best with whole pieces drawn anew."""
    tried = sorted((polished(search, seed, losses) for seed in seeds), key=lambda found: -found[1])
    return [improved(search, path, losses) for path, _ in tried[:_FINALISTS]]


class _Pool:
    """Paths between terminals, best first. Scores only fall as trips are served: the last known one bounds them."""

    def __init__(self, search: LineSearch, paths: list[Path], losses: Losses) -> None:
        self._search = search
        self._heap = [(-search.score(path, losses)[0], path) for path in paths]
        heapq.heapify(self._heap)

    def best(self, losses: Losses) -> list[Path]:
        """Seeds of the highest score today that are not much alike; they stay in the pool."""
        seeds: list[Path] = []
        seen: list[tuple[float, Path]] = []
        while self._heap and len(seeds) < _SEEDS:
            _, path = heapq.heappop(self._heap)
            score = self._search.score(path, losses)[0]
            if self._heap and -score > self._heap[0][0]:
                heapq.heappush(self._heap, (-score, path))
                continue
            seen.append((-score, path))
            if all(_shared(path, other) <= _SAME_SHARE for other in seeds):
                seeds.append(path)
        for entry in seen:
            heapq.heappush(self._heap, entry)
        return seeds


class _DirectPool:
    """The same paths by the trips without a direct line that they join, a kilometre."""

    def __init__(self, search: LineSearch, paths: list[Path]) -> None:
        self._search, self._paths = search, paths
        self._served = np.array([search.reach[list(path)].max(axis=0) for path in paths], np.float32)
        self._km = np.array([search.length_m(path) / 1000.0 for path in paths]) + _FIXED_KM
        self._left = search.indirect.copy()

    def best(self) -> list[Path]:
        """Seeds of the highest ratio that are not much alike."""
        if not self._paths:
            return []
        ratio = ((self._served @ self._left) * self._served).sum(axis=1) / self._km
        seeds: list[Path] = []
        for i in np.argsort(-ratio, kind="stable").tolist():
            if len(seeds) == _SEEDS:
                break
            if all(_shared(self._paths[i], other) <= _SAME_SHARE for other in seeds):
                seeds.append(self._paths[i])
        return seeds

    def serve(self, path: Path) -> None:
        """Take out the trips that a chosen line joins."""
        served = self._search.reach[list(path)].max(axis=0) > 0
        self._left[np.ix_(served, served)] = 0.0


def _shared(a: Path, b: Path) -> float:
    return len(set(a) & set(b)) / min(len(a), len(b))


def _terminal_paths(search: LineSearch, losses: Losses) -> list[Path]:
    """Ways between all pairs of terminals whose length is allowed: the shortest, and those that busy links attract."""
    graph, terminals = search.graph, _terminals(search)
    flow = _loss_flow(search, losses)
    pull = np.sqrt(flow / max(float(flow.max(initial=0.0)), 1e-9))
    paths = set()
    for minutes in (graph.minutes, graph.minutes * (1.0 - _ATTRACTION * pull)):
        for number, a in enumerate(terminals):
            link_in = shortest_tree(graph.first, graph.head, minutes, a)[1]
            paths |= {_traced(search, link_in, b) for b in terminals[number + 1 :] if link_in[b] >= 0}
    limits = search.limits
    return sorted(
        p
        for p in paths
        if len(p) >= MIN_STOPS
        and limits.min_length_m <= search.length_m(p) <= limits.max_length_m
        and search.is_allowed(p)
    )


def _traced(search: LineSearch, link_in: np.ndarray, end: int) -> Path:
    """Path from the root of a tree to a node."""
    path = [end]
    while link_in[path[-1]] >= 0:
        path.append(int(search.graph.tail[link_in[path[-1]]]))
    return tuple(path[::-1])


def _terminals(search: LineSearch) -> list[int]:
    """Nodes all over the area, those near most zones first, each some way from those before."""
    near = search.node_of_zone[search.node_of_zone >= 0]
    weight = np.bincount(near, minlength=search.graph.cluster.size)
    chosen: list[int] = []
    for node in np.argsort(-weight, kind="stable").tolist():
        away = np.hypot(*(search.graph.xy[chosen] - search.graph.xy[node]).T)
        if not chosen or away.min() >= _TERMINAL_SPACING_M:
            chosen.append(node)
    return chosen[:_MOST_TERMINALS]


def _loss_flow(search: LineSearch, losses: Losses) -> np.ndarray:
    """Trips times minutes lost on each link, both ways together."""
    graph, n = search.graph, search.graph.cluster.size
    flow = np.zeros((n, n))
    lost = losses.trips * search.lost_min(losses.origin, losses.destination, losses.cost)
    a, b = search.node_of_zone[losses.origin], search.node_of_zone[losses.destination]
    np.add.at(flow, (np.minimum(a, b)[lost > 0], np.maximum(a, b)[lost > 0]), lost[lost > 0])
    link_flow, _ = send_along_trees(graph.first, graph.tail, graph.head, graph.minutes, flow)
    pair = np.minimum(graph.tail, graph.head).astype(np.int64) * n + np.maximum(graph.tail, graph.head)
    _, link = np.unique(pair, return_inverse=True)
    return np.asarray(np.bincount(link, link_flow)[link])


def _heaviest_corridor(search: LineSearch, flow: np.ndarray) -> Path:
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


def _links_on(search: LineSearch, path: Path) -> np.ndarray:
    """Bool per link: both ends are on the path."""
    return np.isin(search.graph.tail, path) & np.isin(search.graph.head, path)


def _best_step(search: LineSearch, path: list[int], flow: np.ndarray) -> tuple[float, int]:
    """Heaviest link on from the end of a path that keeps the line straight enough: flow and node."""
    graph, end = search.graph, path[-1]
    best = (-1.0, -1)
    for link in range(graph.first[end], graph.first[end + 1]):
        node = int(graph.head[link])
        if node not in path and flow[link] > best[0] and search.is_allowed((*path, node)):
            best = (float(flow[link]), node)
    return best
