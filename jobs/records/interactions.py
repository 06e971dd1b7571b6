"""What events tell besides who, when and where: kind, direction, the other party, duration.

On the way from the reader to the receiver they are a number for the other party, like the number of the
subscriber, and one word for the rest; both are sealed.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
from numpy.typing import NDArray

from jobs.engine.store import Store, StoredFile
from jobs.identity.subjects import Subjects, subjects_of
from jobs.records.interaction_columns import (
    ANY_OTHER,
    DIRECTIONS,
    KINDS,
    ColumnRef,
    CounterpartyColumn,
    DirectionColumn,
    DurationColumn,
    KindColumn,
)
from jobs.records.raw import Column, TextSpans, as_binary, encoded, taken, text_parts, text_spans
from jobs.records.reasons import Reason
from jobs.records.sources import CdrSource
from kernels.event_details import LONGEST_S, packed_details
from kernels.text.columns import BAD, parse_whole_numbers
from kernels.text.identifiers import is_service_number

COLUMNS = ("kind", "direction", "counterparty", "duration_s")
"""Columns of `events` that are there where a source of the run has any of them."""

_UNTOLD, _UNKNOWN_CODE = -1, -2
_PER_SECOND = {"s": 1.0, "ms": 1000.0, "min": 1 / 60}

Refused = list[tuple[NDArray[np.bool_], Reason]]


@dataclass(frozen=True, eq=False)
class Details:
    """What some rows tell of their interaction.

    Attributes
    ----------
    others : the other parties; number 0 where unknown. kind : of their identifiers.
    word : uint64[n], kind, direction and duration as `kernels.event_details.packed_details` has them.
    """

    others: Subjects
    kind: str
    word: NDArray[np.uint64]


def details_of(
    columns: Mapping[ColumnRef, Column], source: CdrSource, key: NDArray[np.uint64]
) -> tuple[Details, Refused]:
    """Read the details of the rows of a batch; and which rows are bad, by reason.

    An empty value is nothing to object to: the event does not tell.

    Parameters
    ----------
    key : uint64[2], as in `jobs.identity.subjects.subjects_of`.
    """
    told = source.columns
    rows = len(next(iter(columns.values())))
    kind, bad_kind = _coded(columns, told.kind, rows)
    direction, bad_direction = _coded(columns, told.direction, rows)
    others, bad_other = _others(columns, told.counterparty, source.user_kind, rows, key)
    duration, bad_duration = _durations(columns, told.duration_s, rows)
    refused = [
        (bad_kind, Reason.BAD_KIND),
        (bad_direction, Reason.BAD_DIRECTION),
        (bad_other, Reason.BAD_COUNTERPARTY),
        (bad_duration, Reason.BAD_DURATION),
    ]
    identifiers = (told.counterparty.kind if told.counterparty else None) or source.user_kind
    return Details(others, identifiers, packed_details(kind, direction, duration)), refused


def _coded(
    columns: Mapping[ColumnRef, Column], written: KindColumn | DirectionColumn | None, rows: int
) -> tuple[NDArray[np.int8], NDArray[np.bool_]]:
    """Number of each row's value, -1 where it does not tell; and which rows have an unknown code."""
    if written is None or written.column is None:
        always = written.always if written else None
        named = [name for name, _ in written.listed()] if written else []
        return np.full(rows, named.index(always) if always else _UNTOLD, np.int8), np.zeros(rows, np.bool_)
    values, entry = encoded(columns[written.column])
    texts = [_in_one_form(value) for value in values]
    codes = written.codes()
    rest = codes.get(ANY_OTHER, _UNKNOWN_CODE)
    of_text = [_UNTOLD if not text else codes.get(text, rest) for text in texts]
    number = np.array(of_text, np.int8).take(entry)
    return np.maximum(number, np.int8(_UNTOLD)), number == _UNKNOWN_CODE


def _in_one_form(value: bytes | None) -> str:
    return (value or b"").decode("utf-8", "replace").strip().lower()


def _others(
    columns: Mapping[ColumnRef, Column],
    written: CounterpartyColumn | None,
    user_kind: str,
    rows: int,
    key: NDArray[np.uint64],
) -> tuple[Subjects, NDArray[np.bool_]]:
    if written is None:
        return Subjects(np.zeros(rows, np.uint64)), np.zeros(rows, np.bool_)
    column = columns[written.column]
    others = subjects_of(column, written.kind or user_kind, key)
    if written.if_bad == "unknown" or others.text is not None:
        return others, np.zeros(rows, np.bool_)
    unread = others.number == 0
    if not unread.any():
        return others, unread
    rows_unread = np.flatnonzero(unread)
    unread[rows_unread] = ~is_service_number(*text_parts(taken(column, rows_unread)))
    return others, unread


def _durations(
    columns: Mapping[ColumnRef, Column], written: DurationColumn | None, rows: int
) -> tuple[NDArray[np.int64], NDArray[np.bool_]]:
    """Whole seconds, -1 where a row does not tell; and which rows have none that can be."""
    if written is None:
        return np.full(rows, _UNTOLD, np.int64), np.zeros(rows, np.bool_)
    column = columns[written.column]
    if not isinstance(column, TextSpans):
        if pa.types.is_duration(column.type):
            column = pc.divide(column.cast(pa.duration("us")).cast(pa.int64()).cast(pa.float64()), 1e6)
        column = as_binary(column)
    data, start, end = text_spans(column)
    is_told, value = start < end, parse_whole_numbers(data, start, end)
    seconds = value.astype(np.float64) / _PER_SECOND[written.unit]
    odd = np.flatnonzero(is_told & (value == BAD))
    seconds[odd] = _decimals(taken(column, odd)) / _PER_SECOND[written.unit]
    fits = (seconds >= 0) & (seconds <= LONGEST_S)
    return np.where(is_told & fits, seconds, _UNTOLD).astype(np.int64), is_told & ~fits


def _decimals(text: pa.Array) -> NDArray[np.float64]:
    """Numbers with a fraction; NaN for anything else."""
    values = []
    for value in text.to_pylist():
        try:
            values.append(float(value))
        except ValueError:
            values.append(np.nan)
    return np.array(values, np.float64)


def has_interactions(columns: Iterable[str]) -> bool:
    """Whether events tell who spoke with whom."""
    return set(COLUMNS) <= set(columns)


def columns_of(store: Store, file: StoredFile) -> list[str]:
    """Names of the columns of a table's file."""
    content = store.read_bytes(file.path) if not store.is_local else None
    source = store.local(file.path) if content is None else pa.BufferReader(content)
    return list(pq.read_schema(source).names)


def columns_of_details(
    word: NDArray[np.uint64], other: NDArray[np.uint64], is_known: NDArray[np.bool_]
) -> dict[str, pa.Array]:
    """Columns of `events`.

    Parameters
    ----------
    other : uint64[n], key of the other party, where `is_known`.
    """
    kind, direction = (
        (word & np.uint64(7)).astype(np.int8),
        (word >> np.uint64(3) & np.uint64(3)).astype(np.int8),
    )
    duration = (word >> np.uint64(5)).astype(np.int64) - 1
    return {
        "kind": _named(KINDS, kind),
        "direction": _named(DIRECTIONS, direction),
        "counterparty": pa.array(other, pa.uint64(), mask=~is_known),
        "duration_s": pa.array(duration.astype(np.int32), pa.int32(), mask=duration < 0),
    }


def _named(names: tuple[str, ...], number: NDArray[np.int8]) -> pa.Array:
    """Names of numbers from 1, null for 0."""
    return pa.array([None, *names], pa.string()).take(pa.array(number))


def details_in(events: pa.Table) -> tuple[NDArray[np.uint64], NDArray[np.uint64], NDArray[np.bool_]]:
    """Undo `columns_of_details`: word, key of the other party, whether it is known."""
    kind, direction = (
        pc.fill_null(pc.index_in(events[name], pa.array(names)), _UNTOLD)
        for name, names in (("kind", KINDS), ("direction", DIRECTIONS))
    )
    word = packed_details(
        _plain(kind, np.int8),
        _plain(direction, np.int8),
        _plain(pc.fill_null(events["duration_s"], -1), np.int64),
    )
    other = events["counterparty"]
    return word, _plain(pc.fill_null(other, 0), np.uint64), _plain(pc.is_valid(other), np.bool_)


def _plain(column: pa.ChunkedArray, kind: Any) -> NDArray[Any]:
    return np.asarray(column.to_numpy(zero_copy_only=False)).astype(kind)
