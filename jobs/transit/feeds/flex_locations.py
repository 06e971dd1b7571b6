"""Zones of services on demand: locations.geojson of GTFS-Flex."""

import json
from collections.abc import Mapping
from typing import Any

from shapely.errors import ShapelyError
from shapely.geometry import shape
from shapely.geometry.base import BaseGeometry

from jobs.transit.findings import Findings

LOCATIONS = "locations.geojson"


def locations(files: Mapping[str, bytes]) -> dict[str, BaseGeometry]:
    """Zones of locations.geojson by id.

    Raises
    ------
    ValueError
        It is no FeatureCollection of polygons.
    """
    if LOCATIONS not in files:
        return {}
    try:
        content: dict[str, Any] = json.loads(files[LOCATIONS].decode("utf-8-sig"))
        return {_id_of(feature): shape(feature["geometry"]) for feature in content["features"]}
    except (ValueError, KeyError, TypeError, AttributeError, ShapelyError) as error:
        raise ValueError(f"is no FeatureCollection of polygons with ids ({error})") from error


def _id_of(feature: Mapping[str, Any]) -> str:
    """Feature ids; drafts of GTFS-Flex had them among the properties."""
    return str(feature["id"] if "id" in feature else feature["properties"]["id"])


def note_locations(files: Mapping[str, bytes], findings: Findings) -> None:
    """Warn about zones that cannot be read: their services stay in the feed, but are not planned with."""
    try:
        locations(files)
    except ValueError as error:
        findings.add(
            LOCATIONS,
            "unreadable_locations",
            f"{error}; its services on demand are left out of the plan",
            "give a FeatureCollection of polygons, each with an id",
            is_error=False,
        )
