"""The antenna plan: real sites or invented ones, and which cell serves where."""

import csv
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.csv
import shapely
from numpy.typing import NDArray

from jobs.errors import InputError
from jobs.world.params import CellFile, WorldParams
from jobs.world.people import People
from jobs.world.places import Places
from jobs.world.plane import Floats
from jobs.world.seeds import Topic, generator
from jobs.world.zones import Zones
from kernels.world.chains import HOME, MAIN
from kernels.world.phones import Radio, serve
from kernels.world.radio import Sectors, serving_cells

_BEAM_DEG = 120.0
_RASTER_STEP_M = 150.0
_MAX_RASTER_POINTS = 150_000
_MARGIN_M = 1_000.0
_SAMPLE = 6_000


@dataclass(frozen=True)
class Antennas:
    """Radio cells; azimuth NaN: all around."""

    ids: tuple[str, ...]
    lon: Floats
    lat: Floats
    azimuth_deg: Floats
    beam_deg: Floats
    range_m: Floats

    @property
    def size(self) -> int:
        """Number of cells."""
        return len(self.ids)

    def write(self, path: Path) -> None:
        """Write as CSV: cell_id, lon, lat, azimuth, beam, range_m; empty where unknown."""
        with path.open("w", newline="", encoding="utf-8") as file:
            rows = csv.writer(file, lineterminator="\n")
            rows.writerow(("cell_id", "lon", "lat", "azimuth", "beam", "range_m"))
            for i, cell_id in enumerate(self.ids):
                place = (f"{self.lon[i]:.6f}", f"{self.lat[i]:.6f}")
                shape = (self.azimuth_deg[i], self.beam_deg[i], self.range_m[i])
                rows.writerow((cell_id, *place, *("" if np.isnan(v) else f"{v:.0f}" for v in shape)))


def read_antennas(source: CellFile, zones: Zones) -> Antennas:
    """Read a real plan and keep the cells that lie in the zones.

    Raises
    ------
    InputError
        The file can't be read, lacks a column, repeats a cell, or no cell lies in the zones.
    """
    table = _read_plan(source)
    lon, lat = (table[name].astype(np.float64) for name in (source.lon, source.lat))
    area = shapely.union_all(zones.polygons)
    shapely.prepare(area)
    kept = np.flatnonzero(shapely.intersects_xy(area, lon, lat))
    if kept.size == 0:
        raise InputError("no cell lies in the zones", source.path, "check the lon and lat columns")
    ids = tuple(str(table[source.cell_id][i]) for i in kept)
    if len(set(ids)) != len(ids):
        raise InputError(f"column {source.cell_id!r} repeats a cell", source.path, "name a unique column")
    unknown = np.full(kept.size, np.nan)
    return Antennas(
        ids=ids,
        lon=lon[kept],
        lat=lat[kept],
        azimuth_deg=table[source.azimuth].astype(np.float64)[kept] if source.azimuth else unknown,
        beam_deg=table[source.beam].astype(np.float64)[kept] if source.beam else unknown,
        range_m=unknown,
    )


def _read_plan(source: CellFile) -> dict[str, NDArray[Any]]:
    as_text = pyarrow.csv.ConvertOptions(column_types={source.cell_id: pa.string()})
    try:
        table = pyarrow.csv.read_csv(source.path, convert_options=as_text)
    except (pa.ArrowInvalid, OSError) as error:
        raise InputError(
            f"can't read cells: {error}", source.path, "give a CSV file with a header"
        ) from error
    wanted = [c for c in (source.cell_id, source.lon, source.lat, source.azimuth, source.beam) if c]
    missing = [c for c in wanted if c not in table.column_names]
    if missing:
        raise InputError(f"no column {missing}", source.path, f"its columns are {table.column_names}")
    return {name: table[name].to_numpy(zero_copy_only=False) for name in wanted}


def invent_antennas(params: WorldParams, places: Places, people: People) -> Antennas:
    """Sites of three sectors where people are by night and by day (k-means on their anchors)."""
    rng = generator(params.seed, Topic.SITES)
    who = rng.integers(0, people.size, _SAMPLE)
    where = people.place[who, rng.choice((HOME, MAIN), _SAMPLE)]
    points = np.column_stack((places.x_m[where], places.y_m[where]))
    points += rng.normal(0.0, 150.0, points.shape)
    sites = _spread(points, params.city.sites, rng)
    x_m, y_m = (np.repeat(sites[:, axis], 3) for axis in (0, 1))
    lon, lat = places.plane.to_degrees(x_m, y_m)
    first = rng.integers(0, 120, len(sites))
    azimuth = (np.repeat(first, 3) + np.tile((0, 120, 240), len(sites))) % 360
    return Antennas(
        ids=tuple(f"S{site + 1:03d}-{sector}" for site in range(len(sites)) for sector in "ABC"),
        lon=lon.round(6),
        lat=lat.round(6),
        azimuth_deg=azimuth.astype(np.float64),
        beam_deg=np.full(lon.size, _BEAM_DEG),
        range_m=np.full(lon.size, np.nan),
    )


def _spread(points: Floats, count: int, rng: np.random.Generator) -> Floats:
    """Sites in the middle of similar numbers of points, on the point nearest to each middle."""
    sites = points[rng.choice(len(points), count, replace=False)]
    for _ in range(8):
        nearest = _distances(points, sites).argmin(axis=1)
        for k in np.unique(nearest):
            sites[k] = points[nearest == k].mean(axis=0)
    chosen: Floats = points[_distances(points, sites).argmin(axis=0)]
    north_to_south: Floats = chosen[np.lexsort((chosen[:, 0], -chosen[:, 1]))]
    return north_to_south


def _distances(points: Floats, sites: Floats) -> Floats:
    away: Floats = np.hypot(points[:, None, 0] - sites[:, 0], points[:, None, 1] - sites[:, 1])
    return away


def cover(params: WorldParams, places: Places, antennas: Antennas) -> tuple[Antennas, Radio]:
    """Find the serving cells everywhere; the antennas come back with their range.

    The range of a cell is the distance within which 95 % of the places lie that it serves best; a cell
    that is best nowhere gets the median range.
    """
    cell_x, cell_y = places.plane.to_metres(antennas.lon, antennas.lat)
    _, site = np.unique(np.column_stack((cell_x, cell_y)).round(1), axis=0, return_inverse=True)
    azimuth = np.where(np.isnan(antennas.beam_deg), np.nan, antennas.azimuth_deg)
    sectors = Sectors(cell_x, cell_y, site.reshape(-1).astype(np.int32), azimuth, antennas.beam_deg)
    radio = _radio(params, places, sectors)
    best = np.array([serve(x, y, 0.0, 1.0, radio) for x, y in zip(places.x_m, places.y_m, strict=True)])
    away = np.hypot(places.x_m - cell_x[best], places.y_m - cell_y[best])
    return replace(antennas, range_m=_ranges(best, away, antennas.size)), radio


def _radio(params: WorldParams, places: Places, sectors: Sectors) -> Radio:
    """Serving cells on a raster over the places with a margin."""
    west, south = float(places.x_m.min()) - _MARGIN_M, float(places.y_m.min()) - _MARGIN_M
    width, height = float(places.x_m.max()) + _MARGIN_M - west, float(places.y_m.max()) + _MARGIN_M - south
    step = max(_RASTER_STEP_M, float(np.sqrt(width * height / _MAX_RASTER_POINTS)))
    columns, rows = int(width / step) + 1, int(height / step) + 1
    cells, cumulative = serving_cells(
        np.tile(west + (np.arange(columns) + 0.5) * step, rows),
        np.repeat(south + (np.arange(rows) + 0.5) * step, columns),
        sectors,
        params.phones.shadowing_db,
        params.phones.fading_db,
        params.seed,
        int(Topic.SHADOWS),
    )
    return Radio(west, south, step, columns, rows, cells, cumulative, params.phones.ping_pong)


def _ranges(best: NDArray[np.int64], away: Floats, cells: int) -> Floats:
    ranges = np.full(cells, np.nan)
    for cell in np.unique(best):
        ranges[cell] = np.percentile(away[best == cell], 95)
    return np.where(np.isnan(ranges), np.nanmedian(ranges), ranges).round()
