"""The search for a plan: options valued by assignment, a choice under budget and floors, in rounds."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import numpy as np

from jobs.transit.changes import Change, Kind, Option, Plan, plan_of, timetable, without
from jobs.transit.coverage import Coverage
from jobs.transit.evaluation import Evaluator, SlotResult, total_min
from jobs.transit.feeds.faults import Faults, musts
from jobs.transit.lines import LineSet
from jobs.transit.options import (
    FELT_SHARE,
    Bench,
    Trial,
    headway_options,
    mean_price,
    new_line_options,
)
from jobs.transit.params import TransitParams
from jobs.transit.reshape_options import promising, reshape_options
from jobs.transit.selection import Budget, Rivals, choose
from jobs.transit.substitution import Assigned, Worth, substituted
from jobs.transit.twins import Twin, removal_options

_FLOOR_ATTEMPTS = 4
_FLOOR_MARGIN = 0.95
_SAME_PLACE_SHARE = 0.5
"""Candidates that share more of their stops are two drawings of one line."""


@dataclass(frozen=True)
class Candidates:
    """What a plan may be made of, and what it must mend or keep."""

    twins: list[Twin]
    changes: list[Change]
    """Changes of way."""
    faults: Faults
    rivals: Rivals
    coverage: Coverage


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
    """Rounds of valuing all options at the plan so far and choosing among them."""
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
            is_better = chosen != best.plan and total_min(trial) < total_min(results)
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
    except KeyboardInterrupt:
        progress("interrupted: the best plan so far is kept")
    return best


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


def chosen_within(
    evaluator: Evaluator,
    lines: LineSet,
    before: list[SlotResult],
    options: list[Option],
    budget: Budget,
    candidates: Candidates,
    groups: list[list[Option]],
    params: TransitParams,
) -> tuple[dict[int, Change], list[SlotResult]]:
    """A selection that keeps the floors on losers and coverage as a whole, not only when they are added up."""
    floor = params.floors.max_losers_share * float(evaluator.trips_by_slot.sum())
    for _ in range(_FLOOR_ATTEMPTS):
        chosen = _covering(lines, options, budget, candidates, groups, params)
        trial = evaluator.day(lines, timetable(lines, chosen.values()))
        lost = losers(evaluator, before, trial)
        if lost <= floor:
            break
        budget = replace(budget, loser_trips=budget.loser_trips * _FLOOR_MARGIN * floor / lost)
    return chosen, trial


def _covering(
    lines: LineSet,
    options: list[Option],
    budget: Budget,
    candidates: Candidates,
    groups: list[list[Option]],
    params: TransitParams,
) -> dict[int, Change]:
    """A selection under which no more people lose their stop than may.

    Two lines that go may each leave people the other one: losses of options do not add up. What loses most beside
    the rest is then not offered, and the choice made again.
    """
    coverage, floor = candidates.coverage, params.floors.max_coverage_loss + 1e-9
    today = coverage.share(lines, lines.departures)
    while True:
        chosen = plan_of(choose(options, budget, candidates.rivals, params.solver_seconds, groups))
        wholes = [line for line, change in chosen.items() if change.kind not in (Kind.HEADWAY, Kind.NEW_LINE)]
        covered = coverage.share(lines, timetable(lines, chosen.values()))
        if not wholes or today - covered <= floor:
            return chosen
        regained = {
            line: coverage.share(lines, timetable(lines, without(chosen, line).values())) for line in wholes
        }
        worst = max(wholes, key=lambda line: (regained[line], -line))
        mark = chosen[worst].mark
        options = [o for o in options if o.mark != mark]
        groups = [kept for group in groups if (kept := [o for o in group if o.mark != mark])]


def losers(evaluator: Evaluator, before: list[SlotResult], after: list[SlotResult]) -> float:
    """Trips a day whose perceived time grows by more than 5 %."""
    return sum(
        float(trips[b.cost > a.cost * (1.0 + FELT_SHARE)].sum())
        for trips, a, b in zip(evaluator.trips_by_slot, before, after, strict=True)
    )


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


def rival_pairs(lines: LineSet) -> Rivals:
    """Of like new lines one is enough."""
    new, pairs = Kind.NEW_LINE, []
    candidates = [i for i, line in enumerate(lines.lines) if line.is_new and line.part_of < 0]
    for i, a in enumerate(candidates):
        for b in candidates[i + 1 :]:
            if _shared_places(lines, a, b) > _SAME_PLACE_SHARE:
                pairs.append(((a, new), (b, new)))
    return pairs


def _shared_places(lines: LineSet, a: int, b: int) -> float:
    places = [set(lines.places[lines.lines[i].patterns[0]].tolist()) for i in (a, b)]
    return len(places[0] & places[1]) / min(len(places[0]), len(places[1]))


def _all_options(
    bench: Bench, candidates: Candidates, changes: Sequence[Change], params: TransitParams
) -> list[Option]:
    return [
        *headway_options(bench, params, candidates.faults.wanted),
        *removal_options(bench, candidates.twins, params),
        *new_line_options(bench, params),
        *reshape_options(bench, changes, candidates.coverage, params),
    ]
