"""Events to presence: distinct users and expanded persons by H3 cell and hour."""

from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from jobs import tables
from jobs.blocks import map_reduce
from jobs.columns import epoch_seconds, timestamps
from jobs.disclosure import DisclosureParams
from jobs.partial_sums import Sums, add_up
from jobs.store import Store, StoredFile
from jobs.weights import CellWeights, cell_weights
from kernels.od import sum_by_key
from kernels.presence import user_hours

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pyspark.sql import SparkSession

_HOUR_S = 3_600
_HOUR_BITS = 24


def presence(
    spark: "SparkSession",
    store: Store,
    build: str,
    events: list[StoredFile],
    anchors: list[StoredFile],
    cells: pa.Table,
    cell_h3: pa.Table,
    disclosure: DisclosureParams,
) -> tuple[list[StoredFile], dict[str, Any]]:
    """Count users by H3 cell and hour, and withhold figures about fewer than k.

    A user counts in an hour with an event, at the cell with most events, shared over the H3 cells
    that it serves. An hour of silence is unknown, and adds nothing.

    Returns
    -------
    the files of the `presence` table, and figures on what was withheld.
    """
    weights = cell_weights(cell_h3, cells.num_rows)
    anchor_path = {file.name: file.path for file in anchors}
    inputs = [{"name": f.name, "events": f.path, "anchors": anchor_path[f.name]} for f in events]

    def count(given: dict[str, Any]) -> "Iterator[tuple[int, pa.Table]]":
        read = store.read_table(given["events"])
        expansion = store.read_table(given["anchors"], columns=["user", "weight"])
        if read.num_rows:
            window = int(read["window"][0].as_py())
            yield 0, presence_of(read, expansion, weights).as_block(window, given["name"])

    def sum_up(part: int, blocks: list[pa.Table]) -> dict[str, Any]:
        sums = add_up(blocks)
        shown = sums.users >= disclosure.min_users
        file = store.write_table(
            f"tables/presence/{build}", "part-00000", _as_table(sums.rows(shown), weights)
        )
        return {"file": file.as_json(), "rows": shown.size, "withheld": int((~shown).sum())}

    (report,) = map_reduce(spark, inputs, count, sum_up, 1)
    figures = {"figures": report["rows"], "figures_withheld": report["withheld"]}
    return [StoredFile.from_json(report["file"])], {**figures, "min_users": disclosure.min_users}


def presence_of(events: pa.Table, expansion: pa.Table, weights: CellWeights) -> Sums:
    """Partial sums of one file; the key is ``H3 index * 2**24 + hours since 1970``."""
    user = events["user"].to_numpy()
    event, hour, cell = user_hours(user, epoch_seconds(events["time"]), events["cell"].to_numpy())
    count = weights.row_start[cell + 1] - weights.row_start[cell]
    row = np.repeat(np.arange(cell.size), count)
    entry = _ranges(weights.row_start[cell], count)
    key = (weights.index[entry] << _HOUR_BITS) | hour[row]
    share = weights.weight[entry]
    person = share * _weight_of(user[event], expansion)[row]
    who = user[event][row]
    order = np.lexsort((who, key))
    return Sums(*sum_by_key(key[order], who[order], share[order], person[order]))


def _as_table(sums: Sums, weights: CellWeights) -> pa.Table:
    hour = sums.key & ((1 << _HOUR_BITS) - 1)
    rows = {
        "h3": weights.h3[sums.key >> _HOUR_BITS],
        "hour": timestamps(hour * _HOUR_S),
        "users": sums.users.astype(np.int32),
        "population": sums.population,
    }
    return tables.PRESENCE.conform(pa.table(rows))


def _ranges(start: NDArray[np.int64], count: NDArray[np.int64]) -> NDArray[np.int64]:
    """Concatenate ``arange(start, start + count)`` of every pair."""
    ends = np.cumsum(count)
    return np.arange(ends[-1] if ends.size else 0) - np.repeat(ends - count - start, count)


def _weight_of(user: NDArray[np.uint64], expansion: pa.Table) -> NDArray[np.float64]:
    """Expansion weight of each user; 1 for a user without a stay."""
    known = expansion["user"].to_numpy()
    if known.size == 0:
        return np.ones(user.size)
    at = np.minimum(np.searchsorted(known, user), known.size - 1)
    return np.where(known[at] == user, expansion["weight"].to_numpy()[at], 1.0)
