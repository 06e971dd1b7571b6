"""One Spark session for the whole run, started only by tests that ask for it."""

import os
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import settings

from jobs.session import EngineParams, open_session
from jobs.store import Store

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

# Kernels compile at their first call, which no deadline should count.
settings.register_profile("maillage", deadline=None, max_examples=50)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "maillage"))

SHARED_DATA = Path(__file__).resolve().parent.parent.parent / "shared" / "data"


@pytest.fixture(scope="session")
def spark(tmp_path_factory: pytest.TempPathFactory) -> "Iterator[SparkSession]":
    scratch = tmp_path_factory.mktemp("spark")
    session, _ = open_session(EngineParams(master="local[2]", memory="1g"), scratch)
    yield session
    session.stop()


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store(str(tmp_path / "workspace"))


@pytest.fixture(scope="session")
def shared_data() -> Path:
    if not SHARED_DATA.is_dir():
        pytest.skip(f"real data is not here: {SHARED_DATA}")
    return SHARED_DATA
