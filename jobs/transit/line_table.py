"""The lines before and after a plan: one row each, as a table and on a map."""

import csv
import io
from typing import Any

import numpy as np

from jobs.transit.changes import Plan, timetable
from jobs.transit.drawing import Drawer, Way
from jobs.transit.lines import LineSet
from jobs.transit.params import TransitParams
from jobs.transit.planner import Outcome
from jobs.transit.scene import Scene
from jobs.transit.scorecard import boardings, fullest_load, status


def headways_by_slot(lines: LineSet, line: int, departures: np.ndarray) -> dict[str, float | None]:
    """Minutes between departures by slot, null without service or with one on demand."""
    if lines.lines[line].on_demand:
        return dict.fromkeys(lines.slots.names)
    headways = lines.headways(line, departures)
    return {
        n: round(float(h), 1) if np.isfinite(h) else None
        for n, h in zip(lines.slots.names, headways, strict=True)
    }


def planned_headways(
    lines: LineSet, plan: Plan, line: int, departures: np.ndarray
) -> dict[str, float | None]:
    """Headways of a plan: those proposed as they were chosen, others as they run."""
    out = headways_by_slot(lines, line, departures)
    for change in plan.values():
        for slot, headway in change.headways_of(line):
            out[lines.slots.names[slot]] = headway
    return out


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
        row: dict[str, Any] = {
            "route_id": line.line_id,
            "name": line.name,
            "status": status(outcome.plan, index),
        }
        row["headway_before_min"] = headways_by_slot(lines, index, today)
        row["headway_after_min"] = planned_headways(lines, outcome.plan, index, after)
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


def network_geojson(
    scene: Scene, lines: LineSet, outcome: Outcome, rows: list[dict[str, Any]]
) -> dict[str, Any]:
    """Every line with its service and use before and after; where its way changes, also that (`way_after`)."""
    drawer = Drawer(scene)
    features = [
        {
            "type": "Feature",
            "geometry": line_geometry(drawer, lines, row["line"]),
            "properties": {k: v for k, v in row.items() if k != "line"}
            | _way_after(drawer, lines, outcome.plan, row["line"]),
        }
        for row in rows
    ]
    return {"type": "FeatureCollection", "features": features}


def _way_after(drawer: Drawer, lines: LineSet, plan: Plan, line: int) -> dict[str, Any]:
    way = way_after(drawer, lines, plan, line)
    return {} if way is None else {"way_after": way}


def way_after(drawer: Drawer, lines: LineSet, plan: Plan, line: int) -> Way | None:
    """Coordinates of the line's busiest pattern in a plan that leads it another way, None if it does not."""
    change = plan.get(line)
    pieces = change.reshape.pieces if change and change.reshape else ()
    own = [e for e in pieces if e.pattern in lines.lines[line].patterns]
    if not own:
        return None
    main = max(own, key=lambda e: (sum(e.departures), len(e.at), -e.pattern))
    return drawer.pattern_way(lines, main.pattern)


def line_geometry(drawer: Drawer, lines: LineSet, line: int) -> dict[str, Any]:
    """The line's way today, or when it comes; spokes from the hub of a service on demand."""
    if not lines.lines[line].on_demand:
        return {"type": "LineString", "coordinates": drawer.coordinates(lines, line)}
    spokes = [
        drawer.pattern_way(lines, p) for p in lines.lines[line].patterns if not lines.patterns[p].direction
    ]
    return {"type": "MultiLineString", "coordinates": spokes}


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
