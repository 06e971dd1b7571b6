"""CSV files by Arrow's reader, which knows quotes in all their forms; ragged rows are set aside."""

import re
from collections.abc import Callable, Iterator

import numpy as np
import pyarrow as pa
import pyarrow.csv as pacsv
from numpy.typing import NDArray

from jobs.engine.input_files import open_file
from jobs.errors import InputError
from jobs.records.raw import RawBatch
from jobs.records.slices import FileSlice
from jobs.records.sources import CdrSource, as_utf8, csv_columns, open_text
from kernels.text.quotes import break_in_quotes, count_breaks_and_quotes

BLOCK_BYTES = 16 << 20
"""A batch is made of about so many."""

_LF = 10
_LOOK_BYTES = 1 << 16
_ROW_TEXT = re.compile(r"(Expected \d+ columns, got \d+).*", re.DOTALL)
"""What Arrow tells of a ragged row that is no UTF-8; messages must not name a subscriber."""


class Ragged:
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


def csv_reader(
    source: CdrSource,
    columns: list[str],
    stream: pa.NativeFile,
    ragged: Ragged,
    block_bytes: int,
    skip_rows: int = 0,
) -> pacsv.CSVStreamingReader:
    """Arrow's reader of lines that have values in `columns`, of which the needed ones are read as bytes."""
    needed = [str(c) for c in source.columns.needed()]
    return pacsv.open_csv(
        stream,
        read_options=pacsv.ReadOptions(
            use_threads=False, block_size=block_bytes, column_names=columns, skip_rows=skip_rows
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


def read_carefully(source: CdrSource, path: str, cut: FileSlice) -> Iterator[RawBatch]:
    """Read a file or a slice of it, whatever its lines are like.

    Raises
    ------
    InputError
        It is cut short, or a value goes on after its line where that is not told to the reader.
    """
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
    ragged = Ragged(0 if cut.is_first else header)
    good_before, ragged_before = 0, 0
    try:
        columns = csv_columns(source, path)
        skipped = 1 if source.header and cut.is_first else 0
        for batch in csv_reader(source, columns, open_lines(), ragged, BLOCK_BYTES, skipped):
            good = np.arange(good_before, good_before + batch.num_rows, dtype=np.int64)
            numbers = np.array([number for number, _ in ragged.rows], np.int64)
            told = {c: batch.column(str(c)) for c in source.columns.needed()}
            yield RawBatch(told, _record_numbers(good, numbers, header), ragged.rows[ragged_before:])
            good_before += batch.num_rows
            ragged_before = len(ragged.rows)
    except (OSError, pa.ArrowInvalid, UnicodeError) as error:
        what = _ROW_TEXT.sub(r"\1", str(error))
        raise InputError(f"cannot be read to its end ({what})", path, "deliver it again") from error
    if len(ragged.rows) > ragged_before:
        yield RawBatch({}, np.empty(0, np.int64), ragged.rows[ragged_before:])


def _record_numbers(
    good: NDArray[np.int64], ragged_numbers: NDArray[np.int64], header: int
) -> NDArray[np.int64]:
    """Record numbers of the good rows, counted from 0 among themselves, with ragged rows between."""
    good_rows_before_ragged = ragged_numbers - np.arange(len(ragged_numbers)) - header - 1
    return good + 1 + header + np.searchsorted(good_rows_before_ragged, good, side="right")
