"""Rejected rows: kept with file, record number, reason and raw text, on the operator's side only."""

from itertools import groupby
from json.encoder import encode_basestring
from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from jobs.engine.blocks import run_tasks
from jobs.engine.store import Store, StoredFile
from jobs.records.accounts import SliceAccount
from jobs.records.checking import CheckedBatch, reason_names
from jobs.records.raw import RawBatch, taken
from jobs.records.reasons import Reason

if TYPE_CHECKING:
    from pyspark import SparkContext

SCHEMA = pa.schema(
    [("file", pa.string()), ("row", pa.int64()), ("reason", pa.string()), ("raw", pa.string())]
)


def rejected_rows(path: str, batch: RawBatch, checked: CheckedBatch) -> pa.Table:
    """Rows of a batch that were judged bad, and its ragged ones."""
    bad = np.flatnonzero(~checked.good)
    raw = _as_json({str(name): taken(column, bad) for name, column in batch.columns.items()})
    kept = pa.table(
        {
            "file": [path] * len(bad),
            "row": batch.row[bad],
            "reason": reason_names(checked.reason[bad]),
            "raw": raw,
        },
        schema=SCHEMA,
    )
    return pa.concat_tables([kept, ragged_rows(path, batch)])


def _as_json(columns: dict[str, pa.Array]) -> pa.Array:
    """One object for each row, as `json.dumps` writes it.

    Plain values are put together all at once; Python writes rows with others, which takes ten times as long for each.
    """
    names = [encode_basestring(name) for name in columns]
    texts = [_as_text(column) for column in columns.values()]
    parts: list[pa.Array | str] = []
    for name, text in zip(names, texts, strict=True):
        parts += ['", ' if parts else "{", f'{name}: "', text]
    rows = pc.binary_join_element_wise(*parts, '"}', "")
    odd = np.flatnonzero(~np.logical_and.reduce([_are_plain(text) for text in texts]))
    values = [[_printed(value) for value in text.take(pa.array(odd)).to_pylist()] for text in texts]
    written = [
        "{" + ", ".join([f"{name}: {value}" for name, value in zip(names, row, strict=True)]) + "}"
        for row in zip(*values, strict=True)
    ]
    is_odd = np.zeros(len(rows), np.bool_)
    is_odd[odd] = True
    return pc.replace_with_mask(rows, pa.array(is_odd), pa.array(written, rows.type))


def _as_text(column: pa.Array) -> pa.Array:
    """Values as text, bytes that are no UTF-8 as escapes."""
    if pa.types.is_dictionary(column.type):
        column = column.dictionary_decode()
    if not (pa.types.is_binary(column.type) or pa.types.is_string(column.type)):
        return pa.array([None if value is None else str(value) for value in column.to_pylist()], pa.string())
    try:
        return column.cast(pa.string())
    except pa.ArrowInvalid:
        texts = [None if v is None else v.decode("utf-8", "backslashreplace") for v in column.to_pylist()]
        return pa.array(texts, pa.string())


def _are_plain(text: pa.Array) -> NDArray[np.bool_]:
    """Rows with a value that JSON writes as it is."""
    is_odd = pc.match_substring_regex(text, r'[\x00-\x1f"\\]')
    return np.asarray(pc.invert(pc.fill_null(is_odd, True)).to_numpy(zero_copy_only=False))


def _printed(value: str | None) -> str:
    return "null" if value is None else encode_basestring(value)


def ragged_rows(path: str, batch: RawBatch) -> pa.Table:
    """Rows of a batch with a wrong number of values."""
    rows = [
        {"file": path, "row": row, "reason": str(Reason.RAGGED_ROW), "raw": text}
        for row, text in batch.ragged
    ]
    return pa.Table.from_pylist(rows, schema=SCHEMA)


def numbered_through(
    spark: "SparkContext", store: Store, folder: str, slices: list[SliceAccount]
) -> list[StoredFile]:
    """Files of rejected rows with record numbers of the whole file instead of the slice.

    Readers of CSV cannot know how many rows stand before their slice; when all are counted, the few files that
    need it are written anew. (Counting lines beforehand was left out: it reads every byte twice, and has
    to agree with the parser on what a row is.)

    Parameters
    ----------
    slices : in the order of the input.
    """
    as_it_is: list[StoredFile] = []
    tasks: list[dict[str, Any]] = []
    for _, of_file in groupby(slices, key=lambda account: account.file):
        rows_before = 0
        for account in of_file:
            if account.rejected and rows_before and not account.is_numbered:
                tasks.append({"files": [f.as_json() for f in account.rejected], "rows_before": rows_before})
            else:
                as_it_is += account.rejected
            rows_before += account.rows_in

    def renumber(given: dict[str, Any]) -> dict[str, Any]:
        files = [StoredFile.from_json(entry) for entry in given["files"]]
        written = [_renumbered(store, folder, file, given["rows_before"]) for file in files]
        return {"files": [file.as_json() for file in written]}

    reports = run_tasks(spark, tasks, renumber)
    return as_it_is + [StoredFile.from_json(entry) for report in reports for entry in report["files"]]


def _renumbered(store: Store, folder: str, file: StoredFile, rows_before: int) -> StoredFile:
    rows = store.read_table(file)
    position = rows.schema.get_field_index("row")
    rows = rows.set_column(position, rows.field(position), pc.add(rows["row"], rows_before))
    return store.write_table(folder, file.name, rows)
