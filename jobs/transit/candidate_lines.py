"""Candidates for new lines beside today's: what they are judged by, and the patterns that they would run."""

from collections.abc import Callable

import numpy as np

from jobs.transit.demand import way_m
from jobs.transit.design_graph import DesignGraph, design_graph
from jobs.transit.evaluation import SlotResult, slot_network
from jobs.transit.line_search import HEADWAY_MIN, LineSearch, worst_served
from jobs.transit.lines import Line, LineSet
from jobs.transit.new_lines import LinePath, find_paths
from jobs.transit.options import mean_price
from jobs.transit.params import TransitParams
from jobs.transit.patterns import Pattern
from jobs.transit.places import Zones
from jobs.transit.scene import Scene, unused_ids
from kernels.transit.added_line import alighted_minutes
from kernels.transit.line_network import Access
from kernels.transit.paths import send_along_trees

_NEAREST_NODE_M = 1000.0
_SHORT_WAY_M = 1200.0
"""A quarter of an hour on foot."""


def with_candidates(
    scene: Scene, before: list[SlotResult], params: TransitParams, progress: Callable[[str], None]
) -> LineSet:
    """Today's lines and candidates for new ones."""
    if not params.new_lines.candidates:
        return scene.lines
    graph = design_graph(
        scene.stops_only, scene.lines.fixed, params.new_lines.stop_spacing_m, params.new_lines.street_detour
    )
    busiest = int(np.argmax(scene.trips_by_slot.sum(axis=1)))
    search = _line_search(scene, graph, before, busiest, params)
    paths = find_paths(search, worst_served(search, scene.demand, before[busiest].cost))
    progress(f"{len(paths)} candidates for new lines on {graph.cluster.size} places")
    return _add_paths(scene, graph, paths, params.id_prefix)


def _line_search(
    scene: Scene, graph: DesignGraph, before: list[SlotResult], slot: int, params: TransitParams
) -> LineSearch:
    """What new lines are judged by: ways to their stops in the busiest slot."""
    evaluator, n = scene.evaluator, graph.cluster.size
    net, _ = slot_network(scene.lines, slot, scene.lines.departures[:, slot], evaluator.walks)
    alighted = alighted_minutes(net, evaluator.access, evaluator.weights)
    _, minutes = send_along_trees(graph.first, graph.tail, graph.head, graph.minutes, np.zeros((n, n)))
    round_trips = float(scene.slots.minutes.sum()) / HEADWAY_MIN
    return LineSearch(
        graph,
        minutes,
        np.ascontiguousarray(alighted[:, graph.cluster]),
        _nearest_nodes(graph, scene.zones),
        params.new_lines,
        evaluator.weights.first_wait * evaluator.weights.wait_share * HEADWAY_MIN,
        round_trips * 2.0 * (1.0 + params.fleet.layover_share) / 60.0,
        mean_price(scene.lines, before),
        reach_of(evaluator.access, scene.clusters.count)[graph.cluster],
        indirect_trips(scene),
    )


def reach_of(access: Access, n_clusters: int) -> np.ndarray:
    """(clusters, zones) float32, 1 where a zone is in walking reach of a cluster."""
    reach = np.zeros((n_clusters, access.first.size - 1), np.float32)
    reach[access.stop, np.repeat(np.arange(access.first.size - 1), np.diff(access.first))] = 1.0
    return reach


def indirect_trips(scene: Scene) -> np.ndarray:
    """(zones, zones) float32: trips a day too long to walk, where no line of today takes them without a change."""
    reach = reach_of(scene.evaluator.access, scene.clusters.count)
    served = np.array(
        [
            np.max([reach[scene.lines.places[p]].max(axis=0) for p in line.patterns], axis=0)
            for line in scene.lines.lines
        ]
    )
    demand, zones = scene.demand, scene.zones
    trips = np.zeros((served.shape[1],) * 2, np.float32)
    destination = np.repeat(np.arange(demand.first.size - 1), np.diff(demand.first))
    way = way_m(zones, demand.origin, destination, 1.0)
    np.add.at(trips, (demand.origin, destination), np.where(way > _SHORT_WAY_M, demand.trips, 0.0))
    trips[served.T @ served > 0] = 0.0
    return trips


def _nearest_nodes(graph: DesignGraph, zones: Zones) -> np.ndarray:
    out = np.full(len(zones.xy), -1, np.int64)
    for zone, place in enumerate(zones.xy):
        distance = np.hypot(*(graph.xy - place).T)
        if distance.min() <= _NEAREST_NODE_M:
            out[zone] = int(distance.argmin())
    return out


def _add_paths(scene: Scene, graph: DesignGraph, paths: list[LinePath], prefix: str) -> LineSet:
    lines, patterns, places = [], [], []
    n_patterns, n_slots = len(scene.lines.patterns), len(scene.slots.names)
    free = unused_ids(f"{prefix}L", scene.feed.routes.ids)
    for number, path in enumerate(paths):
        clusters = graph.cluster[list(path.nodes)]
        legs = np.diff(path.clock_min)
        for direction in (0, 1):
            way = clusters[::-1] if direction else clusters
            ride = np.tile(legs[::-1] if direction else legs, (n_slots, 1))
            length_km = float(np.hypot(*np.diff(scene.clusters.xy[way], axis=0).T).sum()) / 1000.0
            stops = scene.clusters.stop[way]
            patterns.append(Pattern(-1, direction, stops, ride, length_km, np.zeros(n_slots)))
            places.append(way)
        own = (n_patterns + 2 * number, n_patterns + 2 * number + 1)
        ends = [scene.stops.names[scene.clusters.stop[c]] for c in (clusters[0], clusters[-1])]
        lines.append(Line(next(free), f"{ends[0]} – {ends[1]}", own, is_new=True))
    return scene.lines.with_lines(lines, patterns, places)
