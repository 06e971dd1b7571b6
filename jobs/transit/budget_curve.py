"""What more or less money would buy: the plan at a few budgets."""

from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np

from jobs.transit.candidates import Candidates
from jobs.transit.changes import Plan, timetable
from jobs.transit.evaluation import Evaluator, total_min
from jobs.transit.floors import chosen_within
from jobs.transit.lines import LineSet
from jobs.transit.params import TransitParams
from jobs.transit.search import Searched, budget_of


@dataclass(frozen=True)
class BudgetStep:
    """A plan at a budget; minutes by the sample of destinations that the search looks at."""

    share: float
    """Vehicle-hours allowed against today's, -0.1 for a tenth less."""
    plan: Plan
    hours: float
    """Vehicle-hours a day that it takes."""
    vehicles: int
    saves_min: float
    keeps_floors: bool
    """Whether the floor on losers holds; a cut may not be possible without breaking it."""


def budget_steps(
    evaluator: Evaluator,
    lines: LineSet,
    found: Searched,
    candidates: Candidates,
    params: TransitParams,
    progress: Callable[[str], None],
) -> tuple[BudgetStep, ...]:
    """Choose anew at each of ``params.budget_steps``, from small to large.

    What a smaller budget buys a larger one can buy too: the benefit never falls.
    """
    before = evaluator.day(lines, lines.departures)
    steps: list[BudgetStep] = []
    for share in sorted(params.budget_steps):
        step = _step(evaluator, lines, before, found, candidates, params, share)
        if step is None:
            continue
        if steps and step.saves_min < steps[-1].saves_min and steps[-1].keeps_floors >= step.keeps_floors:
            step = replace(steps[-1], share=share)
        steps.append(step)
        progress(f"budget {share:+.0%}: saves {step.saves_min:,.0f} perceived minutes a day")
    return tuple(steps)


def _step(
    evaluator: Evaluator,
    lines: LineSet,
    before: list,  # type: ignore[type-arg]
    found: Searched,
    candidates: Candidates,
    params: TransitParams,
    share: float,
) -> BudgetStep | None:
    """The plan at one budget; without the floor on losers where none keeps it; None where there is none at all."""
    trips = float(evaluator.trips_by_slot.sum())
    today = float(lines.vehicle_hours(lines.departures).sum())
    budget = budget_of(lines, 0.0, trips, params, share)
    budget = replace(budget, least_saving_min=found.budget.least_saving_min)
    for keeps_floors in (True, False):
        if not keeps_floors:
            budget = replace(budget, loser_trips=np.inf, max_changes=2 * budget.max_changes)
        plan, results = chosen_within(
            evaluator, lines, before, found.options, budget, candidates, found.musts, params
        )
        departures = timetable(lines, plan.values())
        hours = float(lines.vehicle_hours(departures).sum())
        if hours <= today + budget.vehicle_hours + 1e-6:
            saves = total_min(before) - total_min(results)
            return BudgetStep(share, plan, hours, lines.peak_vehicles(departures), saves, keeps_floors)
    return None
