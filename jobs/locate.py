"""Put the cell plan on the H3 grid: which cell is where, and which H3 cells it serves."""

from dataclasses import dataclass
from typing import Any

import h3.api.basic_int as h3
import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from jobs import tables
from jobs.errors import InputError
from jobs.ground.cell_plan import CellPlanParams, read_cell_plan
from jobs.ground.footprints import GridParams, ground_of, h3_of, weigh_cells
from jobs.ground.zones import ZoneParams, Zones, read_zones

_SECTOR_COLUMNS = ("azimuth_deg", "beam_deg", "range_m")


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
    zone_table = zones.as_table() if zones else tables.ZONES.schema.empty_table()
    ground = ground_of(zone_table, cells["lon"].to_numpy(), cells["lat"].to_numpy(), grid)
    return Located(cells, weigh_cells(cells, ground, grid), zone_table, remarks)


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


def lon_lat_of(cells: NDArray[np.int64]) -> list[tuple[float, float]]:
    """Centres of H3 cells, (longitude, latitude) in degrees."""
    return [(lon, lat) for lat, lon in (h3.cell_to_latlng(cell) for cell in cells.tolist())]


__all__ = ["GridParams", "Located", "cells_without_plan", "h3_of", "locate", "lon_lat_of"]
