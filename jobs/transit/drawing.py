"""Lines as geometry."""

from jobs.transit.csvtext import read_table
from jobs.transit.lines import LineSet
from jobs.transit.scene import Scene
from jobs.transit.shapes import read_shapes


class Drawer:
    """Geometry of lines: the feed's shapes where it has them, else straight from stop to stop."""

    def __init__(self, scene: Scene) -> None:
        self._scene = scene
        self._shapes = _read_shapes(scene)

    def coordinates(self, lines: LineSet, line: int) -> list[list[float]]:
        """Longitude and latitude along the busiest pattern."""
        pattern = lines.patterns[main_pattern(lines, line)]
        shapes = {self._scene.feed.trips.shape[t] for t in pattern.trips[:1]}
        for shape in shapes & self._shapes.keys():
            return self._shapes[shape]
        stops = self._scene.stops
        return [[_degree(stops.lon[s]), _degree(stops.lat[s])] for s in pattern.stops]


def _degree(value: float) -> float:
    return round(float(value), 6)


def _read_shapes(scene: Scene) -> dict[str, list[list[float]]]:
    wanted = {scene.feed.trips.shape[t] for p in scene.lines.patterns for t in p.trips[:1]}
    shapes = read_shapes(read_table(scene.feed.files, "shapes.txt"), wanted)
    return {name: [[_degree(lon), _degree(lat)] for lon, lat in way] for name, way in shapes.items()}


def main_pattern(lines: LineSet, line: int) -> int:
    """The pattern with most departures today, the way there if both run alike."""
    return max(lines.lines[line].patterns, key=lambda p: (lines.patterns[p].departures.sum(), -p))
