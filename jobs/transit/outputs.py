"""The files that a plan leaves: proposals, network before and after, line table."""

import csv
import io
import json
from typing import Any

import numpy as np

from jobs.transit import wording
from jobs.transit.changes import Kind, timetable
from jobs.transit.csvtext import read_table
from jobs.transit.lines import LineSet
from jobs.transit.params import TransitParams
from jobs.transit.planner import Outcome
from jobs.transit.scene import Scene
from jobs.transit.scorecard import (
    Credited,
    assumptions,
    boardings,
    credited,
    fullest_load,
    status,
    summary,
    winners_losers,
)
from jobs.transit.shapes import read_shapes

SCHEMA_VERSION = 1


class Drawer:
    """Geometry of lines: the feed's shapes where it has them, else straight from stop to stop."""

    def __init__(self, scene: Scene) -> None:
        self._scene = scene
        self._shapes = _read_shapes(scene)

    def coordinates(self, lines: LineSet, line: int) -> list[list[float]]:
        """Longitude and latitude along the busiest pattern."""
        pattern = lines.patterns[main_pattern(lines, line)]
        shapes = {self._scene.feed.trips.shape[t] for t in pattern.trips[:1]}
        for shape in shapes & self._shapes.keys():
            return self._shapes[shape]
        stops = self._scene.stops
        return [[_degree(stops.lon[s]), _degree(stops.lat[s])] for s in pattern.stops]


def _degree(value: float) -> float:
    return round(float(value), 6)


def _read_shapes(scene: Scene) -> dict[str, list[list[float]]]:
    wanted = {scene.feed.trips.shape[t] for p in scene.lines.patterns for t in p.trips[:1]}
    shapes = read_shapes(read_table(scene.feed.files, "shapes.txt"), wanted)
    return {name: [[_degree(lon), _degree(lat)] for lon, lat in way] for name, way in shapes.items()}


def main_pattern(lines: LineSet, line: int) -> int:
    """The pattern with most departures today, the way there if both run alike."""
    return max(lines.lines[line].patterns, key=lambda p: (lines.patterns[p].departures.sum(), -p))


def _by_slot(lines: LineSet, line: int, departures: np.ndarray) -> dict[str, float | None]:
    """Minutes between departures by slot, null without service."""
    headways = lines.headways(line, departures)
    return {
        n: round(float(h), 1) if np.isfinite(h) else None
        for n, h in zip(lines.slots.names, headways, strict=True)
    }


def _planned(lines: LineSet, outcome: Outcome, line: int, departures: np.ndarray) -> dict[str, float | None]:
    """Headways of the plan: those proposed as they were chosen, others as they run."""
    out = _by_slot(lines, line, departures)
    for change in outcome.plan.values():
        for slot, headway in change.headways_of(line):
            out[lines.slots.names[slot]] = headway
    return out


def proposals(scene: Scene, lines: LineSet, outcome: Outcome, params: TransitParams) -> dict[str, Any]:
    """Content of proposals.json."""
    today, after = lines.departures, timetable(lines, outcome.plan.values())
    drawer = Drawer(scene)
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
        "budget": {
            "vehicle_hours_before": round(outcome.hours_before, 1),
            "vehicle_hours_allowed": round(outcome.hours_allowed, 1),
            "vehicle_hours_after": round(outcome.hours_after, 1),
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
    before_min, after_min = _by_slot(lines, line, today), _planned(lines, outcome, line, after)
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
        "confidence": outcome.confidence.get((line, change.kind)),
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
        "generalised_minutes_saved_per_day": round(worth.saves_min, 1),
        "funded_minutes_per_day": round(entry.funds_min, 1),
        "rank_minutes_per_day": round(entry.rank_min, 1),
        "boardings_before_per_day": board_before,
        "boardings_per_day": board_after,
        "winners_share": wins,
        "losers_share": losses,
    }


def proposals_geojson(content: dict[str, Any]) -> dict[str, Any]:
    """Proposals as map features, without the texts' nesting."""
    features = []
    for p in content["proposals"]:
        properties = {k: v for k, v in p.items() if k not in ("geometry", "title", "reason", "stops")}
        properties |= {f"title_{lang}": text for lang, text in p["title"].items()}
        features.append({"type": "Feature", "geometry": p["geometry"], "properties": properties})
    return {"type": "FeatureCollection", "features": features}


def line_rows(scene: Scene, lines: LineSet, outcome: Outcome, params: TransitParams) -> list[dict[str, Any]]:
    """One row a line that runs before or after."""
    today, after = lines.departures, timetable(lines, outcome.plan.values())
    vehicles = {"before": lines.vehicles(today), "after": lines.vehicles(after)}
    hours = {"before": lines.vehicle_hours(today), "after": lines.vehicle_hours(after)}
    rows = []
    for index, line in enumerate(lines.lines):
        own = list(line.patterns)
        if not today[own].any() and not after[own].any():
            continue
        row: dict[str, Any] = {"route_id": line.line_id, "name": line.name, "status": status(outcome, index)}
        row["headway_before_min"] = _by_slot(lines, index, today)
        row["headway_after_min"] = _planned(lines, outcome, index, after)
        for when, results in (("before", outcome.before), ("after", outcome.after)):
            departures = today if when == "before" else after
            row[f"vehicles_{when}"] = int(vehicles[when][index].max())
            row[f"vehicle_hours_{when}"] = round(float(hours[when][own].sum()), 2)
            row[f"boardings_{when}"] = boardings(lines, index, results)
            row[f"load_{when}"] = fullest_load(
                lines, index, departures, results, params.fleet.vehicle_capacity
            )
        rows.append(row | {"line": index})
    return rows


def network_geojson(scene: Scene, lines: LineSet, rows: list[dict[str, Any]]) -> dict[str, Any]:
    """Every line, before and after, with its service and use."""
    drawer = Drawer(scene)
    features = [
        {
            "type": "Feature",
            "geometry": {"type": "LineString", "coordinates": drawer.coordinates(lines, row["line"])},
            "properties": {k: v for k, v in row.items() if k != "line"},
        }
        for row in rows
    ]
    return {"type": "FeatureCollection", "features": features}


def lines_csv(rows: list[dict[str, Any]], slots: tuple[str, ...]) -> str:
    """Line table with one column a slot for headways."""
    out = io.StringIO()
    flat = [_flat(row, slots) for row in rows]
    writer = csv.DictWriter(out, list(flat[0]) if flat else ["route_id"], lineterminator="\n")
    writer.writeheader()
    writer.writerows(flat)
    return out.getvalue()


def _flat(row: dict[str, Any], slots: tuple[str, ...]) -> dict[str, Any]:
    out: dict[str, Any] = {k: row[k] for k in ("route_id", "name", "status")}
    for when in ("before", "after"):
        for slot in slots:
            value = row[f"headway_{when}_min"][slot]
            out[f"headway_{when}_{slot}_min"] = "" if value is None else value
    skipped = ("headway_before_min", "headway_after_min", "line")
    return out | {k: v for k, v in row.items() if k not in skipped and k not in out}


def to_json(content: dict[str, Any]) -> str:
    """JSON text, the same bytes for the same content."""
    return json.dumps(content, ensure_ascii=False, indent=1, allow_nan=False) + "\n"


def counts(outcome: Outcome) -> dict[str, int]:
    """How many changes of each kind."""
    kinds = [change.kind for change in outcome.plan.values()]
    return {str(kind): kinds.count(kind) for kind in Kind}
