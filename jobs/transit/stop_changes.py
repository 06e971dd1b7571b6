"""Stops that a line passes by, and stops that it gets on long links."""

from itertools import pairwise

import numpy as np

from jobs.transit.changes import Change, Kind
from jobs.transit.places import Clusters, Zones
from jobs.transit.survey import Survey
from jobs.transit.terminals import MIN_STOPS
from jobs.transit.workshop import Workshop

_MOST_STOPS = 6
"""Stops that one change drops or adds."""
_MOST_BETWEEN = 3
"""Stops that a long link gets."""
_NEW_STOP_M = 300.0
"""A stop is put where no other is this near."""
_INHABITED_M = 600.0
"""A stop is put where the centre of a zone with trips is this near."""
_LEAST_RIDE_SHARE = 0.5
"""Passing by a stop leaves this share of the ride to and from it."""


def drops(shop: Workshop) -> list[tuple[float, Change]]:
    """Of each line the stops whose few users lose less by walking than those who ride through gain."""
    survey, found = shop.survey, []
    for line in survey.may_change():
        places = _droppable(survey, line)
        if places:
            found.append((sum(value for value, _ in places), line, [place for _, place in places]))
    found.sort(key=lambda f: (-f[0], f[1]))
    return [
        (value, _without(shop, line, at)) for value, line, at in found[: survey.params.reshapes.drop_stops]
    ]


def _droppable(survey: Survey, line: int) -> list[tuple[float, int]]:
    """(minutes gained, place) of stops that may go, no two in a row, best first."""
    p = survey.main(line)
    places, limits = survey.lines.places[p], survey.params.reshapes
    users, through, walk_m = _by_stop(survey, line)
    usual = float(users.mean())
    perceived = survey.params.perceived
    minutes = perceived.walk_weight * perceived.walk_detour * walk_m / perceived.walk_m_per_min
    hours = sum(survey.hours(q, limits.stop_min) for q in survey.lines.running(line))
    value = limits.stop_min * through - users * minutes + survey.price * hours
    may = (users <= limits.low_use_share * usual) & (walk_m <= limits.max_stop_walk_m) & (value > 0)
    may[[0, -1]] = False
    chosen: list[int] = []
    most = min(_MOST_STOPS, places.size - MIN_STOPS)
    for k in np.argsort(-value, kind="stable").tolist():
        if may[k] and len(chosen) < most and not {k - 1, k + 1} & set(chosen):
            chosen.append(k)
    return [(float(value[k]), int(places[k])) for k in chosen]


def _by_stop(survey: Survey, line: int) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Of each stop of the main pattern: users and riders through, both ways, and metres to the next stop."""
    p, xy = survey.main(line), survey.scene.clusters.xy
    places = survey.lines.places[p]
    users, through = np.zeros(places.size), np.zeros(places.size)
    for k, place in enumerate(places.tolist()):
        for q in survey.lines.running(line):
            at = survey.position(q, place)
            if at >= 0:
                users[k] += survey.use[q].users[at]
                through[k] += survey.use[q].through[at]
    leg = np.hypot(*np.diff(xy[places], axis=0).T)
    return users, through, np.minimum(np.append(leg, np.inf), np.concatenate([[np.inf], leg]))


def _without(shop: Workshop, line: int, places: list[int]) -> Change:
    survey, ends, pieces = shop.survey, [], []
    for p in survey.lines.running(line):
        inner = survey.lines.places[p].size - 1
        gone = {k for place in places if 0 < (k := survey.position(p, place)) < inner}
        if not gone:
            continue
        way = [entry for entry in shop.way_of(p) if entry[1] not in gone]
        legs = {}
        for i, ((_, a), (_, b)) in enumerate(pairwise(way)):
            if b > a + 1:
                ride = survey.lines.patterns[p].ride_min[:, a:b].sum(axis=1)
                spared = survey.params.reshapes.stop_min * (b - a - 1)
                legs[i] = np.maximum(ride - spared, _LEAST_RIDE_SHARE * ride)
        ends.append(p)
        pieces.append(shop.led(p, way, line, legs))
    return shop.change(Kind.DROP_STOPS, line, ends, pieces, places[0])


def points_on_long_links(survey: Survey) -> np.ndarray:
    """(n, 2) metres: where stops could be put on links longer than `long_link_m` of lines that may change.

    People live near, and no stop of any line is.
    """
    clusters, zones, limits = survey.scene.clusters, survey.scene.zones, survey.params.reshapes
    if not limits.add_stops:
        return np.empty((0, 2))
    points: list[np.ndarray] = []
    for line in survey.may_change():
        places = survey.lines.places[survey.main(line)]
        for a, b in zip(clusters.xy[places[:-1]], clusters.xy[places[1:]], strict=True):
            length = float(np.hypot(*(b - a)))
            if length < limits.long_link_m:
                continue
            between = min(int(np.ceil(length / survey.params.new_lines.stop_spacing_m)) - 1, _MOST_BETWEEN)
            for share in np.arange(1, between + 1) / (between + 1):
                point = a + share * (b - a)
                if _is_wanted(clusters, zones, point) and all(
                    np.hypot(*(point - q)) > _NEW_STOP_M for q in points
                ):
                    points.append(point)
    return np.array(points).reshape(-1, 2)


def _is_wanted(clusters: Clusters, zones: Zones, point: np.ndarray) -> bool:
    is_served = clusters.stop < clusters.of_stop.size
    return bool(
        np.hypot(*(clusters.xy[is_served] - point).T).min() > _NEW_STOP_M
        and np.hypot(*(zones.xy - point).T).min() <= _INHABITED_M
    )


def additions(shop: Workshop) -> list[tuple[float, Change]]:
    """Of each line the stops between that save more than those who ride through lose, by the quick measure."""
    survey, found = shop.survey, []
    for line in survey.may_change():
        if not np.isfinite(survey.headway(line)):
            continue
        chosen = sorted(_addable(survey, line), reverse=True)[:_MOST_STOPS]
        if chosen:
            found.append((sum(value for value, _, _ in chosen), line, chosen))
    found.sort(key=lambda f: (-f[0], f[1]))
    kept = found[: survey.params.reshapes.add_stops]
    return [(value, _with_stops(shop, line, [(k, c) for _, k, c in chosen])) for value, line, chosen in kept]


def _addable(survey: Survey, line: int) -> list[tuple[float, int, int]]:
    """(minutes saved, leg, place) of places on a line's long links that are worth a stop each."""
    p, limits, xy = survey.main(line), survey.params.reshapes, survey.scene.clusters.xy
    places, clock, headway = survey.lines.places[p], survey.clock(p), survey.headway(line)
    usual = survey.quick.saves(places, clock, headway)
    hours = sum(survey.hours(q, limits.stop_min) for q in survey.lines.running(line))
    out = []
    for k in np.flatnonzero(np.hypot(*np.diff(xy[places], axis=0).T) >= limits.long_link_m).tolist():
        a, b = xy[places[k]], xy[places[k + 1]]
        ends = int(places[k]), int(places[k + 1])
        aboard = sum(_aboard(survey, q, *ends) for q in survey.lines.running(line))
        for place in _on_link(survey, a, b):
            share = float(np.hypot(*(xy[place] - a)) / np.hypot(*(b - a)))
            at = clock[k] + share * (clock[k + 1] - clock[k])
            later = np.concatenate(
                [clock[: k + 1], [at + limits.stop_min / 2.0], clock[k + 1 :] + limits.stop_min]
            )
            saves = survey.quick.saves([*places[: k + 1], place, *places[k + 1 :]], later, headway) - usual
            harm = limits.stop_min * aboard
            value = saves - harm - survey.price * hours
            if value > 0:
                out.append((float(value), k, place))
    return out


def _on_link(survey: Survey, a: np.ndarray, b: np.ndarray) -> list[int]:
    """Places between two stops, hardly off the straight way, that are no stop of either end."""
    xy, length = survey.scene.clusters.xy, float(np.hypot(*(b - a)))
    along = (xy - a) @ (b - a) / length
    aside = np.abs((xy - a) @ np.array([-(b - a)[1], (b - a)[0]]) / length)
    on = (aside <= 100.0) & (along >= _NEW_STOP_M * 0.75) & (along <= length - _NEW_STOP_M * 0.75)
    on[[cluster for _, cluster in survey.scene.doors]] = False
    return [int(place) for place in np.flatnonzero(on)]


def _aboard(survey: Survey, pattern: int, a: int, b: int) -> float:
    """Passengers a day who ride from one place to the next on a pattern."""
    first, then = sorted((survey.position(pattern, a), survey.position(pattern, b)))
    return float(survey.use[pattern].aboard[first]) if 0 <= first == then - 1 else 0.0


def _with_stops(shop: Workshop, line: int, chosen: list[tuple[int, int]]) -> Change:
    survey, ends, pieces = shop.survey, [], []
    main, xy = survey.main(line), survey.scene.clusters.xy
    links = [(int(survey.lines.places[main][k]), int(survey.lines.places[main][k + 1]), c) for k, c in chosen]
    for p in survey.lines.running(line):
        between: dict[int, list[int]] = {}
        for a, b, place in links:
            i, j = survey.position(p, a), survey.position(p, b)
            if i >= 0 and j >= 0 and abs(i - j) == 1:
                between.setdefault(min(i, j), []).append(place)
        if not between:
            continue
        way, legs = [], {}
        for place, at in shop.way_of(p):
            way.append((place, at))
            inner = sorted(between.get(at, []), key=lambda c: float(np.hypot(*(xy[c] - xy[place]))))
            if not inner:
                continue
            ride = survey.lines.patterns[p].ride_min[:, at] + survey.params.reshapes.stop_min * len(inner)
            stops = [place, *inner, int(survey.lines.places[p][at + 1])]
            metres = np.hypot(*np.diff(xy[stops], axis=0).T)
            for n, part in enumerate(metres / metres.sum()):
                legs[len(way) - 1 + n] = ride * part
            way += [(c, -1) for c in inner]
        ends.append(p)
        pieces.append(shop.led(p, way, line, legs))
    return shop.change(Kind.ADD_STOPS, line, ends, pieces, links[0][0])
