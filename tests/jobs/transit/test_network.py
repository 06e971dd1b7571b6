"""Scorecards of a network, and what differs between two, on towns whose answer is known."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from jobs.transit.accessibility import gini
from jobs.transit.diagnosis import under_served
from jobs.transit.feeds.feed import read_feed
from jobs.transit.network_diff import network_diff
from jobs.transit.network_score import network_score
from jobs.transit.params import Standards, TransitParams
from jobs.transit.scene import read_scene
from tests.jobs.transit.towns import FeedBuilder, star_demand, star_town

PARAMS = TransitParams(
    slots={"am_peak": (6.0, 9.0), "midday": (9.0, 16.0)},
    service_hours=(6.0, 16.0),
    fleet={"cost_per_vehicle_hour": 10.0},
)


@pytest.fixture(scope="module")
def scene(tmp_path_factory):
    path = star_town().write(tmp_path_factory.mktemp("score") / "in.zip")
    read = read_scene(read_feed(path), star_demand(), None, PARAMS)
    yield read
    read.evaluator.close()


@pytest.fixture(scope="module")
def scored(scene):
    return network_score(scene, PARAMS)


def line(scored, route):
    return next(row for row in scored["lines"] if row["route_id"] == route)


def test_totals_are_the_sum_of_the_lines(scored):
    for key in ("vehicle_hours", "vehicle_km"):
        assert sum(row[key] for row in scored["lines"]) == pytest.approx(scored["totals"][key], rel=1e-3)
    rides = scored["totals"]["passengers"] * (1 + scored["totals"]["transfers"])
    assert sum(row["boardings"] for row in scored["lines"]) == pytest.approx(rides, rel=1e-3)


def test_a_line_that_runs_twice_overlaps_and_covers_nobody_alone(scored):
    assert line(scored, "COPY")["overlap"] == 1.0
    assert line(scored, "COPY")["overlaps_with"] == "L4"
    assert line(scored, "COPY")["covers_alone_share"] < 0.01
    assert line(scored, "L1")["covers_alone_share"] > 0.05


def test_productivity_and_cost_follow_from_hours(scored):
    for row in scored["lines"]:
        per_hour = row["boardings"] / row["vehicle_hours"]
        assert row["boardings_per_vehicle_hour"] == pytest.approx(per_hour, abs=0.06)
        assert row["cost"] == pytest.approx(10 * row["vehicle_hours"], rel=1e-3)


def test_more_time_reaches_more_and_coverage_is_a_share(scored):
    equity = scored["equity"]
    reach = [equity["opportunities_in_reach"][f"{limit}_min"]["mean"] for limit in (30, 45, 60)]
    assert 0 < reach[0] < reach[1] < reach[2] <= 1
    often, useful = (equity["covered_share_with_service"][f"every_{m}_min"] for m in (15, 30))
    assert often <= useful <= equity["covered_share"] <= 1
    assert useful < equity["covered_share"]  # the starved line comes every hour


def test_the_starved_line_is_the_one_that_is_under_served(scene):
    found = under_served(scene.evaluator, scene.lines, Standards())
    assert scene.lines.lines[found.line].line_id == "L0"
    assert found.ratio > 2
    assert all(h < 30 for h in found.due_headway_min)


def test_a_town_of_like_lines_has_none_that_is_under_served(tmp_path):
    path = star_town(planted=False).write(tmp_path / "in.zip")
    even = read_scene(read_feed(path), star_demand(), None, PARAMS)
    assert under_served(even.evaluator, even.lines, Standards()) is None
    even.evaluator.close()


@given(st.lists(st.tuples(st.integers(0, 1000), st.floats(0.1, 9)), min_size=2, max_size=12))
def test_gini_is_half_the_mean_difference_over_the_mean(rows):
    value, weight = (np.array(column, np.float64) for column in zip(*rows, strict=True))
    pairs = weight[:, None] * weight * np.abs(value[:, None] - value)
    total = weight.sum()
    mean = value @ weight / total
    expected = pairs.sum() / (2 * total**2 * mean) if mean > 1e-12 else 0.0
    assert gini(value, weight) == pytest.approx(expected, abs=1e-9)


def small(headway: float, stops=("a", "b", "c"), extra: bool = False) -> FeedBuilder:
    feed = FeedBuilder()
    for number, stop in enumerate("abcd"):
        feed.stop(stop, number * 500.0, 0.0)
    feed.line("R", stops, [2.0] * (len(stops) - 1), headway)
    feed.line("S", ["a", "b"], [2.0], 30)
    if extra:
        feed.line("T", ["c", "d"], [2.0], 20, hours=(7, 9))
    return feed


def test_equal_feeds_differ_in_nothing(tmp_path):
    feed = read_feed(small(15).write(tmp_path / "a.zip"))
    told = network_diff(feed, feed, PARAMS)
    assert told["lines_unchanged"] == 2
    assert not told["lines_added"] + told["lines_removed"] + told["lines_changed"]


def test_headways_stops_patterns_and_lines_that_changed_are_told(tmp_path):
    a = read_feed(small(15).write(tmp_path / "a.zip"))
    b = read_feed(small(10, ("a", "b", "d"), extra=True).write(tmp_path / "b.zip"))
    told = network_diff(a, b, PARAMS)
    assert [e["route_id"] for e in told["lines_added"]] == ["T"]
    assert (told["lines_added"][0]["first_departure"], told["lines_added"][0]["trips"]) == ("07:00", 12)
    (changed,) = told["lines_changed"]
    assert changed["changes"]["headway_min"][1] == {"am_peak": 10.0, "midday": 10.0}
    assert (changed["changes"]["stops_added"], changed["changes"]["stops_removed"]) == (["d"], ["c"])
    assert len(changed["changes"]["patterns_added"]) == 2
    assert (told["stops_added"], told["stops_removed"]) == (["d"], [])
    assert told["stop_names"] == {"c": "Stop c", "d": "Stop d"}
    back = network_diff(b, a, PARAMS)
    assert [e["route_id"] for e in back["lines_removed"]] == ["T"]
