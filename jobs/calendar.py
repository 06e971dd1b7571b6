"""Days and parts of days in local time."""

from datetime import date

import numpy as np
from numpy.typing import NDArray
from pydantic import Field, model_validator

from jobs.localtime import Zone, zone_named
from jobs.params import Params
from jobs.sources import TimeZoneName

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
    rest_days: tuple[date, ...] = Field((), description="public holidays, counted as sundays")

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
        """Index into `DAY_TYPES` of days since 1970; a rest day counts as a sunday."""
        weekday = (local_day + _THURSDAY) % 7
        day_type = np.maximum(weekday - 4, 0)
        rest = np.array([(day - date(1970, 1, 1)).days for day in self.rest_days], np.int64)
        return np.where(np.isin(local_day, rest), 2, day_type)

    def days_of_types(self, first_day: int, last_day: int) -> NDArray[np.int64]:
        """How many days of each type lie between two days since 1970, both included."""
        days = np.arange(first_day, last_day + 1)
        return np.bincount(self.day_type_of_day(days), minlength=len(DAY_TYPES))
