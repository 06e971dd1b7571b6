"""Our stages beside the published ones of Eurostat's multimno that do like work, at one size.

    python benchmarks/against_multimno.py --data DIR

1.2 million events of 10,000 users, from our simulator. Each of ours is a command of its own (`maillage run
--until STAGE` on a workspace where the stages before it are up to date), so start of Java and imports
count in each; a quarter of the events tells what an event more costs. The figures of multimno are given,
not measured here: docs are in benchmarks/against_multimno.md.
"""

import argparse
import json
import shutil
import sys
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path

import yaml

ROOT = Path(__file__).resolve().parent.parent
if __name__ == "__main__":  # the script's own folder has a `kernels.py`, which would hide the package
    sys.path[0] = str(ROOT)

from benchmarks.data import RawData, raw_data  # noqa: E402
from benchmarks.engine import environment, machine, our_config  # noqa: E402
from benchmarks.measure import Cost, measured  # noqa: E402

USERS, EVENTS = 10_000, 1_200_000
STAGES = ("locate", "ingest", "stays")
THEIRS = {
    "ingest": ("event cleaning", 61.0, 113.0, 48.0),
    "stays": ("day segmentation into stays", 120.0, None, 600.0),
}
"""Name, wall s, CPU s, µs CPU an event, of multimno: 2 cores, 1.2 million events, 10,000 users."""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--data", type=Path, required=True, help="folder for records (kept) and results")
    parser.add_argument("--events", type=int, default=EVENTS)
    parser.add_argument("--users", type=int, default=USERS)
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--json", type=Path, default=Path("against_multimno.json"))
    args = parser.parse_args()
    args.data.mkdir(parents=True, exist_ok=True)
    part = raw_data(args.events // 4, args.data, args.users // 4)
    whole = raw_data(args.events, args.data, args.users)
    _costs(part, args)  # compiles the kernels, once a machine
    few, many = _costs(part, args), _costs(whole, args)
    told = {"when": datetime.now(UTC).isoformat(timespec="seconds"), "threads": args.threads}
    told |= {"machine": machine(), "rows": [part.rows, whole.rows]}
    told["costs"] = [{stage: asdict(cost) for stage, cost in costs.items()} for costs in (few, many)]
    args.json.write_text(json.dumps(told, indent=1))
    print(table(few, many, part.rows, whole.rows))


def _costs(raw: RawData, args: argparse.Namespace) -> dict[str, Cost]:
    """Cost of each stage, as a command of its own."""
    shutil.rmtree(args.data / "ours", ignore_errors=True)
    config = args.data / "ours.yaml"
    config.write_text(yaml.safe_dump(our_config(raw, args)))
    raw.warm()
    command = [sys.executable, "-m", "pipelines.cli", "run", str(config), "--json", "--until"]
    return {stage: measured([*command, stage], args.data / "ours.log", environment()) for stage in STAGES}


def table(few: dict[str, Cost], many: dict[str, Cost], few_rows: int, rows: int) -> str:
    """Markdown, one line for each stage that multimno has as well."""
    head = ["ours", "multimno", "wall s", "its wall s", "CPU s", "its CPU s"]
    head += ["µs CPU an event", "µs CPU an event more", "its µs an event", "its wall / ours", "others' CPU s"]
    lines = [head, ["---", "---", *["---:"] * (len(head) - 2)]]
    for stage, (name, wall_s, cpu_s, micros) in THEIRS.items():
        cost, more = many[stage], (many[stage].cpu_s - few[stage].cpu_s) / (rows - few_rows)
        lines.append(
            [
                stage,
                name,
                f"{cost.wall_s:.1f}",
                f"{wall_s:.0f}",
                f"{cost.cpu_s:.1f}",
                f"{cpu_s:.0f}" if cpu_s else "",
                f"{cost.cpu_s / rows * 1e6:.1f}",
                f"{more * 1e6:.1f}",
                f"{micros:.0f}",
                f"{wall_s / cost.wall_s:.1f}",
                f"{cost.others_cpu_s:.0f}",
            ]
        )
    return "\n".join(f"| {' | '.join(cells)} |" for cells in lines)


if __name__ == "__main__":
    main()
