"""What every command of the command line shares: its options, and how it answers."""

import json
import sys
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console

ConfigFile = Annotated[Path, typer.Argument(metavar="CONFIG", help="YAML config file")]
Set = Annotated[list[str] | None, typer.Option("--set", metavar="KEY=VALUE", help="override a config key")]
AsJson = Annotated[bool, typer.Option("--json", help="JSON on standard output")]
Debug = Annotated[bool, typer.Option("--debug", help="show stack traces")]


def out(told: dict[str, Any], text: str, as_json: bool) -> None:
    """Answer with `told` as JSON, or with `text`."""
    if as_json:
        print_json(told)
    else:
        Console().print(text, soft_wrap=True, highlight=False)


def print_json(told: Any) -> None:
    """Print indented JSON on standard output."""
    sys.stdout.write(json.dumps(told, indent=1, ensure_ascii=False) + "\n")
