"""Call the command line in this process, on the tests' Spark session: starting Java is what costs."""

import contextlib
import io
import json
import os
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from unittest.mock import patch


@dataclass(frozen=True)
class Told:
    """What a command left with and said."""

    code: int
    out: str
    err: str
    seconds: float = 0.0

    @property
    def events(self) -> list[dict[str, Any]]:
        """Lines of `run --json`."""
        return [json.loads(line) for line in self.out.splitlines()]

    @property
    def last(self) -> dict[str, Any]:
        return self.events[-1]


class SharedEngine:
    """The tests' Spark session where a run would start, and stop, one of its own."""

    session: Any = None

    def __init__(self, params: Any, scratch: Path, say: Callable[[str], None], hidden: str = "") -> None:
        pass

    def start(self) -> None:
        """Wait until Spark is asked for: most tests that call a command need none."""

    def __call__(self) -> Any:
        if callable(SharedEngine.session):
            SharedEngine.session = SharedEngine.session()
        return SharedEngine.session

    def running(self) -> Any:
        return None if callable(SharedEngine.session) else SharedEngine.session

    def close(self) -> None:
        """Leave the session to the next test."""


def call(args: list[str], session: Callable[[], Any], folder: Path | None = None) -> Told:
    """Run `maillage` with some words, in a folder; `session` is asked when Spark is first needed."""
    from pipelines import cli, runner

    SharedEngine.session = session
    out, err = io.StringIO(), io.StringIO()
    with (
        patch.object(sys, "argv", ["maillage", *args]),
        patch.object(runner, "Engine", SharedEngine),
        contextlib.chdir(folder or os.getcwd()),
        contextlib.redirect_stdout(out),
        contextlib.redirect_stderr(err),
    ):
        try:
            cli.main()
            code = 0
        except SystemExit as leaving:
            code = int(leaving.code or 0)
    return Told(code, out.getvalue(), err.getvalue())
