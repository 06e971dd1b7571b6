"""What is packed in bytes, by how they begin."""

import base64
import bz2
import gzip
import io
import lzma
import tarfile
import zipfile
import zlib
from collections.abc import Iterator

import numpy as np
import pyarrow as pa
import pyarrow.ipc
from numpy.typing import NDArray

from jobs.leakscan.column_values import Inner, Lines, values_of
from kernels.leaks.digests import base64_runs, base64_values

_SHORTEST_PAYLOAD = 64
_SAMPLE = 4096
_BINARY_SHARE = 0.1
_LARGEST = 1 << 31
"""A layer of more bytes is a bomb, or has to be unpacked by hand."""
_CLOSED = (b"7z\xbc\xaf\x27\x1c", b"Rar!\x1a\x07", b"%PDF-", b"PAR1", b"PARE")
"""How files begin that are packed and not opened: 7z, rar, PDF, Parquet of which the end is missing."""


class NotOpened(ValueError):
    """Something packed that is too large, too deep, or of a kind that is not opened."""


BROKEN = (
    OSError,
    EOFError,
    ValueError,
    RuntimeError,  # a password is asked for
    NotImplementedError,
    zlib.error,
    lzma.LZMAError,
    zipfile.BadZipFile,
    tarfile.TarError,
    pa.ArrowException,
)
"""What is raised where something packed cannot be opened."""


def unpacked(content: bytes) -> Iterator[Inner]:
    """What is packed in some bytes: of an archive each file, of text what it holds in base64.

    Raises
    ------
    one of `BROKEN`
        It cannot be opened.
    """
    head = content[:8]
    if isinstance(content, Lines):
        yield from _in_values(content)
    elif head[:4] == b"PK\x03\x04":
        yield from _zip(content)
    elif head[:3] == _GZIP:
        yield "gzip", gzip.decompress(content)
    elif head[:4] in _STREAMS:
        name = _STREAMS[head[:4]]
        yield name, pa.CompressedInputStream(pa.BufferReader(content), name).read()
    elif head[:3] == b"BZh":
        yield "bz2", bz2.decompress(content)
    elif head[:6] == b"\xfd7zXZ\0":
        yield "xz", lzma.decompress(content)
    elif head[:6] == b"ARROW1":
        yield from _arrow(content)
    elif content[257:262] == b"ustar":
        yield from _tar(content)
    elif not _is_binary(content):
        yield from _in_text(content)
    elif content.startswith(_CLOSED):
        raise NotOpened("a packed file that is not opened")


_GZIP = b"\x1f\x8b\x08"
"""With the one method there is (RFC 1952): two bytes come about by chance."""
_STREAMS = {b"\x28\xb5\x2f\xfd": "zstd", b"\x04\x22\x4d\x18": "lz4"}


def _in_text(content: bytes) -> Iterator[Inner]:
    for first, decoded in payloads(content):
        yield f"base64@{first}", decoded


def _in_values(lines: Lines) -> Iterator[Inner]:
    """Values that are written in base64, or packed by gzip; one that only begins so is no failure."""
    if not _is_binary(lines):
        yield from _in_text(lines)
    for at in _beginnings(lines, _GZIP):
        try:
            inner = zlib.decompressobj(31).decompress(lines[at:], _LARGEST)
        except zlib.error:
            continue
        yield f"gzip@{at}", inner


def _beginnings(lines: Lines, head: bytes) -> Iterator[int]:
    """Where lines begin that have some first bytes."""
    if lines.startswith(head):
        yield 0
    at = lines.find(b"\n" + head)
    while at >= 0:
        yield at + 1
        at = lines.find(b"\n" + head, at + 1)


def _zip(content: bytes) -> Iterator[Inner]:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        entries = archive.infolist()
        for entry in entries:
            if entry.file_size <= _LARGEST:
                yield entry.filename, archive.read(entry)
        if any(entry.file_size > _LARGEST for entry in entries):
            raise NotOpened("a file in a zip file is too large")


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


def payloads(content: bytes) -> Iterator[tuple[int, bytes]]:
    """What is written in base64, as in a page that holds its data; unpacked if it is packed; and where."""
    data: NDArray[np.uint8] = np.frombuffer(content, np.uint8)
    for first, end in base64_runs(data, base64_values(), _SHORTEST_PAYLOAD).tolist():
        run = content[first:end].translate(bytes.maketrans(b"-_", b"+/"))
        decoded = base64.b64decode(run[: len(run) // 4 * 4])
        yield first, _inflated(decoded)


def _inflated(decoded: bytes) -> bytes:
    """Unpack gzip or zlib as far as it goes; other bytes as they are."""
    if decoded[:3] == _GZIP or decoded[:1] == b"\x78":
        try:
            return zlib.decompressobj(47).decompress(decoded, _LARGEST)
        except zlib.error:
            return decoded
    return decoded
