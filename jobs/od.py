"""Trips to the origin-destination matrix by day type and slot; rare flows are withheld."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from jobs import tables
from jobs.blocks import map_reduce
from jobs.calendar import DAY_S, DAY_TYPES, CalendarParams
from jobs.columns import epoch_seconds
from jobs.disclosure import DisclosureParams
from jobs.partial_sums import Sums, add_up
from jobs.store import Store, StoredFile
from jobs.weights import CellWeights, cell_weights
from kernels.od import spread_trips, sum_by_key

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pyspark import SparkContext

_ROWS_PER_PART = 2_000_000


@dataclass(frozen=True, eq=False)
class _Counting:
    """What a task needs to count trips."""

    store: Store
    build: str
    weights: CellWeights
    calendar: CalendarParams
    first_day: int
    last_day: int
    partitions: int

    @property
    def classes(self) -> int:
        return len(DAY_TYPES) * len(self.calendar.slots)

    @property
    def keys(self) -> int:
        return self.weights.h3.size**2 * self.classes


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
) -> tuple[list[StoredFile], dict[str, Any]]:
    """Count trips between H3 cells and withhold flows of fewer than k users.

    A trip falls in the slot and the day of the middle of its interval. `users` counts distinct
    pseudonyms in the window where they are most: pseudonyms change from window to window, and the
    sum over windows would count a person again, so that fewer than k persons could pass.

    Parameters
    ----------
    days : first and last local day (since 1970) with events; `population_trips` is per average day.

    Returns
    -------
    the files of the `od` table, and figures on what was withheld.
    """
    weights = cell_weights(cell_h3, cells.num_rows)
    keys = weights.h3.size**2 * len(DAY_TYPES) * len(calendar.slots)
    counting = _Counting(store, build, weights, calendar, *days, max(1, min(64, keys // _ROWS_PER_PART)))
    anchor_path = {file.name: file.path for file in anchors}
    inputs = [{"name": f.name, "trips": f.path, "anchors": anchor_path[f.name]} for f in trips]
    reports = map_reduce(
        spark,
        inputs,
        lambda given: _count(counting, given),
        lambda part, blocks: _sum_up(counting, disclosure, part, blocks),
        counting.partitions,
    )
    files = [StoredFile.from_json(report["file"]) for report in reports if report["file"]["rows"]]
    figures = {
        name: sum(report[name] for report in reports)
        for name in ("trips", "trips_withheld", "flows", "flows_withheld")
    }
    figures["min_users"] = disclosure.min_users
    return files, figures


def _count(counting: _Counting, given: dict[str, Any]) -> "Iterator[tuple[int, pa.Table]]":
    """Partial sums of one file of trips, cut by range of keys."""
    trips = counting.store.read_table(given["trips"])
    anchors = counting.store.read_table(given["anchors"], columns=["user", "weight"])
    if trips.num_rows == 0:
        return
    window = int(trips["window"][0].as_py())
    sums = _sums(counting, trips, anchors)
    edges = np.linspace(0, counting.keys, counting.partitions + 1).astype(np.int64)
    bounds = np.searchsorted(sums.key, edges)
    for part in range(counting.partitions):
        rows = slice(int(bounds[part]), int(bounds[part + 1]))
        if rows.stop > rows.start:
            yield part, sums.rows(rows).as_block(window, given["name"])


def _sums(counting: _Counting, trips: pa.Table, anchors: pa.Table) -> Sums:
    user = trips["user"].to_numpy()
    weights = counting.weights
    key, who, observed, population = spread_trips(
        user,
        trips["origin"].to_numpy(),
        trips["destination"].to_numpy(),
        time_classes(trips, counting.calendar),
        expansion(trips, anchors),
        weights.row_start,
        weights.index,
        weights.weight,
        weights.h3.size,
        counting.classes,
    )
    order = np.lexsort((who, key))
    return Sums(*sum_by_key(key[order], who[order], observed[order], population[order]))


def time_classes(trips: pa.Table, calendar: CalendarParams) -> NDArray[np.int64]:
    """``day_type * slots + slot`` of the middle of each trip's interval."""
    departure, arrival = (epoch_seconds(trips[c]) for c in ("earliest_departure", "latest_arrival"))
    local = calendar.clock.to_local((departure + arrival) // 2)
    return calendar.day_type_of_day(local // DAY_S) * len(calendar.slots) + calendar.slot_of(local)


def expansion(trips: pa.Table, anchors: pa.Table) -> NDArray[np.float64]:
    """Trips of the population, over the whole period, that each trip stands for."""
    at = np.searchsorted(anchors["user"].to_numpy(), trips["user"].to_numpy())
    return np.asarray(anchors["weight"].to_numpy()[at], np.float64)


def _sum_up(
    counting: _Counting, disclosure: DisclosureParams, part: int, blocks: list[pa.Table]
) -> dict[str, Any]:
    """Add partial sums, withhold rare flows, write the rest."""
    sums = add_up(blocks)
    shown = sums.users >= disclosure.min_users
    table = _as_od(counting, sums.rows(shown))
    file = counting.store.write_table(f"tables/od/{counting.build}", f"part-{part:05d}", table)
    return {
        "file": file.as_json(),
        "trips": float(sums.trips.sum()),
        "trips_withheld": float(sums.trips[~shown].sum()),
        "flows": int(shown.size),
        "flows_withheld": int((~shown).sum()),
    }


def _as_od(counting: _Counting, sums: Sums) -> pa.Table:
    pair, time_class = np.divmod(sums.key, counting.classes)
    origin, destination = np.divmod(pair, counting.weights.h3.size)
    day_type, slot = np.divmod(time_class, len(counting.calendar.slots))
    days = counting.calendar.days_of_types(counting.first_day, counting.last_day)
    rows = {
        "origin": counting.weights.h3[origin],
        "destination": counting.weights.h3[destination],
        "day_type": np.array(DAY_TYPES, object)[day_type],
        "slot": np.array(counting.calendar.slot_names, object)[slot],
        "users": sums.users.astype(np.int32),
        "trips": sums.trips,
        "population_trips": sums.population / np.maximum(days[day_type], 1),
    }
    table = pa.table({name: pa.array(rows[name], tables.OD.schema.field(name).type) for name in rows})
    return tables.OD.conform(table.sort_by([(name, "ascending") for name in tables.OD.sorted_by]))
