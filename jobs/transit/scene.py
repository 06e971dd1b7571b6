"""Everything a plan is made of: the day's lines, places, walks and trips."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import count

import h3
import numpy as np
import pyarrow as pa

from jobs.errors import InputError
from jobs.transit.confidence import Precision
from jobs.transit.demand import (
    CellFlows,
    UnseenShares,
    pairs_of,
    read_flows,
    unseen_shares,
    zone_demand,
)
from jobs.transit.evaluation import Evaluator
from jobs.transit.feeds.calendars import choose_planning_day, days_like
from jobs.transit.feeds.feed import Feed
from jobs.transit.feeds.flex_service import read_flex, with_services
from jobs.transit.lines import LineSet, line_set
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
from kernels.transit.line_network import Demand

_MOST_VIRTUAL_STOPS = 500


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
    unseen: UnseenShares
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
        unseen_shares(od, params.day_type),
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
