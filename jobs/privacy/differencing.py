"""Which withheld figures follow from published ones by subtraction; the truth is counted anew.

Counting and attack share no code with what chose the published figures but the keys of levels.
"""

from collections.abc import Iterable
from dataclasses import asdict
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from jobs.counting.disclosure import Forest, audited, forest_of
from jobs.counting.partial_sums import Sums, add_up
from jobs.counting.rollups import Keys, Rollup, Rows, summed_levels

_NONE = "-"


def true_levels(files: Iterable[tuple[int, str, Rows]], rollups: tuple[Rollup, ...]) -> list[Sums]:
    """Figures of each level over all files, finest first.

    Parameters
    ----------
    files : window, name and rows of each file of whole users.
    """
    parts: list[list[pa.Table]] = [[] for _ in range(1 + len(rollups))]
    for window, name, rows in files:
        for level, sums in enumerate(summed_levels(rows, rollups)):
            parts[level].append(sums.as_block(window, name))
    return [add_up(blocks) for blocks in parts]


def published_mask(
    levels: list[Sums],
    rollups: tuple[Rollup, ...],
    leaf_columns: dict[str, Any],
    leaves: pa.Table,
    margins: pa.Table,
) -> NDArray[np.bool_]:
    """Which true figures are published, over all levels.

    Parameters
    ----------
    leaf_columns : what the keys of the finest level say, by column of `leaves`.
    leaves, margins : the published tables.
    """
    names = tuple(leaf_columns)
    masks = [
        pc.is_in(_text(leaf_columns, names), pa.array(_text(leaves, names))).to_numpy(zero_copy_only=False)
    ]
    for sums, rollup in zip(levels[1:], rollups, strict=True):
        own = margins.filter(pc.equal(margins["level"], rollup.name))
        told = _text(rollup.columns(sums.key), names, sums.key.size)
        masks.append(pc.is_in(told, pa.array(_text(own, names))).to_numpy(zero_copy_only=False))
    return np.concatenate(masks).astype(bool)


def _text(columns: Any, names: tuple[str, ...], rows: int = -1) -> pa.Array:
    """The values of a row as one text, so that rows can be looked up."""
    parts = []
    for name in names:
        held = columns.column_names if isinstance(columns, pa.Table) else columns
        if name not in held:
            parts.append(pa.array([_NONE] * rows, pa.string()))
            continue
        column = columns[name]
        array = column.combine_chunks() if isinstance(column, pa.ChunkedArray) else pa.array(column)
        if pa.types.is_timestamp(array.type):
            array = array.cast(pa.timestamp("s", "UTC")).cast(pa.int64())
        parts.append(pc.fill_null(array.cast(pa.string()), _NONE))
    return pc.binary_join_element_wise(*parts, "|")


def differencing(
    levels: list[Sums], rollups: tuple[Rollup, ...], shown: NDArray[np.bool_], k: int
) -> dict[str, Any]:
    """Attack the published figures."""
    return asdict(audited(forest_of(levels, rollups), shown, k))


def naive_mask(forest: Forest, k: int) -> NDArray[np.bool_]:
    """The control: only figures of fewer than k users are withheld, and all sums are published."""
    return forest.users >= k


def od_columns(key: Keys, cells: Keys, day_types: tuple[str, ...], slots: tuple[str, ...]) -> dict[str, Any]:
    """What the keys of flows say."""
    pair, time_class = np.divmod(key, len(day_types) * len(slots))
    origin, destination = np.divmod(pair, cells.size)
    day_type, slot = np.divmod(time_class, len(slots))
    return {
        "origin": cells[origin],
        "destination": cells[destination],
        "day_type": np.array(day_types, object)[day_type],
        "slot": np.array(slots, object)[slot],
    }


def presence_columns(key: Keys, cells: Keys) -> dict[str, Any]:
    """What the keys of presence say."""
    hour = pa.array((key & ((1 << 24) - 1)) * 3_600, pa.int64()).cast(pa.timestamp("s", "UTC"))
    return {"h3": cells[key >> 24], "hour": hour}
