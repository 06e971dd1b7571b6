"""Commands about transit networks: `maillage transit COMMAND`."""

import time
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from jobs.errors import ConfigError
from pipelines.commands.options import AsJson, Debug, out
from pipelines.interrupts import interruptible

if TYPE_CHECKING:
    from jobs.tndp.params import SearchParams
    from jobs.tndp.score import Score

transit_app = typer.Typer(help="Score, search and compare transit networks.", no_args_is_help=True)

_LEAST_SHARE = 0.2
"""Of the seconds asked for, that a search gets even where compiling kernels for the first time took them."""
_RESERVE_S = 0.3
"""For the score at the end."""
_START_S = 3.0
"""Starting Python and imports take no longer; their processor time counts as part of a command's seconds."""

InstanceDir = Annotated[
    Path, typer.Argument(metavar="INSTANCE_DIR", help="folder with tables of nodes, links and demand")
]
RoutesFile = Annotated[
    Path, typer.Argument(metavar="ROUTES_FILE", help="one route a line, its nodes joined by -")
]
Routes = Annotated[int | None, typer.Option("--routes", min=1, help="number of routes")]
MinNodes = Annotated[int | None, typer.Option("--min-nodes", min=2, help="least nodes of a route")]
MaxNodes = Annotated[int | None, typer.Option("--max-nodes", min=2, help="most nodes of a route")]


@transit_app.command("score-routes")
def score_routes(
    instance_dir: InstanceDir,
    routes_file: RoutesFile,
    routes: Routes = None,
    min_nodes: MinNodes = None,
    max_nodes: MaxNodes = None,
    json_: AsJson = False,
    debug: Debug = False,
) -> None:
    """Score a set of routes as publications on the transit network design problem (TNDP) do.

    With --routes, --min-nodes and --max-nodes, sets of other numbers or lengths are refused.
    """
    from jobs.tndp.reading import read_instance
    from jobs.tndp.routes import RouteRules, read_routes
    from jobs.tndp.score import score

    instance = read_instance(instance_dir)
    found = score(instance, read_routes(routes_file, instance, RouteRules(routes, min_nodes, max_nodes)))
    out(found.as_json(), _measures(found), json_)


@transit_app.command()
def benchmark(
    instance_dir: InstanceDir,
    routes: Routes = None,
    min_nodes: MinNodes = None,
    max_nodes: MaxNodes = None,
    seconds: Annotated[
        float, typer.Option(min=0.5, max=86_400, help="wall clock of the whole command")
    ] = 60.0,
    iterations: Annotated[
        int | None, typer.Option(min=1, help="moves each chain tries, instead of --seconds: repeatable")
    ] = None,
    seed: Annotated[int, typer.Option(min=0, help="of random numbers")] = 1,
    chains: Annotated[
        int, typer.Option(min=1, max=4, help="networks searched side by side, a core each")
    ] = 2,
    trt_weight: Annotated[
        float, typer.Option(min=0, help="minutes of ATT that a minute of TRT is worth")
    ] = 0.0,
    max_trt: Annotated[int | None, typer.Option(min=1, help="most minutes of all routes (TRT)")] = None,
    start: Annotated[
        Path | None, typer.Option(metavar="ROUTES_FILE", help="set out from this network")
    ] = None,
    keep_trt: Annotated[bool, typer.Option("--keep-trt", help="no more TRT than the start has")] = False,
    max_changed: Annotated[
        int | None, typer.Option(min=1, help="change only so many of the start's routes, those least missed")
    ] = None,
    out_: Annotated[
        Path | None,
        typer.Option("--out", metavar="FILE", help="write the routes, as score-routes reads them"),
    ] = None,
    json_: AsJson = False,
    debug: Debug = False,
) -> None:
    """Search the routes with the least average travel time (ATT) of a benchmark instance (TNDP).

    Ctrl-C ends the search early: the best network so far is told and written. With --start, the number
    of routes and their nodes are the start's own unless given.
    """
    began = time.monotonic() - min(time.process_time(), _START_S)
    from jobs.tndp.budget import StepBudget, TimeBudget
    from jobs.tndp.known import changed_routes, own_rules, set_out
    from jobs.tndp.reading import read_instance
    from jobs.tndp.routes import RouteRules, read_routes, write_routes
    from jobs.tndp.score import score
    from jobs.tndp.search import search, warm_up

    instance = read_instance(instance_dir)
    known = read_routes(start, instance, RouteRules()) if start else None
    before = score(instance, known) if known else None
    if before is None and (keep_trt or max_changed):
        raise ConfigError(
            "needs a network to set out from", "--keep-trt, --max-changed", "give --start ROUTES_FILE"
        )
    if before and keep_trt:
        max_trt = min(before.trt, max_trt or before.trt)
    asked = {"routes": routes, "min_nodes": min_nodes, "max_nodes": max_nodes}
    params = _params(
        (own_rules(known) if known else {}) | {rule: value for rule, value in asked.items() if value},
        seed=seed,
        chains=chains,
        trt_weight=trt_weight,
        max_trt=max_trt,
        max_changed=max_changed,
    )
    warm_up()
    network = set_out(instance, known, params) if known else None
    with interruptible() as interrupted:
        now = time.monotonic()
        ends = max(began + seconds - min(_RESERVE_S, 0.1 * seconds), now + _LEAST_SHARE * seconds)
        found = search(
            instance, params, StepBudget(iterations) if iterations else TimeBudget(ends), network, interrupted
        )
    if out_:
        write_routes(out_, found.routes, instance)
    after = score(instance, found.routes)
    told = after.as_json() | {
        "seconds": round(time.monotonic() - began, 2),
        "iterations": found.steps,
        "evaluated": found.evaluated,
        "interrupted": interrupted(),
        "parameters": params.model_dump(),
    }
    if known and before:
        told |= {"start": before.as_json(), "changed_routes": changed_routes(known, found.routes)}
    out(told, _ending(told, after, before), json_)


def _params(rules: dict[str, int], **others: Any) -> "SearchParams":
    from pydantic import ValidationError

    from jobs.tndp.params import SearchParams

    missing = [name for name in ("routes", "min_nodes", "max_nodes") if name not in rules]
    if missing:
        options = ", ".join("--" + name.replace("_", "-") for name in missing)
        raise ConfigError(
            "has to be given", options, "say how many routes of how many nodes, or give --start"
        )
    try:
        return SearchParams(**rules, **others)
    except ValidationError as error:
        first = error.errors()[0]
        where = ", ".join("--" + str(part).replace("_", "-") for part in first["loc"])
        raise ConfigError(first["msg"].removeprefix("Value error, "), where, "see --help") from error


def _measures(found: "Score") -> str:
    return (
        f"ATT {found.att:.4f} min, TRT {found.trt} min\n"
        f"Trips without transfer {found.d0:.2f} %, one {found.d1:.2f} %, two {found.d2:.2f} %, "
        f"more {found.dun:.2f} %"
    )


def _ending(told: dict[str, Any], after: "Score", before: "Score | None") -> str:
    lines = [_measures(after)]
    if before:
        lines.append(
            f"The start: ATT {before.att:.4f} min, TRT {before.trt} min; ATT {after.att / before.att - 1:+.1%}, "
            f"TRT {after.trt / before.trt - 1:+.1%}, {told['changed_routes']} routes changed"
        )
    lines.append(f"{told['evaluated']:,} networks evaluated in {told['seconds']} s")
    if told["interrupted"]:
        lines.append("Interrupted: this is the best network until then.")
    return "\n".join(lines)
