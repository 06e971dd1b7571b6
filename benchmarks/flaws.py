"""How often the planner finds the faults that were planted in a simulated city.

For each seed: simulate the demo's city, estimate its OD matrix from the call detail records, plan the network from that
matrix, and look where the three planted faults are mended in the list. Run it from the repository:

    python -m benchmarks.flaws --seeds 5 --folder work/flaws

A seed takes about two minutes on two quiet cores; cities that are there already are not simulated again. Plans at other
budgets and confidence stand beside the list and do not change its order: to go without them saves time,
`--set resamples=0 --set 'budget_steps=[]'`.
"""

import argparse
import json
import subprocess
import sys
import time
from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np

KINDS = ("missing_corridor", "duplicate_line", "headway_off")
TOP = 3
_ROOT = Path(__file__).resolve().parent.parent
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


def mends(proposal: dict[str, Any], flaw: dict[str, Any]) -> bool:
    """Whether a proposal mends a planted fault; a corridor when the new line runs along most of it."""
    if flaw["kind"] == "missing_corridor":
        if proposal["kind"] != "new_line":
            return False
        corridor = np.array([(stop["lon"], stop["lat"]) for stop in flaw["stops"]])
        return bool(share_near(corridor, np.array(proposal["geometry"]["coordinates"])) > 0.5)
    if flaw["kind"] == "duplicate_line":
        pair = {flaw["route_id"], flaw["copy_route_id"]}
        return bool(proposal["kind"] == "remove_duplicate" and set(proposal["route_ids"]) == pair)
    return bool(
        proposal["kind"] == "headway"
        and proposal["vehicle_hours_delta"] > 0
        and proposal["route_ids"] == [flaw["route_id"]]
    )


def ranks(proposals: Sequence[dict[str, Any]], flaws: Sequence[dict[str, Any]]) -> dict[str, int | None]:
    """First rank at which each planted fault is mended, None if it is not."""
    return {f["kind"]: next((p["rank"] for p in proposals if mends(p, f)), None) for f in flaws}


def city(folder: Path, seed: int) -> None:
    """Simulate a city and count its flows from its records; nothing if that is done."""
    config = folder / "demo.yaml"
    folder.mkdir(parents=True, exist_ok=True)
    config.write_bytes((_ROOT / "configs" / "demo.yaml").read_bytes())
    _command(folder / "run.log", "run", config, "--set", f"world.seed={seed}", "--until", "od")


def planned(folder: Path, settings: Sequence[str]) -> list[dict[str, Any]]:
    """Proposals for a city."""
    chosen = [part for setting in settings for part in ("--set", setting)]
    feed, out = folder / "world" / "gtfs.zip", folder / "plan"
    _command(
        folder / "plan.log", "transit", "propose", "--gtfs", feed, "--od", folder, "--zones", folder,
        "--out", out, "--json", *chosen,
    )  # fmt: skip
    content: list[dict[str, Any]] = json.loads((out / "proposals.json").read_text("utf-8"))["proposals"]
    return content


def _command(log: Path, *args: str | Path) -> None:
    with log.open("wb") as told:
        command = [sys.executable, "-m", "pipelines.cli", *map(str, args)]
        subprocess.run(command, stdout=told, stderr=subprocess.STDOUT, cwd=_ROOT, check=True)


def table(found: Sequence[tuple[int, dict[str, int | None], float]]) -> str:
    """Rank of each fault by seed, and the share in the first three, as Markdown."""
    lines = [f"| seed | {' | '.join(KINDS)} | planning, s |", "|---" * (len(KINDS) + 2) + "|"]
    for seed, rank, seconds in found:
        lines.append(f"| {seed} | {' | '.join(str(rank[k] or '–') for k in KINDS)} | {seconds:.0f} |")
    shares = [np.mean([(rank[k] or TOP + 1) <= TOP for _, rank, _ in found]) for k in KINDS]
    lines.append(f"| in the first {TOP} | {' | '.join(f'{share:.0%}' for share in shares)} | |")
    return "\n".join(lines)


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the seeds and print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--seeds", type=int, default=5, help="how many")
    parser.add_argument("--first-seed", type=int, default=1, help="the others follow it")
    parser.add_argument("--folder", type=Path, default=Path("work/flaws"), help="where the cities are kept")
    parser.add_argument("--set", action="append", default=[], metavar="KEY=VALUE", help="of `transit`")
    asked = parser.parse_args(arguments)
    found = []
    for seed in range(asked.first_seed, asked.first_seed + asked.seeds):
        folder = (asked.folder / str(seed)).resolve()
        city(folder, seed)
        began = time.monotonic()
        proposals = planned(folder, asked.set)
        flaws = json.loads((folder / "world" / "truth" / "flaws.json").read_text("utf-8"))
        found.append((seed, ranks(proposals, flaws), time.monotonic() - began))
        sys.stderr.write(f"seed {seed}: {found[-1][1]}\n")
    sys.stdout.write(table(found) + "\n")


if __name__ == "__main__":
    main()
