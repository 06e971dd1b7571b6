"""Demand by a gravity model: who makes the trips, where they go, and when."""

import h3
import numpy as np
import pyarrow as pa
import pytest

from jobs.errors import InputError
from jobs.transit.demand import read_flows
from jobs.transit.feeds.feed import read_feed
from jobs.transit.gravity import GravityParams, gravity_od
from jobs.transit.params import TransitParams
from tests.jobs.transit.towns import LAT0, LON0, star_town

PARAMS = GravityParams()


@pytest.fixture(scope="module")
def feed(tmp_path_factory):
    return read_feed(star_town().write(tmp_path_factory.mktemp("gravity") / "in.zip"))


def people(count: float, resolution: int = 9) -> pa.Table:
    ring = h3.grid_disk(h3.latlng_to_cell(LAT0, LON0, resolution), 5)
    cells = [h3.str_to_int(cell) for cell in ring]
    return pa.table({"h3": cells, "population": np.full(len(cells), count / len(cells))})


def test_everybody_makes_the_trips_they_should_and_comes_back(feed):
    od = gravity_od(feed, people(10_000.0), PARAMS)
    trips = od["population_trips"].to_numpy()
    out = np.isin(od["slot"].to_numpy(zero_copy_only=False), ["am_peak"])
    assert trips.sum() == pytest.approx(20_000.0, rel=1e-6)
    balance: dict[int, float] = {}
    for end, sign in (("origin", 1.0), ("destination", -1.0)):
        for cell, n in zip(od[end].to_pylist(), trips, strict=True):
            balance[cell] = balance.get(cell, 0.0) + sign * n
    assert max(map(abs, balance.values())) < 1e-6 * trips.sum()
    assert trips[out].sum() == pytest.approx(0.32 * trips.sum(), rel=1e-6)


def test_longer_ways_are_rarer(feed):
    near, far = (
        _mean_km(gravity_od(feed, people(10_000.0), GravityParams(length_km=length)))
        for length in (1.0, 10.0)
    )
    assert near < far


def test_few_pairs_keep_all_trips(feed):
    od = gravity_od(feed, None, GravityParams(residents=5_000.0, most_pairs=100))
    assert len(set(zip(od["origin"].to_pylist(), od["destination"].to_pylist(), strict=True))) <= 200
    assert od["population_trips"].to_numpy().sum() == pytest.approx(10_000.0, rel=1e-6)


def test_the_planner_reads_it(feed):
    slots = {"am_peak": (6.0, 10.0), "midday": (10.0, 16.0), "pm_peak": (16.0, 20.0), "evening": (20.0, 24.0)}
    flows = read_flows(gravity_od(feed, people(10_000.0), PARAMS), TransitParams(slots=slots, mode_share=0.5))
    assert flows.trips.sum() == pytest.approx(10_000.0, rel=1e-6)


def test_people_elsewhere_or_in_coarse_cells_are_refused(feed):
    with pytest.raises(InputError, match="coarser than 8"):
        gravity_od(feed, people(10.0, 7), PARAMS)
    elsewhere = pa.table({"h3": [h3.str_to_int(h3.latlng_to_cell(60.0, 20.0, 9))], "population": [9.0]})
    with pytest.raises(InputError, match="nobody"):
        gravity_od(feed, elsewhere, PARAMS)


def _mean_km(od: pa.Table) -> float:
    ends = (
        np.array([h3.cell_to_latlng(h3.int_to_str(c)) for c in od[end].to_pylist()])
        for end in ("origin", "destination")
    )
    a, b = ends
    return float(np.average(np.hypot(*(a - b).T), weights=od["population_trips"].to_numpy())) * 111.2
