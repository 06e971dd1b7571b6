"""The calls of a feed's GTFS trips, in order, with blank times filled in."""

from dataclasses import dataclass

import numpy as np
import pyarrow.compute as pc

from jobs.transit.feeds.columns import Columns
from kernels.geo import EARTH_RADIUS_M

_FLEXIBLE = ("location_id", "location_group_id")


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
class Places:
    """What calls refer to: ids of stops and their degrees, NaN where the feed gives none."""

    ids: list[str]
    lon: np.ndarray
    lat: np.ndarray


def read_stop_times(columns: Columns, trip_ids: list[str], places: Places) -> StopTimes:
    """Sort calls by trip and sequence. GTFS trips with demand-responsive rows (no stop) get no calls."""
    trip = columns.index("trip_id", trip_ids, "trips.txt")
    stop, is_stopless = _stops(columns, places)
    sequence = columns.numbers("stop_sequence")
    arrival, departure = columns.seconds("arrival_time"), columns.seconds("departure_time")
    is_flexible = np.zeros(len(trip_ids) + 1, bool)
    is_flexible[trip[is_stopless]] = True
    rows = np.lexsort((sequence, trip))
    rows = rows[~is_flexible[trip[rows]] & (trip[rows] >= 0) & (stop[rows] >= 0)]
    _note_order(columns, trip[rows], sequence[rows], rows)
    _note_unplaced(columns, places, stop, rows)
    arrival = np.where(np.isnan(arrival), departure, arrival)[rows]
    departure = np.where(np.isnan(departure[rows]), arrival, departure[rows])
    first = np.zeros(len(trip_ids) + 1, np.int64)
    np.cumsum(np.bincount(trip[rows], minlength=len(trip_ids)), out=first[1:])
    arrival, departure = _filled(columns, rows, first, places, stop[rows], arrival, departure)
    _note_backwards(columns, rows, trip[rows], arrival, departure)
    return StopTimes(first, stop[rows], arrival, departure, rows)


def _stops(columns: Columns, places: Places) -> tuple[np.ndarray, np.ndarray]:
    """Stop of each row, and which rows have none because they are demand responsive."""
    blank = np.asarray(pc.equal(columns.table.required("stop_id"), "").to_numpy(zero_copy_only=False), bool)
    is_flexible = np.zeros(blank.size, bool)
    for name in _FLEXIBLE:
        if columns.table.has(name) and blank.any():
            is_flexible |= blank & np.array([bool(cell) for cell in columns.text(name)], bool)
    columns.findings.rows(columns.name, "missing_stop", blank & ~is_flexible, lambda _: "stop_id is blank")
    return columns.index("stop_id", places.ids, "stops.txt", may_be_blank=True), is_flexible


def _note(columns: Columns, rule: str, rows: np.ndarray, what: str, mend: str) -> None:
    """Warn about rows, given by their index."""
    is_bad = np.zeros(columns.table.row_count, bool)
    is_bad[rows] = True
    columns.findings.rows(columns.name, rule, is_bad, lambda _: what, mend, is_error=False)


def _note_order(columns: Columns, trip: np.ndarray, sequence: np.ndarray, rows: np.ndarray) -> None:
    again = np.concatenate([[False], (trip[1:] == trip[:-1]) & (sequence[1:] == sequence[:-1])])
    if again[: rows.size].any():
        _note(
            columns,
            "duplicate_sequence",
            rows[again],
            "stop_sequence is given twice in a trip; the order of the file was taken",
            "number the stops of a trip upwards",
        )
    if (sequence < 0).any():
        _note(
            columns,
            "negative_sequence",
            rows[sequence < 0],
            "stop_sequence is negative; the order was taken",
            "number the stops from 0",
        )


def _note_backwards(
    columns: Columns, rows: np.ndarray, trip: np.ndarray, arrival: np.ndarray, departure: np.ndarray
) -> None:
    back = (trip[1:] == trip[:-1]) & (arrival[1:] < departure[:-1])
    late = departure < arrival
    bad = np.concatenate([[False], back])[: rows.size] | late
    if bad.any():
        _note(
            columns,
            "time_runs_back",
            rows[bad],
            "the bus is there before it left the stop before; the ride was counted as no time",
            "correct the times of the trip",
        )


def _note_unplaced(columns: Columns, places: Places, stop: np.ndarray, rows: np.ndarray) -> None:
    is_unplaced = np.isnan(places.lon) | np.isnan(places.lat)
    is_bad = np.zeros(stop.size, bool)
    is_bad[rows] = is_unplaced[stop[rows]] if rows.size else False
    columns.findings.rows(
        columns.name,
        "stop_without_position",
        is_bad,
        lambda i: f"stop {places.ids[stop[i]]!r} has no position in stops.txt",
        "give stop_lat and stop_lon",
    )


def _filled(
    columns: Columns,
    rows: np.ndarray,
    first: np.ndarray,
    places: Places,
    stop: np.ndarray,
    arrival: np.ndarray,
    departure: np.ndarray,
) -> tuple[np.ndarray, np.ndarray]:
    """Interpolate blank times between known ones, by distance along the stops."""
    blank = np.isnan(arrival)
    if not blank.any():
        return arrival, departure
    arrival, departure = arrival.copy(), departure.copy()
    without_ends = np.zeros(columns.table.row_count, bool)
    trip_of = np.repeat(np.arange(first.size - 1), np.diff(first))
    for trip in np.unique(trip_of[blank]):
        calls = slice(first[trip], first[trip + 1])
        known = np.flatnonzero(~blank[calls])
        if known.size < 2 or known[0] != 0 or known[-1] != calls.stop - calls.start - 1:
            without_ends[rows[calls.start + int(np.argmax(blank[calls]))]] = True
            arrival[calls], departure[calls] = 0.0, 0.0
            continue
        way_m = along_m(places.lon[stop[calls]], places.lat[stop[calls]])
        unknown = np.flatnonzero(blank[calls])
        before = np.searchsorted(known, unknown) - 1
        a, b = known[before], known[before + 1]
        share = (way_m[unknown] - way_m[a]) / np.maximum(way_m[b] - way_m[a], 1e-9)
        filled = departure[calls][a] + share * (arrival[calls][b] - departure[calls][a])
        arrival[calls.start + unknown] = filled
        departure[calls.start + unknown] = filled
    columns.findings.rows(
        columns.name,
        "missing_end_times",
        without_ends,
        lambda _: "the first and the last stop of a trip need times",
        "give arrival_time and departure_time there; blanks between are interpolated",
    )
    return arrival, departure


def along_m(lon: np.ndarray, lat: np.ndarray) -> np.ndarray:
    """Metres from the first point along a chain of points (equirectangular, fit for one city)."""
    x = np.radians(lon) * np.cos(np.radians(lat.mean() if lat.size else 0.0)) * EARTH_RADIUS_M
    y = np.radians(lat) * EARTH_RADIUS_M
    return np.asarray(np.concatenate([[0.0], np.cumsum(np.hypot(np.diff(x), np.diff(y)))]))
