"""Services on demand: as a feed tells of them in GTFS-Flex, and as lines of two stops that an assignment understands.

A service on demand is modelled as lines of two stops, door and hub, that come after the mean wait. What it takes is
not a matter of these departures, but of the trips: vehicles follow from Little's law, N = trips an hour x minutes
a trip / 60 / share of the time that vehicles are busy (TCRP Synthesis 141). Trips within a zone are possible, but
not counted.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
from shapely import contains_xy

from jobs.transit.evaluation import Evaluator
from jobs.transit.feeds.columns import seconds_of
from jobs.transit.feeds.csvtext import TextTable, read_table
from jobs.transit.feeds.feed import Feed
from jobs.transit.feeds.flex_locations import locations
from jobs.transit.lines import Line, LineSet
from jobs.transit.params_reshape import OnDemand
from jobs.transit.patterns import Pattern, Slots
from jobs.transit.places import Clusters, Zones

_DEADHEAD_SHARE = 0.5
"""Of a ride: the way of the empty vehicle to the next door."""
_S_PER_MIN = 60.0


@dataclass(frozen=True)
class FlexService:
    """A route on demand between zones and a hub, on the planning day."""

    route: int
    zones: tuple[int, ...]
    hub: int
    """Cluster."""
    wait_min: float
    minutes: np.ndarray
    """(S,) minutes of each slot in which it runs."""


def read_flex(feed: Feed, day: int, zones: Zones, clusters: Clusters, slots: Slots) -> list[FlexService]:
    """Services between one zone and one hub that run on a day; others are left out.

    A hub is a location group whose first stop is served by lines too.
    """
    try:
        outlines = locations(feed.files)
    except ValueError:
        return []
    if not outlines:
        return []
    table = read_table(feed.files, "stop_times.txt")
    hubs, waits = _hubs(feed, clusters), _waits(feed)
    out = []
    for route, rows in sorted(_flex_rows(feed, day, table).items()):
        zone_ids = {r["location_id"] for r in rows} & outlines.keys()
        groups = [r["location_group_id"] for r in rows if r["location_group_id"] in hubs]
        if len(zone_ids) != 1 or not groups:
            continue
        outline = outlines[zone_ids.pop()]
        inside = np.flatnonzero(contains_xy(outline, zones.points.lon, zones.points.lat))
        minutes = _minutes_in(rows, slots)
        wait = next((waits[r[c]] for r in rows for c in _RULES if waits.get(r[c])), None)
        if inside.size and minutes.any() and wait:
            out.append(FlexService(route, tuple(inside.tolist()), hubs[groups[0]], wait, minutes))
    return out


_RULES = ("pickup_booking_rule_id", "drop_off_booking_rule_id")
_CELLS = (
    "location_id",
    "location_group_id",
    "start_pickup_drop_off_window",
    "end_pickup_drop_off_window",
    *_RULES,
)


def _flex_rows(feed: Feed, day: int, table: TextTable) -> dict[int, list[dict[str, str]]]:
    """Rows of stop_times.txt without a stop, by route, of GTFS trips that run on the day."""
    at = {trip: i for i, trip in enumerate(feed.trips.ids)}
    runs = np.append(feed.days.runs[:, day], False)
    columns = {name: table.column(name) for name in ("trip_id", *_CELLS)}
    out: dict[int, list[dict[str, str]]] = {}
    for i, (location, group) in enumerate(
        zip(columns["location_id"], columns["location_group_id"], strict=True)
    ):
        trip = at.get(columns["trip_id"][i], -1) if location or group else -1
        if trip >= 0 and runs[feed.trips.service[trip]]:
            row = {name: cells[i] for name, cells in columns.items()}
            out.setdefault(int(feed.trips.route[trip]), []).append(row)
    return out


def _hubs(feed: Feed, clusters: Clusters) -> dict[str, int]:
    """Cluster of the first stop of each location group that a line serves."""
    table = read_table(feed.files, "location_group_stops.txt")
    at = {stop: i for i, stop in enumerate(feed.stops.ids)}
    out: dict[str, int] = {}
    for group, stop in zip(table.column("location_group_id"), table.column("stop_id"), strict=True):
        cluster = int(clusters.of_stop[at[stop]]) if stop in at else -1
        if cluster >= 0:
            out.setdefault(group, cluster)
    return out


def _waits(feed: Feed) -> dict[str, float]:
    """Minutes of notice by booking rule."""
    table = read_table(feed.files, "booking_rules.txt")
    notice = table.column("prior_notice_duration_min")
    return {
        rule: float(cell)
        for rule, cell in zip(table.column("booking_rule_id"), notice, strict=True)
        if cell.isdigit()
    }


def _minutes_in(rows: Sequence[Mapping[str, str]], slots: Slots) -> np.ndarray:
    """Minutes of each slot that windows of the rows cover; windows of one service are alike or follow each other."""
    windows = {(r["start_pickup_drop_off_window"], r["end_pickup_drop_off_window"]) for r in rows}
    covered = np.zeros(len(slots.names))
    for window in windows:
        start, end = (seconds_of(cell) / 3600.0 for cell in window)
        overlap = np.minimum(slots.end_h, end) - np.maximum(slots.start_h, start)
        covered += np.maximum(np.nan_to_num(overlap), 0.0) * 60.0
    return np.asarray(np.minimum(covered, slots.minutes))


def feeders(
    route: int,
    doors: Sequence[int],
    hub: int,
    departures: np.ndarray,
    clusters: Clusters,
    params: OnDemand,
) -> tuple[list[Pattern], list[np.ndarray]]:
    """Patterns door to hub and hub to door, and their places.

    Parameters
    ----------
    departures : (S,) one every two mean waits or so: what `departures_of` tells.
    """
    patterns, all_places = [], []
    for door in doors:
        straight = float(np.hypot(*(clusters.xy[door] - clusters.xy[hub])))
        minutes = straight * params.detour / params.speed_m_per_min + params.dwell_min
        for direction, way in enumerate(((door, hub), (hub, door))):
            places = np.array(way, np.int32)
            ride = np.full((departures.size, 1), minutes)
            stops = clusters.stop[places]
            patterns.append(Pattern(route, direction, stops, ride, straight / 1000.0, departures.copy()))
            all_places.append(places)
    return patterns, all_places


def departures_of(minutes: np.ndarray, wait_min: float, wait_share: float) -> np.ndarray:
    """(S,) departures whose mean wait is that of a service which runs so many minutes of each slot."""
    return np.asarray(minutes * wait_share / wait_min)


def sized(
    evaluator: Evaluator, lines: LineSet, own: Sequence[int], departures: np.ndarray, params: OnDemand
) -> dict[int, Pattern]:
    """Patterns of one service with the vehicles that the trips ask which an assignment of (P, S) departures shows."""
    slots, runs = lines.slots, departures[own[0]]
    results = evaluator.day(lines, departures)
    boardings = np.array([r.boardings[list(own)] for r in results])
    ride = np.array([lines.patterns[p].ride_min[:, 0] for p in own]).T
    busy_min = (boardings * (ride * (1.0 + _DEADHEAD_SHARE) + params.dwell_min)).sum(axis=1)
    vehicles = np.where(runs > 0, np.maximum(np.ceil(busy_min / slots.minutes / params.busy_share), 1.0), 0.0)
    occupied = np.where(runs > 0, vehicles * slots.minutes / np.maximum(runs, 1e-9) / len(own), 0.0)
    hours = float((vehicles * slots.minutes).sum()) / 60.0
    km = hours * params.busy_share * params.speed_m_per_min * _S_PER_MIN / 1000.0
    length_km = km / max(float(runs.sum()) * len(own), 1e-9)
    return {p: replace(lines.patterns[p], occupies_min=occupied, length_km=length_km) for p in own}


def with_services(
    lines: LineSet,
    services: Sequence[FlexService],
    doors: Sequence[tuple[int, int]],
    route_ids: Sequence[str],
    route_names: Sequence[str],
    clusters: Clusters,
    evaluator: Evaluator,
    params: OnDemand,
    wait_share: float,
) -> LineSet:
    """Today's lines and those of services on demand; zones beyond the doors are not served."""
    door = dict(doors)
    for service in services:
        own_doors = [door[zone] for zone in service.zones]
        departures = departures_of(service.minutes, service.wait_min, wait_share)
        patterns, places = feeders(service.route, own_doors, service.hub, departures, clusters, params)
        first = len(lines.patterns)
        own = tuple(range(first, first + len(patterns)))
        line = Line(route_ids[service.route], route_names[service.route], own, on_demand=True)
        lines = lines.with_lines([line], patterns, places)
        known = sized(evaluator, lines, own, lines.departures, params)
        lines = replace(
            lines, patterns=tuple(known.get(p, pattern) for p, pattern in enumerate(lines.patterns))
        )
    return lines
