"""The tiny city run once through the real command, and put back after tests that change something.

Where exit codes, kills or Spark's files matter, the command runs in a process of its own. Elsewhere it
is called in this one, on the tests' Spark session: starting Java is what costs.
"""

import shutil
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from tiny_city import (
    TINY,
    City,
    Keeper,
    Told,
    environment,
    in_plain_sight,
    run_apart,
    without_java,
    write_config,
)

from pipelines import cli, runner


class SharedEngine:
    """The tests' Spark session where a run would start, and stop, one of its own."""

    session: Any = None

    def __init__(self, params: Any, scratch: Path, say: Callable[[str], None], hidden: str = "") -> None:
        pass

    def __call__(self) -> Any:
        if callable(SharedEngine.session):
            SharedEngine.session = SharedEngine.session()
        return SharedEngine.session

    def close(self) -> None:
        """Leave the session to the next test."""


@pytest.fixture
def command(
    request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Callable[..., Told]:
    """Run the command in this process; Spark is the tests' own, started when first needed."""
    SharedEngine.session = lambda: request.getfixturevalue("spark")
    monkeypatch.setattr(runner, "Engine", SharedEngine)

    def run(*args: str | Path) -> Told:
        monkeypatch.setattr(sys, "argv", ["maillage", *map(str, args)])
        capsys.readouterr()
        try:
            cli.main()
            code = 0
        except SystemExit as leaving:
            code = int(leaving.code or 0)
        told = capsys.readouterr()
        return Told(code, told.out, told.err)

    return run


@pytest.fixture(scope="session")
def finished(tmp_path_factory: pytest.TempPathFactory) -> City:
    """Run the tiny city once, without a usable Java, keeping what Spark writes."""
    top = tmp_path_factory.mktemp("tiny")
    config = write_config(top / "city", TINY)
    kept = top / "spark-files"
    kept.mkdir()
    keeper = Keeper(config.parent / "ws" / ".spark", kept)
    keeper.start()
    env = environment(**without_java(top), **in_plain_sight(kept / "conf"))
    told = run_apart("run", config, "--json", env=env)
    keeper.stop()
    assert told.code == 0, told.err
    shutil.copytree(config.parent, top / "pristine")
    return City(config, told, kept, top / "pristine")


@pytest.fixture
def city(finished: City) -> Iterator[City]:
    """Return the finished run, to be changed at will: it is put back afterwards."""
    yield finished
    finished.restore()
