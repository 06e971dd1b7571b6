"""The timetable of the invented network, as a GTFS feed: departures in proportion to demand."""

from collections.abc import Sequence
from datetime import timedelta

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from jobs.world.calendar import Calendar
from jobs.world.demand import Demand
from jobs.world.feed import Feed
from jobs.world.network import Network
from jobs.world.params import WorldParams
from jobs.world.plane import Floats, Plane
from jobs.world.zones import Zones

_HEADWAYS_MIN = np.array([4, 5, 6, 8, 10, 12, 15, 20, 30, 40])
_SERVICES = {"WK": (1, 1, 1, 1, 1, 0, 0), "SA": (0, 0, 0, 0, 0, 1, 0), "SU": (0, 0, 0, 0, 0, 0, 1)}
_SERVICE_LEVEL = {"WK": 1.0, "SA": 0.75, "SU": 0.5}
_PEAK_KMH, _OFF_PEAK_KMH, _NIGHT_KMH = 14.0, 16.5, 18.0
_STREET_FACTOR = 1.15
_LAYOVER = 1.15
_COLOURS = (
    "1B6CA8",
    "C8102E",
    "2E7D32",
    "F2A900",
    "6A1B9A",
    "00838F",
    "AD1457",
    "5D4037",
    "455A64",
    "9E9D24",
)
_VALID_DAYS = 365


def make_feed(
    params: WorldParams, demand: Demand, network: Network, zones: Zones, calendar: Calendar, plane: Plane
) -> Feed:
    """Write out the network with headways by slot and a fleet of `params.bus.buses` in the peak."""
    runs = _runs(params, network, line_headways(params, demand, network), demand.slots)
    tables = {
        "agency.txt": _rows(
            ("agency_id", "agency_name", "agency_url", "agency_timezone", "agency_lang"),
            [("PM", "Port-Maille Bus", "https://example.org/bus", params.timezone, "en")],
        ),
        "stops.txt": _stops(demand, network, zones, plane),
        "routes.txt": _routes(demand, network, zones),
        "calendar.txt": _calendar(calendar),
        "shapes.txt": _shapes(network, plane),
        "trips.txt": _trips(runs),
        "stop_times.txt": _stop_times(params, network, runs),
        "feed_info.txt": _feed_info(calendar),
    }
    return Feed(tables, {})


def _rows(names: tuple[str, ...], rows: Sequence[tuple[str, ...]]) -> pa.Table:
    columns = list(zip(*rows, strict=True)) if rows else [()] * len(names)
    return pa.table({n: pa.array(list(c), pa.string()) for n, c in zip(names, columns, strict=True)})


def route_id(line: int) -> str:
    """Identifier of a line, from 0."""
    return f"L{line + 1:02d}"


def stop_id(stop: int) -> str:
    """Identifier of a stop, from 0."""
    return f"S{stop + 1:04d}"


def line_headways(params: WorldParams, demand: Demand, network: Network) -> NDArray[np.int64]:
    """Headway of each line and slot, minutes (lines, slots).

    Departures an hour follow the trips that a line carries without transfer (shared among the lines
    that serve the same pair), scaled so that the busiest slot needs the whole fleet.
    """
    hourly = _hourly_load(demand, network)
    length_km = np.array([network.length_m(i)[-1] for i in range(len(network.lines))]) / 1000.0
    cycle_h = 2.0 * _LAYOVER * _STREET_FACTOR * length_km / _PEAK_KMH
    per_trip = params.bus.buses / max(float((hourly * cycle_h[:, None]).sum(axis=0).max()), 1e-9)
    wanted = 60.0 / np.maximum(hourly * per_trip, 1e-6)
    nearest = np.abs(np.log(wanted[..., None] / _HEADWAYS_MIN)).argmin(axis=-1)
    headways: NDArray[np.int64] = _HEADWAYS_MIN[nearest]
    return headways


def _hourly_load(demand: Demand, network: Network) -> Floats:
    serves = np.zeros((len(network.lines), demand.size), bool)
    for line, stops in enumerate(network.lines):
        serves[line, network.node[stops]] = True
    together = serves.astype(np.float64).T @ serves
    shared = demand.trips / np.maximum(together, 1.0)
    hours = np.array([end - begin for begin, end in demand.slots])
    return np.array([shared[:, mask][:, :, mask].sum(axis=(1, 2)) / hours for mask in serves])


def _runs(
    params: WorldParams, network: Network, headways: NDArray[np.int64], slots: tuple[tuple[float, float], ...]
) -> list[tuple[int, int, str, int, int]]:
    """GTFS trips: line, direction, service, number, departure second."""
    return [
        (line, direction, service, number, departure)
        for line in range(len(network.lines))
        for service, level in _SERVICE_LEVEL.items()
        for direction in (0, 1)
        for number, departure in enumerate(
            _departures(params, headways[line], slots, level, 3 * line + direction)
        )
    ]


def _departures(
    params: WorldParams,
    headways: NDArray[np.int64],
    slots: tuple[tuple[float, float], ...],
    level: float,
    shift: int,
) -> list[int]:
    minute = round(60 * params.bus.first_hour) + shift % 7
    departures = []
    while minute <= 60 * params.bus.last_hour:
        departures.append(60 * minute)
        slot = next(i for i, (_, end) in enumerate(slots) if minute < 60 * end)
        minute += round(int(headways[slot]) / level)
    return departures


def _trip_id(run: tuple[int, int, str, int, int]) -> str:
    line, direction, service, number, _ = run
    return f"{route_id(line)}-{service}-{direction}-{number:03d}"


def _trips(runs: list[tuple[int, int, str, int, int]]) -> pa.Table:
    return _rows(
        ("route_id", "service_id", "trip_id", "direction_id", "shape_id"),
        [(route_id(r[0]), r[2], _trip_id(r), str(r[1]), f"{route_id(r[0])}-{r[1]}") for r in runs],
    )


def _speed_kmh(hour: float) -> float:
    if 7.0 <= hour < 9.5 or 16.5 <= hour < 19.5:
        return _PEAK_KMH
    return _NIGHT_KMH if hour < 6.5 or hour >= 20.5 else _OFF_PEAK_KMH


def _stop_times(
    params: WorldParams, network: Network, runs: list[tuple[int, int, str, int, int]]
) -> pa.Table:
    ways = {}
    for line, stops in enumerate(network.lines):
        along = network.length_m(line) * _STREET_FACTOR
        ways[line, 0] = (along, [stop_id(s) for s in stops])
        ways[line, 1] = (along[-1] - along[::-1], [stop_id(s) for s in stops[::-1]])
    trip: list[str] = []
    stop: list[str] = []
    sequence: list[int] = []
    seconds: list[NDArray[np.int64]] = []
    for run in runs:
        along, ids = ways[run[0], run[1]]
        seconds.append(run[4] + (along / (_speed_kmh(run[4] / 3600.0) / 3.6)).round().astype(np.int64))
        trip += [_trip_id(run)] * len(ids)
        stop += ids
        sequence += range(1, len(ids) + 1)
    time = clock(np.concatenate(seconds))
    columns = (trip, time, time, stop, [str(n) for n in sequence])
    names = ("trip_id", "arrival_time", "departure_time", "stop_id", "stop_sequence")
    return pa.table({n: pa.array(c, pa.string()) for n, c in zip(names, columns, strict=True)})


def clock(seconds: NDArray[np.int64]) -> list[str]:
    """GTFS times, ``HH:MM:SS`` (hours may pass 24)."""
    return [f"{s // 3600:02d}:{s // 60 % 60:02d}:{s % 60:02d}" for s in seconds.tolist()]


def _stops(demand: Demand, network: Network, zones: Zones, plane: Plane) -> pa.Table:
    lon, lat = plane.to_degrees(network.x_m, network.y_m)
    count: dict[int, int] = {}
    rows = []
    for stop in range(network.x_m.size):
        zone = int(demand.zone[network.node[stop]])
        count[zone] = count.get(zone, 0) + 1
        rows.append(
            (stop_id(stop), f"{zones.names[zone]} {count[zone]}", f"{lat[stop]:.6f}", f"{lon[stop]:.6f}")
        )
    return _rows(("stop_id", "stop_name", "stop_lat", "stop_lon"), rows)


def _routes(demand: Demand, network: Network, zones: Zones) -> pa.Table:
    rows = []
    for line, stops in enumerate(network.lines):
        ends = [zones.names[demand.zone[network.node[s]]] for s in (stops[0], stops[-1])]
        name = f"{ends[0]} - {ends[1]}"
        rows.append(
            (route_id(line), "PM", str(line + 1), name, "3", _COLOURS[line % len(_COLOURS)], "FFFFFF")
        )
    names = ("route_id", "agency_id", "route_short_name", "route_long_name", "route_type", "route_color")
    return _rows((*names, "route_text_color"), rows)


def _shapes(network: Network, plane: Plane) -> pa.Table:
    lon, lat = plane.to_degrees(network.x_m, network.y_m)
    rows = [
        (f"{route_id(line)}-{direction}", f"{lat[s]:.6f}", f"{lon[s]:.6f}", str(n))
        for line, stops in enumerate(network.lines)
        for direction, way in ((0, stops), (1, stops[::-1]))
        for n, s in enumerate(way, start=1)
    ]
    return _rows(("shape_id", "shape_pt_lat", "shape_pt_lon", "shape_pt_sequence"), rows)


def _valid(calendar: Calendar) -> tuple[str, str]:
    first = calendar.dates[0]
    last = max(calendar.dates[-1], first + timedelta(days=_VALID_DAYS - 1))
    return f"{first:%Y%m%d}", f"{last:%Y%m%d}"


def _calendar(calendar: Calendar) -> pa.Table:
    days = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
    rows = [(service, *map(str, runs), *_valid(calendar)) for service, runs in _SERVICES.items()]
    return _rows(("service_id", *days, "start_date", "end_date"), rows)


def _feed_info(calendar: Calendar) -> pa.Table:
    names = ("feed_publisher_name", "feed_publisher_url", "feed_lang", "feed_start_date", "feed_end_date")
    row = ("Port-Maille Bus", "https://example.org/bus", "en", *_valid(calendar))
    return _rows((*names, "feed_version"), [(*row, "1")])
