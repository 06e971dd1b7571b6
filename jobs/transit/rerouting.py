"""Lines that take another way between two of their stops: straight past poor stops, or by way of better ones."""

from dataclasses import dataclass

import numpy as np

from jobs.transit.changes import Change, Kind
from jobs.transit.survey import Survey
from jobs.transit.terminals import MIN_STOPS
from jobs.transit.workshop import Way, Workshop
from kernels.transit.line_network import Access

_MOST_SECTION_STOPS = 8
_MOST_VIAS = 8
"""Places off a line that are looked at for it."""
_VIAS_ASIDE_M = 1500.0
_GRACE_MIN = 2.0
"""Any new section may take so many minutes more, besides its share."""
_MOST_WALK_MIN = 30.0
"""Perceived minutes that a user of a dropped stop loses at most: then other means are better."""
_WORTH_STRAIGHTENING_MIN = 1.0


@dataclass(frozen=True)
class Section:
    """Stops i to j of a line's main pattern, led by other places."""

    line: int
    pattern: int
    i: int
    j: int
    by: tuple[int, ...]
    """Places between them on the new way."""
    minutes: float
    """Ride on the new way."""


def reroutings(shop: Workshop) -> list[tuple[float, Change]]:
    """Of each line the section whose other way is worth most by the quick measure."""
    survey = shop.survey
    pull = _pull(survey)
    found = []
    for line in survey.may_change():
        best = max(
            ((_worth(survey, s), -n, s) for n, s in enumerate(_sections(survey, line, pull))),
            default=(0.0, 0, None),
        )
        if best[2] is not None and best[0] > 0:
            found.append((best[0], best[2]))
    found.sort(key=lambda f: (-f[0], f[1].line))
    return [(value, _led(shop, section)) for value, section in found[: survey.params.reshapes.reroute]]


def _pull(survey: Survey) -> np.ndarray:
    """(N,) perceived minutes a day of the trips that start or end in walking reach of each design node."""
    demand, access = survey.scene.demand, survey.scene.evaluator.access
    n = demand.first.size - 1
    destination = np.repeat(np.arange(n), np.diff(demand.first))
    lost = survey.scene.evaluator.trips_by_slot.sum(axis=0) * survey.results[survey.busiest].cost
    by_zone = np.bincount(demand.origin, lost, minlength=n) + np.bincount(destination, lost, minlength=n)
    at_place = np.bincount(access.stop, by_zone[_zone_of(access)], minlength=survey.scene.clusters.count)
    return np.asarray(at_place[survey.ways.graph.cluster])


def _zone_of(access: Access) -> np.ndarray:
    return np.repeat(np.arange(access.first.size - 1), np.diff(access.first))


def _sections(survey: Survey, line: int, pull: np.ndarray) -> list[Section]:
    """Straight ways past stops, and ways by the places beside the line that draw most trips."""
    ways, p = survey.ways, survey.main(line)
    places, clock = survey.lines.places[p], survey.clock(p)
    if not np.isfinite(survey.headway(line)) or places.size < MIN_STOPS:
        return []
    out = []
    for i in range(places.size - 2):
        for j in range(i + 2, min(i + 1 + _MOST_SECTION_STOPS, places.size)):
            new = ways.between(int(places[i]), int(places[j]))
            if 0 < new <= clock[j] - clock[i] - _WORTH_STRAIGHTENING_MIN:
                out += _by(
                    survey, line, i, j, ways.path(int(ways.node[places[i]]), int(ways.node[places[j]]))
                )
    xy = survey.scene.clusters.xy
    aside = np.array([np.hypot(*(xy[places] - node).T).min() for node in ways.graph.xy])
    vias = np.flatnonzero((aside > survey.params.reshapes.meet_m) & (aside <= _VIAS_ASIDE_M))
    for via in vias[np.argsort(-pull[vias], kind="stable")][:_MOST_VIAS].tolist():
        out += _through(survey, line, via)
    return out


def _through(survey: Survey, line: int, via: int) -> list[Section]:
    """The section that is led by a place at least harm to those aboard and those at stops passed by."""
    ways, p = survey.ways, survey.main(line)
    places, clock, use = survey.lines.places[p], survey.clock(p), survey.use[survey.main(line)]
    nodes = ways.node[places]
    to_via = ways.minutes[nodes, via]
    options = []
    for i in range(places.size - 1):
        for j in range(i + 1, min(i + 1 + _MOST_SECTION_STOPS, places.size)):
            ride, new = clock[j] - clock[i], to_via[i] + to_via[j]
            if new <= survey.params.reshapes.max_detour * ride + _GRACE_MIN:
                harm = (new - ride) * use.aboard[i:j].min() + _MOST_WALK_MIN / 2.0 * use.users[
                    i + 1 : j
                ].sum()
                options.append((float(harm), i, j))
    if not options:
        return []
    _, i, j = min(options)
    there, back = ways.path(int(nodes[i]), via), ways.path(via, int(nodes[j]))
    return _by(survey, line, i, j, [*there, *back[1:]])


def _by(survey: Survey, line: int, i: int, j: int, nodes: list[int]) -> list[Section]:
    """A section by way of nodes, unless it meets itself or stops of the line that stay."""
    ways, p = survey.ways, survey.main(line)
    inner = nodes[1:-1]
    own = survey.lines.places[p]
    stays = {int(ways.node[c]) for c in (*own[: i + 1], *own[j:])}
    if len(set(inner)) < len(inner) or stays & set(inner):
        return []
    all_nodes = [int(ways.node[own[i]]), *inner, int(ways.node[own[j]])]
    minutes = float(ways.minutes[all_nodes[:-1], all_nodes[1:]].sum())
    return [Section(line, p, i, j, tuple(ways.places(inner)), minutes)]


def _worth(survey: Survey, section: Section) -> float:
    """Perceived minutes a day: what new stops save, less what those aboard and at dropped stops lose, and the hours."""
    p, i, j = section.pattern, section.i, section.j
    places, clock = survey.lines.places[p], survey.clock(p)
    new_clock = np.concatenate(
        [
            clock[: i + 1],
            clock[i] + _inner_clock(survey, section),
            clock[j:] + section.minutes - (clock[j] - clock[i]),
        ]
    )
    new_places = [*places[: i + 1], *section.by, *places[j:]]
    headway = survey.headway(section.line)
    gain = survey.quick.saves(new_places, new_clock, headway) - survey.quick.saves(places, clock, headway)
    more = section.minutes - float(clock[j] - clock[i])
    both = [q for q in survey.lines.running(section.line) if _ends_of_section(survey, q, section)]
    aboard = sum(_aboard(survey, q, section) for q in both)
    hours = sum(survey.hours(q, more) for q in both)
    return gain - more * aboard - _harm_at_stops(survey, section, both) - survey.price * hours


def _inner_clock(survey: Survey, section: Section) -> np.ndarray:
    """Minutes from stop i to each place between."""
    ways, own = survey.ways, survey.lines.places[section.pattern]
    nodes = [int(ways.node[own[section.i]]), *(int(ways.node[c]) for c in section.by)]
    return np.asarray(np.cumsum(ways.minutes[nodes[:-1], nodes[1:]]))


def _ends_of_section(survey: Survey, pattern: int, section: Section) -> tuple[int, int] | None:
    """Positions of both ends of a section on a pattern, in its own order of travel; None where it has not both."""
    places = survey.lines.places[section.pattern]
    a, b = (survey.position(pattern, int(places[k])) for k in (section.i, section.j))
    return (a, b) if a >= 0 and b >= 0 and a != b else None


def _aboard(survey: Survey, pattern: int, section: Section) -> float:
    """Passengers a day who ride all through a section."""
    found = _ends_of_section(survey, pattern, section)
    if found is None:
        return 0.0
    a, b = min(found), max(found)
    return float(survey.use[pattern].aboard[a:b].min())


def _harm_at_stops(survey: Survey, section: Section, patterns: list[int]) -> float:
    """Perceived minutes that users of the stops between lose by a longer walk."""
    xy, perceived = survey.scene.clusters.xy, survey.params.perceived
    own = survey.lines.places[section.pattern]
    left = xy[np.array([*own[: section.i + 1], *section.by, *own[section.j :]], np.int64)]
    harm = 0.0
    for q in patterns:
        a, b = sorted(_ends_of_section(survey, q, section) or (0, 0))
        for k in range(a + 1, b):
            away = float(np.hypot(*(left - xy[survey.lines.places[q][k]]).T).min())
            walk = perceived.walk_weight * perceived.walk_detour * away / perceived.walk_m_per_min
            harm += float(survey.use[q].users[k]) * min(walk, _MOST_WALK_MIN)
    return harm


def _led(shop: Workshop, section: Section) -> Change:
    survey, ends, pieces = shop.survey, [], []
    for q in survey.lines.running(section.line):
        found = _ends_of_section(survey, q, section)
        if found is None:
            continue
        (a, b), by = found, section.by
        if a > b:
            a, b, by = b, a, by[::-1]
        own = shop.way_of(q)
        way: Way = [*own[: a + 1], *((place, -1) for place in by), *own[b:]]
        legs = {} if by else {a: _straight(shop, q, own[a][0], own[b][0])}
        ends.append(q)
        pieces.append(shop.led(q, way, section.line, legs))
    place = int(survey.lines.places[section.pattern][section.i])
    return shop.change(Kind.REROUTE, section.line, ends, pieces, place)


def _straight(shop: Workshop, pattern: int, a: int, b: int) -> np.ndarray:
    """(S,) minutes of the direct way between two stops."""
    base = shop.lines.patterns[pattern]
    pace = base.run_min / max(float(base.run_min.mean()), 1e-9)
    return np.asarray(shop.survey.ways.between(a, b) * pace)
