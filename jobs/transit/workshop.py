"""Patterns that candidates would run: made from today's, stop by stop, and numbered after them."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace

import numpy as np

from jobs.transit.changes import Change, Kind, Piece, Reshape
from jobs.transit.feeds.stop_times import along_m
from jobs.transit.lines import Line, LineSet
from jobs.transit.patterns import Pattern
from jobs.transit.scene import Scene
from jobs.transit.survey import Survey

Way = list[tuple[int, int]]
"""(place, position on today's pattern or -1) of each stop."""
Legs = Mapping[int, np.ndarray]
"""(S,) minutes of the legs that are known, by the number of the stop before."""


@dataclass
class Workshop:
    """New patterns and lines, in the order of their numbers."""

    survey: Survey
    patterns: list[Pattern] = field(default_factory=list)
    places: list[np.ndarray] = field(default_factory=list)
    owner: list[int] = field(default_factory=list)
    new_lines: list[Line] = field(default_factory=list)

    @property
    def lines(self) -> LineSet:
        """Today's lines and candidates for new ones, without what is made here."""
        return self.survey.lines

    @property
    def scene(self) -> Scene:
        """The scene that lines run in."""
        return self.survey.scene

    def finished(self) -> LineSet:
        """All lines with what was made."""
        lines = replace(self.lines, lines=(*self.lines.lines, *self.new_lines))
        return lines.with_patterns(self.patterns, self.places, self.owner)

    def new_line(self, like: int, suffix: str, name: str, on_demand: bool = False) -> int:
        """A line that the change of another brings."""
        line_id = f"{self.survey.params.id_prefix}{self.lines.lines[like].line_id}_{suffix}"
        taken = {line.line_id for line in (*self.lines.lines, *self.new_lines)} | set(
            self.scene.feed.routes.ids
        )
        number = 2
        while line_id in taken:
            line_id, number = f"{line_id}{number}", number + 1
        self.new_lines.append(Line(line_id, name, (), True, like, on_demand))
        return len(self.lines.lines) + len(self.new_lines) - 1

    def way_of(self, pattern: int) -> Way:
        """Today's stops of a pattern."""
        return [(int(place), at) for at, place in enumerate(self.lines.places[pattern])]

    def keep(self, pattern: Pattern, places: np.ndarray, owner: int) -> int:
        """Number a pattern."""
        self.patterns.append(pattern)
        self.places.append(places)
        self.owner.append(owner)
        return len(self.lines.patterns) + len(self.patterns) - 1

    def led(
        self,
        pattern: int,
        way: Way,
        owner: int,
        legs: Legs | None = None,
        stops_known: Mapping[int, int] | None = None,
    ) -> Piece:
        """A pattern of today by another way, at today's departures.

        Parameters
        ----------
        legs : minutes where they are neither today's nor those of the shortest way.
        stops_known : stop by its number on the way, where it is not the one that stands for the place.
        """
        base = self.lines.patterns[pattern]
        places = np.array([place for place, _ in way], np.int32)
        own = self.scene.clusters.stop
        known = stops_known or {}
        stops = np.array(
            [base.stops[at] if at >= 0 else known.get(i, own[place]) for i, (place, at) in enumerate(way)]
        )
        ride = np.array([self._leg(base, way, i, legs or {}) for i in range(len(way) - 1)]).T
        lon, lat = self.scene.stops.lon[stops], self.scene.stops.lat[stops]
        made = Pattern(
            base.route if not self._is_new(owner) else -1,
            base.direction,
            stops,
            ride,
            float(along_m(lon, lat)[-1]) / 1000.0,
            np.zeros_like(base.departures),
        )
        number = self.keep(made, places, owner)
        return Piece(number, tuple(base.departures.tolist()), pattern, tuple(at for _, at in way))

    def _is_new(self, line: int) -> bool:
        return line >= len(self.lines.lines)

    def _leg(self, base: Pattern, way: Way, i: int, legs: Legs) -> np.ndarray:
        (a, at), (b, then) = way[i], way[i + 1]
        if i in legs:
            return legs[i]
        if at >= 0 and then == at + 1:
            return np.asarray(base.ride_min[:, at])
        xy = self.scene.clusters.xy
        straight = float(np.hypot(*(xy[a] - xy[b]))) / (2.0 * self.survey.speed)
        minutes = max(self.survey.ways.between(a, b), straight, 0.25)
        pace = base.run_min / max(float(base.run_min.mean()), 1e-9)
        return np.asarray(minutes * np.where(pace > 0, pace, 1.0))

    def change(
        self,
        kind: Kind,
        line: int,
        ends: Sequence[int],
        pieces: Sequence[Piece],
        at_place: int,
        also: Sequence[int] = (),
        brings: Sequence[int] = (),
        zones: Sequence[int] = (),
        keeps_times: bool = True,
    ) -> Change:
        """A typed record of patterns that end and pieces that run; stops gained and lost follow from them."""
        stops_before = self._stops(ends, lambda p: self.lines.patterns[p].stops)
        first = len(self.lines.patterns)
        stops_after = self._stops([e.pattern for e in pieces], lambda p: self.patterns[p - first].stops)
        is_fixed = not zones
        reshape = Reshape(
            tuple(ends),
            tuple(pieces),
            tuple(also),
            tuple(brings),
            tuple(s for s in stops_after if s not in set(stops_before)) if is_fixed else (),
            tuple(s for s in stops_before if s not in set(stops_after)),
            int(self.scene.clusters.stop[at_place]),
            tuple(zones),
            keeps_times,
        )
        return Change(line, kind, reshape=reshape)

    @staticmethod
    def _stops(patterns: Sequence[int], stops: Callable[[int], np.ndarray]) -> list[int]:
        """Distinct stops, in the order of the patterns."""
        return list(dict.fromkeys(int(s) for p in patterns for s in stops(p)))
