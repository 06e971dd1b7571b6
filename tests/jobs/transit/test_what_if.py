"""Changes made by hand, on a town whose missing corridor and starved line are known."""

import numpy as np
import pytest

from jobs.errors import ConfigError
from jobs.transit.feeds.feed import read_feed
from jobs.transit.params import TransitParams
from jobs.transit.scene import read_scene
from jobs.transit.what_if import WhatIf
from tests.jobs.transit.towns import degrees, on_axis, star_demand, star_town

PARAMS = TransitParams(slots={"am_peak": (6.0, 9.0), "midday": (9.0, 16.0)}, service_hours=(6.0, 16.0))


@pytest.fixture(scope="module")
def today(tmp_path_factory):
    path = star_town().write(tmp_path_factory.mktemp("what-if") / "in.zip")
    scene = read_scene(read_feed(path), star_demand(), None, PARAMS)
    yield WhatIf.today(scene, PARAMS)
    scene.evaluator.close()


def a_line(today):
    return today.lines.lines[0].line_id


def test_a_shorter_headway_saves_time_and_takes_vehicle_hours(today):
    name = a_line(today)
    half = min(today.headways(name).values()) / 2
    denser = today.with_headway(name, half)
    assert max(denser.headways(name).values()) <= half
    assert denser.totals["generalised_min"] < today.totals["generalised_min"]
    assert denser.totals["vehicle_hours"] > today.totals["vehicle_hours"]
    assert denser.boardings(name) > today.boardings(name)


def test_one_slot_can_be_changed_alone(today):
    name = a_line(today)
    denser = today.with_headway(name, 2.0, "midday")
    assert denser.headways(name)["am_peak"] == today.headways(name)["am_peak"]
    assert denser.headways(name)["midday"] == 2.0


def test_a_change_leaves_the_network_before_as_it_was(today):
    before = today.departures.copy()
    today.without(a_line(today))
    np.testing.assert_array_equal(today.departures, before)


def test_a_line_that_runs_no_more_carries_nobody(today):
    name = a_line(today)
    gone = today.without(name)
    assert gone.boardings(name) == 0
    assert gone.totals["generalised_min"] > today.totals["generalised_min"]


def test_a_drawn_line_is_ridden_both_ways(today):
    places = [degrees(*on_axis(axis, stop)) for axis, stop in ((0, 4), (0, 2), (1, 2), (1, 4))]
    drawn = today.with_line("ring", places, 6.0)
    assert drawn.headways("ring") == {"am_peak": 6.0, "midday": 6.0}
    assert drawn.boardings("ring") > 0
    assert drawn.totals["generalised_min"] < today.totals["generalised_min"]
    assert [pattern.direction for pattern in drawn.lines.patterns[-2:]] == [0, 1]
    np.testing.assert_array_equal(drawn.lines.places[-1], drawn.lines.places[-2][::-1])


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (lambda n: n.with_headway("ghost", 5), "there is no such line"),
        (lambda n: n.with_headway(n.lines.lines[0].line_id, 0), "above 0"),
        (lambda n: n.with_headway(n.lines.lines[0].line_id, 5, "night"), "slots are: am_peak, midday"),
        (lambda n: n.with_line("x", [degrees(0, 0)], 5), "fewer than two places"),
        (lambda n: n.with_line(n.lines.lines[0].line_id, [], 5), "is a line already"),
    ],
)
def test_what_makes_no_sense_is_refused(today, change, told):
    with pytest.raises(ConfigError, match=told):
        change(today)
