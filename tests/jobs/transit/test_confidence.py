"""Resampled OD matrices: what they multiply, and what options are worth then."""

import numpy as np
import pyarrow as pa
import pytest

from jobs.transit.confidence import Precision, multipliers, revalued
from jobs.transit.demand import read_flows
from jobs.transit.feeds.feed import read_feed
from jobs.transit.options import Bench, headway_options
from jobs.transit.params import TransitParams
from jobs.transit.scene import read_scene
from tests.jobs.transit.towns import star_demand, star_town

PARAMS = TransitParams(
    slots={"am_peak": (6.0, 9.0), "midday": (9.0, 16.0)}, service_hours=(6.0, 16.0), trials=2
)


def test_flows_are_multiplied_with_the_spread_of_their_intervals():
    variation = np.array([[0.5, 0.0, 0.05], [0.3, 0.0, 0.5]])
    flow = np.repeat([0, 1, 2], 10)
    rng = np.random.default_rng(0)
    known = Precision(variation, np.array([0, 1, 0]), flow)
    drawn = np.array([multipliers(known, np.arange(30), rng) for _ in range(4000)])
    assert (drawn[:, :, :10] == drawn[:, :, :1]).all()  # one draw a flow, whatever it is split into
    assert (drawn[:, :, 10:20] == 1.0).all()
    assert drawn[:, :, [0, 20]].mean(axis=0) == pytest.approx(np.ones((2, 2)), abs=0.03)
    assert drawn[:, :, [0, 20]].std(axis=0) == pytest.approx(variation[:, [0, 2]], rel=0.05)


def test_both_directions_of_a_pair_move_together():
    known = Precision(np.array([[0.4, 0.4, 0.4]]), np.array([0, 0, 1]), np.arange(3))
    drawn = np.array([multipliers(known, np.arange(3), np.random.default_rng(seed))[0] for seed in range(50)])
    assert (drawn[:, 0] == drawn[:, 1]).all()
    assert (drawn[:, 0] != drawn[:, 2]).any()


def test_stated_intervals_come_before_counts_of_users():
    od = star_demand().slice(0, 1)
    trips = od["population_trips"].to_numpy()
    stated = od.append_column("population_trips_low", pa.array(trips * 0.5)).append_column(
        "population_trips_high", pa.array(trips * 1.5)
    )
    counted, told = (read_flows(table, PARAMS).variation for table in (od, stated))
    assert told.max() == pytest.approx(1.0 / 3.29, rel=1e-3)
    assert counted.max() == pytest.approx(1.0 / np.sqrt(od["users"][0].as_py()), rel=1e-6)


def test_twice_the_trips_are_worth_twice_as_much(tmp_path):
    path = star_town().write(tmp_path / "in.zip")
    scene = read_scene(read_feed(path), star_demand(), None, PARAMS)
    lines = scene.lines
    bench = Bench(scene.evaluator, lines, {}, scene.evaluator.day(lines, lines.departures))
    options = headway_options(bench, PARAMS)
    twice = revalued(options, bench.trials, 2 * scene.evaluator.trips_by_slot)
    for option, again in zip(options, twice, strict=True):
        assert again.saves_min == pytest.approx(2 * option.saves_min, rel=1e-3, abs=1.0)
    scene.evaluator.close()
