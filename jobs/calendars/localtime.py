"""Local time and UTC, both ways, for whole columns: a zone is a table of transitions."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

import numpy as np
from numpy.typing import NDArray

from kernels.text.clock import local_days, local_of_utc, utc_of_local

_FIRST_YEAR, _LAST_YEAR = 1970, 2100
_BEFORE_ALL = -(2**62)
_FAR_S = 2 * 86_400
"""A clock shows no other time than UTC by more than a day: so far from a change, it is told by its reading."""


@dataclass(frozen=True, eq=False)
class Zone:
    """A time zone as arrays.

    Attributes
    ----------
    name : IANA name.
    starts : int64[n], UTC seconds from which each offset holds; the first is before all time.
    offset_s : int64[n], seconds east of UTC.
    """

    name: str
    starts: NDArray[np.int64]
    offset_s: NDArray[np.int64]

    def to_local(self, utc: NDArray[np.int64]) -> NDArray[np.int64]:
        """Clock readings, as seconds since 1970-01-01T00:00:00 local, of UTC seconds."""
        utc = np.asarray(utc, np.int64)
        offset_s = self._only_offset(utc)
        return local_of_utc(utc, self.starts, self.offset_s) if offset_s is None else utc + offset_s

    def days(self, utc: NDArray[np.int64]) -> NDArray[np.int32]:
        """Days since 1970, local, of UTC seconds."""
        return local_days(np.asarray(utc, np.int64), self.starts, self.offset_s)

    def to_utc(self, local: NDArray[np.int64]) -> tuple[NDArray[np.int64], NDArray[np.bool_]]:
        """UTC seconds of clock readings, and which readings exist.

        A reading that occurs twice (clocks set back) is taken as the earlier one; a reading that
        never occurs (clocks set forward) is marked.
        """
        local = np.asarray(local, np.int64)
        offset_s = self._only_offset(local, _FAR_S)
        if offset_s is not None:
            return local - offset_s, np.ones(local.shape, np.bool_)
        return utc_of_local(local, self.starts, self.offset_s)

    def _only_offset(self, seconds: NDArray[np.int64], margin_s: int = 0) -> np.int64 | None:
        """The offset of all moments, where it is one, as it is nearly always; `margin_s` away from any change."""
        if seconds.size == 0:
            return None
        edges = (int(seconds.min()) - margin_s, int(seconds.max()) + margin_s)
        within = np.clip(np.array(edges, object), _BEFORE_ALL, -_BEFORE_ALL).astype(np.int64)
        first, last = np.searchsorted(self.starts, within, side="right") - 1
        return self.offset_s[first] if first == last else None


def _offset(zone: ZoneInfo, utc_s: int) -> int:
    moment = datetime(1970, 1, 1, tzinfo=UTC) + timedelta(seconds=utc_s)
    offset = moment.astimezone(zone).utcoffset()
    return int(offset.total_seconds()) if offset is not None else 0


def _change_between(zone: ZoneInfo, early: int, late: int) -> int:
    """First second in ``(early, late]`` that has another offset than `early`, by bisection."""
    first = _offset(zone, early)
    while late - early > 1:
        middle = (early + late) // 2
        if _offset(zone, middle) == first:
            early = middle
        else:
            late = middle
    return late


@lru_cache(maxsize=64)
def zone_named(name: str) -> Zone:
    """Transitions of an IANA zone from 1970 to 2100, found by probing `zoneinfo` each fortnight."""
    zone = ZoneInfo(name)
    begin = int(datetime(_FIRST_YEAR, 1, 1, tzinfo=UTC).timestamp())
    end = int(datetime(_LAST_YEAR, 1, 1, tzinfo=UTC).timestamp())
    starts, offsets = [_BEFORE_ALL], [_offset(zone, begin)]
    step = 14 * 86_400
    for early in range(begin, end, step):
        late = min(early + step, end)
        while _offset(zone, early) != _offset(zone, late):
            change = _change_between(zone, early, late)
            starts.append(change)
            offsets.append(_offset(zone, change))
            early = change
    return Zone(name, np.array(starts, np.int64), np.array(offsets, np.int64))
