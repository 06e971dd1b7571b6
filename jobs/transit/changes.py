"""Changes of a network as typed records, and the timetable that a set of them makes."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from jobs.transit.lines import LineSet


class Kind(StrEnum):
    """What is done to a line."""

    NEW_LINE = "new_line"
    HEADWAY = "headway"
    REMOVE_DUPLICATE = "remove_duplicate"
    EXTEND = "extend"
    TRUNCATE = "truncate"
    REROUTE = "reroute"
    SPLIT = "split"
    MERGE = "merge"
    DROP_STOPS = "drop_stops"
    ADD_STOPS = "add_stops"
    DRT_ZONE = "drt_zone"


Mark = tuple[int, Kind, tuple[int, ...]]
"""Line, kind, and patterns that run: the same for like changes that differ in headways."""


@dataclass(frozen=True)
class Piece:
    """A pattern that runs because of a change."""

    pattern: int
    departures: tuple[float, ...]
    """By slot."""
    of: int = -1
    """Today's pattern that it is made from, -1 if none."""
    at: tuple[int, ...] = ()
    """Position of each stop on that pattern, -1 where it does not stop there today."""


@dataclass(frozen=True)
class Reshape:
    """Patterns of today that end, and those that run in their place."""

    ends: tuple[int, ...]
    pieces: tuple[Piece, ...]
    also: tuple[int, ...] = ()
    """Other lines of today that are part of it."""
    brings: tuple[int, ...] = ()
    """Lines that come with it: half of a split line, a service on demand."""
    added: tuple[int, ...] = ()
    """Stops that the line did not serve, in order."""
    dropped: tuple[int, ...] = ()
    """Stops that it serves no more."""
    at_stop: int = -1
    """The stop where it happens: the terminal of today, the stop of a split, the hub of a zone."""
    zones: tuple[int, ...] = ()
    """Zones that are served on demand."""
    keeps_times: bool = True
    """Whether each run of today goes on with its departure time; else headways are new."""


@dataclass(frozen=True)
class Change:
    """One change: new headways of a line by slot, its end, or another way.

    Where a duplicate ends, the headways are those of the line that stays.
    """

    line: int
    kind: Kind
    headway_min: tuple[tuple[int, float], ...] = ()
    """(slot, minutes) of the slots that change."""
    keeps: int = -1
    """The line that serves on where a duplicate is removed."""
    reshape: Reshape | None = None

    def applied(self, lines: LineSet, departures: np.ndarray, today: np.ndarray) -> np.ndarray:
        """Copy of (P, S) departures with this change made."""
        out = departures.copy()
        runs = self.runs
        if self.kind is Kind.REMOVE_DUPLICATE:
            out[list(lines.lines[self.line].patterns)] = 0.0
        for slot, headway in self.headway_min:
            out[list(lines.lines[runs].patterns), slot] = lines.at_headway(runs, slot, headway, today)
        if self.reshape:
            out[list(self.reshape.ends)] = 0.0
            for piece in self.reshape.pieces:
                out[piece.pattern] = piece.departures
        return out

    @property
    def mark(self) -> Mark:
        """What it is, whatever the headways."""
        pieces = self.reshape.pieces if self.reshape else ()
        return self.line, self.kind, tuple(piece.pattern for piece in pieces)

    @property
    def also(self) -> tuple[int, ...]:
        """Lines of today that it touches besides its own: no other change may touch them."""
        if self.reshape:
            return self.reshape.also
        return (self.keeps,) if self.keeps >= 0 else ()

    @property
    def touches(self) -> tuple[int, ...]:
        """All lines of today that it touches."""
        return (self.line, *self.also)

    @property
    def all_lines(self) -> tuple[int, ...]:
        """Lines that run otherwise because of it, those it brings among them."""
        return (*self.touches, *(self.reshape.brings if self.reshape else ()))

    @property
    def runs(self) -> int:
        """The line whose headways are given."""
        return self.keeps if self.kind is Kind.REMOVE_DUPLICATE else self.line

    def headways_of(self, line: int) -> tuple[tuple[int, float], ...]:
        """New headways of a line, if the change gives it any."""
        return self.headway_min if line == self.runs else ()


Plan = Mapping[int, Change]
"""Changes by line: at most one each."""


def timetable(lines: LineSet, changes: Iterable[Change]) -> np.ndarray:
    """(P, S) departures when the changes are made."""
    today = lines.departures
    out = today
    for change in changes:
        out = change.applied(lines, out, today)
    return out


def hours_of(lines: LineSet, plan: Plan) -> float:
    """Vehicle-hours a day of all lines when a plan is made."""
    return float(lines.vehicle_hours(timetable(lines, plan.values())).sum())


def without(plan: Plan, line: int) -> dict[int, Change]:
    """The plan without the change of one line."""
    return {key: change for key, change in plan.items() if key != line}


def clear_of(plan: Plan, change: Change) -> dict[int, Change]:
    """The plan without the changes that touch a line which this one touches."""
    own = set(change.touches)
    return {key: other for key, other in plan.items() if not own & set(other.touches)}


@dataclass(frozen=True)
class Option:
    """Something that the selection may choose for a line: one slot's headway, or a change of the whole."""

    line: int
    kind: Kind
    slot: int
    """-1: all slots."""
    headway_min: float
    saves_min: float
    """Perceived minutes a day, negative if it costs passengers time."""
    vehicle_hours: float
    vehicles: tuple[int, ...]
    """More vehicles by slot."""
    whole: Change | None = None
    """The change itself where it is not a headway."""
    loser_trips: float = 0.0
    """Trips a day that it makes worse by more than 5 %."""
    terms: tuple[tuple[int, float], ...] = ()
    """(trial, weight): `saves_min` as a weighted sum of what trials saved."""
    coverage_loss: float = 0.0
    """Share of residents that lose their stop; less than 0 if some gain one."""

    @property
    def mark(self) -> Mark:
        """What it is part of, whatever the headways."""
        return self.whole.mark if self.whole else (self.line, self.kind, ())

    @property
    def also(self) -> tuple[int, ...]:
        """Lines that it touches besides its own."""
        return self.whole.also if self.whole else ()


def headway_option(
    lines: LineSet, kind: Kind, line: int, slot: int, headway_min: float, saves_min: float
) -> Option:
    """Price one headway in one slot against today."""
    today = lines.departures
    change = Change(line, kind, ((slot, headway_min),))
    return _priced(lines, change, today, slot, headway_min, saves_min)


def whole_option(lines: LineSet, change: Change, saves_min: float) -> Option:
    """Price a change of a whole line: its end, with what the line that stays takes over, or another way."""
    return _priced(lines, change, lines.departures, -1, 0.0, saves_min)


def _priced(
    lines: LineSet, change: Change, today: np.ndarray, slot: int, headway_min: float, saves_min: float
) -> Option:
    after = change.applied(lines, today, today)
    hours = float((lines.vehicle_hours(after) - lines.vehicle_hours(today)).sum())
    more = (lines.vehicles(after) - lines.vehicles(today)).sum(axis=0)
    return Option(
        change.line,
        change.kind,
        slot,
        headway_min,
        saves_min,
        hours,
        tuple(int(n) for n in more),
        change if slot < 0 else None,
    )


def plan_of(options: Iterable[Option]) -> dict[int, Change]:
    """Join the chosen options of each line to one change."""
    by_line: dict[int, list[Option]] = {}
    for option in options:
        by_line.setdefault(option.line, []).append(option)
    plan = {}
    for line, chosen in sorted(by_line.items()):
        headways = tuple(sorted((o.slot, o.headway_min) for o in chosen if o.slot >= 0))
        plan[line] = chosen[0].whole or Change(line, chosen[0].kind, headways)
    return plan
