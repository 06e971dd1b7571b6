"""Services on demand as GTFS-Flex: zones in locations.geojson, hubs as location groups, windows and booking rules.

GTFS Schedule reference, adopted 2024 (google/transit pull request 433): stop_times.txt with location_id or
location_group_id has start_ and end_pickup_drop_off_window and no times; pickup_type and drop_off_type are 2 (to be
booked) or 1 (none).
"""

import json
from typing import Any

import h3
import numpy as np
from shapely import set_precision
from shapely.geometry import Polygon, mapping
from shapely.ops import unary_union

from jobs.transit.changes import Change
from jobs.transit.feeds.draft import Draft, clock
from jobs.transit.feeds.flex_locations import LOCATIONS
from jobs.transit.lines import LineSet
from jobs.transit.on_demand import cells_of
from jobs.transit.scene import Scene

FLEX_COLUMNS = (
    "location_group_id",
    "location_id",
    "start_pickup_drop_off_window",
    "end_pickup_drop_off_window",
    "pickup_type",
    "drop_off_type",
    "pickup_booking_rule_id",
    "drop_off_booking_rule_id",
)
_BOOKED, _NONE = "2", "1"
_DEGREES = 1e-6


def zone_geometry(scene: Scene, zones: tuple[int, ...], resolution: int) -> dict[str, Any]:
    """GeoJSON polygon of zones: their H3 cells in one."""
    rings = [
        [(lon, lat) for lat, lon in h3.cell_to_boundary(c)] for c in cells_of(scene.zones, zones, resolution)
    ]
    joined = set_precision(
        unary_union([Polygon(ring).buffer(_DEGREES, join_style="mitre") for ring in rings]), _DEGREES
    )
    geometry: dict[str, Any] = json.loads(json.dumps(mapping(joined)))
    return geometry


def add_service_on_demand(draft: Draft, change: Change) -> None:
    """Write the service on demand that a change brings, if any."""
    for line in change.reshape.brings if change.reshape else ():
        if draft.lines.lines[line].on_demand:
            _add(draft, change, line)


def _add(draft: Draft, change: Change, line: int) -> None:
    entry, reshape = draft.lines.lines[line], change.reshape
    assert reshape is not None
    agency = draft.table("agency.txt").column("agency_id")
    draft.taken.add(entry.line_id)
    draft.rows["routes.txt"].append(
        {
            "route_id": entry.line_id,
            "agency_id": agency[0] if agency else "",
            "route_short_name": entry.name[:12],
            "route_long_name": entry.name,
            "route_type": "3",
        }
    )
    zone, hub, rule = (draft.new_id(f"{entry.line_id}_{part}") for part in ("zone", "hub", "booking"))
    _add_location(
        draft, zone, entry.name, zone_geometry(draft.scene, reshape.zones, draft.params.access_resolution)
    )
    draft.rows["location_groups.txt"].append(
        {"location_group_id": hub, "location_group_name": draft.scene.stops.names[reshape.at_stop]}
    )
    for stop in _stops_of_hub(draft, reshape.at_stop):
        draft.rows["location_group_stops.txt"].append({"location_group_id": hub, "stop_id": stop})
    notice = max(1, round(draft.params.on_demand.wait_min))
    draft.rows["booking_rules.txt"].append(
        {
            "booking_rule_id": rule,
            "booking_type": "1",
            "prior_notice_duration_min": str(notice),
            "message": f"Book at least {notice} minutes ahead",
        }
    )
    for start, end in spans(draft.lines, line, change):
        for name, ends in (("to_hub", (zone, hub)), ("from_hub", (hub, zone)), ("within", (zone, zone))):
            _add_trip(draft, entry.line_id, name, ends, zone, rule, (start, end))


def spans(lines: LineSet, line: int, change: Change) -> list[tuple[float, float]]:
    """Hours in which a service on demand runs, slots in a row joined."""
    reshape = change.reshape
    assert reshape is not None
    pieces = [e for e in reshape.pieces if e.pattern in lines.lines[line].patterns]
    runs = np.array(pieces[0].departures) > 0
    out: list[tuple[float, float]] = []
    for slot in np.argsort(lines.slots.start_h, kind="stable").tolist():
        if not runs[slot]:
            continue
        start, end = float(lines.slots.start_h[slot]), float(lines.slots.end_h[slot])
        if out and out[-1][1] == start:
            out[-1] = (out[-1][0], end)
        else:
            out.append((start, end))
    return out


def _stops_of_hub(draft: Draft, stop: int) -> list[str]:
    """The feed's stops at the place of a stop."""
    of_stop = draft.scene.clusters.of_stop
    if stop >= of_stop.size:
        return []
    return [draft.scene.feed.stops.ids[s] for s in np.flatnonzero(of_stop == of_stop[stop])]


def _add_trip(
    draft: Draft,
    route_id: str,
    name: str,
    ends: tuple[str, str],
    zone: str,
    rule: str,
    hours: tuple[float, float],
) -> None:
    trip_id = draft.new_id(f"{route_id}_{name}_{hours[0]:g}")
    draft.rows["trips.txt"].append(
        {"route_id": route_id, "service_id": draft.plan_service, "trip_id": trip_id}
    )
    for number, place in enumerate(ends):
        is_pickup = number == 0
        draft.rows["stop_times.txt"].append(
            {
                "trip_id": trip_id,
                "stop_sequence": str(number + 1),
                "location_id" if place == zone else "location_group_id": place,
                "start_pickup_drop_off_window": clock(hours[0] * 3600.0),
                "end_pickup_drop_off_window": clock(hours[1] * 3600.0),
                "pickup_type": _BOOKED if is_pickup else _NONE,
                "drop_off_type": _NONE if is_pickup else _BOOKED,
                "pickup_booking_rule_id" if is_pickup else "drop_off_booking_rule_id": rule,
            }
        )


def _add_location(draft: Draft, zone: str, name: str, geometry: dict[str, Any]) -> None:
    """One more feature; those of the feed stay as they are."""
    known = draft.other_files.get(LOCATIONS) or draft.scene.feed.files.get(LOCATIONS)
    content: dict[str, Any] = (
        json.loads(known.decode("utf-8-sig")) if known else {"type": "FeatureCollection", "features": []}
    )
    feature = {"type": "Feature", "id": zone, "properties": {"stop_name": name}, "geometry": geometry}
    content["features"] = [*content["features"], feature]
    draft.other_files[LOCATIONS] = (json.dumps(content, ensure_ascii=False, indent=1) + "\n").encode("utf-8")
