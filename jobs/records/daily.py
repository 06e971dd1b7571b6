"""What each local day of records holds, and whether it is like the days before it."""

import base64
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from statistics import median
from typing import Any

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from jobs.calendars.localtime import Zone
from jobs.engine.columns import epoch_seconds
from kernels.daily import daily_counts

_DAY_S = 86_400
_FEWEST_DAYS = 3
"""Days before a day that it takes to say what is usual."""

_EPOCH = date(1970, 1, 1)


def day_name(day: int) -> str:
    """ISO date of a day since 1970."""
    return (_EPOCH + timedelta(days=int(day))).isoformat()


def rows_by_day(local: NDArray[np.int64]) -> Counter[str]:
    """Rows by ISO date; `local` are clock readings in seconds since 1970."""
    if local.size == 0:
        return Counter()
    day = local // _DAY_S
    first = int(day.min())
    return rows_by_name(first, np.bincount(day - first))


def rows_by_name(first: int, rows: NDArray[np.int64]) -> Counter[str]:
    """Rows by ISO date; `rows` of each day from the `first` since 1970."""
    return Counter({day_name(first + int(d)): int(rows[d]) for d in np.flatnonzero(rows)})


def on_days(day: NDArray[np.integer[Any]], names: list[str]) -> NDArray[np.bool_]:
    """Tell rows on some days, given by their ISO dates, from others; `day` since 1970."""
    return np.isin(day, [(date.fromisoformat(name) - _EPOCH).days for name in names])


@dataclass
class DayCount:
    """What a day holds, of some users or of all.

    Attributes
    ----------
    events, users : how many; hours : int64[24], events by local hour; seen : bool[cells].
    """

    events: int
    users: int
    hours: NDArray[np.int64]
    seen: NDArray[np.bool_]

    def as_json(self) -> dict[str, Any]:
        packed = base64.b64encode(np.packbits(self.seen).tobytes()).decode()
        return {"events": self.events, "users": self.users, "hours": self.hours.tolist(), "seen": packed}

    @classmethod
    def from_json(cls, told: Mapping[str, Any], cells: int) -> "DayCount":
        bits = np.unpackbits(np.frombuffer(base64.b64decode(told["seen"]), np.uint8))[:cells]
        return cls(told["events"], told["users"], np.array(told["hours"], np.int64), bits.astype(np.bool_))


def counts_by_day(events: pa.Table, zone: Zone, cells: int) -> dict[str, dict[str, Any]]:
    """`DayCount` of each local day of events that are sorted by user and time, as JSON by ISO date."""
    if events.num_rows == 0:
        return {}
    local = zone.to_local(epoch_seconds(events["time"]))
    first, last = int(local.min()) // _DAY_S, int(local.max()) // _DAY_S
    user, cell = events["user"].to_numpy(), events["cell"].to_numpy()
    counted, users, hours, seen = daily_counts(user, local, cell, first, last - first + 1, cells)
    return {
        day_name(first + int(d)): DayCount(int(counted[d]), int(users[d]), hours[d], seen[d]).as_json()
        for d in np.flatnonzero(counted)
    }


def summed_up(parts: Iterable[Mapping[str, Any]], cells: int) -> dict[str, DayCount]:
    """Days of all parts of the users together, by ISO date, in order."""
    days: dict[str, DayCount] = {}
    for part in parts:
        for name, told in part.items():
            count = DayCount.from_json(told, cells)
            if name in days:
                days[name].events += count.events
                days[name].users += count.users
                days[name].hours += count.hours
                days[name].seen |= count.seen
            else:
                days[name] = count
    return dict(sorted(days.items()))


@dataclass
class DayFigures:
    """Quality of one day. Shares compare it with the days before it; None where these are too few."""

    day: str
    events: int
    users: int
    rejected: dict[str, int] = field(default_factory=dict)
    missing_hours: list[int] = field(default_factory=list)
    silent_cells: int = 0
    silent_share: float | None = None
    events_change: float | None = None
    users_change: float | None = None

    def as_json(self) -> dict[str, Any]:
        return vars(self)

    def breaks(self, max_change: float, max_silent: float) -> list[str]:
        """Say in what the day is unlike those before it."""
        told = []
        for noun, change in (("events", self.events_change), ("users", self.users_change)):
            if change is not None and abs(change) > max_change:
                told.append(f"{self.day}: {noun} {change:+.0%} against the days before")
        if self.silent_share is not None and self.silent_share > max_silent:
            told.append(
                f"{self.day}: {self.silent_cells} cells silent ({self.silent_share:.0%} of those in use)"
            )
        if self.events_change is not None and self.missing_hours:
            hours = ", ".join(f"{hour:02d}" for hour in self.missing_hours)
            told.append(f"{self.day}: no event in the hours {hours}")
        return told


def figures_by_day(
    days: Mapping[str, DayCount], rejected: Mapping[str, Counter[str]], lookback_days: int
) -> list[DayFigures]:
    """Compare each day with the `lookback_days` before it.

    Parameters
    ----------
    rejected : rejected rows by reason, by ISO date; rows whose time cannot be read belong to no day.
    """
    names = sorted({*days, *(name for name in rejected if name)})
    found = []
    for name in names:
        day = days.get(name)
        reasons = dict(sorted(rejected.get(name, Counter()).items()))
        if day is None:
            found.append(DayFigures(name, 0, 0, reasons))
            continue
        start = (date.fromisoformat(name) - timedelta(days=lookback_days)).isoformat()
        before = [count for other, count in days.items() if start <= other < name]
        found.append(_compared(name, day, before, reasons))
    return found


def _compared(name: str, day: DayCount, before: list[DayCount], reasons: dict[str, int]) -> DayFigures:
    figures = DayFigures(name, day.events, day.users, reasons)
    if len(before) < _FEWEST_DAYS:
        return figures
    figures.events_change = _change(day.events, [count.events for count in before])
    figures.users_change = _change(day.users, [count.users for count in before])
    usual_hour = np.median([count.hours for count in before], axis=0) > 0
    figures.missing_hours = np.flatnonzero(usual_hour & (day.hours == 0)).tolist()
    in_use = np.mean([count.seen for count in before], axis=0) > 0.5
    figures.silent_cells = int((in_use & ~day.seen).sum())
    figures.silent_share = figures.silent_cells / max(int(in_use.sum()), 1)
    return figures


def _change(value: int, before: list[int]) -> float:
    usual = median(before)
    return float(value / usual - 1) if usual else 0.0
