"""The OD matrix as arrays: demand by H3 cell and flows by day type and slot."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from jobs.report.words import day_order, slot_order

WHOLE_DAY = "all"


@dataclass(frozen=True)
class Flows:
    """Directed flows between different H3 cells, largest first.

    `origin` and `destination` index into the cells of the demand; `trips` are population trips a day, `low`
    and `high` the bounds of their 90 % interval: NaN where none is known, as for sums over slots.
    """

    origin: NDArray[np.int64]
    destination: NDArray[np.int64]
    trips: NDArray[np.float64]
    low: NDArray[np.float64]
    high: NDArray[np.float64]

    def top(self, count: int) -> "Flows":
        """Return the `count` largest."""
        first = slice(count)
        return Flows(
            self.origin[first], self.destination[first], self.trips[first], self.low[first], self.high[first]
        )

    def __len__(self) -> int:
        return len(self.trips)


@dataclass(frozen=True)
class Demand:
    """An OD matrix with its H3 cells numbered.

    `day` and `slot` index into `day_types` and `slots`.
    """

    h3: NDArray[np.int64]
    day_types: tuple[str, ...]
    slots: tuple[str, ...]
    origin: NDArray[np.int64]
    destination: NDArray[np.int64]
    day: NDArray[np.int64]
    slot: NDArray[np.int64]
    trips: NDArray[np.float64]
    low: NDArray[np.float64]
    high: NDArray[np.float64]

    def grouped(self, cells: NDArray[np.int64], group: NDArray[np.int64]) -> "Demand":
        """The same between groups of cells; `group` gives the number in `cells` of each cell."""
        nowhere = np.full(len(self.trips), np.nan)
        ends = (group[self.origin], group[self.destination])
        return replace(self, h3=cells, origin=ends[0], destination=ends[1], low=nowhere, high=nowhere)

    def _rows(self, day_type: str, slot: str) -> NDArray[np.bool_]:
        rows: NDArray[np.bool_] = self.day == self.day_types.index(day_type)
        return rows if slot == WHOLE_DAY else rows & (self.slot == self.slots.index(slot))

    def by_h3(self, day_type: str, slot: str = WHOLE_DAY) -> NDArray[np.float64]:
        """Trips that start or end in each H3 cell, per day; a trip inside one cell counts once."""
        rows = self._rows(day_type, slot)
        between = rows & (self.origin != self.destination)
        starts = _summed(self.origin[rows], self.trips[rows], len(self.h3))
        return starts + _summed(self.destination[between], self.trips[between], len(self.h3))

    def total(self, day_type: str, slot: str = WHOLE_DAY) -> float:
        """Trips per day, those inside one H3 cell included."""
        return float(self.trips[self._rows(day_type, slot)].sum())

    def flows(self, day_type: str, slot: str = WHOLE_DAY) -> Flows:
        """Sum trips by origin and destination; equal flows are ordered by their cells."""
        rows = self._rows(day_type, slot) & (self.origin != self.destination)
        pair = self.origin[rows] * len(self.h3) + self.destination[rows]
        pairs, inverse = np.unique(pair, return_inverse=True)
        trips = _summed(inverse, self.trips[rows], len(pairs))
        order = np.argsort(-trips, kind="stable")
        origin, destination = np.divmod(pairs[order], max(len(self.h3), 1))
        if slot == WHOLE_DAY:
            bounds = [np.full(len(pairs), np.nan)] * 2  # bounds of slots do not add up to those of a day
        else:
            bounds = [_summed(inverse, bound[rows], len(pairs))[order] for bound in (self.low, self.high)]
        return Flows(origin, destination, trips[order], *bounds)


def _summed(groups: NDArray[np.int64], values: NDArray[np.float64], group_count: int) -> NDArray[np.float64]:
    return np.bincount(groups, values, minlength=group_count).astype(np.float64)


def read_demand(od: pa.Table, slots_given: Sequence[str] = ()) -> Demand:
    """Read table `od` with its H3 cells, day types and slots numbered."""
    ends = [od[name].to_numpy().astype(np.int64) for name in ("origin", "destination")]
    h3, numbered = np.unique(np.concatenate(ends), return_inverse=True)
    day_types, day = _numbered(od["day_type"], day_order)
    slots, slot = _numbered(od["slot"], lambda names: slot_order(names, list(slots_given)))
    return Demand(
        h3,
        day_types,
        slots,
        numbered[: od.num_rows].astype(np.int64),
        numbered[od.num_rows :].astype(np.int64),
        day,
        slot,
        np.nan_to_num(od["population_trips"].to_numpy().astype(np.float64)),
        *(_optional(od, f"population_trips_{side}") for side in ("low", "high")),
    )


def _optional(od: pa.Table, name: str) -> NDArray[np.float64]:
    """A column that may be missing or null, as NaN."""
    if name not in od.column_names:
        return np.full(od.num_rows, np.nan)
    known: NDArray[np.float64] = pc.fill_null(od[name].cast(pa.float64()), np.nan).to_numpy()
    return known


def _numbered(
    column: pa.ChunkedArray, order: Callable[[set[str]], list[str]]
) -> tuple[tuple[str, ...], NDArray[np.int64]]:
    known = order(set(pc.unique(column).to_pylist()))
    index = pc.index_in(column, value_set=pa.array(known, type=pa.string()))
    return tuple(known), index.to_numpy().astype(np.int64)
