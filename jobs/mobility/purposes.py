"""Flows by purpose beside the published `od`, so that the two together give away no more than each alone.

A flow from a to b on a day type is parted in two ways: by slot (`od`) and by purpose. Both ways add up to the same
sum, so what one table withholds could follow from the other. Hence a flow is parted by purpose only if `od` shows
all of its slots (its sum is public then), and only if every part is about k users or more: nothing of it is withheld
that could be subtracted. Where purposes are too few apart, commuting (HBW) is told from all else together.
"""

from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from jobs.calendars.days import DAY_TYPES
from jobs.counting.partial_sums import Sums
from jobs.counting.rollups import Rows
from jobs.mobility import tables
from jobs.mobility.people import Counter, Ground, Part
from jobs.od import expansion, time_classes
from kernels.od import spread_trips

Integers = NDArray[np.int64]

PURPOSES = ("HBW", "HBO", "NHB", "unknown", "other")
_OTHER = 4
_DAYS = len(DAY_TYPES)


class FlowsByPurpose:
    """Counts flows by slot and by purpose, file by file."""

    def __init__(self, ground: Ground) -> None:
        self._ground = ground
        self._slots = len(ground.calendar.slots)
        self._by_slot, self._by_purpose, self._by_two = Counter(), Counter(), Counter()

    def add(self, part: Part) -> None:
        """Count the trips of one file."""
        trips = part.trips_of_persons
        if trips.num_rows == 0:
            return
        persons = expansion(trips, part.anchors)
        time_class = time_classes(trips, self._ground.calendar)
        purpose = _purposes(trips)
        day_type = time_class // self._slots
        self._by_slot.add(part, self._rows(trips, persons, time_class, _DAYS * self._slots))
        for counter, number in (
            (self._by_purpose, purpose),
            (self._by_two, np.where(purpose == 0, 0, _OTHER)),
        ):
            classes = day_type * len(PURPOSES) + number
            counter.add(part, self._rows(trips, persons, classes, _DAYS * len(PURPOSES)))

    def _rows(self, trips: pa.Table, persons: NDArray[np.float64], classes: Integers, count: int) -> Rows:
        w = self._ground.weights
        origin, destination = (trips[c].to_numpy() for c in ("origin", "destination"))
        rows: Rows = spread_trips(
            trips["user"].to_numpy(),
            origin,
            destination,
            classes,
            persons,
            w.row_start,
            w.index,
            w.weight,
            w.h3.size,
            count,
        )
        return rows

    def table(self, od: pa.Table, days: tuple[int, int], k: int) -> tuple[pa.Table, dict[str, Any]]:
        """Rows of the `od_purpose` table, and which share of the published trips they part.

        Parameters
        ----------
        od : the published table of the same run; days : first and last local day (since 1970) with events.
        """
        slots = self._by_slot.sums()
        every, at, slot_count = np.unique(slots.key // self._slots, return_inverse=True, return_counts=True)
        published = self._published(od)
        shown_count = np.bincount(at[np.isin(slots.key, published)], minlength=every.size)
        public = every[shown_count == slot_count]
        fine, left = _all_parts_of(self._by_purpose.sums(), public, k)
        coarse, _ = _all_parts_of(self._by_two.sums(), left, k)
        parted = [self._as_table(sums, days) for sums in (fine, coarse)]
        found = pa.concat_tables([tables.OD_PURPOSE.schema.empty_table(), *parted])
        trips = float(slots.trips[np.isin(slots.key, published)].sum())
        parted_trips = float(fine.trips.sum() + coarse.trips.sum())
        told = {
            "flows": int(every.size),
            "flows_public": int(public.size),
            "flows_parted": int(np.unique(np.concatenate([fine.key, coarse.key]) // len(PURPOSES)).size),
            "share_of_published_trips": parted_trips / trips if trips else 0.0,
        }
        return tables.conformed(tables.OD_PURPOSE, found), told

    def _published(self, od: pa.Table) -> Integers:
        cells, calendar = self._ground.weights.h3, self._ground.calendar
        a, b = (np.searchsorted(cells, od[c].to_numpy()) for c in ("origin", "destination"))
        day = _index(od["day_type"], DAY_TYPES)
        slot = _index(od["slot"], tuple(calendar.slot_names))
        return np.asarray(((a * cells.size + b) * _DAYS + day) * self._slots + slot, np.int64)

    def _as_table(self, sums: Sums, days: tuple[int, int]) -> pa.Table:
        cells, calendar = self._ground.weights.h3, self._ground.calendar
        rest, purpose = np.divmod(sums.key, len(PURPOSES))
        pair, day = np.divmod(rest, _DAYS)
        of_type = calendar.days_of_types(*days)
        rows = {
            "origin": cells[pair // cells.size],
            "destination": cells[pair % cells.size],
            "day_type": pa.array(np.array(DAY_TYPES, object)[day], pa.string()),
            "purpose": pa.array(np.array(PURPOSES, object)[purpose], pa.string()),
            "users": sums.users.astype(np.int32),
            "trips": sums.trips,
            "population_trips": sums.population / np.maximum(of_type[day], 1),
        }
        return pa.table(rows).cast(tables.OD_PURPOSE.schema)


def _all_parts_of(sums: Sums, groups: Integers, k: int) -> tuple[Sums, Integers]:
    """Parts of those groups of which every part is of k users or more, and the groups that are left."""
    group = sums.key // len(PURPOSES)
    too_few = np.unique(group[sums.users < k])
    told = np.setdiff1d(groups, too_few)
    return sums.rows(np.isin(group, told)), np.intersect1d(groups, too_few)


def _purposes(trips: pa.Table) -> Integers:
    return _index(trips["purpose"].fill_null("unknown"), PURPOSES)


def _index(column: pa.ChunkedArray, names: tuple[str, ...]) -> Integers:
    return np.asarray(pc.index_in(column, pa.array(names)).to_numpy(), np.int64)
