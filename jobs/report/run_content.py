"""What the run report is made of."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import pyarrow as pa

from jobs.calendars.days import CalendarParams
from jobs.report.content import JsonObject

_CONFIDENCE_EDGES = (0.0, 0.25, 0.5, 0.75, 0.9, 1.0)


@dataclass(frozen=True)
class RunContent:
    """What a run made of its records. Only figures about groups: no row, no identifier.

    Parameters
    ----------
    ingest : figures of the stage `ingest`: totals, `reasons`, `files`, `days`.
    od : figures of the stage `od`: flows and trips, published and withheld.
    presence : table `presence`; zones : table `zones`; zones_geojson : outlines.
    people : what `people_of` tells of the table `anchors`.
    accuracy : what `jobs.score.score` tells, where truth is known; else None.
    remarks : what stages had to say, by stage.
    """

    title: str
    ingest: JsonObject
    calendar: CalendarParams
    od: JsonObject = field(default_factory=dict)
    presence: pa.Table | None = None
    zones: pa.Table | None = None
    zones_geojson: JsonObject | None = None
    people: JsonObject = field(default_factory=dict)
    accuracy: JsonObject | None = None
    remarks: list[tuple[str, str]] = field(default_factory=list)
    stages: list[dict[str, Any]] = field(default_factory=list)
    provenance: JsonObject = field(default_factory=dict)


def people_of(anchors: Iterable[pa.Table], k: int) -> dict[str, Any]:
    """Counts of users by what is known of them; classes of fewer than `k` users are left out as null.

    Parameters
    ----------
    anchors : parts of the table `anchors`, each read when it is come to.
    """
    users, homes, works = 0, 0, 0
    confidence = np.zeros(len(_CONFIDENCE_EDGES) - 1, np.int64)
    active = np.zeros(0, np.int64)
    for part in anchors:
        has_home = part["home"].is_valid().to_numpy()
        users += part.num_rows
        homes += int(has_home.sum())
        works += part.num_rows - part["work"].null_count
        sure = part["home_confidence"].to_numpy()[has_home]
        confidence += np.histogram(sure, _CONFIDENCE_EDGES)[0]
        days = np.bincount(part["active_days"].to_numpy())
        active = np.pad(active, (0, max(days.size - active.size, 0)))
        active[: days.size] += days
    return {
        "users": _told(users, k),
        "homes": _told(homes, k),
        "works": _told(works, k),
        "home_confidence": [
            {"from": low, "to": high, "users": _told(int(count), k)}
            for low, high, count in zip(_CONFIDENCE_EDGES, _CONFIDENCE_EDGES[1:], confidence, strict=False)
        ],
        "active_days": [_told(int(count), k) for count in active],
    }


def _told(count: int, k: int) -> int | None:
    return count if count >= k else None
