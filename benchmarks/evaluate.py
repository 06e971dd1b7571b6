"""How long `transit evaluate` takes on a made network: before and after a change, in process and as the command.

    python -m benchmarks.evaluate [--pairs 1000000] [--folder work/evaluate] [--json work/evaluate/evaluate.json]

The network has 2,000 stops, 100 lines, 3,000 zones and 4 slots (`benchmarks/made_city.py`). Two changes are assigned: a
line runs twice as often, and a line is added. Ends with exit code 1 if the assignments before and after take more
than a minute of processor time, if a change saves nobody time, or if the command tells other totals than the
assignment in process. Whether the assignment is right is a matter of tests: `tests/kernels/test_assignment.py`
holds it against a linear program.
"""

import argparse
import json
import resource
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from benchmarks.made_city import SLOT_SHARES, City, Line, lines_of, write_demand, write_feed
from jobs.calendars.days import DEFAULT_SLOTS
from jobs.transit.evaluation import total_min
from jobs.transit.feeds.feed import read_feed
from jobs.transit.params import TransitParams
from jobs.transit.scene import Scene, read_scene
from jobs.transit.what_if import WhatIf

_ROOT = Path(__file__).resolve().parent.parent
_LONGEST_S = 60.0
_SAME = 1e-3
_STOPS_OF_NEW_LINE = 40
_CHANGED = "L3"
_TODAY, _OFTEN = "assign today's lines", "assign with a line twice as often"
_TODAY_TOLD, _OFTEN_TOLD = "command, today's feed", "command, feed with a line twice as often"
_PAIRS = ((_TODAY, _TODAY_TOLD), (_OFTEN, _OFTEN_TOLD))
"""Steps that assign the same network."""


@dataclass(frozen=True)
class Step:
    """What was measured; minutes a trip where the step assigns trips."""

    name: str
    wall_s: float
    cpu_s: float
    perceived_min: float | None = None


def timed(name: str, run: Callable[[], Any]) -> tuple[Step, Any]:
    """Run once; seconds of the clock and of all threads."""
    wall, cpu = time.perf_counter(), time.process_time()
    made = run()
    step = Step(name, time.perf_counter() - wall, time.process_time() - cpu)
    sys.stderr.write(f"{step.name}: {step.wall_s:.1f} s, {step.cpu_s:.1f} CPU s\n")
    return step, made


def params_of(threads: int) -> TransitParams:
    """Parameters as the command takes them for these slots."""
    return TransitParams(slots={name: DEFAULT_SLOTS[name] for name in SLOT_SHARES}, threads=threads)


def assigned(name: str, made: Callable[[], WhatIf]) -> tuple[Step, WhatIf]:
    """Assign a network in all slots."""

    def run() -> WhatIf:
        network = made()
        _ = network.results
        return network

    step, network = timed(name, run)
    trips = float(network.scene.trips_by_slot.sum())
    return Step(step.name, step.wall_s, step.cpu_s, total_min(network.results) / trips), network


def in_process(feed: Path, od: pa.Table, params: TransitParams) -> tuple[list[Step], Scene]:
    """Read the network, then assign it as it is and with each change."""
    read, found = timed("read the feed", lambda: read_feed(feed))
    placed, scene = timed("places, walks, demand", lambda: read_scene(found, od, None, params))
    today = WhatIf.today(scene, params)
    warm, _ = timed("first assignment (compiles or loads kernels)", lambda: _sampled(scene))
    before, today = assigned(_TODAY, lambda: today)
    headway = today.headways(_CHANGED)["am_peak"] / 2
    often, _ = assigned(_OFTEN, lambda: today.with_headway(_CHANGED, headway))
    added, _ = assigned("assign with a line more", lambda: today.with_line("NEW", _across(scene), 10.0))
    scene.evaluator.close()
    return [read, placed, warm, before, often, added], scene


def _sampled(scene: Scene) -> None:
    drawn = scene.evaluator.sampled(10)
    drawn.day(scene.lines, scene.lines.departures)
    drawn.close()


def _across(scene: Scene) -> list[tuple[float, float]]:
    """Places from one corner of the network to the other, degrees."""
    points = scene.clusters.points
    ends = [int(find(points.lon + points.lat)) for find in (np.argmin, np.argmax)]
    lon, lat = (np.linspace(*at[ends], _STOPS_OF_NEW_LINE) for at in (points.lon, points.lat))
    return list(zip(lon.tolist(), lat.tolist(), strict=True))


def command(name: str, feed: Path, od: Path, threads: int) -> Step:
    """`maillage transit evaluate` in a process of its own."""
    parts = ["-m", "pipelines.cli", "transit", "evaluate", "--gtfs", str(feed), "--od", str(od), "--json"]
    used, wall = _children_s(), time.perf_counter()
    done = subprocess.run(
        [sys.executable, *parts, "--set", f"threads={threads}"], check=True, capture_output=True, cwd=_ROOT
    )
    took = time.perf_counter() - wall
    told = json.loads(done.stdout)["totals"]["generalised_min"]
    return Step(name, took, _children_s() - used, told)


def _children_s() -> float:
    spent = resource.getrusage(resource.RUSAGE_CHILDREN)
    return spent.ru_utime + spent.ru_stime


def more_often(lines: list[Line]) -> list[Line]:
    """The lines, one of them twice as often."""
    return [(name, way, headway / 2 if name == _CHANGED else headway) for name, way, headway in lines]


def faults(steps: Sequence[Step]) -> list[str]:
    """What is not as it should be."""
    by_name = {step.name: step for step in steps}
    today, *changed = [step for step in steps if step.name.startswith("assign")]
    told = [
        f"{step.name}: saves nobody time"
        for step in changed
        if (step.perceived_min or 0.0) >= (today.perceived_min or 0.0)
    ]
    for ours, theirs in _PAIRS:
        a, b = by_name[ours].perceived_min, by_name[theirs].perceived_min
        if a is None or b is None or abs(a / b - 1.0) > _SAME:
            told.append(f"{theirs}: {b} minutes a trip, {a} in process")
    longest = max(today.cpu_s + step.cpu_s for step in changed)
    if longest > _LONGEST_S:
        told.append(f"before and after take {longest:.0f} processor seconds")
    return told


def table(steps: Sequence[Step]) -> str:
    """One row a step."""
    rows = ["| step | wall s | CPU s | perceived minutes a trip |", "|---|---:|---:|---:|"]
    for step in steps:
        minutes = "" if step.perceived_min is None else f"{step.perceived_min:.2f}"
        rows.append(f"| {step.name} | {step.wall_s:.1f} | {step.cpu_s:.1f} | {minutes} |")
    return "\n".join(rows)


def _counts(scene: Scene, rows: int) -> dict[str, int]:
    return {
        "stops": scene.clusters.count,
        "lines": len(scene.lines.lines),
        "zones": int(scene.zones.share.size),
        "slots": len(scene.slots.names),
        "pairs": int(scene.demand.origin.size),
        "rows of the OD matrix": rows,
        "positions": int(sum(places.size for places in scene.lines.places)),
        "trips a day": round(float(scene.trips_by_slot.sum())),
    }


def main(arguments: Sequence[str] | None = None) -> None:
    """Make the city, measure, print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--pairs", type=int, default=City.pairs, help="pairs of zones with trips")
    parser.add_argument("--threads", type=int, default=0, help="0: one a core")
    parser.add_argument("--folder", type=Path, default=Path("work/evaluate"), help="for feeds and demand")
    parser.add_argument("--json", type=Path, help="where to write the figures; default: in the folder")
    asked = parser.parse_args(arguments)
    city, folder = City(pairs=asked.pairs), asked.folder.resolve()
    folder.mkdir(parents=True, exist_ok=True)
    feeds, od = (folder / "today.zip", folder / "more_often.zip"), folder / "od.parquet"
    for feed, lines in zip(feeds, (lines_of(city), more_often(lines_of(city))), strict=True):
        write_feed(city, lines, feed)
    rows = write_demand(city, od)
    steps, scene = in_process(feeds[0], pq.read_table(od), params_of(asked.threads))
    steps.append(command(_TODAY_TOLD, feeds[0], od, asked.threads))
    steps.append(command(_OFTEN_TOLD, feeds[1], od, asked.threads))
    counts, wrong = _counts(scene, rows), faults(steps)
    told = {"network": counts, "steps": [asdict(step) for step in steps], "faults": wrong}
    (asked.json or folder / "evaluate.json").write_text(json.dumps(told, indent=1), "utf-8")
    size = ", ".join(f"{count:,} {name}" for name, count in counts.items())
    sys.stdout.write("\n".join([size, "", table(steps), *wrong]) + "\n")
    raise SystemExit(1 if wrong else 0)


if __name__ == "__main__":
    main()
