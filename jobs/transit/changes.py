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


@dataclass(frozen=True)
class Change:
    """One change: new headways of a line by slot, or its end.

    Where a duplicate ends, the headways are those of the line that stays.
    """

    line: int
    kind: Kind
    headway_min: tuple[tuple[int, float], ...] = ()
    """(slot, minutes) of the slots that change."""
    keeps: int = -1
    """The line that serves on where a duplicate is removed."""

    def applied(self, lines: LineSet, departures: np.ndarray, today: np.ndarray) -> np.ndarray:
        """Copy of (P, S) departures with this change made."""
        out = departures.copy()
        runs = self.runs
        if self.kind is Kind.REMOVE_DUPLICATE:
            out[list(lines.lines[self.line].patterns)] = 0.0
        for slot, headway in self.headway_min:
            out[list(lines.lines[runs].patterns), slot] = lines.at_headway(runs, slot, headway, today)
        return out

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


def without(plan: Plan, line: int) -> dict[int, Change]:
    """The plan without the change of one line."""
    return {key: change for key, change in plan.items() if key != line}


@dataclass(frozen=True)
class Option:
    """Something that the selection may choose for a line: one slot's headway, or its removal."""

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
    removal: Change | None = None
    loser_trips: float = 0.0
    """Trips a day that it makes worse by more than 5 %."""
    terms: tuple[tuple[int, float], ...] = ()
    """(trial, weight): `saves_min` as a weighted sum of what trials saved."""


def headway_option(
    lines: LineSet, kind: Kind, line: int, slot: int, headway_min: float, saves_min: float
) -> Option:
    """Price one headway in one slot against today."""
    today = lines.departures
    change = Change(line, kind, ((slot, headway_min),))
    return _priced(lines, change, today, slot, headway_min, saves_min)


def removal_option(lines: LineSet, change: Change, saves_min: float) -> Option:
    """Price the end of a line, with what the line that stays takes over."""
    return _priced(lines, change, lines.departures, -1, 0.0, saves_min)


def _priced(
    lines: LineSet, change: Change, today: np.ndarray, slot: int, headway_min: float, saves_min: float
) -> Option:
    after = change.applied(lines, today, today)
    own = [p for line in {change.line, change.runs} for p in lines.lines[line].patterns]
    hours = float((lines.vehicle_hours(after)[own] - lines.vehicle_hours(today)[own]).sum())
    touched = sorted({change.line, change.runs})
    more = (lines.vehicles(after)[touched] - lines.vehicles(today)[touched]).sum(axis=0)
    return Option(
        change.line,
        change.kind,
        slot,
        headway_min,
        saves_min,
        hours,
        tuple(int(n) for n in more),
        change if change.kind is Kind.REMOVE_DUPLICATE else None,
    )


def plan_of(options: Iterable[Option]) -> dict[int, Change]:
    """Join the chosen options of each line to one change."""
    by_line: dict[int, list[Option]] = {}
    for option in options:
        by_line.setdefault(option.line, []).append(option)
    plan = {}
    for line, chosen in sorted(by_line.items()):
        headways = tuple(sorted((o.slot, o.headway_min) for o in chosen if o.slot >= 0))
        plan[line] = chosen[0].removal or Change(line, chosen[0].kind, headways)
    return plan
