"""The tiny city run once through the real command, and put back after tests that change something.

Where exit codes, kills or Spark's files matter, the command runs in a process of its own. Elsewhere it
is called in this one, on the tests' Spark session: starting Java is what costs.
"""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from tiny_city import (
    TINY,
    City,
    Keeper,
    environment,
    in_plain_sight,
    run_apart,
    without_java,
    write_config,
)

from tests.in_process import Told, call


@pytest.fixture
def command(request: pytest.FixtureRequest) -> Callable[..., Told]:
    """Run the command in this process; Spark is the tests' own, started when first needed."""

    def run(*args: str | Path) -> Told:
        return call([*map(str, args)], lambda: request.getfixturevalue("spark"))

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
