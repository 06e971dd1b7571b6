"""The floors on losers, coverage and zones, kept by a plan as a whole.

Every option keeps them by itself, but what several do does not add up: two lines that go may each leave people the
other one, two that are thinned may serve one zone. A choice is assigned, and what breaks a floor is then not offered.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import numpy as np

from jobs.transit.candidates import Candidates
from jobs.transit.changes import Change, Kind, Option, plan_of, timetable, without
from jobs.transit.evaluation import Evaluator, SlotResult
from jobs.transit.lines import LineSet
from jobs.transit.options import FELT_SHARE, zone_losses
from jobs.transit.params import TransitParams
from jobs.transit.selection import Budget, choose

_ATTEMPTS = 4
_MARGIN = 0.95

IsBarred = Callable[[Option], bool]
"""Whether an option is offered no more."""


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
    for _ in range(_ATTEMPTS):
        chosen = _covering(lines, options, budget, candidates, groups, params)
        trial = evaluator.day(lines, timetable(lines, chosen.values()))
        lost = losers(evaluator, before, trial)
        if lost <= floor:
            break
        budget = replace(budget, loser_trips=budget.loser_trips * _MARGIN * floor / lost)
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

    What loses most beside the rest is not offered again.
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
        options, groups = offered(options, groups, _part_of(chosen[worst]))


def offered(
    options: Sequence[Option], groups: Sequence[Sequence[Option]], is_barred: IsBarred
) -> tuple[list[Option], list[list[Option]]]:
    """Options and groups of them without those that are barred."""
    left = [[o for o in group if not is_barred(o)] for group in groups]
    return [o for o in options if not is_barred(o)], [group for group in left if group]


def losers(evaluator: Evaluator, before: list[SlotResult], after: list[SlotResult]) -> float:
    """Trips a day whose perceived time grows by more than 5 %."""
    return sum(
        float(trips[b.cost > a.cost * (1.0 + FELT_SHARE)].sum())
        for trips, a, b in zip(evaluator.trips_by_slot, before, after, strict=True)
    )


@dataclass(frozen=True)
class WorstZone:
    """The zone, and the slot, in which a plan costs trips most on average."""

    slot: int
    zone: int
    lost_min: float


def worst_zone(evaluator: Evaluator, before: Sequence[SlotResult], after: Sequence[SlotResult]) -> WorstZone:
    """Where perceived time per trip rises most; zone -1 where it rises nowhere."""
    worst = WorstZone(-1, -1, 0.0)
    for slot in range(len(before)):
        losses = _losses(evaluator, before, after, slot)
        if losses.max(initial=0.0) > worst.lost_min:
            worst = WorstZone(slot, int(losses.argmax()), float(losses.max()))
    return worst


def costliest(
    evaluator: Evaluator,
    before: Sequence[SlotResult],
    without: Sequence[tuple[Change, Sequence[SlotResult]]],
    worst: WorstZone,
) -> Change:
    """Of a plan's changes, each with the results without it, the one without which a zone loses least."""
    left = [_losses(evaluator, before, results, worst.slot)[worst.zone] for _, results in without]
    return without[int(np.argmin(left))][0]


def _losses(
    evaluator: Evaluator, before: Sequence[SlotResult], after: Sequence[SlotResult], slot: int
) -> np.ndarray:
    lost = after[slot].cost - before[slot].cost
    return zone_losses(evaluator.demand.origin, evaluator.trips_by_slot[slot], lost)


def too_much_for_a_zone(change: Change, slot: int) -> IsBarred:
    """What is not offered again after a change has cost a zone too much in a slot.

    Of other headways of a line: those in this slot from the chosen one on; else the change as a whole.
    """
    chosen = dict(change.headway_min).get(slot)
    is_part = _part_of(change)
    if change.kind is Kind.HEADWAY and chosen is not None:
        return lambda o: is_part(o) and o.slot == slot and o.headway_min >= chosen
    return is_part


def _part_of(change: Change) -> IsBarred:
    mark = change.mark
    return lambda o: o.mark == mark
