"""Unwrap files: what a scanner has to look at besides the bytes as they lie."""

import base64
import gzip
import io
import tarfile
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pyarrow.ipc
from numpy.typing import NDArray

from jobs.leakscan.parquet_layers import parquet_layers
from kernels.leakscan import base64_runs, base64_values

_SHORTEST_PAYLOAD = 64
_DEEPEST = 4
_SAMPLE = 4096
_BINARY_SHARE = 0.1
_BROKEN = (OSError, EOFError, ValueError, zlib.error, zipfile.BadZipFile, tarfile.TarError, pa.ArrowException)
_LARGEST = 1 << 31
"""A layer of more bytes is a bomb, or has to be unpacked by hand."""


@dataclass(frozen=True)
class Layer:
    """Bytes to be scanned, and the way to them: empty for the file itself."""

    way: str
    content: bytes


@dataclass
class Unread:
    """Layers that could not be opened: told, so that silence means something."""

    ways: list[str]


def layers_of(content: bytes, unread: Unread, way: str = "", depth: int = 0) -> Iterator[Layer]:
    """The bytes as they are, then everything that is packed in them, to a depth of four."""
    yield Layer(way, content)
    if depth >= _DEEPEST:
        return
    try:
        for name, inner in _unpacked(content):
            yield from layers_of(inner, unread, f"{way}!{name}", depth + 1)
    except _BROKEN as error:
        unread.ways.append(f"{way} ({type(error).__name__})")


def _unpacked(content: bytes) -> Iterator[tuple[str, bytes]]:
    head = content[:8]
    if head[:4] == b"PAR1" and content[-4:] in (b"PAR1", b"PARE"):
        yield from parquet_layers(content)
        yield from ((f"footer{name}", inner) for name, inner in _payloads(_parquet_footer(content)))
    elif head[:4] == b"PK\x03\x04":
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            for entry in archive.infolist():
                if entry.file_size <= _LARGEST:
                    yield entry.filename, archive.read(entry)
    elif head[:2] == b"\x1f\x8b":
        yield "gzip", gzip.decompress(content)
    elif head[:4] == b"\x28\xb5\x2f\xfd":
        yield "zstd", pa.CompressedInputStream(pa.BufferReader(content), "zstd").read()
    elif head[:3] == b"BZh":
        yield "bz2", pa.CompressedInputStream(pa.BufferReader(content), "bz2").read()
    elif head[:6] == b"ARROW1":
        yield from _arrow(content)
    elif content[257:262] == b"ustar":
        yield from _tar(content)
    elif not _is_binary(content):
        yield from _payloads(content)


def _is_binary(content: bytes) -> bool:
    """Whether a file looks like no text: many of its first bytes are control characters."""
    sample = np.frombuffer(content[:_SAMPLE], np.uint8)
    odd = (sample < 9) | ((sample > 13) & (sample < 32))
    return bool(sample.size and odd.mean() > _BINARY_SHARE)


def _parquet_footer(content: bytes) -> bytes:
    length = int.from_bytes(content[-8:-4], "little")
    return content[-8 - length : -8]


def _arrow(content: bytes) -> Iterator[tuple[str, bytes]]:
    table = pa.ipc.open_file(pa.BufferReader(content)).read_all()
    for name in table.column_names:
        yield name, column_text(table[name])


def _tar(content: bytes) -> Iterator[tuple[str, bytes]]:
    with tarfile.open(fileobj=io.BytesIO(content)) as archive:
        for entry in archive:
            file = archive.extractfile(entry)
            if file is not None:
                yield entry.name, file.read()


def column_text(column: pa.ChunkedArray) -> bytes:
    """Values of a column as lines of text."""
    return "\n".join(map(str, column.unique().to_pylist())).encode()


def _payloads(content: bytes) -> Iterator[tuple[str, bytes]]:
    """What is written in base64, as in a page that holds its data; unpacked if it is packed."""
    data: NDArray[np.uint8] = np.frombuffer(content, np.uint8)
    for first, end in base64_runs(data, base64_values(), _SHORTEST_PAYLOAD).tolist():
        run = content[first:end].translate(bytes.maketrans(b"-_", b"+/"))
        decoded = base64.b64decode(run[: len(run) // 4 * 4])
        yield f"base64@{first}", _inflated(decoded)


def _inflated(decoded: bytes) -> bytes:
    """Unpack gzip or zlib as far as it goes; other bytes as they are."""
    if decoded[:2] == b"\x1f\x8b" or decoded[:1] == b"\x78":
        try:
            return zlib.decompressobj(47).decompress(decoded, _LARGEST)
        except zlib.error:
            return decoded
    return decoded
