"""CSV files whose lines are regular, read a piece at a time where they lie: no value is copied.

Regular are lines as nearly all are: see `kernels.text.lines`. Single lines that are not go through Arrow's reader;
where there are many, a value might go on after its line, or a carriage return stands alone, the whole slice does.
"""

from collections.abc import Iterator
from functools import partial

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from jobs.engine.input_files import open_file
from jobs.errors import InputError
from jobs.records import csv_reading
from jobs.records.csv_pieces import NotRegular, pieces, without_header
from jobs.records.csv_reading import Ragged, csv_reader, read_carefully
from jobs.records.raw import RawBatch, TextSpans, in_arrow, read_only, text_spans
from jobs.records.slices import FileSlice
from jobs.records.sources import CdrSource, as_utf8, csv_columns, open_text
from kernels.text.lines import count_structure, joined, separators, values_of_lines
from kernels.text.quotes import break_in_quotes

_LAST_ASCII = 127
_ODD_LINES, _ODD_SHARE = 1000, 0.125
"""Where more are odd than so many and this share of a piece, it is quicker to leave all to Arrow's reader."""


def read_csv(source: CdrSource, path: str, cut: FileSlice) -> Iterator[RawBatch]:
    """Read a file or a slice of it; what a batch tells is lost when the next one is asked for.

    Raises
    ------
    InputError
        The file is empty, cut short, or lacks a column; or a value goes on after its line.
    """
    columns = csv_columns(source, path)
    done = 0
    if _may_be_regular(source, columns):
        try:
            for batch in _regular_batches(source, path, cut, columns):
                yield batch
                done = max([done, *batch.row[-1:].tolist(), *(number for number, _ in batch.ragged[-1:])])
            return
        except (NotRegular, OSError, pa.ArrowInvalid, UnicodeError):
            pass  # read anew, which tells what is wrong
    for batch in read_carefully(source, path, cut):
        yield _beyond(batch, done)


def _may_be_regular(source: CdrSource, columns: list[str]) -> bool:
    """Whether lines end where a line feed is, and each name that is needed means one column."""
    signs = {source.delimiter, source.quote}
    plain = len(signs) == 2 and not signs & {"\n", "\r"} and max(map(ord, signs)) <= _LAST_ASCII
    is_one = all(columns.count(str(name)) == 1 for name in source.columns.needed())
    return plain and not source.newlines_in_values and is_one


def _beyond(batch: RawBatch, done: int) -> RawBatch:
    """Rows of a batch with numbers above `done`."""
    first = int(np.searchsorted(batch.row, done, side="right"))
    columns = {name: in_arrow(column).slice(first) for name, column in batch.columns.items()}
    return RawBatch(columns, batch.row[first:], [row for row in batch.ragged if row[0] > done])


def _opened(source: CdrSource, path: str, cut: FileSlice) -> pa.NativeFile:
    if cut.end is None:
        return open_text(source, path)
    file = open_file(source.place(path))
    if file.size() < cut.end:
        raise InputError("has become shorter while it was read", path, "deliver it again")
    return as_utf8(file.get_stream(cut.start, cut.end - cut.start), source.encoding)


def _regular_batches(source: CdrSource, path: str, cut: FileSlice, columns: list[str]) -> Iterator[RawBatch]:
    number = 1 if source.header else 0
    with _opened(source, path, cut) as stream:
        for place, piece in enumerate(pieces(stream, csv_reading.BLOCK_BYTES, not cut.is_first)):
            text = without_header(piece, source.header) if place == 0 and cut.is_first else piece
            batch = _batch(source, columns, text, number)
            number += batch.rows_in
            yield batch


def _batch(source: CdrSource, columns: list[str], text: NDArray[np.uint8], number: int) -> RawBatch:
    """Rows of whole lines, the last of which ends; `number` records stand before them."""
    delimiter, quote = ord(source.delimiter), ord(source.quote)
    needed = source.columns.needed()
    wanted = np.full(len(columns), -1, np.int64)
    wanted[[columns.index(str(name)) for name in needed]] = np.arange(len(needed))
    delimiters, feeds, returns, quotes = count_structure(text, delimiter, quote)
    place = separators(text, delimiter, delimiters + feeds)
    values = partial(values_of_lines, text, place, feeds, wanted, len(columns), quote)
    start, end, odd, odd_ends, quotes_told, returns_told = values(False)
    if quotes_told != quotes:
        start, end, odd, odd_ends, _, returns_told = values(True)
    if returns_told != returns or odd.size > max(_ODD_LINES, _ODD_SHARE * start.shape[1]):
        raise NotRegular
    rows = np.arange(number + 1, number + 1 + start.shape[1])
    ragged: list[tuple[int, str]] = []
    if odd.size:
        is_row = np.ones(rows.size, np.bool_)
        text, is_ragged, ragged = _with_odd_lines(source, columns, text, (start, end), odd, odd_ends, rows)
        is_row[odd[is_ragged]] = False
        start, end = (np.compress(is_row, ends, axis=1) for ends in (start, end))
        rows = rows[is_row]
    text = text.view()
    text.flags.writeable = False
    spans = {name: TextSpans(text, read_only(start[i]), read_only(end[i])) for i, name in enumerate(needed)}
    return RawBatch(spans, rows, ragged)


def _with_odd_lines(
    source: CdrSource,
    columns: list[str],
    text: NDArray[np.uint8],
    ends: tuple[NDArray[np.int32], NDArray[np.int32]],
    odd: NDArray[np.int64],
    odd_ends: NDArray[np.int32],
    rows: NDArray[np.int64],
) -> tuple[NDArray[np.uint8], NDArray[np.bool_], list[tuple[int, str]]]:
    """Read lines that are not regular one by one.

    Parameters
    ----------
    ends : of the values; those of odd lines are put in.
    odd, odd_ends : as of `kernels.text.lines.values_of_lines`; rows : record number of each row.

    Returns
    -------
    the text with the values of odd lines behind it, which of these lines are ragged, and numbers and texts of those.
    """
    lines, _ = joined(text, np.ascontiguousarray(odd_ends[:, 0]), np.ascontiguousarray(odd_ends[:, 1]), 1)
    if break_in_quotes(lines, ord(source.delimiter), ord(source.quote)) >= 0:
        raise NotRegular
    read, ragged = _read_alone(source, columns, lines.tobytes())
    if len(read[0]) + len(ragged) != odd.size:
        raise NotRegular
    is_ragged = np.zeros(odd.size, np.bool_)
    is_ragged[[number - 1 for number, _ in ragged]] = True
    parts, size = [text], text.size
    for i, column in enumerate(read):
        values, first, last = text_spans(column)
        ends[0][i, odd[~is_ragged]], ends[1][i, odd[~is_ragged]] = first + size, last + size
        parts.append(values)
        size += values.size
    told = [(int(rows[odd[number - 1]]), line) for number, line in ragged]
    return np.concatenate(parts) if len(read[0]) else text, is_ragged, told


def _read_alone(
    source: CdrSource, columns: list[str], lines: bytes
) -> tuple[list[pa.Array], list[tuple[int, str]]]:
    """Needed columns of a few lines by Arrow's reader, and ragged ones with their number from 1.

    The reader fails on a ragged line that is no UTF-8; such lines are given to it as if each byte were a letter.
    """
    try:
        lines.decode()
        is_utf8 = True
    except UnicodeDecodeError:
        lines = lines.decode("latin-1").encode()
        is_utf8 = False
    ragged, content = Ragged(0), b"\n" + lines  # for the empty line see `csv_reading`
    table = csv_reader(source, columns, pa.BufferReader(content), ragged, len(content)).read_all()
    read = [table.column(str(name)).combine_chunks() for name in source.columns.needed()]
    if is_utf8:
        return read, ragged.rows
    as_written = [
        pa.array([v.decode().encode("latin-1") for v in column.to_pylist()], pa.binary()) for column in read
    ]
    return as_written, [
        (number, text.encode("latin-1").decode("utf-8", "backslashreplace")) for number, text in ragged.rows
    ]
