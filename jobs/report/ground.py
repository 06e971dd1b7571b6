"""Places: the frame of the map, zone outlines as ground, hexagon rings and the names of H3 cells."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

import h3
import numpy as np
import pyarrow as pa
from numpy.typing import NDArray
from shapely import STRtree, box, force_2d, get_coordinates, make_valid, points, simplify
from shapely.errors import ShapelyError
from shapely.geometry import mapping, shape
from shapely.geometry.base import BaseGeometry

from jobs.report.content import JsonObject, as_object, as_objects, line_features

Frame = tuple[float, float, float, float]
"""West, south, east, north in degrees."""

_NAME_KEYS = ("name", "NAME", "zone_name", "nom", "NOM", "CCRCA", "label", "zone", "id")
_TAIL = 0.01
_MARGIN = 0.08
_AROUND = 0.6
_STEPS_ACROSS = 1500
_FIVE_METRES = 5e-5
_WORLD: Frame = (-30.0, -30.0, 30.0, 30.0)


@dataclass(frozen=True)
class Zone:
    """One outline of the ground, already clipped and simplified."""

    name: str
    outline: BaseGeometry


def hexagon_ring(cell: int) -> list[tuple[float, float]]:
    """Corners of an H3 cell as (longitude, latitude), rounded to about one metre."""
    corners = h3.cell_to_boundary(h3.int_to_str(int(cell)))
    return [(round(lon, 5), round(lat, 5)) for lat, lon in corners]


def centres(cells: NDArray[np.int64]) -> NDArray[np.float64]:
    """Centre of each H3 cell: (n, 2), longitude and latitude in degrees."""
    found = [h3.cell_to_latlng(h3.int_to_str(int(cell)))[::-1] for cell in cells]
    return np.array(found, dtype=np.float64).reshape(len(cells), 2)


def frame_of(where: NDArray[np.float64], weight: NDArray[np.float64], network: JsonObject | None) -> Frame:
    """Frame the lines, or the demand where there are none; the outermost per cent of each side may lie outside.

    Calls are made all over a country, and one line may leave the city: neither should make the city a dot.
    """
    lines = [get_coordinates(line) for line in _geometries(line_features(network))]
    if lines:
        places = np.concatenate(lines)
        weight = np.ones(len(places))
    else:
        places = where
    if not len(places) or weight.sum() <= 0:
        return _WORLD
    (west, east), (south, north) = (_quantiles(places[:, axis], weight) for axis in (0, 1))
    pad = _MARGIN * max(east - west, north - south, 0.01)
    return float(west - pad), float(south - pad), float(east + pad), float(north + pad)


def _quantiles(values: NDArray[np.float64], weight: NDArray[np.float64]) -> NDArray[np.float64]:
    order = np.argsort(values, kind="stable")
    below = np.cumsum(weight[order]) / weight.sum()
    ends = np.searchsorted(below, [_TAIL, 1 - _TAIL])
    return values[order][np.minimum(ends, len(values) - 1)]


def _geometries(features: Iterable[JsonObject]) -> Iterator[BaseGeometry]:
    for feature in features:
        outline = geometry_of(feature)
        if outline is not None:
            yield outline


def geometry_of(feature: JsonObject) -> BaseGeometry | None:
    """Read the geometry of a GeoJSON feature in two dimensions; None where there is none to draw."""
    described = as_object(feature.get("geometry"))
    if not described.get("coordinates"):
        return None
    try:
        return force_2d(shape(described))
    except (ShapelyError, ValueError, TypeError, IndexError, AttributeError):
        return None


def ground_zones(zones: JsonObject | None, frame: Frame) -> list[Zone]:
    """Clip zone outlines to the frame's surroundings and drop detail that no screen shows."""
    around, step = _surroundings(frame), (frame[2] - frame[0]) / _STEPS_ACROSS
    found = []
    for feature in as_objects(as_object(zones).get("features")):
        outline = geometry_of(feature)
        if outline is None or not outline.intersects(around):
            continue
        kept = simplify(make_valid(outline).intersection(around), step)
        if not kept.is_empty:
            found.append(Zone(_zone_name(feature), kept))
    return found


def _surroundings(frame: Frame) -> BaseGeometry:
    west, south, east, north = frame
    pad = _AROUND * max(east - west, north - south)
    return box(west - pad, south - pad, east + pad, north + pad)


def _zone_name(feature: JsonObject) -> str:
    properties = as_object(feature.get("properties"))
    named = [properties[key] for key in _NAME_KEYS if properties.get(key) not in (None, "")]
    others = [value for value in properties.values() if isinstance(value, str) and value]
    return str((named + others + [""])[0])


def zone_names(zones: JsonObject | None) -> dict[str, str]:
    """Name of each zone by its identifier, where outlines tell both."""
    features = as_objects(as_object(zones).get("features"))
    return {str(as_object(f.get("properties")).get("zone")): _zone_name(f) for f in features}


def place_names(
    cells: NDArray[np.int64],
    where: NDArray[np.float64],
    zones: list[Zone],
    radio_cells: pa.Table | None,
    named: Mapping[str, str],
) -> list[str]:
    """Name H3 cells by the zone around their centre, else by that of a radio cell inside, else by index.

    `named` gives the names of zones that radio cells tell by identifier. Several H3 cells of one zone are
    told apart by the last digits of their H3 index.
    """
    by_outline = _zone_of(where, zones)
    by_site = {cell: named.get(zone, zone) for cell, zone in _zone_of_sites(radio_cells).items()}
    return [_place(int(c), by_outline.get(i) or by_site.get(int(c), "")) for i, c in enumerate(cells)]


def _place(cell: int, zone: str) -> str:
    index = h3.int_to_str(cell).rstrip("f")
    return f"{zone} · {index[-4:]}" if zone else index


def _zone_of(where: NDArray[np.float64], zones: list[Zone]) -> dict[int, str]:
    if not zones or not len(where):
        return {}
    tree = STRtree([zone.outline for zone in zones])
    hits = tree.query(points(where), predicate="intersects")
    return {int(i): zones[int(z)].name for i, z in reversed(list(hits.T))}


def _zone_of_sites(radio_cells: pa.Table | None) -> dict[int, str]:
    if radio_cells is None or not {"h3", "zone"} <= set(radio_cells.column_names):
        return {}
    rows = zip(radio_cells["h3"].to_pylist(), radio_cells["zone"].to_pylist(), strict=True)
    return {int(cell): str(zone) for cell, zone in rows if cell is not None and zone}


def polygons(outline: BaseGeometry) -> list[list[list[list[float]]]]:
    """Return each polygon in `outline` as its outer and inner rings, rounded to about one metre."""
    found: list[list[list[list[float]]]] = []
    for part in getattr(outline, "geoms", [outline]):
        if part.geom_type == "Polygon":
            found.append([np.round(ring, 5).tolist() for ring in mapping(part)["coordinates"]])
        elif hasattr(part, "geoms"):
            found += polygons(part)
    return found


def paths(outline: BaseGeometry | None) -> list[list[list[float]]]:
    """Return the paths of lines, and the outer rings of areas, rounded to about one metre."""
    found: list[list[list[float]]] = []
    for part in getattr(outline, "geoms", [outline]) if outline is not None else []:
        line = part.exterior if part.geom_type == "Polygon" else part
        if line.geom_type in ("LineString", "LinearRing"):
            found.append(np.round(get_coordinates(simplify(line, _FIVE_METRES)), 5).tolist())
    return found


def way_after(feature: JsonObject) -> BaseGeometry | None:
    """Read the way of a line after the plan: another than its geometry only where the plan leads it elsewhere."""
    way = as_object(feature.get("properties")).get("way_after")
    if not isinstance(way, list):
        return geometry_of(feature)
    return geometry_of({"geometry": {"type": "LineString", "coordinates": way}})
