"""What a change of way is made of, as names, ids and geometry."""

from functools import cached_property
from typing import Any

import numpy as np

from jobs.transit.changes import Change, Kind, Piece, Reshape, timetable
from jobs.transit.drawing import Drawer, main_pattern
from jobs.transit.feeds.flex import zone_geometry
from jobs.transit.lines import LineSet
from jobs.transit.numbers_in_words import Text
from jobs.transit.on_demand import cells_of
from jobs.transit.params import TransitParams
from jobs.transit.planner import Outcome
from jobs.transit.reshape_words import WayChange, WayNames
from jobs.transit.scene import Scene
from jobs.transit.survey import uses

_WHOLE_WAY = (Kind.SPLIT, Kind.MERGE, Kind.DROP_STOPS)
"""Kinds that are shown by the whole line: the others by what is new or given up."""


class WayRecord:
    """A change of way in terms of people: stops by name, lines by id, geometry in degrees."""

    def __init__(
        self, scene: Scene, lines: LineSet, change: Change, drawer: Drawer, params: TransitParams
    ) -> None:
        assert change.reshape is not None
        self._scene, self._lines, self._change, self._drawer, self._params = (
            scene,
            lines,
            change,
            drawer,
            params,
        )
        self._reshape: Reshape = change.reshape

    @cached_property
    def _main(self) -> Piece | None:
        """The busiest pattern after, of those that a fixed line runs."""
        fixed = [e for e in self._reshape.pieces if e.of >= 0]
        return max(fixed, key=lambda e: (sum(e.departures), len(e.at), -e.pattern), default=None)

    @property
    def route_ids(self) -> list[str]:
        """Lines that it is about, its own first."""
        return [self._lines.lines[i].line_id for i in self._change.all_lines]

    @property
    def stops(self) -> list[str]:
        """Stops of the line after; of a line that ends, those of today."""
        main = self._main
        pattern = main.pattern if main else main_pattern(self._lines, self._change.line)
        return self._named(self._lines.patterns[pattern].stops)

    def _named(self, stops: np.ndarray | tuple[int, ...]) -> list[str]:
        return [self._scene.stops.names[s] for s in stops]

    @property
    def geometry(self) -> dict[str, Any]:
        """The way that is new, or given up; the whole line where neither says it; the zone of a service on demand."""
        if self._reshape.zones:
            return zone_geometry(self._scene, self._reshape.zones, self._params.access_resolution)
        return {"type": "LineString", "coordinates": self._section()}

    def _section(self) -> list[list[float]]:
        main = self._main
        assert main is not None
        stops, places = self._lines.patterns[main.pattern].stops, self._lines.places[main.pattern]
        if self._change.kind in _WHOLE_WAY:
            if self._change.kind is Kind.SPLIT:
                stops, places = self._lines.patterns[main.of].stops, self._lines.places[main.of]
            return self._drawer.between(stops, places)
        if self._change.kind is Kind.TRUNCATE:
            return self._given_up(main)
        new = [i for i, at in enumerate(main.at) if at < 0]
        first, last = (min(new) - 1, max(new) + 1) if new else self._skip(main)
        part = slice(max(first, 0), last + 1)
        return self._drawer.between(stops[part], places[part])

    def _given_up(self, main: Piece) -> list[list[float]]:
        """The tail of today's pattern that is dropped."""
        stops, places = self._lines.patterns[main.of].stops, self._lines.places[main.of]
        part = slice(main.at[-1], None) if main.at[0] == 0 else slice(0, main.at[0] + 1)
        return self._drawer.between(stops[part], places[part])

    @staticmethod
    def _skip(main: Piece) -> tuple[int, int]:
        """Stops around the section that is straightened."""
        i = int(np.argmax(np.diff(main.at)))
        return i, i + 1

    def as_json(self) -> dict[str, Any]:
        """Stops gained and lost, the place, lines and zone; the line's way after."""
        reshape, main = self._reshape, self._main
        after = [] if main is None else self._drawer.pattern_way(self._lines, main.pattern)
        zones = cells_of(self._scene.zones, reshape.zones, self._params.access_resolution)
        return {
            "at_stop": self._scene.stops.names[reshape.at_stop],
            "at_stop_id": self._scene.stops.ids[reshape.at_stop],
            "stops_added": self._named(reshape.added),
            "stops_dropped": self._named(reshape.dropped),
            "new_route_ids": [self._lines.lines[i].line_id for i in reshape.brings],
            "joined_route_ids": [self._lines.lines[i].line_id for i in reshape.also],
            "zone_h3": zones,
            "coordinates_after": after,
        }

    @cached_property
    def names(self) -> WayNames:
        """What titles are made of."""
        reshape, lines = self._reshape, self._lines
        ends = reshape.added if self._change.kind is Kind.EXTEND else reshape.dropped
        return WayNames(
            self._change.kind,
            lines.lines[self._change.line].name,
            ", ".join(lines.lines[i].name for i in reshape.also),
            self._scene.stops.names[reshape.at_stop],
            self._scene.stops.names[self._far_end(ends)] if ends else "",
            tuple(self._named(reshape.added)),
            tuple(self._named(reshape.dropped)),
        )

    def words(
        self, outcome: Outcome, saves_min: float, funds_min: float, hours: float, headways: Text
    ) -> WayChange:
        """What titles and reasons are made of."""
        reshape, lines = self._reshape, self._lines
        after = timetable(lines, [self._change])
        fleet = [lines.vehicles(after)[i].max() for i in reshape.brings if lines.lines[i].on_demand]
        return WayChange(
            **vars(self.names),
            dropped_users=self._users_dropped(outcome),
            saves_min=saves_min,
            funds_min=funds_min,
            vehicle_hours=hours,
            cells=len(reshape.zones),
            vehicles_on_demand=int(sum(fleet)),
            headways=headways,
        )

    def _far_end(self, stops: tuple[int, ...]) -> int:
        """The one of the stops that is farthest from where it happens."""
        known, at = self._scene.stops, self._reshape.at_stop
        scale = np.cos(np.radians(known.lat[at]))
        return max(
            stops,
            key=lambda s: float(
                np.hypot((known.lon[s] - known.lon[at]) * scale, known.lat[s] - known.lat[at])
            ),
        )

    def _users_dropped(self, outcome: Outcome) -> float:
        """Passengers a day of the line at the stops that it gives up, today."""
        use = uses(self._lines, self._lines.departures, outcome.before)
        gone = set(self._reshape.dropped)
        own = [p for i in self._change.touches for p in self._lines.running(i)]
        return float(sum(use[p].users[np.isin(self._lines.patterns[p].stops, list(gone))].sum() for p in own))
