"""The search for a plan: options valued by assignment, a choice under budget and floors, in rounds."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import numpy as np

from jobs.errors import ConfigError
from jobs.transit.candidates import Candidates
from jobs.transit.changes import Change, Option, Plan, timetable
from jobs.transit.evaluation import Evaluator, SlotResult, total_min
from jobs.transit.feeds.faults import musts
from jobs.transit.floors import IsBarred, chosen_within, losers, offered
from jobs.transit.lines import LineSet
from jobs.transit.options import Bench, Trial, headway_options, mean_price, new_line_options
from jobs.transit.params import TransitParams
from jobs.transit.reshape_options import promising, reshape_options
from jobs.transit.selection import Budget
from jobs.transit.substitution import Assigned, Worth, substituted
from jobs.transit.twins import removal_options


@dataclass(frozen=True)
class Searched:
    """What the search leaves: a plan, and what later steps need to look at it again."""

    plan: dict[int, Change]
    options: list[Option]
    trials: list[Trial]
    musts: list[list[Option]]
    budget: Budget


def search_plan(
    evaluator: Evaluator,
    lines: LineSet,
    candidates: Candidates,
    params: TransitParams,
    progress: Callable[[str], None],
) -> Searched:
    """Rounds of valuing all options at the plan so far and choosing among them.

    Raises
    ------
    ConfigError
        The budget asks for a cut that no plan makes.
    """
    before = results = evaluator.day(lines, lines.departures)
    trips = float(evaluator.trips_by_slot.sum())
    budget = budget_of(lines, total_min(before), trips, params)
    best = Searched({}, [], [], [], budget)
    changes, is_valued = list(candidates.changes), False
    try:
        for number in range(params.rounds):
            bench = Bench(evaluator, lines, best.plan, results)
            options = _all_options(bench, candidates, changes, params)
            groups = musts(candidates.faults, options, lines.slots.names, params)
            chosen, trial = chosen_within(
                evaluator, lines, before, options, budget, candidates, groups, params
            )
            progress(
                f"round {number + 1}: {len(options)} options, {len(chosen)} changes save "
                f"{total_min(before) - total_min(trial):,.0f} perceived minutes a day"
            )
            is_better = chosen != best.plan and _is_better(
                lines, budget, (chosen, trial), (best.plan, results)
            )
            if is_better or not is_valued:
                best = Searched(chosen if is_better else best.plan, options, bench.trials, groups, budget)
                results, is_valued = trial if is_better else results, True
            if number + 1 == params.rounds or (number and not is_better):
                break
            after = _with_substitutes(
                evaluator, lines, before, Assigned(best.plan, results), candidates, params, progress
            )
            if after.plan != best.plan:
                best, results, is_valued = replace(best, plan=after.plan), after.results, False
            changes = _worth_another_look(options, best.plan, mean_price(lines, before))
        if not is_affordable(lines, best.plan, budget):
            raise ConfigError(
                f"no plan of {params.max_changes} changes within the floors takes no more than the budget allows",
                "transit.vehicle_hours_change, transit.peak_vehicles_change",
                "cut less, or allow more: max_changes, floors.max_losers_share, floors.max_zone_loss_min",
            )
    except KeyboardInterrupt:
        progress("interrupted: the best plan so far is kept")
    return best


def _is_better(
    lines: LineSet,
    budget: Budget,
    one: tuple[Plan, list[SlotResult]],
    other: tuple[Plan, list[SlotResult]],
) -> bool:
    """Whether one assigned plan serves better than another, or keeps a budget that the other breaks."""
    if not is_affordable(lines, one[0], budget):
        return False
    return total_min(one[1]) < total_min(other[1]) or not is_affordable(lines, other[0], budget)


def is_affordable(lines: LineSet, plan: Plan, budget: Budget) -> bool:
    """Whether a plan takes no more vehicle-hours, and vehicles in any slot, than it may."""
    departures = timetable(lines, plan.values())
    hours = float(lines.vehicle_hours(departures).sum() - lines.vehicle_hours(lines.departures).sum())
    vehicles = (lines.vehicles(departures) - lines.vehicles(lines.departures)).sum(axis=0)
    return bool(hours <= budget.vehicle_hours + 1e-6 and (vehicles <= np.array(budget.vehicles)).all())


def searched_without(
    evaluator: Evaluator,
    lines: LineSet,
    found: Searched,
    bars: Sequence[IsBarred],
    candidates: Candidates,
    params: TransitParams,
) -> Searched | None:
    """A plan chosen anew where some options are offered no more; None where none is better than today's lines."""
    before = evaluator.day(lines, lines.departures)
    options, groups = offered(found.options, found.musts, lambda o: any(is_barred(o) for is_barred in bars))
    plan, trial = chosen_within(evaluator, lines, before, options, found.budget, candidates, groups, params)
    if not _is_better(lines, found.budget, (plan, trial), ({}, before)):
        return None
    return replace(found, plan=plan, options=options, musts=groups)


def _worth_another_look(options: Sequence[Option], plan: Plan, price: float) -> list[Change]:
    """Changes of way that pay, and those of the plan: what is in it has to stay an option."""
    pays = promising(options, price)
    known = {change.mark for change in pays}
    return [*pays, *(change for change in plan.values() if change.reshape and change.mark not in known)]


def _with_substitutes(
    evaluator: Evaluator,
    lines: LineSet,
    before: list[SlotResult],
    found: Assigned,
    candidates: Candidates,
    params: TransitParams,
    progress: Callable[[str], None],
) -> Assigned:
    """The plan with better candidates in place of its new lines, within the floors on losers and coverage."""
    coverage, floors = candidates.coverage, params.floors
    most = floors.max_losers_share * float(evaluator.trips_by_slot.sum())
    least = coverage.share(lines, lines.departures) - floors.max_coverage_loss - 1e-9

    def keeps_floors(plan: Plan, results: list[SlotResult]) -> bool:
        covered = coverage.share(lines, timetable(lines, plan.values()))
        return losers(evaluator, before, results) <= most and covered >= least

    worth = Worth(mean_price(lines, before), params.min_gain_share * total_min(before), keeps_floors)
    after = substituted(evaluator, lines, found, candidates.rivals, worth, params)
    if after.plan != found.plan:
        saved = total_min(found.results) - total_min(after.results)
        progress(f"other new lines save {saved:,.0f} perceived minutes more")
    return after


def budget_of(
    lines: LineSet,
    before_min: float,
    trips: float,
    params: TransitParams,
    share: float | None = None,
) -> Budget:
    """What the plan may add to today's hours and vehicles; `share` of both where it is given."""
    hours = float(lines.vehicle_hours(lines.departures).sum())
    vehicles = lines.vehicles(lines.departures).sum(axis=0)
    more = params.peak_vehicles_change if share is None else max(share, 0.0)
    peak = int(np.floor(vehicles.max(initial=0) * (1.0 + more) + 1e-9))
    return Budget(
        hours * (params.vehicle_hours_change if share is None else share),
        tuple(int(peak - v) for v in vehicles),
        params.max_changes,
        params.min_gain_share * before_min,
        params.floors.max_losers_share * trips,
        params.floors.max_coverage_loss,
    )


def _all_options(
    bench: Bench, candidates: Candidates, changes: Sequence[Change], params: TransitParams
) -> list[Option]:
    return [
        *headway_options(bench, params, candidates.faults.wanted),
        *removal_options(bench, candidates.twins, params),
        *new_line_options(bench, params),
        *reshape_options(bench, changes, candidates.coverage, params),
    ]
