"""Commands about a city's network: `maillage transit check | evaluate | propose | diff | schema`."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer
from rich.console import Console

from jobs.errors import ConfigError
from pipelines.commands.options import AsJson, Debug, Set, print_json
from pipelines.commands.transit import transit_app

if TYPE_CHECKING:
    from pydantic import BaseModel

_FIRST_HOUR = 5
"""Slots that begin before are nights, when as a rule nothing is planned."""

Gtfs = Annotated[Path, typer.Option("--gtfs", metavar="FEED", help="GTFS zip or folder")]
OdTable = Annotated[
    Path | None, typer.Option("--od", metavar="TABLE", help="OD matrix: Parquet, CSV, or a release")
]
ZoneTable = Annotated[
    Path | None, typer.Option("--zones", metavar="TABLE", help="people by H3 cell: h3, population")
]


@transit_app.command()
def check(
    feed: Annotated[Path, typer.Argument(metavar="FEED", help="GTFS zip or folder")],
    json_: AsJson = False,
    debug: Debug = False,
) -> None:
    """Read a feed and tell all that is wrong with it. Exit code 2 if it cannot be used."""
    from jobs.transit.feeds.feed import read_feed
    from jobs.transit.findings import FeedFault
    from pipelines.transit_tables import show_findings

    try:
        found, fault = read_feed(feed).warnings, None
    except FeedFault as error:
        found, fault = error.findings, error
    if json_:
        print_json({"usable": fault is None, "findings": [finding.as_json() for finding in found]})
    else:
        show_findings(Console(), feed, found)
    if fault is not None:
        raise SystemExit(fault.exit_code)


@transit_app.command()
def evaluate(
    gtfs: Gtfs,
    od: OdTable = None,
    zones: ZoneTable = None,
    workspace: Annotated[
        Path | None, typer.Option("--workspace", metavar="FOLDER", help="take OD matrix and zones from a run")
    ] = None,
    set_: Set = None,
    json_: AsJson = False,
    debug: Debug = False,
) -> None:
    """Score a network as it is: each line, the whole, and who gets what."""
    from jobs.transit.feeds.feed import read_feed
    from jobs.transit.network_score import network_score
    from jobs.transit.scene import read_scene
    from pipelines.transit_tables import show_network

    params, flows, people = _demand(od, zones, workspace, set_)
    scene = read_scene(read_feed(gtfs), flows, people, params)
    try:
        told = network_score(scene, params)
    finally:
        scene.evaluator.close()
    if json_:
        print_json(told)
    else:
        show_network(Console(), told)


@transit_app.command()
def propose(
    config: Annotated[
        Path | None, typer.Option("--config", metavar="CONFIG", help="run the stage of this config alone")
    ] = None,
    gtfs: Annotated[Path | None, typer.Option("--gtfs", metavar="FEED", help="GTFS zip or folder")] = None,
    od: OdTable = None,
    zones: ZoneTable = None,
    out_: Annotated[
        Path | None, typer.Option("--out", metavar="DIR", help="folder for proposals, maps and feed")
    ] = None,
    set_: Set = None,
    json_: AsJson = False,
    debug: Debug = False,
) -> None:
    """Propose changes of a network: the transit stage alone, from a config or from files.

    Ctrl-C ends the search early; the best plan so far is written.
    """
    from pipelines.display import show_proposals
    from pipelines.transit_tables import show_plan

    given = [name for name, value in (("--gtfs", gtfs), ("--od", od), ("--out", out_)) if value is not None]
    if config is not None:
        if given or zones is not None:
            raise ConfigError(
                "a config names feed, OD matrix and folder itself", ", ".join(given), "leave out either"
            )
        _run_stage(config, set_, json_)
        return
    if gtfs is None or od is None or out_ is None:
        raise ConfigError("has to be given", "--gtfs, --od and --out, or --config", "see --help")
    params, flows, people = _demand(od, zones, None, set_)
    content = _planned(flows, people, gtfs, out_, params, json_)
    if json_:
        print_json(content)
    else:
        console = Console()
        show_proposals(console, content, len(content["proposals"]))
        show_plan(console, content)
        console.print(f"Written: {out_}", soft_wrap=True, highlight=False)


@transit_app.command()
def diff(
    a: Annotated[Path, typer.Argument(metavar="A", help="GTFS zip or folder before")],
    b: Annotated[Path, typer.Argument(metavar="B", help="GTFS zip or folder after")],
    set_: Set = None,
    json_: AsJson = False,
    debug: Debug = False,
) -> None:
    """Say what changed from one feed to another, line by line."""
    from jobs.transit.feeds.feed import read_feed
    from jobs.transit.network_diff import network_diff
    from pipelines.transit_tables import show_changed_lines

    told = network_diff(read_feed(a), read_feed(b), _set_params({}, set_))
    if json_:
        print_json(told)
    else:
        show_changed_lines(Console(), told)


@transit_app.command("schema")
def schema_of_proposals(json_: AsJson = False) -> None:
    """Print the JSON Schema of proposals.json."""
    from jobs.transit.proposals_schema import proposals_schema

    print_json(proposals_schema())


def _demand(
    od: Path | None, zones: Path | None, workspace: Path | None, set_: list[str] | None
) -> tuple[Any, Any, Any]:
    """Parameters, OD matrix of the slots that are planned, and people by H3 cell or None."""
    from jobs.transit.od_file import read_population
    from jobs.transit.short_trips import with_short_trips

    od = od or workspace
    if od is None:
        raise ConfigError("has to be given", "--od or --workspace", "name an OD table or the folder of a run")
    zones = zones or workspace
    flows, is_of_phones = _flows(od)
    params, flows = _params(flows, set_)
    if is_of_phones:
        flows = with_short_trips(flows, params.day_type, params.short_trips_km)
    if zones is None:
        return params, flows, None
    return params, flows, _table_of_run(zones, "zones") if _is_run(zones) else read_population(zones)


def _flows(od: Path) -> tuple[Any, bool]:
    """OD matrix, of a run or release with what was withheld of it; and whether phone records tell it."""
    from jobs.transit.od_file import read_margins, read_od
    from jobs.transit.withheld import completed

    if _is_run(od):
        return completed(_table_of_run(od, "od"), _table_of_run(od, "od_margins")), True
    flows, margins = read_od(od), read_margins(od)
    return (flows, False) if margins is None else (completed(flows, margins), True)


def _is_run(path: Path) -> bool:
    """Whether a folder is a workspace, whose manifests say which files count."""
    return (path / "stages").is_dir()


def _table_of_run(path: Path, name: str) -> Any:
    from pipelines.workspace import Workspace

    return Workspace(path).table(name)


def _params(flows: Any, set_: list[str] | None) -> tuple[Any, Any]:
    """Parameters with the hours of the slots that the table names, and the rows of the slots that are planned."""
    import pyarrow as pa
    import pyarrow.compute as pc

    from jobs.calendars.days import DEFAULT_SLOTS

    named = set(pc.unique(flows["slot"]).to_pylist())
    served = {
        name: hours for name, hours in DEFAULT_SLOTS.items() if name in named and hours[0] >= _FIRST_HOUR
    }
    params = _set_params({"slots": served} if served else {}, set_)
    known = set(params.slots) | (set(DEFAULT_SLOTS) if served else set())
    dropped = (named & known) - set(params.slots)
    rows = flows.filter(pc.invert(pc.is_in(flows["slot"], pa.array(sorted(dropped), pa.string()))))
    return params, rows


def _set_params(content: dict[str, Any], set_: list[str] | None) -> Any:
    """Transit parameters from ``--set key=value``; a leading ``transit.`` is left out."""
    from jobs.transit.params import TransitParams

    return set_params(TransitParams, content, set_, "`maillage schema` prints every key below `transit`")


def set_params(kind: type["BaseModel"], content: dict[str, Any], set_: list[str] | None, mend: str) -> Any:
    """Parameters of a kind from ``--set key=value``; a leading ``transit.`` is left out.

    Raises
    ------
    ConfigError
        An assignment is not valid; all problems at once.
    """
    from pydantic import ValidationError

    from pipelines.problems import problem_of
    from pipelines.yaml_source import YamlSource, dotted, with_override

    source = YamlSource("--set", dict(content), {}, [])
    for assignment in set_ or ():
        with_override(source, assignment.removeprefix("transit."))
    try:
        return kind.model_validate(source.content)
    except ValidationError as error:
        found = [problem_of(entry, kind) for entry in error.errors()]
        told = "; ".join(f"{dotted(problem.path)}: {problem.message}" for problem in found)
        raise ConfigError(told, "--set", mend) from None


def _planned(flows: Any, people: Any, gtfs: Path, folder: Path, params: Any, as_json: bool) -> Any:
    import json
    import tempfile

    from jobs.transit.plan import plan_network

    try:
        folder.mkdir(parents=True, exist_ok=True)
        tempfile.TemporaryFile(dir=folder).close()  # planning takes minutes: better told now
    except OSError as error:
        raise ConfigError(
            f"cannot be written to ({error.strerror})", str(folder), "name another folder"
        ) from None
    console = Console(stderr=True)
    say = (lambda text: None) if as_json else (lambda text: console.print(text, highlight=False))
    plan_network(flows, people, gtfs, folder, params, say)
    return json.loads((folder / "proposals.json").read_text(encoding="utf-8"))


def _run_stage(config: Path, set_: list[str] | None, as_json: bool) -> None:
    from pipelines.commands.run import run_stages
    from pipelines.config import load_config
    from pipelines.planner import Selection

    run_stages(load_config(config, tuple(set_ or ())), Selection("transit", "transit"), as_json)


__all__ = ["transit_app"]
