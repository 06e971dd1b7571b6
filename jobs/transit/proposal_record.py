"""One proposal as it stands in proposals.json."""

from collections.abc import Sequence
from typing import Any

import numpy as np

from jobs.transit import wording
from jobs.transit.areas import areas
from jobs.transit.changes import Change, Kind
from jobs.transit.drawing import Drawer, main_pattern
from jobs.transit.evaluation import SlotResult
from jobs.transit.line_table import headways_by_slot, planned_headways
from jobs.transit.lines import LineSet
from jobs.transit.params import TransitParams
from jobs.transit.planner import Outcome
from jobs.transit.reshape_words import way_reason, way_title
from jobs.transit.scene import Scene
from jobs.transit.scorecard import Credited, boardings, line_cost, passengers, winners_losers
from jobs.transit.way_record import WayRecord

_MOST_AREAS = 12
"""H3 cells told of with each proposal, those that gain or lose most."""


def proposal_id(lines: LineSet, change: Change) -> str:
    """Kind and line: a line has one change at most."""
    return f"{change.kind}:{lines.lines[change.line].line_id}"


def proposal_record(
    scene: Scene,
    lines: LineSet,
    outcome: Outcome,
    entry: Credited,
    rank: int,
    drawer: Drawer,
    after: np.ndarray,
    params: TransitParams,
) -> dict[str, Any]:
    """What a change is, why, where, what it does to whom, and what it takes."""
    worth = entry.worth
    change, line = worth.change, worth.change.line
    today = lines.departures
    moved = list(change.all_lines)
    own = moved if change.reshape else [line]
    patterns = [p for i in moved for p in lines.lines[i].patterns]
    before_min = headways_by_slot(lines, line, today)
    after_min = planned_headways(lines, outcome.plan, line, after)
    board_before, board_after = (
        round(sum(boardings(lines, i, results) for i in own), 1)
        for results in (outcome.before, outcome.after)
    )
    wins, losses = winners_losers(scene, worth.without, outcome.after)
    used = (lines.vehicles(after)[moved].sum(axis=0).max(), lines.vehicles(today)[moved].sum(axis=0).max())
    hours = float((lines.vehicle_hours(after)[patterns] - lines.vehicle_hours(today)[patterns]).sum())
    km = float((lines.vehicle_km(after)[patterns] - lines.vehicle_km(today)[patterns]).sum())
    record: dict[str, Any] = {
        "id": proposal_id(lines, change),
        "rank": rank,
        "kind": str(change.kind),
        "fault": entry.fault,
        "confidence": outcome.confidence.get(change.mark, 0.0) if outcome.confidence else None,
    }
    if change.reshape:
        way = WayRecord(scene, lines, change, drawer, params)
        spans = wording.headway_spans(before_min, after_min)
        said = way.words(outcome, worth.saves_min, entry.funds_min, hours, spans)
        record |= {"title": way_title(said), "reason": way_reason(said)}
        record |= {
            "route_ids": way.route_ids,
            "geometry": way.geometry,
            "stops": way.stops,
            "way": way.as_json(),
        }
    else:
        headways = [
            (headways_by_slot(lines, i, today), planned_headways(lines, outcome.plan, i, after))
            for i in (line, change.runs)
        ]
        record |= _texts(lines, change, entry, (board_before, board_after), hours, headways)
        record |= {
            "geometry": {"type": "LineString", "coordinates": drawer.coordinates(lines, line)},
            "stops": [scene.stops.names[s] for s in lines.patterns[main_pattern(lines, line)].stops],
            "way": None,
        }
    gained, lost = _minutes(scene, worth.without, outcome.after)
    come, go = _riders(scene, worth.without, outcome.after)
    return record | {
        "headway_before_min": before_min,
        "headway_after_min": after_min,
        "vehicle_hours_delta": round(hours, 1),
        "vehicle_km_delta": round(km, 1),
        "vehicles_delta": int(used[0]) - int(used[1]),
        "money_delta": _money_delta(lines, change, today, after),
        "generalised_minutes_saved_per_day": round(worth.saves_min, 1),
        "minutes_gained_per_day": gained,
        "minutes_lost_per_day": lost,
        "funded_minutes_per_day": round(entry.funds_min, 1),
        "rank_minutes_per_day": round(entry.rank_min, 1),
        "boardings_before_per_day": board_before,
        "boardings_per_day": board_after,
        "passengers_gained_per_day": round(passengers(outcome.after) - passengers(worth.without), 1),
        "riders_gained_per_day": come,
        "riders_lost_per_day": go,
        "winners_share": wins,
        "losers_share": losses,
        "areas": areas(scene, worth.without, outcome.after, _MOST_AREAS),
    }


def _texts(
    lines: LineSet,
    change: Change,
    entry: Credited,
    boarded: tuple[float, float],
    hours: float,
    headways: Sequence[tuple[dict[str, float | None], dict[str, float | None]]],
) -> dict[str, Any]:
    """Title, reason and lines of a change that leaves ways as they are.

    Headways before and after are those of the line, and of the one that runs in its stead.
    """
    entry_line = lines.lines[change.line]
    keeps = lines.lines[change.keeps].name if change.keeps >= 0 else ""
    others = [lines.lines[change.keeps].line_id] if change.keeps >= 0 else []
    saves, funds = entry.worth.saves_min, entry.funds_min
    return {
        "title": wording.title(change, entry_line.name, keeps, *headways[0]),
        "reason": wording.reason(
            change, keeps, boarded, hours, saves, funds, wording.headway_spans(*headways[1])
        ),
        "route_ids": [entry_line.line_id, *others],
    }


def _minutes(scene: Scene, without: list[SlotResult], after: list[SlotResult]) -> tuple[float, float]:
    """Perceived minutes a day that trips gain, and that others lose."""
    change = [(t, a.cost - b.cost) for t, a, b in zip(scene.trips_by_slot, without, after, strict=True)]
    gained = sum(float(t @ np.maximum(saved, 0.0)) for t, saved in change)
    lost = sum(float(t @ np.maximum(-saved, 0.0)) for t, saved in change)
    return round(gained, 1), round(lost, 1)


def _riders(scene: Scene, without: list[SlotResult], after: list[SlotResult]) -> tuple[float, float]:
    """Trips a day that take to transit, and that leave it."""
    fallback, come, go = scene.demand.fallback, 0.0, 0.0
    for trips, a, b in zip(scene.trips_by_slot, without, after, strict=True):
        rode, rides = a.cost < fallback, b.cost < fallback
        come += float(trips[rides & ~rode].sum())
        go += float(trips[rode & ~rides].sum())
    return round(come, 1), round(go, 1)


def _money_delta(lines: LineSet, change: Change, today: np.ndarray, after: np.ndarray) -> float | None:
    """Money a day that a change's own lines cost more; None when no rate is known."""
    own = set(change.all_lines) if change.kind is not Kind.NEW_LINE else {change.line}
    costs = [[line_cost(lines, line, when, lines.fleet) for line in sorted(own)] for when in (today, after)]
    if any(cost is None for side in costs for cost in side):
        return None
    before_sum, after_sum = (sum(cost or 0.0 for cost in side) for side in costs)
    return round(after_sum - before_sum, 2)
