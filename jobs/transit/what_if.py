"""Try a change on a network by hand: another headway, a line that somebody draws; and see what it does and takes."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

import numpy as np

from jobs.errors import ConfigError
from jobs.transit.design_graph import speed_m_per_min
from jobs.transit.evaluation import SlotResult
from jobs.transit.lines import Line, LineSet
from jobs.transit.params import TransitParams
from jobs.transit.patterns import Pattern
from jobs.transit.places import Points
from jobs.transit.scene import Scene
from jobs.transit.scorecard import boardings, summary


@dataclass(frozen=True)
class WhatIf:
    """A network with changes made by hand. Nothing is changed in place: each change returns another network.

    Attributes
    ----------
    departures : (P, S) vehicle runs by pattern and slot.
    """

    scene: Scene
    params: TransitParams
    lines: LineSet
    departures: np.ndarray

    @classmethod
    def today(cls, scene: Scene, params: TransitParams) -> "WhatIf":
        """The network as its feed says."""
        return cls(scene, params, scene.lines, scene.lines.departures)

    @cached_property
    def results(self) -> list[SlotResult]:
        """Assignment of each slot; takes as long as one evaluation."""
        return self.scene.evaluator.day(self.lines, self.departures)

    @cached_property
    def totals(self) -> dict[str, Any]:
        """Perceived minutes, passengers, and the vehicle-hours, vehicles and money that it takes."""
        return summary(self.scene, self.lines, self.departures, self.results, self.params.fleet)

    def boardings(self, line_id: str) -> float:
        """Boardings of a line in all slots."""
        return boardings(self.lines, self._line(line_id), self.results)

    def headways(self, line_id: str) -> dict[str, float]:
        """Minutes between departures by slot, inf without service."""
        found = self.lines.headways(self._line(line_id), self.departures)
        return dict(zip(self.lines.slots.names, map(float, found), strict=True))

    def with_headway(self, line_id: str, minutes: float, slot: str | None = None) -> "WhatIf":
        """Let a line run every so many minutes, in one slot or in all.

        Raises
        ------
        ConfigError
            There is no such line or slot, or the headway is not above 0.
        """
        if not minutes > 0:
            raise ConfigError(f"a headway of {minutes} minutes", line_id, "give minutes above 0")
        names = list(self.lines.slots.names)
        if slot is not None and slot not in names:
            raise ConfigError(f"there is no slot {slot!r}", line_id, f"slots are: {', '.join(names)}")
        line, out = self._line(line_id), self.departures.copy()
        for s, name in enumerate(names):
            if slot in (None, name):
                out[list(self.lines.lines[line].patterns), s] = self.lines.at_headway(line, s, minutes, out)
        return replace(self, departures=out)

    def without(self, line_id: str) -> "WhatIf":
        """Let a line run no more."""
        out = self.departures.copy()
        out[list(self.lines.lines[self._line(line_id)].patterns)] = 0.0
        return replace(self, departures=out)

    def with_line(self, name: str, places: Sequence[tuple[float, float]], headway_min: float) -> "WhatIf":
        """Add a line there and back, at the speed of today's lines.

        Parameters
        ----------
        name : its line_id from then on.
        places : (longitude, latitude) in order; it stops at the stop that is nearest to each.

        Raises
        ------
        ConfigError
            The name is taken, or the places are at fewer than two stops.
        """
        if name in self._ids:
            raise ConfigError("is a line already", name, "take another name")
        way = self._nearest(places)
        if way.size < 2:
            raise ConfigError("stops at fewer than two places", name, "draw it longer")
        numbers = len(self.lines.patterns) + np.arange(2)
        patterns = [self._pattern(way if go == 0 else way[::-1], go) for go in (0, 1)]
        drawn = Line(name, name, tuple(map(int, numbers)), is_new=True)
        lines = self.lines.with_lines([drawn], patterns, [way, way[::-1]])
        none = np.zeros((2, self.departures.shape[1]))
        wider = replace(self, lines=lines, departures=np.vstack([self.departures, none]))
        return wider.with_headway(name, headway_min)

    def _pattern(self, way: np.ndarray, direction: int) -> Pattern:
        metres = np.hypot(*np.diff(self.scene.clusters.xy[way], axis=0).T)
        speed = speed_m_per_min(self.scene.lines.fixed) / self.params.new_lines.street_detour
        slots = len(self.lines.slots.names)
        ride_min = np.tile(metres / speed, (slots, 1))
        stops = self.scene.clusters.stop[way]
        return Pattern(-1, direction, stops, ride_min, float(metres.sum()) / 1000.0, np.zeros(slots))

    def _nearest(self, places: Sequence[tuple[float, float]]) -> np.ndarray:
        """Clusters of stops nearest to the places, each once in a row."""
        lon, lat = np.array(places, float).reshape(-1, 2).T
        xy = Points(lon, lat).xy(float(np.nanmean(self.scene.feed.stops.lat)))
        known = self.scene.stops_only.xy
        found = np.array([int(np.hypot(*(known - place).T).argmin()) for place in xy], np.int64)
        return found[np.append(True, np.diff(found) != 0)] if found.size else found

    @property
    def _ids(self) -> list[str]:
        return [line.line_id for line in self.lines.lines]

    def _line(self, line_id: str) -> int:
        if line_id not in self._ids:
            raise ConfigError("there is no such line", line_id, f"lines are: {', '.join(self._ids)}")
        return self._ids.index(line_id)
