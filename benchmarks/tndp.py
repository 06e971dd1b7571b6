"""The transit network design problem: our search beside the best published values.

    python benchmarks/tndp.py --data DIR --seeds 1,2,3,4,5 --json FILE

DIR holds `arbex/` and `john2016_pareto/` (docs/tndp.md says what they are). Each run is the command as a user gives it,
in a process of its own; each network is scored anew from the file that it wrote.
"""

import argparse
import csv
import json
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

import networkx as nx
import numpy as np

ROOT = Path(__file__).resolve().parent.parent


@dataclass(frozen=True)
class Case:
    """One row of the table.

    Attributes
    ----------
    folder : of the instance, below the data; "" for the instance that is made here.
    rules : routes, least and most nodes of a route.
    published : least published ATT, or for a known network its ATT.
    target : ATT to stay at or below.
    options : further options of the command.
    known : row of a published set to set out from.
    """

    name: str
    folder: str
    rules: tuple[int, int, int]
    seconds: float
    published: float | None
    target: float | None
    options: tuple[str, ...] = ()
    known: int | None = None


@dataclass
class Row:
    """What the runs of a case gave."""

    case: Case
    runs: list[dict[str, Any]] = field(default_factory=list)

    def median(self, measure: str) -> float:
        return statistics.median(run[measure] for run in self.runs)


_M0, _M1, _M2 = (12, 2, 15), (15, 10, 30), (56, 10, 22)
_FRONT = "john2016_pareto/"
CASES = (
    *(
        Case(f"Mandl {routes}", "arbex/Mandl/Mandl1", (routes, 2, 8), 15, published, target)
        for routes, published, target in (
            (4, 10.48, 10.483),
            (6, 10.18, 10.180),
            (7, 10.10, 10.101),
            (8, 10.08, 10.068),
        )
    ),
    Case("Mumford0", "arbex/Mumford/Mumford0", _M0, 60, 14.09, 13.95),
    Case("Mumford1", "arbex/Mumford/Mumford1", _M1, 120, 21.69, 21.45),
    Case("Mumford2", "arbex/Mumford/Mumford2", _M2, 180, 25.19, 24.45),
    Case("Mumford3", "arbex/Mumford/Mumford3", (60, 12, 25), 180, 27.75, 27.26),
    Case("made 127", "", (60, 12, 25), 180, None, None),
    Case("Mumford1 TRT <= 1260", "arbex/Mumford/Mumford1", _M1, 120, None, 22.2, ("--max-trt", "1260")),
    *(
        Case(f"{name} from {known}", _FRONT + name, rules, 30, att, att * 0.96, ("--keep-trt",), known)
        for name, rules, known, att in (
            ("Mumford0", _M0, 0, 14.9633),
            ("Mumford0", _M0, 79, 21.2355),
            ("Mumford1", _M1, 0, 23.0399),
            ("Mumford1", _M1, 52, 25.9007),
            ("Mumford1", _M1, 78, 27.7312),
        )
    ),
)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--seeds", default="1,2,3,4,5")
    parser.add_argument("--only", default="", help="cases whose name begins so, comma-separated")
    parser.add_argument("--share", type=float, default=1.0, help="of each case's seconds")
    parser.add_argument("--json", type=Path, help="where to write the figures")
    args = parser.parse_args()
    seeds = [int(seed) for seed in args.seeds.split(",")]
    chosen = tuple(name for name in args.only.split(",") if name) or ("",)
    rows = list(
        measured([case for case in CASES if case.name.startswith(chosen)], args.data, seeds, args.share)
    )
    print(table(rows))
    if args.json:
        told = [asdict(row) for row in rows]
        args.json.write_text(json.dumps({"share": args.share, "rows": told}, indent=1), encoding="utf-8")


def measured(cases: list[Case], data: Path, seeds: list[int], share: float) -> Iterator[Row]:
    """Run cases, seed by seed; those whose instance is not there are left out."""
    with tempfile.TemporaryDirectory() as folder:
        scratch = Path(folder)
        write_instance(scratch / "made")
        for case in cases:
            instance = data / case.folder if case.folder else scratch / "made"
            if not instance.is_dir():
                print(f"{case.name}: no {instance}, left out", file=sys.stderr)
                continue
            row = Row(case)
            for seed in seeds:
                row.runs.append(run(case, instance, seed, case.seconds * share, scratch))
                print(
                    case.name,
                    seed,
                    {k: v for k, v in row.runs[-1].items() if k != "parameters"},
                    file=sys.stderr,
                )
            yield row


def run(case: Case, instance: Path, seed: int, seconds: float, scratch: Path) -> dict[str, Any]:
    """One search by the command; its figures come from the routes that it wrote."""
    routes, least, most = (str(number) for number in case.rules)
    rules = ["--routes", routes, "--min-nodes", least, "--max-nodes", most]
    found, start = scratch / "found.txt", scratch / "start.txt"
    options = list(case.options)
    if case.known is not None:
        write_published(instance / "Results_data.csv", case.known, start)
        options += ["--start", str(start)]
    began = time.perf_counter()
    ask = ["benchmark", str(instance), *rules, "--seconds", str(seconds), "--seed", str(seed), *options]
    told = command([*ask, "--out", str(found)])
    wall = time.perf_counter() - began
    scored = command(["score-routes", str(instance), str(found), *rules])
    return told | scored | {"wall_s": round(wall, 1)}


def command(options: list[str]) -> dict[str, Any]:
    """Answer of a `maillage transit` command."""
    asked = [sys.executable, "-m", "pipelines.cli", "transit", *options, "--json"]
    done = subprocess.run(asked, cwd=ROOT, check=True, stdout=subprocess.PIPE)
    told: dict[str, Any] = json.loads(done.stdout)
    return told


def write_published(results: Path, number: int, path: Path) -> None:
    """A set of routes of a published Pareto front as a file of routes."""
    with results.open(newline="", encoding="utf-8-sig") as file:
        routes = list(csv.DictReader(file))[number]["Routes"]
    path.write_text("\n".join(route for route in routes.split("*") if route) + "\n", encoding="utf-8")


def write_instance(folder: Path, nodes: int = 127, links: int = 425, seed: int = 7) -> None:
    """An instance of the size of the largest published one, which nothing was tuned on.

    Random places; the least spanning tree and the shortest other links; demand from 5 to 800, evenly spread, as Mumford
    (2013) made hers.
    """
    rng = np.random.default_rng(seed)
    place = rng.uniform(0, 20, (nodes, 2))
    apart = np.linalg.norm(place[:, None] - place[None], axis=2)
    tree = {tuple(sorted(e)) for e in nx.minimum_spanning_edges(nx.from_numpy_array(apart), data=False)}
    pairs = sorted(
        (apart[i, j], i, j) for i in range(nodes) for j in range(i + 1, nodes) if (i, j) not in tree
    )
    chosen = sorted(tree) + [(i, j) for _, i, j in pairs[: links - len(tree)]]
    demand = rng.integers(1, 161, (nodes, nodes)) * 5
    folder.mkdir()
    _write(folder / "nodes.txt", "id", ((i,) for i in range(nodes)))
    minutes = ((i, j, max(1, round(2 * apart[i, j]))) for i, j in chosen)
    _write(folder / "links.txt", "from,to,travel_time", minutes)
    both = ((i, j, demand[min(i, j), max(i, j)]) for i in range(nodes) for j in range(nodes) if i != j)
    _write(folder / "demand.txt", "from,to,demand", both)


def _write(path: Path, header: str, rows: Iterator[tuple[Any, ...]]) -> None:
    path.write_text(header + "\n" + "".join(",".join(map(str, row)) + "\n" for row in rows), encoding="utf-8")


def table(rows: list[Row]) -> str:
    """Figures as a table; medians of the seeds."""
    lines = [
        "| instance | routes | nodes a route | wall s | published ATT | asked | ATT, median | least - most | TRT |"
        " d0 | d1 | d2 | dun |",
        "| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |",
    ]
    for row in rows:
        case, atts = row.case, [run["att"] for run in row.runs]
        cells = [
            case.name,
            str(case.rules[0]),
            f"{case.rules[1]}-{case.rules[2]}",
            f"{row.median('wall_s'):.1f}",
            "" if case.published is None else f"{case.published:.2f}",
            "" if case.target is None else f"{case.target:.3f}",
            f"{row.median('att'):.4f}",
            f"{min(atts):.4f} - {max(atts):.4f}",
            f"{row.median('trt'):.0f}",
            *(f"{row.median(share):.2f}" for share in ("d0", "d1", "d2", "dun")),
        ]
        lines.append("| " + " | ".join(cells) + " |")
    return "\n".join(lines)


if __name__ == "__main__":
    main()
