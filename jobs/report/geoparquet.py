"""GeoParquet 1.1.0: a Parquet table whose key-value metadata say which column holds geometries, and how.

Specification: OGC GeoParquet 1.1.0, section "Metadata". Without `crs` coordinates are longitude and latitude in
degrees on WGS84 (OGC:CRS84).
"""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
from shapely import get_type_id, is_empty, to_wkb, total_bounds
from shapely.geometry.base import BaseGeometry

GEOMETRY = "geometry"
_VERSION = "1.1.0"
_TYPES = {0: "Point", 1: "LineString", 3: "Polygon", 4: "MultiPoint", 5: "MultiLineString", 6: "MultiPolygon"}


def write_geoparquet(columns: pa.Table, geometries: Sequence[BaseGeometry | None], file: Path) -> None:
    """Write columns with their geometries (longitude, latitude) as little-endian ISO WKB; None becomes null."""
    drawn = np.array(geometries, dtype=object)
    table = columns.append_column(GEOMETRY, pa.array(to_wkb(drawn, flavor="iso", byte_order=1), pa.binary()))
    metadata = {**(table.schema.metadata or {}), b"geo": json.dumps(geo_metadata(geometries)).encode()}
    pq.write_table(table.replace_schema_metadata(metadata), file, compression="zstd")


def geo_metadata(geometries: Sequence[BaseGeometry | None]) -> dict[str, Any]:
    """Return the value of the key `geo`: encoding, the types that occur, and the box around all."""
    known = [shape for shape in geometries if shape is not None and not is_empty(shape)]
    column: dict[str, Any] = {
        "encoding": "WKB",
        "geometry_types": sorted({_TYPES[int(get_type_id(shape))] for shape in known}),
    }
    if known:
        column["bbox"] = [float(edge) for edge in total_bounds(np.array(known, dtype=object))]
    return {"version": _VERSION, "primary_column": GEOMETRY, "columns": {GEOMETRY: column}}
