"""A bus network that the planner has no quarrel with, to plant faults in.

Where the network of a simulated city has gaps of its own, a planner that closes the worst of them is right, and says
nothing about the fault that was planted beside it. So the network is first planned anew from the true demand, without
limits on losers, again and again; then every line runs as the demand along it is due (peak-load method, Ceder 1984, as
operators do). What is left to gain then is little, and what is planted stands out.
"""

import sys
from pathlib import Path

import numpy as np
import pyarrow as pa

from jobs.transit.candidate_lines import with_candidates
from jobs.transit.candidates import Candidates, rival_pairs
from jobs.transit.changes import Change, Kind
from jobs.transit.diagnosis import dues
from jobs.transit.evaluation import total_min
from jobs.transit.feeds.edited import edited_files
from jobs.transit.feeds.faults import Faults
from jobs.transit.feeds.feed import read_feed
from jobs.transit.lines import LineSet
from jobs.transit.network_score import coverage_of
from jobs.transit.params import Floors, NewLines, TransitParams
from jobs.transit.plan import write_zip
from jobs.transit.reshapes import with_reshapes
from jobs.transit.scene import Scene, read_scene
from jobs.transit.search import search_plan

_FREE = Floors(max_losers_share=1.0, max_zone_loss_min=60.0, max_coverage_loss=0.02)
_MOST_CHANGES = 40
_DESTINATIONS = 60


def sound_network(feed: Path, od: pa.Table, folder: Path, rounds: int) -> Path:
    """Plan a network anew `rounds` times from true demand, and set its headways; the feed that comes out.

    Vehicle-hours and vehicles stay about those of `feed`. `od` has cells of one resolution. What is in `folder` already
    is not made again.
    """
    for number in range(rounds):
        after = folder / f"round-{number + 1}.zip"
        if not after.exists():
            _planned_anew(feed, od, after, f"n{number + 1}_")
        feed = after
    after = folder / "sound.zip"
    if not after.exists():
        _as_due(feed, od, after)
    return after


def _planned_anew(feed: Path, od: pa.Table, after: Path, prefix: str) -> None:
    params = TransitParams(
        max_changes=_MOST_CHANGES,
        floors=_FREE,
        rounds=1,
        search_destinations=_DESTINATIONS,
        id_prefix=prefix,
    )
    scene = read_scene(read_feed(feed), od, None, params)
    try:
        before = scene.evaluator.day(scene.lines, scene.lines.departures)
        lines = with_candidates(scene, before, params, _tell)
        scene, lines, changes = with_reshapes(scene, lines, before, params, _tell)
        coverage = coverage_of(scene, params)
        candidates = Candidates([], changes, Faults(None, None), rival_pairs(lines), coverage)
        search = scene.evaluator.sampled(params.search_destinations)
        try:
            found = search_plan(search, lines, candidates, params, _tell)
        finally:
            search.close()
        _tell(f"{total_min(before):,.0f} perceived minutes a day before, {len(found.plan)} changes")
    finally:
        scene.evaluator.close()
    write_zip(after, edited_files(scene, lines, found.plan, params))


def _as_due(feed: Path, od: pa.Table, after: Path) -> None:
    params = TransitParams(new_lines=NewLines(candidates=0))
    scene = read_scene(read_feed(feed), od, None, params)
    try:
        plan = _due_headways(scene, scene.lines, params)
    finally:
        scene.evaluator.close()
    write_zip(after, edited_files(scene, scene.lines, plan, params))


def _due_headways(scene: Scene, lines: LineSet, params: TransitParams) -> dict[int, Change]:
    """For each line and slot the clock-face headway nearest to what is due."""
    found = dues(scene.evaluator, lines, lines.departures)
    levels = np.array(params.headways.levels)
    plan = {}
    for line, due, given in zip(found.lines, found.due, found.given, strict=True):
        slots = [slot for slot in range(due.size) if given[slot] > 0]
        wanted = [lines.slots.minutes[slot] / max(due[slot], 1e-9) for slot in slots]
        nearest = [float(levels[np.abs(np.log(levels / headway)).argmin()]) for headway in wanted]
        plan[line] = Change(line, Kind.HEADWAY, tuple(zip(slots, nearest, strict=True)))
    return plan


def _tell(text: str) -> None:
    sys.stderr.write(f"  {text}\n")
