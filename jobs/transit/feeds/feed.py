"""A GTFS feed as arrays: stops, routes, GTFS trips and their times. Ids stay as the feed writes them."""

from dataclasses import dataclass
from pathlib import Path

import numpy as np

from jobs.transit.feeds.calendars import ServiceDays, read_service_days
from jobs.transit.feeds.columns import Columns
from jobs.transit.feeds.csvtext import TextTable, read_table, read_zip
from jobs.transit.feeds.flex_locations import note_locations
from jobs.transit.feeds.shapes import note_shapes
from jobs.transit.feeds.stop_times import Places, StopTimes, read_stop_times
from jobs.transit.feeds.tables import (
    Frequencies,
    GtfsTrips,
    Routes,
    Stops,
    read_frequencies,
    read_routes,
    read_stops,
    read_trips,
)
from jobs.transit.findings import Finding, Findings

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
    stops = read_stops(tables["stops.txt"])
    routes = read_routes(tables["routes.txt"])
    trips = read_trips(tables["trips.txt"], routes.ids, days)
    times = read_stop_times(tables["stop_times.txt"], trips.ids, _places(stops))
    frequencies = read_frequencies(tables["frequencies.txt"], trips.ids)
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
        stops = read_stops(tables["stops.txt"])
    routes = read_routes(tables["routes.txt"]).ids if "routes.txt" in tables else None
    trips = tables["trips.txt"].ids("trip_id") if "trips.txt" in tables else None
    if trips is not None and routes is not None:
        tables["trips.txt"].index("route_id", routes, "routes.txt")
    if "stop_times.txt" in tables and trips is not None and "stops.txt" in tables:
        read_stop_times(tables["stop_times.txt"], trips, _places(stops))
    if "frequencies.txt" in tables and trips is not None:
        read_frequencies(tables["frequencies.txt"], trips)


def _places(stops: Stops) -> Places:
    return Places(stops.ids, stops.lon, stops.lat)


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
