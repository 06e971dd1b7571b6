"""What the pseudonymous tables tell of people, file by file: each file holds whole users of one window."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from jobs.anchors import AnchorParams
from jobs.calendars.days import CalendarParams
from jobs.counting.disclosure import shown_figures
from jobs.counting.expansion import of_persons
from jobs.counting.partial_sums import Sums, add_up
from jobs.counting.rollups import Rollup, Rows, summed_levels
from jobs.ground.weights import CellWeights, cell_weights
from jobs.stays import positions

Floats = NDArray[np.float64]
Integers = NDArray[np.int64]


@dataclass(frozen=True, eq=False)
class Part:
    """One file of users: its name, its window, and its tables, read when they are asked for."""

    name: str
    window: int
    read: Callable[[str], pa.Table]

    @cached_property
    def events(self) -> pa.Table:
        return self.read("events")

    @cached_property
    def stays(self) -> pa.Table:
        return self.read("stays")

    @cached_property
    def trips(self) -> pa.Table:
        return self.read("trips")

    @cached_property
    def anchors(self) -> pa.Table:
        return self.read("anchors")

    @cached_property
    def stays_of_persons(self) -> pa.Table:
        """Stays without those of machines and of users who stand for nobody."""
        return of_persons(self.stays, self.anchors)

    @cached_property
    def trips_of_persons(self) -> pa.Table:
        """Trips without those of machines and of users who stand for nobody."""
        return of_persons(self.trips, self.anchors)

    def weight_of(self, user: NDArray[np.uint64]) -> Floats:
        """Persons that each user stands for."""
        at = np.searchsorted(self.anchors["user"].to_numpy(), user)
        return np.asarray(self.anchors["weight"].to_numpy()[at], np.float64)


@dataclass(frozen=True, eq=False)
class Ground:
    """The cell plan of a run, and what one place is on it."""

    cells: pa.Table
    cell_h3: pa.Table
    calendar: CalendarParams
    anchors: AnchorParams

    @cached_property
    def positions(self) -> tuple[Floats, Floats]:
        """Longitude and latitude of each cell, degrees."""
        return positions(self.cells)

    @cached_property
    def radius_m(self) -> Floats:
        """Radius of a place about each cell."""
        return self.anchors.radii(*self.positions)

    @cached_property
    def weights(self) -> CellWeights:
        return cell_weights(self.cell_h3, self.cells.num_rows)


class Counter:
    """Adds up figures by key over files of users, distinct users within a window, the largest window counting."""

    def __init__(self) -> None:
        self._blocks: list[pa.Table] = []
        self._windows: set[int] = set()

    def add(self, part: Part, rows: Rows) -> None:
        """Add rows (key, user, count, persons) of one file; rows of a user stand together."""
        self._windows.add(part.window)
        found = replace(next(iter(summed_levels(rows, ()))), squares=None)
        self._blocks.append(found.as_block(part.window, part.name))

    @property
    def windows(self) -> int:
        return max(1, len(self._windows))

    def sums(self) -> Sums:
        """Everything that was added, before disclosure control."""
        return add_up(self._blocks)


def shown_beside_their_sum(sums: Sums, k: int) -> tuple[NDArray[np.bool_], bool]:
    """Which figures may leave, and whether their sum may: no figure of fewer than k users, nor what tells one."""
    if sums.key.size == 0:
        return np.zeros(0, np.bool_), False
    whole = (column.sum()[None] for column in (sums.users, sums.trips, sums.population))
    total = Sums(np.zeros(1, np.int64), *whole)
    everything = Rollup("all", lambda key: np.zeros_like(key), lambda key: {})
    figures, sum_of_all = shown_figures([sums, total], (everything,), k)
    return figures, bool(sum_of_all[0])


def user_ranks(user: NDArray[np.uint64]) -> tuple[NDArray[np.uint64], Integers]:
    """Distinct users, ascending, and the rank of each row's."""
    distinct, rank = np.unique(user, return_inverse=True)
    return distinct, rank.ravel().astype(np.int64)


def spread_over_ground(cell: NDArray[np.integer], weights: CellWeights) -> tuple[Integers, Integers, Floats]:
    """H3 cells that radio cells serve: row, position among the H3 cells, and share, of each pair."""
    count = weights.row_start[cell + 1] - weights.row_start[cell]
    row = np.repeat(np.arange(cell.size), count)
    entry = np.repeat(weights.row_start[cell] - np.cumsum(count) + count, count) + np.arange(row.size)
    return row, weights.index[entry], weights.weight[entry]


Parts = Callable[[], Iterator[Part]]
