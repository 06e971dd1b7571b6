"""proposals.json: the plan, what it does, and what it takes."""

import json
from typing import Any

import numpy as np

from jobs.transit import wording
from jobs.transit.areas import areas
from jobs.transit.budget_curve import BudgetStep
from jobs.transit.changes import Change, Kind, timetable
from jobs.transit.drawing import Drawer, main_pattern
from jobs.transit.line_table import headways_by_slot, planned_headways
from jobs.transit.lines import LineSet
from jobs.transit.network_score import coverage_of, equity
from jobs.transit.params import Fleet, TransitParams
from jobs.transit.planner import Outcome
from jobs.transit.scene import Scene
from jobs.transit.scorecard import (
    Credited,
    assumptions,
    boardings,
    credited,
    line_cost,
    money,
    passengers,
    summary,
    winners_losers,
)
from jobs.transit.service_map import service_map

SCHEMA_VERSION = 1
_MOST_AREAS = 12
"""H3 cells told of with each proposal, those that gain or lose most."""


def proposals(scene: Scene, lines: LineSet, outcome: Outcome, params: TransitParams) -> dict[str, Any]:
    """Content of proposals.json."""
    today, after = lines.departures, timetable(lines, outcome.plan.values())
    drawer, coverage = Drawer(scene), coverage_of(scene, params)
    ranked = credited(outcome)
    wins, losses = winners_losers(scene, outcome.before, outcome.after)
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
        "budget_curve": [_budget_step(lines, outcome, step, params.fleet, drawer) for step in outcome.steps],
        "resamples": params.resamples,
        "budget": {
            "vehicle_hours_before": round(outcome.hours_before, 1),
            "vehicle_hours_allowed": round(outcome.hours_allowed, 1),
            "vehicle_hours_after": round(outcome.hours_after, 1),
            "max_losers_share": params.floors.max_losers_share,
        },
        "proposals": [
            _proposal(scene, lines, outcome, entry, rank + 1, drawer, after)
            for rank, entry in enumerate(ranked)
        ],
    }


def _proposal(
    scene: Scene,
    lines: LineSet,
    outcome: Outcome,
    entry: Credited,
    rank: int,
    drawer: Drawer,
    after: np.ndarray,
) -> dict[str, Any]:
    worth = entry.worth
    change, line = worth.change, worth.change.line
    today = lines.departures
    before_min, after_min = (
        headways_by_slot(lines, line, today),
        planned_headways(lines, outcome, line, after),
    )
    keeps = lines.lines[change.keeps].name if change.keeps >= 0 else ""
    board_before, board_after = (boardings(lines, line, r) for r in (outcome.before, outcome.after))
    own = list(lines.lines[line].patterns)
    wins, losses = winners_losers(scene, worth.without, outcome.after)
    vehicles = int(lines.vehicles(after)[line].max()) - int(lines.vehicles(today)[line].max())
    hours = float((lines.vehicle_hours(after)[own] - lines.vehicle_hours(today)[own]).sum())
    km = float((lines.vehicle_km(after)[own] - lines.vehicle_km(today)[own]).sum())
    pattern = lines.patterns[main_pattern(lines, line)]
    return {
        "id": f"{change.kind}:{lines.lines[line].line_id}",
        "rank": rank,
        "kind": str(change.kind),
        "fault": entry.fault,
        "confidence": outcome.confidence.get((line, change.kind), 0.0) if outcome.confidence else None,
        "title": wording.title(change, lines.lines[line].name, keeps, before_min, after_min),
        "reason": wording.reason(
            change,
            keeps,
            board_after,
            board_before,
            hours,
            worth.saves_min,
            entry.funds_min,
            before_min,
            after_min,
        ),
        "route_ids": [lines.lines[line].line_id]
        + ([lines.lines[change.keeps].line_id] if change.keeps >= 0 else []),
        "geometry": {"type": "LineString", "coordinates": drawer.coordinates(lines, line)},
        "stops": [scene.stops.names[s] for s in pattern.stops],
        "headway_before_min": before_min,
        "headway_after_min": after_min,
        "vehicle_hours_delta": round(hours, 1),
        "vehicle_km_delta": round(km, 1),
        "vehicles_delta": vehicles,
        "money_delta": _money_delta(lines, change, today, after),
        "generalised_minutes_saved_per_day": round(worth.saves_min, 1),
        "funded_minutes_per_day": round(entry.funds_min, 1),
        "rank_minutes_per_day": round(entry.rank_min, 1),
        "boardings_before_per_day": board_before,
        "boardings_per_day": board_after,
        "passengers_gained_per_day": round(passengers(outcome.after) - passengers(worth.without), 1),
        "winners_share": wins,
        "losers_share": losses,
        "areas": areas(scene, worth.without, outcome.after, _MOST_AREAS),
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


def _budget_step(
    lines: LineSet, outcome: Outcome, step: BudgetStep, fleet: Fleet, drawer: Drawer
) -> dict[str, Any]:
    """One step of the budget curve."""
    departures = timetable(lines, step.plan.values())
    km = float(lines.vehicle_km(departures).sum())
    changes = [_step_change(lines, line, change, drawer) for line, change in sorted(step.plan.items())]
    return {
        "vehicle_hours_change": step.share,
        "vehicle_hours_allowed": round(outcome.hours_before * (1.0 + step.share), 1),
        "vehicle_hours": round(step.hours, 1),
        "vehicle_km": round(km, 1),
        "peak_vehicles": step.vehicles,
        "money": money(fleet, step.hours, km, step.vehicles),
        "generalised_minutes_saved_per_day": round(step.saves_min, 1),
        "keeps_floors": step.keeps_floors,
        "changes": changes,
    }


def _step_change(lines: LineSet, line: int, change: Change, drawer: Drawer) -> dict[str, Any]:
    """A change of a budget step; a new line is drawn, because the plan's network need not have it."""
    told: dict[str, Any] = {
        "id": f"{change.kind}:{lines.lines[line].line_id}",
        "name": lines.lines[line].name,
        "headway_min": {lines.slots.names[slot]: headway for slot, headway in change.headway_min},
    }
    if change.kind is Kind.NEW_LINE:
        told["geometry"] = {"type": "LineString", "coordinates": drawer.coordinates(lines, line)}
    return told


def _money_delta(lines: LineSet, change: Change, today: np.ndarray, after: np.ndarray) -> float | None:
    """Money a day that a change's own lines cost more; None when no rate is known."""
    own = {change.line, change.runs}
    costs = [[line_cost(lines, line, when, lines.fleet) for line in own] for when in (today, after)]
    if any(cost is None for side in costs for cost in side):
        return None
    before_sum, after_sum = (sum(cost or 0.0 for cost in side) for side in costs)
    return round(after_sum - before_sum, 2)


def proposals_geojson(content: dict[str, Any]) -> dict[str, Any]:
    """Proposals as map features, without the texts' nesting."""
    features = []
    for p in content["proposals"]:
        properties = {k: v for k, v in p.items() if k not in ("geometry", "title", "reason", "stops")}
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
