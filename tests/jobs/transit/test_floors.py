"""Floors that no plan may break as a whole, however well each of its changes keeps them."""

import json
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest

from jobs.transit.plan import plan_network
from tests.jobs.transit.kind_towns import PARAMS, TOWNS, along, demand, steps
from tests.jobs.transit.towns import FeedBuilder


def planned(
    folder: Path, town: tuple[FeedBuilder, pa.Table], floors: dict[str, float], ways: dict[str, int]
) -> dict[str, Any]:
    """A plan with these floors, and no changes of way but these."""
    feed, od = town
    limits = PARAMS.floors.model_copy(update=floors)
    shapes = PARAMS.reshapes.model_copy(update={**dict.fromkeys(TOWNS, 0), "hours_neutral": False, **ways})
    params = PARAMS.model_copy(update={"floors": limits, "reshapes": shapes, "duplicate_overlap": 1.0})
    folder.mkdir(exist_ok=True)
    plan_network(od, None, feed.write(folder / "in.zip"), folder, params, lambda _: None)
    content: dict[str, Any] = json.loads((folder / "proposals.json").read_text())
    return content


def shared_tail_town():
    """Two lines with one empty tail: either may be cut, as the other still serves it; a third line is full."""
    feed = FeedBuilder()
    along(feed, "A", steps(0, 9000), 12)
    ys = [-500.0 * i for i in range(8, 0, -1)]
    for i, y in enumerate(ys):
        feed.stop(f"B{i}", 4500.0, y)
    feed.line("B", [*(f"B{i}" for i in range(8)), *(f"A{i}" for i in range(9, 19))], [2.0] * 17, 12, (6, 17))
    along(feed, "C", steps(0, 5000), 40, y=6000.0)
    flows = [((0.0, 0.0), (x, 0.0), 500.0) for x in (2000.0, 3500.0, 4500.0)]
    flows += [((4500.0, -4000.0), (4500.0, y), 500.0) for y in (-2500.0, -1000.0, 0.0)]
    flows += [((0.0, 6000.0), (x, 6000.0), 1200.0) for x in (2000.0, 3500.0, 5000.0)]
    return feed, demand([*flows, ((8500.0, 0.0), (4500.0, 0.0), 5.0)])


@pytest.mark.parametrize(("floor", "cut"), [(0.05, 2), (0.0, 1)])
def test_two_lines_that_serve_a_place_do_not_both_leave_it_against_the_floor(tmp_path, floor, cut):
    limits = {"max_coverage_loss": floor, "max_zone_loss_min": 1000.0}
    content = planned(tmp_path, shared_tail_town(), limits, {"truncate": 8})
    assert [p["kind"] for p in content["proposals"]].count("truncate") == cut, [
        p["id"] for p in content["proposals"]
    ]
    before, after = (content["equity"][when]["covered_share"] for when in ("before", "after"))
    assert before - after <= floor + 1e-4


def two_of_a_street_town():
    """A and B run beside each other for a few people; C is crowded and rare."""
    feed = FeedBuilder()
    along(feed, "A", steps(0, 6000), 12)
    along(feed, "B", steps(0, 6000), 12, y=300.0)
    along(feed, "C", steps(0, 6000), 30, y=6000.0)
    flows = [((0.0, 0.0), (x, 0.0), 40.0) for x in (2000.0, 4000.0, 6000.0)]
    flows += [((0.0, 6000.0), (x, 6000.0), 2500.0) for x in (2000.0, 4000.0, 6000.0)]
    return feed, demand(flows)


def thinned(content: dict[str, Any]) -> set[str]:
    """Lines that run more rarely."""
    return {p["route_ids"][0] for p in content["proposals"] if p["vehicle_hours_delta"] < 0}


def test_two_lines_that_serve_a_zone_are_not_both_thinned_against_the_floor(tmp_path):
    town, losers = two_of_a_street_town(), {"max_losers_share": 1.0}
    free = planned(tmp_path / "free", town, {**losers, "max_zone_loss_min": 60.0}, {})
    lost = free["budget"]["worst_zone_loss_min"]
    assert thinned(free) == {"A", "B"}
    times = [free["after"]["generalised_min"]]
    for floor in (0.9 * lost, 0.4 * lost, 0.2 * lost):
        held = planned(tmp_path / f"{floor:.1f}", town, {**losers, "max_zone_loss_min": floor}, {})
        assert held["budget"]["worst_zone_loss_min"] <= floor
        assert held["budget"]["vehicle_hours_after"] <= held["budget"]["vehicle_hours_allowed"] + 1e-6
        times.append(held["after"]["generalised_min"])
    assert times == sorted(times)  # a floor has its price
    assert times[-1] < free["before"]["generalised_min"]
