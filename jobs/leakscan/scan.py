"""Scan files and folders: where an identifier stands, in which form, and never which."""

import math
import os
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from jobs.errors import InputError
from jobs.leakscan.column_values import Numbers
from jobs.leakscan.layers import Unread, layers_of
from jobs.leakscan.needles import Needles
from jobs.leakscan.searching import hits_in
from kernels.leaks.filter import (
    BASE64_DIGEST,
    DIGITS,
    DOUBLE,
    HEX_DIGEST,
    INSIDE,
    NUMBER,
    PACKED,
    RAW_DIGEST,
    SPACED,
    TEXT,
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
    NUMBER: "number of a column",
}
_BY_CHANCE = (KINDS[SPACED], KINDS[INSIDE])
_CERTAINTY = 0.999
_SHOWN = 20
_SHOWN_DIGITS = 3
_LARGE_MEAN = 500.0


@dataclass(frozen=True)
class Finding:
    """One place where an identifier stands.

    Attributes
    ----------
    file : the file. way : how to come from its bytes to those scanned, such as ``!gzip``.
    offset : first byte there, or which value of a column of numbers, from 0. kind : form.
    masked : its beginning, the rest hidden. unit : of `offset`: byte or value.
    """

    file: str
    way: str
    offset: int
    kind: str
    masked: str
    unit: str = "byte"

    @property
    def place(self) -> str:
        """Where it stands, for people."""
        return f"{self.file}{self.way} {self.unit} {self.offset:,}"


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
        result.bytes_unpacked += layer.size if layer.way else 0
        hits, by_chance = hits_in(layer.content, needles)
        result.expected_by_chance += by_chance
        for first, end, kind in hits:
            result.counts[KINDS[kind]] += 1
            if len(result.findings) < _SHOWN:
                masked, unit = _masked(layer.content, first, end, kind), _unit(layer.content)
                finding = Finding(name, layer.way, layer.origin(first), KINDS[kind], masked, unit)
                result.findings.append(finding)
    result.unread += [f"{name}{way}" for way in unread.ways]
    # A file's own name is read by everybody who lists the folder.
    listed = os.fsencode(name)
    for first, end, kind in hits_in(listed, needles)[0]:
        result.counts["file name"] += 1
        if len(result.findings) < _SHOWN:
            hidden = _masked(listed, first, end, kind)
            result.findings.append(Finding("(file name)", "", first, "file name", hidden))


def _unit(content: bytes | Numbers) -> str:
    return "value" if isinstance(content, Numbers) else "byte"


def _masked(content: bytes | Numbers, first: int, end: int, kind: int) -> str:
    """First digits of a number, so that the reader can tell its plan; nothing of all else."""
    if isinstance(content, Numbers):
        digits = f"{content.values[first]:.0f}"
    elif kind in (DIGITS, SPACED, INSIDE):
        digits = bytes(octet for octet in content[first:end] if 48 <= octet <= 57).decode()
    else:
        return "•" * 8
    return digits[:_SHOWN_DIGITS] + "•" * (len(digits) - _SHOWN_DIGITS)
