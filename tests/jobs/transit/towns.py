"""Small feeds and towns, built in code."""

import io
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import h3
import numpy as np
import pyarrow as pa

from jobs.transit.od_file import OD_COLUMNS

LON0, LAT0 = -17.45, 14.70
M_PER_DEGREE = 111_195.0


def degrees(x_m: float, y_m: float) -> tuple[float, float]:
    """Longitude and latitude of a point of the plane around the town's origin."""
    return LON0 + x_m / (M_PER_DEGREE * np.cos(np.radians(LAT0))), LAT0 + y_m / M_PER_DEGREE


def clock(minutes: float) -> str:
    seconds = round(minutes * 60)
    return f"{seconds // 3600:02d}:{seconds // 60 % 60:02d}:{seconds % 60:02d}"


@dataclass
class FeedBuilder:
    """Rows of a feed; what a test does not care about is filled in."""

    files: dict[str, list[dict[str, str]]] = field(default_factory=dict)

    def add(self, name: str, **row: object) -> None:
        self.files.setdefault(name, []).append({k: str(v) for k, v in row.items()})

    def stop(self, stop_id: str, x_m: float, y_m: float) -> None:
        lon, lat = degrees(x_m, y_m)
        self.add(
            "stops.txt",
            stop_id=stop_id,
            stop_name=f"Stop {stop_id}",
            stop_lat=f"{lat:.6f}",
            stop_lon=f"{lon:.6f}",
        )

    def route(self, route_id: str) -> None:
        self.add("routes.txt", route_id=route_id, agency_id="A", route_short_name=route_id, route_type=3)

    def trip(
        self,
        route_id: str,
        trip_id: str,
        calls: Iterable[tuple[str, float]],
        service: str = "WK",
        direction: int = 0,
    ) -> None:
        """A GTFS trip; calls are (stop, minutes after midnight)."""
        self.add("trips.txt", route_id=route_id, service_id=service, trip_id=trip_id, direction_id=direction)
        for number, (stop, minutes) in enumerate(calls):
            time = clock(minutes)
            self.add(
                "stop_times.txt",
                trip_id=trip_id,
                arrival_time=time,
                departure_time=time,
                stop_id=stop,
                stop_sequence=number + 1,
            )

    def service(self, service: str = "WK", days: str = "1111100") -> None:
        names = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
        self.add(
            "calendar.txt",
            service_id=service,
            **dict(zip(names, days, strict=True)),
            start_date=20240101,
            end_date=20240331,
        )

    def line(
        self,
        route_id: str,
        stops: Sequence[str],
        legs_min: Sequence[float],
        headway_min: float,
        hours: tuple[float, float] = (6, 22),
    ) -> None:
        """A line both ways at a steady headway."""
        self.route(route_id)
        for direction in (0, 1):
            way = list(stops)[::-1] if direction else list(stops)
            legs = list(legs_min)[::-1] if direction else list(legs_min)
            offsets = np.concatenate([[0.0], np.cumsum(legs)])
            for number, start in enumerate(np.arange(hours[0] * 60, hours[1] * 60, headway_min)):
                calls = zip(way, start + offsets, strict=True)
                self.trip(route_id, f"{route_id}_{direction}_{number}", calls, direction=direction)

    def texts(self) -> dict[str, str]:
        if "agency.txt" not in self.files:
            self.add(
                "agency.txt",
                agency_id="A",
                agency_name="Bus",
                agency_url="https://example.org",
                agency_timezone="Africa/Dakar",
            )
        if not {"calendar.txt", "calendar_dates.txt"} & self.files.keys():
            self.service()
        out = {}
        for name, rows in self.files.items():
            header = list(dict.fromkeys(k for row in rows for k in row))
            out[name] = (
                "\n".join([",".join(header), *(",".join(r.get(h, "") for h in header) for r in rows)]) + "\n"
            )
        return out

    def write(self, path: Path) -> Path:
        return write_zip(path, {name: text.encode() for name, text in self.texts().items()})


def write_zip(path: Path, files: Mapping[str, bytes]) -> Path:
    with zipfile.ZipFile(path, "w") as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return path


def files_of(path: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(path.read_bytes())) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def od_table(flows: Iterable[tuple[int, int, str, float]], day_type: str = "weekday") -> pa.Table:
    """OD rows (origin, destination, slot, population trips)."""
    origin, destination, slot, trips = zip(*flows, strict=True)
    n = len(origin)
    table = pa.table(
        {
            "origin": pa.array(origin, pa.int64()),
            "destination": pa.array(destination, pa.int64()),
            "day_type": [day_type] * n,
            "slot": list(slot),
            "users": pa.array(np.maximum(1, np.array(trips) // 10).astype(np.int32)),
            "trips": pa.array(trips, pa.float64()),
            "population_trips": pa.array(trips, pa.float64()),
        }
    )
    return table.select(OD_COLUMNS.names).cast(OD_COLUMNS)


def h3_at(x_m: float, y_m: float, resolution: int = 8) -> int:
    lon, lat = degrees(x_m, y_m)
    return h3.str_to_int(h3.latlng_to_cell(lat, lon, resolution))


SPACING_M = 450.0
AXIS_STOPS = 14
AXES = 6
MISSING, TWIN, RARE = 2, 4, 0


def on_axis(axis: int, stop: int, aside_m: float = 0.0) -> tuple[float, float]:
    """Metres from the centre of the k-th stop of an axis."""
    angle = 2 * np.pi * axis / AXES + 0.2
    along, aside = np.array([np.cos(angle), np.sin(angle)]), np.array([-np.sin(angle), np.cos(angle)])
    x, y = along * stop * SPACING_M + aside * aside_m
    return float(x), float(y)


def star_town(planted: bool = True) -> FeedBuilder:
    """Six axes from one centre, a line on each, every 12 minutes.

    Planted: axis 2 has stops but no line, the line of
    axis 4 has a twin 30 m aside, and the line of axis 0 runs every 60 minutes.
    """
    feed = FeedBuilder()
    feed.stop("centre", 0.0, 0.0)
    for axis in range(AXES):
        stops = ["centre"]
        for k in range(1, AXIS_STOPS):
            stops.append(f"a{axis}_{k}")
            feed.stop(stops[-1], *on_axis(axis, k))
        if planted and axis == MISSING:
            continue
        feed.line(f"L{axis}", stops, [1.8] * (AXIS_STOPS - 1), 60 if planted and axis == RARE else 12)
    if planted:
        twins = ["centre"] + [f"t{k}" for k in range(1, AXIS_STOPS)]
        for k in range(1, AXIS_STOPS):
            feed.stop(f"t{k}", *on_axis(TWIN, k, 30.0))
        feed.line("COPY", twins, [1.8] * (AXIS_STOPS - 1), 12)
    return feed


def star_demand(seed: int = 0, trips: float = 120_000.0) -> pa.Table:
    """Trips between homes along the axes and the centre, and among axes, by H3 cell and slot."""
    rng = np.random.default_rng(seed)
    mass: dict[int, float] = {}
    for axis in range(AXES):
        for k in range(1, AXIS_STOPS):
            cell = h3_at(*on_axis(axis, k))
            mass[cell] = mass.get(cell, 0.0) + 1.0
    cells = sorted(mass)
    people = np.array([mass[c] for c in cells]) * rng.lognormal(0, 0.15, len(cells))
    latlng = np.array([h3.cell_to_latlng(h3.int_to_str(c)) for c in cells])
    plane = (latlng - [LAT0, LON0]) * M_PER_DEGREE * [1.0, np.cos(np.radians(LAT0))]
    jobs = people * np.exp(-np.hypot(*plane.T) / 2000.0)
    distance = np.hypot(*(plane[:, None] - plane[None]).transpose(2, 0, 1))
    flow = (people[:, None] * jobs[None] + jobs[:, None] * people[None]) * (distance > 1000)
    flow *= trips / flow.sum()
    return od_table(
        (cells[i], cells[j], slot, float(flow[i, j] * share))
        for slot, share in (("am_peak", 0.4), ("midday", 0.6))
        for i, j in zip(*np.nonzero(flow > 0.2), strict=True)
    )
