"""Put the cell plan on the H3 grid: which cell is where, and which H3 cells it serves."""

from dataclasses import dataclass
from typing import Any, Literal

import h3.api.basic_int as h3
import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import shapely
from numpy.typing import NDArray
from pydantic import Field

from jobs import tables
from jobs.cell_plan import CellPlanParams, read_cell_plan
from jobs.errors import InputError
from jobs.params import Params
from jobs.zones import ZoneParams, Zones, read_zones

_SECTOR_COLUMNS = ("azimuth_deg", "beam_deg", "range_m")
_M_PER_DEGREE = 111_195.0


class GridParams(Params):
    """The H3 grid and how cells are laid on it."""

    resolution: int = Field(7, ge=4, le=10, description="H3 resolution of OD and presence (7: 5.2 km2)")
    weights: Literal["site", "voronoi"] = Field(
        "voronoi",
        description="site: all of a cell's users at the site; voronoi: shared over the area nearest to the "
        "site, by population where zones are given",
    )
    reach_m: float = Field(
        5_000, gt=0, le=50_000, description="voronoi: no cell serves places farther than this (metres)"
    )


@dataclass(frozen=True)
class Located:
    """What `locate` makes."""

    cells: pa.Table
    cell_h3: pa.Table
    zones: pa.Table
    remarks: list[str]


def locate(plan: CellPlanParams, zone_params: ZoneParams | None, grid: GridParams) -> Located:
    """Read the cell plan and the zones, and weigh cells against H3 cells.

    Raises
    ------
    InputError
        A file cannot be read, lacks a column, or holds a position outside the Earth; or no cell lies in
        any zone.
    """
    zones = read_zones(zone_params, grid.resolution + 2) if zone_params else None
    rows, remarks = read_cell_plan(plan)
    cells = _placed(rows, zones, grid)
    if zone_params:
        remarks += _outside_zones(cells, zone_params)
    lon, lat = cells["lon"].to_numpy(), cells["lat"].to_numpy()
    if grid.weights == "voronoi":
        cell_h3 = _voronoi_weights(lon, lat, zones, grid)
    else:
        cell_h3 = _site_weights(cells)
    zone_table = zones.as_table() if zones else tables.ZONES.schema.empty_table()
    return Located(cells, tables.CELL_H3.conform(cell_h3), zone_table, remarks)


def _outside_zones(cells: pa.Table, zones: ZoneParams) -> list[str]:
    """Say how many cells lie in no zone: their people are not expanded by any population.

    Raises
    ------
    InputError
        All of them do.
    """
    outside = cells["zone"].null_count
    if outside == cells.num_rows:
        raise InputError(
            f"no cell of the plan lies in any zone: {_middle_of(cells)}",
            zones.path,
            "check that cells and zones are of the same place, and longitude and latitude of both",
        )
    return [f"{outside:,} of {cells.num_rows:,} cells lie in no zone"] if outside else []


def _middle_of(cells: pa.Table) -> str:
    lon, lat = (np.median(cells[axis].to_numpy()) for axis in ("lon", "lat"))
    return f"the cells lie about longitude {lon:.2f}, latitude {lat:.2f}"


def cells_without_plan(cell_ids: list[str]) -> Located:
    """Number the cells seen in the records when there is no plan: no positions, so no H3 cells."""
    ids = sorted(cell_ids)
    columns: dict[str, Any] = {"cell": np.arange(len(ids), dtype=np.int32), "cell_id": ids}
    for column in tables.CELLS.columns:
        columns.setdefault(column.name, pa.nulls(len(ids), column.type))
    remark = f"no cell plan: {len(ids):,} cells known by name only, without coordinates"
    return Located(
        tables.CELLS.conform(pa.table(columns)),
        tables.CELL_H3.schema.empty_table(),
        tables.ZONES.schema.empty_table(),
        [remark],
    )


def _placed(plan: pa.Table, zones: Zones | None, grid: GridParams) -> pa.Table:
    """Rows of the `cells` table: the plan with index, H3 cell and zone."""
    lon, lat = plan["lon"].to_numpy(), plan["lat"].to_numpy()
    columns: dict[str, Any] = {
        "cell": np.arange(plan.num_rows, dtype=np.int32),
        "cell_id": plan["cell_id"],
        "lon": lon,
        "lat": lat,
        "h3": h3_of(lon, lat, grid.resolution),
        "zone": pa.array(zones.zone_of(lon, lat) if zones else [None] * len(lon), pa.string()),
    }
    for name in _SECTOR_COLUMNS:
        columns[name] = plan[name] if name in plan.column_names else pa.nulls(plan.num_rows, pa.float64())
    return tables.CELLS.conform(pa.table(columns))


def h3_of(lon: NDArray[np.float64], lat: NDArray[np.float64], resolution: int) -> NDArray[np.int64]:
    """H3 cells of points in degrees."""
    return np.array(
        [h3.latlng_to_cell(y, x, resolution) for x, y in zip(lon.tolist(), lat.tolist(), strict=True)],
        np.int64,
    )


def lon_lat_of(cells: NDArray[np.int64]) -> list[tuple[float, float]]:
    """Centres of H3 cells, (longitude, latitude) in degrees."""
    return [(lon, lat) for lat, lon in (h3.cell_to_latlng(cell) for cell in cells.tolist())]


def _site_weights(cells: pa.Table) -> pa.Table:
    return pa.table({"cell": cells["cell"], "h3": cells["h3"], "weight": np.ones(cells.num_rows)})


def _voronoi_weights(
    lon: NDArray[np.float64], lat: NDArray[np.float64], zones: Zones | None, grid: GridParams
) -> pa.Table:
    """Share each site's users over fine H3 cells nearest to it, then sum up to the grid.

    The Voronoi cells of the sites are found by nearest neighbour on fine H3 cells. Sectors of one
    site share its area: all get the same weights.
    """
    sites, site_of_cell = np.unique(np.column_stack([lon, lat]), axis=0, return_inverse=True)
    fine, population = _fine_cells(sites, zones, grid)
    nearest, near_enough = _nearest_site(sites, fine, grid.reach_m)
    parent = np.array([h3.cell_to_parent(int(c), grid.resolution) for c in fine], np.int64)
    weights = _shares(nearest[near_enough], parent[near_enough], population[near_enough])
    weights = _with_bare_sites(weights, sites, grid.resolution)
    return _spread_over_cells(weights, site_of_cell.ravel())


def _fine_cells(
    sites: NDArray[np.float64], zones: Zones | None, grid: GridParams
) -> tuple[NDArray[np.int64], NDArray[np.float64]]:
    """Fine H3 cells around the sites with the population of each (1 where no zones are given)."""
    if zones:
        return zones.h3, zones.population
    resolution = grid.resolution + 2
    rings = int(grid.reach_m / h3.average_hexagon_edge_length(resolution, unit="m") / 1.73) + 1
    around = {
        cell for x, y in sites.tolist() for cell in h3.grid_disk(h3.latlng_to_cell(y, x, resolution), rings)
    }
    fine = np.array(sorted(around), np.int64)
    return fine, np.ones(fine.size)


def _metric(lon: NDArray[np.float64], lat: NDArray[np.float64], middle: float) -> NDArray[Any]:
    """Points on a local plane in metres (equirectangular about the latitude `middle`)."""
    return np.asarray(shapely.points(lon * _M_PER_DEGREE * np.cos(np.radians(middle)), lat * _M_PER_DEGREE))


def _nearest_site(
    sites: NDArray[np.float64], fine: NDArray[np.int64], reach_m: float
) -> tuple[NDArray[np.int64], NDArray[np.bool_]]:
    centre = np.array([h3.cell_to_latlng(int(cell)) for cell in fine]).reshape(-1, 2)
    middle = float(sites[:, 1].mean())
    tree = shapely.STRtree(_metric(sites[:, 0], sites[:, 1], middle))
    points = _metric(centre[:, 1], centre[:, 0], middle)
    nearest = np.asarray(tree.nearest(points), np.int64)
    return nearest, shapely.distance(points, tree.geometries[nearest]) <= reach_m


def _shares(site: NDArray[np.int64], cell: NDArray[np.int64], population: NDArray[np.float64]) -> pa.Table:
    counted = pa.table({"site": site, "h3": cell, "population": population})
    # Threads would add floats in an order that changes from run to run.
    summed = counted.group_by(["site", "h3"], use_threads=False).aggregate([("population", "sum")])
    total = summed.group_by("site", use_threads=False).aggregate([("population_sum", "sum")])
    joined = summed.join(total, "site")
    share = pc.divide(joined["population_sum"], joined["population_sum_sum"])
    weights = pa.table({"site": joined["site"], "h3": joined["h3"], "weight": share})
    return weights.filter(pc.greater(weights["weight"], 0.0))


def _with_bare_sites(weights: pa.Table, sites: NDArray[np.float64], resolution: int) -> pa.Table:
    """Give a site that has no inhabited ground of its own the H3 cell that it stands in."""
    bare = np.setdiff1d(np.arange(len(sites)), weights["site"].to_numpy())
    own = h3_of(sites[bare, 0], sites[bare, 1], resolution)
    return pa.concat_tables([weights, pa.table({"site": bare, "h3": own, "weight": np.ones(bare.size)})])


def _spread_over_cells(weights: pa.Table, site_of_cell: NDArray[np.int64]) -> pa.Table:
    weights = weights.sort_by([("site", "ascending"), ("h3", "ascending")])
    site = weights["site"].to_numpy()
    first = np.searchsorted(site, site_of_cell, side="left")
    count = np.searchsorted(site, site_of_cell, side="right") - first
    rows = np.concatenate([np.arange(f, f + n) for f, n in zip(first, count, strict=True)])
    return pa.table(
        {
            "cell": np.repeat(np.arange(site_of_cell.size, dtype=np.int32), count),
            "h3": weights["h3"].to_numpy()[rows],
            "weight": weights["weight"].to_numpy()[rows],
        }
    )
