"""The content as the page's script reads it: one JSON text, gzip and base64 inside the page."""

import base64
import gzip
import json
from typing import Any

import h3
import numpy as np

from jobs.report.cards import proposal_anchors
from jobs.report.content import JsonObject, as_number, as_object
from jobs.report.demand import WHOLE_DAY
from jobs.report.ground import geometry_of, hexagon_ring, paths, polygons
from jobs.report.palette import FLOW, RAMP, STATUS_COLOURS, demand_breaks
from jobs.report.scorecard import line_name
from jobs.report.svgmap import status_of
from jobs.report.view import View
from jobs.report.words import Both, slot_name

_FLOWS_KEPT = 2000
_BOX_MARGIN_DEG = 0.002


def packed(content: bytes) -> str:
    """Compress and write as base64; the same bytes give the same text."""
    return base64.b64encode(gzip.compress(content, compresslevel=9, mtime=0)).decode("ascii")


def payload(view: View) -> bytes:
    """Write what the map and the switches need."""
    described = {
        "frame": [round(edge, 5) for edge in view.frame],
        "cells": _cells(view),
        "demand": _demand(view),
        "slotNames": _names((WHOLE_DAY, *view.demand.slots)),
        "zones": [{"name": zone.name, "polygons": polygons(zone.outline)} for zone in view.zones],
        "lines": [_line(feature) for feature in view.lines],
        "proposals": _proposals(view),
        "colours": {"ramp": RAMP, "flow": FLOW, "status": STATUS_COLOURS},
    }
    return json.dumps(described, ensure_ascii=False, separators=(",", ":"), sort_keys=True).encode()


def _names(names: tuple[str, ...]) -> dict[str, Any]:
    return {name: slot_name(name)._asdict() for name in names}


def _cells(view: View) -> dict[str, Any]:
    return {
        "h3": [h3.int_to_str(int(cell)) for cell in view.demand.h3],
        "centre": np.round(view.where, 5).tolist(),
        "place": view.places,
        "ring": [hexagon_ring(int(cell)) for cell in view.demand.h3],
    }


def _demand(view: View) -> dict[str, Any]:
    demand = view.demand
    found: dict[str, Any] = {}
    for day_type in demand.day_types:
        pooled = [demand.by_h3(day_type, slot) for slot in demand.slots]
        by_slot = demand_breaks(np.concatenate(pooled))
        whole_day = demand_breaks(demand.by_h3(day_type))
        found[day_type] = {WHOLE_DAY: _part(view, day_type, WHOLE_DAY, whole_day)}
        found[day_type] |= {slot: _part(view, day_type, slot, by_slot) for slot in demand.slots}
    return found


def _part(view: View, day_type: str, slot: str, breaks: list[float]) -> dict[str, Any]:
    """Demand of one day type and slot; `pairs` and `total` count all flows, kept or not."""
    flows = view.demand.flows(day_type, slot)
    kept = flows.top(_FLOWS_KEPT)
    return {
        "byCell": np.round(view.demand.by_h3(day_type, slot), 1).tolist(),
        "breaks": breaks,
        "from": kept.origin.tolist(),
        "to": kept.destination.tolist(),
        "trips": np.round(kept.trips, 1).tolist(),
        "pairs": len(flows),
        "total": round(float(flows.trips.sum()), 1),
    }


def _line(feature: JsonObject) -> dict[str, Any]:
    properties = as_object(feature.get("properties"))
    return {
        "name": _both(line_name(properties)),
        "status": status_of(feature),
        "paths": paths(geometry_of(feature)),
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
        found.append(
            {
                "place": str(place),
                "paths": paths(line),
                "box": None if line is None or line.is_empty else _box(line.bounds),
                "anchor": anchors.get(str(place)),
            }
        )
    return found


def _box(bounds: tuple[float, float, float, float]) -> list[float]:
    west, south, east, north = bounds
    pad = _BOX_MARGIN_DEG
    return [round(v, 5) for v in (west - pad, south - pad, east + pad, north + pad)]
