"""Resampled OD matrices: what they multiply, and what options are worth then."""

import numpy as np
import pytest

from jobs.transit import TransitParams
from jobs.transit.confidence import Precision, multipliers, revalued
from jobs.transit.feed import read_feed
from jobs.transit.options import Bench, headway_options
from jobs.transit.scene import read_scene
from tests.jobs.transit.towns import star_demand, star_town

PARAMS = TransitParams(
    slots={"am_peak": (6.0, 9.0), "midday": (9.0, 16.0)}, service_hours=(6.0, 16.0), trials=2
)


def test_flows_are_multiplied_by_poisson_over_users():
    users = np.array([[4.0, 0.0, 400.0]])
    flow = np.repeat([0, 1, 2], 1000)
    rng = np.random.default_rng(0)
    drawn = np.array([multipliers(Precision(users, flow), np.arange(3000), rng)[0] for _ in range(2000)])
    assert (drawn[:, :1000] == drawn[:, :1]).all()  # one draw a flow, whatever it is split into
    assert (drawn[:, 1000:2000] == 1.0).all()
    assert drawn[:, [0, 2000]].mean(axis=0) == pytest.approx([1.0, 1.0], abs=0.05)
    assert drawn[:, [0, 2000]].std(axis=0) == pytest.approx([0.5, 0.05], rel=0.1)


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
