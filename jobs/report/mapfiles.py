"""Flows, demand and lines as files for other maps: QGIS, kepler.gl, flowmap.blue.

Only what the report shows leaves: the tables after disclosure control, and the plan.
"""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import h3
import numpy as np
import pyarrow as pa
import pyarrow.csv as pacsv
from shapely.geometry import LineString, Polygon, mapping
from shapely.geometry.base import BaseGeometry

from jobs.report.content import JsonObject, as_object
from jobs.report.demand import WHOLE_DAY
from jobs.report.geoparquet import write_geoparquet
from jobs.report.ground import geometry_of, hexagon_ring, way_after
from jobs.report.svgmap import status_of
from jobs.report.view import View

Way = Callable[[JsonObject], BaseGeometry | None]
_BEFORE = ("kept", "changed", "removed")
_AFTER = ("kept", "changed", "new")


def write_map_files(view: View, folder: Path, day_type: str, slot: str) -> dict[str, int]:
    """Write all files into a folder that exists; return rows by file name.

    Parameters
    ----------
    day_type, slot : of the sheets for flowmap.blue, which know one number a pair; other files hold all.

    Returns
    -------
    dict
        `locations.csv`, `flows.csv` (flowmap.blue), `flows_arcs.csv` (kepler.gl), `flows.parquet`,
        `demand.csv`, `demand.geojson`, `demand.parquet`, and with a plan `lines_before.geojson`,
        `lines_after.geojson`, `proposals.geojson`.
    """
    arcs, demand = flow_columns(view), demand_columns(view)
    hexagons = [Polygon(hexagon_ring(int(cell))) for cell in view.demand.h3]
    plain: dict[str, pa.Table] = {
        "locations.csv": locations(view),
        "flows.csv": flow_sheet(view, day_type, slot),
        "flows_arcs.csv": arcs,
        "demand.csv": demand,
    }
    for name, table in plain.items():
        pacsv.write_csv(table, folder / name)
    write_geoparquet(arcs, _ways(arcs), folder / "flows.parquet")
    write_geoparquet(demand, hexagons, folder / "demand.parquet")
    rows = {name: table.num_rows for name, table in plain.items()}
    rows |= {"flows.parquet": arcs.num_rows, "demand.parquet": demand.num_rows}
    features: list[JsonObject] = [
        {"type": "Feature", "geometry": mapping(shape), "properties": properties}
        for shape, properties in zip(hexagons, demand.to_pylist(), strict=True)
    ]
    collections: dict[str, list[JsonObject]] = {"demand.geojson": features, **_network_files(view)}
    for name, listed in collections.items():
        _write_geojson(folder / name, listed)
        rows[name] = len(listed)
    return rows


def locations(view: View) -> pa.Table:
    """Return flowmap.blue's sheet of locations: id, name, lat, lon."""
    return pa.table(
        {
            "id": _names(view),
            "name": view.places,
            "lat": np.round(view.where[:, 1], 6),
            "lon": np.round(view.where[:, 0], 6),
        }
    )


def flow_sheet(view: View, day_type: str, slot: str) -> pa.Table:
    """Return flowmap.blue's sheet of flows: origin, dest, count; trips within one cell are left out."""
    flows, names = view.demand.flows(day_type, slot), _names(view)
    return pa.table(
        {
            "origin": names.take(pa.array(flows.origin)),
            "dest": names.take(pa.array(flows.destination)),
            "count": np.round(flows.trips, 1),
        }
    )


def flow_columns(view: View) -> pa.Table:
    """One row a pair of different cells, day type and slot, with both ends and the 90 % interval."""
    demand, names = view.demand, _names(view)
    kept = np.flatnonzero(demand.origin != demand.destination)
    origin, destination = demand.origin[kept], demand.destination[kept]
    slots, days = np.array(demand.slots, dtype=object), np.array(demand.day_types, dtype=object)

    def ends(end: str, at: np.ndarray) -> dict[str, Any]:
        lon, lat = (np.round(view.where[at, axis], 6) for axis in (0, 1))
        place = pa.array(view.places, pa.string()).take(pa.array(at))
        return {
            f"{end}_h3": names.take(pa.array(at)),
            f"{end}_name": place,
            f"{end}_lat": lat,
            f"{end}_lng": lon,
        }

    return pa.table(
        {
            **ends("origin", origin),
            **ends("destination", destination),
            "day_type": pa.array(days[demand.day[kept]], pa.string()),
            "slot": pa.array(slots[demand.slot[kept]], pa.string()),
            "trips": np.round(demand.trips[kept], 1),
            "trips_low": _nullable(demand.low[kept]),
            "trips_high": _nullable(demand.high[kept]),
        }
    )


def demand_columns(view: View) -> pa.Table:
    """One row an H3 cell: trips from and to it a day, by day type and slot, and what the plan tells of it."""
    demand = view.demand
    columns: dict[str, Any] = {"hex_id": _names(view), "name": pa.array(view.places, pa.string())}
    for day_type in demand.day_types:
        for slot in (WHOLE_DAY, *demand.slots):
            columns[f"trips_{day_type}_{slot}"] = np.round(demand.by_h3(day_type, slot), 1)
    for measure in view.measures:
        for (when, slot), values in measure.values.items():
            if slot == WHOLE_DAY:
                columns[f"{measure.name}_{when}"] = _nullable(values)
    return pa.table(columns)


def _names(view: View) -> pa.Array:
    return pa.array([h3.int_to_str(int(cell)) for cell in view.demand.h3], pa.string())


def _nullable(values: np.ndarray) -> pa.Array:
    return pa.array(np.round(values, 2), pa.float64(), mask=np.isnan(values))


def _ways(arcs: pa.Table) -> list[LineString]:
    ends = [arcs[f"{end}_{axis}"].to_numpy() for end in ("origin", "destination") for axis in ("lng", "lat")]
    return [LineString([(a, b), (c, d)]) for a, b, c, d in zip(*ends, strict=True)]


def _network_files(view: View) -> dict[str, list[JsonObject]]:
    if not view.lines:
        return {}

    def kept(statuses: tuple[str, ...], way: Way, shown: Callable[[str], bool]) -> list[JsonObject]:
        return [_flat(f, way(f), shown) for f in view.lines if status_of(f) in statuses]

    proposals = [_proposal(proposal) for proposal in view.proposals]
    return {
        "lines_before.geojson": kept(_BEFORE, geometry_of, lambda key: "_after" not in key),
        "lines_after.geojson": kept(_AFTER, way_after, lambda key: "_before" not in key),
        "proposals.geojson": [feature for feature in proposals if feature["geometry"] is not None],
    }


def _flat(feature: JsonObject, way: BaseGeometry | None, shown: Callable[[str], bool]) -> JsonObject:
    """A feature whose properties are plain values, one a slot: QGIS reads nested ones as text."""
    properties = _plain({k: v for k, v in as_object(feature.get("properties")).items() if shown(k)})
    return {"type": "Feature", "geometry": _described(way), "properties": properties}


def _plain(properties: JsonObject) -> dict[str, Any]:
    told: dict[str, Any] = {}
    for key, value in properties.items():
        if isinstance(value, dict):
            told |= {f"{key}_{inner}": plain for inner, plain in value.items()}
        elif not isinstance(value, list):
            told[key] = value
    return told


def _proposal(proposal: JsonObject) -> dict[str, Any]:
    properties = _plain({key: value for key, value in proposal.items() if key != "geometry"})
    return {"type": "Feature", "geometry": _described(geometry_of(proposal)), "properties": properties}


def _described(shape: BaseGeometry | None) -> Any:
    return None if shape is None else mapping(shape)


def _write_geojson(file: Path, features: list[JsonObject]) -> None:
    content = {"type": "FeatureCollection", "features": features}
    file.write_text(json.dumps(content, ensure_ascii=False, allow_nan=False) + "\n", encoding="utf-8")
