"""Read raw record files in batches: text columns as they are, ragged rows set aside, rows numbered."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv as pacsv
import pyarrow.parquet as pq
from numpy.typing import NDArray

from jobs.engine.input_files import open_file
from jobs.errors import InputError
from jobs.records.interaction_columns import ColumnRef
from jobs.records.slices import WHOLE, FileSlice
from jobs.records.sources import CdrSource, as_utf8, csv_columns, open_text, parquet_schema
from kernels.text.quotes import break_in_quotes, count_breaks_and_quotes

_CSV_BLOCK_BYTES = 16 << 20
_PARQUET_ROWS = 1 << 20
_LF = 10
_LOOK_BYTES = 1 << 16


@dataclass(frozen=True)
class RawBatch:
    """Some rows of one file.

    Attributes
    ----------
    columns : the columns that the config names, by their reference; text as binary.
    row : int64[n], record numbers from 1, a header counted. In a slice that is not the first they are
        those of a file which begins there: the rows of the slices before are to be added.
    ragged : (record number, text) of rows with a wrong number of values.
    """

    columns: dict[ColumnRef, pa.Array]
    row: NDArray[np.int64]
    ragged: list[tuple[int, str]]

    @property
    def rows_in(self) -> int:
        return len(self.row) + len(self.ragged)


def read_batches(source: CdrSource, path: str, cut: FileSlice = WHOLE) -> Iterator[RawBatch]:
    """Read one file, or a slice of it, in bounded memory.

    Raises
    ------
    InputError
        The file is empty, cut short, or lacks a column.
    """
    if source.format_of(path) == "parquet":
        yield from _read_parquet(source, path, cut)
    else:
        yield from _read_csv(source, path, cut)


def _read_parquet(source: CdrSource, path: str, cut: FileSlice) -> Iterator[RawBatch]:
    coded = _kept_as_codes(source, parquet_schema(source, path))
    needed = source.columns.needed()
    first = 1
    try:
        with (
            open_file(source.place(path)) as opened,
            pq.ParquetFile(opened, read_dictionary=coded, page_checksum_verification=True) as file,
        ):
            groups = range(file.num_row_groups)[cut.start : cut.end]
            for batch in file.iter_batches(
                _PARQUET_ROWS, groups, columns=[str(c) for c in needed], use_threads=False
            ):
                rows = np.arange(first, first + batch.num_rows, dtype=np.int64)
                first += batch.num_rows
                yield RawBatch({c: batch.column(str(c)) for c in needed}, rows, [])
    except (OSError, pa.ArrowInvalid) as error:
        raise InputError(f"cannot be read to its end ({error})", path, "deliver it again") from error


def _kept_as_codes(source: CdrSource, schema: pa.Schema) -> list[str]:
    """Columns of few values, such as cells, if they are text: each value is looked up once."""
    told = source.columns
    few = [told.cell, *(coded.column for coded in (told.kind, told.direction) if coded)]
    named = dict.fromkeys(name for name in few if isinstance(name, str))
    return [name for name in named if schema.field(name).type in (pa.string(), pa.binary())]


class _Ragged:
    """Collects rows that pyarrow's parser finds to have a wrong number of values."""

    def __init__(self, rows_before: int) -> None:
        self.rows: list[tuple[int, str]] = []
        self._before = rows_before

    def __call__(self, row: pacsv.InvalidRow) -> str:
        self.rows.append((row.number + self._before, row.text))
        return "skip"


def _content_of(source: CdrSource, path: str, cut: FileSlice) -> NDArray[np.uint8]:
    """Bytes of a slice, after a line feed."""
    assert cut.end is not None
    content = np.empty(1 + cut.end - cut.start, np.uint8)
    content[0] = _LF
    with open_file(source.place(path)) as file:
        file.seek(cut.start)
        if file.readinto(content.data[1:]) < cut.end - cut.start:
            raise InputError("has become shorter while it was read", path, "deliver it again")
    return content


def _opened(source: CdrSource, cut: FileSlice, content: NDArray[np.uint8]) -> pa.NativeFile:
    """Lines of a slice as UTF-8.

    An empty line stands before a slice that is not the first: the parser skips it, and then does not
    take a mark that a line begins with for the mark of a file.
    """
    lines = pa.py_buffer(content)
    return as_utf8(pa.BufferReader(lines.slice(1) if cut.is_first else lines), source.encoding)


def _may_break_in_quotes(source: CdrSource, content: NDArray[np.uint8], rows: int) -> bool:
    """Whether a value may go on after its line: not if nothing is in quotes, or if each line became a row.

    That spares most files the exact look, which takes half as long as to parse. A quote that stays open to the
    end makes a row all the same if it takes in no line break but the last, so the last line is looked at.
    """
    feeds, returns, quotes = count_breaks_and_quotes(content[1:], ord(source.quote))
    if quotes == 0:
        return False
    if returns > 0 or rows != feeds + (content[-1] != _LF):
        return True
    _, found, last_line = content[-_LOOK_BYTES:-1].tobytes().rpartition(b"\n")
    return not found or _break_in_quotes(source, np.frombuffer(last_line + b"\n", np.uint8)) >= 0


def _break_in_quotes(source: CdrSource, content: NDArray[np.uint8]) -> int:
    return int(break_in_quotes(content, ord(source.delimiter), ord(source.quote)))


def _check_quotes(source: CdrSource, path: str, cut: FileSlice, content: NDArray[np.uint8]) -> None:
    """Refuse a value that goes on after its line: what it means would depend on the cuts."""
    found = _break_in_quotes(source, content)
    if found >= 0:
        raise InputError(
            f"a value in quotes goes on after the end of its line, at byte {cut.start + found - 1}",
            path,
            "set cdr.newlines_in_values: true if it is meant to; else mend the line, or set cdr.quote",
        )


def _csv_reader(
    source: CdrSource, path: str, cut: FileSlice, ragged: _Ragged, stream: pa.NativeFile
) -> pacsv.CSVStreamingReader:
    columns = csv_columns(source, path)
    needed = [str(c) for c in source.columns.needed()]
    return pacsv.open_csv(
        stream,
        read_options=pacsv.ReadOptions(
            use_threads=False,
            block_size=_CSV_BLOCK_BYTES,
            column_names=columns,
            skip_rows=1 if source.header and cut.is_first else 0,
        ),
        parse_options=pacsv.ParseOptions(
            delimiter=source.delimiter,
            quote_char=source.quote,
            newlines_in_values=source.newlines_in_values,
            invalid_row_handler=ragged,
        ),
        convert_options=pacsv.ConvertOptions(
            column_types={name: pa.binary() for name in needed},
            include_columns=needed,
            strings_can_be_null=False,
        ),
    )


def _read_csv(source: CdrSource, path: str, cut: FileSlice) -> Iterator[RawBatch]:
    if cut.end is None:
        yield from _parsed(source, path, cut, lambda: open_text(source, path))
        return
    content = _content_of(source, path, cut)
    rows = 1 if source.header and cut.is_first else 0
    try:
        for batch in _parsed(source, path, cut, lambda: _opened(source, cut, content)):
            rows += batch.rows_in
            yield batch
    except InputError:
        _check_quotes(source, path, cut, content)
        raise
    if _may_break_in_quotes(source, content, rows):
        _check_quotes(source, path, cut, content)


def _parsed(
    source: CdrSource, path: str, cut: FileSlice, open_lines: Callable[[], pa.NativeFile]
) -> Iterator[RawBatch]:
    header = 1 if source.header else 0
    ragged = _Ragged(0 if cut.is_first else header)
    good_before, ragged_before = 0, 0
    try:
        for batch in _csv_reader(source, path, cut, ragged, open_lines()):
            good = np.arange(good_before, good_before + batch.num_rows, dtype=np.int64)
            numbers = np.array([number for number, _ in ragged.rows], np.int64)
            columns = {c: batch.column(str(c)) for c in source.columns.needed()}
            yield RawBatch(columns, _record_numbers(good, numbers, header), ragged.rows[ragged_before:])
            good_before += batch.num_rows
            ragged_before = len(ragged.rows)
    except (OSError, pa.ArrowInvalid, UnicodeError) as error:
        raise InputError(f"cannot be read to its end ({error})", path, "deliver it again") from error
    if len(ragged.rows) > ragged_before:
        yield RawBatch({}, np.empty(0, np.int64), ragged.rows[ragged_before:])


def _record_numbers(
    good: NDArray[np.int64], ragged_numbers: NDArray[np.int64], header: int
) -> NDArray[np.int64]:
    """Record numbers of the good rows, counted from 0 among themselves, with ragged rows between."""
    good_rows_before_ragged = ragged_numbers - np.arange(len(ragged_numbers)) - header - 1
    return good + 1 + header + np.searchsorted(good_rows_before_ragged, good, side="right")


def as_binary(column: pa.Array) -> pa.Array:
    """Text or bytes as Arrow binary; other types as the text that they print as."""
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
    column = as_binary(column)
    if column.null_count:
        column = pc.fill_null(column, b"")
    _, offsets_buffer, data_buffer = column.buffers()
    width = np.dtype(np.int32).itemsize
    offsets = np.frombuffer(offsets_buffer, np.int32, len(column) + 1, column.offset * width)
    data = np.frombuffer(data_buffer, np.uint8) if data_buffer is not None else np.empty(0, np.uint8)
    return data, offsets.astype(np.int64)
