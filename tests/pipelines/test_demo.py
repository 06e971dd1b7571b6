"""The demo as a newcomer runs it: the whole city, the whole way, and the flaws that were planted in it."""

import json
from itertools import pairwise

import numpy as np
import pytest
from pages import assert_it_draws_and_answers

from pipelines.stages import NAMES

_NEAR_M = 500.0
_M_PER_DEGREE = 111_195.0


@pytest.fixture(scope="module")
def demo(tmp_path_factory):
    return tmp_path_factory.mktemp("demo")


def read(folder, path):
    return json.loads((folder / path).read_text(encoding="utf-8"))


def points_along(line, pieces=10):
    """Points every tenth of each leg of a line of (longitude, latitude)."""
    line = np.asarray(line)
    steps = np.linspace(0, 1, pieces, endpoint=False)[:, None]
    legs = [a + steps * (b - a) for a, b in pairwise(line)]
    return np.vstack([*legs, line[-1:]])


def share_near(points, line):
    """Share of points within 500 m of a line."""
    points, along = np.asarray(points), points_along(line)
    east = _M_PER_DEGREE * np.cos(np.radians(points[:, 1].mean()))
    apart = np.hypot(
        (points[:, None, 0] - along[:, 0]) * east, (points[:, None, 1] - along[:, 1]) * _M_PER_DEGREE
    )
    return (apart.min(axis=1) <= _NEAR_M).mean()


def recovers(proposal, flaw):
    """Whether a proposal mends a planted flaw; a corridor when the new line runs along most of it."""
    if flaw["kind"] == "missing_corridor" and proposal["kind"] == "new_line":
        corridor = [(stop["lon"], stop["lat"]) for stop in flaw["stops"]]
        return share_near(corridor, proposal["geometry"]["coordinates"]) > 0.5
    if flaw["kind"] == "duplicate_line" and proposal["kind"] == "remove_duplicate":
        return set(proposal["route_ids"]) == {flaw["route_id"], flaw["copy_route_id"]}
    more_often = proposal["vehicle_hours_delta"] > 0
    return (
        flaw["kind"] == "headway_off"
        and proposal["kind"] == "headway"
        and more_often
        and proposal["route_ids"] == [flaw["route_id"]]
    )


def test_the_demo_goes_the_whole_way_and_finds_planted_flaws_first(command, demo):
    told = command("demo", demo)

    assert told.code == 0, told.err
    last = told.out.splitlines()
    assert last[-1] == f"Report: {demo}/report/report.html"
    assert last[-2] == f"Release: {demo}/releases/demo"
    assert "Top proposals:" in last
    first = read(demo, "transit/proposals.json")["proposals"][:3]
    flaws = read(demo, "world/truth/flaws.json")
    assert {flaw["kind"] for flaw in flaws} == {"missing_corridor", "duplicate_line", "headway_off"}
    found = {flaw["kind"] for flaw in flaws for proposal in first if recovers(proposal, flaw)}
    assert found


def test_its_report_draws_and_answers_without_network(demo, opened, webgl_browser, plain_browser):
    assert_it_draws_and_answers(demo / "report" / "report.html", opened, webgl_browser, plain_browser)


def test_the_demo_run_again_has_nothing_to_do(command, demo):
    again = command("demo", demo)

    assert f"Nothing to do: {len(NAMES)} stages are up to date." in again.out
