"""The demo as a newcomer runs it: the whole city, the whole way, and the flaws that were planted in it."""

import json

import pytest
from pages import assert_it_draws_and_answers

from benchmarks.flaws import mends
from pipelines.stages import NAMES


@pytest.fixture(scope="module")
def demo(tmp_path_factory):
    return tmp_path_factory.mktemp("demo")


def read(folder, path):
    return json.loads((folder / path).read_text(encoding="utf-8"))


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
    found = {flaw["kind"] for flaw in flaws for proposal in first if mends(proposal, flaw)}
    assert "duplicate_line" in found


def test_its_report_draws_and_answers_without_network(demo, opened, webgl_browser, plain_browser):
    assert_it_draws_and_answers(demo / "report" / "report.html", opened, webgl_browser, plain_browser)


def test_the_demo_run_again_has_nothing_to_do(command, demo):
    again = command("demo", demo)

    assert f"Nothing to do: {len(NAMES)} stages are up to date." in again.out
