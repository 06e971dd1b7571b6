"""The command line: `maillage COMMAND`. Exit codes: 0 done, 1 failed, 2 config or input, 3 privacy, 4 quality."""

import json
import re
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer
from rich.console import Console

from jobs.errors import ConfigError, MaillageError, together
from jobs.locations import join, shown
from pipelines import display
from pipelines.cli_audit import anonymise, audit_app
from pipelines.cli_flows import flows
from pipelines.cli_keys import keys_app
from pipelines.cli_options import AsJson, ConfigFile, Debug, Set, out, print_json
from pipelines.cli_people import leak_scan, subject_export
from pipelines.cli_quarantine import quarantine_app
from pipelines.cli_release import release_app
from pipelines.cli_score import score
from pipelines.cli_transit_plan import transit_app
from pipelines.config import RunConfig, load_config, schema

if TYPE_CHECKING:
    from pipelines.ledger import StageRecord

app = typer.Typer(
    name="maillage",
    help="From raw mobile-phone records to a better bus network, without giving away a single person.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    add_completion=True,
)
app.add_typer(keys_app, name="keys")
app.add_typer(audit_app, name="audit")
app.command()(anonymise)
app.add_typer(quarantine_app, name="quarantine")
app.add_typer(release_app, name="release")
app.add_typer(transit_app, name="transit")
app.command()(score)
app.command()(flows)
app.command(name="leak-scan")(leak_scan)
app.command(name="subject-export")(subject_export)

_NUMBER = re.compile(r"\+?\d(?:[ .-]?\d){6,}")

_INTERRUPTED = 130
"""What newer Typer returns where older ones raise."""


def main() -> None:
    """Run the command line and leave with the exit code that the error calls for."""
    err = Console(stderr=True)
    try:
        if app(prog_name="maillage", standalone_mode=False) == _INTERRUPTED:
            raise KeyboardInterrupt
    except MaillageError as error:
        _show_trace_if_asked()
        display.show_error(err, str(error))
        sys.exit(error.exit_code)
    except (typer.Exit, SystemExit) as leaving:
        sys.exit(getattr(leaving, "exit_code", getattr(leaving, "code", 0)))
    except (KeyboardInterrupt, typer.Abort):
        display.show_error(err, "interrupted; the same command goes on where it stopped")
        sys.exit(1)
    except Exception as error:
        _leave_with_other_error(err, error)


def _leave_with_other_error(err: Console, error: Exception) -> None:
    """Show errors of the command line itself as usage errors, anything else as one line without its trace."""
    show = getattr(error, "show", None)  # Click's errors have it; newer Typer brings a Click of its own
    if show is not None:
        show()
        sys.exit(2)
    _show_trace_if_asked()
    cause = next((line for line in reversed(str(error).splitlines()) if line.strip()), "")
    message = f"{type(error).__name__}: {_without_numbers(cause[:300])}\nMend: --debug shows the whole trace"
    display.show_error(err, message)
    sys.exit(1)


def _show_trace_if_asked() -> None:
    if "--debug" in sys.argv:
        import traceback

        sys.stderr.write(_without_numbers(traceback.format_exc()))


def _without_numbers(text: str) -> str:
    """Take out what may be a subscriber's number: errors of libraries like to quote the value they met."""
    return _NUMBER.sub("…", text)


@app.command()
def validate(config: ConfigFile, set_: Set = None, json_: AsJson = False, debug: Debug = False) -> None:
    """Check a config file and look at the beginning of every input, without running anything."""
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


@app.command()
def plan(
    config: ConfigFile,
    start: Annotated[str | None, typer.Option("--from", help="run this stage and all after it")] = None,
    until: Annotated[str | None, typer.Option("--until", help="stop after this stage")] = None,
    only: Annotated[str | None, typer.Option("--only", help="this stage and those that it needs")] = None,
    force: Annotated[bool, typer.Option("--force", help="as if nothing were up to date")] = False,
    set_: Set = None,
    json_: AsJson = False,
    debug: Debug = False,
) -> None:
    """Say what a run would do, what is up to date, and why."""
    from jobs.store import Store
    from pipelines import planner
    from pipelines.ledger import Ledger

    loaded = load_config(config, tuple(set_ or ()))
    ledger = Ledger(Store(loaded.workspace))
    decisions = planner.plan(loaded, ledger, planner.Selection(start, until, force, only))
    if json_:
        told = [{"stage": d.stage.name, "action": d.action, "reason": d.reason} for d in decisions]
        print_json(told)
    else:
        display.show_plan(Console(), decisions)


@app.command()
def run(
    config: ConfigFile,
    start: Annotated[str | None, typer.Option("--from", help="run this stage and all after it")] = None,
    until: Annotated[str | None, typer.Option("--until", help="stop after this stage")] = None,
    only: Annotated[str | None, typer.Option("--only", help="this stage and those that it needs")] = None,
    force: Annotated[bool, typer.Option("--force", help="run every stage again")] = False,
    set_: Set = None,
    master: Annotated[str | None, typer.Option("--master", help="Spark master URL")] = None,
    json_: AsJson = False,
    debug: Debug = False,
) -> None:
    """Run the stages that are not up to date."""
    from pipelines.planner import Selection

    overrides = [*(set_ or ()), *([f"engine.master={json.dumps(master)}"] if master else [])]
    loaded = load_config(config, tuple(overrides))
    run_stages(loaded, Selection(start, until, force, only), json_)


def run_stages(config: RunConfig, selection: Any, as_json: bool) -> dict[str, Any]:
    """Run stages of a config, and tell of them."""
    from pipelines import runner
    from pipelines.stages import NAMES

    console = Console()
    listener = display.JsonListener() if as_json else display.TerminalListener(console, len(NAMES))
    try:
        result = runner.run(config, selection, listener)
    except MaillageError as error:
        listener.failed(error)
        raise
    finally:
        listener.stop()
    if as_json:
        sys.stdout.write(json.dumps({"event": "run_finished", **result.as_json()}, ensure_ascii=False) + "\n")
    else:
        display.show_ending(console, result, shown(config.workspace))
        _show_results(console, config, result.records)
    return result.as_json()


def _show_results(console: Console, config: RunConfig, records: dict[str, Any]) -> None:
    from jobs.store import Store

    store = Store(config.workspace)
    if "transit" in records:
        proposals = store.read_json(records["transit"].artifact("transit/proposals.json"))
        display.show_proposals(console, proposals, 3)
    for stage, file in (("release", "manifest.sha256"), ("report", "report.html")):
        if stage in records:
            told = f"{stage.capitalize()}: {store.name}/{_made_at(records[stage], file)}"
            console.print(told, soft_wrap=True, highlight=False)


def _made_at(record: "StageRecord", file: str) -> str:
    """Where a stage's files for people lie: the page itself, or the folder of a bundle."""
    path = next(str(a["path"]) for a in record.artifacts if a["path"].endswith(f"/{file}"))
    return path if file.endswith(".html") else path.rpartition("/")[0]


@app.command()
def status(
    workspace: Annotated[str, typer.Argument(help="folder or URI of a run")],
    json_: AsJson = False,
    debug: Debug = False,
) -> None:
    """Show every stage of a workspace with rows and seconds."""
    from jobs.store import Store
    from pipelines.ledger import Ledger
    from pipelines.stages import NAMES

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


@app.command()
def synth(config: ConfigFile, set_: Set = None, json_: AsJson = False, debug: Debug = False) -> None:
    """Make the simulated world of a config: records, cells, zones, buses, and the truth."""
    from pipelines.planner import Selection

    loaded = load_config(config, tuple(set_ or ()))
    if loaded.world is None:
        raise ConfigError("has no `world` section", str(config), "add one; configs/demo.yaml shows it")
    run_stages(loaded, Selection(until="world"), json_)
    if not json_:
        Console().print(f"World: {shown(join(loaded.workspace, 'world'))}", soft_wrap=True, highlight=False)


@app.command()
def demo(
    folder: Annotated[Path, typer.Argument(help="where to put it")] = Path("maillage-demo"),
    set_: Set = None,
    json_: AsJson = False,
    debug: Debug = False,
) -> None:
    """Simulate a city and go the whole way: records, flows, proposals, report."""
    from importlib.resources import files

    from pipelines.planner import Selection

    folder.mkdir(parents=True, exist_ok=True)
    config = folder / "demo.yaml"
    if not config.exists():
        config.write_bytes(files("configs").joinpath("demo.yaml").read_bytes())
    run_stages(load_config(config, tuple(set_ or ())), Selection(), json_)


@app.command(name="schema")
def print_schema() -> None:
    """Print the JSON Schema of the config, for editors."""
    print_json(schema())


if __name__ == "__main__":
    main()
