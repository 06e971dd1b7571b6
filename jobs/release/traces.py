"""SET2 and SET3: who was where when, under released identifiers."""

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
from jobs.release.layouts import LAYOUTS, LayoutName, Slice
from jobs.release.recipients import Copy
from jobs.release.sample import Draw, Sample, window_of

if TYPE_CHECKING:
    from pyspark import SparkContext


@dataclass(frozen=True, eq=False)
class TraceSet:
    """How one set of traces is written.

    Attributes
    ----------
    place_of_cell : int64[cells], what stands for a cell; -1 unknown.
    place_column : name of the place in Parquet.
    slices : of each period, the files that it is cut into: first local day and slice, in order.
    step_s : times are cut to this; None: to the step of the layout.
    """

    draw: Draw
    sample: Sample
    place_of_cell: NDArray[np.int64]
    place_column: str
    slices: dict[int, list[Slice]]
    step_s: int | None
    layouts: tuple[LayoutName, ...]

    def all_slices(self) -> list[tuple[int, Slice]]:
        """Every file of the set with its period."""
        return [(period, piece) for period in self.draw.periods for piece in self.slices[period]]


def write_traces(
    spark: "SparkContext",
    store: Store,
    folder: str,
    events: list[StoredFile],
    traces: TraceSet,
    clock: Zone,
    copy: Copy,
) -> dict[str, Any]:
    """Write one set of traces in every layout that has it.

    Rows are sorted by identifier, time and place. `copy` says which identifiers this copy lacks.

    Returns
    -------
    persons and rows by file, of the first layout.
    """
    pieces = traces.all_slices()
    inputs = [{"path": f.path, "name": f.name, "window": window_of(f)} for f in events]

    def read(given: dict[str, Any]) -> Iterator[tuple[int, pa.Table]]:
        table = store.read_table(given["path"], columns=["user", "time", "cell"])
        local = clock.to_local(epoch_seconds(table["time"]))
        user, at = np.unique(table["user"].to_numpy(), return_inverse=True)
        person = traces.draw.person_of(store, given["name"], user)
        period = traces.draw.periods_of(given["window"], local // DAY_S)
        place = traces.place_of_cell[table["cell"].to_numpy()]
        for p in np.unique(period).tolist():
            identifier = traces.sample.ids_of(store, p, person)[at]
            rows = (period == p) & (identifier > 0)
            yield from _by_slice(pieces, p, identifier[rows], local[rows], place[rows])

    def write(part: int, blocks: list[pa.Table]) -> dict[str, Any]:
        _, piece = pieces[part]
        rows = _kept(blocks, copy, traces.draw.name)
        for name in traces.layouts:
            layout = LAYOUTS[name]
            if traces.draw.name in layout.files:
                path = f"{folder}/data/{piece.file_name(layout.files[traces.draw.name])}"
                cut = _as_written(rows, traces.step_s or layout.time_step_s, traces.place_column)
                store.write_bytes(path, layout.encode(cut))
        return {"users": len(np.unique(rows["id"])), "rows": len(rows["id"])}

    reports = map_reduce(spark, inputs, read, write, len(pieces)) if pieces else []
    return {"persons": [r["users"] for r in reports], "rows": [r["rows"] for r in reports]}


def _by_slice(
    pieces: list[tuple[int, Slice]],
    period: int,
    identifier: NDArray[np.int32],
    local: NDArray[np.int64],
    place: NDArray[np.int64],
) -> Iterator[tuple[int, pa.Table]]:
    """Rows of a period, cut into those of its files."""
    own = [(number, piece) for number, (p, piece) in enumerate(pieces) if p == period]
    starts = [piece.first_day.toordinal() - _EPOCH_ORDINAL for _, piece in own]
    which = np.maximum(np.searchsorted(starts, local // DAY_S, side="right") - 1, 0)
    for w in np.unique(which).tolist():
        rows = which == w
        columns = {"id": identifier[rows], "time": local[rows], "place": place[rows].astype(np.int32)}
        yield own[w][0], pa.table(columns)


_EPOCH_ORDINAL = 719_163
"""`date(1970, 1, 1).toordinal()`."""


def _kept(blocks: list[pa.Table], copy: Copy, name: str) -> dict[str, NDArray[Any]]:
    """Rows of a file without the persons that this copy lacks."""
    if not blocks:
        return {"id": np.empty(0, np.int32), "time": np.empty(0, np.int64), "place": np.empty(0, np.int32)}
    rows = pa.concat_tables(blocks)
    kept = ~copy.lacks(name, rows["id"].to_numpy())
    return {column: rows[column].to_numpy()[kept] for column in ("id", "time", "place")}


def _as_written(rows: dict[str, NDArray[Any]], step_s: int, place_column: str) -> pa.Table:
    time = rows["time"] - rows["time"] % step_s
    order = np.lexsort((rows["place"], time, rows["id"]))
    return pa.table(
        {
            "user_id": rows["id"][order],
            "timestamp": pa.array(time[order], pa.int64()).cast(pa.timestamp("s")),
            place_column: rows["place"][order],
        }
    )
