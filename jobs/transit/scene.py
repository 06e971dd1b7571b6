"""Everything a plan is made of: the day's lines, places, walks and trips."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import count

import h3
import numpy as np
import pyarrow as pa

from jobs.errors import InputError
from jobs.transit.calendars import choose_planning_day, days_like
from jobs.transit.confidence import Precision
from jobs.transit.demand import CellFlows, pairs_of, read_flows, way_m, zone_demand
from jobs.transit.design_graph import DesignGraph, design_graph
from jobs.transit.evaluation import Evaluator, SlotResult, slot_network
from jobs.transit.feed import Feed
from jobs.transit.flex_service import read_flex, with_services
from jobs.transit.line_search import HEADWAY_MIN, LineSearch, worst_served
from jobs.transit.lines import Line, LineSet, line_set
from jobs.transit.new_lines import LinePath, find_paths
from jobs.transit.options import mean_price
from jobs.transit.params import TransitParams, WaitAndWalk
from jobs.transit.patterns import (
    Pattern,
    Slots,
    departures_by_service,
    hours_of_service,
    read_patterns,
    runs_on,
)
from jobs.transit.places import (
    Clusters,
    Points,
    Zones,
    cluster_stops,
    split_zones,
    transfer_walks,
    with_virtual,
)
from jobs.transit.walk_book import WalkBook
from kernels.added_line import alighted_minutes
from kernels.assignment import Access, Demand
from kernels.paths import send_along_trees

_MOST_VIRTUAL_STOPS = 500
_NEAREST_NODE_M = 1000.0
_SHORT_WAY_M = 1200.0
"""A quarter of an hour on foot."""
_LENIENCE = 0.5
"""Candidates pay half the price of a vehicle-hour: the full assignment is the judge."""


@dataclass(frozen=True)
class StopList:
    """The feed's stops, then virtual ones."""

    ids: list[str]
    names: list[str]
    lon: np.ndarray
    lat: np.ndarray
    n_feed: int


@dataclass(frozen=True)
class Scene:
    """A feed on its planning day with the trips that may use it."""

    feed: Feed
    day: int
    like_days: np.ndarray
    """Bool per day of the calendar: days that the plan holds for."""
    slots: Slots
    lines: LineSet
    clusters: Clusters
    stops: StopList
    zones: Zones
    demand: Demand
    trips_by_slot: np.ndarray
    evaluator: Evaluator
    perceived: WaitAndWalk
    precision: Precision
    doors: tuple[tuple[int, int], ...] = ()
    """(zone, place) where people of a zone would be fetched by a service on demand."""

    @property
    def stops_only(self) -> Clusters:
        """Places where lines stop or could: all but the doors of services on demand, which come last."""
        if not self.doors:
            return self.clusters
        first = min(door for _, door in self.doors)
        points = Points(self.clusters.points.lon[:first], self.clusters.points.lat[:first])
        return Clusters(points, self.clusters.xy[:first], self.clusters.of_stop, self.clusters.stop[:first])

    @property
    def residents(self) -> np.ndarray:
        """(Z,) people of each zone; where no population is known, the trips that start there stand for them."""
        if np.isfinite(self.zones.people).all():
            return self.zones.people
        return np.bincount(self.demand.origin, self.demand.trips, minlength=self.zones.share.size)


def read_scene(feed: Feed, od: pa.Table, population: pa.Table | None, params: TransitParams) -> Scene:
    """Read the day's service and the trips of its slots.

    Raises
    ------
    InputError
        No service on the day or in the slots, or no trips.
    """
    by_service = departures_by_service(feed)
    day = choose_planning_day(feed.days, by_service, params.day_type, params.planning_date)
    runs = runs_on(feed, day)
    slots, share = Slots.of(params.slots).within(*(params.service_hours or hours_of_service(runs)))
    patterns = read_patterns(feed, runs, slots)
    if not patterns:
        raise InputError(
            f"no GTFS trip starts in the slots on {feed.days.date_of(day)}",
            "stop_times.txt",
            "check transit.slots",
        )
    origin_lat = float(np.nanmean(feed.stops.lat))
    flows = _in_catchment(read_flows(od, params).in_service(share), feed, patterns, params, origin_lat)
    zones = split_zones(flows.cells, population, params.access_resolution, origin_lat)
    demand, trips_by_slot, flow = zone_demand(flows, zones, params.perceived)
    clusters = _clusters(feed, patterns, zones, demand, params, origin_lat)
    services = read_flex(feed, day, zones, clusters, slots)
    door_zones = sorted({zone for service in services for zone in service.zones})
    doors = tuple((zone, clusters.count + i) for i, zone in enumerate(door_zones))
    clusters = with_virtual(clusters, zones, np.isin(np.arange(zones.share.size), door_zones), origin_lat)
    evaluator = Evaluator(
        WalkBook(zones, clusters, params.perceived, doors, params.on_demand.walk_min),
        transfer_walks(clusters, params.perceived),
        demand,
        trips_by_slot,
        params.perceived,
        params.threads,
    )
    routes = feed.routes
    lines = line_set(patterns, routes.ids, routes.names, clusters.of_stop, slots, params.fleet)
    share_of_wait = params.perceived.wait_share_of_headway
    lines = with_services(
        lines, services, doors, routes.ids, routes.names, clusters, evaluator, params.on_demand, share_of_wait
    )
    like = days_like(feed.days, by_service, params.day_type, day)
    stops = _stop_list(feed, clusters, params.id_prefix)
    return Scene(
        feed,
        day,
        like,
        slots,
        lines,
        clusters,
        stops,
        zones,
        demand,
        trips_by_slot,
        evaluator,
        params.perceived,
        Precision(flows.variation, pairs_of(flows), flow),
        doors,
    )


def _in_catchment(
    flows: CellFlows, feed: Feed, patterns: list[Pattern], params: TransitParams, origin_lat: float
) -> CellFlows:
    """Trips whose ends are both within reach of the network.

    Raises
    ------
    InputError
        None is.
    """
    stops = np.unique(np.concatenate([p.stops for p in patterns]))
    stop_xy = Points(feed.stops.lon[stops], feed.stops.lat[stops]).xy(origin_lat)
    centres = np.array([h3.cell_to_latlng(h3.int_to_str(int(c))) for c in flows.cells])
    cell_xy = Points(centres[:, 1], centres[:, 0]).xy(origin_lat)
    near = np.array([np.hypot(*(stop_xy - c).T).min() <= params.catchment_m for c in cell_xy])
    kept = flows.among(near)
    if not kept.trips.sum() > 0:
        raise InputError(
            f"has no trip within {params.catchment_m:g} m of the feed's stops",
            "table od",
            "check that the OD matrix and the feed are of the same place",
        )
    return kept


def _clusters(
    feed: Feed,
    patterns: list[Pattern],
    zones: Zones,
    demand: Demand,
    params: TransitParams,
    origin_lat: float,
) -> Clusters:
    """Clusters of used stops; virtual stops where trips start or end away from them."""
    departures = np.zeros(len(feed.stops.ids))
    for pattern in patterns:
        np.add.at(departures, pattern.stops, pattern.departures.sum())
    points = Points(feed.stops.lon, feed.stops.lat)
    clusters = cluster_stops(points, departures > 0, departures, origin_lat)
    if not params.new_lines.virtual_stops or not (params.new_lines.candidates or params.reshapes.extend):
        return clusters
    ends = np.bincount(demand.origin, demand.trips, minlength=zones.share.size)
    ends += np.add.reduceat(np.append(demand.trips, 0.0), demand.first[:-1]) * (np.diff(demand.first) > 0)
    is_far = np.array(
        [np.hypot(*(clusters.xy - c).T).min() > params.new_lines.stop_spacing_m for c in zones.xy]
    )
    far = np.flatnonzero(is_far & (ends > 0))
    chosen = np.zeros(is_far.size, bool)
    chosen[far[np.argsort(-ends[far], kind="stable")[:_MOST_VIRTUAL_STOPS]]] = True
    return with_virtual(clusters, zones, chosen, origin_lat)


def _stop_list(feed: Feed, clusters: Clusters, prefix: str) -> StopList:
    n_feed = len(feed.stops.ids)
    virtual = np.flatnonzero(clusters.stop >= n_feed)
    named = np.flatnonzero(clusters.stop < n_feed)
    ids, names = list(feed.stops.ids), list(feed.stops.names)
    free = unused_ids(f"{prefix}stop_", ids)
    for i, cluster in enumerate(virtual):
        ids.append(next(free))
        nearest = named[np.argmin(np.hypot(*(clusters.xy[named] - clusters.xy[cluster]).T))]
        names.append(f"{feed.stops.names[clusters.stop[nearest]]} ({i + 1})")
    lon = np.concatenate([feed.stops.lon, clusters.points.lon[virtual]])
    lat = np.concatenate([feed.stops.lat, clusters.points.lat[virtual]])
    return StopList(ids, names, lon, lat, n_feed)


def unused_ids(stem: str, taken: Iterable[str]) -> Iterator[str]:
    """Ids ``<stem>1, <stem>2 ...`` that are not taken: a feed may hold what an earlier plan brought."""
    known = set(taken)
    return (name for number in count(1) if (name := f"{stem}{number}") not in known)


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
        _LENIENCE * mean_price(scene.lines, before),
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
