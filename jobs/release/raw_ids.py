"""The subscribers of the raw records, read anew: for the leak scan, and to know a person over windows.

Identifiers go from a reader task straight to a private folder, which only the operator's user may open
and which is deleted when the release is made; they pass neither through Java nor through a shuffle.
"""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow as pa

from jobs.engine.blocks import map_reduce, run_tasks
from jobs.engine.store import Store
from jobs.errors import PrivacyGate
from jobs.identity.pseudonyms import CanonicalIds, WindowPads, canonical_ids, pseudonymise
from jobs.records.reading import as_binary, read_batches, text_parts
from jobs.records.slices import FileSlice, reading_tasks
from jobs.records.sources import CdrSource

if TYPE_CHECKING:
    from pyspark import SparkContext


def distinct_ids(
    spark: "SparkContext",
    store: Store,
    sources: tuple[CdrSource, ...],
    files: list[tuple[int, str]],
    slice_bytes: int,
    folder: str,
) -> list[str]:
    """Write the distinct identifiers of each slice of the records, with the prefix of their kind.

    Those of other parties are as secret as those of subscribers, and are among them.

    Returns
    -------
    paths of the files, one column ``id`` (binary), such as ``msisdn:221770000001``.
    """

    def read(given: dict[str, Any]) -> dict[str, Any]:
        source = sources[given["source"]]
        other = source.columns.counterparty
        told = [(source.columns.user, source.user_kind)]
        told += [(other.column, other.kind or source.user_kind)] if other else []
        seen: dict[str, pa.Array] = {kind: pa.array([], pa.binary()) for _, kind in told}
        for batch in read_batches(source, given["path"], FileSlice(**given["ends"])):
            for column, kind in told if len(batch.row) else []:
                met = as_binary(batch.columns[column])
                seen[kind] = pa.chunked_array([seen[kind], met]).combine_chunks().unique().drop_null()
        each = [_canonical(ids, kind) for kind, ids in seen.items()]
        table = pa.table({"id": pa.chunked_array(each).combine_chunks()})
        name = f"ids-{given['file']:05d}-{given['slice']:05d}"
        return {"path": store.write_table(folder, name, table).path}

    return [report["path"] for report in run_tasks(spark, reading_tasks(sources, files, slice_bytes), read)]


def _canonical(identifiers: pa.Array, kind: str) -> pa.Array:
    """Well-formed identifiers in one form, each once."""
    ids = canonical_ids(identifiers, kind)
    buffers = [None, pa.py_buffer(ids.offsets.astype(np.int64)), pa.py_buffer(ids.data)]
    prefixed = pa.LargeBinaryArray.from_buffers(pa.large_binary(), len(identifiers), buffers)
    return prefixed.filter(pa.array(ids.good)).unique().cast(pa.binary())


def write_persons(
    spark: "SparkContext",
    store: Store,
    id_files: list[str],
    window_pads: dict[int, WindowPads],
    person_pads: WindowPads,
    folder: str,
) -> dict[int, str]:
    """Write for each window who is behind each of its users: a key of the person over all windows.

    Raises
    ------
    PrivacyGate
        Two persons share their key.

    Returns
    -------
    path of a file of (user, person), sorted by user, for each window.
    """
    windows = sorted(window_pads)

    def read(given: dict[str, Any]) -> Iterator[tuple[int, pa.Table]]:
        ids = _as_ids(store.read_table(given["path"])["id"])
        person = pseudonymise(ids, person_pads)[:, 0]
        for number, window in enumerate(windows):
            user = pseudonymise(ids, window_pads[window])[:, 0]
            yield number, pa.table({"user": user, "person": person})

    def write(part: int, blocks: list[pa.Table]) -> dict[str, Any]:
        user, first = np.unique(np.concatenate([b["user"].to_numpy() for b in blocks]), return_index=True)
        person = np.concatenate([b["person"].to_numpy() for b in blocks])[first]
        if np.unique(person).size != person.size:
            raise PrivacyGate(
                "two persons share their key",
                "release",
                "change pseudonyms.origin or the key: the draw is anew",
            )
        table = pa.table({"user": user, "person": person})
        return {"path": store.write_table(folder, f"persons-{part:05d}", table).path}

    reports = map_reduce(spark, [{"path": path} for path in id_files], read, write, len(windows))
    return {window: report["path"] for window, report in zip(windows, reports, strict=True)}


def _as_ids(column: pa.ChunkedArray) -> CanonicalIds:
    data, offsets = text_parts(column.combine_chunks())
    return CanonicalIds(data, offsets, np.ones(len(column), np.bool_))
