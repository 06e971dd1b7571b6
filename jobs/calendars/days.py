"""Days and parts of days in local time."""

from datetime import date, timedelta

import numpy as np
from numpy.typing import NDArray
from pydantic import Field, field_validator, model_validator

from jobs.calendars.localtime import Zone, zone_named
from jobs.calendars.rest_days import (
    EPOCH,
    known_country,
    known_region,
    moved_working_days,
    public_holidays,
    weekly_rest,
)
from jobs.params import Params
from jobs.records.sources import TimeZoneName
from kernels.text.clock import classes_of_times

DAY_S = 86_400
HOUR_S = 3_600
DAY_TYPES = ("weekday", "saturday", "sunday")
_THURSDAY = 3  # weekday of 1970-01-01, Monday being 0

DEFAULT_SLOTS: dict[str, tuple[float, float]] = {
    "early": (0, 6),
    "am_peak": (6, 10),
    "midday": (10, 16),
    "pm_peak": (16, 20),
    "evening": (20, 24),
}


class CalendarParams(Params):
    """The country's clock and days."""

    zone: TimeZoneName = Field("UTC", description="IANA zone in which days and slots are counted")
    slots: dict[str, tuple[float, float]] = Field(
        DEFAULT_SLOTS, description="parts of the day: name to [from hour, to hour), local; they cover 0 to 24"
    )
    country: str | None = Field(
        None,
        description="ISO 3166-1 code, such as SN: its public holidays count as sundays, and its weekly days of rest "
        "as saturday and sunday; without it Saturday and Sunday are free, and no day is a holiday",
    )
    region: str | None = Field(
        None, description="part of the country with holidays of its own, such as CT for Catalonia"
    )
    rest_days: tuple[date, ...] = Field(
        (), description="further holidays, counted as sundays, whatever the country's calendar says"
    )
    working_days: tuple[date, ...] = Field(
        (), description="days that were worked, counted as weekdays, whatever the country's calendar says"
    )

    @field_validator("country")
    @classmethod
    def _is_known(cls, code: str | None) -> str | None:
        return None if code is None else known_country(code)

    @model_validator(mode="after")
    def _days_are_of_one_kind(self) -> "CalendarParams":
        both = sorted(set(self.rest_days) & set(self.working_days))
        if both:
            raise ValueError(f"{both[0]} is both in rest_days and in working_days")
        if self.region is not None:
            if self.country is None:
                raise ValueError(f"region {self.region!r} needs country")
            known_region(self.country, self.region)
        return self

    @model_validator(mode="after")
    def _slots_cover_the_day(self) -> "CalendarParams":
        edge = 0.0
        for name, (start, end) in sorted(self.slots.items(), key=lambda slot: slot[1]):
            if start != edge or end <= start:
                raise ValueError(
                    f"slot {name!r} is [{start}, {end}), but the hours before it end at {edge}: "
                    "slots have to cover 0 to 24 without gap or overlap"
                )
            edge = end
        if edge != 24:
            raise ValueError(f"slots end at hour {edge}, not 24")
        return self

    @property
    def clock(self) -> Zone:
        """The zone's transitions."""
        return zone_named(self.zone)

    @property
    def slot_names(self) -> list[str]:
        """Names in the order of the day."""
        return sorted(self.slots, key=lambda name: self.slots[name])

    def slot_of(self, local_s: NDArray[np.int64]) -> NDArray[np.int64]:
        """Index into `slot_names` of local clock readings (seconds since 1970)."""
        starts = [self.slots[name][0] * HOUR_S for name in self.slot_names]
        return np.searchsorted(starts, local_s % DAY_S, side="right") - 1

    def day_type_of_day(self, local_day: NDArray[np.int64]) -> NDArray[np.int64]:
        """Index into `DAY_TYPES` of days since 1970; a rest day and a public holiday count as sundays.

        Dates of the config go before the country's calendar, its working days that were moved before its weekend.
        """
        local_day = np.asarray(local_day, np.int64)
        if local_day.size == 0:
            return np.zeros(local_day.shape, np.int64)
        first, last = int(local_day.min()), int(local_day.max())
        by_weekday = np.zeros(7, np.int64)
        for weekday, kind in weekly_rest(self.country).items():
            by_weekday[weekday] = kind
        kinds = by_weekday[(np.arange(first, last + 1) + _THURSDAY) % 7]
        for days, kind in self._exceptions(first, last):
            kinds[[day - first for day in days if first <= day <= last]] = kind
        return kinds[local_day - first]

    def classes_of_times(self, local_s: NDArray[np.int64]) -> NDArray[np.int64]:
        """``day_type * slots + slot`` of local clock readings (seconds since 1970)."""
        if local_s.size == 0:
            return np.empty(0, np.int64)
        first, last = int(local_s.min()) // DAY_S, int(local_s.max()) // DAY_S
        starts = np.array([self.slots[name][0] * HOUR_S for name in self.slot_names], np.float64)
        kinds = self.day_type_of_day(np.arange(first, last + 1))
        return np.asarray(classes_of_times(local_s, kinds, first, starts), np.int64)

    def _exceptions(self, first: int, last: int) -> list[tuple[set[int], int]]:
        """Days since 1970 that are not what their weekday is, and what they are; the last that names a day holds."""
        told: list[tuple[set[int], int]] = []
        if self.country is not None:
            for year in range((EPOCH + timedelta(first)).year, (EPOCH + timedelta(last)).year + 1):
                told.append((set(moved_working_days(self.country, year)), 0))
                told.append((set(public_holidays(self.country, self.region, year)), 2))
        told.append(({(day - EPOCH).days for day in self.working_days}, 0))
        told.append(({(day - EPOCH).days for day in self.rest_days}, 2))
        return told

    def days_of_types(self, first_day: int, last_day: int) -> NDArray[np.int64]:
        """How many days of each type lie between two days since 1970, both included."""
        days = np.arange(first_day, last_day + 1)
        return np.bincount(self.day_type_of_day(days), minlength=len(DAY_TYPES))
