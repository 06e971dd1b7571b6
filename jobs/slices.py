"""Large record files are cut into slices, so that many tasks read one file.

A CSV file is cut at line breaks into ranges of bytes, a Parquet file into runs of row groups. What the
tables hold does not depend on the cuts: a reader numbers the rows of its slice, and the rows of the
slices before are added when all are counted.
"""

import codecs
import os
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from itertools import pairwise
from typing import Any, BinaryIO

import pyarrow.parquet as pq

from jobs.sources import CdrSource, is_compressed

_CSV_BYTES_PER_ROW = 36
_COMPRESSION_RATIO = 5
_LONGEST_LINE = 16 << 20
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
        edges = _edges_of_groups(pq.read_metadata(path), slice_bytes)
    elif _has_plain_lines(source, path):
        with open(path, "rb") as file:
            edges = _edges(file, os.path.getsize(path), slice_bytes)
    else:
        return [WHOLE]
    return [FileSlice(*ends) for ends in pairwise(edges)] if len(edges) > 2 else [WHOLE]


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


def _edges(file: BinaryIO, size: int, slice_bytes: int) -> list[int]:
    """Where slices begin and the last one ends; only both ends if a line is too long to cut after it."""
    edges = [0]
    while edges[-1] + slice_bytes < size:
        file.seek(edges[-1] + slice_bytes - 1)
        line = file.readline(_LONGEST_LINE)
        if file.tell() < size and not line.endswith(b"\n"):
            return [0, size]
        edges.append(file.tell())
    return edges if edges[-1] == size else [*edges, size]


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


def estimated_rows(source: CdrSource, path: str, size_bytes: int) -> int:
    """Rows of a file, from Parquet's footer or a CSV file's size."""
    if source.format_of(path) == "parquet":
        return int(pq.read_metadata(path).num_rows)
    return size_bytes * (_COMPRESSION_RATIO if is_compressed(path) else 1) // _CSV_BYTES_PER_ROW
