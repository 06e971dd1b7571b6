"""Trips to the origin-destination matrix by day type and slot; what tells of few people is withheld."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from jobs import tables
from jobs.calendars.days import DAY_TYPES, CalendarParams
from jobs.counting.aggregates import (
    Aggregate,
    Limits,
    above_threshold,
    blurred,
    limited_sums,
    limits_of,
    margin_table,
)
from jobs.counting.disclosure import DisclosureParams
from jobs.counting.expansion import of_persons
from jobs.counting.intervals import flow_interval
from jobs.counting.level_counts import counted_levels
from jobs.counting.partial_sums import Sums
from jobs.counting.rollups import Rollup, Rows, od_rollups, summed_levels
from jobs.engine.columns import epoch_seconds
from jobs.engine.store import Store, StoredFile
from jobs.errors import ConfigError
from jobs.ground.weights import CellWeights, cell_weights
from kernels.od import spread_trips
from kernels.privacy.contributions import chosen_entries
from kernels.ranks import ranks_of

if TYPE_CHECKING:
    from pyspark import SparkContext

_ROWS_PER_PART = 2_000_000
_MOST_PUBLIC_KEYS = 20_000_000
_ORIGIN, _DESTINATION = 1, 2
_COUNTED = ["user", "window", "origin", "destination", "departure", "stands_for"]


@dataclass(frozen=True, eq=False)
class _Counting:
    """What a task needs to count trips."""

    store: Store
    weights: CellWeights
    calendar: CalendarParams
    rollups: tuple[Rollup, ...]
    limits: Limits | None

    @property
    def classes(self) -> int:
        return len(DAY_TYPES) * len(self.calendar.slots)

    @property
    def keys(self) -> int:
        return self.weights.h3.size**2 * self.classes

    @property
    def edges(self) -> NDArray[np.int64]:
        """Keys that cut the matrix into parts."""
        return np.linspace(0, self.keys, max(1, min(64, self.keys // _ROWS_PER_PART)) + 1).astype(np.int64)


def od(
    spark: "SparkContext",
    store: Store,
    build: str,
    trips: list[StoredFile],
    anchors: list[StoredFile],
    cells: pa.Table,
    cell_h3: pa.Table,
    calendar: CalendarParams,
    disclosure: DisclosureParams,
    days: tuple[int, int],
    noise_key: NDArray[np.uint32] | None = None,
) -> Aggregate:
    """Count trips between H3 cells, and let out what tells of nobody.

    A trip falls in the slot and the day of its likely departure. `users` counts distinct
    pseudonyms in the window where they are most: pseudonyms change from window to window, and the
    sum over windows would count a person again, so that fewer than k persons could pass.

    With differential privacy each trip falls in one pair of H3 cells, drawn by their weights, and up to
    the cap of a person's trips are counted; `users` is then the noisy count, `trips` and
    `population_trips` the same scaled to all trips and persons.

    Parameters
    ----------
    days : first and last local day (since 1970) with events; `population_trips` is per average day.
    noise_key : uint32[8] of `jobs.privacy.dp.noise_key`, where the method is dp.
    """
    weights = cell_weights(cell_h3, cells.num_rows)
    slots = tuple(calendar.slot_names)
    rollups = od_rollups(weights.h3, disclosure.coarser, DAY_TYPES, slots) if disclosure.margins else ()
    limits = None
    if disclosure.dp:
        windows = len({file.name.split("/")[0] for file in trips})
        limits = limits_of(disclosure.dp, disclosure.dp.cap.od, windows, False, _seed(noise_key))
    counting = _Counting(store, weights, calendar, rollups, limits)
    anchor_path = {file.name: file.path for file in anchors}
    inputs = [
        {"name": f.name, "rows": f.rows, "trips": f.path, "anchors": anchor_path[f.name]}
        for f in trips
        if f.rows
    ]
    levels = counted_levels(
        spark,
        store,
        f"tables/od/{build}/counts",
        inputs,
        lambda given: _count(counting, given),
        2 if limits else 1 + len(rollups),
        counting.edges,
    )
    if disclosure.dp and limits and noise_key is not None:
        public = _every_key(counting, disclosure) if disclosure.dp.keys == "public" else None
        found = blurred(levels, disclosure.dp, limits, noise_key, public)
        return Aggregate(_written(counting, build, found.sums, days), [], found.figures)
    shown, figures = above_threshold(levels, rollups, disclosure)
    margins = []
    if rollups:
        table = margin_table(shown, rollups, tables.OD_MARGINS, "trips")
        margins = [store.write_table(f"tables/od_margins/{build}", "part-00000", table)]
    return Aggregate(_written(counting, build, shown[0], days), margins, figures)


def _seed(noise_key: NDArray[np.uint32] | None) -> int:
    """Seed of the choice among a person's trips."""
    return int(noise_key[0]) if noise_key is not None else 0


def _every_key(counting: _Counting, disclosure: DisclosureParams) -> NDArray[np.int64]:
    """All keys of the grid.

    Raises
    ------
    ConfigError
        They are too many.
    """
    if counting.keys > _MOST_PUBLIC_KEYS:
        raise ConfigError(
            f"a public grid of all pairs has {counting.keys:,} figures, more than {_MOST_PUBLIC_KEYS:,}",
            "disclosure.dp.keys",
            "lower grid.resolution, or take private keys",
        )
    return np.arange(counting.keys)


def _written(counting: _Counting, build: str, sums: Sums, days: tuple[int, int]) -> list[StoredFile]:
    """Write the matrix in parts by range of keys; parts without rows are left out."""
    bounds = np.searchsorted(sums.key, counting.edges)
    files = []
    for part in np.flatnonzero(np.diff(bounds)).tolist():
        rows = sums.rows(slice(int(bounds[part]), int(bounds[part + 1])))
        table = _as_od(counting, rows, days)
        files.append(counting.store.write_table(f"tables/od/{build}", f"part-{part:05d}", table))
    return files


def _count(counting: _Counting, given: dict[str, Any]) -> tuple[int, Iterator[Sums]]:
    """The window and the sums, by level, of one file of trips."""
    trips = counting.store.read_table(given["trips"], columns=_COUNTED)
    anchors = counting.store.read_table(given["anchors"], columns=["user", "weight"])
    window = int(trips["window"][0].as_py())
    if counting.limits:
        return window, iter(_limited(counting, counting.limits, trips, anchors))
    return window, summed_levels(
        flow_rows(trips, anchors, counting.weights, counting.calendar), counting.rollups
    )


def _limited(counting: _Counting, limits: Limits, trips: pa.Table, anchors: pa.Table) -> list[Sums]:
    """What each person may add, every trip in one pair of H3 cells."""
    trips = of_persons(trips, anchors)
    weights, user = counting.weights, trips["user"].to_numpy()
    ends = [
        weights.index[
            chosen_entries(
                user, trips[column].to_numpy(), weights.row_start, weights.weight, topic, limits.seed
            )
        ]
        for column, topic in (("origin", _ORIGIN), ("destination", _DESTINATION))
    ]
    time_class = time_classes(trips, counting.calendar)
    key = (ends[0] * weights.h3.size + ends[1]) * counting.classes + time_class
    return limited_sums(user, key, expansion(trips, anchors), limits)


def flow_rows(trips: pa.Table, anchors: pa.Table, weights: CellWeights, calendar: CalendarParams) -> Rows:
    """Parts of trips of persons, by pair of H3 cells and time class."""
    user = trips["user"].to_numpy()
    weight = anchors["weight"].to_numpy().take(ranks_of(anchors["user"].to_numpy(), user))
    counted = np.flatnonzero(weight > 0)
    parts: Rows = spread_trips(
        user.take(counted),
        trips["origin"].to_numpy().take(counted),
        trips["destination"].to_numpy().take(counted),
        time_classes(trips, calendar).take(counted),
        (weight * trips["stands_for"].to_numpy()).take(counted),
        weights.row_start,
        weights.index,
        weights.weight,
        weights.h3.size,
        len(DAY_TYPES) * len(calendar.slots),
    )
    return parts


def time_classes(trips: pa.Table, calendar: CalendarParams) -> NDArray[np.int64]:
    """``day_type * slots + slot`` of each trip's likely departure."""
    return calendar.classes_of_times(calendar.clock.to_local(epoch_seconds(trips["departure"])))


def expansion(trips: pa.Table, anchors: pa.Table) -> NDArray[np.float64]:
    """Trips of the population, over the whole period, that each trip stands for."""
    at = ranks_of(anchors["user"].to_numpy(), trips["user"].to_numpy())
    return np.asarray(anchors["weight"].to_numpy()[at] * trips["stands_for"].to_numpy(), np.float64)


def _interval(sums: Sums, days: NDArray[np.int64]) -> tuple[Any, Any]:
    """Bounds of the 90 % interval of `population_trips`; nulls where the variance is not known."""
    if sums.squares is None:
        nothing = pa.nulls(sums.key.size, pa.float64())
        return nothing, nothing
    low, high = flow_interval(sums.population, sums.squares)
    return low / np.maximum(days, 1), high / np.maximum(days, 1)


def _as_od(counting: _Counting, sums: Sums, days: tuple[int, int]) -> pa.Table:
    pair, time_class = np.divmod(sums.key, counting.classes)
    origin, destination = np.divmod(pair, counting.weights.h3.size)
    day_type, slot = np.divmod(time_class, len(counting.calendar.slots))
    of_type = counting.calendar.days_of_types(*days)
    rows = {
        "origin": counting.weights.h3[origin],
        "destination": counting.weights.h3[destination],
        "day_type": np.array(DAY_TYPES, object)[day_type],
        "slot": np.array(counting.calendar.slot_names, object)[slot],
        "users": sums.users.astype(np.int32),
        "trips": sums.trips,
        "population_trips": sums.population / np.maximum(of_type[day_type], 1),
    }
    rows["population_trips_low"], rows["population_trips_high"] = _interval(sums, of_type[day_type])
    table = pa.table({name: pa.array(rows[name], tables.OD.schema.field(name).type) for name in rows})
    return tables.OD.conform(table.sort_by([(name, "ascending") for name in tables.OD.sorted_by]))
