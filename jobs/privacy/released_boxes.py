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
MEMBERS = 1_000
"""Identifiers of one group: more than it has members."""

_PER_DEGREE = 10_000
"""Bounds of boxes are multiples of this part of a degree, about ten metres."""


def released_table(samples: Samples, anonymous: Anonymous, order: NDArray[np.int64]) -> pa.Table:
    """Rows of all members of all groups: every member has the boxes of the group, under an id of its own.

    Identifiers are `MEMBERS` times the group's number, and the member's number: who is in a group together
    can be seen from equal traces anyway.

    Parameters
    ----------
    order : int64[groups], groups in the order in which they are numbered, from 1: has to be one that tells
        nothing of persons.
    """
    number = np.empty(order.size, np.int64)
    number[order] = np.arange(1, order.size + 1)
    known = np.flatnonzero(anonymous.group >= 0)
    known = known[np.argsort(number[anonymous.group[known]], kind="stable")]
    group = anonymous.group[known]
    people = np.bincount(group, minlength=order.size)[order]
    member = np.arange(known.size) - np.repeat(np.cumsum(people) - people, people) + 1
    identifier = (number[group] * MEMBERS + member).astype(np.int32)
    size = np.diff(anonymous.box_start)[group]
    user_id = np.repeat(identifier, size)
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
            "west": _outwards(lon + box[:, 0] / per_x, np.floor),
            "south": _outwards(lat + box[:, 2] / M_PER_DEGREE, np.floor),
            "east": _outwards(lon + box[:, 1] / per_x, np.ceil),
            "north": _outwards(lat + box[:, 3] / M_PER_DEGREE, np.ceil),
        }
    )


def _outwards(degrees: NDArray[np.float64], rounding: Any) -> NDArray[np.float64]:
    """Bounds rounded so that what was inside still is; float32 metres err by less than the margin."""
    margin = 0.1 if rounding is np.ceil else -0.1
    return np.asarray(rounding(degrees * _PER_DEGREE + margin) / _PER_DEGREE)


def write_boxes(table: pa.Table, file: Path) -> None:
    """Write the released file."""
    file.parent.mkdir(parents=True, exist_ok=True)
    pq.write_table(table, file, compression="zstd")


def read_boxes(source: Path | bytes, where: str = "") -> pa.Table:
    """Read a released file, or its content.

    Raises
    ------
    InputError
        It is not one.
    """
    try:
        return pq.read_table(pa.BufferReader(source) if isinstance(source, bytes) else source).select(COLUMNS)
    except (OSError, pa.ArrowInvalid, KeyError) as error:
        what = f"is no file of k-anonymous traces; these are Parquet with {', '.join(COLUMNS)}"
        raise InputError(what, where or str(source), "maillage anonymise makes one") from error


def proof_of_k(table: pa.Table) -> dict[str, Any]:
    """How many released traces are equal to the last value, at least; computed from the table alone.

    Two traces are equal if they have the same boxes, as often. An empty table proves nothing: its
    smallest group is 0.
    """
    _, _, people = distinct_traces(table)
    return {
        "users": int(people.sum()),
        "distinct_traces": int(people.size),
        "smallest_group": int(people.min()) if people.size else 0,
        "boxes": table.num_rows,
    }


def distinct_traces(
    table: pa.Table,
) -> tuple[NDArray[np.float64], NDArray[np.int64], NDArray[np.int64]]:
    """Boxes of each distinct trace, and how many people have it.

    Returns
    -------
    box : float64[n, 6]: west, east, south, north in degrees, from and to in seconds since 1970, clock;
    trace : int64[n], which distinct trace, ascending; people : int64[traces].
    """
    rows = table.sort_by([(name, "ascending") for name in COLUMNS])
    values = np.stack([_plain(rows[name]).astype(np.float64) for name in COLUMNS[1:]], 1)
    user = _plain(rows["user_id"])
    start = np.flatnonzero(np.append(True, user[1:] != user[:-1])) if user.size else np.zeros(0, np.int64)
    ends = np.append(start[1:], user.size)
    seen: dict[bytes, list[int]] = {}
    for place, (first, last) in enumerate(zip(start.tolist(), ends.tolist(), strict=True)):
        seen.setdefault(values[first:last].tobytes(), []).append(place)
    firsts = np.array([members[0] for members in seen.values()], np.int64)
    size = (ends - start)[firsts]
    row = np.arange(int(size.sum())) + np.repeat(start[firsts] - np.cumsum(size) + size, size)
    people = np.array([len(members) for members in seen.values()], np.int64)
    in_order = [COLUMNS[1:].index(name) for name in ("west", "east", "south", "north", "start", "end")]
    return values[row][:, in_order], np.repeat(np.arange(size.size), size), people


def _plain(column: pa.ChunkedArray) -> NDArray[Any]:
    if pa.types.is_timestamp(column.type):
        column = column.cast(pa.timestamp("s")).cast(pa.int64())
    if column.null_count:
        column = pc.fill_null(column, 0)
    return np.asarray(column.to_numpy())
