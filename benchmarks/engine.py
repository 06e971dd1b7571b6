"""Raw Parquet to an origin-destination matrix: ours beside what a user would pick instead.

    python benchmarks/engine.py --events 25000000 --peers duckdb,polars,pyspark-sql --data DIR
    python benchmarks/engine.py --events 25000000 --peers duckdb --format csv --data DIR

Runs one after the other, each in processes of its own, on the same files, which have been read once before.
Ours is the product as a user runs it (`maillage run --only od`): start of Spark, digests of the inputs,
locate, validation, HMAC pseudonyms, de-duplication, user-sorted store, stays, anchors, trips, OD. A peer
goes from raw records to counted moves, and stores nothing else. After the clock has stopped, the moves are
counted from our events as well and compared with each peer's, cell by cell.
"""

import argparse
import json
import os
import platform
import shutil
import sys
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from typing import Any

import yaml

ROOT = Path(__file__).resolve().parent.parent
if __name__ == "__main__":  # the script's own folder has a `kernels.py`, which would hide the package
    sys.path[0] = str(ROOT)

from benchmarks.data import EVENTS_PER_DAY, START, ZONE, RawData, as_csv, raw_data  # noqa: E402
from benchmarks.measure import CommandFailed, Cost, measured  # noqa: E402
from benchmarks.shared_od import difference, moves_of_run, result_of  # noqa: E402

PEERS = {
    "duckdb": ("duckdb_od.py",),
    "duckdb-number": ("duckdb_od.py", "--subscriber", "number"),
    "polars": ("polars_od.py",),
    "pyspark-sql": ("pyspark_od.py",),
}
READ_CSV = {"duckdb", "duckdb-number"}
WARM_UP_EVENTS = 100_000


@dataclass
class Result:
    """One competitor's run."""

    name: str
    cost: Cost | None = None
    error: str = ""
    stages: dict[str, float] = field(default_factory=dict)
    compared: dict[str, Any] = field(default_factory=dict)

    def as_json(self) -> dict[str, Any]:
        return asdict(self)


def main() -> None:
    args = _arguments()
    args.data.mkdir(parents=True, exist_ok=True)
    raw, warm_up = (raw_data(events, args.data) for events in (args.events, WARM_UP_EVENTS))
    if args.format == "csv":
        raw, warm_up = as_csv(raw), as_csv(warm_up)
    run_ours(warm_up, args)  # compiles the kernels, once a machine
    print(
        f"{raw.rows:,} rows, {raw.bytes / 1e6:,.0f} MB of {raw.form}, {EVENTS_PER_DAY:g} a subscriber and day"
    )
    results = []
    for _ in range(args.repeat):
        results.append(run_ours(raw, args))
        ours = moves_of_run(args.data / "ours")
        for peer in args.peers:
            out = args.data / f"{peer}.parquet"
            result = _run_peer(peer, raw, out, args)
            if result.cost:
                result.compared = difference(ours, result_of(out))
            results.append(result)
    told = {"when": datetime.now(UTC).isoformat(timespec="seconds"), "rows": raw.rows, "bytes": raw.bytes}
    told |= {"threads": args.threads, "machine": machine(), "results": [r.as_json() for r in results]}
    args.json.write_text(json.dumps(told, indent=1))
    print(table(results, raw.rows))


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--events", type=int, default=10_000_000)
    parser.add_argument(
        "--peers", type=_peers, default=["duckdb"], help=f"comma-separated: {', '.join(PEERS)}"
    )
    parser.add_argument("--data", type=Path, required=True, help="folder for records (kept) and results")
    parser.add_argument("--format", choices=("parquet", "csv"), default="parquet")
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--repeat", type=int, default=1, help="rounds; each runs every competitor once")
    parser.add_argument("--json", type=Path, default=Path("engine.json"), help="where to write the figures")
    args = parser.parse_args()
    if args.format == "csv" and not set(args.peers) <= READ_CSV:
        parser.error(f"with CSV there are {sorted(READ_CSV)}")
    return args


def _peers(text: str) -> list[str]:
    names = [name for name in text.split(",") if name]
    unknown = sorted(set(names) - set(PEERS))
    if unknown:
        raise argparse.ArgumentTypeError(f"unknown {unknown}; there are {sorted(PEERS)}")
    return names


def machine() -> dict[str, Any]:
    """Size of the machine, how busy it was before, and what ran."""
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    packages = ("duckdb", "polars", "pyspark", "pyarrow", "numpy", "numba")
    return {
        "cores": os.cpu_count(),
        "memory_gib": round(memory / 2**30, 1),
        "load_15_min": os.getloadavg()[2],
        "python": platform.python_version(),
        **{name: version(name) for name in packages},
    }


def environment() -> dict[str, str]:
    """Environment of a measured process: the code of this repository."""
    return {**os.environ, "PYTHONPATH": str(ROOT)}


def run_ours(raw: RawData, args: argparse.Namespace) -> Result:
    """Measure the whole product on raw records; `args` has `data`, a folder, and `threads`."""
    shutil.rmtree(args.data / "ours", ignore_errors=True)
    config, log = args.data / "ours.yaml", args.data / "ours.log"
    config.write_text(yaml.safe_dump(our_config(raw, args)))
    command = [sys.executable, "-m", "pipelines.cli", "run", str(config), "--only", "od", "--json"]
    raw.warm()
    cost = measured(command, log, environment())
    stages = json.loads(log.read_text().splitlines()[-1])["stages"]
    return Result("maillage", cost, stages={name: told["seconds"] for name, told in stages.items()})


def our_config(raw: RawData, args: argparse.Namespace) -> dict[str, Any]:
    """Config of the measured run: the defaults, on the raw folder."""
    folder = raw.folder.resolve()
    time = {"column": "time", "zone": ZONE}
    return {
        "name": "benchmark",
        "workspace": str((args.data / "ours").resolve()),
        "cdr": [
            {
                "path": str(raw.records.resolve()),
                "columns": {"user": "msisdn", "time": time, "cell": "cell_id"},
            }
        ],
        "cells": {
            "path": str(folder / "cells.csv"),
            "columns": {"azimuth_deg": "azimuth", "beam_deg": "beam", "range_m": "range_m"},
        },
        "zones": {"path": str(folder / "zones.geojson"), "name": "name"},
        "calendar": {"zone": ZONE},
        "pseudonyms": {
            "key": {"file": str((args.data / "benchmark.key").resolve()), "create": True},
            "origin": START.isoformat(),
        },
        "engine": {"master": f"local[{args.threads}]"},
    }


def _run_peer(peer: str, raw: RawData, out: Path, args: argparse.Namespace) -> Result:
    shutil.rmtree(out, ignore_errors=True)
    script, *options = PEERS[peer]
    command = [sys.executable, str(ROOT / "benchmarks" / "peers" / script), str(raw.folder), str(out)]
    if raw.form == "csv":
        options += ["--format", "csv"]
    raw.warm()
    try:
        cost = measured(
            [*command, "--threads", str(args.threads), *options], args.data / f"{peer}.log", environment()
        )
    except CommandFailed as error:
        return Result(peer, error=str(error))
    return Result(peer, cost)


def table(results: list[Result], rows: int) -> str:
    """Markdown, with ratios to the maillage run of the same round."""
    head = [
        "",
        "wall s",
        "CPU s",
        "µs CPU a record",
        "peak GiB",
        "others' CPU s",
        "wall of ours / its wall",
        "CPU of ours / its CPU",
        "flows that differ",
    ]
    lines = [head, ["---", *["---:"] * (len(head) - 1)]]
    ours_s, ours_cpu_s = 1.0, 1.0
    for result in results:
        cost = result.cost
        if cost is None:
            lines.append([result.name, f"failed: {result.error.splitlines()[-1]}", *[""] * (len(head) - 2)])
            continue
        if result.name == "maillage":
            ours_s, ours_cpu_s = cost.wall_s, cost.cpu_s
        agrees = result.compared
        lines.append(
            [
                result.name,
                f"{cost.wall_s:.1f}",
                f"{cost.cpu_s:.1f}",
                f"{cost.cpu_s / rows * 1e6:.2f}",
                f"{cost.peak_bytes / 2**30:.2f}",
                f"{cost.others_cpu_s:.0f}",
                f"{ours_s / cost.wall_s:.2f}",
                f"{ours_cpu_s / cost.cpu_s:.2f}",
                f"{agrees['flows_that_differ']} of {agrees['flows']:,}" if agrees else "",
            ]
        )
    stages = [f"{name} {seconds:.1f}" for r in results for name, seconds in r.stages.items()]
    return "\n".join(f"| {' | '.join(cells)} |" for cells in lines) + f"\n\nStages, s: {', '.join(stages)}"


if __name__ == "__main__":
    main()
