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

import pyarrow as pa

from benchmarks.recovery import ENOUGH, given_back_min, who_lost
from jobs.transit.candidate_lines import with_candidates
from jobs.transit.evaluation import total_min
from jobs.transit.feeds.feed import read_feed
from jobs.transit.lines import LineSet
from jobs.transit.options import mean_price
from jobs.transit.params import TransitParams
from jobs.transit.scene import Scene, read_scene
from jobs.world.harm import HEADWAY_MIN, Corridor, Harm


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
    all_lines = _with_candidates(scene, corridor)
    gone = all_lines.departures
    for line in all_lines.lines:
        if line.line_id in corridor.routes:
            gone[list(line.patterns)] = 0.0
    whole, without = (evaluator.day(all_lines, made) for made in (all_lines.departures, gone))
    lost = who_lost(whole, without)
    price = mean_price(lines, evaluator.day(lines, lines.departures))

    def tried(line: int) -> tuple[float, float]:
        """Minutes that one more line saves beyond its hours, and gives back to those who lost."""
        departures = gone.copy()
        departures[all_lines.main_patterns(line)] = all_lines.slots.minutes / HEADWAY_MIN
        after = evaluator.day(all_lines, departures)
        hours = float((all_lines.vehicle_hours(departures) - all_lines.vehicle_hours(gone)).sum())
        surplus = total_min(without) - total_min(after) - price * hours
        return surplus, given_back_min(evaluator, without, after, lost)

    number = next(i for i, line in enumerate(lines.lines) if line.line_id == corridor.route)
    surplus, own_share = tried(number)
    others = [tried(i) for i, line in enumerate(all_lines.lines) if line.is_new]
    other = max((value for value, share in others if share < ENOUGH * own_share), default=0.0)
    return StandingOut(corridor.route, surplus, max(other, 0.0))


def _with_candidates(scene: Scene, corridor: Corridor) -> LineSet:
    """All lines, and those new ones that the planner would look at without the corridor."""
    lines = scene.lines
    left = _without(lines, corridor.routes)
    before = scene.evaluator.day(left, left.departures)
    found = with_candidates(replace(scene, lines=left), before, TransitParams(), lambda _: None)
    new = [line for line in found.lines if line.is_new]
    order = [p for line in new for p in line.patterns]
    number = {p: len(lines.patterns) + i for i, p in enumerate(order)}
    return lines.with_lines(
        [replace(line, patterns=tuple(number[p] for p in line.patterns)) for line in new],
        [found.patterns[p] for p in order],
        [found.places[p] for p in order],
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
