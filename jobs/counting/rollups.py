"""Coarser levels of aggregates, each the sum of the one below: H3 parents, parts of the day, days, all."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import h3.api.basic_int as h3
import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from jobs.counting.partial_sums import Sums, distinct_keys
from jobs.engine.columns import timestamps
from kernels.od import distinct_pairs, sums_by_code

Keys = NDArray[np.int64]
Rows = tuple[Keys, NDArray[np.uint64], NDArray[np.float64], NDArray[np.float64]]
"""Key, user, trips and expanded persons of parts of trips or of hours."""

_HOUR_BITS = 24
_HOURS_OF_DAY = 24


@dataclass(frozen=True, eq=False)
class Rollup:
    """One coarser level.

    Attributes
    ----------
    name : as the column `level` of margins tells it.
    up : key of this level for keys of the level below.
    columns : what a key of this level says; columns that a level has added up are missing.
    """

    name: str
    up: Callable[[Keys], Keys]
    columns: Callable[[Keys], dict[str, Any]]


def summed_levels(rows: Rows, rollups: tuple[Rollup, ...]) -> Iterator[Sums]:
    """Sums of one file of whole users, finest level first, distinct users counted anew at each.

    Rows of a user stand together. Only the finest level tells how sure its figures are.
    """
    key, code = distinct_keys(rows[0])
    figures, users, pair, person = sums_by_code(code, key.size, *rows[1:])
    sums = Sums(key, users, *(np.ascontiguousarray(figure) for figure in figures.T))
    yield sums
    for rollup in rollups:
        key, above = distinct_keys(rollup.up(sums.key))
        users, pair, person = distinct_pairs(pair, person, above, key.size)
        trips, population = (
            np.asarray(np.bincount(above, figure, key.size), np.float64)
            for figure in (sums.trips, sums.population)
        )
        sums = Sums(key, users, trips, population)
        yield sums


@dataclass(frozen=True, eq=False)
class _Coarser:
    """H3 cells of a coarser resolution, and which of them holds each finer one."""

    resolution: int
    cells: Keys
    parent: Keys


def _coarser(cells: Keys, steps: int) -> list[_Coarser]:
    found: list[_Coarser] = []
    for _ in range(steps if cells.size else 0):
        resolution = h3.get_resolution(int(cells[0])) - 1
        if resolution < 0:
            break
        parents = np.array([h3.cell_to_parent(cell, resolution) for cell in cells.tolist()], np.int64)
        cells, parent = np.unique(parents, return_inverse=True)
        found.append(_Coarser(resolution, cells, parent.ravel().astype(np.int64)))
    return found


def od_rollups(
    cells: Keys, steps: int, day_types: tuple[str, ...], slots: tuple[str, ...]
) -> tuple[Rollup, ...]:
    """Levels above OD keys ``(origin * cells + destination) * classes + day_type * slots + slot``.

    First both ends in coarser H3 cells, `steps` times; then all places by slot; by day type; in all.
    """
    classes, levels = len(day_types) * len(slots), []
    below = cells.size
    for coarse in _coarser(cells, steps):
        levels.append(_od_places(coarse, below, classes, day_types, slots))
        below = coarse.cells.size

    def times(time_class: Keys) -> dict[str, Any]:
        return _times(time_class, day_types, slots)

    return (
        *levels,
        Rollup("slot", lambda key: key % classes, times),
        Rollup("day_type", lambda key: key // len(slots), lambda key: {"day_type": _named(day_types, key)}),
        Rollup("all", lambda key: np.zeros_like(key), lambda key: {}),
    )


def _od_places(
    coarse: _Coarser, below: int, classes: int, day_types: tuple[str, ...], slots: tuple[str, ...]
) -> Rollup:
    size = coarse.cells.size

    def up(key: Keys) -> Keys:
        pair, time_class = np.divmod(key, classes)
        origin, destination = np.divmod(pair, below)
        return (coarse.parent[origin] * size + coarse.parent[destination]) * classes + time_class

    def columns(key: Keys) -> dict[str, Any]:
        pair, time_class = np.divmod(key, classes)
        origin, destination = np.divmod(pair, size)
        ends = {"origin": coarse.cells[origin], "destination": coarse.cells[destination]}
        return {**ends, **_times(time_class, day_types, slots)}

    return Rollup(f"h3_{coarse.resolution}", up, columns)


def _times(time_class: Keys, day_types: tuple[str, ...], slots: tuple[str, ...]) -> dict[str, Any]:
    day_type, slot = np.divmod(time_class, len(slots))
    return {"day_type": _named(day_types, day_type), "slot": _named(slots, slot)}


def _named(names: tuple[str, ...], index: Keys) -> NDArray[np.object_]:
    return np.asarray(np.array(names, object)[index], object)


def presence_rollups(cells: Keys, steps: int) -> tuple[Rollup, ...]:
    """Levels above presence keys ``cell * 2**24 + hour``: coarser H3 cells, all by hour, by day (UTC), in all."""
    hours = (1 << _HOUR_BITS) - 1
    levels = []
    for coarse in _coarser(cells, steps):

        def up(key: Keys, coarse: _Coarser = coarse) -> Keys:
            place: Keys = coarse.parent[key >> _HOUR_BITS] << _HOUR_BITS
            return place | (key & hours)

        def columns(key: Keys, coarse: _Coarser = coarse) -> dict[str, Any]:
            return {"h3": coarse.cells[key >> _HOUR_BITS], "hour": _hour(key & hours)}

        levels.append(Rollup(f"h3_{coarse.resolution}", up, columns))
    return (
        *levels,
        Rollup("hour", lambda key: key & hours, lambda key: {"hour": _hour(key)}),
        Rollup("day", lambda key: key // _HOURS_OF_DAY, lambda key: {"hour": _hour(key * _HOURS_OF_DAY)}),
        Rollup("all", lambda key: np.zeros_like(key), lambda key: {}),
    )


def _hour(hour: Keys) -> pa.Array:
    return timestamps(hour * 3_600)
