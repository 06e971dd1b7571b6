"""Lines as geometry: on the ways that buses take, as far as a feed tells them."""

from functools import cached_property

import numpy as np

from jobs.transit.feeds.csvtext import read_table
from jobs.transit.feeds.shapes import read_shapes
from jobs.transit.lines import LineSet
from jobs.transit.patterns import Pattern
from jobs.transit.scene import Scene

_MOST_STOPS_SKIPPED = 4
"""A new line may pass by so many stops of the line whose way it takes."""
_MOST_ROUNDABOUT = 2.5

Way = list[list[float]]


class Drawer:
    """Geometry of lines: the feed's shapes where it has them, else straight from stop to stop.

    A new line takes the way of a line that rides between the same two places today, in either direction.
    """

    def __init__(self, scene: Scene) -> None:
        self._scene = scene
        self._shapes = _read_shapes(scene)

    def coordinates(self, lines: LineSet, line: int) -> Way:
        """Longitude and latitude along the busiest pattern."""
        number = main_pattern(lines, line)
        return self.pattern_way(lines, number)

    def pattern_way(self, lines: LineSet, pattern: int) -> Way:
        """The same along one pattern, be it today's or one that a change brings."""
        entry = lines.patterns[pattern]
        if entry.departures.any():
            return self._way_of(entry)
        return self._along_known_ways(entry, lines.places[pattern])

    def _way_of(self, pattern: Pattern) -> Way:
        shapes = {self._scene.feed.trips.shape[t] for t in pattern.trips[:1]}
        for shape in shapes & self._shapes.keys():
            return self._shapes[shape]
        return self._through(pattern.stops)

    def _through(self, stops: np.ndarray) -> Way:
        known = self._scene.stops
        return [[_degree(known.lon[s]), _degree(known.lat[s])] for s in stops]

    def _along_known_ways(self, pattern: Pattern, places: np.ndarray) -> Way:
        return self.between(pattern.stops, places)

    def between(self, stops: np.ndarray, places: np.ndarray) -> Way:
        """From stop to stop on the ways of lines that ride there today, else straight."""
        ends = self._through(stops)
        out = ends[:1]
        for leg, pair in enumerate(zip(places[:-1].tolist(), places[1:].tolist(), strict=True)):
            there, back = (self._known_legs.get(key, []) for key in (pair, pair[::-1]))
            between = there if len(there) >= len(back) else back[::-1]
            out += [*between, ends[leg + 1]]
        return out

    @cached_property
    def _known_legs(self) -> dict[tuple[int, int], Way]:
        """What lies between two places on the way of a line that rides from one to the other; the first found."""
        legs: dict[tuple[int, int], Way] = {}
        for pattern, places in zip(self._scene.lines.patterns, self._scene.lines.places, strict=True):
            way = self._way_of(pattern)
            at = nearest_in_order(np.array(way), np.array(self._through(pattern.stops)))
            for i, a in enumerate(places.tolist()):
                for j in range(i + 1, min(i + 2 + _MOST_STOPS_SKIPPED, len(places))):
                    piece = way[at[i] : at[j] + 1]
                    if is_direct(np.array(piece)):
                        legs.setdefault((a, int(places[j])), piece[1:-1])
        return legs


def is_direct(way: np.ndarray) -> bool:
    """Whether a way, (n, 2) degrees, is not much longer than straight: else a loop was cut at the wrong place."""
    if len(way) < 2:
        return False
    scaled = way * np.array([np.cos(np.radians(way[:, 1].mean())), 1.0])
    length = float(np.hypot(*np.diff(scaled, axis=0).T).sum())
    return length <= _MOST_ROUNDABOUT * float(np.hypot(*(scaled[-1] - scaled[0])))


def nearest_in_order(way: np.ndarray, stops: np.ndarray) -> list[int]:
    """Vertex of a way nearest to each stop, never before that of the stop before, (n, 2) degrees both."""
    out: list[int] = []
    scale = np.array([np.cos(np.radians(stops[:, 1].mean())), 1.0])
    for stop in stops:
        start = out[-1] if out else 0
        away = np.hypot(*((way[start:] - stop) * scale).T)
        out.append(start + int(away.argmin()))
    return out


def _degree(value: float) -> float:
    return round(float(value), 6)


def _read_shapes(scene: Scene) -> dict[str, list[list[float]]]:
    wanted = {scene.feed.trips.shape[t] for p in scene.lines.patterns for t in p.trips[:1]}
    shapes = read_shapes(read_table(scene.feed.files, "shapes.txt"), wanted)
    return {name: [[_degree(lon), _degree(lat)] for lon, lat in way] for name, way in shapes.items()}


def main_pattern(lines: LineSet, line: int) -> int:
    """The pattern with most departures today, the way there if both run alike."""
    return max(lines.lines[line].patterns, key=lambda p: (lines.patterns[p].departures.sum(), -p))
