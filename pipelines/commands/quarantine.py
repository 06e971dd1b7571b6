"""`maillage quarantine`: rejected rows, and what to do about them."""

import os
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.table import Table

from jobs.errors import ConfigError, MaillageError
from jobs.records.reasons import Reason
from pipelines.commands.options import AsJson, ConfigFile, Debug, Quiet, Set, out, print_json
from pipelines.spelling import did_you_mean

quarantine_app = typer.Typer(help="Look at rejected rows, and try them again.", no_args_is_help=True)

Workspace = Annotated[str, typer.Argument(metavar="WORKSPACE", help="folder of a run, or its URI")]


@quarantine_app.command("list")
def list_rejected(
    workspace: Workspace,
    rows: Annotated[
        int, typer.Option("--rows", min=0, help="show so many rows, as they came: these may name subscribers")
    ] = 0,
    reason: Annotated[
        str | None,
        typer.Option("--reason", metavar="CODE", help="only rows with this reason, such as unknown_cell"),
    ] = None,
    refused: Annotated[bool, typer.Option("--refused", help="of the last run, which was refused")] = False,
    json_: AsJson = False,
    debug: Debug = False,
) -> None:
    """Count rejected rows by file and reason; show some, if asked to."""
    from jobs.engine.store import Store
    from pipelines.quarantine import rejected_by_file, rejected_rows

    if reason is not None and reason not in set(Reason):
        what = f"there is no reason {reason!r}{did_you_mean(reason, Reason)}"
        raise ConfigError(what, "--reason", f"reasons are: {', '.join(Reason)}")
    store = Store(workspace)
    if rows:
        found = rejected_rows(store, reason, rows, refused)
    else:
        found = [entry for entry in rejected_by_file(store, refused) if reason in (None, entry["reason"])]
    if json_:
        print_json(found)
    else:
        _show(found)


def _show(found: list[dict[str, Any]]) -> None:
    if not found:
        Console().print("No rejected rows.")
        return
    folder = _common_folder([entry["file"] for entry in found])
    Console().print(f"Files in {folder}", soft_wrap=True, highlight=False, markup=False)
    found = [{**entry, "file": entry["file"].removeprefix(folder)} for entry in found]
    table = Table(*found[0], box=None, pad_edge=False)
    for entry in found:
        table.add_row(*(f"{value:,}" if isinstance(value, int) else value for value in entry.values()))
    Console().print(table)


def _common_folder(files: list[str]) -> str:
    """The folder or URI, up to its slash, that all files lie in: a table of long paths is cut off."""
    folders = [file[: file.rfind("/") + 1] for file in files]
    return os.path.commonprefix(folders).rpartition("/")[0] + "/"  # noqa: RUF071 (commonpath spoils URIs)


@quarantine_app.command()
def replay(
    config: ConfigFile,
    set_: Set = None,
    json_: AsJson = False,
    quiet: Quiet = False,
    debug: Debug = False,
) -> None:
    """Check rejected rows again, after the config or the cell plan was mended, without reading the rest."""
    from pipelines.commands.run import listener_for
    from pipelines.config import load_config
    from pipelines.quarantine import replay as replay_rows

    loaded = load_config(config, tuple(set_ or ()))
    listener = listener_for(Console(), json_, quiet)
    try:
        told = replay_rows(loaded, listener)
    except MaillageError as error:
        listener.failed(error)
        raise
    finally:
        listener.stop()
    if quiet and not json_:
        return
    left = ", ".join(f"{reason} {rows:,}" for reason, rows in told.left.items()) or "none"
    out(
        told.as_json(),
        f"{told.rows:,} rejected rows: {told.accepted:,} are events now, {told.duplicates:,} repeat one, "
        f"left are: {left}.\nNext: maillage run {config}",
        json_,
    )
