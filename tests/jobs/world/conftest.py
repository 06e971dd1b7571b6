from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from jobs.world.make import make_world
from jobs.world.params import WorldParams

SMALL: dict[str, Any] = {
    "people": 1_500,
    "days": 7,
    "city": {"width_km": 9, "height_km": 12, "population": 90_000, "zones": 8, "sites": 12},
    "bus": {"lines": 7, "buses": 26},
    "noise": {"duplicate_share": 0.01, "malformed_share": 0.005},
    "phones": {"events_per_day": 8},
}


@pytest.fixture(scope="session")
def small_params() -> Callable[..., WorldParams]:
    """Parameters of a small town, changed as a test needs."""
    return lambda **changes: WorldParams.model_validate({**SMALL, **changes})


@pytest.fixture(scope="session")
def make_small(small_params, tmp_path_factory) -> Callable[..., tuple[Path, dict[str, Any]]]:
    """Make a small town; return its folder and the summary."""

    def make(**changes: Any) -> tuple[Path, dict[str, Any]]:
        folder = tmp_path_factory.mktemp("world")
        return folder, make_world(small_params(**changes), folder, lambda line: None)

    return make


@pytest.fixture(scope="session")
def town(make_small) -> tuple[Path, dict[str, Any]]:
    """The small town as it is."""
    return make_small()


@pytest.fixture(scope="session")
def real_data() -> Path:
    """Folder of the data that are not ours to ship; the test is skipped where it is absent."""
    folder = Path(__file__).parents[4] / "shared" / "data"
    if not folder.is_dir():
        pytest.skip(f"needs the development data in {folder}")
    return folder
