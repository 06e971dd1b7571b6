"""Count figures by key, at every level, over files of whole users."""

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from jobs.counting.partial_sums import Sums, add_up
from jobs.engine.blocks import map_reduce
from jobs.engine.store import Store, StoredFile

if TYPE_CHECKING:
    from pyspark import SparkContext

Counter = Callable[[dict[str, Any]], tuple[int, Iterator[Sums]]]
"""The window of an input, and its sums by level."""

_ROWS_OF_TASK = 2_000_000
"""Inputs of so many rows together are one task, which adds them up before they travel."""


def counted_levels(
    spark: "SparkContext",
    store: Store,
    folder: str,
    inputs: list[dict[str, Any]],
    count: Counter,
    levels: int,
    edges: NDArray[np.int64],
) -> list[Sums]:
    """Sums of each level over all inputs, whole; they pass through files that are deleted at once.

    Parameters
    ----------
    folder : of the files on the way: the figures in them are not yet controlled.
    inputs : with a `name`, and how many `rows` are counted; small ones are counted together.
    edges : ascending keys that cut the finest level into parts.
    """
    parts = edges.size - 1

    def mapper(given: dict[str, Any]) -> Iterator[tuple[int, pa.Table]]:
        for level, window, sums in counted_together(given["inputs"], count):
            name = given["inputs"][0]["name"]
            if level > 0:
                yield parts + level - 1, sums.as_block(window, name)
                continue
            bounds = np.searchsorted(sums.key, edges)
            for part in np.flatnonzero(np.diff(bounds)).tolist():
                rows = slice(int(bounds[part]), int(bounds[part + 1]))
                yield part, sums.rows(rows).as_block(window, name)

    def reducer(part: int, blocks: list[pa.Table]) -> dict[str, Any]:
        block = add_up(blocks).as_block(0, "")
        return {"file": store.write_table(folder, f"counts-{part:05d}", block).as_json()}

    files = [
        StoredFile.from_json(report["file"])
        for report in map_reduce(spark, tasks_of(inputs), mapper, reducer, parts + levels - 1)
    ]
    try:
        read = [_sums_of(store.read_table(file)) for file in files]
    finally:
        for file in files:
            store.delete(file.path)
    return [_joined(read[:parts]), *read[parts:]]


def tasks_of(inputs: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Inputs that one task counts: one after the other, as many as are no more than `_ROWS_OF_TASK` together."""
    tasks: list[dict[str, Any]] = []
    room = 0
    for given in inputs:
        if tasks and given["rows"] <= room:
            tasks[-1]["inputs"].append(given)
        else:
            tasks.append({"inputs": [given]})
            room = _ROWS_OF_TASK
        room -= given["rows"]
    return tasks


def counted_together(inputs: list[dict[str, Any]], count: Counter) -> Iterator[tuple[int, int, Sums]]:
    """Level, window and sums of some inputs together; users are counted within a window."""
    found: dict[tuple[int, int], list[pa.Table]] = {}
    for given in inputs:
        window, sums_of_levels = count(given)
        for level, sums in enumerate(sums_of_levels):
            if len(inputs) == 1:
                yield level, window, sums
                continue
            found.setdefault((level, window), []).append(sums.as_block(window, given["name"]))
    for (level, window), blocks in found.items():
        yield level, window, add_up(blocks)


_COLUMNS = ("key", "users", "trips", "population", "squares")


def _sums_of(table: pa.Table) -> Sums:
    names = [name for name in _COLUMNS if name in table.column_names]
    return Sums(*(table[name].to_numpy() for name in names))


def _joined(parts: list[Sums]) -> Sums:
    names = [name for name in _COLUMNS if all(getattr(part, name) is not None for part in parts)]
    return Sums(*(np.concatenate([getattr(part, name) for part in parts]) for name in names))
