"""proposals.json: the plan, what it does, and what it takes."""

import json
from typing import Any

import numpy as np

from jobs.transit.areas import areas
from jobs.transit.changes import Kind, timetable
from jobs.transit.drawing import Drawer
from jobs.transit.floors import worst_zones
from jobs.transit.lines import LineSet
from jobs.transit.network_score import coverage_of, equity
from jobs.transit.params import TransitParams
from jobs.transit.planner import Outcome
from jobs.transit.proposal_record import proposal_record
from jobs.transit.scene import Scene
from jobs.transit.scorecard import assumptions, credited, summary, winners_losers
from jobs.transit.service_map import service_map
from jobs.transit.step_record import step_record

SCHEMA_VERSION = 2
"""1: new lines, headways, duplicates. 2: changes of way and zones on demand too."""


def proposals(scene: Scene, lines: LineSet, outcome: Outcome, params: TransitParams) -> dict[str, Any]:
    """Content of proposals.json."""
    today, after = lines.departures, timetable(lines, outcome.plan.values())
    drawer, coverage = Drawer(scene), coverage_of(scene, params)
    ranked = credited(outcome)
    wins, losses = winners_losers(scene, outcome.before, outcome.after)
    zones = worst_zones(scene.evaluator, outcome.before, outcome.after)
    return {
        "schema_version": SCHEMA_VERSION,
        "planning_date": scene.feed.days.date_of(scene.day).isoformat(),
        "day_type": params.day_type,
        "slots": {
            name: [float(start), float(end)]
            for name, start, end in zip(
                lines.slots.names, lines.slots.start_h, lines.slots.end_h, strict=True
            )
        },
        "assumptions": assumptions(params),
        "before": summary(scene, lines, today, outcome.before, params.fleet),
        "after": summary(scene, lines, after, outcome.after, params.fleet),
        "winners_share": wins,
        "losers_share": losses,
        "equity": {
            "before": equity(scene, lines, today, coverage, params),
            "after": equity(scene, lines, after, coverage, params),
        },
        "areas": areas(scene, outcome.before, outcome.after),
        "service": service_map(scene, outcome.before, outcome.after),
        "faults": _faults(lines, outcome),
        "budget_curve": [
            step_record(scene, lines, outcome.hours_before, step, drawer, params) for step in outcome.steps
        ],
        "resamples": params.resamples,
        "budget": {
            "vehicle_hours_before": round(outcome.hours_before, 1),
            "vehicle_hours_allowed": round(outcome.hours_allowed, 1),
            "vehicle_hours_after": round(outcome.hours_after, 1),
            "max_losers_share": params.floors.max_losers_share,
            "max_zone_loss_min": params.floors.max_zone_loss_min,
            "worst_zone_loss_min": round(max(zone.lost_min for zone in zones), 2),
        },
        "proposals": [
            proposal_record(scene, lines, outcome, entry, rank + 1, drawer, after, params)
            for rank, entry in enumerate(ranked)
        ],
    }


def _faults(lines: LineSet, outcome: Outcome) -> list[dict[str, Any]]:
    """What the diagnosis of today's lines found, mended or not."""
    out: list[dict[str, Any]] = []
    twin, starved = outcome.faults.twin, outcome.faults.starved
    if starved:
        due = {
            name: round(h, 1) if np.isfinite(h) else None
            for name, h in zip(lines.slots.names, starved.due_headway_min, strict=True)
        }
        out.append(
            {
                "fault": "under_served",
                "route_ids": [lines.lines[starved.line].line_id],
                "service_due_over_given": round(starved.ratio, 2),
                "headway_due_min": due,
            }
        )
    if twin:
        pair = [lines.lines[twin.line].line_id, lines.lines[twin.keeps].line_id]
        out.append({"fault": "duplicate", "route_ids": pair, "overlap": round(twin.overlap, 3)})
    return out


def proposals_geojson(content: dict[str, Any]) -> dict[str, Any]:
    """Proposals as map features, without the texts' nesting."""
    features = []
    for p in content["proposals"]:
        properties = {k: v for k, v in p.items() if k not in ("geometry", "title", "reason", "stops", "way")}
        properties |= {f"title_{lang}": text for lang, text in p["title"].items()}
        features.append({"type": "Feature", "geometry": p["geometry"], "properties": properties})
    return {"type": "FeatureCollection", "features": features}


def to_json(content: dict[str, Any]) -> str:
    """JSON text, the same bytes for the same content."""
    return json.dumps(content, ensure_ascii=False, indent=1, allow_nan=False) + "\n"


def counts(outcome: Outcome) -> dict[str, int]:
    """How many changes of each kind."""
    kinds = [change.kind for change in outcome.plan.values()]
    return {str(kind): kinds.count(kind) for kind in Kind}
