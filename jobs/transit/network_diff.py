"""What changed between two feeds, line by line: for the day of one type that runs most in each."""

from dataclasses import dataclass
from typing import Any

import numpy as np

from jobs.transit.feeds.calendars import choose_planning_day
from jobs.transit.feeds.feed import Feed
from jobs.transit.params import TransitParams
from jobs.transit.patterns import Pattern, Slots, departures_by_service, read_patterns, runs_on


@dataclass(frozen=True)
class Service:
    """One day of a feed: its lines by route_id."""

    feed: Feed
    day: str
    slots: Slots
    lines: dict[str, list[Pattern]]
    first_last_s: dict[str, tuple[float, float]]


def service_of(feed: Feed, params: TransitParams) -> Service:
    """Patterns of the planning day by route_id.

    Raises
    ------
    InputError
        No service of the day type.
    """
    by_service = departures_by_service(feed)
    day = choose_planning_day(feed.days, by_service, params.day_type, params.planning_date)
    runs, slots = runs_on(feed, day), Slots.of(params.slots)
    lines: dict[str, list[Pattern]] = {}
    for pattern in read_patterns(feed, runs, slots):
        lines.setdefault(feed.routes.ids[pattern.route], []).append(pattern)
    spans: dict[str, tuple[float, float]] = {}
    for run in runs:
        route = feed.routes.ids[int(feed.trips.route[run.trip])]
        if run.start_s.size:
            first, last = spans.get(route, (np.inf, -np.inf))
            spans[route] = (min(first, float(run.start_s.min())), max(last, float(run.start_s.max())))
    return Service(feed, feed.days.date_of(day).isoformat(), slots, lines, spans)


def network_diff(a: Feed, b: Feed, params: TransitParams) -> dict[str, Any]:
    """Lines added, removed and changed from feed `a` to feed `b`; unchanged ones are counted."""
    before, after = service_of(a, params), service_of(b, params)
    routes = list(dict.fromkeys([*before.lines, *after.lines]))
    entries = [_entry(before, after, route) for route in sorted(routes)]
    stops = _served_stops(before), _served_stops(after)
    changed = [entry["changes"] for entry in entries if entry["status"] == "changed"]
    moved = {s for c in changed for key in ("stops_added", "stops_removed") for s in c.get(key, ())}
    return {
        "day_type": params.day_type,
        "days": [before.day, after.day],
        "slots": {name: list(hours) for name, hours in params.slots.items()},
        "lines_added": [e for e in entries if e["status"] == "added"],
        "lines_removed": [e for e in entries if e["status"] == "removed"],
        "lines_changed": [e for e in entries if e["status"] == "changed"],
        "lines_unchanged": sum(e["status"] == "unchanged" for e in entries),
        "stops_added": sorted(stops[1] - stops[0]),
        "stops_removed": sorted(stops[0] - stops[1]),
        "stop_names": {
            stop: name
            for feed in (a, b)
            for stop, name in zip(feed.stops.ids, feed.stops.names, strict=True)
            if stop in moved
        },
        "trips": [_trips(before), _trips(after)],
    }


def _trips(service: Service) -> int:
    return round(sum(float(p.departures.sum()) for line in service.lines.values() for p in line))


def _served_stops(service: Service) -> set[str]:
    return {service.feed.stops.ids[s] for line in service.lines.values() for p in line for s in p.stops}


def _entry(before: Service, after: Service, route: str) -> dict[str, Any]:
    sides = [_facts(side, route) for side in (before, after)]
    a, b = sides
    entry: dict[str, Any] = {"route_id": route, "name": (b or a or {}).get("name", route)}
    if a is None or b is None:
        return entry | {"status": "added" if a is None else "removed", **_told(a or b or {})}
    changes = {
        key: [a[key], b[key]]
        for key in ("name", "headway_min", "trips", "first_departure", "last_departure", "patterns")
        if a[key] != b[key]
    }
    stops = {
        "stops_added": sorted(b["stops"] - a["stops"]),
        "stops_removed": sorted(a["stops"] - b["stops"]),
        "patterns_added": [list(p) for p in sorted(b["sequences"] - a["sequences"])],
        "patterns_removed": [list(p) for p in sorted(a["sequences"] - b["sequences"])],
    }
    changes |= {key: value for key, value in stops.items() if value}
    return (
        entry | {"status": "changed" if changes else "unchanged"} | ({"changes": changes} if changes else {})
    )


def _told(facts: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in facts.items() if key not in ("stops", "sequences", "name")} | {
        "stops": len(facts.get("stops", ()))
    }


def _facts(service: Service, route: str) -> dict[str, Any] | None:
    """What is compared of a line; None where it does not run."""
    patterns = service.lines.get(route)
    if not patterns:
        return None
    ids, feed = service.feed.stops.ids, service.feed
    sequences = {tuple(ids[s] for s in p.stops) for p in patterns}
    first, last = service.first_last_s[route]
    return {
        "name": feed.routes.names[patterns[0].route],
        "headway_min": _headways(service, patterns),
        "trips": round(sum(float(p.departures.sum()) for p in patterns)),
        "first_departure": clock(first),
        "last_departure": clock(last),
        "patterns": len(sequences),
        "stops": {stop for sequence in sequences for stop in sequence},
        "sequences": sequences,
    }


def _headways(service: Service, patterns: list[Pattern]) -> dict[str, float | None]:
    """Minutes between departures in the busier direction, None without service."""
    by_direction = np.zeros((2, len(service.slots.names)))
    for pattern in patterns:
        by_direction[pattern.direction] += pattern.departures
    busiest = by_direction.max(axis=0)
    return {
        name: round(float(minutes / n), 1) if n > 0 else None
        for name, minutes, n in zip(service.slots.names, service.slots.minutes, busiest, strict=True)
    }


def clock(seconds: float) -> str:
    """``HH:MM``."""
    return f"{int(seconds) // 3600:02d}:{int(seconds) // 60 % 60:02d}"
