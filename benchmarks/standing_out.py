"""Which line of a network to delete, so that a planner who knows all trips would bring it back first.

A line is missed because of the trips that only it serves, yet without it another new line may be better still, here
or elsewhere: then a planner that proposes that one is right, and says nothing about how well it sees. So of the
corridors that passengers miss most (`jobs/world/harm.py`) the one is deleted that is ahead most of the best other new
line in the network without it. Other lines are what the planner's own search finds from the true trips, if they give
the passengers of the corridor less than half of their time back. Both count at a bus every quarter of an hour, less
what their vehicle-hours would save on the network's lines.
"""

import json
from collections.abc import Collection
from dataclasses import asdict, dataclass, replace
from pathlib import Path

import numpy as np
import pyarrow as pa

from benchmarks.recovery import ENOUGH
from jobs.transit.candidate_lines import with_candidates
from jobs.transit.evaluation import SlotResult, total_min
from jobs.transit.feeds.feed import read_feed
from jobs.transit.lines import Line, LineSet
from jobs.transit.options import FELT_SHARE, mean_price
from jobs.transit.params import TransitParams
from jobs.transit.scene import Scene, read_scene
from jobs.world.harm import Corridor, Harm, main_patterns

_HEADWAY_MIN = 15.0


@dataclass(frozen=True)
class StandingOut:
    """A line to delete: minutes a day that it saves beyond its hours, and that the best other new line does."""

    route: str
    surplus_min: float
    other_min: float


def standing_out(feed: Path, od: pa.Table, kept: Path) -> StandingOut:
    """The line whose corridor is ahead most of other new lines; read from `kept` if it is there, else written to it.

    Raises
    ------
    InputError
        The feed cannot be read or does not serve the trips.
    ValueError
        It has no line.
    """
    if kept.exists():
        return StandingOut(**json.loads(kept.read_text("utf-8")))
    read = read_feed(feed)
    harm = Harm(feed, od, TransitParams())
    try:
        corridors = harm.corridors(sorted(harm.running))
    finally:
        harm.close()
    scene = read_scene(read, od, None, TransitParams())
    try:
        found = [_beside_others(scene, corridor) for corridor in corridors]
    finally:
        scene.evaluator.close()
    best = max(found, key=lambda one: one.surplus_min - one.other_min)
    kept.write_text(json.dumps(asdict(best)), "utf-8")
    return best


def _beside_others(scene: Scene, corridor: Corridor) -> StandingOut:
    lines, evaluator = scene.lines, scene.evaluator
    left = _without(lines, corridor.routes)
    whole, gone = evaluator.day(lines, lines.departures), evaluator.day(left, left.departures)
    lost = [b.cost > a.cost * (1.0 + FELT_SHARE) for a, b in zip(whole, gone, strict=True)]
    found = with_candidates(replace(scene, lines=left), gone, TransitParams(), lambda _: None)
    found = _with_own(found, lines, corridor.route)
    price, today = mean_price(left, gone), found.departures
    tried = []
    for line in found.lines:
        if line.is_new:
            departures = today.copy()
            departures[list(line.patterns)] = found.slots.minutes / _HEADWAY_MIN
            after = evaluator.day(found, departures)
            hours = float((found.vehicle_hours(departures) - found.vehicle_hours(today)).sum())
            surplus = total_min(gone) - total_min(after) - price * hours
            tried.append((surplus, _given_back(scene, gone, after, lost)))
    *others, (surplus, given_back) = tried
    other = max((value for value, back in others if back < ENOUGH * given_back), default=0.0)
    return StandingOut(corridor.route, surplus, max(other, 0.0))


def _with_own(left: LineSet, lines: LineSet, route: str) -> LineSet:
    """The lines that are left, and that of the corridor as a new one."""
    number = next(i for i, line in enumerate(lines.lines) if line.line_id == route)
    own, n = main_patterns(lines, number), len(left.patterns)
    idle = [replace(lines.patterns[p], departures=np.zeros(len(lines.slots.names))) for p in own]
    line = Line(route, route, tuple(range(n, n + len(own))), is_new=True)
    return left.with_lines([line], idle, [lines.places[p] for p in own])


def _given_back(
    scene: Scene, gone: list[SlotResult], after: list[SlotResult], lost: list[np.ndarray]
) -> float:
    trips = scene.evaluator.trips_by_slot
    return sum(
        float((made * (a.cost - b.cost))[who].sum())
        for made, a, b, who in zip(trips, gone, after, lost, strict=True)
    )


def _without(lines: LineSet, routes: Collection[str]) -> LineSet:
    """Without some lines and their patterns."""
    kept = [line for line in lines.lines if line.line_id not in routes]
    order = [p for line in kept for p in line.patterns]
    number = {p: i for i, p in enumerate(order)}
    return replace(
        lines,
        lines=tuple(replace(line, patterns=tuple(number[p] for p in line.patterns)) for line in kept),
        patterns=tuple(lines.patterns[p] for p in order),
        places=tuple(lines.places[p] for p in order),
    )
