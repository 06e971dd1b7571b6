"""k-anonymous traces as a file, and the proof of k from the file alone."""

from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
from numpy.typing import NDArray

from jobs.errors import InputError
from jobs.privacy.glove import M_PER_DEGREE, Anonymous, Samples

COLUMNS = ("user_id", "start", "end", "west", "south", "east", "north")
_DIGITS = 5
"""Decimal places of degrees: about a metre."""


def released_table(samples: Samples, anonymous: Anonymous, order: NDArray[np.int64]) -> pa.Table:
    """Rows of all members of all groups: every member has the boxes of the group, under an id of its own.

    Parameters
    ----------
    order : int64[users], a random order of users: identifiers are places in it, so that they tell nothing
        of groups.
    """
    known = order[anonymous.group[order] >= 0]
    group = anonymous.group[known]
    size = np.diff(anonymous.box_start)[group]
    user_id = np.repeat(np.arange(1, known.size + 1, dtype=np.int32), size)
    ends = np.cumsum(size)
    row = np.arange(int(ends[-1]) if ends.size else 0) + np.repeat(
        anonymous.box_start[group] - (ends - size), size
    )
    box = anonymous.box[row].astype(np.float64)
    lon, lat = samples.origin
    per_x = M_PER_DEGREE * np.cos(np.radians(lat))
    time = [
        pa.array(samples.first_s + np.rint(box[:, i]).astype(np.int64)).cast(pa.timestamp("s"))
        for i in (4, 5)
    ]
    return pa.table(
        {
            "user_id": user_id,
            "start": time[0],
            "end": time[1],
            "west": np.round(lon + box[:, 0] / per_x, _DIGITS),
            "south": np.round(lat + box[:, 2] / M_PER_DEGREE, _DIGITS),
            "east": np.round(lon + box[:, 1] / per_x, _DIGITS),
            "north": np.round(lat + box[:, 3] / M_PER_DEGREE, _DIGITS),
        }
    )


def write_boxes(table: pa.Table, file: Path) -> None:
    """Write the released file."""
    file.parent.mkdir(parents=True, exist_ok=True)
    pq.write_table(table, file, compression="zstd")


def read_boxes(file: Path) -> pa.Table:
    """Read a released file.

    Raises
    ------
    InputError
        It is not one.
    """
    try:
        return pq.read_table(file).select(COLUMNS)
    except (OSError, pa.ArrowInvalid, KeyError) as error:
        what = f"is no file of k-anonymous traces; these are Parquet with {', '.join(COLUMNS)}"
        raise InputError(what, str(file), "maillage anonymise makes one") from error


def proof_of_k(table: pa.Table) -> dict[str, Any]:
    """How many released traces are equal to the last value, at least; computed from the table alone.

    Two traces are equal if they have the same boxes, as often. An empty table proves nothing: its
    smallest group is 0.
    """
    rows = table.sort_by([(name, "ascending") for name in COLUMNS])
    values = [
        np.ascontiguousarray(_plain(rows[name])).view(np.uint8).reshape(rows.num_rows, -1)
        for name in COLUMNS[1:]
    ]
    content = np.concatenate(values, 1) if rows.num_rows else np.zeros((0, 1), np.uint8)
    user = _plain(rows["user_id"])
    start = np.flatnonzero(np.append(True, user[1:] != user[:-1])) if user.size else np.zeros(0, np.int64)
    ends = np.append(start[1:], user.size)
    seen: dict[bytes, int] = {}
    for first, last in zip(start.tolist(), ends.tolist(), strict=True):
        trace = content[first:last].tobytes()
        seen[trace] = seen.get(trace, 0) + 1
    return {
        "users": int(start.size),
        "distinct_traces": len(seen),
        "smallest_group": min(seen.values(), default=0),
        "boxes": rows.num_rows,
    }


def _plain(column: pa.ChunkedArray) -> NDArray[Any]:
    if pa.types.is_timestamp(column.type):
        column = column.cast(pa.timestamp("s")).cast(pa.int64())
    if column.null_count:
        column = pc.fill_null(column, 0)
    return np.asarray(column.to_numpy())
