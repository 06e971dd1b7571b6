"""Lines that another line nearly repeats, and what their end would mean."""

from dataclasses import dataclass, replace

import numpy as np

from jobs.transit.changes import Change, Kind, Option, Plan, timetable, whole_option, without
from jobs.transit.evaluation import SlotResult, total_min
from jobs.transit.lines import LineSet
from jobs.transit.options import NOTICEABLE, Bench, line_worth, mean_price
from jobs.transit.params import TransitParams
from jobs.transit.places import Clusters
from kernels.transit.overlap import ordered_overlap

_TAKEN_OVER = (0.5, 1.0)
"""Shares of a removed twin's departures that the line that stays may take over."""

_HARDLY_ANY = 0.1
"""Departures in a slot of a line that does not run there: whoever is left with it loses much."""


@dataclass(frozen=True)
class Twin:
    """A line that another one nearly repeats."""

    line: int
    keeps: int
    overlap: float


def find_twins(lines: LineSet, clusters: Clusters, params: TransitParams) -> list[Twin]:
    """Lines most of whose stops another line serves in the same order, with the line that does it best."""
    twins = []
    for a, line in enumerate(lines.lines):
        if not line.is_fixed or line.line_id in params.keep_lines:
            continue
        overlap, other = overlap_of(lines, clusters, a, params.duplicate_reach_m)
        if overlap >= params.duplicate_overlap:
            twins.append(Twin(a, other, overlap))
    return sorted(_one_of_each_pair(lines, twins), key=lambda t: (-t.overlap, t.line))


def overlap_of(lines: LineSet, clusters: Clusters, line: int, reach_m: float) -> tuple[float, int]:
    """Largest share of a line's service that another of today's lines repeats, and that line; 0 and -1 if none."""
    shares = [
        (_overlap(lines, clusters, line, b, reach_m), -b)
        for b, other in enumerate(lines.lines)
        if b != line and other.is_fixed
    ]
    overlap, other = max(shares, default=(0.0, 1))
    return overlap, -other


def _one_of_each_pair(lines: LineSet, twins: list[Twin]) -> list[Twin]:
    """Of two lines that repeat each other the one with fewer departures goes, or the later in the feed."""
    keeps = {t.line: t.keeps for t in twins}
    runs = [sum(float(lines.patterns[p].departures.sum()) for p in line.patterns) for line in lines.lines]
    return [
        t
        for t in twins
        if keeps.get(t.keeps) != t.line or (runs[t.line], -t.line) < (runs[t.keeps], -t.keeps)
    ]


def _overlap(lines: LineSet, clusters: Clusters, a: int, b: int, reach_m: float) -> float:
    """Share of line a's service whose stops line b serves, departures weighted."""
    weights, shares = [], []
    for p in lines.running(a):
        xy = clusters.xy[lines.places[p]]
        shares.append(
            max(ordered_overlap(xy, clusters.xy[lines.places[q]], reach_m) for q in lines.running(b))
        )
        weights.append(lines.patterns[p].departures.sum())
    return float(np.average(shares, weights=weights))


def worth_trying(bench: Bench, twins: list[Twin], params: TransitParams) -> list[Twin]:
    """The plainest twin, those that the plan ends, and those with the best guess of what their end brings.

    Passengers of two lines that ride together wait w / (f + g) on average, so that their loss when the one with f
    departures ends is what the derivative by ln f says, times 1 + f / g. The hours that it frees save elsewhere what
    an hour saves on today's lines on average.
    """
    if len(twins) <= params.duplicate_trials:
        return twins
    lines, today = bench.lines, bench.lines.departures
    worth, hours = line_worth(lines, bench.results), lines.vehicle_hours(today)
    price = mean_price(lines, bench.results)

    def guess(twin: Twin) -> float:
        goes, stays = (lines.busiest_departures(i, today) for i in (twin.line, twin.keeps))
        lost = worth[twin.line] * (1.0 + goes / np.maximum(stays, _HARDLY_ANY))
        return float(price * hours[list(lines.lines[twin.line].patterns)].sum() - lost.sum())

    first = [t for i, t in enumerate(twins) if i == 0 or t.line in bench.plan]
    best = sorted((t for t in twins if t not in first), key=guess, reverse=True)
    tried = [*first, *best[: max(params.duplicate_trials - len(first), 0)]]
    return [t for t in twins if t in tried]


def removal_options(bench: Bench, twins: list[Twin], params: TransitParams) -> list[Option]:
    """End of each twin worth trying, valued by assignment, with nothing, half or all of its service taken over.

    Offered only where the line that stays has room, and where no floor breaks.
    """
    out = []
    for twin in worth_trying(bench, twins, params):
        rest = without(bench.plan, twin.line)
        before = bench.results
        if twin.line in bench.plan:
            before = bench.evaluator.day(bench.lines, timetable(bench.lines, rest.values()))
        for change in _mergers(bench.lines, twin, params):
            plan = {**{k: c for k, c in rest.items() if k != twin.keeps}, twin.line: change}
            after = bench.evaluator.day(bench.lines, timetable(bench.lines, plan.values()))
            effects = [bench.effect(slot, *pair) for slot, pair in enumerate(zip(before, after, strict=True))]
            breaks = max(e.zone_loss_min for e in effects) > params.floors.max_zone_loss_min
            if not breaks and _has_room(bench.lines, twin.keeps, plan, after, before, params):
                option = whole_option(bench.lines, change, total_min(before) - total_min(after))
                terms = tuple((e.trial, 1.0) for e in effects)
                out.append(replace(option, loser_trips=sum(e.loser_trips for e in effects), terms=terms))
    return out


def _mergers(lines: LineSet, twin: Twin, params: TransitParams) -> list[Change]:
    """Plain removal, and removal with part of the twin's departures given to the line that stays."""
    plain = Change(twin.line, Kind.REMOVE_DUPLICATE, keeps=twin.keeps)
    if lines.lines[twin.keeps].line_id in params.keep_lines:
        return [plain]
    more = [_merger(lines, twin, share, params) for share in _TAKEN_OVER]
    return [plain, *dict.fromkeys(change for change in more if change.headway_min)]


def _merger(lines: LineSet, twin: Twin, share: float, params: TransitParams) -> Change:
    stays, goes = (lines.headways(i, lines.departures) for i in (twin.keeps, twin.line))
    headways = []
    for slot, (stay, go) in enumerate(zip(stays, goes, strict=True)):
        if np.isfinite(stay) and np.isfinite(go):
            wanted = 1.0 / (1.0 / stay + share / go)
            level = min(params.headways.levels, key=lambda h: (abs(np.log(h / wanted)), h))
            if 1.0 / (1.0 / stay + 1.0 / go) < level < stay * (1 - NOTICEABLE):
                headways.append((slot, level))
    return Change(twin.line, Kind.REMOVE_DUPLICATE, tuple(headways), twin.keeps)


def _has_room(
    lines: LineSet,
    line: int,
    plan: Plan,
    after: list[SlotResult],
    before: list[SlotResult],
    params: TransitParams,
) -> bool:
    """Whether a line's fullest link fits its vehicles in each slot, or is no fuller than before."""
    patterns = list(lines.lines[line].patterns)
    departures = timetable(lines, plan.values())[patterns]
    room = departures * params.fleet.vehicle_capacity * params.fleet.load_factor
    load = np.array([r.peak_load[patterns] for r in after]).T
    load_before = np.array([r.peak_load[patterns] for r in before]).T
    return bool(((load <= room + 1e-6) | (load <= load_before + 1e-6)).all())
