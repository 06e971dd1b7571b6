"""What the page is made of, and defensive readers for the loosely typed parts of it."""

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

import pyarrow as pa

from jobs.calendars.days import CalendarParams

JsonObject = Mapping[str, Any]


@dataclass(frozen=True)
class ReportContent:
    """Everything that the page shows. An optional part that is None is named as missing on the page.

    Parameters
    ----------
    title : name of the city or of the run.
    od : table `od` after disclosure control.
    presence : table `presence`, or None.
    zones_geojson : FeatureCollection of zone outlines (longitude, latitude), drawn as ground.
    cells : table `cells`; gives place names by its `zone` column where outlines are missing.
    proposals : contents of `proposals.json` of the transit stage.
    network : contents of `network.geojson`: every line before and after.
    stages : one object a stage: name, rows, seconds, status.
    provenance : `run_id` or `run`, `version`, `config_digest`, and `inputs`: each with `name`, `path` or
        `file`, `digest` or `sha256`, `rows` or `rows_in`, `accepted`, `duplicates`, `quarantined` (a count
        with `reasons`, or counts by reason).
    calendar : for local hours and types of days; without it hours are in UTC.
    disclosure : `k` or `min_users`; `flows_withheld` or `suppressed_pairs`; `trips_withheld` or
        `suppressed_trips`; `trips`: all that were observed.
    """

    title: str
    od: pa.Table
    presence: pa.Table | None = None
    zones_geojson: JsonObject | None = None
    cells: pa.Table | None = None
    proposals: JsonObject | None = None
    network: JsonObject | None = None
    stages: list[dict[str, Any]] = field(default_factory=list)
    provenance: JsonObject = field(default_factory=dict)
    disclosure: JsonObject = field(default_factory=dict)
    calendar: CalendarParams | None = None


def as_number(value: object) -> float | None:
    """Return a finite float, or None for anything that is not one (a missing key, null, NaN, a text)."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    return float(value) if math.isfinite(value) else None


def as_object(value: object) -> JsonObject:
    """Return `value` where it is a JSON object, else an empty one."""
    return value if isinstance(value, Mapping) else {}


def as_objects(value: object) -> list[JsonObject]:
    """Return the JSON objects of a list, else none."""
    return [v for v in value if isinstance(v, Mapping)] if isinstance(value, list | tuple) else []


def as_texts(value: object) -> list[str]:
    """Return the items of a list as texts, else none."""
    return [str(v) for v in value if v is not None] if isinstance(value, list | tuple) else []


def first_number(source: JsonObject, keys: Iterable[str]) -> float | None:
    """Return the number under the first of `keys` that holds one."""
    return next((n for n in (as_number(source.get(key)) for key in keys) if n is not None), None)


def line_features(network: JsonObject | None) -> list[JsonObject]:
    """Return the features of the network that have a drawable geometry or properties."""
    return as_objects(as_object(network).get("features"))


def ranked_proposals(proposals: JsonObject | None) -> list[JsonObject]:
    """Return the proposals in the order of their rank; one without rank goes last."""
    listed = as_objects(as_object(proposals).get("proposals"))
    return sorted(listed, key=lambda p: as_number(p.get("rank")) or math.inf)
