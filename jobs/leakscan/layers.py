"""Unwrap files: what a scanner has to look at besides the bytes as they lie."""

from collections.abc import Iterator
from dataclasses import dataclass, field

import numpy as np

from jobs.leakscan.column_values import Inner, Numbers
from jobs.leakscan.packings import BROKEN, NotOpened, payloads, unpacked
from jobs.leakscan.parquet_layers import ParquetFile

_DEEPEST = 4
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

    def note(self, way: str, error: Exception) -> None:
        told = f"{way} ({type(error).__name__})"
        if told not in self.ways:
            self.ways.append(told)


def layers_of(content: bytes, unread: Unread, way: str = "", depth: int = 0) -> Iterator[Layer]:
    """The bytes as they are, then everything that is packed in them, to a depth of four; what is deeper is told."""
    inner, layer = unpacked(content), Layer(way, content)
    try:
        if _is_parquet(content):
            file = ParquetFile(content)
            layer = _joined(way, content, file.outside)
            inner = _inside_parquet(file, layer)
    except BROKEN as error:
        unread.note(way, error)
    yield layer
    try:
        for name, packed in inner:
            if isinstance(packed, Numbers):
                yield Layer(f"{way}!{name}", packed)
            elif depth < _DEEPEST:
                yield from layers_of(packed, unread, f"{way}!{name}", depth + 1)
            else:
                raise NotOpened("packed too deep")
    except BROKEN as error:
        unread.note(way, error)


def _is_parquet(content: bytes) -> bool:
    """Whether it begins and ends as Parquet does, ``PARE`` if its footer is encrypted."""
    return content[:4] in (b"PAR1", b"PARE") and content[-4:] == content[:4]


def _joined(way: str, content: bytes, stretches: list[tuple[int, int]]) -> Layer:
    """Some stretches of a file, as one layer."""
    sizes = [end - first + len(_APART) for first, end in stretches]
    here = np.concatenate([[0], np.cumsum(sizes)])[:-1].tolist()
    joined = _APART.join(content[first:end] for first, end in stretches)
    return Layer(way, joined, (here, [first for first, _ in stretches]))


def _inside_parquet(file: ParquetFile, outside: Layer) -> Iterator[Inner]:
    assert isinstance(outside.content, bytes)
    yield from file.inner()
    for first, decoded in payloads(outside.content):
        yield f"base64@{outside.origin(first)}", decoded
