"""What could be done to each line, and what each deed would save, first guessed, then assigned."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

import numpy as np

from jobs.transit.changes import Change, Kind, Option, Plan, headway_option, timetable, without
from jobs.transit.evaluation import Evaluator, SlotResult
from jobs.transit.lines import LineSet
from jobs.transit.params import TransitParams

NOTICEABLE = 0.05
"""Headways closer than this share are the same."""
_LEAST_TRUST, _MOST_TRUST = 0.05, 20.0
"""Bounds of the ratio between what an assignment shows and what the derivative promised."""
_RARE = 1.5
"""Times the usual headway of the network."""
_MOST_STRETCH = 2.0
_MOST_SQUEEZE = 8.0


FELT_SHARE = 0.05
"""A trip wins or loses when its perceived time changes by more than this share."""


@dataclass(frozen=True)
class Trial:
    """Perceived minutes that each trip of a slot would lose: independent of how many make it."""

    slot: int
    lost_min: np.ndarray
    """(E,) float32."""


@dataclass(frozen=True)
class Effect:
    """What a change does to the trips of one slot or day."""

    trial: int
    saves_min: float
    loser_trips: float
    zone_loss_min: float
    """Perceived minutes that trips from the zone that fares worst lose on average."""


def zone_losses(origin: np.ndarray, trips: np.ndarray, lost_min: np.ndarray) -> np.ndarray:
    """(Z,) perceived minutes that trips from each zone lose on average; entries (E,) each."""
    return np.asarray(np.bincount(origin, trips * lost_min) / np.maximum(np.bincount(origin, trips), 1e-9))


@dataclass(frozen=True)
class Bench:
    """Where options are tried: the evaluator, all lines, and a plan with its results."""

    evaluator: Evaluator
    lines: LineSet
    plan: Plan
    results: list[SlotResult]
    trials: list[Trial] = field(default_factory=list)
    """All that was tried, for resampling."""

    def effects(self, trials: Sequence[tuple[int, int, Change]]) -> list[Effect]:
        """What (line, slot, change) each does against the plan without any change of that line."""
        changed = sorted({(line, slot) for line, slot, _ in trials if line in self.plan})
        rest = self.evaluator.slots(
            self.lines, [(slot, self._departures(line, None)[:, slot]) for line, slot in changed]
        )
        base = dict(zip(changed, rest, strict=True))
        after = self.evaluator.slots(
            self.lines, [(slot, self._departures(line, change)[:, slot]) for line, slot, change in trials]
        )
        return [
            self.effect(slot, base.get((line, slot), self.results[slot]), result)
            for (line, slot, _), result in zip(trials, after, strict=True)
        ]

    def _departures(self, line: int, change: Change | None) -> np.ndarray:
        made = [*without(self.plan, line).values()] + ([change] if change else [])
        return timetable(self.lines, made)

    def effect(self, slot: int, before: SlotResult, after: SlotResult) -> Effect:
        """Compare two results of a slot."""
        trips, origin = self.evaluator.trips_by_slot[slot], self.evaluator.demand.origin
        lost = after.cost - before.cost
        self.trials.append(Trial(slot, lost.astype(np.float32)))
        return Effect(
            len(self.trials) - 1,
            before.perceived_min - after.perceived_min,
            float(trips[lost > FELT_SHARE * before.cost].sum()),
            float(zone_losses(origin, trips, lost).max(initial=0.0)),
        )


def line_worth(lines: LineSet, results: list[SlotResult]) -> np.ndarray:
    """(lines, S) perceived minutes saved per relative increase of a line's departures."""
    by_pattern = np.array([r.worth for r in results]).T
    return np.array([by_pattern[list(line.patterns)].sum(axis=0) for line in lines.lines])


def mean_price(lines: LineSet, results: list[SlotResult]) -> float:
    """Perceived minutes that one more vehicle-hour saves on today's lines, on average."""
    hours = float(lines.vehicle_hours(lines.departures).sum())
    return float(line_worth(lines, results).sum()) / max(hours, 1e-9)


def headway_options(bench: Bench, params: TransitParams, wanted: Sequence[int] = ()) -> list[Option]:
    """Headways for today's lines: guessed by derivative, the most promising and `wanted` lines tried by assignment.

    Wait falls with 1/f, so a line whose derivative by ln f is E saves E (1 - f0/f1) when it goes from f0
    to f1, if nobody changes line. The trial of one headway a line and slot corrects this guess; it
    scales the line's other headways too. Lines that were not tried are not offered, nor are headways that
    break a floor.
    """
    guesses = [
        option
        for line, entry in enumerate(bench.lines.lines)
        if entry.is_fixed and entry.line_id not in params.keep_lines
        for option in _guesses(bench, line, params)
    ]
    tried = _promising(guesses, params.trials) | _rare(bench.lines, params.trials) | set(wanted)
    tried |= {line for line, c in bench.plan.items() if c.kind is Kind.HEADWAY}
    groups: dict[tuple[int, int, bool], list[Option]] = {}
    for option in guesses:
        if option.line in tried:
            groups.setdefault((option.line, option.slot, option.vehicle_hours > 0), []).append(option)
    samples = [_sample(options) for options in groups.values()]
    trials = [(o.line, o.slot, Change(o.line, o.kind, ((o.slot, o.headway_min),))) for o in samples]
    effects = bench.effects(trials)
    return [
        option
        for options, sample, effect in zip(groups.values(), samples, effects, strict=True)
        for option in _corrected(bench.lines, options, sample, effect, params)
    ]


def _corrected(
    lines: LineSet, options: list[Option], sample: Option, effect: Effect, params: TransitParams
) -> list[Option]:
    """Options of a line and slot with what the trial of one of them showed."""
    guess = sample.saves_min
    trust = float(np.clip(effect.saves_min / guess, _LEAST_TRUST, _MOST_TRUST)) if abs(guess) > 1e-9 else 0.0
    today = lines.headways(sample.line, lines.departures)[sample.slot]
    out = []
    for option in options:
        reach = (option.headway_min - today) / (sample.headway_min - today)
        if reach * effect.zone_loss_min > params.floors.max_zone_loss_min and option.vehicle_hours < 0:
            continue
        losers = reach * effect.loser_trips if option.vehicle_hours < 0 else 0.0
        saves = option.saves_min * trust
        terms = ((effect.trial, saves / effect.saves_min),) if abs(effect.saves_min) > 1e-9 else ()
        out.append(replace(option, saves_min=saves, loser_trips=losers, terms=terms))
    return out


def _guesses(bench: Bench, line: int, params: TransitParams) -> list[Option]:
    lines = bench.lines
    today = lines.departures
    now = timetable(lines, bench.plan.values())
    worth = line_worth(lines, bench.results)[line]
    headway, planned = lines.headways(line, today), lines.headways(line, now)
    longest = [params.floors.longest_headway_min.get(name, np.inf) for name in lines.slots.names]
    out = []
    for slot in range(len(lines.slots.names)):
        if not np.isfinite(headway[slot]) or not np.isfinite(planned[slot]):
            continue
        per_minute = worth[slot] / planned[slot]  # saved per minute of headway: E(f) ~ E0 f0 / f
        for level in params.headways.levels:
            ratio = level / headway[slot]
            if level > max(longest[slot], headway[slot]):
                continue
            if abs(ratio - 1) <= NOTICEABLE or ratio > _MOST_STRETCH or ratio < 1 / _MOST_SQUEEZE:
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


def new_line_options(bench: Bench, params: TransitParams) -> list[Option]:
    """Headways of candidate lines, slot by slot; each candidate is assigned at two headways."""
    candidates = [i for i, line in enumerate(bench.lines.lines) if line.is_new and line.part_of < 0]
    levels = [h for h in params.headways.levels if h <= params.headways.new_line_max_min]
    if not candidates or not levels:
        return []
    probes = sorted({levels[len(levels) // 2], levels[-1]})
    slots = range(len(bench.lines.slots.names))
    trials = [(c, s, Change(c, Kind.NEW_LINE, ((s, h),))) for c in candidates for s in slots for h in probes]
    known: dict[tuple[int, int], list[tuple[float, Effect]]] = {}
    for (line, slot, change), effect in zip(trials, bench.effects(trials), strict=True):
        known.setdefault((line, slot), []).append((change.headway_min[0][1], effect))
    return [
        _new_line_option(bench.lines, line, slot, level, points)
        for (line, slot), points in known.items()
        for level in levels
    ]


def _new_line_option(
    lines: LineSet, line: int, slot: int, headway_min: float, points: list[tuple[float, Effect]]
) -> Option:
    """Saving at a headway from savings at others: linear in the wait, never more than 1.5 times the best known."""
    (h0, first), (h1, last) = points[0], points[-1]
    share = (headway_min - h0) / (h1 - h0) if h1 > h0 else 0.0
    value = first.saves_min + (last.saves_min - first.saves_min) * share
    value = float(min(max(value, 0.0), 1.5 * max(first.saves_min, last.saves_min, 0.0)))
    option = headway_option(lines, Kind.NEW_LINE, line, slot, headway_min, value)
    return replace(option, terms=((first.trial, 1.0 - share), (last.trial, share)))
