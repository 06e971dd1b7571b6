"""`maillage mobility`: rhythms, poles, living areas and usual environment of a finished run."""

from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console

from jobs.errors import ConfigError
from pipelines.commands.options import AsJson, Debug, Set, print_json, without_nan
from pipelines.commands.score import FinishedRun


def mobility(
    workspace: FinishedRun,
    config: Annotated[
        Path | None, typer.Option("--config", help="config file, for its section `mobility`")
    ] = None,
    set_: Set = None,
    json_: AsJson = False,
    debug: Debug = False,
) -> None:
    """Tell rhythms, poles, living areas, usual environment and changes of home of a finished run.

    Tables and summary.json go to WORKSPACE/mobility; docs/mobility.md explains them.
    """
    from jobs.engine.store import Store
    from jobs.mobility.make import make
    from jobs.mobility.params import MobilityParams
    from pipelines.config import load_config
    from pipelines.ledger import Ledger
    from pipelines.mobility import inputs_of, write

    if set_ and config is None:
        raise ConfigError("overrides a key of a config, and none is given", "--set", "name it with --config")
    params = load_config(config, tuple(set_ or ())).mobility if config else MobilityParams()
    inputs = inputs_of(workspace)
    err = Console(stderr=True)
    with Ledger(Store(workspace)).locked():
        made = make(inputs, params, lambda text: err.print(text, highlight=False))
        told = write(workspace, made)
    if json_:
        print_json(without_nan(told))
    else:
        _show(Console(), told)


def _show(console: Console, told: dict[str, Any]) -> None:
    """Print the summary, a line for each figure."""
    for section, content in told.items():
        if section in ("schema_version", "version", "run"):
            continue
        console.print(section.replace("_", " "), style="bold")
        for name, value in _flat(content):
            console.print(f"  {name}: {value}" if name else f"  {value}", soft_wrap=True, highlight=False)


def _flat(content: Any, prefix: str = "") -> list[tuple[str, str]]:
    if isinstance(content, dict):
        return [row for name, value in content.items() for row in _flat(value, f"{prefix} {name}".strip())]
    if isinstance(content, list):
        return [(prefix, f"{len(content)} listed in summary.json")] if content else []
    if isinstance(content, float):
        return [(prefix.replace("_", " "), f"{content:,.3f}")]
    return [(prefix.replace("_", " "), f"{content:,}" if isinstance(content, int) else str(content))]
