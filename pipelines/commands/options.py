"""What every command of the command line shares: its options, and how it answers."""

import json
import sys
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console

from pipelines.stage_names import NAMES


def _stages_like(incomplete: str) -> list[str]:
    return [name for name in NAMES if name.startswith(incomplete)]


ConfigFile = Annotated[Path, typer.Argument(metavar="CONFIG", help="YAML config file")]
Set = Annotated[
    list[str] | None,
    typer.Option("--set", metavar="KEY=VALUE", help="override a config key, such as grid.resolution=8"),
]
AsJson = Annotated[bool, typer.Option("--json", help="JSON on standard output")]
Quiet = Annotated[bool, typer.Option("--quiet", "-q", help="say nothing unless something goes wrong")]
Debug = Annotated[bool, typer.Option("--debug", help="show stack traces")]
From = Annotated[
    str | None,
    typer.Option(
        "--from", metavar="STAGE", help="run this stage and all after it", autocompletion=_stages_like
    ),
]
Until = Annotated[
    str | None,
    typer.Option("--until", metavar="STAGE", help="stop after this stage", autocompletion=_stages_like),
]
Only = Annotated[
    str | None,
    typer.Option(
        "--only", metavar="STAGE", help="this stage and those that it needs", autocompletion=_stages_like
    ),
]


def out(told: dict[str, Any], text: str, as_json: bool) -> None:
    """Answer with `told` as JSON, or with `text`."""
    if as_json:
        print_json(told)
    else:
        Console().print(text, soft_wrap=True, highlight=False, markup=False)


def print_json(told: Any) -> None:
    """Print indented JSON on standard output."""
    sys.stdout.write(json.dumps(told, indent=1, ensure_ascii=False) + "\n")


def without_nan(told: Any) -> Any:
    """Numbers that are none become null: JSON knows no NaN."""
    if isinstance(told, dict):
        return {name: without_nan(value) for name, value in told.items()}
    return None if isinstance(told, float) and told != told else told
