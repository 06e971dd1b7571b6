"""What is wrong with today's network, line by line, before any change is tried.

Savings alone do not tell that a line is starved: its passengers have gone to the lines beside it, and an
hour more on a thin line elsewhere may save more. So each line is also held against the service that the
demand along it is due. All lines are assigned at one headway, which shows whom each would carry if it ran
like the others; departures are due in proportion to the fullest link (peak-load method: Ceder 1984,
Transportation Research Part A 18, 439-453), within the vehicle-hours of today.
"""

from dataclasses import dataclass

import numpy as np

from jobs.transit.evaluation import Evaluator
from jobs.transit.lines import LineSet
from jobs.transit.params import Standards

_EQUAL_HEADWAY_MIN = 20.0


@dataclass(frozen=True)
class UnderServed:
    """A line that runs much less than the demand along it is due."""

    line: int
    due_hours: float
    """Vehicle-hours a day in proportion to its potential load."""
    hours: float
    due_headway_min: tuple[float, ...]
    """By slot, inf where it does not run."""

    @property
    def ratio(self) -> float:
        """Service due over service given."""
        return self.due_hours / self.hours


@dataclass(frozen=True)
class Dues:
    """Service of today's lines that run on the day against what the demand along them is due. n lines, S slots."""

    lines: tuple[int, ...]
    due: np.ndarray
    """(n, S) departures in the busier direction, in proportion to the fullest link within today's vehicle-hours."""
    given: np.ndarray
    """(n, S) the same of today."""
    hours_each: np.ndarray
    """(n, S) vehicle-hours of one departure, there and back."""

    @property
    def due_hours(self) -> np.ndarray:
        """(n,) vehicle-hours a day."""
        return np.asarray((self.due * self.hours_each).sum(axis=1))

    @property
    def given_hours(self) -> np.ndarray:
        """(n,) vehicle-hours a day."""
        return np.asarray((self.given * self.hours_each).sum(axis=1))


def dues(evaluator: Evaluator, lines: LineSet, departures: np.ndarray) -> Dues:
    """What each of today's lines is due when they have (P, S) `departures`; costs one assignment a slot."""
    today = [i for i, line in enumerate(lines.lines) if line.is_fixed]
    now = np.array([lines.busiest_departures(i, departures) for i in today])
    hours_each = np.array([lines.round_min[list(lines.running(i))].mean(axis=0) / 30.0 for i in today])
    equal = np.zeros_like(departures)
    for row, i in enumerate(today):
        own = list(lines.running(i))
        runs = now[row] > 0
        wanted = lines.slots.minutes / _EQUAL_HEADWAY_MIN
        equal[own] = np.where(runs, departures[own] / np.maximum(now[row], 1e-9) * wanted, 0.0)
    results = evaluator.day(lines, equal)
    peak = np.array([[r.peak_load[list(lines.running(i))].max() for r in results] for i in today])
    peak = np.where(now > 0, peak, 0.0)
    per_load = (now * hours_each).sum(axis=0) / np.maximum((peak * hours_each).sum(axis=0), 1e-9)
    return Dues(tuple(today), peak * per_load, now, hours_each)


def under_served(evaluator: Evaluator, lines: LineSet, standards: Standards) -> UnderServed | None:
    """The line that lacks most vehicle-hours, if it gets less than its share by `standards.under_served_ratio`.

    Costs one assignment a slot.
    """
    found = dues(evaluator, lines, lines.departures)
    due_hours, given = found.due_hours, found.given_hours
    is_short = due_hours >= standards.under_served_ratio * given
    if not is_short.any():
        return None
    row = int(np.argmax(np.where(is_short, due_hours - given, -np.inf)))
    with np.errstate(divide="ignore"):
        headway = np.where(found.given[row] > 0, lines.slots.minutes / found.due[row], np.inf)
    return UnderServed(
        found.lines[row], float(due_hours[row]), float(given[row]), tuple(float(h) for h in headway)
    )
