"""How often the planner finds the faults that were planted in a simulated city.

For each seed: simulate the demo's city with five times the people, plan its bus network anew from the true demand
until little is left to gain (`sound_network.py`), plant three faults in it, estimate the OD matrix from the call
detail records, plan from that matrix with the vehicle-hours and vehicles that the network had before the faults, and
look where they are mended in the list. Run it from the repository:

    python -m benchmarks.flaws --seeds 5 --folder work/flaws

Cities that are there already are not simulated again. Plans at other budgets and confidence stand beside the list and
do not change its order: to go without them saves time, `--set resamples=0 --set 'budget_steps=[]'`.

A deleted corridor is mended by a new line that gives its passengers at least half of the time back that the deleted
line would (`recovery.py`); the table tells the share of the first such line, else of the best one. What the plan as a
whole gives back is of the time that the three faults take from all passengers.

`--alone missing_corridor` plants that fault by itself, too, and plans once more: then no other fault stands before it
in the list, nor takes hours from it.
"""

import argparse
import json
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from benchmarks.recovery import ENOUGH, Recovery
from benchmarks.sound_network import sound_network
from benchmarks.standing_out import standing_out
from jobs.transit.evaluation import total_min
from jobs.transit.feeds.feed import read_feed
from jobs.transit.od_file import read_od
from jobs.transit.params import NewLines, TransitParams
from jobs.transit.scene import read_scene
from jobs.world.feed import read_feed as read_tables
from jobs.world.flaws import with_flaws
from jobs.world.params import BusParams

KINDS = ("missing_corridor", "duplicate_line", "headway_off")
TOP = 3
PEOPLE = 100_000
"""Simulated; of these 60,000 have a phone of the operator, a sixth of what a market leader has in such a city."""
_ROOT = Path(__file__).resolve().parent.parent
_TRUE_RESOLUTION = 8
_ROUNDS = 4
"""After which a round saves less than 1 % in the cities that were looked at, and no new line is worth its hours."""
_NEAR_M = 500.0
_M_PER_DEGREE = 111_195.0


def along(line: np.ndarray, pieces: int = 10) -> np.ndarray:
    """Points every tenth of each leg of a line of (longitude, latitude)."""
    steps = np.linspace(0, 1, pieces, endpoint=False)[:, None]
    return np.vstack([*(a + steps * (b - a) for a, b in pairwise(line)), line[-1:]])


def share_near(points: np.ndarray, line: np.ndarray) -> float:
    """Share of points within 500 m of a line."""
    way = along(line)
    east = _M_PER_DEGREE * np.cos(np.radians(points[:, 1].mean()))
    apart = np.hypot(
        (points[:, None, 0] - way[:, 0]) * east, (points[:, None, 1] - way[:, 1]) * _M_PER_DEGREE
    )
    return float((apart.min(axis=1) <= _NEAR_M).mean())


@dataclass(frozen=True)
class Found:
    """Where the planted faults of one city stand in the list."""

    seed: int
    rank: dict[str, int | None]
    alone: dict[str, int | None]
    """Where a fault stands that is planted by itself."""
    given_back: float
    """Share of the first new line that mends the corridor, else of the best one; 0 where none is proposed."""
    near: float
    """Share of the corridor within 500 m of that line."""
    whole_plan: float
    """Time that the plan gives back over what undoing the faults would, by the true demand of all."""
    worth: float
    """Share of all perceived time that the deleted line would save, run every quarter of an hour."""
    seconds: float


def mends(proposal: dict[str, Any], flaw: dict[str, Any], given_back: float = 0.0) -> bool:
    """Whether a proposal mends a planted fault; a new line by the share of lost time that it gives back."""
    if flaw["kind"] == "missing_corridor":
        return bool(proposal["kind"] == "new_line" and given_back >= ENOUGH)
    if flaw["kind"] == "duplicate_line":
        pair = {flaw["route_id"], flaw["copy_route_id"]}
        return bool(proposal["kind"] == "remove_duplicate" and set(proposal["route_ids"]) == pair)
    return bool(
        proposal["kind"] == "headway"
        and proposal["vehicle_hours_delta"] > 0
        and proposal["route_ids"] == [flaw["route_id"]]
    )


def ranks(
    proposals: Sequence[dict[str, Any]], flaws: Sequence[dict[str, Any]], given_back: Sequence[float]
) -> dict[str, int | None]:
    """First rank at which each planted fault is mended, None if it is not; `given_back` by proposal."""
    listed = list(zip(proposals, given_back, strict=True))
    return {f["kind"]: next((p["rank"] for p, share in listed if mends(p, f, share)), None) for f in flaws}


def _run(folder: Path, *args: str, settings: Sequence[str]) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    config = folder / "demo.yaml"
    config.write_bytes((_ROOT / "configs" / "demo.yaml").read_bytes())
    _command(folder / "run.log", "run", config, *args, *_set(settings))


def _set(settings: Sequence[str]) -> list[str]:
    return [part for setting in settings for part in ("--set", setting)]


def _true_od(folder: Path) -> pa.Table:
    """Trips of all people on an average weekday, between the smallest cells that the truth tells."""
    truth = pq.read_table(folder / "world" / "truth" / "od.parquet")
    chosen = pc.and_(pc.equal(truth["resolution"], _TRUE_RESOLUTION), pc.equal(truth["day_type"], "weekday"))
    path = folder / "true-od.parquet"
    pq.write_table(truth.filter(chosen).drop_columns(["resolution"]), path)
    return read_od(path)


@dataclass(frozen=True)
class City:
    """A simulated city: where its tables are, its network before the faults, and its true OD matrix."""

    folder: Path
    before: Path
    od: pa.Table

    def planned(self, feed: Path, out: Path, settings: Sequence[str]) -> list[dict[str, Any]]:
        """Proposals for a network with faults; it may use what it had without them, or has, if that is more."""
        pairs = zip(_service(self.before, self.od), _service(feed, self.od), strict=True)
        names = ("vehicle_hours_change", "peak_vehicles_change")
        more = [
            f"{name}={max(had / has - 1.0, 0.0):.4f}" for name, (had, has) in zip(names, pairs, strict=True)
        ]
        _command(
            out.with_suffix(".log"), "transit", "propose", "--gtfs", feed, "--od", self.folder,
            "--zones", self.folder, "--out", out, "--json", *_set([*more, *settings]),
        )  # fmt: skip
        content: list[dict[str, Any]] = json.loads((out / "proposals.json").read_text("utf-8"))["proposals"]
        return content

    def given_back(self, proposals: Sequence[dict[str, Any]], flaws: Sequence[dict[str, Any]]) -> list[float]:
        """By proposal, the share of the time that the deleted corridor's passengers lost; 0 but for new lines."""
        corridor = next((flaw for flaw in flaws if flaw["kind"] == "missing_corridor"), None)
        if corridor is None:
            return [0.0] * len(proposals)
        recovery = Recovery(self.before, self.od, corridor)
        try:
            return [recovery.share(p) if p["kind"] == "new_line" else 0.0 for p in proposals]
        finally:
            recovery.close()

    def rank_alone(self, flaw: dict[str, Any], settings: Sequence[str]) -> int | None:
        """Where a fault stands in the list when it is the only one."""
        own = self.folder / "alone" / flaw["kind"]
        own.mkdir(parents=True, exist_ok=True)
        feed = read_tables(str(self.before))
        with_flaws(feed, [flaw], BusParams().headway_factor).write(own / "gtfs.zip", came_from=feed)
        proposals = self.planned(own / "gtfs.zip", own / "plan", settings)
        return ranks(proposals, [flaw], self.given_back(proposals, [flaw]))[flaw["kind"]]


def made(folder: Path, seed: int, people: int) -> City:
    """Simulate a city and count its flows."""
    before = folder / "before"
    world = (f"world.seed={seed}", f"world.people={people}")
    truth = f"world.od_resolutions=[6,7,{_TRUE_RESOLUTION}]"
    _run(before, "--only", "world", settings=(*world, "world.plant_flaws=false", truth))
    od = _true_od(before)
    sound = sound_network(before / "world" / "gtfs.zip", od, before, _ROUNDS)
    missing = standing_out(sound, od, before / "standing-out.json").route
    planted = (f"world.gtfs={sound}", f"world.bus.missing_route={missing}")
    _run(folder, "--until", "od", settings=(*world, *planted))
    return City(folder, sound, od)


def _service(feed: Path, od: pa.Table) -> tuple[float, float]:
    """Vehicle-hours a day, and vehicles in the busiest slot."""
    params = TransitParams(new_lines=NewLines(candidates=0))
    scene = read_scene(read_feed(feed), od, None, params)
    scene.evaluator.close()
    departures = scene.lines.departures
    return (
        float(scene.lines.vehicle_hours(departures).sum()),
        float(scene.lines.vehicles(departures).sum(axis=0).max()),
    )


def _minutes(feed: Path, od: pa.Table) -> float:
    """Perceived minutes a day of all trips."""
    scene = read_scene(read_feed(feed), od, None, TransitParams(new_lines=NewLines(candidates=0)))
    try:
        return total_min(scene.evaluator.day(scene.lines, scene.lines.departures))
    finally:
        scene.evaluator.close()


def plan_gives_back(folder: Path, before: Path, od: pa.Table) -> float:
    """Time that a city's plan gives back over what undoing its faults would."""
    faulty, planned = folder / "world" / "gtfs.zip", folder / "plan" / "gtfs.zip"
    lost, after, sound = (_minutes(feed, od) for feed in (faulty, planned, before))
    return (lost - after) / (lost - sound)


def look(seed: int, folder: Path, people: int, settings: Sequence[str], alone: Sequence[str]) -> Found:
    """Make a city, plan it, and look for what was planted, together and each of `alone` by itself."""
    city = made(folder, seed, people)
    began = time.monotonic()
    proposals = city.planned(folder / "world" / "gtfs.zip", folder / "plan", settings)
    seconds = time.monotonic() - began
    flaws = json.loads((folder / "world" / "truth" / "flaws.json").read_text("utf-8"))
    corridor = next(flaw for flaw in flaws if flaw["kind"] == "missing_corridor")
    shares = city.given_back(proposals, flaws)
    rank = ranks(proposals, flaws, shares)
    by_itself = {flaw["kind"]: city.rank_alone(flaw, settings) for flaw in flaws if flaw["kind"] in alone}
    whole = plan_gives_back(folder, city.before, city.od)
    worth = corridor["saves_share_if_restored"]
    shown = next(
        (i for i, p in enumerate(proposals) if p["rank"] == rank["missing_corridor"]),
        int(np.argmax(shares)) if proposals else -1,
    )
    if shown < 0 or proposals[shown]["kind"] != "new_line":
        return Found(seed, rank, by_itself, 0.0, 0.0, whole, worth, seconds)
    stops = np.array([(stop["lon"], stop["lat"]) for stop in corridor["stops"]])
    near = share_near(stops, np.array(proposals[shown]["geometry"]["coordinates"]))
    return Found(seed, rank, by_itself, shares[shown], near, whole, worth, seconds)


def _command(log: Path, *args: str | Path) -> None:
    with log.open("wb") as told:
        command = [sys.executable, "-m", "pipelines.cli", *map(str, args)]
        subprocess.run(command, stdout=told, stderr=subprocess.STDOUT, cwd=_ROOT, check=True)


def table(found: Sequence[Found]) -> str:
    """Rank of each fault by seed, and how many are in the first three, as Markdown."""
    alone = [kind for kind in KINDS if any(kind in one.alone for one in found)]
    columns = [[one.rank[kind] for one in found] for kind in KINDS]
    columns += [[one.alone[kind] for one in found] for kind in alone]
    head = (
        "seed", *KINDS, *(f"{kind} alone" for kind in alone), "corridor: time given back", "within 500 m",
        "all: time given back", "worth of the corridor", "planning, s",
    )  # fmt: skip
    lines = [f"| {' | '.join(head)} |", "|---" * len(head) + "|"]
    for row, one in enumerate(found):
        told = " | ".join(str(column[row] or "–") for column in columns)
        shares = f"{one.given_back:.0%} | {one.near:.0%} | {one.whole_plan:.0%} | {one.worth:.1%}"
        lines.append(f"| {one.seed} | {told} | {shares} | {one.seconds:.0f} |")
    counts = [sum((rank or TOP + 1) <= TOP for rank in column) for column in columns]
    told = " | ".join(f"{count} of {len(found)}" for count in counts)
    median = float(np.median([one.whole_plan for one in found])) if found else 0.0
    lines.append(f"| in the first {TOP} | {told} | | | median {median:.0%} | | |")
    return "\n".join(lines)


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the seeds and print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--seeds", type=int, default=5, help="how many")
    parser.add_argument("--first-seed", type=int, default=1, help="the others follow it")
    parser.add_argument("--people", type=int, default=PEOPLE, help="simulated in each city")
    parser.add_argument("--folder", type=Path, default=Path("work/flaws"), help="where the cities are kept")
    parser.add_argument("--set", action="append", default=[], metavar="KEY=VALUE", help="of `transit`")
    parser.add_argument("--alone", nargs="+", choices=KINDS, default=[], help="planted by itself, too")
    asked = parser.parse_args(arguments)
    found = []
    for seed in range(asked.first_seed, asked.first_seed + asked.seeds):
        found.append(
            look(
                seed,
                (asked.folder / f"{seed}-{asked.people}").resolve(),
                asked.people,
                asked.set,
                asked.alone,
            )
        )
        sys.stderr.write(f"{found[-1]}\n")
    sys.stdout.write(table(found) + "\n")


if __name__ == "__main__":
    main()
