"""What a Parquet file holds: its pages unpacked, dictionaries with all their entries, and its values.

Pages are found by their headers (parquet-format, `PageHeader` in Thrift's compact protocol), so that
also entries of a dictionary are seen that no row uses any more. Values are read as well, because some
encodings (delta, byte stream split) hide them in the bytes of a page.
"""

import io
from collections.abc import Iterator
from dataclasses import dataclass, field

import pyarrow as pa
import pyarrow.parquet as pq

_STOP, _TRUE, _FALSE, _BYTE, _DOUBLE, _BINARY, _LIST, _SET, _MAP, _STRUCT = 0, 1, 2, 3, 7, 8, 9, 10, 11, 12
_INTEGERS = (4, 5, 6)
_CODECS = {"LZ4": "lz4_raw"} | {
    name.upper(): name for name in ("snappy", "gzip", "brotli", "zstd", "lz4_raw")
}
_UNPACKED_SIZE, _PACKED_SIZE, _V2 = 2, 3, 8
_V2_DEFINITION, _V2_REPETITION, _V2_IS_PACKED = 5, 6, 7


@dataclass
class _Thrift:
    """Reads structs of Thrift's compact protocol."""

    data: bytes
    at: int
    fields: dict[int, object] = field(default_factory=dict)

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

    def struct(self) -> dict[int, object]:
        """Fields by their number; of those that are not needed only the place is passed over."""
        found: dict[int, object] = {}
        number = 0
        while True:
            head = self.data[self.at]
            self.at += 1
            if head == _STOP:
                return found
            kind, step = head & 0x0F, head >> 4
            number = number + step if step else self.integer()
            found[number] = self.value(kind)

    def value(self, kind: int) -> object:
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


def parquet_layers(content: bytes) -> Iterator[tuple[str, bytes]]:
    """Unpacked pages and values of every column."""
    file = pq.ParquetFile(io.BytesIO(content))
    for group in range(file.metadata.num_row_groups):
        for column in range(file.metadata.num_columns):
            chunk = file.metadata.row_group(group).column(column)
            for number, page in enumerate(_pages(content, chunk)):
                yield f"{chunk.path_in_schema}[{group}.{number}]", page
    for batch in file.iter_batches(1 << 18):
        for name, values in zip(batch.schema.names, batch.columns, strict=True):
            if pa.types.is_dictionary(values.type):
                values = values.dictionary_decode()
            yield name, _text(values)


def _text(values: pa.Array) -> bytes:
    """Values as text, one after the other, without making a Python object of each where that is possible."""
    if (
        pa.types.is_timestamp(values.type)
        or pa.types.is_floating(values.type)
        or pa.types.is_integer(values.type)
    ):
        values = values.cast(pa.int64(), safe=False) if not pa.types.is_floating(values.type) else values
        return b"\n".join(values.drop_null().cast(pa.string()).cast(pa.binary()).to_pylist())
    if (
        pa.types.is_binary(values.type)
        or pa.types.is_string(values.type)
        or pa.types.is_large_string(values.type)
    ):
        return b"\n".join(values.cast(pa.large_binary()).drop_null().to_pylist())
    return "\n".join(map(str, values.to_pylist())).encode()


def _pages(content: bytes, chunk: pq.ColumnChunkMetaData) -> Iterator[bytes]:
    """Pages of one column chunk, unpacked."""
    starts = [start for start in (chunk.data_page_offset, chunk.dictionary_page_offset) if start]
    if not starts:  # a column without a row has no page
        return
    at, end = min(starts), min(starts) + chunk.total_compressed_size
    while at < end:
        thrift = _Thrift(content, at)
        header = thrift.struct()
        packed, unpacked = int(str(header[_PACKED_SIZE])), int(str(header[_UNPACKED_SIZE]))
        body = content[thrift.at : thrift.at + packed]
        yield _unpacked_page(body, unpacked, header.get(_V2), chunk.compression)
        at = thrift.at + packed


def _unpacked_page(body: bytes, size: int, second: object, compression: str) -> bytes:
    levels = 0
    if isinstance(second, dict):  # data page of version 2: levels first, never packed
        levels = int(second.get(_V2_DEFINITION, 0)) + int(second.get(_V2_REPETITION, 0))
        if second.get(_V2_IS_PACKED) is False:
            return body
    codec = _CODECS.get(compression)
    if codec is None or len(body) == levels:
        return body
    unpacked = pa.Codec(codec).decompress(body[levels:], size - levels)
    return body[:levels] + bytes(unpacked)
