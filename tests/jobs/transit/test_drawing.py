"""Lines on the map: new ones take the ways that buses take today."""

import numpy as np
import pytest

from jobs.transit.drawing import Drawer, is_direct, nearest_in_order
from jobs.transit.feeds.feed import read_feed
from jobs.transit.lines import Line
from jobs.transit.params import TransitParams
from jobs.transit.patterns import Pattern
from jobs.transit.scene import read_scene
from tests.jobs.transit.towns import FeedBuilder, degrees, h3_at, od_table

BEND_M = (1000.0, 600.0)


@pytest.fixture
def scene(tmp_path):
    """A line from a by b to c, whose shape bends to the north between b and c; d is beside it."""
    feed = FeedBuilder()
    for stop, x in (("a", 0.0), ("b", 500.0), ("c", 1500.0), ("d", 2500.0)):
        feed.stop(stop, x, 0.0)
    feed.line("R", ["a", "b", "c"], [2.0, 4.0], 20)
    feed.line("S", ["c", "d"], [3.0], 20)
    for number, point in enumerate([(0.0, 0.0), (500.0, 0.0), BEND_M, (1500.0, 0.0)]):
        lon, lat = degrees(*point)
        feed.add("shapes.txt", shape_id="w", shape_pt_lon=lon, shape_pt_lat=lat, shape_pt_sequence=number)
    for row in feed.files["trips.txt"]:
        if row["route_id"] == "R" and row["direction_id"] == "0":
            row["shape_id"] = "w"
    flows = od_table([(h3_at(0, 0), h3_at(2500, 0), "day", 100.0)])
    params = TransitParams(slots={"day": (6.0, 22.0)}, new_lines={"candidates": 0})
    read = read_scene(read_feed(feed.write(tmp_path / "in.zip")), flows, None, params)
    yield read
    read.evaluator.close()


def with_new_line(scene, stops):
    at = [scene.stops.ids.index(stop) for stop in stops]
    places = scene.clusters.of_stop[at]
    pattern = Pattern(-1, 0, np.array(at), np.ones((1, len(at) - 1)), 1.0, np.zeros(1))
    line = Line("new", "New", (len(scene.lines.patterns),), is_new=True)
    return scene.lines.with_lines([line], [pattern], [places])


@pytest.mark.parametrize(("stops", "bends"), [("bcd", True), ("cba", True), ("acd", True), ("bd", False)])
def test_a_new_line_bends_where_a_line_of_today_does(scene, stops, bends):
    lines = with_new_line(scene, stops)
    drawn = np.array(Drawer(scene).coordinates(lines, len(lines.lines) - 1))
    bend = np.round(degrees(*BEND_M), 6)
    assert bool(np.isclose(drawn, bend, atol=2e-6).all(axis=1).any()) is bends
    first, last = (scene.stops.ids.index(stop) for stop in (stops[0], stops[-1]))
    assert drawn[0] == pytest.approx([scene.stops.lon[first], scene.stops.lat[first]], abs=1e-6)
    assert drawn[-1] == pytest.approx([scene.stops.lon[last], scene.stops.lat[last]], abs=1e-6)


def test_stops_are_placed_on_a_way_in_order_even_where_it_comes_back():
    way = np.array([[0.0, 0.0], [1.0, 0.0], [2.0, 0.0], [2.0, 1.0], [1.0, 0.2]])
    assert nearest_in_order(way, np.array([[0.0, 0.0], [2.0, 0.1], [2.0, 1.0], [1.0, 0.0]])) == [0, 2, 3, 4]


def test_a_way_that_goes_round_is_not_direct():
    assert is_direct(np.array([[0.0, 0.0], [0.5, 0.5], [1.0, 0.0]]))
    assert not is_direct(np.array([[0.0, 0.0], [0.0, 1.0], [1.0, 1.0], [0.1, 0.0]]))
