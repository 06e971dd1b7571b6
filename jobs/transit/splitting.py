"""A long line made into two where few ride through, and two lines that meet end to end made into one."""

from dataclasses import dataclass, replace

import numpy as np

from jobs.transit.changes import Change, Kind, Piece
from jobs.transit.survey import Survey
from jobs.transit.terminals import MIN_STOPS, End, ends_of, is_protected
from jobs.transit.workshop import Way, Workshop

_LEAST_HALF_SHARE = 0.25
"""Of the ride, that either half of a split line has."""
_SAME_LOAD = 0.8
"""Halves whose fullest links are this much alike need the same headway: nothing is gained by a split."""
_THINNEST = 1.0 / 3.0


@dataclass(frozen=True)
class Cut:
    """A place where a line is split, on all patterns that pass it."""

    line: int
    place: int
    at: tuple[tuple[int, int, bool], ...]
    """(pattern, position, whether its first part belongs to the busy half)."""
    ratio: float
    """Fullest link of the quiet half over that of the busy one."""
    value: float


def splits(shop: Workshop) -> list[tuple[float, Change]]:
    """Of each line the stop where hours saved on the quiet half outweigh what those who ride through lose."""
    survey = shop.survey
    cuts = []
    for line in survey.may_change():
        places = survey.lines.places[survey.main(line)]
        inner = places[MIN_STOPS - 1 : places.size - MIN_STOPS + 1]
        found = [cut for place in dict.fromkeys(inner.tolist()) if (cut := _cut(survey, line, int(place)))]
        best = max(found, key=lambda c: c.value, default=None)
        if best and best.value > 0:
            cuts.append(best)
    cuts.sort(key=lambda c: (-c.value, c.line))
    return [
        (cut.value, change) for cut in cuts[: survey.params.reshapes.split] for change in _split(shop, cut)
    ]


def _cut(survey: Survey, line: int, place: int) -> Cut | None:
    """What a split at a place is worth by today's use; None if a half is too short."""
    main = survey.main(line)
    at, through, hours, peak = [], 0.0, np.zeros(2), np.zeros(2)
    for p in survey.lines.running(line):
        k, n = survey.position(p, place), survey.lines.places[p].size
        if k < 0 or not MIN_STOPS - 1 <= k <= n - MIN_STOPS:
            continue
        is_along = _runs_like(survey, p, main)
        ride = survey.lines.patterns[p].ride_min.mean(axis=0)
        parts = np.array([ride[:k].sum(), ride[k:].sum()])
        loads = np.array([survey.use[p].aboard[:k].max(), survey.use[p].aboard[k:].max()])
        at.append((p, k, is_along))
        order = slice(None) if is_along else slice(None, None, -1)
        hours += np.array([survey.hours(p, minutes) for minutes in parts])[order]
        peak = np.maximum(peak, loads[order])
        through += float(survey.use[p].through[k])
    if main not in {p for p, _, _ in at} or hours.min() < _LEAST_HALF_SHARE * hours.sum() or peak.max() <= 0:
        return None
    busy = int(peak.argmax())
    ratio = float(max(peak.min() / peak.max(), _THINNEST))
    weights = survey.params.perceived
    change = (
        weights.transfer_penalty_min
        + weights.transfer_wait_weight * weights.wait_share_of_headway * min(survey.headway(line), 60.0)
    )
    value = (
        survey.price * (1.0 - ratio) * float(hours[1 - busy]) - through * change
        if ratio <= _SAME_LOAD
        else 0.0
    )
    return Cut(line, place, tuple((p, k, is_along == (busy == 0)) for p, k, is_along in at), ratio, value)


def _runs_like(survey: Survey, pattern: int, main: int) -> bool:
    """Whether a pattern runs the way of the main one, not against it."""
    xy = survey.scene.clusters.xy
    way = [xy[survey.lines.places[p][-1]] - xy[survey.lines.places[p][0]] for p in (pattern, main)]
    return bool(np.dot(*way) >= 0)


def _split(shop: Workshop, cut: Cut) -> list[Change]:
    """The quiet half as often as its load asks; in a second version the busy half takes up the hours."""
    survey, line = shop.survey, cut.line
    entry = survey.lines.lines[line]
    half = shop.new_line(line, "2", f"{entry.name} (2)")
    parts: list[tuple[Piece, bool]] = []
    for p, k, first_is_busy in cut.at:
        own = shop.way_of(p)
        parts.append((shop.led(p, own[: k + 1], line if first_is_busy else half), first_is_busy))
        parts.append((shop.led(p, own[k:], half if first_is_busy else line), not first_is_busy))
    ends = [p for p, _, _ in cut.at]
    out = []
    for busy, quiet in _headways_of_halves(survey, cut):
        pieces = [
            replace(e, departures=_runs_at(survey, line, e.of, busy if is_busy else quiet))
            for e, is_busy in parts
        ]
        out.append(shop.change(Kind.SPLIT, line, ends, pieces, cut.place, brings=(half,), keeps_times=False))
    return out


def _headways_of_halves(survey: Survey, cut: Cut) -> list[tuple[np.ndarray, np.ndarray]]:
    """(S,) headways of the busy half and of the quiet one: the hours saved, or spent on the busy half."""
    headway = survey.lines.headways(cut.line, survey.lines.departures)
    quiet = np.array([max(_level(survey, h / cut.ratio, slot), h) for slot, h in enumerate(headway)])
    runs = np.isfinite(headway)
    stays = np.where(runs, headway, 1.0) / np.where(runs, quiet, 1.0)
    today, busy_hours, quiet_hours = _hours_by_part(survey, cut)
    left = today - quiet_hours * stays
    finite = np.where(runs, headway, 0.0)
    wanted = np.where(left > 0, finite * busy_hours / np.maximum(left, 1e-9), finite)
    busy = np.array(
        [min(_level(survey, wanted[i], i), h) if np.isfinite(h) else h for i, h in enumerate(headway)]
    )
    saving = [(headway, quiet)]
    if not survey.params.reshapes.hours_neutral or (busy == headway).all():
        return saving
    return [*saving, (busy, quiet)]


def _hours_by_part(survey: Survey, cut: Cut) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """(S,) vehicle-hours at today's headways: of the patterns as they are, of the busy half, of the quiet one."""
    fleet = survey.params.fleet
    totals = np.zeros((3, len(survey.lines.slots.names)))
    for p, k, first_is_busy in cut.at:
        pattern = survey.lines.patterns[p]
        parts = pattern.ride_min[:, :k], pattern.ride_min[:, k:]
        for row, ride in enumerate((pattern.ride_min, *(parts if first_is_busy else parts[::-1]))):
            run = ride.sum(axis=1)
            layover = np.maximum(fleet.layover_share * run, fleet.layover_min / 2.0)
            totals[row] += pattern.departures * (run + layover) / 60.0
    return totals[0], totals[1], totals[2]


def _level(survey: Survey, wanted_min: float, slot: int) -> float:
    """The shortest clock-face headway that is no shorter than wanted, within the floors."""
    name = survey.lines.slots.names[slot]
    longest = survey.params.floors.longest_headway_min.get(name, np.inf)
    levels = [h for h in survey.params.headways.levels if h >= wanted_min - 1e-9]
    return float(min(levels[0] if levels else survey.params.headways.levels[-1], longest))


def _runs_at(survey: Survey, line: int, pattern: int, headway_min: np.ndarray) -> tuple[float, ...]:
    """Departures of a pattern by slot at new headways of its line; variants keep their share, and one at least."""
    lines, now = survey.lines, survey.lines.patterns[pattern].departures
    old = lines.headways(line, lines.departures)
    runs = [
        max(1.0, float(round(n * h / new))) if n > 0 and np.isfinite(new) else 0.0
        for n, h, new in zip(now, old, headway_min, strict=True)
    ]
    return tuple(runs)


@dataclass(frozen=True)
class Meeting:
    """Ends of two lines at one place: patterns there and back of both."""

    a: End
    b: End


def merges(shop: Workshop) -> list[tuple[float, Change]]:
    """Pairs of lines that meet end to end, by what a ride without a change saves."""
    survey = shop.survey
    ends = [e for line in survey.may_change() for e in ends_of(survey, line) if e.out and e.back]
    ends = [e for e in ends if not is_protected(survey, e)]
    whole = {line: _is_one_way_there_and_back(survey, line) for line in {e.line for e in ends}}
    xy, found = survey.scene.clusters.xy, []
    for i, a in enumerate(ends):
        for b in ends[i + 1 :]:
            if a.line != b.line and np.hypot(*(xy[a.place] - xy[b.place])) <= survey.params.reshapes.meet_m:
                found += [
                    (value, Meeting(*pair))
                    for pair in ((a, b), (b, a))
                    if whole[pair[1].line] and (value := _merger_value(survey, *pair)) > 0
                ]
    found.sort(key=lambda f: (-f[0], f[1].a.line, f[1].b.line))
    return [(value, _merged(shop, meeting)) for value, meeting in found[: survey.params.reshapes.merge]]


def _is_one_way_there_and_back(survey: Survey, line: int) -> bool:
    """Whether a line has no variants that would be lost if another went on along its main way."""
    return len(survey.lines.running(line)) == 2


def _merger_value(survey: Survey, a: End, b: End) -> float:
    """Worth by the quick measure of line a going on as line b, at the headway of a."""
    first, then = survey.clock(a.out[0]), survey.clock(b.back[0])
    step = survey.ways.between(a.place, b.place)
    headway = survey.headway(a.line)
    if first[-1] + step + then[-1] > survey.params.reshapes.max_run_min or not np.isfinite(headway):
        return 0.0
    places = [survey.lines.places[p] for p in (a.out[0], b.back[0])]
    both = survey.quick.saves(
        np.concatenate(places), np.concatenate([first, first[-1] + step + then]), headway
    )
    alone = [survey.quick.saves(at, clock, headway) for at, clock in zip(places, (first, then), strict=True)]
    lines = survey.lines
    hours_b = float(lines.vehicle_hours(lines.departures)[list(lines.running(b.line))].sum())
    with np.errstate(divide="ignore", invalid="ignore"):
        growth = np.nanmean(survey.headway(b.line) / headway)
    return float(both - max(alone) - survey.price * hours_b * (growth - 1.0))


def _merged(shop: Workshop, meeting: Meeting) -> Change:
    """Line a goes on as line b, at the departures of a; line b ends."""
    a, b = meeting.a, meeting.b
    pieces = [
        _joined(shop, a.line, a.out[0], b.back[0], True),
        _joined(shop, a.line, a.back[0], b.out[0], False),
    ]
    ends = (a.out[0], a.back[0], *shop.lines.running(b.line))
    return shop.change(Kind.MERGE, a.line, ends, pieces, a.place, also=(b.line,))


def _joined(shop: Workshop, line: int, own: int, other: int, is_out: bool) -> Piece:
    """Stops of a pattern, then those of the other line with its ride; the other way round on the way back."""
    way, next_line = shop.way_of(own), shop.lines.patterns[other]
    there = shop.way_of(other)
    meets = there[0][0] == way[-1][0] if is_out else there[-1][0] == way[0][0]
    there = there[1 if meets and is_out else 0 : -1 if meets and not is_out else None]
    joined: Way = [*way, *((c, -1) for c, _ in there)] if is_out else [*((c, -1) for c, _ in there), *way]
    first = len(way) if is_out else 0
    stops = {first + n: int(next_line.stops[k]) for n, (_, k) in enumerate(there)}
    if is_out and meets:
        legs = {first - 1 + k: next_line.ride_min[:, k] for k in range(next_line.stops.size - 1)}
    else:
        legs = {first + k: next_line.ride_min[:, k] for k in range(next_line.stops.size - 1)}
    return shop.led(own, joined, line, legs, stops)
