"""The floors on losers and zones, kept by the plan as a whole on all destinations.

Options keep them by themselves, and the search on a sample of destinations; but two lines that are thinned may serve
the same people. What costs them most then is offered no more, or only to a lesser degree, and the plan chosen anew.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import partial

from jobs.transit.candidates import Candidates
from jobs.transit.changes import Change, Kind, Plan, timetable, without
from jobs.transit.evaluation import Evaluator, SlotResult
from jobs.transit.floors import (
    IsBarred,
    WorstZone,
    losers_by_slot,
    losers_in,
    losses_by_zone,
    part_of,
    worst_zones,
)
from jobs.transit.lines import LineSet
from jobs.transit.params import Floors, TransitParams
from jobs.transit.search import Searched, is_affordable, searched_without

_ATTEMPTS = 12
"""Times that a plan is chosen anew."""
_ROUNDING = 1e-6


@dataclass(frozen=True)
class Breach:
    """A floor that a plan breaks, in the slot where it does most."""

    slot: int
    said: str
    cost: Callable[[SlotResult], float]
    """What is too much, of a result of the slot."""


def kept_within_floors(
    evaluator: Evaluator,
    search: Evaluator,
    lines: LineSet,
    before: list[SlotResult],
    found: Searched,
    candidates: Candidates,
    params: TransitParams,
    progress: Callable[[str], None],
) -> tuple[Searched, list[SlotResult]]:
    """A plan that keeps the floors on losers and zones, and its results; `search` looks at a sample of destinations.

    Where there is none that serves better than today's lines it is empty, or, if the budget asks for a cut, the last
    one that was tried. An interrupted one (Ctrl-C) stays as it is then.
    """
    after = _assigned(evaluator, lines, found.plan, before)
    try:
        for attempt in range(_ATTEMPTS + 1):
            breaches = _breaches(evaluator, before, after, params.floors)
            if not breaches:
                return found, after
            if attempt == _ATTEMPTS:
                break
            bars = []
            for breach in breaches:
                change = costliest(evaluator, lines, found.plan, breach)
                bars.append(too_much(change, breach.slot))
                where = lines.slots.names[breach.slot]
                progress(f"{breach.said}: less is done to line {lines.lines[change.line].name} in {where}")
            anew = searched_without(search, lines, found, bars, candidates, params)
            if anew is None:
                break
            found, after = anew, _assigned(evaluator, lines, anew.plan, before)
    except KeyboardInterrupt:
        progress("interrupted: the plan is kept as it is, with the floor that it breaks")
        return found, after
    if is_affordable(lines, {}, found.budget):
        progress("no plan that keeps the floors is better than today's lines")
        return replace(found, plan={}), before
    progress("no plan was found that makes the cut and keeps the floors: this one breaks one")
    return found, after


def _assigned(evaluator: Evaluator, lines: LineSet, plan: Plan, before: list[SlotResult]) -> list[SlotResult]:
    return evaluator.day(lines, timetable(lines, plan.values())) if plan else before


def _breaches(
    evaluator: Evaluator, before: Sequence[SlotResult], after: Sequence[SlotResult], floors: Floors
) -> list[Breach]:
    """Slots where a zone loses too much; the slot with most losers if there are too many of them."""
    lost, trips = losers_by_slot(evaluator, before, after), float(evaluator.trips_by_slot.sum())
    out = []
    if lost.sum() > (floors.max_losers_share + _ROUNDING) * trips:
        said = f"{lost.sum() / trips:.1%} of trips would lose, {floors.max_losers_share:.1%} may"
        slot = int(lost.argmax())
        out.append(Breach(slot, said, partial(losers_in, evaluator, slot, before[slot])))
    for worst in worst_zones(evaluator, before, after):
        if worst.lost_min > floors.max_zone_loss_min + _ROUNDING:
            said = f"a zone would lose {worst.lost_min:.1f} minutes a trip, {floors.max_zone_loss_min:g} may be lost"
            cost = partial(_zone_loss, evaluator, worst, before[worst.slot])
            out.append(Breach(worst.slot, said, cost))
    return out


def _zone_loss(evaluator: Evaluator, worst: WorstZone, before: SlotResult, after: SlotResult) -> float:
    return float(losses_by_zone(evaluator, worst.slot, before, after)[worst.zone])


def costliest(evaluator: Evaluator, lines: LineSet, plan: Plan, breach: Breach) -> Change:
    """The change of a plan without which it costs least; of like ones that which frees most vehicle-hours."""
    slot = breach.slot
    rests = [timetable(lines, without(plan, line).values()) for line in plan]
    results = evaluator.slots(lines, [(slot, rest[:, slot]) for rest in rests])
    left = [round(breach.cost(result), 6) for result in results]
    hours = [float(lines.vehicle_hours(rest)[:, slot].sum()) for rest in rests]
    least = min(range(len(rests)), key=lambda i: (left[i], -hours[i]))
    return list(plan.values())[least]


def too_much(change: Change, slot: int) -> IsBarred:
    """What is not offered again after a change has cost too much in a slot.

    Of other headways of a line: those in this slot from the chosen one on. Of a change of the whole: this one, but not
    the same with other headways.
    """
    chosen = dict(change.headway_min).get(slot)
    is_part = part_of(change)
    if change.kind is Kind.HEADWAY and chosen is not None:
        return lambda o: is_part(o) and o.slot == slot and o.headway_min >= chosen
    if change.kind in (Kind.HEADWAY, Kind.NEW_LINE):
        return is_part
    return lambda o: o.whole == change
