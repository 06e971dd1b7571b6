"""Zones of the city: polygons with population, read from a file or invented; written as GeoJSON."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import h3.api.basic_int as h3
import numpy as np
import pyogrio.raw
import shapely
from numpy.typing import NDArray
from pyogrio.errors import DataSourceError

from jobs.errors import InputError
from jobs.world.params import ZoneFile


@dataclass(frozen=True)
class Zones:
    """Zones in order of their identifier."""

    ids: tuple[str, ...]
    names: tuple[str, ...]
    population: NDArray[np.float64]
    polygons: NDArray[np.object_]
    """shapely polygons or multipolygons, WGS84."""

    def write(self, path: Path) -> None:
        """Write as GeoJSON with the properties zone, name, population; coordinates to 1e-6 degrees."""
        features = [
            {
                "type": "Feature",
                "properties": {"zone": zone, "name": name, "population": float(persons)},
                "geometry": json.loads(shapely.to_geojson(shapely.transform(polygon, _rounded))),
            }
            for zone, name, persons, polygon in zip(
                self.ids, self.names, self.population, self.polygons, strict=True
            )
        ]
        path.write_text(json.dumps({"type": "FeatureCollection", "features": features}), encoding="utf-8")


def _rounded(points: NDArray[np.float64]) -> NDArray[np.float64]:
    return points.round(6)


def read_zones(source: ZoneFile) -> Zones:
    """Read zones; polygons are brought to WGS84, rows without population are left out.

    Raises
    ------
    InputError
        The file can't be read, a column is missing, no row passes the filter, or nobody lives there.
    """
    table = _read_layer(source)
    if source.filter_column is not None:
        wanted = np.array([str(v) == source.filter_value for v in table[source.filter_column]], bool)
        table = {name: column[wanted] for name, column in table.items()}
    ids = np.array([str(v) for v in table[source.zone]], dtype=object)
    population = table[source.population].astype(np.float64)
    kept = np.flatnonzero(np.nan_to_num(population) > 0)
    kept = kept[np.argsort(ids[kept], kind="stable")]
    if kept.size == 0:
        raise InputError(
            "no zone with population is left", source.path, "check the filter and the column names"
        )
    if np.unique(ids[kept]).size != kept.size:
        raise InputError(f"column {source.zone!r} repeats an identifier", source.path, "name a unique column")
    names = table[source.name or source.zone]
    return Zones(
        ids=tuple(ids[kept]),
        names=tuple(str(names[i]) for i in kept),
        population=population[kept],
        polygons=shapely.make_valid(table["geometry"][kept]),
    )


def _read_layer(source: ZoneFile) -> dict[str, NDArray[Any]]:
    wanted = {c for c in (source.zone, source.name, source.population, source.filter_column) if c}
    try:
        meta, _, geometry, columns = pyogrio.raw.read(source.path, columns=sorted(wanted))
    except (DataSourceError, OSError, ValueError) as error:
        raise InputError(
            f"can't read zones: {error}", source.path, "give a polygon file that GDAL reads"
        ) from error
    missing = wanted - set(meta["fields"])
    if missing:
        raise InputError(f"no column {sorted(missing)}", source.path, "set the column names of world.zones")
    table = dict(zip(meta["fields"], columns, strict=True))
    table["geometry"] = _to_wgs84(shapely.from_wkb(geometry), meta["crs"], source.path)
    return table


def _to_wgs84(polygons: NDArray[np.object_], crs: str | None, where: str) -> NDArray[np.object_]:
    if crs is None or crs in ("EPSG:4326", "OGC:CRS84"):
        return polygons
    raise InputError(
        f"zones are in {crs}, not in longitude and latitude",
        where,
        "convert: ogr2ogr -t_srs EPSG:4326 out.gpkg in",
    )


def hexagons_of(polygons: Sequence[Any], resolution: int) -> list[NDArray[np.int64]]:
    """H3 cells whose centre lies in each polygon, sorted; at least one each."""
    return [_hexagons(polygon, resolution) for polygon in polygons]


def _hexagons(polygon: Any, resolution: int) -> NDArray[np.int64]:
    cells: set[int] = set()
    for part in shapely.get_parts(polygon):
        if part.geom_type == "Polygon":
            cells.update(h3.h3shape_to_cells(h3.geo_to_h3shape(shapely.geometry.mapping(part)), resolution))
    if not cells:
        point = shapely.point_on_surface(polygon)
        cells.add(h3.latlng_to_cell(point.y, point.x, resolution))
    return np.array(sorted(cells), np.int64)
