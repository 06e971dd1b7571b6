"""Lines that go on beyond a terminal, and lines whose poorly used tail is dropped."""

from dataclasses import dataclass

import numpy as np

from jobs.transit.changes import Change, Kind
from jobs.transit.survey import Survey
from jobs.transit.workshop import Workshop

MIN_STOPS = 4
"""A line, or what is left of one, has so many stops at least."""
_KEPT_RIDE_SHARE = 0.5
"""A tail is at most half of the ride."""


@dataclass(frozen=True)
class End:
    """An end of a line, with the patterns that run to it and from it."""

    line: int
    place: int
    out: tuple[int, ...]
    """Patterns that end there, the busiest first."""
    back: tuple[int, ...]
    """Patterns that start there."""


def ends_of(survey: Survey, line: int) -> list[End]:
    """Both ends of a line's main pattern; none of a line that runs in a circle."""
    lines, xy = survey.lines, survey.scene.clusters.xy
    places = lines.places[survey.main(line)]
    if np.hypot(*(xy[places[0]] - xy[places[-1]])) <= survey.params.reshapes.meet_m:
        return []
    own = sorted(lines.running(line), key=lambda p: (-lines.patterns[p].departures.sum(), p))

    def is_near(a: int, b: int) -> bool:
        return bool(np.hypot(*(xy[a] - xy[b])) <= survey.params.reshapes.meet_m)

    return [
        End(
            line,
            int(place),
            tuple(p for p in own if is_near(lines.places[p][-1], place)),
            tuple(p for p in own if is_near(lines.places[p][0], place)),
        )
        for place in (places[-1], places[0])
    ]


def is_protected(survey: Survey, end: End) -> bool:
    """Whether a line has to go on ending there."""
    lines = survey.lines
    places = {int(lines.places[p][-1]) for p in end.out} | {int(lines.places[p][0]) for p in end.back}
    return bool(places & survey.protected)


def extensions(shop: Workshop) -> list[tuple[float, Change]]:
    """For each free end the way on that is worth most by the quick measure, less the price of its vehicle-hours."""
    survey, found = shop.survey, []
    for line in survey.may_change():
        for end in ends_of(survey, line):
            if not end.out or is_protected(survey, end):
                continue
            value, path = _best_way_on(survey, end)
            if value > 0:
                found.append((value, end, path))
    found.sort(key=lambda f: (-f[0], f[1].line, f[1].place))
    return [
        (value, _extended(shop, end, path)) for value, end, path in found[: survey.params.reshapes.extend]
    ]


def _best_way_on(survey: Survey, end: End) -> tuple[float, list[int]]:
    ways, limits, p = survey.ways, survey.params.reshapes, end.out[0]
    places, clock = survey.lines.places[p], survey.clock(p)
    headway = survey.headway(end.line)
    if not np.isfinite(headway):
        return 0.0, []
    here = int(ways.node[places[-1]])
    usual = survey.quick.saves(places, clock, headway)
    best, best_path = 0.0, []
    reach = limits.max_extension_m / survey.speed
    for node in np.flatnonzero((ways.minutes[here] <= reach) & (ways.minutes[here] > 0)).tolist():
        nodes = ways.path(here, node)
        path = ways.places(nodes[1:])
        if any(survey.is_near_line(end.line, place, (end.place,)) for place in path):
            continue
        more = float(ways.minutes[here, node])
        if clock[-1] + more > limits.max_run_min:
            continue
        clock_on = np.concatenate([clock, clock[-1] + ways.minutes[here, nodes[1:]]])
        saves = survey.quick.saves([*places, *path], clock_on, headway) - usual
        hours = sum(survey.hours(q, more) for q in {*end.out, *end.back})
        if saves - survey.price * hours > best:
            best, best_path = saves - survey.price * hours, path
    return best, best_path


def _extended(shop: Workshop, end: End, path: list[int]) -> Change:
    on = [(place, -1) for place in path]
    pieces = [shop.led(p, [*shop.way_of(p), *on], end.line) for p in end.out]
    pieces += [shop.led(p, [*on[::-1], *shop.way_of(p)], end.line) for p in end.back]
    return shop.change(Kind.EXTEND, end.line, (*end.out, *end.back), pieces, end.place)


@dataclass(frozen=True)
class Tail:
    """What lies beyond a stop, on all patterns of an end that stop there: positions that stay."""

    end: End
    place: int
    kept: tuple[tuple[int, int, int], ...]
    """(pattern, first position kept, last position kept)."""
    users: float
    """Passengers a day who board or alight in the tail."""
    hours: float
    """Vehicle-hours a day that the tail takes."""


def tails_of(survey: Survey, end: End) -> list[Tail]:
    """Tails from short to long; what is left has stops enough and half of the ride."""
    if not end.out:
        return []
    main = end.out[0]
    places, clock = survey.lines.places[main], survey.clock(main)
    out = []
    for k in range(places.size - 2, MIN_STOPS - 2, -1):
        if clock[k] < _KEPT_RIDE_SHARE * clock[-1]:
            break
        out.append(tail_beyond(survey, end, int(places[k])))
    return out


def tail_beyond(survey: Survey, end: End, place: int) -> Tail:
    """The tail of an end beyond a place."""
    kept, users, hours = [], 0.0, 0.0
    for p in dict.fromkeys((*end.out, *end.back)):
        cut, last = survey.position(p, place), survey.lines.places[p].size - 1
        is_out = p in end.out
        if cut < 0 or cut == (last if is_out else 0):
            continue
        tail = slice(cut + 1, None) if is_out else slice(0, cut)
        legs = slice(cut, None) if is_out else slice(0, cut)
        kept.append((p, 0, cut) if is_out else (p, cut, last))
        users += float(survey.use[p].users[tail].sum())
        ride = (
            survey.lines.patterns[p].ride_min[:, legs].sum(axis=1) * survey.lines.patterns[p].departures
        ).sum()
        hours += float(ride) * (1.0 + survey.params.fleet.layover_share) / 60.0
    return Tail(end, place, tuple(kept), users, hours)


def truncations(shop: Workshop) -> list[tuple[float, Change]]:
    """Of each free end the tail whose vehicle-hours would carry most people more elsewhere.

    A tail is looked at where it has fewer users a vehicle-hour than `low_use_share` of the network's mean.
    """
    survey = shop.survey
    limit = survey.params.reshapes.low_use_share * survey.boardings_per_hour
    found = []
    for line in survey.may_change():
        for end in ends_of(survey, line):
            if is_protected(survey, end):
                continue
            tails = [(limit * t.hours - t.users, t) for t in tails_of(survey, end) if t.kept]
            value, tail = max(tails, key=lambda f: f[0], default=(0.0, None))
            if tail is not None and value > 0:
                found.append((value, tail))
    found.sort(key=lambda f: (-f[0], f[1].end.line, f[1].place))
    return [(value, cut_short(shop, tail)) for value, tail in found[: survey.params.reshapes.truncate]]


def cut_short(shop: Workshop, tail: Tail) -> Change:
    """The change that drops a tail."""
    line = tail.end.line
    pieces = [shop.led(p, shop.way_of(p)[first : last + 1], line) for p, first, last in tail.kept]
    return shop.change(Kind.TRUNCATE, line, [p for p, _, _ in tail.kept], pieces, tail.place)
