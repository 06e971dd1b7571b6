"""A city in the plane for benchmarks of planning: lines on a grid of stops, demand by gravity.

Rows and columns of the grid are lines, a few more run across it. Small shifts of stops, and the pairs of zones that
have trips, are drawn from a fixed seed: the same city on every machine.
"""

from dataclasses import dataclass
from pathlib import Path

import h3
import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from jobs.transit.od_file import OD_COLUMNS
from jobs.transit.plan import write_zip

_LON0, _LAT0 = -4.02, 5.36
_M_PER_DEGREE = 111_195.0
_SPACING_M = 330.0
_SHIFT_M = 60.0
_SPEED_M_PER_MIN = 300.0
_HEADWAYS_MIN = (8, 10, 12, 15, 20)
_HOURS = (6.0, 22.0)
_RESOLUTION = 9
_TRIP_LENGTH_M = 6_000.0
_SEED = 7
SLOT_SHARES = {"am_peak": 0.3, "midday": 0.25, "pm_peak": 0.3, "evening": 0.15}
"""Slots of the default calendar, and their shares of the day's trips."""


@dataclass(frozen=True)
class City:
    """Rows and columns of the grid of stops, lines across it, and the demand.

    Attributes
    ----------
    zones : H3 cells that trips start and end in.
    pairs : pairs of them with trips, drawn at random.
    """

    rows: int = 40
    columns: int = 50
    across: int = 10
    zones: int = 3_000
    pairs: int = 1_000_000
    trips: float = 2_000_000.0

    @property
    def stops(self) -> int:
        """Stops of the grid."""
        return self.rows * self.columns

    @property
    def lines(self) -> int:
        """A line a row and a column, and those across."""
        return self.rows + self.columns + self.across


Line = tuple[str, list[int], float]
"""Name, stops in order, minutes between departures."""


def lines_of(city: City) -> list[Line]:
    """Every line of the city."""
    grid = np.arange(city.stops).reshape(city.rows, city.columns)
    ways = [*grid, *grid.T]
    for number in range(city.across):
        steps = np.arange(city.rows)
        at = (number * city.columns // max(city.across, 1) + steps) % (2 * city.columns)
        ways.append(grid[steps, np.minimum(at, 2 * city.columns - 1 - at)])
    return [
        (f"L{i}", [int(stop) for stop in way], float(_HEADWAYS_MIN[i % len(_HEADWAYS_MIN)]))
        for i, way in enumerate(ways)
    ]


def positions(city: City) -> np.ndarray:
    """(stops, 2) metres around the city's middle."""
    row, column = np.divmod(np.arange(city.stops), city.columns)
    straight = np.column_stack([column - (city.columns - 1) / 2, row - (city.rows - 1) / 2]) * _SPACING_M
    shift = np.random.default_rng(_SEED).uniform(-_SHIFT_M, _SHIFT_M, straight.shape)
    return np.asarray(straight + shift)


def _degrees(xy: np.ndarray) -> np.ndarray:
    scale = np.array([_M_PER_DEGREE * np.cos(np.radians(_LAT0)), _M_PER_DEGREE])
    return np.array([_LON0, _LAT0]) + xy / scale


def write_feed(city: City, lines: list[Line], path: Path) -> None:
    """Write a GTFS feed in which the lines run both ways all day."""
    xy = positions(city)
    calls = [_calls(line, xy) for line in lines]
    texts = {
        "agency.txt": "agency_id,agency_name,agency_url,agency_timezone\nA,Bus,https://example.org,Africa/Abidjan\n",
        "calendar.txt": "service_id,monday,tuesday,wednesday,thursday,friday,saturday,sunday,start_date,end_date\n"
        "WK,1,1,1,1,1,0,0,20260105,20260327\n",
        "stops.txt": "stop_id,stop_name,stop_lat,stop_lon\n"
        + "".join(f"S{i},Stop {i},{lat:.6f},{lon:.6f}\n" for i, (lon, lat) in enumerate(_degrees(xy))),
        "routes.txt": "route_id,agency_id,route_short_name,route_type\n"
        + "".join(f"{name},A,{name},3\n" for name, _, _ in lines),
        "trips.txt": "route_id,service_id,trip_id,direction_id\n" + "".join(trips for trips, _ in calls),
        "stop_times.txt": "trip_id,arrival_time,departure_time,stop_id,stop_sequence\n"
        + "".join(times for _, times in calls),
    }
    write_zip(path, {name: text.encode() for name, text in texts.items()})


def _calls(line: Line, xy: np.ndarray) -> tuple[str, str]:
    """Rows of trips.txt and stop_times.txt."""
    name, stops, headway = line
    trips, times = [], []
    for direction in (0, 1):
        way = stops[::-1] if direction else stops
        legs = np.hypot(*np.diff(xy[way], axis=0).T) / _SPEED_M_PER_MIN * 60.0
        offsets = np.concatenate([[0], np.cumsum(np.maximum(np.round(legs), 1.0))]).astype(int)
        for number, start in enumerate(np.arange(_HOURS[0] * 60, _HOURS[1] * 60, headway)):
            trip = f"{name}_{direction}_{number}"
            trips.append(f"{name},WK,{trip},{direction}\n")
            for k, (stop, second) in enumerate(zip(way, int(start * 60) + offsets, strict=True)):
                clock = f"{second // 3600:02d}:{second // 60 % 60:02d}:{second % 60:02d}"
                times.append(f"{trip},{clock},{clock},S{stop},{k + 1}\n")
    return "".join(trips), "".join(times)


def write_demand(city: City, path: Path) -> int:
    """Write the OD matrix, every pair in every slot; return its number of rows."""
    cells, xy = _cells(city)
    away = np.hypot(*(xy[:, None] - xy[None]).transpose(2, 0, 1))
    draw = np.exp(-np.hypot(*xy.T) / (4 * _TRIP_LENGTH_M))
    pull = np.exp(-away / _TRIP_LENGTH_M) * draw[None] * draw[:, None]
    pull[away < _SPACING_M] = 0.0
    able = np.flatnonzero(pull)
    drawn = np.random.default_rng(_SEED).permutation(able.size)[: city.pairs]
    kept = np.sort(able[drawn])
    flows = pull.ravel()[kept] * (city.trips / pull.ravel()[kept].sum())
    origin, destination = (cells[ends] for ends in np.divmod(kept, len(cells)))
    trips = np.concatenate([flows * share for share in SLOT_SHARES.values()])
    n = len(SLOT_SHARES)
    table = pa.table(
        {
            "origin": np.tile(origin, n),
            "destination": np.tile(destination, n),
            "day_type": pa.array(["weekday"]).take(pa.array(np.zeros(trips.size, np.int64))),
            "slot": pa.array(list(SLOT_SHARES)).take(pa.array(np.repeat(np.arange(n), kept.size))),
            "users": np.maximum(np.round(trips), 1.0).astype(np.int32),
            "trips": trips,
            "population_trips": trips,
        },
        schema=OD_COLUMNS,
    )
    pq.write_table(table, path)
    return int(table.num_rows)


def _cells(city: City) -> tuple[np.ndarray, np.ndarray]:
    """The H3 cells nearest to the middle of the grid, as the grid is wide and high, and metres of their centres."""
    half = np.array([city.columns, city.rows]) * _SPACING_M
    corners = _degrees(half * np.array([[-1, -1], [1, -1], [1, 1], [-1, 1]]))
    outline = h3.LatLngPoly([(lat, lon) for lon, lat in corners])
    names = np.array(sorted(h3.str_to_int(c) for c in h3.polygon_to_cells(outline, _RESOLUTION)), np.int64)
    centres = np.array([h3.cell_to_latlng(h3.int_to_str(int(c))) for c in names])[:, ::-1]
    scale = np.array([_M_PER_DEGREE * np.cos(np.radians(_LAT0)), _M_PER_DEGREE])
    xy = (centres - np.array([_LON0, _LAT0])) * scale
    nearest = np.argsort(np.abs(xy / half).max(axis=1), kind="stable")[: city.zones]
    nearest = np.sort(nearest)
    return names[nearest], xy[nearest]
