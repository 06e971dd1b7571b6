"""Events as blocks: packed by the reader for each partition, put in order by the receiver."""

from collections import Counter
from collections.abc import Iterator

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from jobs import tables
from jobs.errors import PrivacyGate
from kernels.events import dense_ranks, first_of_equals, order_events


def blocks_by_partition(
    partitions: int,
    file: int,
    window: int,
    pseudonyms: NDArray[np.uint64],
    code: NDArray[np.int64],
    time: NDArray[np.int64],
    cell: NDArray[np.int32],
) -> Iterator[tuple[int, pa.Table]]:
    """Cut events into one block for each partition: by the pseudonym's first word, users whole."""
    owner = (pseudonyms[:, 0] % np.uint64(partitions)).astype(np.int64)
    by_owner = np.argsort(owner, kind="stable")
    position = np.empty_like(by_owner)
    position[by_owner] = np.arange(by_owner.size)
    names = np.ascontiguousarray(pseudonyms[by_owner])
    name_bounds = np.searchsorted(owner[by_owner], np.arange(partitions + 1))
    event_name = position[code]
    order = np.argsort(owner[code], kind="stable")
    event_bounds = np.searchsorted(owner[code][order], np.arange(partitions + 1))
    for partition in range(partitions):
        rows = order[event_bounds[partition] : event_bounds[partition + 1]]
        if rows.size:
            first, last = name_bounds[partition], name_bounds[partition + 1]
            yield (
                partition,
                _event_block(
                    file, window, names[first:last], event_name[rows] - first, time[rows], cell[rows]
                ),
            )


def _event_block(
    file: int,
    window: int,
    names: NDArray[np.uint64],
    name: NDArray[np.int64],
    time: NDArray[np.int64],
    cell: NDArray[np.int32],
) -> pa.Table:
    words = pa.FixedSizeBinaryArray.from_buffers(
        pa.binary(16), len(names), [None, pa.py_buffer(names.tobytes())]
    )
    user = pa.DictionaryArray.from_arrays(pa.array(name.astype(np.int32)), words)
    meta = {"window": str(window), "file": str(file)}
    return pa.table({"user": user, "time": time, "cell": cell}).replace_schema_metadata(meta)


def ordered_events(blocks: list[pa.Table], window: int) -> tuple[pa.Table, Counter[int]]:
    """Events of one window in order without repetitions, and the repetitions of each file."""
    key, user_rank = _user_ranks(blocks)
    source = np.concatenate([np.full(b.num_rows, int(b.schema.metadata[b"file"]), np.int32) for b in blocks])
    time = np.concatenate([b["time"].to_numpy() for b in blocks])
    cell = np.concatenate([b["cell"].to_numpy() for b in blocks])
    rank, time, cell, source = order_events(user_rank, time, cell, source)
    keep = first_of_equals(rank, time, cell)
    repeated = Counter(
        {int(f): int(n) for f, n in zip(*np.unique(source[~keep], return_counts=True), strict=True)}
    )
    events = {
        "user": key[rank[keep]],
        "window": np.full(int(keep.sum()), window, np.int32),
        "time": pa.array(time[keep], pa.int64()).cast(pa.timestamp("s", "UTC")),
        "cell": cell[keep],
    }
    return tables.EVENTS.conform(pa.table(events)), repeated


def _user_ranks(blocks: list[pa.Table]) -> tuple[NDArray[np.uint64], NDArray[np.int64]]:
    """64-bit keys of the users in order, and the rank of each event's user among them.

    Raises
    ------
    PrivacyGate
        Two 128-bit pseudonyms share their first 64 bits, so the key would merge two subscribers.
    """
    names, positions, before = [], [], 0
    for block in blocks:
        user = block["user"].combine_chunks()
        user = user.chunk(0) if isinstance(user, pa.ChunkedArray) else user
        words = np.frombuffer(user.dictionary.buffers()[1], np.uint64).reshape(-1, 2)
        words = words[user.dictionary.offset : user.dictionary.offset + len(user.dictionary)]
        names.append(words)
        positions.append(np.asarray(user.indices, np.int64) + before)
        before += len(words)
    all_names = np.concatenate(names)
    key, first, rank = dense_ranks(all_names[:, 0])
    if not np.array_equal(all_names[first, 1][rank], all_names[:, 1]):
        raise PrivacyGate(
            "two pseudonyms share their 64-bit key",
            "ingest",
            "change pseudonyms.origin or the key: the draw is anew",
        )
    return key, rank[np.concatenate(positions)]
