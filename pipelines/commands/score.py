"""`maillage score`: hold a finished workspace against known truth."""

from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.table import Table

from jobs.errors import ConfigError, InputError
from pipelines.commands.options import AsJson, Debug, print_json, without_nan

FinishedRun = Annotated[str, typer.Option("--workspace", help="folder or URI of a finished run")]

_NEEDED = ("cells", "zones", "events", "anchors", "trips", "presence", "od")


def score(
    workspace: FinishedRun,
    truth: Annotated[str, typer.Option("--truth", help="folder or URI of truth tables (docs/mobility.md)")],
    resolution: Annotated[
        list[int] | None, typer.Option("--resolution", help="H3 resolution of flows; repeat it [6, 7, 8]")
    ] = None,
    day_type: Annotated[str, typer.Option("--day-type", help="weekday, saturday or sunday")] = "weekday",
    key: Annotated[
        Path | None, typer.Option("--key", help="key file of the run, to score homes and works too")
    ] = None,
    json_: AsJson = False,
    debug: Debug = False,
) -> None:
    """Hold a finished workspace against known truth: flows, intervals, homes, works, presence."""
    from jobs.calendars.days import DAY_TYPES
    from jobs.identity.pseudonyms import KeyReference, load_key
    from jobs.score import TRUTH_TABLES, folder_here
    from jobs.score import score as score_run

    if day_type not in DAY_TYPES:
        raise ConfigError(f"{day_type!r} is no day type", "--day-type", f"one of {', '.join(DAY_TYPES)}")
    secret = load_key(KeyReference(file=str(key))) if key else None
    run = finished(workspace, secret)
    err = Console(stderr=True)
    with folder_here(truth, TRUTH_TABLES) as folder:
        told = score_run(
            run,
            folder,
            tuple(resolution or (6, 7, 8)),
            day_type,
            lambda text: err.print(text, highlight=False),
        )
    if json_:
        print_json(without_nan(told))
    else:
        show(Console(), told)


def finished(workspace: str, key: bytes | None = None) -> Any:
    """Open a workspace, by its path or URI, for scoring.

    Raises
    ------
    InputError
        It is no workspace, or lacks a table.
    """
    from jobs.calendars.days import CalendarParams
    from jobs.engine.locations import shown
    from jobs.engine.store import Store
    from jobs.ground.footprints import GridParams
    from jobs.score import Finished
    from pipelines.workspace import Workspace

    records = Workspace(workspace).records
    files = {name: made for record in records.values() for name, made in record.tables.items()}
    lacking = [name for name in _NEEDED if name not in files]
    if lacking:
        raise InputError(f"has no table {', '.join(lacking)}", shown(workspace), "maillage run makes them")
    return Finished(
        Store(workspace),
        files,
        CalendarParams(**records["od"].recipe["config"]["calendar"]),
        GridParams(**records["locate"].recipe["config"]["grid"]),
        key,
    )


def show(console: Console, told: dict[str, Any]) -> None:
    """Print the measures as tables."""
    for resolution, sets in told["flows"].items():
        _show_sets(console, resolution, told["day_type"], sets)
        _show_parts(console, sets)
        if "interval_coverage" in sets.get("published", {}):
            held = sets["published"]["interval_coverage"]
            console.print("90 % intervals hold the truth: " + _listed(held), soft_wrap=True, highlight=False)
        console.print()
    for kind, figures in told.get("anchors", {}).items():
        right = ", ".join(f"{_percent(share)} at H3 {r}" for r, share in figures["right"].items())
        console.print(
            f"{kind}: answered {_percent(figures['answered'])} of {figures['with_truth']:,} users, right {right}; "
            f"median error {figures['median_error_m']:,.0f} m",
            soft_wrap=True,
            highlight=False,
        )
    if "presence" in told:
        figures = told["presence"]
        console.print(
            f"presence at H3 {figures['resolution']}: sum {figures['bias']:+.1%}, "
            f"common part of each hour's distribution {_percent(figures['distribution'])}",
            soft_wrap=True,
            highlight=False,
        )


def _show_sets(console: Console, resolution: str, day_type: str, sets: dict[str, Any]) -> None:
    table = Table(
        f"H3 {resolution}, {day_type}", "CPC", "CPC between", "bias", "bias between", "RMSE", "KS lengths",
        box=None, pad_edge=False,
    )  # fmt: skip
    for column in table.columns[1:]:
        column.justify = "right"
    for name, figures in sets.items():
        between = figures["between_cells"]
        table.add_row(
            name,
            f"{figures['cpc']:.3f}",
            f"{between['cpc']:.3f}",
            f"{figures['bias']:+.1%}",
            f"{between['bias']:+.1%}",
            f"{figures['rmse']:,.0f}",
            f"{figures['ks_of_lengths']:.3f}",
        )
    console.print(table)


def _show_parts(console: Console, sets: dict[str, Any]) -> None:
    """CPC and bias of the estimate, and the ceiling's CPC, by slot, band and area."""
    table = Table("", "CPC", "ceiling", "bias", "true trips", box=None, pad_edge=False)
    for column in table.columns[1:]:
        column.justify = "right"
    for part in ("slots", "bands", "areas"):
        for name, figures in sets["estimate"][part].items():
            if figures["true_trips"] > 0:
                table.add_row(
                    name,
                    f"{figures['cpc']:.3f}",
                    f"{sets['location ceiling'][part][name]['cpc']:.3f}",
                    f"{figures['bias']:+.1%}",
                    f"{figures['true_trips']:,.0f}",
                )
    console.print(table)


def _listed(shares: dict[str, float]) -> str:
    return ", ".join(f"{name} {_percent(share)}" for name, share in shares.items())


def _percent(share: float) -> str:
    return "-" if share != share else f"{share:.1%}"
