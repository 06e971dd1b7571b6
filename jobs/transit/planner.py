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
    before: list[SlotResult],
    params: TransitParams,
    progress: Callable[[str], None],
) -> Outcome:
    """Select changes in rounds: value options at the plan so far, choose, assign, keep what is better."""
    budget = budget_of(lines, total_min(before), params)
    rivals = rival_pairs(lines, twins)
    plan: dict[int, Change] = {}
    results = before
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
    plan, results = _pruned(evaluator, lines, plan, results, budget)
    return _outcome(evaluator, lines, plan, before, results, budget)


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
    """A line and the one it relies on are not both removed; of like new lines one is enough."""
    remove, new = Kind.REMOVE_DUPLICATE, Kind.NEW_LINE
    pairs = [((t.line, remove), (t.keeps, remove)) for t in twins]
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


def left_out(evaluator: Evaluator, lines: LineSet, plan: Plan) -> dict[int, list[SlotResult]]:
    """Results of the plan without each of its changes; slots that the change does not touch are assigned too."""
    wanted = []
    for line in plan:
        departures = timetable(lines, without(plan, line).values())
        wanted += [(slot, departures[:, slot]) for slot in range(departures.shape[1])]
    results = evaluator.slots(lines, wanted)
    n_slots = len(lines.slots.names)
    return {line: results[i * n_slots : (i + 1) * n_slots] for i, line in enumerate(plan)}


def _hours(lines: LineSet, plan: Plan) -> float:
    return float(lines.vehicle_hours(timetable(lines, plan.values())).sum())


def _pruned(
    evaluator: Evaluator, lines: LineSet, plan: dict[int, Change], results: list[SlotResult], budget: Budget
) -> tuple[dict[int, Change], list[SlotResult]]:
    """Drop changes that the finished plan is as well without, one at a time, as the budget allows."""
    while plan:
        saved = {
            line: total_min(rest) - total_min(results)
            for line, rest in left_out(evaluator, lines, plan).items()
        }
        allowed = _hours(lines, {}) + budget.vehicle_hours
        idle = [
            line
            for line in sorted(plan, key=lambda line: saved[line])
            if saved[line] < budget.least_saving_min
            and _hours(lines, without(plan, line)) <= allowed + 1e-6
            and _within_vehicles(lines, without(plan, line), budget)
        ]
        if not idle:
            break
        plan = without(plan, idle[0])
        results = evaluator.day(lines, timetable(lines, plan.values()))
    return plan, results


def _within_vehicles(lines: LineSet, plan: Plan, budget: Budget) -> bool:
    today = lines.vehicles(lines.departures).sum(axis=0)
    after = lines.vehicles(timetable(lines, plan.values())).sum(axis=0)
    return bool((after <= today + np.array(budget.vehicles)).all())


def _outcome(
    evaluator: Evaluator,
    lines: LineSet,
    plan: Plan,
    before: list[SlotResult],
    after: list[SlotResult],
    budget: Budget,
) -> Outcome:
    hours_before, hours_after = _hours(lines, {}), _hours(lines, plan)
    rest = left_out(evaluator, lines, plan)
    worth = tuple(
        Worth(
            plan[line],
            total_min(rest[line]) - total_min(after),
            hours_after - _hours(lines, without(plan, line)),
            rest[line],
        )
        for line in plan
    )
    return Outcome(plan, before, after, worth, hours_before, hours_before + budget.vehicle_hours, hours_after)
