"""`maillage run-report`: the account of a finished run, with its accuracy where truth is known."""

from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console

from jobs.errors import ConfigError, InputError
from pipelines.commands.options import AsJson, Debug, out
from pipelines.commands.score import FinishedRun, finished


def run_report(
    workspace: FinishedRun,
    file: Annotated[Path, typer.Option("--out", help="HTML file to write")],
    truth: Annotated[
        str | None, typer.Option("--truth", help="folder or URI of truth tables (docs/mobility.md)")
    ] = None,
    key: Annotated[
        Path | None, typer.Option("--key", help="key file of the run, to score homes and works too")
    ] = None,
    json_: AsJson = False,
    debug: Debug = False,
) -> None:
    """Write the run report: rows, days, places, people, and accuracy where truth is known.

    It is the page that each run leaves as report/run.html, with the accuracy of any run whose truth you have.
    """
    from jobs.identity.pseudonyms import KeyReference, load_key
    from jobs.report import write_run_report
    from pipelines.reporting import inputs_told, run_content
    from pipelines.workspace import Workspace

    if not file.parent.is_dir():
        raise ConfigError("there is no such folder", str(file.parent), "make it, or name another --out")
    run = finished(workspace, load_key(KeyReference(file=str(key))) if key else None)
    records = Workspace(workspace).records
    told = records["report"].recipe["config"] if "report" in records else {}
    content = run_content(
        str(told.get("name") or "Maillage"),
        run.store,
        records,
        outlines_of(records),
        {"run": records["od"].run, "inputs": inputs_told(records)},
        _accuracy(run, truth) if truth else None,
    )
    written = write_run_report(content, file)
    out({"file": str(file), "bytes": written, "scored": bool(truth)}, f"{file}: {written:,} bytes", json_)


def _accuracy(run: Any, truth: str) -> dict[str, Any]:
    from jobs.score import TRUTH_TABLES, folder_here, score

    err = Console(stderr=True)
    with folder_here(truth, TRUTH_TABLES) as folder:
        return score(
            run, folder, (run.grid.resolution,), "weekday", lambda text: err.print(text, highlight=False)
        )


def outlines_of(records: Any) -> Any:
    """Zone outlines, unless their file is gone since the run."""
    from jobs.ground.zones import ZoneParams, outlines

    told = records["locate"].recipe["config"].get("zones")
    try:
        return outlines(ZoneParams(**told)) if told else None
    except (InputError, ConfigError):
        return None
