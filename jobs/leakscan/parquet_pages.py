"""Where the pages of a Parquet file lie, and what is in them once they are unpacked.

Pages are found by their headers (parquet-format, `PageHeader` in Thrift's compact protocol).
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

_STOP, _TRUE, _FALSE, _BYTE, _DOUBLE, _BINARY, _LIST, _SET, _MAP, _STRUCT = 0, 1, 2, 3, 7, 8, 9, 10, 11, 12
_INTEGERS = (4, 5, 6)
_CODECS = {"LZ4": "lz4_raw"} | {
    name.upper(): name for name in ("snappy", "gzip", "brotli", "zstd", "lz4_raw")
}
_KIND, _UNPACKED_SIZE, _PACKED_SIZE = 1, 2, 3
_DATA, _DICTIONARY, _DATA_V2 = 0, 2, 3
_DETAILS = {_DATA: 5, _DICTIONARY: 7, _DATA_V2: 8}
_VALUES = 1
_ENCODING = {_DATA: 2, _DICTIONARY: 2, _DATA_V2: 4}
_V2_DEFINITION, _V2_REPETITION, _V2_IS_PACKED = 5, 6, 7
_INDEX_ENCODINGS = (2, 8)
"""PLAIN_DICTIONARY and RLE_DICTIONARY: a page holds which entries of the dictionary its rows have."""


class _Thrift:
    """Reads structs of Thrift's compact protocol."""

    def __init__(self, data: bytes, at: int) -> None:
        self.data, self.at = data, at

    def varint(self) -> int:
        value = shift = 0
        while True:
            octet = self.data[self.at]
            self.at += 1
            value |= (octet & 0x7F) << shift
            if not octet & 0x80:
                return value
            shift += 7

    def integer(self) -> int:
        value = self.varint()
        return (value >> 1) ^ -(value & 1)

    def struct(self) -> dict[int, Any]:
        """Fields by their number; of those that are not needed only the place is passed over."""
        found: dict[int, Any] = {}
        number = 0
        while True:
            head = self.data[self.at]
            self.at += 1
            if head == _STOP:
                return found
            kind, step = head & 0x0F, head >> 4
            number = number + step if step else self.integer()
            found[number] = self.value(kind)

    def value(self, kind: int) -> Any:
        if kind in (_TRUE, _FALSE):
            return kind == _TRUE
        if kind in _INTEGERS:
            return self.integer()
        if kind == _STRUCT:
            return self.struct()
        if kind == _BYTE:
            self.at += 1
        elif kind == _DOUBLE:
            self.at += 8
        elif kind == _BINARY:
            size = self.varint()
            self.at += size
        elif kind in (_LIST, _SET):
            self._elements()
        else:
            raise ValueError(f"Thrift type {kind} in a page header")
        return None

    def _elements(self) -> None:
        head = self.data[self.at]
        self.at += 1
        size = head >> 4 if head >> 4 != 15 else self.varint()
        for _ in range(size):
            self.value(head & 0x0F)


@dataclass(frozen=True)
class Page:
    """One page.

    Attributes
    ----------
    first, end : bytes of its body in the file. size : of the body unpacked.
    header : fields of its header by their number.
    """

    first: int
    end: int
    size: int
    header: dict[int, Any]

    @property
    def kind(self) -> int:
        return int(self.header[_KIND])

    @property
    def is_dictionary(self) -> bool:
        return self.kind == _DICTIONARY

    @property
    def values(self) -> int:
        """How many values the page holds, nulls included."""
        return int(self.header[_DETAILS[self.kind]][_VALUES])

    @property
    def holds_indices(self) -> bool:
        """Whether its rows are given as entries of the dictionary."""
        return self.header[_DETAILS[self.kind]][_ENCODING[self.kind]] in _INDEX_ENCODINGS

    def unpacked(self, content: bytes, compression: str) -> bytes:
        """The body of the page: of one of the second version the levels, which are never packed, come first."""
        body, levels = content[self.first : self.end], 0
        if self.kind == _DATA_V2:
            second = self.header[_DETAILS[_DATA_V2]]
            levels = int(second.get(_V2_DEFINITION, 0)) + int(second.get(_V2_REPETITION, 0))
            if second.get(_V2_IS_PACKED) is False:
                return body
        codec = _CODECS.get(compression)
        if codec is None or len(body) == levels:
            return body
        return body[:levels] + bytes(pa.Codec(codec).decompress(body[levels:], self.size - levels))


@dataclass(frozen=True)
class Chunk:
    """The pages of one column in one row group.

    Attributes
    ----------
    group, column : its numbers. path : of the column. width : bytes of a value of fixed length.
    is_plain : whether entries of its dictionary are what its values are: not where these are decimals
        or half-precision floats written as bytes.
    values : how many values its rows have, nulls included.
    """

    group: int
    column: int
    path: str
    compression: str
    physical: str
    width: int
    is_plain: bool
    values: int
    dictionary: list[Page]
    data: list[Page]

    @property
    def pages(self) -> list[Page]:
        return self.dictionary + self.data

    @property
    def is_told_by_dictionary(self) -> bool:
        """Whether all its values are entries of its dictionary."""
        return self.is_plain and bool(self.dictionary) and all(page.holds_indices for page in self.data)

    @property
    def has_more_than_its_rows(self) -> bool:
        """Whether pages hold other values than rows have: no reader shows these."""
        return sum(page.values for page in self.data) != self.values


def chunks_of(content: bytes, file: pq.ParquetFile) -> list[Chunk]:
    """Every column of every row group.

    Raises
    ------
    ValueError
        A page header cannot be read.
    """
    try:
        return [
            _chunk(content, file, group, column)
            for group in range(file.metadata.num_row_groups)
            for column in range(file.metadata.num_columns)
        ]
    except (IndexError, KeyError, TypeError) as error:
        raise ValueError("a page header cannot be read") from error


def _chunk(content: bytes, file: pq.ParquetFile, group: int, column: int) -> Chunk:
    told, schema = file.metadata.row_group(group).column(column), file.schema.column(column)
    pages = list(_pages(content, told))
    return Chunk(
        group,
        column,
        told.path_in_schema,
        told.compression,
        told.physical_type,
        12 if told.physical_type == "INT96" else schema.length or 0,
        schema.logical_type.type not in ("DECIMAL", "FLOAT16"),
        told.num_values,
        [page for page in pages if page.is_dictionary],
        [page for page in pages if not page.is_dictionary],
    )


def _pages(content: bytes, chunk: pq.ColumnChunkMetaData) -> Iterator[Page]:
    starts = [start for start in (chunk.data_page_offset, chunk.dictionary_page_offset) if start]
    if not starts:  # a column without a row has no page
        return
    at, end = min(starts), min(starts) + chunk.total_compressed_size
    while at < end:
        thrift = _Thrift(content, at)
        header = thrift.struct()
        page = Page(thrift.at, thrift.at + header[_PACKED_SIZE], header[_UNPACKED_SIZE], header)
        yield page
        at = page.end


def outside(content: bytes, chunks: list[Chunk]) -> list[tuple[int, int]]:
    """Stretches of a file that are no page's body: headers, indexes, filters, the footer, what lies between."""
    bodies = sorted((page.first, page.end) for chunk in chunks for page in chunk.pages)
    starts = [0, *(end for _, end in bodies)]
    ends = [*(first for first, _ in bodies), len(content)]
    return [(first, end) for first, end in zip(starts, ends, strict=True) if first < end]
