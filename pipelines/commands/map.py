"""`maillage export-map`: flows, demand and lines of a finished run as files for QGIS, kepler.gl and flowmap.blue."""

from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from jobs.errors import ConfigError, InputError
from pipelines.commands.options import AsJson, Debug, print_json
from pipelines.commands.score import FinishedRun

_WHOLE_DAY = "all"


def export_map(
    workspace: FinishedRun,
    to: Annotated[Path, typer.Option("--to", help="folder to write into; it is made if need be")],
    day_type: Annotated[
        str, typer.Option("--day-type", help="of the sheets for flowmap.blue; other files hold all")
    ] = "weekday",
    slot: Annotated[str, typer.Option("--slot", help="of the same: a part of the day, or all")] = _WHOLE_DAY,
    json_: AsJson = False,
    debug: Debug = False,
) -> None:
    """Write flows, demand and lines for other maps: QGIS, kepler.gl, flowmap.blue.

    Figures are those of the report: after disclosure control.
    """
    from jobs.engine.locations import shown
    from jobs.report.content import ReportContent
    from jobs.report.mapfiles import write_map_files
    from jobs.report.view import view_of
    from pipelines.commands.report import outlines_of
    from pipelines.workspace import Workspace

    run = Workspace(workspace)
    content = ReportContent(
        title="",
        od=run.table("od"),
        zones_geojson=outlines_of(run.records),
        cells=run.table("cells"),
        proposals=run.json("transit/proposals.json") if "transit" in run.records else None,
        network=run.json("transit/network.geojson") if "transit" in run.records else None,
    )
    view = view_of(content)
    if not view.has_demand:
        raise InputError("has no flow to map", shown(workspace), "`maillage status` tells what the run made")
    _check("--day-type", day_type, view.demand.day_types)
    _check("--slot", slot, (_WHOLE_DAY, *view.demand.slots))
    try:
        to.mkdir(parents=True, exist_ok=True)
    except (FileExistsError, NotADirectoryError):
        raise ConfigError("is a file", str(to), "name a folder for --to") from None
    rows = write_map_files(view, to, day_type, slot)
    if json_:
        print_json({"folder": str(to), "day_type": day_type, "slot": slot, "rows": rows})
        return
    for name, count in rows.items():
        Console().print(f"{to}/{name}: {count:,} rows", soft_wrap=True, highlight=False)


def _check(option: str, given: str, known: tuple[str, ...]) -> None:
    if given not in known:
        raise ConfigError(f"{given!r} is not in the flows", option, f"one of {', '.join(known)}")
