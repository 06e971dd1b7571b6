"""Raw rows in memory: columns as Arrow has them, or as places in the text of a file."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from jobs.records.interaction_columns import ColumnRef
from kernels.text.lines import joined
from kernels.text.lookup import EMPTY, UNKNOWN, places_of_texts

_FIRST_ROWS = 4096


@dataclass(frozen=True, eq=False)
class TextSpans:
    """A column of text in the bytes in which it was read; none of its values is null.

    Attributes
    ----------
    data : uint8[total]; start, end : int32[n], of each value.
    """

    data: NDArray[np.uint8]
    start: NDArray[np.int32]
    end: NDArray[np.int32]

    def __len__(self) -> int:
        return self.start.size

    def as_arrow(self) -> pa.BinaryArray:
        """Copy the values into an array of their own."""
        text, offsets = joined(self.data, self.start, self.end, 0)
        return pa.BinaryArray.from_buffers(
            pa.binary(), len(self), [None, pa.py_buffer(offsets), pa.py_buffer(text)]
        )

    def rows(self, rows: NDArray[np.int64]) -> "TextSpans":
        """Values of some rows."""
        return TextSpans(self.data, read_only(self.start[rows]), read_only(self.end[rows]))


Column: TypeAlias = "pa.Array | TextSpans"


@dataclass(frozen=True)
class RawBatch:
    """Some rows of one file.

    Attributes
    ----------
    columns : the columns that the config names, by their reference; text as binary.
    row : int64[n], record numbers from 1, a header counted. In a slice of CSV that is not the first they are
        those of a file which begins there: the rows of the slices before are to be added.
    ragged : (record number, text) of rows with a wrong number of values.
    """

    columns: Mapping[ColumnRef, Column]
    row: NDArray[np.int64]
    ragged: list[tuple[int, str]]

    @property
    def rows_in(self) -> int:
        return len(self.row) + len(self.ragged)

    def in_arrow(self) -> "RawBatch":
        """The same with all columns as arrays of their own."""
        columns = {name: in_arrow(column) for name, column in self.columns.items()}
        return RawBatch(columns, self.row, self.ragged)


def in_arrow(column: Column) -> pa.Array:
    """Text as Arrow binary, anything else as it is."""
    return column.as_arrow() if isinstance(column, TextSpans) else column


def taken(column: Column, rows: NDArray[np.int64]) -> pa.Array:
    """Values of some rows, as Arrow has them."""
    if isinstance(column, TextSpans):
        return column.rows(rows).as_arrow()
    return column.take(pa.array(rows))


def encoded(column: Column) -> tuple[list[bytes | None], NDArray[np.int64]]:
    """Distinct values of a column of few, and the place of each row's among them."""
    if not isinstance(column, TextSpans):
        codes = column if pa.types.is_dictionary(column.type) else as_binary(column).dictionary_encode()
        texts = [*as_binary(codes.dictionary).to_pylist(), None]
        return texts, pc.fill_null(codes.indices, len(texts) - 1).to_numpy(zero_copy_only=False)
    beginning = column.rows(np.arange(min(len(column), _FIRST_ROWS))).as_arrow().unique()
    place = places_of_texts(*text_spans(column), *text_spans(beginning)).astype(np.int64)
    later = np.flatnonzero(place == UNKNOWN)
    texts, of_later = encoded(taken(column, later))
    place[later] = of_later + len(beginning)
    place[place == EMPTY] = len(beginning) + len(texts)
    return [*beginning.to_pylist(), *texts, b""], place


def read_only(array: NDArray[np.int32]) -> NDArray[np.int32]:
    """Say that an array is not written to, as those of Arrow are not: kernels are compiled once for both."""
    array.flags.writeable = False
    return array


def as_binary(column: Column) -> pa.Array:
    """Text or bytes as Arrow binary; other types as the text that they print as."""
    column = in_arrow(column)
    if pa.types.is_dictionary(column.type):
        column = column.dictionary_decode()
    if pa.types.is_binary(column.type):
        return column
    if pa.types.is_floating(column.type):
        column = _whole_as_written(column)
    return column.cast(pa.string()).cast(pa.binary())


def _whole_as_written(column: pa.Array) -> pa.Array:
    """Floats as text, whole ones without exponent: pandas makes floats of numbers where some are missing."""
    whole = pc.and_(pc.equal(pc.floor(column), column), pc.less(pc.abs(column), 2.0**63))
    number = pc.cast(pc.if_else(whole, column, None), pa.int64(), safe=False)
    return pc.coalesce(number.cast(pa.string()), column.cast(pa.string()))


def text_parts(column: pa.Array) -> tuple[NDArray[np.uint8], NDArray[np.int64]]:
    """Bytes and offsets of a binary array, as kernels take them; a null is an empty value."""
    data, offsets = _parts(column)
    return data, offsets.astype(np.int64)


def text_spans(column: Column) -> tuple[NDArray[np.uint8], NDArray[np.int32], NDArray[np.int32]]:
    """Bytes, and where each value begins and ends, as kernels take them; a null is an empty value."""
    if isinstance(column, TextSpans):
        return column.data, column.start, column.end
    data, offsets = _parts(column)
    return data, offsets[:-1], offsets[1:]


def _parts(column: pa.Array) -> tuple[NDArray[np.uint8], NDArray[np.int32]]:
    column = as_binary(column)
    if column.null_count:
        column = pc.fill_null(column, b"")
    _, offsets_buffer, data_buffer = column.buffers()
    width = np.dtype(np.int32).itemsize
    offsets = np.frombuffer(offsets_buffer, np.int32, len(column) + 1, column.offset * width)
    data = np.frombuffer(data_buffer, np.uint8) if data_buffer is not None else np.empty(0, np.uint8)
    return data, offsets
