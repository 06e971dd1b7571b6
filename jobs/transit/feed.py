"""A GTFS feed as arrays: stops, routes, GTFS trips and their times. Ids stay as the feed writes them."""

from dataclasses import dataclass
from pathlib import Path

import numpy as np

from jobs.transit.calendars import ServiceDays, read_service_days
from jobs.transit.csvtext import TextTable, read_table, read_zip
from jobs.transit.feed_columns import Columns
from jobs.transit.findings import Finding, Findings
from jobs.transit.flex_locations import note_locations
from jobs.transit.shapes import note_shapes
from jobs.transit.stop_times import Places, StopTimes, along_m, read_stop_times

__all__ = ["Feed", "Frequencies", "GtfsTrips", "Routes", "StopTimes", "Stops", "along_m", "read_feed"]

_REQUIRED = {
    "stops.txt": ("stop_id", "stop_lat", "stop_lon"),
    "routes.txt": ("route_id",),
    "trips.txt": ("route_id", "service_id", "trip_id"),
    "stop_times.txt": ("trip_id", "arrival_time", "departure_time", "stop_id", "stop_sequence"),
}
_IF_PRESENT = {
    "frequencies.txt": ("trip_id", "start_time", "end_time", "headway_secs"),
}
_AGENCY = ("agency_name", "agency_url", "agency_timezone")
_FAR_DEGREES = 3.0


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


@dataclass(frozen=True)
class Feed:
    """A feed, and the files it came from."""

    files: dict[str, bytes]
    stops: Stops
    routes: Routes
    trips: GtfsTrips
    times: StopTimes
    frequencies: Frequencies
    days: ServiceDays
    warnings: tuple[Finding, ...] = ()
    """What was wrong and could be got over."""


def read_feed(path: Path) -> Feed:
    """Read a GTFS zip or folder.

    Raises
    ------
    InputError
        Unreadable, a required file or column is missing, or a row refers to what does not exist. All
        problems are told at once, up to a limit.
    """
    files = read_zip(path)
    findings = Findings()
    tables = _tables(files, str(path), findings)
    days = read_service_days(files, str(path), findings)
    if findings.errors:
        _look_at_rows(tables, findings)
        findings.refuse(str(path))
    stops = _read_stops(tables["stops.txt"])
    routes = _read_routes(tables["routes.txt"])
    trips = _read_trips(tables["trips.txt"], routes.ids, days)
    times = read_stop_times(tables["stop_times.txt"], trips.ids, _places(stops))
    frequencies = _read_frequencies(tables["frequencies.txt"], trips.ids)
    note_shapes(Columns(read_table(files, "shapes.txt"), findings), trips.shape)
    _note_unused(trips, times, stops, findings)
    note_locations(files, findings)
    findings.refuse(str(path))
    return Feed(files, stops, routes, trips, times, frequencies, days, tuple(findings.warnings))


def _tables(files: dict[str, bytes], where: str, findings: Findings) -> dict[str, Columns]:
    """The tables that can be read row by row; what they lack is noted."""
    tables = {}
    for name, required in (_REQUIRED | _IF_PRESENT).items():
        table = read_table(files, name)
        columns = Columns(table, findings)
        if name in _REQUIRED and name not in files:
            findings.add(
                where, "missing_file", f"has no {name}, which GTFS requires", "give a complete GTFS feed"
            )
        elif name in _IF_PRESENT and not table.row_count:
            tables[name] = columns
        elif name in _REQUIRED and not table.row_count:
            findings.add(name, "empty_file", "has no rows", "give a complete GTFS feed")
        elif columns.has_all(*required):
            tables[name] = columns
            _note_form(table, findings)
    _note_agency(read_table(files, "agency.txt"), tables.get("routes.txt"), findings)
    return tables


def _note_form(table: TextTable, findings: Findings) -> None:
    """Rows that do not fit the header, and bytes that are no text."""
    if table.is_guessed:
        findings.add(
            table.name, "not_utf8", "is not UTF-8; it was read as Windows-1252", "save it as UTF-8", 0, False
        )
    if "\0" in table.text:
        findings.add(table.name, "null_characters", "holds null characters", "take them out", 0, False)
    findings.rows(
        table.name,
        "row_length",
        table.is_ragged,
        lambda _: f"does not have the header's {len(table.header)} cells; missing ones were read as blank",
        "give each row as many cells as the header",
        is_error=False,
    )


def _note_agency(table: TextTable, routes: Columns | None, findings: Findings) -> None:
    """Nothing here needs agency.txt; passengers' software does."""
    known = table.column("agency_id")
    if routes is not None and table.row_count:
        used = routes.text("agency_id")
        findings.rows(
            routes.name,
            "unknown_agency",
            np.array([bool(a) and a not in known for a in used], bool),
            lambda i: f"agency_id {used[i]!r} is not in agency.txt",
            "add it to agency.txt",
            is_error=False,
        )
    lacks = [name for name in _AGENCY if not table.has(name)] if table.row_count else ["agency.txt"]
    if lacks:
        what = f"lacks {', '.join(lacks)}" if table.row_count else "is missing or empty"
        findings.add("agency.txt", "missing_agency", what, "add it: GTFS requires it", 0, False)


def _look_at_rows(tables: dict[str, Columns], findings: Findings) -> None:
    """Where a file or column is missing, still tell of what is wrong in the others."""
    if "stops.txt" in tables:
        stops = _read_stops(tables["stops.txt"])
    routes = _read_routes(tables["routes.txt"]).ids if "routes.txt" in tables else None
    trips = tables["trips.txt"].ids("trip_id") if "trips.txt" in tables else None
    if trips is not None and routes is not None:
        tables["trips.txt"].index("route_id", routes, "routes.txt")
    if "stop_times.txt" in tables and trips is not None and "stops.txt" in tables:
        read_stop_times(tables["stop_times.txt"], trips, _places(stops))
    if "frequencies.txt" in tables and trips is not None:
        _read_frequencies(tables["frequencies.txt"], trips)


def _places(stops: Stops) -> Places:
    return Places(stops.ids, stops.lon, stops.lat)


def _read_stops(columns: Columns) -> Stops:
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


def _read_routes(columns: Columns) -> Routes:
    ids = columns.ids("route_id")
    short, long = columns.text("route_short_name"), columns.text("route_long_name")
    return Routes(ids, [s or g or i for s, g, i in zip(short, long, ids, strict=True)])


def _read_trips(columns: Columns, route_ids: list[str], days: ServiceDays) -> GtfsTrips:
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


def _read_frequencies(columns: Columns, trip_ids: list[str]) -> Frequencies:
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


def _note_unused(trips: GtfsTrips, times: StopTimes, stops: Stops, findings: Findings) -> None:
    """GTFS trips that call at fewer than two stops are no service; positions far off are suspect."""
    findings.rows(
        "trips.txt",
        "trip_without_stops",
        np.diff(times.first) < 2,
        lambda i: f"trip {trips.ids[i]!r} has fewer than two stop times; it was left out",
        "give its stop times, or take the trip out",
        is_error=False,
    )
    used = np.zeros(len(stops.ids), bool)
    used[times.stop] = True
    used &= ~np.isnan(stops.lat) & ~np.isnan(stops.lon)
    if used.any():
        middle = np.median(stops.lat[used]), np.median(stops.lon[used])
        off = np.hypot(stops.lat - middle[0], (stops.lon - middle[1]) * np.cos(np.radians(middle[0])))
        findings.rows(
            "stops.txt",
            "stop_far_off",
            used & (off > _FAR_DEGREES),
            lambda i: f"stop {stops.ids[i]!r} is {off[i] * 111.2:,.0f} km from the middle of the network",
            "check stop_lat and stop_lon",
            is_error=False,
        )
