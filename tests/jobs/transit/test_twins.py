"""Lines that another repeats: which of many are tried by assignment."""

import numpy as np
import pytest

from jobs.transit.feeds.feed import read_feed
from jobs.transit.options import Bench, mean_price
from jobs.transit.params import TransitParams
from jobs.transit.scene import read_scene
from jobs.transit.twins import find_twins, removal_options, worth_trying
from tests.jobs.transit.towns import AXES, AXIS_STOPS, MISSING, on_axis, star_demand, star_town

PARAMS = TransitParams(
    slots={"am_peak": (6.0, 9.0), "midday": (9.0, 16.0)},
    service_hours=(6.0, 16.0),
    new_lines={"candidates": 0},
    reshapes={"extend": 0},
    floors={"max_zone_loss_min": 100.0},
    fleet={"vehicle_capacity": 10_000},
)
HEADWAYS = {0: 10, 1: 60, 3: 30, 4: 15, 5: 20}
"""Of the second line of each axis."""


@pytest.fixture(scope="module")
def bench(tmp_path_factory):
    """A star whose every line has another beside it, as often or less."""
    feed = star_town(planted=False)
    for axis in set(range(AXES)) - {MISSING}:
        stops = ["centre"] + [f"b{axis}_{k}" for k in range(1, AXIS_STOPS)]
        for k in range(1, AXIS_STOPS):
            feed.stop(f"b{axis}_{k}", *on_axis(axis, k, 20.0 + axis))
        feed.line(f"B{axis}", stops, [1.8] * (AXIS_STOPS - 1), HEADWAYS[axis])
    path = feed.write(tmp_path_factory.mktemp("twins") / "in.zip")
    scene = read_scene(read_feed(path), star_demand(), None, PARAMS)
    lines = scene.lines
    yield scene, Bench(scene.evaluator, lines, {}, scene.evaluator.day(lines, lines.departures))
    scene.evaluator.close()


def test_few_twins_are_all_tried(bench):
    scene, network = bench
    twins = find_twins(scene.lines, scene.clusters, PARAMS)
    assert len(twins) == len(HEADWAYS)
    assert worth_trying(network, twins, PARAMS) == twins


def test_of_many_the_plainest_and_those_that_pay_best_are_tried(bench):
    scene, network = bench
    lines = scene.lines
    twins = find_twins(lines, scene.clusters, PARAMS)
    price = mean_price(lines, network.results)
    gain: dict[int, float] = {}
    for option in removal_options(network, twins, PARAMS):
        if not option.whole.headway_min:
            gain[option.line] = option.saves_min - price * option.vehicle_hours
    assert set(gain) == {t.line for t in twins}
    for trials in (2, 3, 4):
        few = PARAMS.model_copy(update={"duplicate_trials": trials})
        tried = [t.line for t in worth_trying(network, twins, few)]
        assert len(tried) == trials
        assert twins[0].line in tried
        rest = sorted(set(gain) - {twins[0].line}, key=gain.get, reverse=True)
        assert set(tried) == {twins[0].line, *rest[: trials - 1]}


def test_what_the_plan_ends_is_tried_again(bench):
    scene, network = bench
    twins = find_twins(scene.lines, scene.clusters, PARAMS)
    few = PARAMS.model_copy(update={"duplicate_trials": 2})
    left = next(t for t in twins if t not in worth_trying(network, twins, few))
    change = next(o.whole for o in removal_options(network, [left], PARAMS))
    planned = Bench(network.evaluator, network.lines, {left.line: change}, network.results)
    assert left in worth_trying(planned, twins, few)


def test_vehicles_are_those_of_each_line_alone(bench):
    lines = bench[0].lines
    found = lines.vehicles(lines.departures)
    occupied = lines.departures * lines.round_min / lines.slots.minutes
    for number, line in enumerate(lines.lines):
        expected = np.ceil(sum(occupied[p] for p in line.patterns) - 1e-9)
        assert found[number].tolist() == expected.tolist()
