"""The floors on losers, coverage and zones, kept by a plan as a whole.

Every option keeps them by itself, but what several do does not add up: two lines that go may each leave people the
other one, two that are thinned may serve one zone. A choice is assigned, and what breaks a floor is then not offered.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import numpy as np

from jobs.transit.candidates import Candidates
from jobs.transit.changes import Change, Kind, Option, Plan, plan_of, timetable, without
from jobs.transit.coverage import Coverage
from jobs.transit.evaluation import Evaluator, SlotResult
from jobs.transit.lines import LineSet
from jobs.transit.options import FELT_SHARE, zone_losses
from jobs.transit.params import Floors, TransitParams
from jobs.transit.selection import Budget, choose

_ATTEMPTS = 4
_MARGIN = 0.95
_ROUNDING = 1e-6

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
        options, groups = offered(options, groups, part_of(chosen[worst]))


def offered(
    options: Sequence[Option], groups: Sequence[Sequence[Option]], is_barred: IsBarred
) -> tuple[list[Option], list[list[Option]]]:
    """Options and groups of them without those that are barred."""
    left = [[o for o in group if not is_barred(o)] for group in groups]
    return [o for o in options if not is_barred(o)], [group for group in left if group]


def losers(evaluator: Evaluator, before: Sequence[SlotResult], after: Sequence[SlotResult]) -> float:
    """Trips a day whose perceived time grows by more than 5 %."""
    return float(losers_by_slot(evaluator, before, after).sum())


def losers_by_slot(
    evaluator: Evaluator, before: Sequence[SlotResult], after: Sequence[SlotResult]
) -> np.ndarray:
    """The same for each slot."""
    pairs = zip(before, after, strict=True)
    return np.array([losers_in(evaluator, slot, *pair) for slot, pair in enumerate(pairs)])


def losers_in(evaluator: Evaluator, slot: int, before: SlotResult, after: SlotResult) -> float:
    """The same for one slot."""
    trips = evaluator.trips_by_slot[slot]
    return float(trips[after.cost > before.cost * (1.0 + FELT_SHARE)].sum())


@dataclass(frozen=True)
class Toll:
    """What a plan takes from people."""

    loser_trips: float
    """Trips a day that it makes worse by more than 5 %."""
    coverage_loss: float
    """Share of residents that lose their stop."""
    zone_loss_min: float
    """Perceived minutes that trips from the zone that fares worst lose on average, in the slot where it does."""

    def is_within(self, *limits: "Toll") -> bool:
        """Whether each of the three is no more than the largest of the limits."""
        return all(
            getattr(self, name) <= max(getattr(limit, name) for limit in limits) + _ROUNDING
            for name in ("loser_trips", "coverage_loss", "zone_loss_min")
        )


def toll_of(
    evaluator: Evaluator,
    lines: LineSet,
    before: list[SlotResult],
    plan: Plan,
    after: list[SlotResult],
    coverage: Coverage,
) -> Toll:
    """What an assigned plan takes."""
    covered = [coverage.share(lines, timetable(lines, made)) for made in ((), plan.values())]
    zones = worst_zones(evaluator, before, after)
    return Toll(
        losers(evaluator, before, after), covered[0] - covered[1], max(zone.lost_min for zone in zones)
    )


def most_allowed(floors: Floors, trips: float) -> Toll:
    """The floors."""
    return Toll(floors.max_losers_share * trips, floors.max_coverage_loss, floors.max_zone_loss_min)


@dataclass(frozen=True)
class WorstZone:
    """The zone in which a plan costs trips most on average, in one slot."""

    slot: int
    zone: int
    lost_min: float


def worst_zones(
    evaluator: Evaluator, before: Sequence[SlotResult], after: Sequence[SlotResult]
) -> list[WorstZone]:
    """Where perceived time per trip rises most, for each slot; it may rise by 0."""
    losses = [
        losses_by_zone(evaluator, slot, *pair) for slot, pair in enumerate(zip(before, after, strict=True))
    ]
    return [
        WorstZone(slot, int(lost.argmax()), max(float(lost.max()), 0.0)) for slot, lost in enumerate(losses)
    ]


def losses_by_zone(evaluator: Evaluator, slot: int, before: SlotResult, after: SlotResult) -> np.ndarray:
    """(Z,) perceived minutes that trips from each zone lose on average in a slot."""
    return zone_losses(evaluator.demand.origin, evaluator.trips_by_slot[slot], after.cost - before.cost)


def part_of(change: Change) -> IsBarred:
    """Whatever is the same change, at any headways."""
    mark = change.mark
    return lambda o: o.mark == mark
