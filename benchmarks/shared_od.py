"""The part of the work that all competitors share: moves counted from the events of a finished run.

Every competitor counts moves between consecutive records. Our product does not: it counts trips between
stays. So that results can be compared cell by cell, moves are counted here once more, with NumPy, from the
user-sorted events that the measured run left; this extra count is not part of the measured time.
"""

from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.dataset as ds
import pyarrow.parquet as pq
from numpy.typing import NDArray

from jobs.engine.columns import epoch_seconds
from jobs.engine.store import Store
from pipelines.ledger import Ledger

KEY = ("origin", "destination", "day_type", "slot")
_MAX_GAP_S = 8 * 3600
_SLOT_STARTS = (0, 6, 10, 16, 20)


def moves_of_run(workspace: Path) -> pa.Table:
    """Counted moves of a run's events, by `KEY`."""
    store = Store(str(workspace))
    ledger = Ledger(store)
    ingested, located = ledger.record("ingest"), ledger.record("locate")
    assert ingested is not None
    assert located is not None
    cells = store.read_table(located.tables["cells"][0]).sort_by("cell")
    h3 = np.asarray(cells["h3"].to_numpy(), np.int64)
    parts = [_moves(store.read_table(file), h3) for file in ingested.tables["events"]]
    return counted(pa.concat_tables(parts))


def counted(parts: pa.Table) -> pa.Table:
    """Sum `trips` by `KEY`; ordered."""
    summed = parts.group_by(list(KEY)).aggregate([("trips", "sum")]).rename_columns([*KEY, "trips"])
    ordered = summed.select([*KEY, "trips"]).sort_by([(name, "ascending") for name in KEY])
    return ordered.cast(pa.schema([(name, pa.int64()) for name in (*KEY, "trips")]))


def result_of(path: Path) -> pa.Table:
    """Read the result of a peer, in the same form."""
    table = ds.dataset(path, format="parquet").to_table() if path.is_dir() else pq.read_table(path)
    return counted(table)


def difference(ours: pa.Table, theirs: pa.Table) -> dict[str, Any]:
    """Compare two results cell by cell."""
    both = ours.join(theirs, list(KEY), join_type="full outer", right_suffix="_peer")
    here, there = (np.nan_to_num(both[name].to_numpy()) for name in ("trips", "trips_peer"))
    return {
        "flows": both.num_rows,
        "flows_that_differ": int(np.count_nonzero(here != there)),
        "moves": int(here.sum()),
        "moves_of_peer": int(there.sum()),
    }


def _moves(events: pa.Table, h3: NDArray[np.int64]) -> pa.Table:
    user, cell = events["user"].to_numpy(), events["cell"].to_numpy()
    time = epoch_seconds(events["time"])
    same = (user[1:] == user[:-1]) & (cell[1:] != cell[:-1]) & (np.diff(time) <= _MAX_GAP_S)
    at = np.flatnonzero(same)
    middle = (time[at] + time[at + 1]) // 2
    weekday = (middle // 86_400 + 3) % 7
    moves = {
        "origin": h3[cell[at]],
        "destination": h3[cell[at + 1]],
        "day_type": np.maximum(weekday - 4, 0),
        "slot": np.searchsorted(_SLOT_STARTS, middle % 86_400 // 3600, side="right") - 1,
        "trips": np.ones(at.size, np.int64),
    }
    return counted(pa.table(moves))
