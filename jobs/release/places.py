"""The places of a release: numbered sites, each an H3 cell or a cell of the plan, and numbered zones."""

from collections import Counter
from dataclasses import dataclass
from typing import Any

import h3.api.basic_int as h3
import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from jobs.locate import lon_lat_of
from jobs.release.layouts import UNKNOWN, Layout, parquet_bytes, text_bytes


@dataclass(frozen=True, eq=False)
class Places:
    """What traces and traffic name.

    Attributes
    ----------
    site_of_cell, zone_of_cell : int64[cells], number of the site and of the zone, -1 where unknown.
    sites : ``site_id``, ``zone_id``, ``lon``, ``lat`` and ``h3`` (hexadecimal; empty for a cell of the plan).
    zones : ``zone_id``, ``zone`` (as the operator names it), ``lon``, ``lat``.
    """

    site_of_cell: NDArray[np.int64]
    zone_of_cell: NDArray[np.int64]
    sites: pa.Table
    zones: pa.Table


def places_of(cells: pa.Table, zones: pa.Table, kind: str, h3_steps: int) -> Places:
    """Number sites and zones.

    Parameters
    ----------
    cells, zones : the tables of these names; without zones, H3 cells `h3_steps` resolutions coarser
        stand in for them.
    kind : ``h3`` or ``cell``.
    """
    named = _zone_names(cells, h3_steps)
    names, zone_of_cell = _numbered(named)
    if kind == "h3":
        hexagons, site_of_cell = _numbered([None if c is None else int(c) for c in cells["h3"].to_pylist()])
        positions = lon_lat_of(np.array(hexagons, np.int64))
        labels = [f"{cell:x}" for cell in hexagons]
    else:
        site_of_cell = np.arange(1, cells.num_rows + 1, dtype=np.int64)
        positions = list(zip(cells["lon"].to_pylist(), cells["lat"].to_pylist(), strict=True))
        labels = [""] * cells.num_rows
    sites = {
        "site_id": np.arange(1, len(positions) + 1, dtype=np.int32),
        "zone_id": _zone_of_site(site_of_cell, zone_of_cell, len(positions)),
        "lon": pa.array([p[0] for p in positions], pa.float64()),
        "lat": pa.array([p[1] for p in positions], pa.float64()),
        "h3": labels,
    }
    return Places(site_of_cell, zone_of_cell, pa.table(sites), _zone_table(names, zones))


def _numbered(values: list[Any]) -> tuple[list[Any], NDArray[np.int64]]:
    """Distinct values in order, and the number of each value from 1; -1 for None."""
    distinct = sorted({value for value in values if value is not None})
    number = {value: i for i, value in enumerate(distinct, 1)}
    return distinct, np.array([number.get(value, UNKNOWN) for value in values], np.int64)


def _zone_names(cells: pa.Table, h3_steps: int) -> list[str | None]:
    names: list[str | None] = cells["zone"].to_pylist()
    if any(name is not None for name in names):
        return names
    hexagons = cells["h3"].to_pylist()
    return [None if c is None else f"{_coarser(int(c), h3_steps):x}" for c in hexagons]


def _coarser(cell: int, steps: int) -> int:
    return int(h3.cell_to_parent(cell, max(h3.get_resolution(cell) - steps, 0)))


def _zone_of_site(site: NDArray[np.int64], zone: NDArray[np.int64], sites: int) -> NDArray[np.int32]:
    """Zone in which most cells of a site lie, the lowest number on a tie."""
    seen: dict[int, Counter[int]] = {}
    for s, z in zip(site.tolist(), zone.tolist(), strict=True):
        seen.setdefault(s, Counter())[z] += 1
    found = np.full(sites, UNKNOWN, np.int32)
    for s, counts in seen.items():
        if s > 0:
            found[s - 1] = min(counts, key=lambda z: (-counts[z], z))
    return found


def _zone_table(names: list[str], zones: pa.Table) -> pa.Table:
    """Zones with the middle of their H3 cells."""
    inside: dict[str, list[int]] = {}
    for zone, cell in zip(zones["zone"].to_pylist(), zones["h3"].to_pylist(), strict=True):
        inside.setdefault(zone, []).append(cell)
    middles = [_middle(inside[name] if name in inside else [int(name, 16)]) for name in names]
    return pa.table(
        {
            "zone_id": np.arange(1, len(names) + 1, dtype=np.int32),
            "zone": pa.array(names, pa.string()),
            "lon": pa.array([m[0] for m in middles], pa.float64()),
            "lat": pa.array([m[1] for m in middles], pa.float64()),
        }
    )


def _middle(cells: list[int]) -> tuple[float, float]:
    positions = np.array(lon_lat_of(np.array(cells, np.int64)))
    lon, lat = positions.mean(axis=0)
    return float(lon), float(lat)


def context_files(places: Places, layout: Layout) -> dict[str, bytes]:
    """Sites and zones as the layout writes them: file name to content."""
    tables = {"sites": places.sites, "zones": places.zones}
    return {layout.context[kind]: _context_bytes(kind, table, layout) for kind, table in tables.items()}


def _context_bytes(kind: str, table: pa.Table, layout: Layout) -> bytes:
    if not layout.delimiter:
        return parquet_bytes(table)
    header = layout.context_header.get(kind)
    if header is None:  # identifier and position alone
        return _six_decimals(table.select([table.column_names[0], "lon", "lat"]), layout.delimiter, False)
    table = table.drop_columns(["h3"]) if kind == "sites" else table
    if kind == "zones":
        plain = pa.array([_plain(name) for name in table["zone"].to_pylist()], pa.string())
        table = table.set_column(1, "zone", plain)
        if "city" in header:
            table = table.add_column(2, "city", pa.array([""] * table.num_rows))
    return _six_decimals(table.rename_columns(list(header)), layout.delimiter, True)


def _plain(name: str) -> str:
    """Take out of a name what would break an unquoted line."""
    return " ".join(name.replace(",", " ").replace('"', " ").split())


def _six_decimals(table: pa.Table, delimiter: str, header: bool) -> bytes:
    for axis in ("lon", "lat"):
        values = [None if v is None else f"{v:.6f}" for v in table[axis].to_pylist()]
        table = table.set_column(table.column_names.index(axis), axis, pa.array(values, pa.string()))
    return text_bytes(table, delimiter, header)
