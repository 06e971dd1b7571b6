"""A look at the first rows of a record file: a wrong description shows there, not after hours."""

from collections import Counter

import numpy as np
import pyarrow as pa

from jobs.errors import InputError
from jobs.records.checking import check, joined_cells, reason_names
from jobs.records.interactions import details_of
from jobs.records.raw import RawBatch, as_binary, in_arrow
from jobs.records.reading import read_batches
from jobs.records.reasons import Reason
from jobs.records.sources import CdrSource
from jobs.records.time_formats import time_format_of

_ROWS = 1_000
_LOOKED_AT = 100_000
"""The rows are taken from so many: a file may begin with a day that is damaged."""
_LEAST_ROWS = 20
"""Fewer rows than this tell of themselves, not of how the file is written."""
_MOST = 0.5
"""Share of rows with one fault that tells of a wrong description rather than of damaged rows."""
_SHOWN = 3
_DIGITS_OF_AN_IDENTIFIER = 5
_INTERACTION_KEYS = {
    Reason.BAD_KIND: "kind",
    Reason.BAD_DIRECTION: "direction",
    Reason.BAD_COUNTERPARTY: "counterparty",
    Reason.BAD_DURATION: "duration_s",
}


def check_first_rows(source: CdrSource, known_cells: pa.Array | None, allowed_share: float) -> None:
    """Read some of the first rows of the first file of a source as a run would.

    Parameters
    ----------
    known_cells : identifiers of the cell plan; None where there is none, or it does not count.
    allowed_share : share of rejected rows that the config takes.

    Raises
    ------
    InputError
        More than half of them, and more than is allowed, have the same fault.
    """
    path = source.files()[0]
    batch = _sample(source, path)
    if batch is None or len(batch.row) < _LEAST_ROWS:
        return
    rows = len(batch.row)
    known = _cells_of(batch, source) if known_cells is None else known_cells
    told = source.columns.tells_interactions
    refused = details_of(batch.columns, source, np.zeros(2, np.uint64))[1] if told else []
    verdict = check(batch, source, known, None, None, refused)
    faults = Counter(reason_names(verdict.reason[~verdict.good]))
    reason, count = faults.most_common(1)[0] if faults else ("", 0)
    if count > rows * max(_MOST, allowed_share):
        what, mend = _told(Reason(reason), batch, source, known)
        raise InputError(f"{count:,} of {rows:,} of its first rows are rejected: {reason}{what}", path, mend)


def _sample(source: CdrSource, path: str) -> RawBatch | None:
    """Rows spread evenly over the beginning of a file; None if it has none."""
    batches, rows = [], 0
    for batch in read_batches(source, path):
        batches.append(batch)
        rows += len(batch.row)
        if rows >= _LOOKED_AT:
            break
    if rows == 0:
        return None
    taken = np.unique(np.linspace(0, rows - 1, min(rows, _ROWS)).astype(np.int64))
    columns = {}
    for name in batches[0].columns:
        whole = pa.chunked_array([batch.columns[name] for batch in batches]).unify_dictionaries()
        columns[name] = whole.combine_chunks().take(pa.array(taken))
    return RawBatch(columns, np.concatenate([batch.row for batch in batches])[taken], [])


def _cells_of(batch: RawBatch, source: CdrSource) -> pa.Array:
    return in_arrow(joined_cells(batch.columns, source.columns.cell)).cast(pa.string()).unique()


def _told(reason: Reason, batch: RawBatch, source: CdrSource, known: pa.Array) -> tuple[str, str]:
    """What the rows hold instead, where that names nobody, and the key to set."""
    if reason == Reason.BAD_TIME:
        written = _some(batch.columns[source.columns.time.column])
        fitting = time_format_of(written)
        mend = f"set cdr.columns.time.format: {_as_yaml(fitting)}" if fitting else "check cdr.columns.time"
        told = f". Times are written as {written[0]!r}, which is not {source.columns.time.format!r}"
        return told if written else "", mend
    if reason == Reason.UNKNOWN_CELL:
        cells, plan = _some(_cells_of(batch, source)), _some(known)
        told = f". Cells are named {_listed(cells)} in the records, and {_listed(plan)} in the cell plan"
        return told, "check cdr.columns.cell and cells.columns.cell_id: several columns are joined with '-'"
    if reason in _INTERACTION_KEYS:
        return _codes(batch, source, reason), f"check cdr.columns.{_INTERACTION_KEYS[reason]}"
    return "", "check cdr.columns"


def _codes(batch: RawBatch, source: CdrSource, reason: Reason) -> str:
    """Codes of kind or direction; nothing that could be an identifier in a column that was confused with them."""
    coded = {Reason.BAD_KIND: source.columns.kind, Reason.BAD_DIRECTION: source.columns.direction}.get(reason)
    if coded is None or coded.column is None:
        return ""
    values = as_binary(batch.columns[coded.column]).unique()
    codes = [text for text in _some(values) if sum(map(str.isdigit, text)) < _DIGITS_OF_AN_IDENTIFIER]
    return f". The column {str(coded.column)!r} holds {_listed(codes)}" if codes else ""


def _as_yaml(text: str) -> str:
    return text if text.isidentifier() else f'"{text}"'


def _some(column: pa.Array) -> list[str]:
    texts = (
        str(value.decode("utf-8", "replace") if isinstance(value, bytes) else value)
        for value in column.to_pylist()
    )
    return [text for text in texts if text and text != "None"][:_SHOWN]


def _listed(names: list[str]) -> str:
    return ", ".join(map(repr, names)) or "nothing"
