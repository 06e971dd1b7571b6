"""Scorecard of a network as it is: what each line does for what it costs, and what the whole gives to whom."""

from typing import Any

import numpy as np

from jobs.transit.accessibility import accessibility
from jobs.transit.coverage import Coverage
from jobs.transit.evaluation import SlotResult
from jobs.transit.lines import LineSet
from jobs.transit.params import TransitParams
from jobs.transit.scene import Scene
from jobs.transit.scorecard import assumptions, boardings, fullest_load, line_cost, summary
from jobs.transit.twins import overlap_of

_USEFUL_HEADWAYS_MIN = (15, 30)
"""Headways at which people stop looking at the timetable, and at which a service is of use: TCQSM."""


def coverage_of(scene: Scene, params: TransitParams) -> Coverage:
    """Coverage by the residents and the walk of the parameters."""
    return Coverage(
        scene.zones,
        scene.clusters,
        scene.residents,
        params.floors.coverage_m,
        params.perceived.walk_detour,
        scene.doors,
    )


def equity(
    scene: Scene, lines: LineSet, departures: np.ndarray, coverage: Coverage, params: TransitParams
) -> dict[str, Any]:
    """Coverage and accessibility, as levels and as distributions."""
    slot = int(np.argmax(scene.trips_by_slot.sum(axis=1)))
    useful = {
        f"every_{minutes}_min": round(coverage.share_with_headway(lines, departures, slot, minutes), 4)
        for minutes in _USEFUL_HEADWAYS_MIN
    }
    access = accessibility(scene.evaluator, lines, departures, scene.zones, scene.residents, params.perceived)
    known = bool(np.isfinite(scene.zones.people).all())
    return {
        "people": "residents" if known else "trips by origin",
        "coverage_m": params.floors.coverage_m,
        "covered_share": round(coverage.share(lines, departures), 4),
        "covered_share_with_service": useful,
        "opportunities_in_reach": access.as_json(),
        "slot": lines.slots.names[slot],
    }


def network_score(scene: Scene, params: TransitParams) -> dict[str, Any]:
    """Totals, equity and one row a line of today's network."""
    lines, departures = scene.lines, scene.lines.departures
    results = scene.evaluator.day(lines, departures)
    coverage = coverage_of(scene, params)
    return {
        "planning_date": scene.feed.days.date_of(scene.day).isoformat(),
        "day_type": params.day_type,
        "slots": {
            name: [float(a), float(b)]
            for name, a, b in zip(lines.slots.names, lines.slots.start_h, lines.slots.end_h, strict=True)
        },
        "totals": summary(scene, lines, departures, results, params.fleet),
        "equity": equity(scene, lines, departures, coverage, params),
        "lines": [
            line_score(scene, line, departures, results, coverage, params) for line in range(len(lines.lines))
        ],
        "warnings": [warning.as_json() for warning in scene.feed.warnings],
        "assumptions": assumptions(params),
    }


def line_score(
    scene: Scene,
    line: int,
    departures: np.ndarray,
    results: list[SlotResult],
    coverage: Coverage,
    params: TransitParams,
) -> dict[str, Any]:
    """What one line carries, what it takes, what it repeats and what it alone gives."""
    lines, entry = scene.lines, scene.lines.lines[line]
    own = list(entry.patterns)
    hours = float(lines.vehicle_hours(departures)[own].sum())
    carried = boardings(lines, line, results)
    headways = lines.headways(line, departures)
    shared, other = overlap_of(lines, scene.clusters, line, params.duplicate_reach_m)
    return {
        "route_id": entry.line_id,
        "name": entry.name,
        "headway_min": {
            name: round(float(h), 1) if np.isfinite(h) else None
            for name, h in zip(lines.slots.names, headways, strict=True)
        },
        "boardings": carried,
        "vehicle_hours": round(hours, 2),
        "vehicle_km": round(float(lines.vehicle_km(departures)[own].sum()), 1),
        "vehicles": int(lines.vehicles(departures)[line].max()),
        "cost": line_cost(lines, line, departures, params.fleet),
        "boardings_per_vehicle_hour": round(carried / hours, 1) if hours > 0 else None,
        "max_load": fullest_load(lines, line, departures, results, params.fleet.vehicle_capacity),
        "overlap": round(shared, 3),
        "overlaps_with": lines.lines[other].line_id if shared > 0 else None,
        "covers_alone_share": round(coverage.alone(lines, departures, line), 5),
    }
