"""Which H3 cells each radio cell serves, and with which share of its users."""

from dataclasses import dataclass
from typing import Literal

import h3.api.basic_int as h3
import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import shapely
from numpy.typing import NDArray
from pydantic import Field

from jobs import tables
from jobs.params import Params

_M_PER_DEGREE = 111_195.0
_PATH_LOSS = 3.5
_SIDE_LOBE_DB = 20.0

Floats = NDArray[np.float64]


class GridParams(Params):
    """The H3 grid and how cells are laid on it."""

    resolution: int = Field(7, ge=4, le=10, description="H3 resolution of OD and presence (7: 5.2 km2)")
    weights: Literal["site", "voronoi", "sector"] = Field(
        "voronoi",
        description="site: all of a cell's users at the site; voronoi: shared over the area nearest to the "
        "site, by population where zones are given; sector: shared over all ground in reach, by population "
        "and by how likely the cell serves it (distance, azimuth, beam, range)",
    )
    reach_m: float = Field(
        5_000, gt=0, le=50_000, description="no cell serves places farther than this (metres)"
    )
    sharpness: float = Field(
        5.0,
        ge=1,
        le=20,
        description="sector: the chance to be served falls with this power of the distance; path loss has 3.5, "
        "and a phone prefers the strongest cell",
    )


@dataclass(frozen=True, eq=False)
class Ground:
    """Fine H3 cells with the persons who live in each (1 where no zones are given)."""

    h3: NDArray[np.int64]
    population: Floats


def ground_of(zones: pa.Table, lon: Floats, lat: Floats, grid: GridParams) -> Ground:
    """Ground of the `zones` table; around the sites where it is empty."""
    if zones.num_rows:
        population = np.asarray(zones["population"].to_numpy(), np.float64)
        return Ground(zones["h3"].to_numpy(), population)
    resolution = grid.resolution + 2
    rings = int(grid.reach_m / h3.average_hexagon_edge_length(resolution, unit="m") / 1.73) + 1
    around = {
        cell
        for y, x in set(zip(lat.tolist(), lon.tolist(), strict=True))
        for cell in h3.grid_disk(h3.latlng_to_cell(y, x, resolution), rings)
    }
    fine = np.array(sorted(around), np.int64)
    return Ground(fine, np.ones(fine.size))


def weigh_cells(cells: pa.Table, ground: Ground, grid: GridParams) -> pa.Table:
    """Rows of the `cell_h3` table; the weights of each cell sum to 1.

    Parameters
    ----------
    cells : with the columns lon, lat, azimuth_deg, beam_deg, range_m of the `cells` table; its order
        numbers the cells.
    """
    lon, lat = _floats(cells, "lon"), _floats(cells, "lat")
    if grid.weights == "site":
        own = h3_of(lon, lat, grid.resolution)
        rows = pa.table({"cell": np.arange(lon.size, dtype=np.int32), "h3": own, "weight": np.ones(lon.size)})
        return tables.CELL_H3.conform(rows)
    # Sectors of one site share its Voronoi area; with azimuths each cell is one of its own.
    shape = [lon, lat]
    if grid.weights == "sector":
        shape += [np.nan_to_num(_floats(cells, c), nan=-1) for c in ("azimuth_deg", "beam_deg", "range_m")]
    kinds, first, kind = np.unique(np.column_stack(shape), axis=0, return_index=True, return_inverse=True)
    coarse = coarser(ground.h3, grid.resolution)
    if grid.weights == "voronoi":
        near, keep = _nearest(kinds[:, 0], kinds[:, 1], ground.h3, grid.reach_m)
        weights = _shares(near[keep], coarse[keep], ground.population[keep])
    else:
        served, by, chance = _served(cells.take(pa.array(first)), ground.h3, grid)
        weights = _shares(by, coarse[served], ground.population[served] * chance)
    weights = _with_bare(weights, kinds[:, 0], kinds[:, 1], grid.resolution)
    return tables.CELL_H3.conform(_spread(weights, kind.ravel()))


def h3_of(lon: Floats, lat: Floats, resolution: int) -> NDArray[np.int64]:
    """H3 cells of points in degrees."""
    return np.array(
        [h3.latlng_to_cell(y, x, resolution) for x, y in zip(lon.tolist(), lat.tolist(), strict=True)],
        np.int64,
    )


def coarser(cells: NDArray[np.int64], resolution: int) -> NDArray[np.int64]:
    """Parent of each H3 cell at `resolution`; a cell that is as coarse stays as it is."""
    distinct, at = np.unique(cells, return_inverse=True)
    parents = [h3.cell_to_parent(c, min(resolution, h3.get_resolution(c))) for c in distinct.tolist()]
    return np.asarray(np.array(parents, np.int64)[at], np.int64)


def centres(cells: NDArray[np.int64]) -> tuple[Floats, Floats]:
    """Longitude and latitude of the centres of H3 cells, degrees."""
    points = np.array([h3.cell_to_latlng(c) for c in cells.tolist()], np.float64).reshape(-1, 2)
    return points[:, 1], points[:, 0]


def _floats(cells: pa.Table, name: str) -> Floats:
    return np.asarray(cells[name].cast(pa.float64()).to_numpy(), np.float64)


def _metric(lon: Floats, lat: Floats, middle: float) -> tuple[Floats, Floats]:
    """Points on a local plane in metres (equirectangular about the latitude `middle`)."""
    return lon * _M_PER_DEGREE * np.cos(np.radians(middle)), lat * _M_PER_DEGREE


def nearest_site(lon: Floats, lat: Floats, site_lon: Floats, site_lat: Floats) -> NDArray[np.int64]:
    """Index of the site nearest to each point: its Voronoi cell."""
    return _nearest_with_distance(lon, lat, site_lon, site_lat)[0]


def _nearest_with_distance(
    lon: Floats, lat: Floats, site_lon: Floats, site_lat: Floats
) -> tuple[NDArray[np.int64], Floats]:
    middle = float(site_lat.mean())
    tree = shapely.STRtree(shapely.points(*_metric(site_lon, site_lat, middle)))
    points = shapely.points(*_metric(lon, lat, middle))
    nearest = np.asarray(tree.nearest(points), np.int64)
    return nearest, np.asarray(shapely.distance(points, tree.geometries[nearest]), np.float64)


def _nearest(
    site_lon: Floats, site_lat: Floats, fine: NDArray[np.int64], reach_m: float
) -> tuple[NDArray[np.int64], NDArray[np.bool_]]:
    nearest, away_m = _nearest_with_distance(*centres(fine), site_lon, site_lat)
    return nearest, away_m <= reach_m


def _served(
    cells: pa.Table, fine: NDArray[np.int64], grid: GridParams
) -> tuple[NDArray[np.int64], NDArray[np.int64], Floats]:
    """Pairs of ground and cell in reach, and the chance that the cell serves a phone there.

    The Bayesian location of Tennekes and Gootzen (2022): the chance is the cell's signal, over that of
    all cells in reach; the signal falls with distance and off the axis of the beam (the parabola of
    3GPP TR 36.942, 12 (angle / beam)^2 dB, at most 20 dB), and ends at the range.
    """
    lon, lat = _floats(cells, "lon"), _floats(cells, "lat")
    middle = float(lat.mean())
    x, y = _metric(lon, lat, middle)
    fx, fy = _metric(*centres(fine), middle)
    tree = shapely.STRtree(shapely.points(fx, fy))
    cell, ground = tree.query(shapely.points(x, y), predicate="dwithin", distance=grid.reach_m)
    dx, dy = fx[ground] - x[cell], fy[ground] - y[cell]
    away_m = np.hypot(dx, dy)
    azimuth, beam = _floats(cells, "azimuth_deg")[cell], _floats(cells, "beam_deg")[cell]
    off_axis = (np.degrees(np.arctan2(dx, dy)) - azimuth + 180) % 360 - 180
    loss_db = np.nan_to_num(np.minimum(12 * (off_axis / beam) ** 2, _SIDE_LOBE_DB), nan=0.0)
    signal = np.maximum(away_m, 100.0) ** -grid.sharpness * 10 ** (
        -loss_db / 10 * grid.sharpness / _PATH_LOSS
    )
    range_m = np.nan_to_num(_floats(cells, "range_m")[cell], nan=np.inf)
    signal[away_m > range_m] = 0.0
    total = np.bincount(ground, signal, fine.size)
    heard = signal > 0
    chance = signal[heard] / total[ground[heard]]
    return np.asarray(ground[heard], np.int64), np.asarray(cell[heard], np.int64), chance


def _shares(kind: NDArray[np.int64], cell: NDArray[np.int64], population: Floats) -> pa.Table:
    counted = pa.table({"kind": kind, "h3": cell, "population": population})
    # Threads would add floats in an order that changes from run to run.
    summed = counted.group_by(["kind", "h3"], use_threads=False).aggregate([("population", "sum")])
    total = summed.group_by("kind", use_threads=False).aggregate([("population_sum", "sum")])
    joined = summed.join(total, "kind")
    share = pc.divide(joined["population_sum"], joined["population_sum_sum"])
    weights = pa.table({"kind": joined["kind"], "h3": joined["h3"], "weight": share})
    return weights.filter(pc.greater(weights["weight"], 1e-4))


def _with_bare(weights: pa.Table, lon: Floats, lat: Floats, resolution: int) -> pa.Table:
    """Give a cell that has no inhabited ground of its own the H3 cell that it stands in."""
    bare = np.setdiff1d(np.arange(lon.size), weights["kind"].to_numpy())
    own = h3_of(lon[bare], lat[bare], resolution)
    return pa.concat_tables([weights, pa.table({"kind": bare, "h3": own, "weight": np.ones(bare.size)})])


def _spread(weights: pa.Table, kind_of_cell: NDArray[np.int64]) -> pa.Table:
    weights = weights.sort_by([("kind", "ascending"), ("h3", "ascending")])
    kind, share = weights["kind"].to_numpy(), weights["weight"].to_numpy()
    share = share / np.bincount(kind, share)[kind]
    first = np.searchsorted(kind, kind_of_cell, side="left")
    count = np.searchsorted(kind, kind_of_cell, side="right") - first
    rows = np.concatenate([np.arange(f, f + n) for f, n in zip(first, count, strict=True)])
    return pa.table(
        {
            "cell": np.repeat(np.arange(kind_of_cell.size, dtype=np.int32), count),
            "h3": weights["h3"].to_numpy()[rows],
            "weight": share[rows],
        }
    )
