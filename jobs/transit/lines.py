"""Lines, their departures by slot, and what it takes to run them."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np

from jobs.transit.params import Fleet
from jobs.transit.patterns import Pattern, Slots


@dataclass(frozen=True)
class Line:
    """A route with its patterns (indices into the line set)."""

    line_id: str
    name: str
    patterns: tuple[int, ...]
    is_new: bool = False
    part_of: int = -1
    """The line whose change brings it (half of a split line, a service on demand), -1 for any other."""
    on_demand: bool = False

    @property
    def is_fixed(self) -> bool:
        """Whether it is a line of today with a timetable."""
        return not (self.is_new or self.on_demand)


@dataclass(frozen=True)
class LineSet:
    """All lines that may run: the feed's, and candidates for new ones. P patterns, S slots."""

    lines: tuple[Line, ...]
    patterns: tuple[Pattern, ...]
    places: tuple[np.ndarray, ...]
    """Cluster of each stop of each pattern."""
    slots: Slots
    fleet: Fleet

    @property
    def departures(self) -> np.ndarray:
        """(P, S) departures of today, a fresh array; new lines have none."""
        return self._today.copy()

    @cached_property
    def _today(self) -> np.ndarray:
        return np.array([p.departures for p in self.patterns]).reshape(len(self.patterns), -1)

    @cached_property
    def round_min(self) -> np.ndarray:
        """(P, S), read-only: minutes that one departure occupies a vehicle: ride and its half of the layover."""
        run = np.array([p.run_min for p in self.patterns]).reshape(len(self.patterns), -1)
        round_min = run + np.maximum(self.fleet.layover_share * run, self.fleet.layover_min / 2.0)
        for p, pattern in enumerate(self.patterns):
            if pattern.occupies_min is not None:
                round_min[p] = pattern.occupies_min
        round_min.flags.writeable = False
        return np.asarray(round_min)

    @cached_property
    def _owner(self) -> np.ndarray:
        """(P,) line of each pattern, -1 where it belongs to none."""
        out = np.full(len(self.patterns), -1)
        for number, line in enumerate(self.lines):
            out[list(line.patterns)] = number
        return out

    @property
    def fixed(self) -> "LineSet":
        """Without today's services on demand, which come last."""
        kept = tuple(line for line in self.lines if not line.on_demand)
        n = 1 + max((p for line in kept for p in line.patterns), default=-1)
        return replace(self, lines=kept, patterns=self.patterns[:n], places=self.places[:n])

    def running(self, line: int) -> tuple[int, ...]:
        """Patterns of a line that run today; a line that comes has none."""
        return tuple(p for p in self.lines[line].patterns if self.patterns[p].departures.any())

    def with_lines(
        self, lines: Sequence[Line], patterns: Sequence[Pattern], places: Sequence[np.ndarray]
    ) -> "LineSet":
        """Append lines whose patterns follow the present ones."""
        return LineSet(
            (*self.lines, *lines),
            (*self.patterns, *patterns),
            (*self.places, *places),
            self.slots,
            self.fleet,
        )

    def with_patterns(
        self, patterns: Sequence[Pattern], places: Sequence[np.ndarray], owner: Sequence[int]
    ) -> "LineSet":
        """Append patterns to the lines that own them."""
        numbers: dict[int, list[int]] = {}
        for i, line in enumerate(owner):
            numbers.setdefault(line, []).append(len(self.patterns) + i)
        lines = [replace(a, patterns=(*a.patterns, *numbers.get(i, []))) for i, a in enumerate(self.lines)]
        return replace(
            self, lines=tuple(lines), patterns=(*self.patterns, *patterns), places=(*self.places, *places)
        )

    def vehicle_hours(self, departures: np.ndarray) -> np.ndarray:
        """(P, S) vehicle-hours in the slots, layover included."""
        return np.asarray(departures * self.round_min / 60.0)

    def vehicle_km(self, departures: np.ndarray) -> np.ndarray:
        """(P, S) vehicle-kilometres, straight from stop to stop."""
        return np.asarray(departures * np.array([p.length_km for p in self.patterns])[:, None])

    def vehicles(self, departures: np.ndarray) -> np.ndarray:
        """(lines, S) vehicles in service, N = ceil(cycle / headway)."""
        occupied = departures * self.round_min / self.slots.minutes
        exact = np.zeros((len(self.lines) + 1, occupied.shape[1]))
        np.add.at(exact, self._owner, occupied)
        return np.asarray(np.ceil(exact[:-1] - 1e-9).astype(np.int64))

    def peak_vehicles(self, departures: np.ndarray) -> int:
        """Vehicles on the road in the slot that needs most."""
        return int(self.vehicles(departures).sum(axis=0).max(initial=0))

    def busiest_departures(self, line: int, departures: np.ndarray) -> np.ndarray:
        """(S,) departures of the line in its busier direction."""
        patterns = list(self.lines[line].patterns)
        by_direction = np.zeros((2, departures.shape[1]))
        for p in patterns:
            by_direction[self.patterns[p].direction] += departures[p]
        return np.asarray(by_direction.max(axis=0))

    def main_patterns(self, line: int) -> list[int]:
        """Of each direction of a line the pattern that runs most today, the first of like ones."""
        best: dict[int, int] = {}
        for p in self.lines[line].patterns:
            direction, runs = self.patterns[p].direction, float(self._today[p].sum())
            if direction not in best or runs > float(self._today[best[direction]].sum()):
                best[direction] = p
        return sorted(best.values())

    def headways(self, line: int, departures: np.ndarray) -> np.ndarray:
        """(S,) minutes between departures in the busier direction, inf without service."""
        busiest = self.busiest_departures(line, departures)
        with np.errstate(divide="ignore"):
            return np.asarray(np.where(busiest > 0, self.slots.minutes / busiest, np.inf))

    def at_headway(self, line: int, slot: int, headway_min: float, departures: np.ndarray) -> np.ndarray:
        """(patterns of the line,) departures in one slot when the busier direction runs every `headway_min`.

        Variants keep their share and at least one departure.
        """
        target = float(np.ceil(self.slots.minutes[slot] / headway_min - 1e-9))
        patterns = list(self.lines[line].patterns)
        if self.lines[line].is_new:
            return np.full(len(patterns), target)
        now = departures[patterns, slot]
        busiest = self.busiest_departures(line, departures)[slot]
        if busiest == 0:
            return np.zeros(len(patterns))
        return np.where(now > 0, np.maximum(1.0, np.round(now * target / busiest)), 0.0)


def line_set(
    patterns: Sequence[Pattern],
    route_ids: Sequence[str],
    route_names: Sequence[str],
    cluster_of_stop: np.ndarray,
    slots: Slots,
    fleet: Fleet,
) -> LineSet:
    """Today's lines: one for each route that runs."""
    lines = []
    for route in sorted({p.route for p in patterns}):
        own = tuple(i for i, p in enumerate(patterns) if p.route == route)
        lines.append(Line(route_ids[route], route_names[route], own))
    places = tuple(cluster_of_stop[p.stops] for p in patterns)
    return LineSet(tuple(lines), tuple(patterns), places, slots, fleet)
