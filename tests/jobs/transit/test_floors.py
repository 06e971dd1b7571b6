"""Floors that no plan may break as a whole, however well each of its changes keeps them."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest

from jobs.errors import ConfigError
from jobs.transit.changes import Change, Kind, Option
from jobs.transit.floors import Toll
from jobs.transit.kept_floors import too_much
from jobs.transit.plan import plan_network
from tests.jobs.transit.kind_towns import PARAMS, TOWNS, along, demand, steps
from tests.jobs.transit.towns import FeedBuilder


def planned(
    folder: Path,
    town: tuple[FeedBuilder, pa.Table],
    floors: dict[str, float],
    ways: dict[str, int],
    hours: float = 0.0,
    progress: Callable[[str], None] = lambda _: None,
) -> dict[str, Any]:
    """A plan with these floors and vehicle-hours, and no changes of way but these."""
    feed, od = town
    limits = PARAMS.floors.model_copy(update=floors)
    shapes = PARAMS.reshapes.model_copy(update={**dict.fromkeys(TOWNS, 0), "hours_neutral": False, **ways})
    others = {"duplicate_overlap": 1.0, "vehicle_hours_change": hours}
    params = PARAMS.model_copy(update={"floors": limits, "reshapes": shapes, **others})
    folder.mkdir(exist_ok=True)
    plan_network(od, None, feed.write(folder / "in.zip"), folder, params, progress)
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
        assert held["budget"]["worst_zone_loss_min"] <= floor + 0.005
        assert held["budget"]["vehicle_hours_after"] <= held["budget"]["vehicle_hours_allowed"] + 1e-6
        times.append(held["after"]["generalised_min"])
    assert times == sorted(times)  # a floor has its price
    assert times[-1] < free["before"]["generalised_min"]


FREE = {"max_losers_share": 1.0, "max_zone_loss_min": 60.0}


def test_a_cut_is_made_though_it_costs_time(tmp_path):
    content = planned(tmp_path, two_of_a_street_town(), FREE, {}, hours=-0.25)
    budget = content["budget"]
    assert (
        budget["vehicle_hours_after"]
        <= budget["vehicle_hours_allowed"]
        == 0.75 * budget["vehicle_hours_before"]
    )
    assert thinned(content) >= {"A", "B"}


def test_a_cut_that_no_option_makes_is_an_error_that_says_what_to_change(tmp_path):
    with pytest.raises(ConfigError, match=r"vehicle_hours_change.*\n.*max_losers_share"):
        planned(tmp_path, two_of_a_street_town(), FREE, {}, hours=-0.8)
    assert not (tmp_path / "proposals.json").exists()


@pytest.mark.parametrize("floors", [{**FREE, "max_zone_loss_min": 3.0}, {**FREE, "max_losers_share": 0.0}])
def test_a_cut_that_breaks_a_floor_is_told(tmp_path, floors):
    """So many hours cannot go without thinning both lines of the street."""
    told: list[str] = []
    content = planned(tmp_path, two_of_a_street_town(), floors, {}, -0.3, told.append)
    assert content["budget"]["vehicle_hours_after"] <= content["budget"]["vehicle_hours_allowed"]
    assert any("keeps the floors: this one breaks one" in line for line in told)


def test_two_lines_that_serve_the_same_people_do_not_both_make_losers_of_them(tmp_path):
    town = two_of_a_street_town()
    free = planned(tmp_path / "free", town, FREE, {})
    share = free["losers_share"]
    assert share > 0
    held = planned(tmp_path / "held", town, {**FREE, "max_losers_share": 0.5 * share}, {})
    assert held["losers_share"] <= 0.5 * share
    assert held["proposals"]


def option(change: Change, slot: int, headway_min: float) -> Option:
    whole = None if change.kind in (Kind.HEADWAY, Kind.NEW_LINE) else change
    return Option(change.line, change.kind, slot, headway_min, 1.0, -1.0, (0, 0), whole)


def test_of_headways_the_chosen_one_and_rarer_ones_of_the_slot_are_barred():
    chosen = Change(3, Kind.HEADWAY, ((0, 20.0), (1, 30.0)))
    is_barred = too_much(chosen, 0)
    barred = {(s, h): is_barred(option(chosen, s, h)) for s in (0, 1) for h in (15.0, 20.0, 30.0)}
    assert {key for key, yes in barred.items() if yes} == {(0, 20.0), (0, 30.0)}
    assert not is_barred(option(Change(4, Kind.HEADWAY), 0, 30.0))


def test_of_the_end_of_a_duplicate_only_the_variant_that_was_chosen_is_barred():
    plain = Change(3, Kind.REMOVE_DUPLICATE, keeps=1)
    taken_over = Change(3, Kind.REMOVE_DUPLICATE, ((0, 10.0),), keeps=1)
    is_barred = too_much(plain, 0)
    assert is_barred(option(plain, -1, 0.0))
    assert not is_barred(option(taken_over, -1, 0.0))


@pytest.mark.parametrize(
    ("toll", "is_within"),
    [
        (Toll(10.0, 0.01, 5.0), True),
        (Toll(10.0, 0.0, 8.0), True),  # no more than it is with the change
        (Toll(10.1, 0.0, 0.0), False),
        (Toll(0.0, 0.02, 0.0), False),
        (Toll(0.0, 0.0, 8.1), False),
    ],
)
def test_a_toll_is_within_the_floors_or_what_is_taken_already(toll, is_within):
    floors, already = Toll(10.0, 0.01, 5.0), Toll(2.0, 0.0, 8.0)
    assert toll.is_within(floors, already) is is_within
