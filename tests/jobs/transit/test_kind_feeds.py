"""Changes of way in feeds of other forms: frequencies, days that the plan does not hold for, shapes, odd columns."""

import csv
import io
import json

import numpy as np
import pytest

from jobs.transit.changes import Kind, timetable
from jobs.transit.feeds.feed import read_feed
from jobs.transit.plan import plan_network
from jobs.transit.reshapes import with_reshapes
from jobs.transit.scene import read_scene
from jobs.transit.scorecard import summary
from tests.jobs.transit.kind_towns import PARAMS, TOWNS, along, steps
from tests.jobs.transit.test_kinds import proposal_of
from tests.jobs.transit.towns import FeedBuilder, files_of


def planned(folder, feed, od, params):
    plan_network(od, None, feed.write(folder / "in.zip"), folder, params, lambda _: None)
    return json.loads((folder / "proposals.json").read_text())


def with_frequencies(feed):
    """The same service, each direction of a line as one GTFS trip that is repeated."""
    runs = {}
    for row in feed.files["trips.txt"]:
        runs.setdefault((row["route_id"], row["direction_id"]), []).append(row["trip_id"])
    firsts = {trips[0]: 11 * 3600 / len(trips) for trips in runs.values()}
    for name in ("trips.txt", "stop_times.txt"):
        feed.files[name] = [row for row in feed.files[name] if row["trip_id"] in firsts]
    for trip, headway_s in firsts.items():
        feed.add(
            "frequencies.txt",
            trip_id=trip,
            start_time="06:00:00",
            end_time="17:00:00",
            headway_secs=round(headway_s),
        )
    return feed


@pytest.mark.parametrize("kind", ["truncate", "split", "merge", "reroute"])
def test_a_frequency_feed_stays_one_and_reads_back(tmp_path, kind):
    feed, od, params = TOWNS[kind]()
    content = planned(tmp_path, with_frequencies(feed), od, params)
    assert proposal_of(content, kind)
    scene = read_scene(read_feed(tmp_path / "gtfs.zip"), od, None, params)
    departures = scene.lines.departures
    again = summary(
        scene, scene.lines, departures, scene.evaluator.day(scene.lines, departures), params.fleet
    )
    scene.evaluator.close()
    for key in ("vehicle_hours", "vehicle_km", "generalised_min", "passengers"):
        assert again[key] == pytest.approx(content["after"][key], rel=0.01), key
    assert len(files_of(tmp_path / "gtfs.zip")["trips.txt"].splitlines()) < 40


@pytest.mark.parametrize("kind", ["truncate", "split", "merge", "drt_zone"])
def test_on_days_that_the_plan_does_not_hold_for_everything_runs_as_before(tmp_path, kind):
    feed, od, params = TOWNS[kind]()
    feed.service("WK", "1111111")
    content = planned(tmp_path, feed, od, params)
    assert proposal_of(content, kind)
    before, after = (read_feed(tmp_path / name) for name in ("in.zip", "gtfs.zip"))
    saturday = before.days.is_of_type("saturday").argmax()

    def calls(read):
        runs = np.append(read.days.runs[:, saturday], False)[read.trips.service]
        return sorted(
            (
                read.routes.ids[read.trips.route[t]],
                *(read.stops.ids[s] for s in read.times.stop[read.times.first[t] : read.times.first[t + 1]]),
                *read.times.departure_s[read.times.first[t] : read.times.first[t + 1]].tolist(),
            )
            for t in np.flatnonzero(runs)
            if read.times.first[t + 1] > read.times.first[t]
        )

    assert calls(after) == calls(before)


def test_a_line_that_is_cut_short_gets_a_shape_of_its_own(tmp_path):
    feed, od, params = TOWNS["truncate"]()
    for number, stop in enumerate(row for row in feed.files["stops.txt"] if row["stop_id"].startswith("A")):
        feed.add(
            "shapes.txt",
            shape_id="way",
            shape_pt_lat=stop["stop_lat"],
            shape_pt_lon=stop["stop_lon"],
            shape_pt_sequence=number + 1,
        )
    for row in feed.files["trips.txt"]:
        row["shape_id"] = "way" if row["trip_id"].startswith("A_0") else ""
    for row in feed.files["stop_times.txt"]:
        row["pickup_type"] = "1" if row["stop_id"] == "A18" else "0"
        row["shape_dist_traveled"] = row["stop_sequence"]
    planned(tmp_path, feed, od, params)
    files = {name: data.decode() for name, data in files_of(tmp_path / "gtfs.zip").items()}
    trips = {row["trip_id"]: row for row in csv.DictReader(io.StringIO(files["trips.txt"]))}
    shape = trips["A_0_10"]["shape_id"]
    assert shape.startswith("mg_shape_")
    points = [row for row in csv.DictReader(io.StringIO(files["shapes.txt"])) if row["shape_id"] == shape]
    assert len(points) == 10
    calls = [
        row for row in csv.DictReader(io.StringIO(files["stop_times.txt"])) if row["trip_id"] == "A_0_10"
    ]
    assert [row["stop_sequence"] for row in calls] == [str(i + 1) for i in range(10)]
    assert not any(row["shape_dist_traveled"] for row in calls)


@pytest.mark.parametrize("kind", ["extend", "truncate", "reroute", "drop_stops", "add_stops"])
def test_at_equal_hours_a_line_takes_no_more_than_today(tmp_path, kind):
    feed, od, _ = TOWNS[kind]()
    scene = read_scene(read_feed(feed.write(tmp_path / "in.zip")), od, None, PARAMS)
    before = scene.evaluator.day(scene.lines, scene.lines.departures)
    scene, lines, changes = with_reshapes(scene, scene.lines, before, PARAMS, lambda _: None)
    scene.evaluator.close()
    today = lines.vehicle_hours(lines.departures).sum(axis=0)
    scaled = [c for c in changes if c.reshape and not c.reshape.keeps_times and str(c.kind) != "split"]
    assert scaled or kind in ("drop_stops", "add_stops")
    for change in scaled:
        assert (lines.vehicle_hours(timetable(lines, [change])).sum(axis=0) <= today + 1e-6).all()


def test_at_equal_hours_a_line_more_frequent_than_any_clock_face_headway_is_not_thinned_out(tmp_path):
    feed = FeedBuilder()
    along(feed, "A", steps(0, 5000), 2)
    od = TOWNS["extend"]()[1]
    scene = read_scene(read_feed(feed.write(tmp_path / "in.zip")), od, None, PARAMS)
    before = scene.evaluator.day(scene.lines, scene.lines.departures)
    scene, lines, changes = with_reshapes(scene, scene.lines, before, PARAMS, lambda _: None)
    scene.evaluator.close()
    today = lines.vehicle_hours(lines.departures).sum()
    scaled = [c for c in changes if c.kind is Kind.EXTEND and not c.reshape.keeps_times]
    assert scaled
    for change in scaled:
        assert 0.95 * today <= lines.vehicle_hours(timetable(lines, [change])).sum() <= today
