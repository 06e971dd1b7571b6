"""Text tables of a GTFS zip, read as they come: any encoding, delimiter, column order and row length."""

import codecs
import csv
import io
import zipfile
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path, PurePosixPath

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from pyarrow import csv as pacsv

from jobs.errors import InputError

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_MIN_ROWS_FOR_ARROW = 1000
FALLBACK = "cp1252"
"""Read where a file is no UTF: what Windows writes in western Europe and Africa."""


@dataclass(frozen=True)
class TextTable:
    """One file of a feed: its text, and its cells as strings, trimmed, short rows padded."""

    name: str
    text: str
    encoding: str
    bom: bytes

    @property
    def is_guessed(self) -> bool:
        """Whether the text is no UTF and was read by a guess."""
        return self.encoding == FALLBACK

    @cached_property
    def records(self) -> list[str]:
        """Header and rows as written, line ends kept, blank lines left out."""
        return [record for record in _records(self.text) if record.strip()]

    @property
    def newline(self) -> str:
        """Line end of the header."""
        return "\r\n" if self.records and self.records[0].endswith("\r\n") else "\n"

    @cached_property
    def header(self) -> list[str]:
        """Column names in file order."""
        if not self.records:
            return []
        line = self.records[0].strip("\r\n")
        return [cell.strip() for cell in next(csv.reader([line], delimiter=_delimiter(line)))]

    @cached_property
    def row_delimiter(self) -> str:
        """Delimiter of the rows, which may differ from the header's."""
        header_delimiter = _delimiter(self.records[0]) if self.records else ","
        if len(self.records) < 2 or len(self.header) < 2 or header_delimiter in self.records[1]:
            return header_delimiter
        return _delimiter(self.records[1])

    @cached_property
    def cells(self) -> pa.Table:
        """All rows; a column named twice keeps its first."""
        if not self.records:
            return pa.table({})
        columns = self._cells_by_arrow
        if columns is None:
            columns = self._cells_by_row()
        named = dict(reversed([(name, columns[i]) for i, name in enumerate(self.header)]))
        return pa.table({name: named[name] for name in dict.fromkeys(self.header)})

    @cached_property
    def _cells_by_arrow(self) -> list[pa.Array] | None:
        """Columns where the table is long and all rows are of one length."""
        if len(self.records) <= _MIN_ROWS_FOR_ARROW:
            return None
        names = [str(i) for i in range(len(self.header))]
        try:
            table = pacsv.read_csv(
                pa.py_buffer("".join(self.records[1:]).encode()),
                read_options=pacsv.ReadOptions(column_names=names),
                parse_options=pacsv.ParseOptions(
                    delimiter=self.row_delimiter, newlines_in_values='"' in self.text
                ),
                convert_options=pacsv.ConvertOptions(
                    column_types=dict.fromkeys(names, pa.string()), strings_can_be_null=False
                ),
            )
        except pa.ArrowInvalid:
            return None  # rows of unequal length
        return [pc.utf8_trim_whitespace(column).combine_chunks() for column in table.columns]

    def _cells_by_row(self) -> list[pa.Array]:
        width = len(self.header)
        rows = csv.reader(io.StringIO("".join(self.records[1:]), newline=""), delimiter=self.row_delimiter)
        padded = [[cell.strip() for cell in (row + [""] * width)[:width]] for row in rows if row]
        return [pa.array([row[i] for row in padded], pa.string()) for i in range(width)]

    @cached_property
    def is_ragged(self) -> np.ndarray:
        """Bool per row: it has fewer or more cells than the header."""
        if self._cells_by_arrow is not None:
            return np.zeros(self.row_count, bool)
        rows = csv.reader(io.StringIO("".join(self.records[1:]), newline=""), delimiter=self.row_delimiter)
        return np.array([len(row) != len(self.header) for row in rows if row], bool)

    @property
    def row_count(self) -> int:
        """Rows without the header."""
        return int(self.cells.num_rows)

    def has(self, column: str) -> bool:
        """Whether the header names `column`."""
        return column in self.header

    def column(self, name: str, default: str = "") -> list[str]:
        """Cells of a column as strings; `default` everywhere when the file lacks it."""
        if not self.has(name):
            return [default] * self.row_count
        cells: list[str] = self.cells[name].to_pylist()
        return cells

    def required(self, name: str) -> pa.ChunkedArray:
        """Cells of a column that the specification requires.

        Raises
        ------
        InputError
            The header lacks it.
        """
        if not self.has(name):
            raise InputError(
                f"the header lacks the required column {name}; it has {', '.join(self.header) or 'nothing'}",
                self.name,
                f"add {name}, see https://gtfs.org/documentation/schedule/reference/",
            )
        return self.cells[name]

    def edited(
        self, keep: np.ndarray, rows: list[dict[str, str]], changed: dict[int, str] | None = None
    ) -> bytes:
        """Bytes of the file with the rows where `keep` is true, as they were written, and new rows below.

        ``changed`` replaces rows by index with text of ours (without line end).
        """
        changed = changed or {}
        out = [_ended(self.records[0], self.newline)]
        for i, record in enumerate(self.records[1:]):
            if keep[i]:
                out.append(changed[i] + self.newline if i in changed else _ended(record, self.newline))
        out.extend(self.written(row) + self.newline for row in rows)
        return self.bom + "".join(out).encode(self.encoding)

    def written(self, row: dict[str, str]) -> str:
        """One row in this file's column order and delimiter; columns that it lacks are dropped."""
        return written_row([row.get(name, "") for name in self.header], self.row_delimiter)

    def widened(self, columns: list[str]) -> "TextTable":
        """The table with more columns at the end: blank cells in the rows that are there."""
        marks = [_delimiter(self.records[0]), *[self.row_delimiter] * (len(self.records) - 1)]
        ends = [mark * len(columns) for mark in marks]
        ends[0] = "".join(marks[0] + column for column in columns)
        lines = [r.rstrip("\r\n") + end + self.newline for r, end in zip(self.records, ends, strict=True)]
        return TextTable(self.name, "".join(lines), self.encoding, self.bom)

    def row(self, index: int) -> dict[str, str]:
        """One row as a dict."""
        return {name: self.cells[name][index].as_py() for name in self.cells.column_names}


def written_row(cells: list[str], delimiter: str = ",") -> str:
    """One CSV row, quoted where needed, without line end."""
    out = io.StringIO()
    csv.writer(out, delimiter=delimiter, lineterminator="").writerow(cells)
    return out.getvalue()


def _ended(record: str, newline: str) -> str:
    return record if record.endswith("\n") else record + newline


def _delimiter(line: str) -> str:
    return max(",;\t|", key=lambda mark: (line.count(mark), mark == ","))


def _records(text: str) -> list[str]:
    """Lines with their ends, joined where a quoted cell spans several."""
    if "\n" not in text:
        text = text.replace("\r", "\n")
    parts = text.split("\n")
    lines = [line + "\n" for line in parts[:-1]] + ([parts[-1]] if parts[-1] else [])
    if '"' not in text:
        return lines
    out: list[str] = []
    is_open = False
    for line in lines:
        if is_open:
            out[-1] += line
        else:
            out.append(line)
        is_open ^= line.count('"') % 2 == 1
    return out


def decode(data: bytes) -> tuple[str, str, bytes]:
    """Text, encoding and byte order mark of a file; Windows-1252 where it is not UTF-8."""
    for bom, encoding in _BOMS:
        if data.startswith(bom):
            return data[len(bom) :].decode(encoding, errors="replace"), encoding, bom
    try:
        return data.decode("utf-8"), "utf-8", b""
    except UnicodeDecodeError:
        pass
    try:
        return data.decode(FALLBACK), FALLBACK, b""
    except UnicodeDecodeError:
        return data.decode("latin-1"), "latin-1", b""


def read_zip(path: Path) -> dict[str, bytes]:
    """All files of a GTFS zip or folder by name; a single wrapping folder is stripped.

    Raises
    ------
    InputError
        Missing, unreadable, or without any text file.
    """
    if path.is_dir():
        files = {p.name: p.read_bytes() for p in sorted(path.iterdir()) if p.is_file()}
    else:
        files = _unzipped(path)
    base = next(
        (str(PurePosixPath(n).parent) for n in sorted(files) if PurePosixPath(n).name == "stops.txt"), "."
    )
    prefix = "" if base == "." else base + "/"
    files = {name.removeprefix(prefix): data for name, data in files.items() if name.startswith(prefix)}
    if not any(name.endswith(".txt") for name in files):
        raise InputError("holds no .txt file, so it is not a GTFS feed", str(path), "give a GTFS zip")
    return files


def _unzipped(path: Path) -> dict[str, bytes]:
    try:
        with zipfile.ZipFile(path) as archive:
            return {i.filename: archive.read(i) for i in archive.infolist() if not i.is_dir()}
    except FileNotFoundError:
        raise InputError("no such file", str(path), "give the path of a GTFS zip") from None
    except (zipfile.BadZipFile, OSError, RuntimeError, NotImplementedError, EOFError) as error:
        raise InputError(
            f"cannot be read as a zip archive ({error})", str(path), "download it again"
        ) from None


def read_table(files: dict[str, bytes], name: str) -> TextTable:
    """One text table; empty when the feed has no such file."""
    text, encoding, bom = decode(files.get(name, b""))
    return TextTable(name, text, encoding, bom)
