"""Find the plan: candidates, values by assignment, selection under the budget, and what each change is worth."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace

import numpy as np

from jobs.transit.budget_curve import BudgetStep, budget_steps
from jobs.transit.candidates import Candidates, rival_pairs
from jobs.transit.changes import Change, Mark, Plan, hours_of, timetable, without
from jobs.transit.confidence import Precision, resampled
from jobs.transit.coverage import Coverage
from jobs.transit.diagnosis import under_served
from jobs.transit.evaluation import Evaluator, SlotResult, total_min
from jobs.transit.feeds.faults import Faults, find_faults
from jobs.transit.floors import costliest, too_much_for_a_zone, worst_zone
from jobs.transit.lines import LineSet
from jobs.transit.params import TransitParams
from jobs.transit.search import Searched, search_plan, searched_without
from jobs.transit.selection import Budget
from jobs.transit.twins import Twin

_ROUNDING_MIN = 1e-6


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
    faults: Faults
    steps: tuple[BudgetStep, ...] = ()
    confidence: Mapping[Mark, float] = field(default_factory=dict)
    """Share of resampled OD matrices for which a change is chosen, at whatever headways."""


def plan_changes(
    evaluator: Evaluator,
    lines: LineSet,
    twins: list[Twin],
    changes: list[Change],
    coverage: Coverage,
    params: TransitParams,
    precision: Precision,
    progress: Callable[[str], None],
) -> Outcome:
    """Select changes in rounds: value options at the plan so far, choose, assign, keep what is better.

    The search looks at a sample of destinations, the outcome at all: there the floor on zones is kept, too.
    Interrupting the search (Ctrl-C) ends it, and the best plan so far is finished.
    """
    before = evaluator.day(lines, lines.departures)
    search = evaluator.sampled(params.search_destinations)
    steps: tuple[BudgetStep, ...] = ()
    confidence: Mapping[Mark, float] = {}
    try:
        faults = find_faults(twins, under_served(search, lines, params.standards), params)
        candidates = Candidates(twins, changes, faults, rival_pairs(lines), coverage)
        found = search_plan(search, lines, candidates, params, progress)
        outcome, found = _finished(evaluator, search, lines, before, found, candidates, params, progress)
        if found.options:
            steps = budget_steps(search, lines, found, candidates, params, progress)
            confidence = resampled(search, lines, found, candidates, precision, params, progress)
    finally:
        search.close()
    evaluator.runs += search.runs
    return replace(outcome, faults=faults, steps=steps, confidence=confidence)


def _finished(
    evaluator: Evaluator,
    search: Evaluator,
    lines: LineSet,
    before: list[SlotResult],
    found: Searched,
    candidates: Candidates,
    params: TransitParams,
    progress: Callable[[str], None],
) -> tuple[Outcome, Searched]:
    """The plan for all trips; where it costs a zone more than the floor, it is chosen anew without what does."""
    floor = params.floors.max_zone_loss_min
    budget = replace(found.budget, least_saving_min=params.min_gain_share * total_min(before))
    while True:
        outcome = _outcome(evaluator, lines, found.plan, before, budget)
        worst = worst_zone(evaluator, before, outcome.after)
        if worst.lost_min <= floor + _ROUNDING_MIN:
            return outcome, found
        change = costliest(evaluator, before, [(w.change, w.without) for w in outcome.worth], worst)
        progress(
            f"all changes cost a zone {worst.lost_min:.1f} minutes a trip in {lines.slots.names[worst.slot]}, "
            f"{floor:g} are allowed: less is done to {lines.lines[change.line].name}"
        )
        is_barred = too_much_for_a_zone(change, worst.slot)
        found = searched_without(search, lines, found, is_barred, candidates, params)


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


def _may_drop(lines: LineSet, plan: Plan, line: int, budget: Budget) -> bool:
    """Whether the plan stays within the budget without one of its changes."""
    rest = without(plan, line)
    today = lines.vehicles(lines.departures).sum(axis=0)
    vehicles = lines.vehicles(timetable(lines, rest.values())).sum(axis=0)
    hours = hours_of(lines, rest) - hours_of(lines, {})
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
    hours_before, hours_after = hours_of(lines, {}), hours_of(lines, plan)
    worth = tuple(
        Worth(change, saved[line], hours_after - hours_of(lines, without(plan, line)), rest[line])
        for line, change in plan.items()
    )
    allowed = hours_before + budget.vehicle_hours
    return Outcome(plan, before, after, worth, hours_before, allowed, hours_after, Faults(None, None))
