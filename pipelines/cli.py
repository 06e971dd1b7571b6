"""The command line: `maillage COMMAND`. Exit codes: 0 done, 1 failed, 2 config or input, 3 privacy, 4 quality.

What takes long to load (Spark, Numba, Arrow, pydantic) is imported by the commands that use it, not here.
"""

import atexit
import gc
import re
import sys
from typing import Annotated, NoReturn

import typer
from rich.console import Console
from rich.text import Text

from jobs.engine.no_pandas import refuse_pandas
from jobs.errors import MaillageError
from pipelines.commands.audit import anonymise, audit_app
from pipelines.commands.flows import flows
from pipelines.commands.keys import keys_app
from pipelines.commands.map import export_map
from pipelines.commands.mobility import mobility
from pipelines.commands.people import leak_scan, subject_export
from pipelines.commands.quarantine import quarantine_app
from pipelines.commands.release import release_app
from pipelines.commands.report import run_report
from pipelines.commands.run import demo, plan, print_schema, run, status, synth, validate
from pipelines.commands.score import score
from pipelines.commands.transit_demand import transit_app

_COLLECT_AFTER = (500_000, 20, 50)
"""For `gc.set_threshold`: to look for garbage among loaded modules, also at the end, took a third of a short run.

All modules of a run are some 300,000 objects.
"""

_EPILOG = (
    "Exit codes: 0 done, 1 failed, 2 config or input at fault, 3 a privacy rule refused, 4 a quality rule."
)

app = typer.Typer(
    name="maillage",
    help="From raw mobile-phone records to a better bus network, without giving away a single person.",
    epilog=_EPILOG,
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    add_completion=True,
    context_settings={"help_option_names": ["-h", "--help"]},
)

_RUNS, _PEOPLE, _FLOWS = "Run", "Release and people", "Flows and networks"

app.command(rich_help_panel=_RUNS)(demo)
app.command(rich_help_panel=_RUNS)(validate)
app.command(rich_help_panel=_RUNS)(plan)
app.command(rich_help_panel=_RUNS)(run)
app.command(rich_help_panel=_RUNS)(status)
app.command(rich_help_panel=_RUNS)(synth)
app.command(name="schema", rich_help_panel=_RUNS)(print_schema)
app.add_typer(quarantine_app, name="quarantine", rich_help_panel=_RUNS)
app.add_typer(keys_app, name="keys", rich_help_panel=_PEOPLE)
app.add_typer(release_app, name="release", rich_help_panel=_PEOPLE)
app.add_typer(audit_app, name="audit", rich_help_panel=_PEOPLE)
app.command(rich_help_panel=_PEOPLE)(anonymise)
app.command(name="leak-scan", rich_help_panel=_PEOPLE)(leak_scan)
app.command(name="subject-export", rich_help_panel=_PEOPLE)(subject_export)
app.add_typer(transit_app, name="transit", rich_help_panel=_FLOWS)
app.command(rich_help_panel=_FLOWS)(flows)
app.command(rich_help_panel=_FLOWS)(mobility)
app.command(rich_help_panel=_FLOWS)(score)
app.command(name="run-report", rich_help_panel=_FLOWS)(run_report)
app.command(name="export-map", rich_help_panel=_FLOWS)(export_map)

_NUMBER = re.compile(r"\+?\d(?:[ .-]?\d){6,}")

_INTERRUPTED = 130
"""What newer Typer returns where older ones raise."""


def _tell_version(asked: bool) -> None:
    if asked:
        from importlib.metadata import version

        sys.stdout.write(f"maillage {version('maillage')}\n")
        raise typer.Exit


@app.callback()
def _of_every_command(
    version: Annotated[
        bool, typer.Option("--version", callback=_tell_version, is_eager=True, help="Tell the version.")
    ] = False,
) -> None:
    """From raw mobile-phone records to a better bus network, without giving away a single person."""


def main() -> None:
    """Run the command line and leave with the exit code that the error calls for."""
    refuse_pandas()
    gc.set_threshold(*_COLLECT_AFTER)
    atexit.register(gc.freeze)
    err = Console(stderr=True)
    try:
        if app(prog_name="maillage", standalone_mode=False) == _INTERRUPTED:
            raise KeyboardInterrupt
    except MaillageError as error:
        _show_trace_if_asked()
        _show_error(err, str(error))
        sys.exit(error.exit_code)
    except (typer.Exit, SystemExit) as leaving:
        sys.exit(getattr(leaving, "exit_code", getattr(leaving, "code", 0)))
    except (KeyboardInterrupt, typer.Abort):
        _leave_interrupted(err)
    except Exception as error:
        if _is_interruption(error):
            _leave_interrupted(err)
        _leave_with_other_error(err, error)


def _leave_interrupted(err: Console) -> NoReturn:
    _show_error(err, "interrupted; the same command goes on where it stopped")
    sys.exit(1)


def _is_interruption(error: Exception) -> bool:
    """Whether Ctrl-C came while compiled code ran: Python then finds it in the kernel's result (SystemError)."""
    return isinstance(error, SystemError) and isinstance(error.__cause__, KeyboardInterrupt)


def _show_error(console: Console, message: str) -> None:
    """Print an error: what, where, and the mend."""
    console.print(Text("Error: ", style="bold red") + Text(message), soft_wrap=True)


def _leave_with_other_error(err: Console, error: Exception) -> None:
    """Show errors of the command line itself as usage errors, anything else as one line without its trace."""
    show = getattr(error, "show", None)  # Click's errors have it; newer Typer brings a Click of its own
    if show is not None:
        show()
        sys.exit(2)
    _show_trace_if_asked()
    cause = next((line for line in reversed(str(error).splitlines()) if line.strip()), "")
    message = f"{type(error).__name__}: {_without_numbers(cause[:300])}\nMend: --debug shows the whole trace"
    _show_error(err, message)
    sys.exit(1)


def _show_trace_if_asked() -> None:
    if "--debug" in sys.argv:
        import traceback

        sys.stderr.write(_without_numbers(traceback.format_exc()))


def _without_numbers(text: str) -> str:
    """Take out what may be a subscriber's number: errors of libraries like to quote the value they met."""
    return _NUMBER.sub("…", text)


if __name__ == "__main__":
    main()
