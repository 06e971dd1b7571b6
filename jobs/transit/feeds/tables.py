"""Stops, routes, GTFS trips and frequencies of a feed, row by row as arrays."""

from dataclasses import dataclass

import numpy as np

from jobs.transit.feeds.calendars import ServiceDays
from jobs.transit.feeds.columns import Columns


@dataclass(frozen=True)
class Stops:
    """Stops and stations of stops.txt."""

    ids: list[str]
    names: list[str]
    lon: np.ndarray
    """Degrees; NaN where the feed gives none."""
    lat: np.ndarray
    parent: np.ndarray
    """Index of the parent station, the stop itself where it has none."""


@dataclass(frozen=True)
class Routes:
    """Rows of routes.txt."""

    ids: list[str]
    names: list[str]
    """Short name, else long name, else id."""


@dataclass(frozen=True)
class GtfsTrips:
    """Rows of trips.txt that have stop times at stops."""

    ids: list[str]
    route: np.ndarray
    service: np.ndarray
    """Index into the service days; -1 for a service that never runs."""
    direction: list[str]
    shape: list[str]


@dataclass(frozen=True)
class Frequencies:
    """Rows of frequencies.txt."""

    trip: np.ndarray
    start_s: np.ndarray
    end_s: np.ndarray
    headway_s: np.ndarray


def read_stops(columns: Columns) -> Stops:
    """Rows of stops.txt; a stop without a position takes its station's."""
    ids = columns.ids("stop_id")
    at = {stop_id: i for i, stop_id in enumerate(ids)}
    parents = columns.text("parent_station")
    columns.findings.rows(
        columns.name,
        "unknown_parent",
        np.array([bool(p) and p not in at for p in parents], bool),
        lambda i: f"parent_station {parents[i]!r} is not in stops.txt; the stop was taken by itself",
        "add the station, or leave parent_station blank",
        is_error=False,
    )
    parent = np.array([at.get(p, i) for i, p in enumerate(parents)], np.int32)
    names = [name or ids[i] for i, name in enumerate(columns.text("stop_name"))]
    lon, lat = columns.degrees("stop_lon", 180), columns.degrees("stop_lat", 90)
    is_nowhere = (lon == 0) & (lat == 0)
    unplaced = is_nowhere | np.isnan(lon) | np.isnan(lat)
    lon, lat = (np.where(unplaced, values[parent], values) for values in (lon, lat))
    lon, lat = (np.where((lon == 0) & (lat == 0), np.nan, values) for values in (lon, lat))
    return Stops(ids, names, lon, lat, parent)


def read_routes(columns: Columns) -> Routes:
    """Rows of routes.txt."""
    ids = columns.ids("route_id")
    short, long = columns.text("route_short_name"), columns.text("route_long_name")
    return Routes(ids, [s or g or i for s, g, i in zip(short, long, ids, strict=True)])


def read_trips(columns: Columns, route_ids: list[str], days: ServiceDays) -> GtfsTrips:
    """Rows of trips.txt; a service that is in no calendar never runs."""
    ids = columns.ids("trip_id")
    services = columns.text("service_id")
    at = {service: i for i, service in enumerate(days.ids)}
    columns.findings.rows(
        columns.name,
        "unknown_service",
        np.array([s not in at for s in services], bool),
        lambda i: f"service_id {services[i]!r} is in no calendar; the trip never runs",
        "add the service to calendar.txt or calendar_dates.txt",
        is_error=False,
    )
    return GtfsTrips(
        ids,
        columns.index("route_id", route_ids, "routes.txt"),
        np.array([at.get(s, -1) for s in services], np.int32),
        columns.text("direction_id"),
        columns.text("shape_id"),
    )


def read_frequencies(columns: Columns, trip_ids: list[str]) -> Frequencies:
    """Rows of frequencies.txt, which may be missing or empty."""
    if not columns.table.row_count:
        return Frequencies(np.empty(0, np.int32), np.empty(0), np.empty(0), np.empty(0))
    headway = columns.numbers("headway_secs")
    columns.findings.rows(
        columns.name, "headway_not_positive", headway <= 0, lambda _: "headway_secs must be positive"
    )
    trip = columns.index("trip_id", trip_ids, "trips.txt")
    start, end = columns.seconds("start_time"), columns.seconds("end_time")
    columns.findings.rows(
        columns.name,
        "window_without_time",
        np.isnan(start) | np.isnan(end),
        lambda _: "start_time or end_time is blank",
    )
    columns.findings.rows(
        columns.name,
        "window_ends_early",
        end <= start,
        lambda _: "end_time is not after start_time: nothing runs",
        "correct the times; after midnight they go on counting (25:00:00)",
        is_error=False,
    )
    return Frequencies(trip, start, end, headway)
