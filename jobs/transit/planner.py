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
from jobs.transit.floors import Toll, most_allowed, toll_of
from jobs.transit.kept_floors import kept_within_floors
from jobs.transit.lines import LineSet
from jobs.transit.params import TransitParams
from jobs.transit.search import is_affordable, search_plan
from jobs.transit.selection import Budget
from jobs.transit.twins import Twin


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

    The search looks at a sample of destinations, the outcome at all: there the floors are kept, too.
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
        kept, after = kept_within_floors(
            evaluator, search, lines, before, found, candidates, params, progress
        )
        if found.options:
            steps = budget_steps(search, lines, found, candidates, params, progress)
            confidence = resampled(search, lines, kept, candidates, precision, params, progress)
    finally:
        search.close()
    evaluator.runs += search.runs
    budget = replace(found.budget, least_saving_min=params.min_gain_share * total_min(before))
    most = most_allowed(params.floors, float(evaluator.trips_by_slot.sum()))
    outcome = _outcome(evaluator, lines, kept.plan, (before, after), budget, coverage, most)
    return replace(outcome, faults=faults, steps=steps, confidence=confidence)


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


def _outcome(
    evaluator: Evaluator,
    lines: LineSet,
    plan: dict[int, Change],
    results: tuple[list[SlotResult], list[SlotResult]],
    budget: Budget,
    coverage: Coverage,
    most: Toll,
) -> Outcome:
    """Drop, one at a time, changes that the plan, with results before and after, is as well without.

    Without them it has to keep the budget and the floors, as far as it keeps them with them.
    """
    before, after = results
    while True:
        rest = left_out(evaluator, lines, plan, after)
        saved = {line: total_min(results) - total_min(after) for line, results in rest.items()}
        idle = [
            line
            for line in sorted(plan, key=lambda line: (saved[line], line))
            if saved[line] < budget.least_saving_min
        ]
        today = toll_of(evaluator, lines, before, plan, after, coverage) if idle else most
        dropped = next(
            (
                line
                for line in idle
                if is_affordable(lines, without(plan, line), budget)
                and toll_of(evaluator, lines, before, without(plan, line), rest[line], coverage).is_within(
                    most, today
                )
            ),
            None,
        )
        if dropped is None:
            break
        plan, after = without(plan, dropped), rest[dropped]
    hours_before, hours_after = hours_of(lines, {}), hours_of(lines, plan)
    worth = tuple(
        Worth(change, saved[line], hours_after - hours_of(lines, without(plan, line)), rest[line])
        for line, change in plan.items()
    )
    allowed = hours_before + budget.vehicle_hours
    return Outcome(plan, before, after, worth, hours_before, allowed, hours_after, Faults(None, None))
