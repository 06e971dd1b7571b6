"""Scan files and folders: where an identifier stands, in which form, and never which."""

import math
import os
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from jobs.errors import InputError
from jobs.leakscan.layers import Layer, Unread, layers_of
from jobs.leakscan.needles import Needles
from kernels.leakscan import (
    BASE64_DIGEST,
    DIGITS,
    DOUBLE,
    HEX_DIGEST,
    INSIDE,
    PACKED,
    RAW_DIGEST,
    SPACED,
    TEXT,
    base64_values,
    character_classes,
    hex_values,
    scan_digests,
    scan_digits,
    scan_packed,
    scan_text,
    scan_text_digests,
)

KINDS = {
    DIGITS: "digits",
    SPACED: "digits with gaps",
    PACKED: "64-bit integer",
    DOUBLE: "double",
    HEX_DIGEST: "unkeyed digest, hexadecimal",
    RAW_DIGEST: "unkeyed digest, bytes",
    BASE64_DIGEST: "unkeyed digest, base64",
    TEXT: "text",
    INSIDE: "digits inside a longer number",
}
_BY_CHANCE = (KINDS[SPACED], KINDS[INSIDE])
_CLUSTERING = 10.0
"""Identifiers are not spread evenly over the numbers of their length: chance hits may be this much likelier."""
_CERTAINTY = 0.999
_CHUNK = 32 << 20
_OVERLAP = 1 << 10
_SHOWN = 20
_HITS = 1 << 12
_SHOWN_DIGITS = 3
_LARGE_MEAN = 500.0
_FORTY_FOUR_BITS = 1 << 44
_BEYOND_ASCII = 128


@dataclass(frozen=True)
class Finding:
    """One place where an identifier stands.

    Attributes
    ----------
    file : the file. way : how to come from its bytes to those scanned, such as ``!gzip``.
    offset : first byte there. kind : form. masked : its beginning, the rest hidden.
    """

    file: str
    way: str
    offset: int
    kind: str
    masked: str


@dataclass
class ScanResult:
    """What a scan looked at and found; of each file the first findings are kept."""

    identifiers: int
    not_looked_for: int
    files: int = 0
    bytes: int = 0
    bytes_unpacked: int = 0
    counts: Counter[str] = field(default_factory=Counter)
    findings: list[Finding] = field(default_factory=list)
    unread: list[str] = field(default_factory=list)
    expected_by_chance: float = 0.0

    @property
    def found(self) -> int:
        """Findings, without numbers with gaps or inside longer numbers if chance explains these.

        In floats and H3 indexes, say, any digits follow each other: of w numbers of n digits that are looked
        up, chance finds w x identifiers / 10^n.
        """
        maybe = sum(self.counts[kind] for kind in _BY_CHANCE)
        sure = sum(self.counts.values()) - maybe
        return sure + (maybe if maybe > _poisson_quantile(self.expected_by_chance) else 0)

    def as_json(self) -> dict[str, Any]:
        return {
            "clean": self.found == 0 and not self.unread,
            "found": self.found,
            "expected_by_chance": round(self.expected_by_chance, 6),
            "by_kind": dict(sorted(self.counts.items())),
            "identifiers": self.identifiers,
            "not_looked_for": self.not_looked_for,
            "files": self.files,
            "bytes": self.bytes,
            "bytes_unpacked": self.bytes_unpacked,
            "unread": self.unread,
            "findings": [asdict(finding) for finding in self.findings],
        }


def _poisson_quantile(mean: float) -> int:
    """Smallest count that chance does not exceed in 999 of 1,000 cases."""
    if mean > _LARGE_MEAN:
        return int(mean + 4 * math.sqrt(mean))
    count, share = 0, math.exp(-mean)
    below = share
    while below < _CERTAINTY:
        count += 1
        share *= mean / count
        below += share
    return count


def scan(path: Path, needles: Needles) -> ScanResult:
    """Scan a file, or every file below a folder.

    Raises
    ------
    InputError
        There is no such file or folder, or a file cannot be read.
    """
    named = (
        (str(file.relative_to(path)) if path.is_dir() else file.name, _content(file)) for file in _files(path)
    )
    return scan_contents(named, needles)


def scan_contents(named: Iterable[tuple[str, bytes]], needles: Needles) -> ScanResult:
    """Scan files that are at hand: names and contents."""
    result = ScanResult(needles.count, needles.too_short)
    for name, content in named:
        _scan_file(name, content, needles, result)
    return result


def _files(path: Path) -> Iterator[Path]:
    if path.is_dir():
        yield from sorted(p for p in path.rglob("*") if p.is_file() and not p.is_symlink())
    elif path.is_file():
        yield path
    else:
        raise InputError("there is no such file or folder", str(path), "check the path")


def _content(file: Path) -> bytes:
    try:
        return file.read_bytes()
    except OSError as error:
        raise InputError(f"cannot be read: {error.strerror}", str(file), "mend its permissions") from error


def _scan_file(name: str, content: bytes, needles: Needles, result: ScanResult) -> None:
    result.files += 1
    result.bytes += len(content)
    unread = Unread([])
    for layer in layers_of(content, unread):
        result.bytes_unpacked += len(layer.content) if layer.way else 0
        for first, end, kind in _hits(layer, needles, result):
            result.counts[KINDS[kind]] += 1
            if len(result.findings) < _SHOWN:
                masked = _masked(layer.content[first:end], kind)
                result.findings.append(Finding(name, layer.way, first, KINDS[kind], masked))
    result.unread += [f"{name}{way}" for way in unread.ways]
    # A file's own name is read by everybody who lists the folder.
    for first, end, kind in _hits(Layer("", os.fsencode(name)), needles, result):
        result.counts["file name"] += 1
        if len(result.findings) < _SHOWN:
            hidden = _masked(os.fsencode(name)[first:end], kind)
            result.findings.append(Finding("(file name)", "", first, "file name", hidden))


def _masked(found: bytes, kind: int) -> str:
    """First digits of a number, so that the reader can tell its plan; nothing of all else."""
    if kind in (DIGITS, SPACED, INSIDE):
        digits = [octet for octet in found if 48 <= octet <= 57]
        return bytes(digits[:_SHOWN_DIGITS]).decode() + "•" * (len(digits) - _SHOWN_DIGITS)
    return "•" * 8


def _hits(layer: Layer, needles: Needles, result: ScanResult) -> list[tuple[int, int, int]]:
    """First byte, end and kind of all that is found in a layer, in order; adds to what chance explains."""
    windows = np.zeros(needles.lengths.size, np.int64)
    data = np.frombuffer(layer.content, np.uint8)
    found: set[tuple[int, int, int]] = set()
    for start in range(0, max(data.size, 1), _CHUNK):
        first = max(start - _OVERLAP, 0)
        piece = data[first : start + _CHUNK]
        found |= {
            (int(a) + first, int(b) + first, int(k)) for a, b, k in _hits_in(piece, needles, windows).tolist()
        }
    chances = windows * needles.per_length / 10.0**needles.lengths
    result.expected_by_chance += float(_CLUSTERING * chances.sum())
    return sorted(found)


def _hits_in(data: NDArray[np.uint8], needles: Needles, windows: NDArray[np.int64]) -> NDArray[np.int64]:
    parts = []
    if needles.numbers.size:
        words, shift = needles.number_filter
        classes, lengths = character_classes(), needles.lengths
        parts.append(
            _all(lambda h: scan_digits(data, classes, needles.numbers, words, shift, lengths, h, windows))
        )
    if needles.numbers.size and not _is_text(data, needles.high):
        ends = np.array([needles.low, needles.high], np.uint64)
        bits = ends.astype(np.float64).view(np.uint64)
        numbers = needles.numbers
        parts.append(_all(lambda h: scan_packed(data, numbers, ends[0], ends[1], bits[0], bits[1], h)))
    if needles.digests.size:
        tables = hex_values(), base64_values()
        keys, (words_, shift_) = needles.digests, needles.digest_filter
        is_ascii = bool(data.size) and int(data.max()) < _BEYOND_ASCII
        search = scan_text_digests if is_ascii else scan_digests
        parts.append(_all(lambda h: search(data, *tables, keys, words_, shift_, h)))
    if needles.anchors.size:
        anchors = (needles.anchor_bytes, needles.anchors, needles.order, *needles.anchor_filter)
        parts.append(_all(lambda h: scan_text(data, *anchors, needles.text, needles.offsets, h)))
    return np.concatenate([np.empty((0, 3), np.int64), *parts])


def _is_text(data: NDArray[np.uint8], high: int) -> bool:
    """Whether no packed number can be there: one of up to 44 bits has a byte of 0, as integer or double."""
    return high < _FORTY_FOUR_BITS and bool(data.size) and int(data.min()) > 0


def _all(kernel: Any) -> NDArray[np.int64]:
    """Run a kernel with room for its hits; again with more where there were more."""
    hits = np.empty((_HITS, 3), np.int64)
    count = kernel(hits)
    if count > _HITS:
        hits = np.empty((count, 3), np.int64)
        kernel(hits)
    return hits[:count]
