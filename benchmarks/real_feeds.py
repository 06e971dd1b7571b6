"""Planning runs on the feeds of real operators: time, memory, budget, read-back and validators.

    python -m benchmarks.real_feeds --data ../shared/data --folder work/real_feeds [--only kuopio]

Demand is that of a run where one is given (`--od dakar=FOLDER`), else a gravity model's (`maillage transit gravity`).
A feed whose plan is there already is not planned again. Prints a table; ends with exit code 1 if a check fails.
"""

import argparse
import json
import os
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from benchmarks.measure import measured

FEEDS = {
    "dakar": "gtfs_dakar/dakar_ddd.zip",
    "dakar_brt": "gtfs_dakar/dakar_brt.zip",
    "kuopio": "gtfs_other/kuopio.zip",
    "accra": "gtfs_other/accra_2019.zip",
}
_ROOT = Path(__file__).resolve().parent.parent
_READ_BACK = ("generalised_min", "passengers", "vehicle_km", "vehicle_hours")
_CLOSE = 0.01
_LONGEST_S, _MOST_GIB = 900.0, 6.0


@dataclass(frozen=True)
class Case:
    """A feed, its demand, and the folder for what comes of it."""

    name: str
    feed: Path
    od: Path | None
    folder: Path

    @property
    def demand(self) -> list[str]:
        """Options that name the demand."""
        if self.od is None:
            return ["--od", str(self.folder / "od.parquet")]
        return ["--od", str(self.od), "--zones", str(self.od)]


def over_budget(content: Mapping[str, Any]) -> list[str]:
    """Steps of the budget curve, and the plan, that take more vehicle-hours than they may."""
    budget = content["budget"]
    plans = [("plan", budget["vehicle_hours_after"], budget["vehicle_hours_allowed"])]
    plans += [
        (f"{step['vehicle_hours_change']:+.0%}", step["vehicle_hours"], step["vehicle_hours_allowed"])
        for step in content["budget_curve"]
    ]
    return [name for name, taken, allowed in plans if taken > allowed + 0.05]


def falls(content: Mapping[str, Any]) -> list[str]:
    """Steps that save less than a smaller budget does, both within the floors."""
    steps = [step for step in content["budget_curve"] if step["keeps_floors"]]
    saved = [step["generalised_minutes_saved_per_day"] for step in steps]
    return [
        f"{step['vehicle_hours_change']:+.0%}"
        for step, before, now in zip(steps[1:], saved, saved[1:], strict=False)
        if now < before - 0.1
    ]


def read_back_gap(planned: Mapping[str, float], read: Mapping[str, float]) -> float:
    """Largest relative difference of the plan's totals from those of the written feed."""
    return max(abs(read[name] / planned[name] - 1.0) for name in _READ_BACK if planned[name])


def new_errors(before: Mapping[str, int], after: Mapping[str, int]) -> list[str]:
    """Kinds of error of which the changed feed has more."""
    return sorted(code for code, n in after.items() if n > before.get(code, 0))


def canonical_errors(feed: Path, folder: Path) -> dict[str, int] | None:
    """Errors by code that gtfs-validator finds; None where it is not installed."""
    tool = Path(sys.executable).parent / "gtfs-validator"
    if not tool.exists():
        return None
    folder.mkdir(parents=True, exist_ok=True)
    subprocess.run([str(tool), "-i", str(feed), "-o", str(folder)], check=True, capture_output=True)
    notices = json.loads((folder / "report.json").read_text("utf-8"))["notices"]
    return {n["code"]: int(n["totalNotices"]) for n in notices if n["severity"] == "ERROR"}


def guru_errors(feed: Path) -> dict[str, int] | None:
    """Errors by code that gtfs-guru finds; None where it is not installed."""
    try:
        import gtfs_guru  # type: ignore[import-not-found]
    except ImportError:
        return None
    found: dict[str, int] = {}
    for notice in gtfs_guru.validate(str(feed)).errors():
        found[notice.code] = found.get(notice.code, 0) + 1
    return found


def _command(*parts: str) -> list[str]:
    return [sys.executable, "-m", "pipelines.cli", "transit", *parts]


def _plan(case: Case, settings: Sequence[str]) -> dict[str, Any]:
    """Cost of planning, kept with the plan."""
    kept = case.folder / "cost.json"
    if kept.exists():
        return dict(json.loads(kept.read_text("utf-8")))
    environment = {**os.environ, "PYTHONPATH": str(_ROOT)}
    case.folder.mkdir(parents=True, exist_ok=True)
    if case.od is None:
        made = _command("gravity", "--gtfs", str(case.feed), "--out", str(case.folder / "od.parquet"))
        measured(made, case.folder / "gravity.log", environment)
    chosen = [part for setting in settings for part in ("--set", setting)]
    command = _command(
        "propose",
        "--gtfs",
        str(case.feed),
        *case.demand,
        "--out",
        str(case.folder / "plan"),
        "--json",
        *chosen,
    )
    cost = measured(command, case.folder / "plan.log", environment)
    told = {
        "wall_s": cost.wall_s,
        "cpu_s": cost.cpu_s,
        "gib": cost.peak_bytes / 2**30,
        "others_s": cost.others_cpu_s,
    }
    kept.write_text(json.dumps(told), "utf-8")
    return told


def _evaluated(case: Case, feed: Path, settings: Sequence[str]) -> dict[str, Any]:
    chosen = [part for setting in settings for part in ("--set", setting)]
    command = _command("evaluate", "--gtfs", str(feed), *case.demand, "--json", *chosen)
    done = subprocess.run(command, check=True, capture_output=True, cwd=_ROOT)
    return dict(json.loads(done.stdout))


def _row(case: Case, settings: Sequence[str]) -> tuple[str, bool]:
    """A line of the table, and whether all checks hold."""
    cost = _plan(case, settings)
    content = json.loads((case.folder / "plan" / "proposals.json").read_text("utf-8"))
    changed = case.folder / "plan" / "gtfs.zip"
    day = [*settings, f"planning_date={content['planning_date']}"]
    before, after = (_evaluated(case, feed, day) for feed in (case.feed, changed))
    gap = read_back_gap(content["after"], after["totals"])
    verdicts, sound = [], gap <= _CLOSE and not over_budget(content) and not falls(content)
    for found in (
        [canonical_errors(f, case.folder / f"{n}_report") for n, f in (("in", case.feed), ("out", changed))],
        [guru_errors(f) for f in (case.feed, changed)],
    ):
        if found[0] is None or found[1] is None:
            verdicts.append("not installed")
            continue
        new = new_errors(found[0], found[1])
        sound = sound and not new
        verdicts.append(", ".join(new) or f"none new ({sum(found[0].values())} before)")
    saved = 1.0 - content["after"]["generalised_min"] / content["before"]["generalised_min"]
    sound = sound and cost["cpu_s"] <= _LONGEST_S and cost["gib"] <= _MOST_GIB
    cells = [
        case.name,
        f"{_rows(case.feed, 'stops.txt'):,}",
        f"{len(before['lines'])}",
        f"{content['before']['trips']:,.0f}",
        f"{cost['wall_s']:.0f} / {cost['cpu_s']:.0f}",
        f"{cost['gib']:.1f}",
        f"{len(content['proposals'])}: {saved:.1%}",
        ", ".join(over_budget(content)) or "kept",
        ", ".join(falls(content)) or "rises",
        f"{gap:.2%}",
        *verdicts,
    ]
    return f"| {' | '.join(cells)} |", sound


def _rows(feed: Path, name: str) -> int:
    import zipfile

    with zipfile.ZipFile(feed) as archive:
        inside = next(n for n in archive.namelist() if n.split("/")[-1] == name)
        return archive.read(inside).count(b"\n") - 1


_HEAD = (
    "feed", "stops", "lines", "trips a day", "wall / CPU s", "GiB", "proposals: time saved", "budget",
    "benefit by budget", "read back", "gtfs-validator errors", "gtfs-guru errors",
)  # fmt: skip


def main(arguments: Sequence[str] | None = None) -> None:
    """Plan, check and print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument(
        "--data", type=Path, default=_ROOT.parent / "shared" / "data", help="folder of the feeds"
    )
    parser.add_argument("--folder", type=Path, default=Path("work/real_feeds"), help="where plans are kept")
    parser.add_argument(
        "--only", action="append", choices=sorted(FEEDS), help="these feeds; all if not given"
    )
    parser.add_argument("--od", action="append", default=[], metavar="FEED=FOLDER", help="OD matrix of a run")
    parser.add_argument("--set", action="append", default=[], metavar="KEY=VALUE", help="of `transit`")
    asked = parser.parse_args(arguments)
    runs = {name: Path(path).resolve() for name, _, path in (given.partition("=") for given in asked.od)}
    rows, sound = [], True
    for name in asked.only or FEEDS:
        feed = (asked.data / FEEDS[name]).resolve()
        if not feed.exists():
            sys.stderr.write(f"{name}: {feed} is not there, left out\n")
            continue
        case = Case(name, feed, runs.get(name), (asked.folder / name).resolve())
        row, holds = _row(case, asked.set)
        sys.stderr.write(f"{row}\n")
        rows.append(row)
        sound = sound and holds
    sys.stdout.write("\n".join([f"| {' | '.join(_HEAD)} |", "|---" * len(_HEAD) + "|", *rows]) + "\n")
    raise SystemExit(0 if sound else 1)


if __name__ == "__main__":
    main()
