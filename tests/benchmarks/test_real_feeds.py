"""What counts as a sound plan for a real feed."""

import pytest

from benchmarks.real_feeds import falls, new_errors, over_budget, read_back_gap


def step(share: float, hours: float, allowed: float, saved: float, keeps_floors: bool = True) -> dict:
    return {
        "vehicle_hours_change": share,
        "vehicle_hours": hours,
        "vehicle_hours_allowed": allowed,
        "generalised_minutes_saved_per_day": saved,
        "keeps_floors": keeps_floors,
    }


def plan(after: float, *steps: dict) -> dict:
    return {
        "budget": {"vehicle_hours_after": after, "vehicle_hours_allowed": 100.0},
        "budget_curve": list(steps),
    }


def test_hours_above_those_allowed_are_told():
    assert over_budget(plan(100.0, step(-0.1, 90.0, 90.0, 1.0))) == []
    assert over_budget(plan(100.2, step(-0.1, 91.0, 90.0, 1.0))) == ["plan", "-10%"]


def test_a_benefit_that_falls_with_the_budget_is_told_unless_a_floor_breaks():
    rising = [step(0.0, 1, 1, 5.0), step(0.1, 1, 1, 5.0), step(0.2, 1, 1, 7.0)]
    assert falls(plan(1.0, *rising)) == []
    assert falls(plan(1.0, *rising, step(0.3, 1, 1, 6.0))) == ["+30%"]
    assert falls(plan(1.0, step(-0.1, 1, 1, 9.0, keeps_floors=False), *rising)) == []


def test_the_largest_gap_counts_and_zeros_do_not():
    names = ("generalised_min", "passengers", "vehicle_km", "vehicle_hours")
    planned = dict(zip(names, (50.0, 1000.0, 0.0, 80.0), strict=True))
    assert read_back_gap(planned, {**planned, "passengers": 990.0}) == pytest.approx(0.01)


def test_errors_that_the_feed_had_before_are_not_the_plans():
    assert new_errors({"a": 3}, {"a": 3}) == []
    assert new_errors({"a": 3}, {"a": 4, "b": 1}) == ["a", "b"]
