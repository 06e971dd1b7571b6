"""The content as the page's script reads it: one JSON text, gzip and base64 inside the page."""

import base64
import gzip
import json
from typing import Any

import h3
import numpy as np
from numpy.typing import NDArray

from jobs.report.budget import step_changes
from jobs.report.cards import proposal_anchors
from jobs.report.clusters import Level, levels_of
from jobs.report.content import JsonObject, as_number, as_object, as_objects
from jobs.report.demand import WHOLE_DAY, Demand
from jobs.report.ground import geometry_of, hexagon_ring, paths, polygons, way_after
from jobs.report.measures import Measure, gains
from jobs.report.palette import CHANGE_RAMP, FLOW, RAMP, STATUS_COLOURS, change_breaks, demand_breaks
from jobs.report.scorecard import line_name
from jobs.report.svgmap import status_of
from jobs.report.view import View
from jobs.report.words import Both, slot_name

_FLOWS_KEPT = 250_000
"""Flows on the page, all day types and slots together: about 1.5 MB."""
_FLOWS_KEPT_OF_GROUPS = 1500
_INTERVALS_KEPT = 500
_BOX_MARGIN_DEG = 0.002


def packed(content: bytes) -> str:
    """Compress and write as base64; the same bytes give the same text."""
    return base64.b64encode(gzip.compress(content, compresslevel=9, mtime=0)).decode("ascii")


def payload(view: View) -> bytes:
    """Write what the map and the switches need."""
    weight = view.demand.by_h3(view.day_type) if view.day_type else np.zeros(0)
    levels = levels_of(view.demand, view.where, weight)
    described = {
        "frame": [round(edge, 5) for edge in view.frame],
        "cells": _cells(view),
        "groups": [_group(view, level) for level in levels],
        "demand": _demand(view, levels),
        "measures": {measure.name: _measure(measure) for measure in view.measures},
        "slotNames": _names((WHOLE_DAY, *view.demand.slots)),
        "zones": [{"name": zone.name, "polygons": polygons(zone.outline)} for zone in view.zones],
        "lines": [_line(feature) for feature in view.lines],
        "proposals": _proposals(view),
        "budget": [_step(step) for step in as_objects(view.plan.get("budget_curve"))],
        "colours": {"ramp": RAMP, "change": CHANGE_RAMP, "flow": FLOW, "status": STATUS_COLOURS},
    }
    return json.dumps(described, ensure_ascii=False, separators=(",", ":"), sort_keys=True).encode()


def _names(names: tuple[str, ...]) -> dict[str, Any]:
    return {name: slot_name(name)._asdict() for name in names}


def _cells(view: View) -> dict[str, Any]:
    finest = max((h3.get_resolution(h3.int_to_str(int(cell))) for cell in view.demand.h3), default=8)
    return {
        "edgeM": _edge_m(finest),
        "h3": [h3.int_to_str(int(cell)) for cell in view.demand.h3],
        "centre": np.round(view.where, 5).tolist(),
        "place": view.places,
        "ring": [hexagon_ring(int(cell)) for cell in view.demand.h3],
    }


def _edge_m(resolution: int) -> int:
    return round(float(h3.average_hexagon_edge_length(resolution, unit="m")))


def _group(view: View, level: Level) -> dict[str, Any]:
    """Groups of one level: the edge of their H3 cells, the group of each cell, and where and what they are."""
    return {
        "edgeM": _edge_m(level.resolution),
        "of": level.group.tolist(),
        "centre": np.round(level.where, 5).tolist(),
        "place": [view.places[int(cell)] for cell in level.chief],
    }


def _demand(view: View, levels: list[Level]) -> dict[str, Any]:
    demand = view.demand
    kept = _FLOWS_KEPT // max(len(demand.day_types) * (len(demand.slots) + 1), 1)
    found: dict[str, Any] = {}
    for day_type in demand.day_types:
        pooled = [demand.by_h3(day_type, slot) for slot in demand.slots]
        by_slot = demand_breaks(np.concatenate(pooled))
        whole_day = demand_breaks(demand.by_h3(day_type))
        found[day_type] = {
            slot: {
                "byCell": _rounded(demand.by_h3(day_type, slot)),
                "breaks": whole_day if slot == WHOLE_DAY else by_slot,
                **_flows(demand, day_type, slot, kept),
                "groups": [_flows(level.demand, day_type, slot, _FLOWS_KEPT_OF_GROUPS) for level in levels],
            }
            for slot in (WHOLE_DAY, *demand.slots)
        }
    return found


def _flows(demand: Demand, day_type: str, slot: str, most: int) -> dict[str, Any]:
    """Flows of one day type and slot, largest first; `pairs` and `total` count all of them, kept or not."""
    flows = demand.flows(day_type, slot)
    kept = flows.top(most)
    told = {
        "from": kept.origin.tolist(),
        "to": kept.destination.tolist(),
        "trips": _rounded(kept.trips),
        "pairs": len(flows),
        "total": round(float(flows.trips.sum()), 1),
    }
    if np.isfinite(kept.low).any():
        told["low"], told["high"] = (_rounded(b[:_INTERVALS_KEPT]) for b in (kept.low, kept.high))
    return told


def _rounded(values: NDArray[np.float64]) -> list[float | None]:
    """Tenths, null for what is not known; whole numbers without their ``.0``, which is a third of the text."""
    tenths = np.round(values, 1).tolist()
    return [None if v != v else int(v) if v == int(v) else v for v in tenths]


def _measure(measure: Measure) -> dict[str, Any]:
    return {
        "unit": _both(measure.unit),
        "ramp": measure.ramp,
        "breaks": measure.breaks,
        "values": {f"{when}|{slot}": _rounded(values) for (when, slot), values in measure.values.items()},
    }


def _line(feature: JsonObject) -> dict[str, Any]:
    properties = as_object(feature.get("properties"))
    return {
        "id": str(properties.get("route_id", "")),
        "name": _both(line_name(properties)),
        "status": status_of(feature),
        "paths": paths(geometry_of(feature)),
        "pathsAfter": paths(way_after(feature)) if properties.get("way_after") else None,
        "headwayBefore": _by_slot(properties.get("headway_before_min")),
        "headwayAfter": _by_slot(properties.get("headway_after_min")),
        "boardingsBefore": as_number(properties.get("boardings_before")),
        "boardingsAfter": as_number(properties.get("boardings_after")),
    }


def _both(text: Both) -> dict[str, str]:
    return text._asdict()


def _by_slot(headways: object) -> dict[str, float | None]:
    return {str(slot): as_number(minutes) for slot, minutes in as_object(headways).items()}


def _proposals(view: View) -> list[dict[str, Any]]:
    anchors = {place: [lon, lat] for place, lon, lat in proposal_anchors(view)}
    found = []
    for place, proposal in enumerate(view.proposals, start=1):
        line = geometry_of(proposal)
        change = gains(as_objects(proposal.get("areas")), view.demand.h3)
        found.append(
            {
                "place": str(place),
                "paths": paths(line),
                "box": None if line is None or line.is_empty else _box(line.bounds),
                "anchor": anchors.get(str(place)),
                "change": {str(i): round(float(change[i]), 2) for i in np.flatnonzero(np.isfinite(change))},
                "breaks": change_breaks(change),
            }
        )
    return found


def _box(bounds: tuple[float, float, float, float]) -> list[float]:
    west, south, east, north = bounds
    pad = _BOX_MARGIN_DEG
    return [round(v, 5) for v in (west - pad, south - pad, east + pad, north + pad)]


def _step(step: JsonObject) -> dict[str, Any]:
    """What happens to lines at one budget, by route; ways of those that are new or led elsewhere."""
    lines = [line for change in step_changes(step) for line in change.lines]
    return {
        "lines": {
            line.route: {
                "name": line.name,
                "status": line.status,
                "headways": line.headway_min,
                "paths": None if line.way is None else paths(line.way),
            }
            for line in lines
        }
    }
