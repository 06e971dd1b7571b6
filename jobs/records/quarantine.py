"""Rejected rows: kept with file, record number, reason and raw text, on the operator's side only."""

from itertools import groupby
from json.encoder import encode_basestring
from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

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
    raw = _as_json({str(name): _printable(taken(column, bad)) for name, column in batch.columns.items()})
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


def _as_json(columns: dict[str, list[str | None]]) -> list[str]:
    """One object for each row, as `json.dumps` writes it, which takes several times as long for each."""
    names = [encode_basestring(name) for name in columns]
    values = [["null" if v is None else encode_basestring(v) for v in column] for column in columns.values()]
    return [
        "{" + ", ".join([f"{name}: {value}" for name, value in zip(names, row, strict=True)]) + "}"
        for row in zip(*values, strict=True)
    ]


def _printable(column: pa.Array) -> list[str | None]:
    if pa.types.is_dictionary(column.type):
        column = column.dictionary_decode()
    is_text = pa.types.is_binary(column.type) or pa.types.is_string(column.type)
    values = column.to_numpy(zero_copy_only=False).tolist() if is_text else column.to_pylist()
    return [None if value is None else _text(value) for value in values]


def _text(value: object) -> str:
    return value.decode("utf-8", "backslashreplace") if isinstance(value, bytes) else str(value)


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
