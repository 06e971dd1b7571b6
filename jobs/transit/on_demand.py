"""Areas whose line costs too much a boarding, to be served on demand: from doors to a hub and back."""

from dataclasses import dataclass

import h3
import numpy as np

from jobs.transit.changes import Change, Kind, Piece, timetable
from jobs.transit.feeds.flex_service import departures_of, feeders, sized
from jobs.transit.places import Zones
from jobs.transit.scorecard import money
from jobs.transit.survey import Survey
from jobs.transit.terminals import End, Tail, cut_short, ends_of, is_protected, tails_of
from jobs.transit.workshop import Workshop


@dataclass(frozen=True)
class Area:
    """Zones that would be served on demand, and the fixed service that ends there."""

    line: int
    tail: Tail | None
    """None: the whole line ends."""
    hub: int
    """Place where vehicles meet other lines."""
    zones: tuple[int, ...]
    users: float
    excess_hours: float
    """Vehicle-hours a day beyond the threshold."""


def areas_for_demand(survey: Survey) -> list[Area]:
    """Of each line the whole of it, or its longest tail, that costs more a boarding than the threshold."""
    found = [
        area
        for line in survey.may_change()
        if survey.params.reshapes.drt_zone and (area := _whole(survey, line) or _longest_tail(survey, line))
    ]
    found = sorted((a for a in found if _is_fit(survey, a)), key=lambda a: (-a.excess_hours, a.line))
    return found[: survey.params.reshapes.drt_zone]


def _excess(survey: Survey, hours: float, km: float, users: float) -> float:
    """Vehicle-hours above what so many users may cost."""
    params = survey.params
    cost = money(params.fleet, hours, km, 0) if params.on_demand.cost_per_boarding else None
    if cost:
        return hours * (1.0 - users * params.on_demand.cost_per_boarding / cost)
    return hours - users * params.on_demand.vehicle_hours_per_boarding


def _whole(survey: Survey, line: int) -> Area | None:
    lines, today = survey.lines, survey.lines.departures
    own = list(lines.running(line))
    if any({int(lines.places[p][0]), int(lines.places[p][-1])} & survey.protected for p in own):
        return None
    users = float(sum(survey.use[p].ons.sum() for p in own))
    hours, km = (float(of(today)[own].sum()) for of in (lines.vehicle_hours, lines.vehicle_km))
    excess = _excess(survey, hours, km, users)
    gone = {int(c) for p in own for c in lines.places[p]}
    service = _departures_of_others(survey, line)
    hub = max(sorted(gone), key=lambda c: service[c])
    if excess <= 0 or service[hub] == 0:
        return None
    return Area(line, None, hub, _zones_left(survey, gone, service > 0), users, excess)


def _longest_tail(survey: Survey, line: int) -> Area | None:
    lines = survey.lines
    best: Area | None = None
    for end in ends_of(survey, line):
        if is_protected(survey, end):
            continue
        for tail in tails_of(survey, end):
            km = sum(_tail_km(survey, end, tail, p) for p, _, _ in tail.kept)
            excess = _excess(survey, tail.hours, km, tail.users)
            if excess <= 0 or (best and excess <= best.excess_hours):
                continue
            stays = _departures_of_others(survey, line) > 0
            gone: set[int] = set()
            for p in lines.running(line):
                kept = next((slice(a, b + 1) for q, a, b in tail.kept if q == p), slice(None))
                stays[lines.places[p][kept]] = True
                gone |= {int(c) for c in lines.places[p]}
            gone -= set(np.flatnonzero(stays).tolist())
            best = Area(line, tail, tail.place, _zones_left(survey, gone, stays), tail.users, excess)
    return best


def _tail_km(survey: Survey, end: End, tail: Tail, pattern: int) -> float:
    """Vehicle-kilometres a day beyond a tail's first stop."""
    places = survey.lines.places[pattern]
    first, last = next((a, b) for p, a, b in tail.kept if p == pattern)
    gone = places[last:] if pattern in end.out else places[: first + 1]
    metres = float(np.hypot(*np.diff(survey.scene.clusters.xy[gone], axis=0).T).sum())
    return metres / 1000.0 * float(survey.lines.patterns[pattern].departures.sum())


def _departures_of_others(survey: Survey, line: int) -> np.ndarray:
    """(clusters,) departures a day of other lines at each place."""
    out = np.zeros(survey.scene.clusters.count)
    own = set(survey.lines.lines[line].patterns)
    for p, pattern in enumerate(survey.lines.patterns):
        if p not in own:
            np.add.at(out, survey.lines.places[p], pattern.departures.sum())
    return out


def _zones_left(survey: Survey, gone: set[int], stays: np.ndarray) -> tuple[int, ...]:
    """Zones in reach of places that lose their line and of none that keeps one."""
    access = survey.scene.evaluator.access
    zone_of = np.repeat(np.arange(access.first.size - 1), np.diff(access.first))
    loses = np.isin(access.stop, sorted(gone))
    kept = set(zone_of[stays[access.stop]].tolist())
    return tuple(sorted(set(zone_of[loses].tolist()) - kept))


def zone_cells(survey: Survey, zones: tuple[int, ...]) -> list[str]:
    """H3 cells of zones."""
    return cells_of(survey.scene.zones, zones, survey.params.access_resolution)


def cells_of(all_zones: Zones, zones: tuple[int, ...], resolution: int) -> list[str]:
    """The H3 cell of each zone: the cell of the OD matrix, or the part of it that the zone is."""
    out = []
    for zone in zones:
        cell = h3.int_to_str(int(all_zones.h3_cells[zone]))
        if h3.get_resolution(cell) < resolution:
            lat, lon = float(all_zones.points.lat[zone]), float(all_zones.points.lon[zone])
            cell = h3.latlng_to_cell(lat, lon, resolution)
        out.append(cell)
    return out


def _is_fit(survey: Survey, area: Area) -> bool:
    """Whether people are left to be served, on no more ground and no more often than vehicles on demand can."""
    limits, slots = survey.params.on_demand, survey.lines.slots
    if not area.zones:
        return False
    km2 = sum(h3.cell_area(cell, unit="km^2") for cell in zone_cells(survey, area.zones))
    trips = survey.scene.trips_by_slot.sum(axis=1)
    busiest = float((trips / np.maximum(trips.sum(), 1e-9) / (slots.minutes / 60.0)).max())
    return km2 <= limits.max_area_km2 and area.users * busiest <= limits.max_trips_per_hour


def demand_zones(shop: Workshop, areas: list[Area]) -> list[tuple[float, Change]]:
    """The change for each area, with as many vehicles as the trips ask that the assignment sees."""
    return [(area.excess_hours, _with_vehicles(shop, area)) for area in areas]


def _with_vehicles(shop: Workshop, area: Area) -> Change:
    survey = shop.survey
    entry = survey.lines.lines[area.line]
    line = shop.new_line(area.line, "drt", f"{entry.name} DRT", on_demand=True)
    feeders = _feeders(shop, area, line)
    ends = list(survey.lines.running(area.line))
    kept: tuple[Piece, ...] = ()
    if area.tail is not None:
        short = cut_short(shop, area.tail).reshape
        assert short is not None
        ends, kept = list(short.ends), short.pieces
    change = shop.change(
        Kind.DRT_ZONE, area.line, ends, (*kept, *feeders), area.hub, brings=(line,), zones=area.zones
    )
    _size_fleet(shop, change, feeders)
    return change


def _feeders(shop: Workshop, area: Area, line: int) -> list[Piece]:
    """Door to hub and hub to door, for each zone, in the slots that the line runs in today."""
    survey, limits = shop.survey, shop.survey.params.on_demand
    slots, door = survey.lines.slots, dict(shop.scene.doors)
    runs = np.isfinite(survey.lines.headways(area.line, survey.lines.departures))
    share = survey.params.perceived.wait_share_of_headway
    departures = departures_of(np.where(runs, slots.minutes, 0.0), limits.wait_min, share)
    none = np.zeros_like(departures)
    doors = [door[zone] for zone in area.zones]
    patterns, places = feeders(-1, doors, area.hub, none, shop.scene.clusters, limits)
    return [
        Piece(shop.keep(pattern, way, line), tuple(departures.tolist()))
        for pattern, way in zip(patterns, places, strict=True)
    ]


def _size_fleet(shop: Workshop, change: Change, pieces: list[Piece]) -> None:
    """Vehicles of each slot from the trips that the assignment puts on the service, and what they drive."""
    lines, own = shop.finished(), [piece.pattern for piece in pieces]
    departures = timetable(lines, [change])
    known = sized(shop.scene.evaluator, lines, own, departures, shop.survey.params.on_demand)
    first = len(shop.lines.patterns)
    for p in own:
        shop.patterns[p - first] = known[p]
