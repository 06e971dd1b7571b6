"""Indicators of behaviour of the persons of a set, computed at source so that no content leaves.

With who-spoke-with-whom columns in `events` there are 33, as in D4D Senegal; without, the nine of when
and where.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from jobs.calendars.days import DAY_S
from jobs.calendars.localtime import Zone
from jobs.engine.blocks import map_reduce
from jobs.engine.columns import epoch_seconds
from jobs.engine.store import Store, StoredFile
from jobs.records.interactions import has_interactions
from jobs.release.interactions import CALL, TEXT, interactions_of
from jobs.release.layouts import LAYOUTS, LayoutName, Slice
from jobs.release.recipients import Copy
from jobs.release.sample import Draw, Sample, window_of
from kernels.indicators import MOBILITY, SOCIAL, mobility_indicators, social_indicators

if TYPE_CHECKING:
    from pyspark import SparkContext

_NO_DURATION = SOCIAL[:-2]
SIGNIFICANT_DIGITS = 6


@dataclass(frozen=True, eq=False)
class IndicatorSet:
    """Whose indicators are computed, from which places.

    Attributes
    ----------
    place_of_cell : int64[cells], site or zone number, -1 unknown.
    lon, lat : float64[places + 1], degrees, of place 0 (unknown: NaN), 1, 2 ...
    slices : one file for each period.
    """

    draw: Draw
    sample: Sample
    place_of_cell: NDArray[np.int64]
    lon: NDArray[np.float64]
    lat: NDArray[np.float64]
    slices: dict[int, Slice]
    layouts: tuple[LayoutName, ...]

    @property
    def key(self) -> str:
        """Name of the files in a layout."""
        return f"indicators_{self.draw.name}"


def write_indicators(
    spark: "SparkContext",
    store: Store,
    folder: str,
    events: list[StoredFile],
    wanted: IndicatorSet,
    clock: Zone,
    copy: Copy,
) -> list[str]:
    """Write the indicators of every period of a set, and their header; return their names.

    A person whose events lie in several windows has one row.
    """
    periods = wanted.draw.periods
    inputs = [{"path": f.path, "name": f.name, "window": window_of(f)} for f in events]

    def read(given: dict[str, Any]) -> Iterator[tuple[int, pa.Table]]:
        table = store.read_table(given["path"])
        local = clock.to_local(epoch_seconds(table["time"]))
        user, at = np.unique(table["user"].to_numpy(), return_inverse=True)
        person = wanted.draw.person_of(store, given["name"], user)
        period = wanted.draw.periods_of(given["window"], local // DAY_S)
        for p in np.unique(period).tolist():
            identifier = wanted.sample.ids_of(store, p, person)[at]
            rows = (period == p) & (identifier > 0) & ~copy.lacks(wanted.draw.name, identifier)
            drawn = table.filter(pa.array(rows)).append_column("id", pa.array(identifier[rows]))
            yield periods.index(p), drawn.append_column("local", pa.array(local[rows]))

    def write(part: int, blocks: list[pa.Table]) -> dict[str, Any]:
        if not blocks:
            return {"names": []}
        events = pa.concat_tables(blocks).sort_by([("id", "ascending"), ("local", "ascending")])
        table = indicators_of(events, wanted.place_of_cell, wanted.lon, wanted.lat)
        for name in wanted.layouts:
            layout = LAYOUTS[name]
            if wanted.key in layout.files:
                path = wanted.slices[periods[part]].file_name(layout.files[wanted.key])
                content = layout.encode(_rounded(table) if layout.delimiter else table)
                store.write_bytes(f"{folder}/data/{path}", content)
        return {"names": table.column_names}

    reports = map_reduce(spark, inputs, read, write, len(periods)) if periods else []
    names: list[str] = next((r["names"] for r in reports if r["names"]), [])
    for name in wanted.layouts:
        layout = LAYOUTS[name]
        if wanted.key in layout.context:
            header = layout.delimiter.join(names) + "\n"
            store.write_bytes(f"{folder}/data/{layout.context[wanted.key]}", header.encode())
    return names


def indicators_of(
    events: pa.Table, place_of_cell: NDArray[np.int64], lon: NDArray[np.float64], lat: NDArray[np.float64]
) -> pa.Table:
    """Indicators of each person.

    Parameters
    ----------
    events : columns of `events`, with ``id`` and ``local`` (seconds since 1970 as the clock showed),
        sorted by both.
    """
    identifier, first = np.unique(events["id"].to_numpy(), return_index=True)
    start = np.append(first, events.num_rows)
    place = np.maximum(place_of_cell[events["cell"].to_numpy()], 0)
    values = mobility_indicators(start, events["local"].to_numpy(), place, lon, lat)
    columns = {"user_id": identifier} | dict(zip(MOBILITY, values.T, strict=True))
    if has_interactions(events.column_names):
        columns |= _social(events, identifier)
    return pa.table(columns)


def _social(events: pa.Table, identifier: NDArray[np.int32]) -> dict[str, NDArray[np.float64]]:
    # The identifier stands in for the user: a person has another key in each window.
    own = events.set_column(
        events.column_names.index("user"), "user", pa.array(events["id"].to_numpy().astype(np.uint64))
    )
    timed = own.set_column(
        own.column_names.index("time"), "time", pa.array(own["local"]).cast(pa.timestamp("s", "UTC"))
    )
    found = interactions_of(timed)
    _, contact = np.unique(found.counterparty, return_inverse=True)
    columns: dict[str, NDArray[np.float64]] = {}
    for kind, name, names in ((CALL, "call", SOCIAL), (TEXT, "text", _NO_DURATION)):
        rows = found.kind == kind
        start = np.searchsorted(found.user[rows], np.append(identifier, identifier[-1] + 1).astype(np.uint64))
        values = social_indicators(
            start, found.time_s[rows], contact[rows], found.out[rows], found.duration_s[rows]
        )
        columns |= {f"{indicator}_{name}": values[:, i] for i, indicator in enumerate(names)}
    return columns


def _rounded(table: pa.Table) -> pa.Table:
    """Numbers as short text, empty where an indicator is not defined."""
    columns = {"user_id": table["user_id"]}
    for name in table.column_names[1:]:
        values = table[name].to_numpy().tolist()
        texts = ["" if v != v else f"{v:.{SIGNIFICANT_DIGITS}g}" for v in values]
        columns[name] = pa.array(texts, pa.string())
    return pa.table(columns)
