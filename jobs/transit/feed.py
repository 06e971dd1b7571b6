"""A GTFS feed as arrays: stops, routes, GTFS trips and their times. Ids stay as the feed writes them."""

from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from jobs.errors import InputError
from jobs.transit.calendars import ServiceDays, read_service_days
from jobs.transit.csvtext import TextTable, read_table, read_zip
from kernels.geo import EARTH_RADIUS_M

_MEND = "correct the feed; gtfs-validator lists all such rows"


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
class StopTimes:
    """Calls of trip t are ``first[t]:first[t + 1]``, in order; seconds after midnight of the service day."""

    first: np.ndarray
    stop: np.ndarray
    arrival_s: np.ndarray
    departure_s: np.ndarray
    source_row: np.ndarray
    """Row of stop_times.txt that each call comes from."""


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


def read_feed(path: Path) -> Feed:
    """Read a GTFS zip or folder.

    Raises
    ------
    InputError
        Unreadable, a required file or column is missing, or a row refers to what does not exist.
    """
    files = read_zip(path)
    for name in ("stops.txt", "routes.txt", "trips.txt", "stop_times.txt"):
        if name not in files:
            raise InputError(f"has no {name}, which GTFS requires", str(path), "give a complete GTFS feed")
    days = read_service_days(files, str(path))
    stops = _read_stops(read_table(files, "stops.txt"))
    routes = _read_routes(read_table(files, "routes.txt"))
    trips = _read_trips(read_table(files, "trips.txt"), routes, days)
    times = _read_stop_times(read_table(files, "stop_times.txt"), trips, stops)
    frequencies = _read_frequencies(read_table(files, "frequencies.txt"), trips)
    return Feed(files, stops, routes, trips, times, frequencies, days)


def _index(table: TextTable, column: str, ids: list[str], target: str) -> np.ndarray:
    """Position of each cell in `ids`; every cell must be there."""
    cells = table.required(column)
    found = pc.fill_null(pc.index_in(cells, value_set=pa.array(ids, pa.string())), -1)
    index = found.to_numpy().astype(np.int32)
    if (index < 0).any():
        row = int(np.argmax(index < 0))
        value = cells[row].as_py()
        raise InputError(
            f"{column} {value!r} is not in {target}",
            f"{table.name} row {row + 2}",
            f"add it to {target}, or {_MEND}",
        )
    return np.asarray(index)


def _unique_ids(table: TextTable, column: str) -> list[str]:
    ids: list[str] = table.required(column).to_pylist()
    if len(set(ids)) != len(ids):
        seen: set[str] = set()
        row = next(i for i, x in enumerate(ids) if x in seen or seen.add(x))  # type: ignore[func-returns-value]
        raise InputError(f"{column} {ids[row]!r} is given twice", f"{table.name} row {row + 2}", _MEND)
    return ids


def _degrees(table: TextTable, column: str, limit: float) -> np.ndarray:
    cells: list[str] = table.required(column).to_pylist()
    out = np.full(len(cells), np.nan)
    for row, cell in enumerate(cells):
        try:
            out[row] = float(cell.replace(",", ".")) if cell else np.nan
        except ValueError:
            out[row] = np.inf
        if abs(out[row]) > limit:
            raise InputError(f"{column} {cell!r} is not in degrees", f"{table.name} row {row + 2}", _MEND)
    return out


def _read_stops(table: TextTable) -> Stops:
    ids = _unique_ids(table, "stop_id")
    at = {stop_id: i for i, stop_id in enumerate(ids)}
    parent = np.array([at.get(p, i) for i, p in enumerate(table.column("parent_station"))], np.int32)
    names = [name or ids[i] for i, name in enumerate(table.column("stop_name"))]
    lon, lat = _degrees(table, "stop_lon", 180), _degrees(table, "stop_lat", 90)
    return Stops(ids, names, lon, lat, parent)


def _read_routes(table: TextTable) -> Routes:
    ids = _unique_ids(table, "route_id")
    short, long = table.column("route_short_name"), table.column("route_long_name")
    return Routes(ids, [s or g or i for s, g, i in zip(short, long, ids, strict=True)])


def _read_trips(table: TextTable, routes: Routes, days: ServiceDays) -> GtfsTrips:
    ids = _unique_ids(table, "trip_id")
    services: list[str] = table.required("service_id").to_pylist()
    at = {service: i for i, service in enumerate(days.ids)}
    return GtfsTrips(
        ids,
        _index(table, "route_id", routes.ids, "routes.txt"),
        np.array([at.get(s, -1) for s in services], np.int32),
        table.column("direction_id"),
        table.column("shape_id"),
    )


def seconds_of(table: TextTable, column: str) -> np.ndarray:
    """Clock cells ``H:MM:SS`` as seconds, NaN where blank. Hours may exceed 24."""
    cells = table.required(column)
    distinct = cells.combine_chunks().dictionary_encode() if isinstance(cells, pa.ChunkedArray) else cells
    known = np.array([_seconds(cell) for cell in distinct.dictionary.to_pylist()], np.float64)
    seconds = known[distinct.indices.to_numpy()] if len(known) else np.empty(0)
    if np.isinf(seconds).any():
        row = int(np.argmax(np.isinf(seconds)))
        raise InputError(
            f"{column} {cells[row].as_py()!r} is not a time HH:MM:SS", f"{table.name} row {row + 2}", _MEND
        )
    return np.asarray(seconds)


def _seconds(cell: str) -> float:
    if not cell:
        return np.nan
    try:
        parts = [int(part) for part in cell.split(":")]
    except ValueError:
        return np.inf
    if len(parts) not in (2, 3) or min(parts) < 0 or max(parts[1:]) > 59:
        return np.inf
    return parts[0] * 3600.0 + parts[1] * 60.0 + (parts[2] if len(parts) == 3 else 0)


def _whole_numbers(table: TextTable, column: str) -> np.ndarray:
    cells = table.required(column)
    try:
        return np.asarray(pc.cast(cells, pa.float64()).to_numpy())
    except pa.ArrowInvalid:
        values: list[str] = cells.to_pylist()
        row = next(i for i, v in enumerate(values) if not v.lstrip("-").replace(".", "", 1).isdigit())
        raise InputError(
            f"{column} {values[row]!r} is not a number", f"{table.name} row {row + 2}", _MEND
        ) from None


def _read_stop_times(table: TextTable, trips: GtfsTrips, stops: Stops) -> StopTimes:
    """Sort calls by trip and sequence. GTFS trips with demand-responsive rows (no stop) get no calls."""
    trip = _index(table, "trip_id", trips.ids, "trips.txt")
    sequence = _whole_numbers(table, "stop_sequence")
    has_no_stop = np.asarray(pc.equal(table.required("stop_id"), "").to_numpy(zero_copy_only=False), bool)
    if has_no_stop.any() and not (table.has("location_id") or table.has("location_group_id")):
        row = int(np.argmax(has_no_stop))
        raise InputError("stop_id is blank", f"{table.name} row {row + 2}", _MEND)
    is_flexible = np.zeros(len(trips.ids), bool)
    is_flexible[trip[has_no_stop]] = True
    stop = _index(table, "stop_id", [*stops.ids, ""] if has_no_stop.any() else stops.ids, "stops.txt")
    arrival, departure = seconds_of(table, "arrival_time"), seconds_of(table, "departure_time")
    rows = np.lexsort((sequence, trip))
    rows = rows[~is_flexible[trip[rows]]]
    _refuse_unplaced(table, stops, stop, rows)
    arrival = np.where(np.isnan(arrival), departure, arrival)[rows]
    departure = np.where(np.isnan(departure[rows]), arrival, departure[rows])
    first = np.zeros(len(trips.ids) + 1, np.int64)
    np.cumsum(np.bincount(trip[rows], minlength=len(trips.ids)), out=first[1:])
    arrival, departure = _fill_times(table, rows, first, stops, stop[rows], arrival, departure)
    return StopTimes(first, stop[rows], arrival, departure, rows)


def _refuse_unplaced(table: TextTable, stops: Stops, stop: np.ndarray, rows: np.ndarray) -> None:
    is_unplaced = np.isnan(stops.lon) | np.isnan(stops.lat)
    if rows.size and is_unplaced[stop[rows]].any():
        row = int(rows[np.argmax(is_unplaced[stop[rows]])])
        raise InputError(
            f"stop {stops.ids[stop[row]]!r} has no position in stops.txt",
            f"{table.name} row {row + 2}",
            _MEND,
        )


def _fill_times(
    table: TextTable,
    rows: np.ndarray,
    first: np.ndarray,
    stops: Stops,
    stop: np.ndarray,
    arrival: np.ndarray,
    departure: np.ndarray,
) -> tuple[np.ndarray, np.ndarray]:
    """Interpolate blank times between known ones, by distance along the stops."""
    blank = np.isnan(arrival)
    if not blank.any():
        return arrival, departure
    arrival, departure = arrival.copy(), departure.copy()
    trip_of = np.repeat(np.arange(first.size - 1), np.diff(first))
    for trip in np.unique(trip_of[blank]):
        calls = slice(first[trip], first[trip + 1])
        known = np.flatnonzero(~blank[calls])
        if known.size < 2 or known[0] != 0 or known[-1] != calls.stop - calls.start - 1:
            row = int(rows[calls.start + int(np.argmax(blank[calls]))])
            raise InputError(
                "the first and the last stop of a trip need times",
                f"{table.name} row {row + 2}",
                "give arrival_time and departure_time there; blanks between are interpolated",
            )
        way_m = along_m(stops.lon[stop[calls]], stops.lat[stop[calls]])
        unknown = np.flatnonzero(blank[calls])
        before = np.searchsorted(known, unknown) - 1
        a, b = known[before], known[before + 1]
        share = (way_m[unknown] - way_m[a]) / np.maximum(way_m[b] - way_m[a], 1e-9)
        filled = departure[calls][a] + share * (arrival[calls][b] - departure[calls][a])
        arrival[calls.start + unknown] = filled
        departure[calls.start + unknown] = filled
    return arrival, departure


def along_m(lon: np.ndarray, lat: np.ndarray) -> np.ndarray:
    """Metres from the first point along a chain of points (equirectangular, fit for one city)."""
    x = np.radians(lon) * np.cos(np.radians(lat.mean() if lat.size else 0.0)) * EARTH_RADIUS_M
    y = np.radians(lat) * EARTH_RADIUS_M
    return np.asarray(np.concatenate([[0.0], np.cumsum(np.hypot(np.diff(x), np.diff(y)))]))


def _read_frequencies(table: TextTable, trips: GtfsTrips) -> Frequencies:
    if not table.row_count:
        return Frequencies(np.empty(0, np.int32), np.empty(0), np.empty(0), np.empty(0))
    headway = _whole_numbers(table, "headway_secs")
    if (headway <= 0).any():
        row = int(np.argmax(headway <= 0))
        raise InputError("headway_secs must be positive", f"{table.name} row {row + 2}", _MEND)
    trip = _index(table, "trip_id", trips.ids, "trips.txt")
    return Frequencies(trip, seconds_of(table, "start_time"), seconds_of(table, "end_time"), headway)
