"""Zones near Dakar, drawn as boxes in GeoJSON."""

import json
from pathlib import Path
from typing import Any

from jobs.ground.zones import ZoneParams, Zones, read_zones

WEST, EAST = (-17.50, 14.70, -17.46, 14.74), (-17.46, 14.70, -17.42, 14.74)
"""Two neighbours of about 4 km: west, south, east and north in degrees."""


def box(bounds: tuple[float, float, float, float]) -> list[list[list[float]]]:
    west, south, east, north = bounds
    return [[[west, south], [east, south], [east, north], [west, north], [west, south]]]


def feature(name: Any, population: Any, bounds: Any = WEST, **more: Any) -> dict[str, Any]:
    geometry = (
        bounds
        if bounds is None or isinstance(bounds, dict)
        else {"type": "Polygon", "coordinates": box(bounds)}
    )
    return {
        "type": "Feature",
        "properties": {"zone": name, "population": population, **more},
        "geometry": geometry,
    }


def zone_file(folder: Path, *features: dict[str, Any]) -> ZoneParams:
    path = folder / "zones.geojson"
    path.write_text(json.dumps({"type": "FeatureCollection", "features": list(features)}))
    return ZoneParams(path=str(path))


def zones(folder: Path, *features: dict[str, Any], resolution: int = 9) -> Zones:
    return read_zones(zone_file(folder, *features), resolution)
