"""Unwrap files: what a scanner has to look at besides the bytes as they lie."""

import base64
import gzip
import io
import tarfile
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field

import numpy as np
import pyarrow as pa
import pyarrow.ipc
from numpy.typing import NDArray

from jobs.leakscan.column_values import Inner, Numbers, values_of
from jobs.leakscan.parquet_layers import ParquetFile
from kernels.leak_digests import base64_runs, base64_values

_SHORTEST_PAYLOAD = 64
_DEEPEST = 4
_SAMPLE = 4096
_BINARY_SHARE = 0.1
_BROKEN = (OSError, EOFError, ValueError, zlib.error, zipfile.BadZipFile, tarfile.TarError, pa.ArrowException)
_LARGEST = 1 << 31
"""A layer of more bytes is a bomb, or has to be unpacked by hand."""
_APART = b"\n" * 3
"""Between stretches of a file that are searched together: no number goes on behind it."""


@dataclass(frozen=True)
class Layer:
    """Bytes or numbers to be searched, and the way to them: empty for the file itself.

    Attributes
    ----------
    stretches : where the parts of `content` begin, and where they were, if they did not lie side by side.
    """

    way: str
    content: bytes | Numbers
    stretches: tuple[list[int], list[int]] = field(default=([0], [0]))

    @property
    def size(self) -> int:
        """Bytes."""
        return len(self.content) if isinstance(self.content, bytes) else self.content.values.nbytes

    def origin(self, at: int) -> int:
        """Where a byte or a number of the layer was in what it was taken from."""
        here, there = self.stretches
        part = int(np.searchsorted(here, at, "right")) - 1
        return there[part] + at - here[part]


@dataclass
class Unread:
    """Layers that could not be opened: told, so that silence means something."""

    ways: list[str]


def layers_of(content: bytes, unread: Unread, way: str = "", depth: int = 0) -> Iterator[Layer]:
    """The bytes as they are, then everything that is packed in them, to a depth of four."""
    inner: Iterator[Inner] = iter(())
    layer = Layer(way, content)
    try:
        if depth < _DEEPEST and _is_parquet(content):
            file = ParquetFile(content)
            layer = _joined(way, content, file.outside)
            inner = _inside_parquet(file, layer)
        elif depth < _DEEPEST:
            inner = _unpacked(content)
    except _BROKEN as error:
        unread.ways.append(f"{way} ({type(error).__name__})")
    yield layer
    try:
        for name, packed in inner:
            if isinstance(packed, Numbers):
                yield Layer(f"{way}!{name}", packed)
            else:
                yield from layers_of(packed, unread, f"{way}!{name}", depth + 1)
    except _BROKEN as error:
        unread.ways.append(f"{way} ({type(error).__name__})")


def _is_parquet(content: bytes) -> bool:
    return content[:4] == b"PAR1" and content[-4:] in (b"PAR1", b"PARE")


def _joined(way: str, content: bytes, stretches: list[tuple[int, int]]) -> Layer:
    """Some stretches of a file, as one layer."""
    sizes = [end - first + len(_APART) for first, end in stretches]
    here = np.concatenate([[0], np.cumsum(sizes)])[:-1].tolist()
    joined = _APART.join(content[first:end] for first, end in stretches)
    return Layer(way, joined, (here, [first for first, _ in stretches]))


def _inside_parquet(file: ParquetFile, outside: Layer) -> Iterator[Inner]:
    assert isinstance(outside.content, bytes)
    yield from file.inner()
    for first, decoded in _payloads(outside.content):
        yield f"base64@{outside.origin(first)}", decoded


def _unpacked(content: bytes) -> Iterator[Inner]:
    head = content[:8]
    if head[:4] == b"PK\x03\x04":
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
        yield from ((f"base64@{first}", decoded) for first, decoded in _payloads(content))


def _is_binary(content: bytes) -> bool:
    """Whether a file looks like no text: many of its first bytes are control characters."""
    sample = np.frombuffer(content[:_SAMPLE], np.uint8)
    odd = (sample < 9) | ((sample > 13) & (sample < 32))
    return bool(sample.size and odd.mean() > _BINARY_SHARE)


def _arrow(content: bytes) -> Iterator[Inner]:
    table = pa.ipc.open_file(pa.BufferReader(content)).read_all()
    for name, column in zip(table.column_names, table.columns, strict=True):
        for chunk in column.chunks:
            yield from values_of(name, chunk)


def _tar(content: bytes) -> Iterator[Inner]:
    with tarfile.open(fileobj=io.BytesIO(content)) as archive:
        for entry in archive:
            file = archive.extractfile(entry)
            if file is not None:
                yield entry.name, file.read()


def _payloads(content: bytes) -> Iterator[tuple[int, bytes]]:
    """What is written in base64, as in a page that holds its data; unpacked if it is packed; and where."""
    data: NDArray[np.uint8] = np.frombuffer(content, np.uint8)
    for first, end in base64_runs(data, base64_values(), _SHORTEST_PAYLOAD).tolist():
        run = content[first:end].translate(bytes.maketrans(b"-_", b"+/"))
        decoded = base64.b64decode(run[: len(run) // 4 * 4])
        yield first, _inflated(decoded)


def _inflated(decoded: bytes) -> bytes:
    """Unpack gzip or zlib as far as it goes; other bytes as they are."""
    if decoded[:2] == b"\x1f\x8b" or decoded[:1] == b"\x78":
        try:
            return zlib.decompressobj(47).decompress(decoded, _LARGEST)
        except zlib.error:
            return decoded
    return decoded
