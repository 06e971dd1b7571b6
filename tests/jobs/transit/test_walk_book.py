"""Walks to stops against those of a network that has only the stops that are served."""

import numpy as np

from jobs.transit.feeds.feed import read_feed
from jobs.transit.scene import read_scene
from jobs.transit.walk_book import WalkBook
from tests.jobs.transit.kind_towns import PARAMS, along, demand, steps
from tests.jobs.transit.towns import FeedBuilder

NO_VIRTUAL = PARAMS.model_copy(
    update={"new_lines": PARAMS.new_lines.model_copy(update={"virtual_stops": False})}
)


def town(tmp_path, name, aside):
    """A street with a line; where `aside`, another line with stops between those of the first."""
    feed = FeedBuilder()
    along(feed, "A", steps(0, 4000), 10)
    if aside:
        along(feed, "B", steps(250, 3250), 10, y=150.0)
    flows = [((0.0, 0.0), (x, 0.0), 100.0) for x in (1000.0, 2000.0, 4000.0)]
    return read_scene(read_feed(feed.write(tmp_path / name)), demand(flows), None, NO_VIRTUAL)


def walks(access, scene):
    """Minutes by (zone, stop_id)."""
    zone = np.repeat(np.arange(access.first.size - 1), np.diff(access.first))
    return {
        (int(z), scene.stops.ids[scene.clusters.stop[s]]): round(float(m), 3)
        for z, s, m in zip(zone, access.stop, access.walk_min, strict=True)
    }


def test_without_a_line_walks_are_those_of_a_network_that_never_had_it(tmp_path):
    both, alone = town(tmp_path, "both.zip", True), town(tmp_path, "alone.zip", False)
    today = both.lines.departures[:, 0]
    rest = today.copy()
    (gone,) = [line for line in both.lines.lines if line.line_id == "B"]
    rest[list(gone.patterns)] = 0.0
    left = walks(both.evaluator.book.given(both.lines, today, rest), both)
    known = walks(alone.evaluator.access, alone)
    assert {key: minutes for key, minutes in left.items() if key in known} == known
    assert both.evaluator.book.given(both.lines, today, today) is both.evaluator.access
    assert walks(both.evaluator.access, both) != left
    for scene in (both, alone):
        scene.evaluator.close()


def test_a_door_is_reached_from_its_own_zone_alone(tmp_path):
    scene = town(tmp_path, "in.zip", False)
    door = scene.clusters.count - 1
    book = WalkBook(scene.zones, scene.clusters, PARAMS.perceived, ((1, door),), 1.5)
    zone = np.repeat(np.arange(book.today.first.size - 1), np.diff(book.today.first))
    at_door = book.today.stop == door
    assert zone[at_door].tolist() == [1]
    assert book.today.walk_min[at_door].tolist() == [1.5]
    scene.evaluator.close()
