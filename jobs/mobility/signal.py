"""Quality of the signal: moves that nobody can have made, and hours of which nothing is known."""

from dataclasses import dataclass
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from jobs.calendars.days import DAY_S, DAY_TYPES, HOUR_S, CalendarParams
from jobs.engine.columns import epoch_seconds
from jobs.mobility import tables
from jobs.mobility.params import SpeedParams
from jobs.mobility.people import Counter, Ground, Part
from kernels.speeds import implied_speeds

Floats = NDArray[np.float64]
Integers = NDArray[np.int64]

_KM_H = 3.6
_HOURS = 24


@dataclass
class _Tally:
    """Moves of one kind."""

    moves: int = 0
    impossible: int = 0
    users: int = 0


class ImpossibleMoves:
    """Counts moves between consecutive sightings that would have been faster than anybody goes.

    Of events, before stays are told from passing by, and of stays, where none should be left. A cell that many such
    moves lead to or from most likely stands somewhere else than the cell plan says.
    """

    def __init__(self, params: SpeedParams) -> None:
        self._params = params
        self._events, self._stays = _Tally(), _Tally()
        self._cells = Counter()

    def add(self, part: Part, ground: Ground) -> None:
        """Count the moves of one file."""
        time_s = epoch_seconds(part.events["time"])
        user, cell = part.events["user"].to_numpy(), part.events["cell"].to_numpy()
        at = self._count(self._events, user, cell, time_s, time_s, ground)
        ends = np.concatenate([cell[at - 1], cell[at]]).astype(np.int64)
        who = np.concatenate([user[at], user[at]])
        order = np.argsort(who, kind="stable")
        self._cells.add(part, (ends[order], who[order], np.ones(who.size), np.zeros(who.size)))
        stays = part.stays
        start, end = epoch_seconds(stays["start"]), epoch_seconds(stays["end"])
        self._count(self._stays, stays["user"].to_numpy(), stays["place"].to_numpy(), start, end, ground)

    def _count(
        self,
        tally: _Tally,
        user: NDArray[np.uint64],
        place: NDArray[np.int32],
        start_s: Integers,
        end_s: Integers,
        ground: Ground,
    ) -> Integers:
        speed = implied_speeds(user, place, start_s, end_s, *ground.positions, ground.radius_m)
        at = np.flatnonzero(speed * _KM_H > self._params.most_kmh)
        tally.moves += int((speed > 0).sum())
        tally.impossible += at.size
        tally.users += np.unique(user[at]).size
        return at

    def figures(self, ground: Ground, k: int) -> dict[str, Any]:
        """Counts of all moves, and the cells with most impossible ones; cells of fewer than k users are not named."""
        sums = self._cells.sums()
        sums = sums.rows(sums.users >= k)
        first = np.argsort(-sums.trips, kind="stable")[: self._params.cells_listed]
        names = ground.cells["cell_id"]
        cells = [
            {
                "cell_id": names[int(sums.key[i])].as_py(),
                "moves": int(sums.trips[i]),
                "users": int(sums.users[i]),
            }
            for i in first.tolist()
        ]
        told = {"events": _told(self._events, k), "stays": _told(self._stays, k)}
        return {"faster_than_kmh": self._params.most_kmh, **told, "cells": cells}


def _told(tally: _Tally, k: int) -> dict[str, Any]:
    told: dict[str, Any] = {"moves": tally.moves}
    if tally.users == 0 or tally.users >= k:
        share = tally.impossible / tally.moves if tally.moves else 0.0
        told |= {"impossible": tally.impossible, "share": share, "users": tally.users}
    else:
        told["about_few"] = True
    return told


BUSY_HOURS = 12.0
"""Hours a day with an event from which on a user is taken to show all trips (`jobs.habits`)."""

_BUSIEST = 0.95


def activity_figures(hours: Floats, k: int) -> dict[str, Any]:
    """How much users call, and whether the busiest call enough for the trips of all to be made up for.

    Trips that no record shows are told from users with events in 12 hours of the day, or the busiest twentieth where
    these are fewer; if they call in fewer hours than that, they miss trips themselves, and all flows are too low.

    Parameters
    ----------
    hours : float64[users], hours a day with an event.
    """
    if hours.size * (1 - _BUSIEST) < k:
        return {"users": int(hours.size), "about_few": True}
    median, busiest = (float(np.quantile(hours, q)) for q in (0.5, _BUSIEST))
    return {
        "users": int(hours.size),
        "median_hours_a_day": median,
        "busiest_twentieth_hours_a_day": busiest,
        "flows_are_too_low": busiest < BUSY_HOURS,
    }


def signal_table(margins: pa.Table, calendar: CalendarParams) -> pa.Table:
    """Rows of the `signal` table, from the published sums of presence over all places.

    A user who was seen on a day, but not in an hour, was somewhere in that hour, unknown where; so the share of the
    day's users (of the day in UTC, as these sums are) who were not seen is told, and nobody is put anywhere.
    """
    users = {level: _by_time(margins, level) for level in ("hour", "day")}
    hour_s, seen = users["hour"]
    day_s, active = users["day"]
    at = np.searchsorted(day_s, hour_s - hour_s % DAY_S)
    known = at < day_s.size
    known[known] = day_s[at[known]] == (hour_s - hour_s % DAY_S)[known]
    local = calendar.clock.to_local(hour_s[known])
    kind = calendar.day_type_of_day(local // DAY_S)
    key = kind * _HOURS + local % DAY_S // HOUR_S
    size = len(DAY_TYPES) * _HOURS
    seen_sum = np.bincount(key, seen[known], size)
    all_sum = np.bincount(key, active[at[known]], size)
    hours = np.bincount(key, minlength=size)
    some = hours > 0
    rows = {
        "day_type": pa.array(np.repeat(np.array(DAY_TYPES, object), _HOURS)[some], pa.string()),
        "hour": np.tile(np.arange(_HOURS, dtype=np.int8), len(DAY_TYPES))[some],
        "hours": hours[some].astype(np.int32),
        "seen": seen_sum[some] / hours[some],
        "active": all_sum[some] / hours[some],
        "unknown_share": 1 - seen_sum[some] / np.maximum(all_sum[some], 1),
    }
    return tables.conformed(tables.SIGNAL, pa.table(rows))


def unknown_share(margins: pa.Table) -> float | None:
    """Share of the hours of users, on days on which they were seen, in which they were not; None without days.

    From the sums of whole days: hours of the day are often withheld, because single places at that hour are.
    """
    days = margins.filter(pc.equal(margins["level"], "day"))
    users, hours = (float(pc.sum(days[name]).as_py() or 0) for name in ("users", "user_hours"))
    return 1 - hours / (24 * users) if users else None


def _by_time(margins: pa.Table, level: str) -> tuple[Integers, Floats]:
    rows = margins.filter(pc.equal(margins["level"], level)).sort_by("hour")
    return epoch_seconds(rows["hour"]), np.asarray(rows["users"].to_numpy(), np.float64)
