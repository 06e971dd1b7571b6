"""Zones with population, and their people spread over fine H3 cells."""

import json
from dataclasses import dataclass
from typing import Any

import h3.api.basic_int as h3
import numpy as np
import pyarrow as pa
import shapely
from numpy.typing import NDArray
from pydantic import Field

from jobs import tables
from jobs.engine.input_files import on_this_machine
from jobs.engine.locations import shown
from jobs.errors import InputError, MaillageError
from jobs.params import ExistingPath, Params


class ZoneParams(Params):
    """Areas with a known population, such as communes of a census."""

    path: ExistingPath = Field(description="shapefile, GeoPackage or GeoJSON")
    zone: str = Field("zone", description="column of the zone's identifier")
    name: str | None = Field(None, description="column of the zone's name, for people to read")
    population: str = Field("population", description="column of the number of persons")
    market_share: str | None = Field(
        None,
        description="column of the share of the zone's people who are subscribers (0 to 1; empty: not known): "
        "users then stand for one over it",
    )
    where: dict[str, str] = Field({}, description="keep only zones with these values: column to value")


@dataclass(frozen=True, eq=False)
class Zones:
    """Zones on the H3 grid.

    Attributes
    ----------
    names : identifier of each zone.
    shapes : polygons in degrees, WGS84.
    zone : int64[m], index of the zone of each fine H3 cell.
    h3 : int64[m], fine H3 cells, each in one zone.
    population : float64[m], persons; a zone's people are spread evenly over its fine cells.
    market_share : float64[zones], NaN where it is not known; None without the column.
    """

    names: list[str]
    shapes: NDArray[np.object_]
    zone: NDArray[np.int64]
    h3: NDArray[np.int64]
    population: NDArray[np.float64]
    market_share: NDArray[np.float64] | None = None

    def zone_of(self, lon: NDArray[np.float64], lat: NDArray[np.float64]) -> list[str | None]:
        """Identifier of the zone that holds each point, None outside all."""
        tree = shapely.STRtree(self.shapes)
        point, zone = tree.query(shapely.points(lon, lat), predicate="intersects")
        found: list[str | None] = [None] * len(lon)
        for p, z in zip(point[::-1].tolist(), zone[::-1].tolist(), strict=True):
            found[p] = self.names[z]
        return found

    def as_table(self) -> pa.Table:
        """Rows of the `zones` table."""
        names = np.array(self.names, object)[self.zone]
        table = pa.table({"zone": pa.array(names, pa.string()), "h3": self.h3, "population": self.population})
        if self.market_share is not None:
            share = pa.array(self.market_share[self.zone], from_pandas=True)
            table = table.append_column("market_share", share)
        return tables.ZONES.conform(table.sort_by([("zone", "ascending"), ("h3", "ascending")]))


def read_zones(params: ZoneParams, resolution: int) -> Zones:
    """Read zones and lay them on H3 cells of `resolution`.

    Raises
    ------
    InputError
        The file cannot be read, lacks a column, a zone has no area, or none is left after the filter.
    """
    names, shapes, population = check_zones(params)
    share = _market_share(params)
    zone, cells = _cells_of_zones(shapes, resolution)
    count = np.bincount(zone, minlength=len(names))
    return Zones(names, shapes, zone, cells, population[zone] / count[zone], share)


def _market_share(params: ZoneParams) -> NDArray[np.float64] | None:
    """Market share of each zone, None where no column of it is named.

    Raises
    ------
    InputError
        It is no number between 0 and 1.
    """
    if params.market_share is None:
        return None
    column = _read_file(params)[0][params.market_share]
    try:
        share = np.array([np.nan if value is None or value == "" else value for value in column], np.float64)
    except (TypeError, ValueError) as error:
        told = f"column {params.market_share!r} is not a number"
        raise InputError(told, shown(params.path), "mend it; leave it empty where it is not known") from error
    known = share[np.isfinite(share)]
    if not ((known > 0) & (known <= 1)).all():
        raise InputError(
            f"column {params.market_share!r} has values that are no shares, which are above 0 and at most 1",
            shown(params.path),
            "give shares, not percentages; leave it empty where it is not known",
        )
    return share


def check_zones(params: ZoneParams) -> tuple[list[str], NDArray[np.object_], NDArray[np.float64]]:
    """Identifier, shape and population of each zone, without laying them on the grid.

    Raises
    ------
    InputError
        As `read_zones` would.
    """
    fields, shapes = _read_file(params)
    if not len(shapes):
        raise InputError(f"no zone has {params.where}", shown(params.path), "check zones.where")
    population = _as_population(fields[params.population], params)
    names = [str(name) for name in fields[params.zone]]
    _check_areas(names, shapes, params)
    _check_degrees(shapes, params)
    return names, shapes, population


def _check_degrees(shapes: NDArray[np.object_], params: ZoneParams) -> None:
    """Refuse metres: a layer that names no system of coordinates is taken to be in degrees."""
    west, south, east, north = shapely.total_bounds(shapes)
    if not (-180 <= west <= east <= 180 and -90 <= south <= north <= 90):
        raise InputError(
            f"has coordinates that are not degrees: x {west:,.0f} to {east:,.0f}, y {south:,.0f} to {north:,.0f}",
            shown(params.path),
            "save the layer with its coordinate system, or in WGS84 (longitude, latitude)",
        )


def _check_areas(names: list[str], shapes: NDArray[np.object_], params: ZoneParams) -> None:
    without = [name for name, shape in zip(names, shapes, strict=True) if not shapely.area(shape) > 0]
    if without:
        raise InputError(
            f"{len(without):,} zones have no area: {', '.join(map(repr, without[:5]))}",
            shown(params.path),
            "give them polygons, or leave them out with zones.where",
        )


def outlines(params: ZoneParams, tolerance_deg: float = 0.0005) -> dict[str, Any]:
    """Zone outlines as a GeoJSON FeatureCollection, simplified to about 50 m for drawing."""
    fields, shapes = _read_file(params)
    names = fields[params.name or params.zone]
    features = [
        {
            "type": "Feature",
            "properties": {"zone": str(zone), "name": str(name)},
            "geometry": json.loads(shapely.to_geojson(shapely.simplify(shape, tolerance_deg))),
        }
        for zone, name, shape in zip(fields[params.zone], names, shapes, strict=True)
    ]
    return {"type": "FeatureCollection", "features": features}


def _read_file(params: ZoneParams) -> tuple[dict[str, NDArray[np.object_]], NDArray[np.object_]]:
    import pyogrio.raw

    try:
        with on_this_machine(params.path) as path:
            meta, _, geometry, values = pyogrio.raw.read(path, force_2d=True)
    except MaillageError:
        raise
    except Exception as error:  # pyogrio has one exception class for each driver
        raise InputError(
            f"cannot be read as a layer of zones: {error}", shown(params.path), "check zones.path"
        ) from error
    fields = dict(zip(meta["fields"].tolist(), values, strict=True))
    named = [params.name] if params.name else []
    named += [params.market_share] if params.market_share else []
    wanted = [params.zone, params.population, *named, *params.where]
    lacking = [c for c in wanted if c not in fields]
    if lacking:
        raise InputError(
            f"has no column {', '.join(map(repr, lacking))}; it has {', '.join(fields)}",
            shown(params.path),
            "check the columns that `zones` names",
        )
    keep = np.ones(len(geometry), bool)
    for column, value in params.where.items():
        keep &= np.array([str(v) == value for v in fields[column]])
    shapes = shapely.make_valid(shapely.from_wkb(geometry[keep]))
    return {name: column[keep] for name, column in fields.items()}, _to_degrees(shapes, meta["crs"])


def _to_degrees(shapes: NDArray[np.object_], crs: str | None) -> NDArray[np.object_]:
    """Bring shapes to WGS84; a layer that names no system is taken to be in degrees."""
    if crs in (None, "EPSG:4326", "OGC:CRS84"):
        return shapes
    from pyproj import Transformer

    transform = Transformer.from_crs(crs, "EPSG:4326", always_xy=True)
    return np.asarray(
        shapely.transform(shapes, lambda xy: np.column_stack(transform.transform(xy[:, 0], xy[:, 1])))
    )


def _as_population(column: NDArray[np.object_], params: ZoneParams) -> NDArray[np.float64]:
    try:
        population = np.asarray(column, np.float64)
    except (TypeError, ValueError) as error:
        raise InputError(
            f"column {params.population!r} is not a number", shown(params.path), "mend it"
        ) from error
    if not (population >= 0).all():
        raise InputError(
            f"column {params.population!r} has negative or missing values", shown(params.path), "mend it"
        )
    return population


def _cells_of_zones(
    shapes: NDArray[np.object_], resolution: int
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Fine H3 cells by centre; a zone too small to hold a centre gets the cell it lies in."""
    owner: dict[int, int] = {}
    zones, cells = [], []
    for zone, shape in enumerate(shapes):
        found = h3.h3shape_to_cells(h3.geo_to_h3shape(_polygons(shape)), resolution)
        mine = [cell for cell in sorted(found) if owner.setdefault(cell, zone) == zone]
        if not mine:
            centre = shapely.point_on_surface(shape)
            mine = [h3.latlng_to_cell(centre.y, centre.x, resolution)]
        zones += [zone] * len(mine)
        cells += mine
    return np.array(zones, np.int64), np.array(cells, np.int64)


def _polygons(shape: shapely.Geometry) -> shapely.Geometry:
    """Polygonal part of a shape: repairing may leave stray lines."""
    parts = [p for p in shapely.get_parts(shape) if p.geom_type in ("Polygon", "MultiPolygon")]
    return shapely.union_all(parts)
