"""Candidates that a plan left out in place of its new lines, by assignment of the whole plan.

Options are valued one at a time beside the plan, so a line that serves the same trips as one that is in it looks
worth little, however much better it would be instead. So each new line is tried away with each candidate in its
place, at no more vehicle-hours, until no substitution is better: local search over pairs, as in facility location
(Teitz & Bart 1968, Operations Research 16, 955-961).
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from jobs.transit.changes import Change, Kind, Plan, timetable, without
from jobs.transit.evaluation import Evaluator, SlotResult, total_min
from jobs.transit.lines import LineSet
from jobs.transit.options import mean_price
from jobs.transit.params import TransitParams
from jobs.transit.selection import Budget, Rivals

_MOST_SUBSTITUTIONS = 4
_LOOKED_AT = 3
"""Plans that look best in the busiest slot, of which the whole day is assigned."""


@dataclass(frozen=True)
class Assigned:
    """A plan with its results by slot."""

    plan: dict[int, Change]
    results: list[SlotResult]
    vehicle_hours: float


def substituted(
    evaluator: Evaluator,
    lines: LineSet,
    plan: Plan,
    results: list[SlotResult],
    budget: Budget,
    rivals: Rivals,
    params: TransitParams,
) -> tuple[dict[int, Change], list[SlotResult]]:
    """The plan after the best substitutions, at most four, and its results; as it was where none saves enough more.

    Enough is ``budget.least_saving_min``; hours that one leaves over count at what they save on today's lines.
    Costs an assignment of the busiest slot for each pair of a new line and a candidate, and a few of the day.
    """
    price = mean_price(lines, results)
    best = Assigned(dict(plan), results, _hours_of(lines, plan))
    for _ in range(_MOST_SUBSTITUTIONS):
        tried = _assigned(
            evaluator, lines, list(_substitutions(lines, best.plan, budget, rivals, params)), price
        )
        after = min(tried, key=lambda one: _cost(one, price), default=best)
        if _cost(after, price) > _cost(best, price) - budget.least_saving_min:
            break
        best = after
    return best.plan, best.results


def _cost(one: Assigned, price: float) -> float:
    return total_min(one.results) + price * one.vehicle_hours


def _hours_of(lines: LineSet, plan: Plan) -> float:
    return float(lines.vehicle_hours(timetable(lines, plan.values())).sum())


def _assigned(
    evaluator: Evaluator, lines: LineSet, plans: list[dict[int, Change]], price: float
) -> list[Assigned]:
    """The plans that look best in the busiest slot, assigned for the day."""
    slot = int(np.argmax(evaluator.trips_by_slot.sum(axis=1)))
    made = [timetable(lines, plan.values()) for plan in plans]
    hours = [float(lines.vehicle_hours(departures)[:, slot].sum()) for departures in made]
    seen = evaluator.slots(lines, [(slot, departures[:, slot]) for departures in made])
    looks = [result.perceived_min + price * spent for result, spent in zip(seen, hours, strict=True)]
    best = sorted(range(len(plans)), key=lambda i: looks[i])[:_LOOKED_AT]
    return [Assigned(plans[i], evaluator.day(lines, made[i]), _hours_of(lines, plans[i])) for i in best]


def _substitutions(
    lines: LineSet, plan: Plan, budget: Budget, rivals: Rivals, params: TransitParams
) -> Iterator[dict[int, Change]]:
    """Plans with a candidate in place of one new line, within the hours and vehicles of the budget."""
    hours = float(lines.vehicle_hours(lines.departures).sum()) + budget.vehicle_hours
    vehicles = lines.vehicles(lines.departures).sum(axis=0) + np.array(budget.vehicles)
    for line, change in plan.items():
        if change.kind is not Kind.NEW_LINE:
            continue
        rest = without(plan, line)
        barred = {b[0] for a, b in rivals if a[0] in rest} | {a[0] for a, b in rivals if b[0] in rest}
        for other, candidate in enumerate(lines.lines):
            if not candidate.is_new or candidate.part_of >= 0 or other in plan or other in barred:
                continue
            instead = _at_like_cost(lines, change, other, params)
            tried = dict(sorted({**rest, other: instead}.items())) if instead else {}
            departures = timetable(lines, tried.values())
            if (
                tried
                and lines.vehicle_hours(departures).sum() <= hours + 1e-6
                and (lines.vehicles(departures).sum(axis=0) <= vehicles).all()
            ):
                yield tried


def _at_like_cost(lines: LineSet, change: Change, other: int, params: TransitParams) -> Change | None:
    """Another new line at the shortest headways that take no more vehicle-hours in any slot; None if there are none."""
    headways = []
    for slot, headway_min in change.headway_min:
        most = _hours(lines, change.line, slot, headway_min) + 1e-9
        levels = [
            level
            for level in sorted(params.headways.levels)
            if level <= params.headways.new_line_max_min and _hours(lines, other, slot, level) <= most
        ]
        if not levels:
            return None
        headways.append((slot, float(levels[0])))
    return Change(other, Kind.NEW_LINE, tuple(headways))


def _hours(lines: LineSet, line: int, slot: int, headway_min: float) -> float:
    """Vehicle-hours of a new line in a slot."""
    patterns = list(lines.lines[line].patterns)
    runs = lines.at_headway(line, slot, headway_min, lines.departures)
    return float((runs * lines.round_min[patterns, slot]).sum()) / 60.0
