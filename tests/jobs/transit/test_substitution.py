"""Better candidates in place of new lines of a plan, held against each of them assigned alone."""

import numpy as np
import pytest

from jobs.transit.changes import Change, Kind, timetable
from jobs.transit.evaluation import total_min
from jobs.transit.feeds.feed import read_feed
from jobs.transit.lines import Line, LineSet
from jobs.transit.params import TransitParams
from jobs.transit.patterns import Pattern
from jobs.transit.places import Clusters
from jobs.transit.scene import read_scene
from jobs.transit.substitution import Assigned, Worth, substituted
from tests.jobs.transit.towns import AXIS_STOPS, MISSING, degrees, on_axis, star_demand, star_town

PARAMS = TransitParams(
    slots={"am_peak": (6.0, 9.0), "midday": (9.0, 16.0)},
    service_hours=(6.0, 16.0),
)


WAYS = ((MISSING, 1), (1, 1), (3, 1), (5, 3), (MISSING, 5))
"""Axis that each candidate runs along, and the stop nearest to the centre where it ends."""


def with_axes(lines: LineSet, clusters: Clusters) -> LineSet:
    """Candidates along axes, 1.8 minutes from stop to stop."""
    new, patterns, places = [], [], []
    for axis, inner in WAYS:
        stops = np.array([degrees(*on_axis(axis, k)) for k in range(inner, AXIS_STOPS)])
        known = np.column_stack([clusters.points.lon, clusters.points.lat])
        out = np.hypot(*(known[:, None] - stops).transpose(2, 0, 1)).argmin(axis=0)
        new.append(Line(f"along {axis}", "", (n := len(lines.patterns) + len(patterns), n + 1), is_new=True))
        for direction, way in enumerate((out, out[::-1])):
            legs = np.full((2, way.size - 1), 1.8)
            patterns.append(
                Pattern(-1, direction, clusters.stop[way], legs, 0.5 * legs.shape[1], np.zeros(2))
            )
            places.append(way)
    return lines.with_lines(new, patterns, places)


@pytest.fixture(scope="module")
def town(tmp_path_factory):
    feed = star_town().write(tmp_path_factory.mktemp("town") / "in.zip")
    scene = read_scene(read_feed(feed), star_demand(), None, PARAMS)
    lines = with_axes(scene.lines, scene.clusters)
    before = total_min(scene.evaluator.day(lines, lines.departures))
    yield scene.evaluator, lines, PARAMS.min_gain_share * before
    scene.evaluator.close()


def new_lines(lines):
    return [number for number, line in enumerate(lines.lines) if line.is_new]


def running(line: int, headway_min: float = 20.0) -> dict[int, Change]:
    return {line: Change(line, Kind.NEW_LINE, ((0, headway_min), (1, headway_min)))}


def assigned(town, plan):
    evaluator, lines, _ = town
    return evaluator.day(lines, timetable(lines, plan.values()))


def substitute(town, plan, rivals=(), price=0.0, keeps_floors=lambda plan, results: True):
    evaluator, lines, least = town
    worth = Worth(price, least, keeps_floors)
    found = Assigned(plan, assigned(town, plan))
    after = substituted(evaluator, lines, found, rivals, worth, PARAMS)
    return after.plan, after.results


def test_a_poor_line_gives_way_to_the_best_of_all_and_the_best_one_stays(town):
    _, lines, _ = town
    alone = {line: total_min(assigned(town, running(line))) for line in new_lines(lines)}
    worst, best = max(alone, key=alone.get), min(alone, key=alone.get)
    plan, results = substitute(town, running(worst))
    assert list(plan) == [best]
    assert total_min(results) < alone[worst]
    assert total_min(results) == pytest.approx(total_min(assigned(town, plan)))
    assert substitute(town, running(best))[0] == running(best)


def test_a_substitute_takes_no_more_hours_in_any_slot(town):
    _, lines, _ = town
    assert len({lines.round_min[lines.lines[line].patterns[0], 0] for line in new_lines(lines)}) > 1
    for line in new_lines(lines):
        plan, _ = substitute(town, running(line))
        spent, had = (
            lines.vehicle_hours(timetable(lines, made.values())).sum(axis=0) for made in (plan, running(line))
        )
        assert (spent <= had + 1e-6).all()


def test_a_rival_of_another_change_is_not_taken_instead(town):
    _, lines, _ = town
    by_worth = sorted(new_lines(lines), key=lambda line: total_min(assigned(town, running(line))))
    best, kept, poor = by_worth[0], by_worth[1], by_worth[-1]
    plan = {**running(kept), **running(poor)}
    assert best in substitute(town, plan)[0]
    rivals = [((kept, Kind.NEW_LINE), (best, Kind.NEW_LINE))]
    after, _ = substitute(town, plan, rivals)
    assert not {kept, best} <= set(after)


def test_other_changes_of_the_plan_stay_as_they_are(town):
    _, lines, _ = town
    worst = max(new_lines(lines), key=lambda line: total_min(assigned(town, running(line))))
    thinned = Change(1, Kind.HEADWAY, ((0, 20.0),))
    plan, results = substitute(town, {1: thinned, **running(worst)})
    assert worst not in plan
    assert plan[1] == thinned
    assert total_min(results) == pytest.approx(total_min(assigned(town, plan)))


def test_nobody_pays_with_time_for_hours_that_a_shorter_line_leaves_over(town):
    """However dear an hour: what is saved by passengers counts, not what could be bought for it."""
    _, lines, _ = town
    best = min(new_lines(lines), key=lambda line: total_min(assigned(town, running(line))))
    assert any(
        lines.round_min[lines.lines[line].patterns[0], 0] < lines.round_min[lines.lines[best].patterns[0], 0]
        for line in new_lines(lines)
    )
    assert substitute(town, running(best), price=1e6)[0] == running(best)


def test_a_plan_that_breaks_a_floor_gives_way_to_the_next_best(town):
    _, lines, _ = town
    by_worth = sorted(new_lines(lines), key=lambda line: total_min(assigned(town, running(line))))
    best, second, worst = by_worth[0], by_worth[1], by_worth[-1]
    plan, _ = substitute(town, running(worst), keeps_floors=lambda plan, _: best not in plan)
    assert list(plan) == [second]
    assert substitute(town, running(worst), keeps_floors=lambda *_: False)[0] == running(worst)
