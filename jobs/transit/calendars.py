"""On which days each service of a feed runs, and which day to plan for."""

from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np

from jobs.errors import InputError
from jobs.transit.csvtext import TextTable, read_table
from jobs.transit.params import DayType

_WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_LONGEST_DAYS = 3660
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


def read_service_days(files: dict[str, bytes], where: str) -> ServiceDays:
    """Join calendar.txt and calendar_dates.txt; either may be absent or empty.

    Raises
    ------
    InputError
        No service at all, or a date that is none.
    """
    calendar, exceptions = read_table(files, "calendar.txt"), read_table(files, "calendar_dates.txt")
    spans, extra = _spans(calendar), _exceptions(exceptions)
    dates = [d for span in spans for d in span[1:3]] + [e[1] for e in extra]
    if not dates:
        raise InputError(
            "has no service days: calendar.txt and calendar_dates.txt are missing or empty",
            where,
            "give the feed's calendar",
        )
    origin, last = min(dates), max(dates)
    if (last - origin).days > _LONGEST_DAYS:
        raise InputError(
            f"the calendar spans {origin} to {last}, over ten years", where, "check start_date and end_date"
        )
    ids = list(dict.fromkeys([s[0] for s in spans] + [e[0] for e in extra]))
    runs = np.zeros((len(ids), (last - origin).days + 1), bool)
    at = {service: i for i, service in enumerate(ids)}
    for service, start, end, weekdays in spans:
        days = np.arange((start - origin).days, (end - origin).days + 1)
        runs[at[service], days] = weekdays[(days + origin.weekday()) % 7]
    for service, when, is_added in extra:
        runs[at[service], (when - origin).days] = is_added
    return ServiceDays(ids, origin, runs)


def _spans(table: TextTable) -> list[tuple[str, date, date, np.ndarray]]:
    if not table.row_count:
        return []
    services = table.required("service_id").to_pylist()
    weekdays = np.array([[cell == "1" for cell in table.required(day).to_pylist()] for day in _WEEKDAYS])
    starts, ends = _dates(table, "start_date"), _dates(table, "end_date")
    return [
        (s, a, b, weekdays[:, i])
        for i, (s, a, b) in enumerate(zip(services, starts, ends, strict=True))
        if a <= b
    ]


def _exceptions(table: TextTable) -> list[tuple[str, date, bool]]:
    if not table.row_count:
        return []
    services = table.required("service_id").to_pylist()
    kinds = table.required("exception_type").to_pylist()
    return [(s, d, kind == "1") for s, d, kind in zip(services, _dates(table, "date"), kinds, strict=True)]


def _dates(table: TextTable, column: str) -> list[date]:
    out = []
    for row, cell in enumerate(table.required(column).to_pylist()):
        try:
            out.append(date(int(cell[:4]), int(cell[4:6]), int(cell[6:8])))
        except ValueError:
            raise InputError(
                f"{column} {cell!r} is not a date YYYYMMDD", f"{table.name} row {row + 2}", "correct the date"
            ) from None
    return out


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
        raise InputError(f"no service runs on a {day_type}", "calendar.txt", "choose another day_type")
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
