"""What could be done to each line, and what each deed would save, first guessed, then assigned."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from jobs.transit.changes import (
    Change,
    Kind,
    Option,
    Plan,
    headway_option,
    removal_option,
    timetable,
    without,
)
from jobs.transit.evaluation import Evaluator, SlotResult, total_min
from jobs.transit.lines import LineSet
from jobs.transit.params import TransitParams
from jobs.transit.places import Clusters
from kernels.overlap import ordered_overlap

_NOTICEABLE = 0.05
"""Headways closer than this share are the same."""
_LEAST_TRUST, _MOST_TRUST = 0.05, 20.0
"""Bounds of the ratio between what an assignment shows and what the derivative promised."""
_TAKEN_OVER = 0.5
"""Share of a removed twin's departures that the line that stays may take over."""
_RARE = 1.5
"""Times the usual headway of the network."""
_MOST_STRETCH = 2.0
_MOST_SQUEEZE = 8.0


@dataclass(frozen=True)
class Twin:
    """A line that another one nearly repeats."""

    line: int
    keeps: int
    overlap: float


@dataclass(frozen=True)
class Bench:
    """Where options are tried: the evaluator, all lines, and a plan with its results."""

    evaluator: Evaluator
    lines: LineSet
    plan: Plan
    results: list[SlotResult]

    def saved_by(self, trials: Sequence[tuple[int, int, Change | None]]) -> list[float]:
        """Perceived minutes a slot saves when a line's change is replaced: (line, slot, change) each."""
        wanted = []
        for line, slot, change in trials:
            others = without(self.plan, line)
            made = [*others.values()] + ([change] if change else [])
            wanted.append((slot, timetable(self.lines, made)[:, slot]))
        after = self.evaluator.slots(self.lines, wanted)
        return [
            self.results[slot].perceived_min - result.perceived_min
            for (slot, _), result in zip(wanted, after, strict=True)
        ]


def find_twins(lines: LineSet, clusters: Clusters, params: TransitParams) -> list[Twin]:
    """Lines most of whose stops another line serves in the same order, with the line that does it best."""
    twins = []
    for a, line in enumerate(lines.lines):
        if line.is_new or line.line_id in params.keep_lines:
            continue
        shares = [
            (_overlap(lines, clusters, a, b, params.duplicate_reach_m), -b)
            for b, other in enumerate(lines.lines)
            if b != a and not other.is_new
        ]
        overlap, other = max(shares, default=(0.0, 0))
        if overlap >= params.duplicate_overlap:
            twins.append(Twin(a, -other, overlap))
    return sorted(_one_of_each_pair(lines, twins), key=lambda t: (-t.overlap, t.line))


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
    for p in lines.lines[a].patterns:
        xy = clusters.xy[lines.places[p]]
        shares.append(
            max(ordered_overlap(xy, clusters.xy[lines.places[q]], reach_m) for q in lines.lines[b].patterns)
        )
        weights.append(lines.patterns[p].departures.sum())
    return float(np.average(shares, weights=weights))


def line_worth(lines: LineSet, results: list[SlotResult]) -> np.ndarray:
    """(lines, S) perceived minutes saved per relative increase of a line's departures."""
    by_pattern = np.array([r.worth for r in results]).T
    return np.array([by_pattern[list(line.patterns)].sum(axis=0) for line in lines.lines])


def headway_options(bench: Bench, params: TransitParams) -> list[Option]:
    """Headways for today's lines: guessed by derivative, the most promising tried by assignment.

    Wait falls with 1/f, so a line whose derivative by ln f is E saves E (1 - f0/f1) when it goes from f0
    to f1, if nobody changes line. The trial of one headway a line and slot corrects this guess; it
    scales the line's other headways too. Lines that were not tried are not offered.
    """
    guesses = [
        option
        for line, entry in enumerate(bench.lines.lines)
        if not entry.is_new and entry.line_id not in params.keep_lines
        for option in _guesses(bench, line, params)
    ]
    tried = _promising(guesses, params.trials) | _rare(bench.lines, params.trials)
    tried |= {line for line, c in bench.plan.items() if c.kind is Kind.HEADWAY}
    keys = sorted({(o.line, o.slot, o.vehicle_hours > 0) for o in guesses if o.line in tried})
    samples = [_sample([o for o in guesses if (o.line, o.slot, o.vehicle_hours > 0) == key]) for key in keys]
    saved = _saved_against_today(bench, samples)
    trust = {
        key: np.clip(s / o.saves_min, _LEAST_TRUST, _MOST_TRUST) if abs(o.saves_min) > 1e-9 else 0.0
        for key, o, s in zip(keys, samples, saved, strict=True)
    }
    return [
        replace(o, saves_min=o.saves_min * float(trust[(o.line, o.slot, o.vehicle_hours > 0)]))
        for o in guesses
        if o.line in tried
    ]


def _saved_against_today(bench: Bench, samples: list[Option]) -> list[float]:
    """What each option saves against the line as it is today, all other changes made."""
    with_it = bench.saved_by(
        [(o.line, o.slot, Change(o.line, o.kind, ((o.slot, o.headway_min),))) for o in samples]
    )
    changed = [o for o in samples if o.line in bench.plan]
    without_it = bench.saved_by([(o.line, o.slot, None) for o in changed])
    base = {(o.line, o.slot): s for o, s in zip(changed, without_it, strict=True)}
    return [s - base.get((o.line, o.slot), 0.0) for o, s in zip(samples, with_it, strict=True)]


def _guesses(bench: Bench, line: int, params: TransitParams) -> list[Option]:
    lines = bench.lines
    today = lines.departures
    now = timetable(lines, bench.plan.values())
    worth = line_worth(lines, bench.results)[line]
    headway, planned = lines.headways(line, today), lines.headways(line, now)
    out = []
    for slot in range(len(lines.slots.names)):
        if not np.isfinite(headway[slot]) or not np.isfinite(planned[slot]):
            continue
        per_minute = worth[slot] / planned[slot]  # saved per minute of headway: E(f) ~ E0 f0 / f
        for level in params.headways.levels:
            ratio = level / headway[slot]
            if abs(ratio - 1) <= _NOTICEABLE or ratio > _MOST_STRETCH or ratio < 1 / _MOST_SQUEEZE:
                continue
            guess = per_minute * (headway[slot] - level)
            option = headway_option(lines, Kind.HEADWAY, line, slot, level, guess)
            if abs(option.vehicle_hours) > 1e-9 and _carries(bench, line, slot, level, params):
                out.append(option)
    return out


def _carries(bench: Bench, line: int, slot: int, headway_min: float, params: TransitParams) -> bool:
    """Whether the fullest link of each pattern fits into the vehicles, or the line gets no worse."""
    lines = bench.lines
    today = lines.departures
    if headway_min <= lines.headways(line, today)[slot]:
        return True
    patterns = list(lines.lines[line].patterns)
    after = lines.at_headway(line, slot, headway_min, today)
    room = after * params.fleet.vehicle_capacity * params.fleet.load_factor
    return bool((bench.results[slot].peak_load[patterns] <= room).all())


def _promising(guesses: list[Option], trials: int) -> set[int]:
    """Lines with the best ratio for spending, and those with the best for saving."""
    best: dict[tuple[bool, int], float] = {}
    for option in guesses:
        key = (option.vehicle_hours > 0, option.line)
        ratio = option.saves_min / abs(option.vehicle_hours)
        best[key] = max(best.get(key, -np.inf), ratio)
    out: set[int] = set()
    for is_spending in (True, False):
        ranked = sorted((-ratio, line) for (spends, line), ratio in best.items() if spends is is_spending)
        out |= {line for _, line in ranked[:trials]}
    return out


def _rare(lines: LineSet, trials: int) -> set[int]:
    """Lines that run much more rarely than is usual: hardly anybody takes them, so no derivative shows them."""
    today = lines.departures
    usual = {
        i: np.median(h[np.isfinite(h)])
        for i in range(len(lines.lines))
        if np.isfinite(h := lines.headways(i, today)).any()
    }
    limit = _RARE * np.median(list(usual.values()))
    return {line for _, line in sorted((-h, line) for line, h in usual.items() if h > limit)[:trials]}


def _sample(options: list[Option]) -> Option:
    """The option in the middle."""
    return sorted(options, key=lambda o: o.headway_min)[len(options) // 2]


def removal_options(bench: Bench, twins: list[Twin], params: TransitParams) -> list[Option]:
    """End of each twin, valued by assignment, with nothing or half of its service taken over.

    Offered only where the line that stays has room.
    """
    out = []
    for twin in twins:
        rest = without(bench.plan, twin.line)
        before = bench.results
        if twin.line in bench.plan:
            before = bench.evaluator.day(bench.lines, timetable(bench.lines, rest.values()))
        for change in _mergers(bench.lines, twin, params):
            plan = {**{k: c for k, c in rest.items() if k != twin.keeps}, twin.line: change}
            after = bench.evaluator.day(bench.lines, timetable(bench.lines, plan.values()))
            if _has_room(bench.lines, twin.keeps, plan, after, before, params):
                out.append(removal_option(bench.lines, change, total_min(before) - total_min(after)))
    return out


def _mergers(lines: LineSet, twin: Twin, params: TransitParams) -> list[Change]:
    """Plain removal, and removal with about half of the twin's departures given to the line that stays."""
    plain = Change(twin.line, Kind.REMOVE_DUPLICATE, keeps=twin.keeps)
    if lines.lines[twin.keeps].line_id in params.keep_lines:
        return [plain]
    stays, goes = (lines.headways(i, lines.departures) for i in (twin.keeps, twin.line))
    headways = []
    for slot, (stay, go) in enumerate(zip(stays, goes, strict=True)):
        if np.isfinite(stay) and np.isfinite(go):
            wanted = 1.0 / (1.0 / stay + _TAKEN_OVER / go)
            level = min(params.headways.levels, key=lambda h: (abs(np.log(h / wanted)), h))
            if 1.0 / (1.0 / stay + 1.0 / go) < level < stay * (1 - _NOTICEABLE):
                headways.append((slot, level))
    return (
        [plain, Change(twin.line, Kind.REMOVE_DUPLICATE, tuple(headways), twin.keeps)]
        if headways
        else [plain]
    )


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


def new_line_options(bench: Bench, params: TransitParams) -> list[Option]:
    """Headways of candidate lines, slot by slot; each candidate is assigned at two headways."""
    candidates = [i for i, line in enumerate(bench.lines.lines) if line.is_new]
    levels = [h for h in params.headways.levels if h <= params.headways.new_line_max_min]
    if not candidates or not levels:
        return []
    probes = sorted({levels[len(levels) // 2], levels[-1]})
    slots = range(len(bench.lines.slots.names))
    trials = [(c, s, Change(c, Kind.NEW_LINE, ((s, h),))) for c in candidates for s in slots for h in probes]
    saved = bench.saved_by(trials)
    planned = [c for c in candidates if c in bench.plan]
    gone = [(c, s, None) for c in planned for s in slots]
    base = {(c, s): v for (c, s, _), v in zip(gone, bench.saved_by(gone), strict=True)}
    known: dict[tuple[int, int], list[tuple[float, float]]] = {}
    for (line, slot, change), value in zip(trials, saved, strict=True):
        known.setdefault((line, slot), []).append(
            (change.headway_min[0][1], value - base.get((line, slot), 0.0))
        )
    return [
        headway_option(bench.lines, Kind.NEW_LINE, line, slot, level, _between(points, level))
        for (line, slot), points in known.items()
        for level in levels
    ]


def _between(points: list[tuple[float, float]], headway_min: float) -> float:
    """Saving at a headway from savings at others: linear in the wait, never more than 1.5 times the best known."""
    if len(points) == 1:
        return points[0][1]
    (h0, v0), (h1, v1) = points[0], points[-1]
    value = v0 + (v1 - v0) * (headway_min - h0) / (h1 - h0)
    return float(min(max(value, 0.0), 1.5 * max(v0, v1, 0.0)))
