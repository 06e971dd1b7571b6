"""Find the plan: candidates, values by assignment, selection under the budget, and what each change is worth."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from jobs.transit.changes import Change, Kind, Option, Plan, plan_of, timetable, without
from jobs.transit.evaluation import Evaluator, SlotResult, total_min
from jobs.transit.lines import LineSet
from jobs.transit.options import Bench, Twin, headway_options, new_line_options, removal_options
from jobs.transit.params import TransitParams
from jobs.transit.selection import Budget, Rivals, choose

_SAME_PLACE_SHARE = 0.5
"""Candidates that share more of their stops are two drawings of one line."""


@dataclass(frozen=True)
class Worth:
    """What a change saves in the finished plan, by leaving it out."""

    change: Change
    saves_min: float
    vehicle_hours: float
    without: list[SlotResult]


@dataclass(frozen=True)
class Outcome:
    """A finished plan with its assignments."""

    plan: Plan
    before: list[SlotResult]
    after: list[SlotResult]
    worth: tuple[Worth, ...]
    hours_before: float
    hours_allowed: float
    hours_after: float


def plan_changes(
    evaluator: Evaluator,
    lines: LineSet,
    twins: list[Twin],
    params: TransitParams,
    progress: Callable[[str], None],
) -> Outcome:
    """Select changes in rounds: value options at the plan so far, choose, assign, keep what is better.

    The search looks at a sample of destinations, the outcome at all.
    """
    before = evaluator.day(lines, lines.departures)
    budget = budget_of(lines, total_min(before), params)
    search = evaluator.sampled(params.search_destinations)
    try:
        plan = _search(search, lines, twins, budget, params, progress)
    finally:
        search.close()
    evaluator.runs += search.runs
    return _outcome(evaluator, lines, plan, before, budget)


def _search(
    evaluator: Evaluator,
    lines: LineSet,
    twins: list[Twin],
    budget: Budget,
    params: TransitParams,
    progress: Callable[[str], None],
) -> dict[int, Change]:
    before = results = evaluator.day(lines, lines.departures)
    rivals = rival_pairs(lines, twins)
    plan: dict[int, Change] = {}
    for number in range(params.rounds):
        options = _all_options(Bench(evaluator, lines, plan, results), twins, params)
        chosen = plan_of(choose(options, budget, rivals, params.solver_seconds))
        trial = evaluator.day(lines, timetable(lines, chosen.values()))
        progress(
            f"round {number + 1}: {len(options)} options, {len(chosen)} changes save "
            f"{total_min(before) - total_min(trial):,.0f} perceived minutes a day"
        )
        if chosen == plan or total_min(trial) >= total_min(results):
            break
        plan, results = chosen, trial
    return plan


def budget_of(lines: LineSet, before_min: float, params: TransitParams) -> Budget:
    """Vehicle-hours and vehicles that the plan may add to today's."""
    hours = float(lines.vehicle_hours(lines.departures).sum())
    vehicles = lines.vehicles(lines.departures).sum(axis=0)
    peak = int(np.floor(vehicles.max(initial=0) * (1.0 + params.peak_vehicles_change) + 1e-9))
    return Budget(
        hours * params.vehicle_hours_change,
        tuple(int(peak - v) for v in vehicles),
        params.max_changes,
        params.min_gain_share * before_min,
    )


def rival_pairs(lines: LineSet, twins: list[Twin]) -> Rivals:
    """A line that another relies on stays as that proposal says; of like new lines one is enough."""
    remove, new = Kind.REMOVE_DUPLICATE, Kind.NEW_LINE
    pairs = [((t.line, remove), (t.keeps, remove)) for t in twins]
    pairs += [((t.line, remove), (t.keeps, Kind.HEADWAY)) for t in twins]
    pairs += [
        ((a.line, remove), (b.line, remove))
        for a in twins
        for b in twins
        if a.line < b.line and a.keeps == b.keeps
    ]
    candidates = [i for i, line in enumerate(lines.lines) if line.is_new]
    for i, a in enumerate(candidates):
        for b in candidates[i + 1 :]:
            if _shared_places(lines, a, b) > _SAME_PLACE_SHARE:
                pairs.append(((a, new), (b, new)))
    return pairs


def _shared_places(lines: LineSet, a: int, b: int) -> float:
    places = [set(lines.places[lines.lines[i].patterns[0]].tolist()) for i in (a, b)]
    return len(places[0] & places[1]) / min(len(places[0]), len(places[1]))


def _all_options(bench: Bench, twins: list[Twin], params: TransitParams) -> list[Option]:
    return [
        *headway_options(bench, params),
        *removal_options(bench, twins, params),
        *new_line_options(bench, params),
    ]


def left_out(
    evaluator: Evaluator, lines: LineSet, plan: Plan, results: list[SlotResult]
) -> dict[int, list[SlotResult]]:
    """Results of the plan without each of its changes; only the slots that differ are assigned."""
    planned = timetable(lines, plan.values())
    rest = {line: timetable(lines, without(plan, line).values()) for line in plan}
    differs = [
        (line, slot)
        for line, departures in rest.items()
        for slot in np.flatnonzero((departures != planned).any(axis=0)).tolist()
    ]
    assigned = evaluator.slots(lines, [(slot, rest[line][:, slot]) for line, slot in differs])
    out = {line: list(results) for line in plan}
    for (line, slot), result in zip(differs, assigned, strict=True):
        out[line][slot] = result
    return out


def _hours(lines: LineSet, plan: Plan) -> float:
    return float(lines.vehicle_hours(timetable(lines, plan.values())).sum())


def _may_drop(lines: LineSet, plan: Plan, line: int, budget: Budget) -> bool:
    """Whether the plan stays within the budget without one of its changes."""
    rest = without(plan, line)
    today = lines.vehicles(lines.departures).sum(axis=0)
    vehicles = lines.vehicles(timetable(lines, rest.values())).sum(axis=0)
    hours = _hours(lines, rest) - _hours(lines, {})
    return bool(
        hours <= budget.vehicle_hours + 1e-6 and (vehicles <= today + np.array(budget.vehicles)).all()
    )


def _outcome(
    evaluator: Evaluator, lines: LineSet, plan: dict[int, Change], before: list[SlotResult], budget: Budget
) -> Outcome:
    """Assign the plan in full and drop, one at a time, changes that it is as well without."""
    after = evaluator.day(lines, timetable(lines, plan.values())) if plan else before
    while True:
        rest = left_out(evaluator, lines, plan, after)
        saved = {line: total_min(results) - total_min(after) for line, results in rest.items()}
        idle = [
            line
            for line in sorted(plan, key=lambda line: (saved[line], line))
            if saved[line] < budget.least_saving_min and _may_drop(lines, plan, line, budget)
        ]
        if not idle:
            break
        plan, after = without(plan, idle[0]), rest[idle[0]]
    hours_before, hours_after = _hours(lines, {}), _hours(lines, plan)
    worth = tuple(
        Worth(change, saved[line], hours_after - _hours(lines, without(plan, line)), rest[line])
        for line, change in plan.items()
    )
    return Outcome(plan, before, after, worth, hours_before, hours_before + budget.vehicle_hours, hours_after)
