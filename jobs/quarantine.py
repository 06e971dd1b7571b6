"""Rejected rows: kept with file, record number, reason and raw text, on the operator's side only."""

import json

import numpy as np
import pyarrow as pa

from jobs.checking import CheckedBatch, reason_names
from jobs.reading import RawBatch
from jobs.reasons import Reason

SCHEMA = pa.schema(
    [("file", pa.string()), ("row", pa.int64()), ("reason", pa.string()), ("raw", pa.string())]
)


def rejected_rows(path: str, batch: RawBatch, checked: CheckedBatch) -> pa.Table:
    """Rows of a batch that were judged bad, and its ragged ones."""
    bad = np.flatnonzero(~checked.good)
    shown = {str(name): _printable(column.take(pa.array(bad))) for name, column in batch.columns.items()}
    raw = [
        json.dumps(dict(zip(shown, values, strict=True)), ensure_ascii=False)
        for values in zip(*shown.values(), strict=True)
    ]
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


def _printable(column: pa.Array) -> list[str | None]:
    return [None if value is None else _text(value) for value in column.to_pylist()]


def _text(value: object) -> str:
    return value.decode("utf-8", "backslashreplace") if isinstance(value, bytes) else str(value)


def ragged_rows(path: str, batch: RawBatch) -> pa.Table:
    """Rows of a batch with a wrong number of values."""
    rows = [
        {"file": path, "row": row, "reason": str(Reason.RAGGED_ROW), "raw": text}
        for row, text in batch.ragged
    ]
    return pa.Table.from_pylist(rows, schema=SCHEMA)
