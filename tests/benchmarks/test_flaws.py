"""What counts as a planted fault found, and what a new line gives back to those who lost theirs."""

import shutil

import numpy as np
import pytest

from benchmarks.flaws import Found, mends, plan_gives_back, ranks, share_near, table
from benchmarks.recovery import Recovery
from benchmarks.sound_network import sound_network
from jobs.transit.evaluation import total_min
from jobs.transit.feeds.feed import read_feed
from jobs.transit.params import NewLines, TransitParams
from jobs.transit.scene import read_scene
from tests.jobs.transit.towns import AXIS_STOPS, degrees, on_axis, star_demand, star_town

CORRIDOR = {"kind": "missing_corridor", "stops": []}
TWIN = {"kind": "duplicate_line", "route_id": "A", "copy_route_id": "A_B"}
STARVED = {"kind": "headway_off", "route_id": "C"}


def proposal(kind: str, routes: list[str], hours: float = 9.0) -> dict:
    return {"kind": kind, "route_ids": routes, "vehicle_hours_delta": hours}


@pytest.mark.parametrize(("given_back", "found"), [(1.2, True), (0.5, True), (0.49, False)])
def test_a_corridor_is_found_by_a_line_that_gives_half_of_the_lost_time_back(given_back, found):
    assert mends(proposal("new_line", ["n"]), CORRIDOR, given_back) is found


def test_a_twin_is_found_by_the_end_of_either_and_a_starved_line_by_more_buses():
    assert mends(proposal("remove_duplicate", ["A", "A_B"], -5), TWIN)
    assert not mends(proposal("remove_duplicate", ["A", "X"], -5), TWIN)
    assert mends(proposal("headway", ["C"], 5), STARVED)
    assert not mends(proposal("headway", ["C"], -5), STARVED)


def test_ranks_are_of_the_first_that_mends():
    listed = [proposal("new_line", ["n"]), proposal("headway", ["C"]), proposal("new_line", ["m"])]
    for number, one in enumerate(listed):
        one["rank"] = number + 1
    found = ranks(listed, [CORRIDOR, TWIN, STARVED], [0.2, 0.0, 0.8])
    assert found == {"missing_corridor": 3, "duplicate_line": None, "headway_off": 2}
    looks = [
        Found(1, found, {"missing_corridor": 1}, 0.8, 0.6, 0.9, 0.03, 60.0),
        Found(2, {**found, "headway_off": 4}, {"missing_corridor": None}, 0.2, 0.1, 0.7, 0.02, 60.0),
    ]
    last = table(looks).splitlines()[-1]
    assert last == "| in the first 3 | 2 of 2 | 0 of 2 | 1 of 2 | 1 of 2 | | | median 80% | | |"


@pytest.fixture(scope="module")
def star(tmp_path_factory):
    folder = tmp_path_factory.mktemp("star")
    star_town(planted=False).write(folder / "sound.zip")
    return folder


def new_line(axis: int, aside_m: float) -> dict:
    way = [list(degrees(*on_axis(axis, k, aside_m))) for k in range(AXIS_STOPS)]
    return {
        **proposal("new_line", ["n"]),
        "geometry": {"coordinates": way},
        "headway_after_min": {"am_peak": 12.0, "midday": 12.0, "evening": None},
    }


def test_a_line_where_one_was_taken_gives_the_time_back_and_one_elsewhere_does_not(star):
    recovery = Recovery(star / "sound.zip", star_demand(), {"route_id": "L2", "route_ids": ["L2"]})
    try:
        assert recovery.share(new_line(2, 0.0)) == pytest.approx(1.0, abs=0.1)
        assert recovery.share(new_line(2, 150.0)) > 0.8
        assert recovery.share(new_line(5, 0.0)) < 0.2
    finally:
        recovery.close()


def test_short_turns_of_the_deleted_line_do_not_count_against_a_line_in_its_place(tmp_path):
    feed = star_town(planted=False)
    for run in range(60):
        stops = ["centre", *(f"a2_{k}" for k in range(1, 5))]
        for direction, way in enumerate((stops, stops[::-1])):
            calls = [(stop, 360.0 + 10.0 * run + 1.8 * k) for k, stop in enumerate(way)]
            feed.trip("L2", f"short{direction}_{run}", calls, direction=direction)
    flaw = {"route_id": "L2", "route_ids": ["L2"]}
    recovery = Recovery(feed.write(tmp_path / "sound.zip"), star_demand(), flaw)
    try:
        assert recovery.share(new_line(2, 0.0)) == pytest.approx(1.0, abs=0.01)
    finally:
        recovery.close()


def test_a_plan_that_undoes_the_faults_gives_all_their_time_back(star, tmp_path):
    for name, feed in (("world", star_town()), ("plan", star_town(planted=False))):
        (tmp_path / name).mkdir()
        feed.write(tmp_path / name / "gtfs.zip")
    assert plan_gives_back(tmp_path, star / "sound.zip", star_demand()) == pytest.approx(1.0)
    shutil.copy(tmp_path / "world" / "gtfs.zip", tmp_path / "plan" / "gtfs.zip")
    assert plan_gives_back(tmp_path, star / "sound.zip", star_demand()) == 0.0


def test_points_within_500_m_of_a_line_are_counted():
    way = new_line(2, 0.0)["geometry"]["coordinates"]
    aside = new_line(2, 450.0)["geometry"]["coordinates"]
    far = new_line(2, 700.0)["geometry"]["coordinates"]
    assert share_near(np.array(aside), np.array(way)) == 1.0
    assert share_near(np.array(far), np.array(way)) == 0.0


def test_a_network_planned_anew_serves_better_starves_no_line_and_is_made_once(star):
    feed = star_town().write(star / "in.zip")
    sound = sound_network(feed, star_demand(), star, 1)
    (minutes, rare), (minutes_after, rare_after) = (_served(path) for path in (feed, sound))
    assert minutes_after < 0.9 * minutes
    assert rare.min() == 60.0
    assert rare_after.max() <= 30.0
    written = sound.stat().st_mtime_ns
    assert sound_network(feed, star_demand(), star, 1).stat().st_mtime_ns == written


def _served(feed) -> tuple[float, np.ndarray]:
    """Perceived minutes a day, and headways of the line that was starved."""
    scene = read_scene(read_feed(feed), star_demand(), None, TransitParams(new_lines=NewLines(candidates=0)))
    lines = scene.lines
    minutes = total_min(scene.evaluator.day(lines, lines.departures))
    scene.evaluator.close()
    rare = next(i for i, line in enumerate(lines.lines) if line.line_id == "L0")
    headways = lines.headways(rare, lines.departures)
    return minutes, headways[np.isfinite(headways)]
