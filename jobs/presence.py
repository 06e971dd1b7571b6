"""Events to presence: distinct users and expanded persons by H3 cell and hour."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from jobs import tables
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
from jobs.counting.level_counts import counted_levels
from jobs.counting.partial_sums import Sums
from jobs.counting.rollups import Rows, presence_rollups, summed_levels
from jobs.engine.columns import epoch_seconds, timestamps
from jobs.engine.store import Store, StoredFile
from jobs.ground.weights import CellWeights, cell_weights
from kernels.presence import user_hours
from kernels.privacy.contributions import chosen_entries

if TYPE_CHECKING:
    from pyspark import SparkContext

_HOUR_S = 3_600
_HOUR_BITS = 24
_PLACE = 3


def presence(
    spark: "SparkContext",
    store: Store,
    build: str,
    events: list[StoredFile],
    anchors: list[StoredFile],
    cells: pa.Table,
    cell_h3: pa.Table,
    disclosure: DisclosureParams,
    noise_key: NDArray[np.uint32] | None = None,
    span_s: tuple[int, int] = (0, 0),
) -> Aggregate:
    """Count users by H3 cell and hour, and let out what tells of nobody.

    A user counts in an hour with an event, at the cell with most events, shared over the H3 cells
    that it serves. An hour of silence is unknown, and adds nothing. With differential privacy a user
    counts in one H3 cell of these, drawn by weight, in up to the cap of hours.

    Parameters
    ----------
    noise_key : uint32[8] of `jobs.privacy.dp.noise_key`, where the method is dp.
    span_s : first and last second with events, for a public grid of all hours.
    """
    weights = cell_weights(cell_h3, cells.num_rows)
    rollups = presence_rollups(weights.h3, disclosure.coarser) if disclosure.margins else ()
    anchor_path = {file.name: file.path for file in anchors}
    inputs = [
        {"name": f.name, "rows": f.rows, "events": f.path, "anchors": anchor_path[f.name]}
        for f in events
        if f.rows
    ]
    limits = None
    if disclosure.dp and noise_key is not None:
        windows = len({file.name.split("/")[0] for file in events})
        cap = disclosure.dp.cap.presence
        limits = limits_of(disclosure.dp, cap, windows, True, int(noise_key[0]))

    def count(given: dict[str, Any]) -> tuple[int, Iterator[Sums]]:
        read = store.read_table(given["events"], columns=["user", "window", "time", "cell"])
        expansion = store.read_table(given["anchors"], columns=["user", "weight"])
        window = int(read["window"][0].as_py())
        if limits:
            return window, iter(_limited(read, expansion, weights, limits))
        return window, summed_levels(presence_rows(read, expansion, weights), rollups)

    edges = np.array([0, np.iinfo(np.int64).max])
    levels = counted_levels(
        spark,
        store,
        f"tables/presence/{build}/counts",
        inputs,
        count,
        2 if limits else 1 + len(rollups),
        edges,
    )
    margins: list[StoredFile] = []
    if disclosure.dp and limits and noise_key is not None:
        public = _every_key(weights, span_s) if disclosure.dp.keys == "public" else None
        found = blurred(levels, disclosure.dp, limits, noise_key, public)
        leaves, told = found.sums, found.figures
    else:
        shown, told = above_threshold(levels, rollups, disclosure)
        leaves = shown[0]
        if rollups:
            table = margin_table(shown, rollups, tables.PRESENCE_MARGINS, "user_hours")
            margins = [store.write_table(f"tables/presence_margins/{build}", "part-00000", table)]
    file = store.write_table(f"tables/presence/{build}", "part-00000", _as_table(leaves, weights))
    return Aggregate([file], margins, _figures(told))


def _figures(told: dict[str, Any]) -> dict[str, Any]:
    """In the words of presence."""
    kept = ("flows_withheld_as_complement", "sums_withheld", "min_users", "dp")
    named = {"figures": told["flows"], "figures_withheld": told["flows_withheld"]}
    return {**named, **{name.replace("flows", "figures"): told[name] for name in kept if name in told}}


def _every_key(weights: CellWeights, span_s: tuple[int, int]) -> NDArray[np.int64]:
    hours = np.arange(span_s[0] // _HOUR_S, span_s[1] // _HOUR_S + 1)
    return ((np.arange(weights.h3.size) << _HOUR_BITS)[:, None] | hours).ravel()


def _limited(events: pa.Table, expansion: pa.Table, weights: CellWeights, limits: Limits) -> list[Sums]:
    """What each person may add, every hour in one H3 cell."""
    events = of_persons(events, expansion)
    user = events["user"].to_numpy()
    event, hour, cell = user_hours(user, epoch_seconds(events["time"]), events["cell"].to_numpy())
    who = user[event]
    entry = chosen_entries(who, cell, weights.row_start, weights.weight, _PLACE, limits.seed)
    key = (weights.index[entry] << _HOUR_BITS) | hour
    return limited_sums(who, key, _weight_of(who, expansion), limits)


def presence_rows(events: pa.Table, expansion: pa.Table, weights: CellWeights) -> Rows:
    """Key, user, hours and expanded hours of the persons of one file; key: ``H3 index * 2**24 + hours since 1970``."""
    events = of_persons(events, expansion)
    user = events["user"].to_numpy()
    event, hour, cell = user_hours(user, epoch_seconds(events["time"]), events["cell"].to_numpy())
    count = weights.row_start[cell + 1] - weights.row_start[cell]
    row = np.repeat(np.arange(cell.size), count)
    entry = _ranges(weights.row_start[cell], count)
    key = (weights.index[entry] << _HOUR_BITS) | hour[row]
    share = weights.weight[entry]
    person = share * _weight_of(user[event], expansion)[row]
    return key, user[event][row], share, person


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
