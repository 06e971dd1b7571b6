"""The days of a world: their kind, day type and offset from UTC."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import numpy as np
from numpy.typing import NDArray

from jobs.world.params import WorldParams
from kernels.world.chains import FRIDAY, SATURDAY, SUNDAY, WEEKDAY

DAY_TYPES = ("weekday", "saturday", "sunday")
"""Day types in the order of their codes."""

_KINDS = (WEEKDAY, WEEKDAY, WEEKDAY, WEEKDAY, FRIDAY, SATURDAY, SUNDAY)
_TYPES = (0, 0, 0, 0, 0, 1, 2)


@dataclass(frozen=True)
class Calendar:
    """The local days of the simulated period."""

    dates: tuple[date, ...]
    kind: NDArray[np.int8]
    """Kind of day for the chains (days,)."""
    day_type: NDArray[np.int8]
    """Index into DAY_TYPES (days,)."""
    midnight_utc_s: NDArray[np.int64]
    """Epoch seconds of each local midnight (days,). The offset at noon holds for the whole day."""

    def utc_s(self, local_s: NDArray[np.int32]) -> NDArray[np.int64]:
        """Epoch seconds of local seconds since the first midnight."""
        day = np.minimum(local_s // 86400, len(self.dates) - 1)
        epoch_s: NDArray[np.int64] = self.midnight_utc_s[day] + (local_s - day * 86400)
        return epoch_s


def calendar_of(params: WorldParams) -> Calendar:
    """Calendar of the world's period."""
    dates = tuple(params.start + timedelta(days=day) for day in range(params.days))
    zone = ZoneInfo(params.timezone)
    noons = [datetime(d.year, d.month, d.day, 12, tzinfo=zone) for d in dates]
    return Calendar(
        dates=dates,
        kind=np.array([_KINDS[d.weekday()] for d in dates], np.int8),
        day_type=np.array([_TYPES[d.weekday()] for d in dates], np.int8),
        midnight_utc_s=np.array([int(noon.timestamp()) - 43200 for noon in noons], np.int64),
    )


def slot_of(local_s: NDArray[np.int32], slot_ends_h: list[float]) -> NDArray[np.int64]:
    """Index of the slot that local seconds fall into; `slot_ends_h` are hours, in order."""
    hour = (local_s % 86400) / 3600.0
    return np.searchsorted(np.array(slot_ends_h[:-1]), hour, side="right").astype(np.int64)
