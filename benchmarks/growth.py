"""How time and memory grow with the number of records, on one machine.

    python benchmarks/growth.py --events 25000000,100000000,400000000 --data DIR

Runs the whole product (`maillage run --only od`) once for each size, as `benchmarks/engine.py` does, and
prints time, processor time and peak memory a record, and the ratios of each size to the one before. Time
has a part that does not grow (start of Java, imports, the cell plan), so ratios below that of the records
are no feat at small sizes; the last columns are of what a record more costs.
"""

import argparse
import json
import sys
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from itertools import pairwise
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
if __name__ == "__main__":  # the script's own folder has a `kernels.py`, which would hide the package
    sys.path[0] = str(ROOT)

from benchmarks.data import raw_data  # noqa: E402
from benchmarks.engine import WARM_UP_EVENTS, machine, run_ours  # noqa: E402
from benchmarks.measure import Cost  # noqa: E402


@dataclass(frozen=True)
class Size:
    """One run: its records, what it cost, and seconds of each stage."""

    rows: int
    bytes: int
    cost: Cost
    stages: dict[str, float]


def main() -> None:
    args = _arguments()
    args.data.mkdir(parents=True, exist_ok=True)
    run_ours(raw_data(WARM_UP_EVENTS, args.data), args)  # compiles the kernels, once a machine
    sizes = []
    for events in args.events:
        raw = raw_data(events, args.data)
        result = run_ours(raw, args)
        assert result.cost is not None
        sizes.append(Size(raw.rows, raw.bytes, result.cost, result.stages))
        print(f"{raw.rows:,} rows: {result.cost.wall_s:.1f} s", flush=True)
    told = {"when": datetime.now(UTC).isoformat(timespec="seconds"), "threads": args.threads}
    told |= {"machine": machine(), "sizes": [asdict(size) for size in sizes]}
    args.json.write_text(json.dumps(told, indent=1))
    print(table(sizes))
    print()
    print(stage_table(sizes))


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument(
        "--events", type=_sizes, default=[250_000, 1_000_000], help="comma-separated, ascending"
    )
    parser.add_argument("--data", type=Path, required=True, help="folder for records (kept) and results")
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--json", type=Path, default=Path("growth.json"), help="where to write the figures")
    return parser.parse_args()


def _sizes(text: str) -> list[int]:
    sizes = [int(float(size)) for size in text.split(",")]
    if sizes != sorted(set(sizes)) or sizes[0] < 1:
        raise argparse.ArgumentTypeError("sizes have to ascend")
    return sizes


def table(sizes: list[Size]) -> str:
    """Markdown: each size, its ratio to the one before, and what each record more cost."""
    head = [
        "records",
        "wall s",
        "CPU s",
        "peak GiB",
        "µs wall a record",
        "µs CPU a record",
        "bytes of peak a record",
    ]
    head += ["records ×", "wall ×", "CPU ×", "peak ×", "µs wall a record more", "µs CPU a record more"]
    lines = [head, ["---:"] * len(head), _figures(sizes[0]) + [""] * 6]
    lines += [_figures(size) + _ratios(before, size) for before, size in pairwise(sizes)]
    return _as_markdown(lines)


def _figures(size: Size) -> list[str]:
    cost, rows = size.cost, size.rows
    return [
        f"{rows:,}",
        f"{cost.wall_s:.1f}",
        f"{cost.cpu_s:.1f}",
        f"{cost.peak_bytes / 2**30:.2f}",
        f"{cost.wall_s / rows * 1e6:.2f}",
        f"{cost.cpu_s / rows * 1e6:.2f}",
        f"{cost.peak_bytes / rows:.0f}",
    ]


def _ratios(before: Size, size: Size) -> list[str]:
    more, was, now = size.rows - before.rows, before.cost, size.cost
    return [
        f"{size.rows / before.rows:.2f}",
        f"{now.wall_s / was.wall_s:.2f}",
        f"{now.cpu_s / was.cpu_s:.2f}",
        f"{now.peak_bytes / was.peak_bytes:.2f}",
        f"{(now.wall_s - was.wall_s) / more * 1e6:.2f}",
        f"{(now.cpu_s - was.cpu_s) / more * 1e6:.2f}",
    ]


def stage_table(sizes: list[Size]) -> str:
    """Markdown: seconds of each stage at each size, and nanoseconds a record at the largest."""
    head = ["stage", *(f"{size.rows:,}" for size in sizes), "ns a record at the largest"]
    lines = [head, ["---", *["---:"] * (len(head) - 1)]]
    last = sizes[-1]
    for stage in last.stages:
        seconds = [f"{size.stages[stage]:.1f}" for size in sizes]
        lines.append([stage, *seconds, f"{last.stages[stage] / last.rows * 1e9:.0f}"])
    return _as_markdown(lines)


def _as_markdown(lines: list[list[str]]) -> str:
    return "\n".join(f"| {' | '.join(cells)} |" for cells in lines)


if __name__ == "__main__":
    main()
