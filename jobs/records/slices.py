"""Large record files are cut into slices, so that many tasks read one file.

A CSV file is cut at line breaks into ranges of bytes, a Parquet file into runs of row groups. What the
tables hold does not depend on the cuts: a reader numbers the rows of its slice, and the rows of the
slices before are added when all are counted.
"""

import codecs
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from itertools import pairwise
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from jobs.engine.input_files import open_file, size_of
from jobs.records.sources import CdrSource, is_compressed

_CSV_BYTES_PER_ROW = 36
_COMPRESSION_RATIO = 5
_LONGEST_LINE = 16 << 20
_LOOK_BYTES = 1 << 16
_STATELESS = ("utf-8", "utf-8-sig", "ascii")


@dataclass(frozen=True)
class FileSlice:
    """What one task reads of a file: bytes of CSV, row groups of Parquet; all of it where `end` is None."""

    start: int = 0
    end: int | None = None

    @property
    def is_first(self) -> bool:
        return self.start == 0


WHOLE = FileSlice()
"""A file that is read as one stream."""


def slices_of(source: CdrSource, path: str, slice_bytes: int) -> list[FileSlice]:
    """Cut a file into slices of about `slice_bytes`, in order; `WHOLE` alone where it is small.

    A file that is compressed, that may hold line breaks inside of values, or whose encoding does not
    keep the line break as a byte of its own, is one stream. A row group of Parquet is never cut.
    """
    if source.format_of(path) == "parquet":
        edges = _edges_of_groups(_footer(source, path), slice_bytes)
    elif _has_plain_lines(source, path):
        with open_file(source.place(path)) as file:
            edges = _edges(file, file.size(), slice_bytes)
    else:
        return [WHOLE]
    return [FileSlice(*ends) for ends in pairwise(edges)] if len(edges) > 2 else [WHOLE]


def _footer(source: CdrSource, path: str) -> pq.FileMetaData:
    with open_file(source.place(path)) as file:
        return pq.read_metadata(file)


def _has_plain_lines(source: CdrSource, path: str) -> bool:
    return not source.newlines_in_values and not is_compressed(path) and _keeps_line_breaks(source.encoding)


def _keeps_line_breaks(encoding: str) -> bool:
    """Whether byte 0x0A is a line break wherever it stands: UTF-8, and one byte a character as in ASCII."""
    if codecs.lookup(encoding).name in _STATELESS:
        return True
    every_byte = bytes(range(256))
    try:
        text = every_byte.decode(encoding, "replace")
    except (UnicodeError, LookupError):
        return False
    return len(text) == len(every_byte) and text[:128] == every_byte[:128].decode("ascii")


def _edges(file: pa.NativeFile, size: int, slice_bytes: int) -> list[int]:
    """Where slices begin and the last one ends; only both ends if a line is too long to cut after it."""
    edges = [0]
    while edges[-1] + slice_bytes < size:
        end = _end_of_line(file, edges[-1] + slice_bytes - 1, size)
        if end is None:
            return [0, size]
        edges.append(end)
    return edges if edges[-1] == size else [*edges, size]


def _end_of_line(file: pa.NativeFile, position: int, size: int) -> int | None:
    """First byte after the line that goes over `position`; None if that line is too long."""
    for start in range(position, min(position + _LONGEST_LINE, size), _LOOK_BYTES):
        file.seek(start)
        found = file.read(_LOOK_BYTES).find(b"\n")
        if found >= 0:
            return int(start + found + 1)
    return size if position + _LONGEST_LINE >= size else None


def _edges_of_groups(footer: pq.FileMetaData, slice_bytes: int) -> list[int]:
    """Like `_edges`, in row groups: a slice ends with the group that brings it to its size, unpacked."""
    edges, filled = [0], 0
    for group in range(footer.num_row_groups):
        filled += footer.row_group(group).total_byte_size
        if filled >= slice_bytes:
            edges.append(group + 1)
            filled = 0
    return edges if edges[-1] == footer.num_row_groups else [*edges, footer.num_row_groups]


def reading_tasks(
    sources: Sequence[CdrSource], files: list[tuple[int, str]], slice_bytes: int
) -> list[dict[str, Any]]:
    """Describe to a reader task, as JSON, which slice of which file it reads.

    Parameters
    ----------
    files : (index of the source, path).
    """
    return [
        {"file": file, "source": source, "path": path, "slice": number, "ends": asdict(cut)}
        for file, (source, path) in enumerate(files)
        for number, cut in enumerate(slices_of(sources[source], path, slice_bytes))
    ]


def estimated_rows(source: CdrSource, path: str) -> int:
    """Rows of a file, from Parquet's footer or a CSV file's size."""
    if source.format_of(path) == "parquet":
        return int(_footer(source, path).num_rows)
    return (
        size_of(source.place(path)) * (_COMPRESSION_RATIO if is_compressed(path) else 1) // _CSV_BYTES_PER_ROW
    )
