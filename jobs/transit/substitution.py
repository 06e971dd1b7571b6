"""Candidates that a plan left out in place of its new lines, by assignment of the whole plan.

Options are valued one at a time beside the plan, so a line that serves the same trips as one that is in it looks
worth little, however much better it would be instead. So each new line is tried away with each candidate in its
place, at no more vehicle-hours, until no substitution is better: local search over pairs, as in facility location
(Teitz & Bart 1968, Operations Research 16, 955-961).
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import numpy as np

from jobs.transit.changes import Change, Kind, Plan, hours_of, timetable, without
from jobs.transit.evaluation import Evaluator, SlotResult, total_min
from jobs.transit.lines import LineSet
from jobs.transit.params import TransitParams
from jobs.transit.selection import Rivals

_MOST_SUBSTITUTIONS = 4
_LOOKED_AT = 3
"""Plans that look best in the busiest slot, of which the whole day is assigned."""


@dataclass(frozen=True)
class Assigned:
    """A plan with its results by slot."""

    plan: dict[int, Change]
    results: list[SlotResult]


@dataclass(frozen=True)
class Worth:
    """What makes one plan better than another."""

    price: float
    """Perceived minutes that a vehicle-hour saves elsewhere."""
    least_saving_min: float
    """By which a plan has to be better."""
    keeps_floors: Callable[[Plan, list[SlotResult]], bool]


def substituted(
    evaluator: Evaluator,
    lines: LineSet,
    found: Assigned,
    rivals: Rivals,
    worth: Worth,
    params: TransitParams,
) -> Assigned:
    """The plan after the best substitutions, at most four; as it was where none is better.

    A plan is better when it costs all passengers less time and keeps the floors; vehicle-hours that a substitute leaves
    over count too. No plan takes more vehicle-hours in any slot. Each step costs an assignment of the busiest slot for
    each pair of a new line and a candidate, and three of the day.
    """
    best = found
    for _ in range(_MOST_SUBSTITUTIONS):
        plans = list(_substitutions(lines, best.plan, rivals, params))
        better = [
            tried
            for tried in _assigned(evaluator, lines, plans, worth.price)
            if total_min(tried.results) < total_min(best.results)
            and _cost(lines, tried, worth.price) <= _cost(lines, best, worth.price) - worth.least_saving_min
            and worth.keeps_floors(tried.plan, tried.results)
        ]
        if not better:
            break
        best = min(better, key=lambda tried: _cost(lines, tried, worth.price))
    return best


def _cost(lines: LineSet, one: Assigned, price: float) -> float:
    return total_min(one.results) + price * hours_of(lines, one.plan)


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
    return [Assigned(plans[i], evaluator.day(lines, made[i])) for i in best]


def _substitutions(
    lines: LineSet, plan: Plan, rivals: Rivals, params: TransitParams
) -> Iterator[dict[int, Change]]:
    """Plans with a candidate in place of one new line."""
    for line, change in plan.items():
        if change.kind is not Kind.NEW_LINE:
            continue
        rest = without(plan, line)
        barred = {b[0] for a, b in rivals if a[0] in rest} | {a[0] for a, b in rivals if b[0] in rest}
        for other, candidate in enumerate(lines.lines):
            if candidate.is_new and candidate.part_of < 0 and other not in plan and other not in barred:
                instead = _at_like_cost(lines, change, other, params)
                if instead:
                    yield dict(sorted({**rest, other: instead}.items()))


def _at_like_cost(lines: LineSet, change: Change, other: int, params: TransitParams) -> Change | None:
    """Another new line at the shortest headways that take no more vehicle-hours in any slot; None if there are none."""
    levels = sorted(h for h in params.headways.levels if h <= params.headways.new_line_max_min)
    headways = []
    for slot, headway_min in change.headway_min:
        most = _hours(lines, change.line, slot, headway_min) + 1e-9
        fitting = [level for level in levels if _hours(lines, other, slot, level) <= most]
        if not fitting:
            return None
        headways.append((slot, float(fitting[0])))
    return Change(other, Kind.NEW_LINE, tuple(headways))


def _hours(lines: LineSet, line: int, slot: int, headway_min: float) -> float:
    """Vehicle-hours of a new line in a slot."""
    patterns = list(lines.lines[line].patterns)
    runs = lines.at_headway(line, slot, headway_min, lines.departures)
    return float((runs * lines.round_min[patterns, slot]).sum()) / 60.0
