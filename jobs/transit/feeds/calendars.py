"""On which days each service of a feed runs, and which day to plan for."""

from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np

from jobs.errors import InputError
from jobs.transit.feeds.columns import NO_DATE, Columns
from jobs.transit.feeds.csvtext import read_table
from jobs.transit.findings import Findings
from jobs.transit.params import DAY_TYPES, DayType

_WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_LONGEST_DAYS = 73_200
"""Two centuries: feeds end in 2099, a slip of the pen in 9999."""
_SIMILAR_SERVICE = 0.1


@dataclass(frozen=True)
class ServiceDays:
    """Services by day."""

    ids: list[str]
    origin: date
    runs: np.ndarray
    """Bool (services, days from origin)."""

    def date_of(self, day: int) -> date:
        """Date of a column."""
        return self.origin + timedelta(days=day)

    def day_of(self, when: date) -> int:
        """Column of a date, -1 outside the calendar."""
        day = (when - self.origin).days
        return day if 0 <= day < self.runs.shape[1] else -1

    def is_of_type(self, day_type: DayType) -> np.ndarray:
        """Bool per day: weekday, saturday or sunday."""
        weekday = (np.arange(self.runs.shape[1]) + self.origin.weekday()) % 7
        return np.asarray(
            {"weekday": weekday < 5, "saturday": weekday == 5, "sunday": weekday == 6}[day_type]
        )


def read_service_days(files: dict[str, bytes], where: str, findings: Findings) -> ServiceDays:
    """Join calendar.txt and calendar_dates.txt; either may be absent or empty. Faults are noted."""
    spans = _spans(Columns(read_table(files, "calendar.txt"), findings))
    extra = _exceptions(Columns(read_table(files, "calendar_dates.txt"), findings))
    dates = [d for span in spans for d in span[1:3]] + [e[1] for e in extra]
    origin, last = min(dates, default=NO_DATE), max(dates, default=NO_DATE)
    if not dates and not findings.errors:
        findings.add(
            where,
            "no_service",
            "has no service days: calendar.txt and calendar_dates.txt are missing or empty",
            "give the feed's calendar",
        )
    if (last - origin).days > _LONGEST_DAYS:
        findings.add(
            where,
            "calendar_too_long",
            f"the calendar spans {origin} to {last}, over two centuries",
            "check start_date and end_date",
        )
        last = origin
    ids = list(dict.fromkeys([s[0] for s in spans] + [e[0] for e in extra]))
    runs = np.zeros((len(ids), (last - origin).days + 1), bool)
    at = {service: i for i, service in enumerate(ids)}
    for service, start, end, weekdays in spans:
        days = np.arange((start - origin).days, min((end - origin).days + 1, runs.shape[1]))
        runs[at[service], days] |= weekdays[(days + origin.weekday()) % 7]
    for service, when, is_added in extra:
        if (when - origin).days < runs.shape[1]:
            runs[at[service], (when - origin).days] = is_added
    return ServiceDays(ids, origin, runs)


def _spans(columns: Columns) -> list[tuple[str, date, date, np.ndarray]]:
    if not columns.table.row_count or not columns.has_all("service_id", *_WEEKDAYS, "start_date", "end_date"):
        return []
    services = columns.text("service_id")
    seen: dict[str, int] = {}
    again = np.array([seen.setdefault(s, i) != i for i, s in enumerate(services)], bool)
    columns.findings.rows(
        columns.name,
        "duplicate_service",
        again,
        lambda i: f"service_id {services[i]!r} is given twice; it runs on the days of both rows",
        "give each service one row",
        is_error=False,
    )
    weekdays = np.array([[cell == "1" for cell in columns.text(day)] for day in _WEEKDAYS])
    starts, ends = columns.dates("start_date"), columns.dates("end_date")
    columns.findings.rows(
        columns.name,
        "service_ends_early",
        np.array([b < a and b != NO_DATE for a, b in zip(starts, ends, strict=True)], bool),
        lambda i: f"end_date {ends[i]} is before start_date {starts[i]}: the service never runs",
        "correct the dates",
        is_error=False,
    )
    return [
        (s, a, b, weekdays[:, i])
        for i, (s, a, b) in enumerate(zip(services, starts, ends, strict=True))
        if NO_DATE not in (a, b) and a <= b
    ]


def _exceptions(columns: Columns) -> list[tuple[str, date, bool]]:
    if not columns.table.row_count or not columns.has_all("service_id", "date", "exception_type"):
        return []
    services, kinds = columns.text("service_id"), columns.text("exception_type")
    columns.findings.rows(
        columns.name,
        "exception_type",
        np.array([kind not in ("1", "2") for kind in kinds], bool),
        lambda i: f"exception_type {kinds[i]!r} is neither 1 (added) nor 2 (removed)",
    )
    return [
        (s, d, kind == "1")
        for s, d, kind in zip(services, columns.dates("date"), kinds, strict=True)
        if d != NO_DATE
    ]


def departures_by_day(days: ServiceDays, departures_by_service: np.ndarray) -> np.ndarray:
    """Vehicle runs on each day."""
    return np.asarray(departures_by_service @ days.runs)


def choose_planning_day(
    days: ServiceDays, departures_by_service: np.ndarray, day_type: DayType, wanted: date | None
) -> int:
    """Column of the day to plan for: the one asked for, or the earliest of the busiest days of that type.

    Raises
    ------
    InputError
        No service runs on that day or day type.
    """
    departures = departures_by_day(days, departures_by_service)
    last = days.date_of(days.runs.shape[1] - 1)
    if wanted is not None:
        day = days.day_of(wanted)
        if day < 0 or departures[day] == 0:
            raise InputError(
                f"no service runs on planning_date {wanted}; the calendar spans {days.origin} to {last}",
                "calendar.txt",
                "choose a date inside, or leave planning_date out",
            )
        return day
    candidates = np.where(days.is_of_type(day_type), departures, 0)
    if not candidates.any():
        served = [other for other in DAY_TYPES if (departures * days.is_of_type(other)).any()]
        raise InputError(
            f"no service runs on a {day_type} between {days.origin} and {last}",
            "calendar.txt",
            f"choose another day_type: {', '.join(served)}" if served else "give a feed whose services run",
        )
    return int(np.argmax(candidates))


def days_like(
    days: ServiceDays, departures_by_service: np.ndarray, day_type: DayType, day: int
) -> np.ndarray:
    """Bool per day: days of the type whose service is like the planning day's.

    A public holiday with Sunday service falls out, and so does the tail of a feed.
    """
    departures = departures_by_day(days, departures_by_service)
    is_near = np.abs(departures - departures[day]) <= _SIMILAR_SERVICE * departures[day]
    like = days.is_of_type(day_type) & is_near
    like[day] = True
    return np.asarray(like)
