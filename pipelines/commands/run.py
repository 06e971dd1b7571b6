"""Commands about a run: validate, plan, run, status, synth, demo, schema."""

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer
from rich.console import Console

from jobs.errors import ConfigError, MaillageError, together
from pipelines.commands.options import (
    AsJson,
    ConfigFile,
    Debug,
    From,
    Only,
    Quiet,
    Set,
    Until,
    out,
    print_json,
)
from pipelines.stage_names import NAMES

if TYPE_CHECKING:
    from pipelines.config import RunConfig
    from pipelines.planner import Selection
    from pipelines.records import StageRecord


def validate(config: ConfigFile, set_: Set = None, json_: AsJson = False, debug: Debug = False) -> None:
    """Check a config file and look at the beginning of every input, without running anything."""
    from pipelines.config import load_config
    from pipelines.stages import STAGES

    loaded = load_config(config, tuple(set_ or ()))
    checked, problems = 0, []
    for stage in STAGES:
        try:
            checked += 0 if stage.asked(loaded) else stage.check(loaded)
        except MaillageError as error:
            problems.append(error)
    if problems:
        raise together(problems)
    out(
        {"valid": True, "input_files": checked}, f"{config} is valid; {checked} input files looked at.", json_
    )


def plan(
    config: ConfigFile,
    start: From = None,
    until: Until = None,
    only: Only = None,
    force: Annotated[bool, typer.Option("--force", help="as if nothing were up to date")] = False,
    set_: Set = None,
    json_: AsJson = False,
    debug: Debug = False,
) -> None:
    """Say what a run would do, what is up to date, and why."""
    from jobs.engine.store import Store
    from pipelines import planner
    from pipelines.config import load_config
    from pipelines.ledger import Ledger

    loaded = load_config(config, tuple(set_ or ()))
    ledger = Ledger(Store(loaded.workspace))
    decisions = planner.plan(loaded, ledger, planner.Selection(start, until, force, only))
    if json_:
        told = [{"stage": d.stage.name, "action": d.action, "reason": d.reason} for d in decisions]
        print_json(told)
    else:
        from pipelines import display

        display.show_plan(Console(), decisions)


def run(
    config: ConfigFile,
    start: From = None,
    until: Until = None,
    only: Only = None,
    force: Annotated[bool, typer.Option("--force", help="run every stage again")] = False,
    set_: Set = None,
    master: Annotated[
        str | None, typer.Option("--master", help="Spark master URL, such as local[4] or spark://head:7077")
    ] = None,
    json_: AsJson = False,
    quiet: Quiet = False,
    debug: Debug = False,
) -> None:
    """Run the stages that are not up to date: records, flows, release, proposals, report.

    A run that was killed goes on with the same command.
    """
    from pipelines.config import load_config
    from pipelines.planner import Selection

    overrides = [*(set_ or ()), *([f"engine.master={json.dumps(master)}"] if master else [])]
    loaded = load_config(config, tuple(overrides))
    run_stages(loaded, Selection(start, until, force, only), json_, quiet)


def run_stages(
    config: "RunConfig", selection: "Selection", as_json: bool, quiet: bool = False
) -> dict[str, Any]:
    """Run stages of a config, and tell of them."""
    from jobs.engine.locations import shown
    from pipelines import display, runner

    console = Console()
    listener = listener_for(console, as_json, quiet)
    try:
        result = runner.run(config, selection, listener)
    except MaillageError as error:
        listener.failed(error)
        raise
    finally:
        listener.stop()
    if as_json:
        sys.stdout.write(json.dumps({"event": "run_finished", **result.as_json()}, ensure_ascii=False) + "\n")
    elif not quiet:
        display.show_ending(console, result, shown(config.workspace))
        _show_results(console, config, result.records)
    return result.as_json()


def listener_for(console: Console, as_json: bool, quiet: bool = False) -> Any:
    """Who hears of a run: a scheduler, nobody, or a person."""
    from pipelines import listeners

    if as_json:
        return listeners.JsonListener()
    return listeners.QuietListener() if quiet else listeners.TerminalListener(console, len(NAMES))


def _show_results(console: Console, config: "RunConfig", records: dict[str, Any]) -> None:
    from jobs.engine.store import Store
    from pipelines import display

    store = Store(config.workspace)
    if "transit" in records:
        proposals = store.read_json(records["transit"].artifact("transit/proposals.json"))
        display.show_proposals(console, proposals, 3)
    made = (
        ("report", "Run report", "run.html"),
        ("release", "Release", "manifest.sha256"),
        ("report", "Report", "report.html"),
    )
    for stage, name, file in made:
        if stage in records:
            told = f"{name}: {store.name}/{_made_at(records[stage], file)}"
            console.print(told, soft_wrap=True, highlight=False)


def _made_at(record: "StageRecord", file: str) -> str:
    """Where a stage's files for people lie: the page itself, or the folder of a bundle."""
    path = next(str(a["path"]) for a in record.artifacts if a["path"].endswith(f"/{file}"))
    return path if file.endswith(".html") else path.rpartition("/")[0]


def status(
    workspace: Annotated[str, typer.Argument(metavar="WORKSPACE", help="folder or URI of a run")],
    json_: AsJson = False,
    debug: Debug = False,
) -> None:
    """Show every stage of a workspace with rows, seconds, and when it finished."""
    from jobs.engine.locations import shown
    from jobs.engine.store import Store
    from pipelines import display
    from pipelines.ledger import Ledger

    ledger = Ledger(Store(workspace))
    if not ledger.is_workspace():
        raise ConfigError(
            "is not a workspace: it has no stages/", shown(workspace), "name the folder of a run"
        )
    records = [record for name in NAMES if (record := ledger.record(name)) is not None]
    if json_:
        print_json([record.as_json() for record in records])
        return
    missing = [name for name in NAMES if name not in {record.stage for record in records}]
    display.show_status(Console(), records, missing)


def synth(
    config: ConfigFile,
    set_: Set = None,
    json_: AsJson = False,
    quiet: Quiet = False,
    debug: Debug = False,
) -> None:
    """Make the simulated world of a config: records, cells, zones, buses, and the truth."""
    from jobs.engine.locations import join, shown
    from pipelines.config import load_config
    from pipelines.planner import Selection

    loaded = load_config(config, tuple(set_ or ()))
    if loaded.world is None:
        raise ConfigError("has no `world` section", str(config), "add one; configs/demo.yaml shows it")
    run_stages(loaded, Selection(until="world"), json_, quiet)
    if not (json_ or quiet):
        Console().print(f"World: {shown(join(loaded.workspace, 'world'))}", soft_wrap=True, highlight=False)


def demo(
    folder: Annotated[Path, typer.Argument(metavar="[FOLDER]", help="where to put it")] = Path(
        "maillage-demo"
    ),
    set_: Set = None,
    json_: AsJson = False,
    quiet: Quiet = False,
    debug: Debug = False,
) -> None:
    """Simulate a city and go the whole way: records, flows, proposals, report.

    The config is written into the folder as demo.yaml, to read and to change; the same command goes on from there.
    """
    from importlib.resources import files

    from pipelines.config import load_config
    from pipelines.planner import Selection

    folder.mkdir(parents=True, exist_ok=True)
    config = folder / "demo.yaml"
    if not config.exists():
        config.write_bytes(files("configs").joinpath("demo.yaml").read_bytes())
    run_stages(load_config(config, tuple(set_ or ())), Selection(), json_, quiet)


def print_schema() -> None:
    """Print every config key with its meaning, as JSON Schema for editors."""
    from pipelines.config import schema

    print_json(schema())
