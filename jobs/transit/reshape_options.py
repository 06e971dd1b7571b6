"""Changes of way as options: each is assigned in the slots that it changes, beside the plan so far."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from jobs.transit.changes import Change, Option, clear_of, timetable, whole_option
from jobs.transit.coverage import Coverage
from jobs.transit.evaluation import SlotResult
from jobs.transit.lines import LineSet
from jobs.transit.options import Bench, Effect
from jobs.transit.params import TransitParams

_BATCH = 16
"""Changes that are assigned together: results are large."""


def reshape_options(
    bench: Bench, changes: Sequence[Change], coverage: Coverage, params: TransitParams
) -> list[Option]:
    """Value changes by assignment; those that break a floor by themselves, or overfill vehicles, are not offered."""
    out = []
    for first in range(0, len(changes), _BATCH):
        out += _options(bench, changes[first : first + _BATCH], coverage, params)
    return out


def promising(options: Sequence[Option], price: float) -> list[Change]:
    """Changes that are worth another look: those that save more than their vehicle-hours would elsewhere."""
    return [o.whole for o in options if o.whole and o.whole.reshape and o.saves_min > price * o.vehicle_hours]


def _options(
    bench: Bench, changes: Sequence[Change], coverage: Coverage, params: TransitParams
) -> list[Option]:
    lines = bench.lines
    planned = timetable(lines, bench.plan.values())
    rests = [timetable(lines, clear_of(bench.plan, c).values()) for c in changes]
    after = [c.applied(lines, rest, lines.departures) for c, rest in zip(changes, rests, strict=True)]
    wanted: dict[tuple[bool, int, int], np.ndarray] = {}
    for i, (rest, made) in enumerate(zip(rests, after, strict=True)):
        for slot in np.flatnonzero((rest != made).any(axis=0)).tolist():
            wanted[(True, i, slot)] = made[:, slot]
            if (rest[:, slot] != planned[:, slot]).any():
                wanted[(False, i, slot)] = rest[:, slot]
    results = dict(
        zip(wanted, bench.evaluator.slots(lines, [(key[2], d) for key, d in wanted.items()]), strict=True)
    )
    out = []
    for i, change in enumerate(changes):
        slots = sorted({key[2] for key in wanted if key[:2] == (True, i)})
        before = [results.get((False, i, slot), bench.results[slot]) for slot in slots]
        then = [results[(True, i, slot)] for slot in slots]
        if not all(
            _fits(lines, change, slot, (rests[i], after[i]), pair, params)
            for slot, pair in zip(slots, zip(before, then, strict=True), strict=True)
        ):
            continue
        lost = coverage.share(lines, rests[i]) - coverage.share(lines, after[i])
        effects = [bench.effect(*trial) for trial in zip(slots, before, then, strict=True)]
        if _keeps_floors(effects, lost, params):
            saves = sum(effect.saves_min for effect in effects)
            option = whole_option(lines, change, saves)
            terms = tuple((e.trial, 1.0) for e in effects)
            losers = sum(e.loser_trips for e in effects)
            out.append(replace(option, terms=terms, loser_trips=losers, coverage_loss=lost))
    return out


def _keeps_floors(effects: Sequence[Effect], coverage_lost: float, params: TransitParams) -> bool:
    worst = max((e.zone_loss_min for e in effects), default=0.0)
    return (
        worst <= params.floors.max_zone_loss_min and coverage_lost <= params.floors.max_coverage_loss + 1e-12
    )


def _fits(
    lines: LineSet,
    change: Change,
    slot: int,
    departures: tuple[np.ndarray, np.ndarray],
    results: tuple[SlotResult, SlotResult],
    params: TransitParams,
) -> bool:
    """Whether the fullest vehicle of the lines that it touches is not too full, or no fuller than before."""
    room = params.fleet.vehicle_capacity * params.fleet.load_factor
    own = [p for i in change.all_lines if not lines.lines[i].on_demand for p in lines.lines[i].patterns]
    fullest = [
        max((r.peak_load[p] / d[p, slot] for p in own if d[p, slot] > 0), default=0.0)
        for r, d in zip(results, departures, strict=True)
    ]
    return bool(fullest[1] <= max(room, fullest[0]) + 1e-6)
