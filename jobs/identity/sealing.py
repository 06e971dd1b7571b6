"""Sealed blocks: what a reader hands on of the events of one unit, encrypted.

A unit is a part of the users in one pseudonym window; its users are whole. Blocks hold what identifies
subscribers, so they are encrypted under a key that a run makes for itself and forgets (AES-256-GCM, NIST
SP 800-38D): what lies of them in memory, in a shuffle file or a spill says nothing.
"""

import json
import os
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
import pyarrow as pa
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from numpy.typing import NDArray

from jobs.identity.subjects import Names, Subjects, names_of
from jobs.records.interactions import Details
from jobs.records.reading import text_parts
from kernels.event_blocks import part_events
from kernels.event_details import part_words

_NONCE_BYTES = 12
Unit = tuple[int, int]
"""Pseudonym window and part of the users."""


@dataclass(frozen=True, eq=False)
class Arrivals:
    """Rows that a reader hands on: the unit of each (an index into `units`, -1 for none), and the event.

    Attributes
    ----------
    details : of the interaction, where the source tells any.
    """

    units: list[Unit]
    unit: NDArray[np.int32]
    subjects: Subjects
    kind: str
    time: NDArray[np.int64]
    cell: NDArray[np.int32]
    details: Details | None = None


@dataclass(frozen=True, eq=False)
class OpenedDetails:
    """Details of the events of a block: number of the other party (0: unknown), kind of identifier, word."""

    other: NDArray[np.uint64]
    word: NDArray[np.uint64]
    kind: str
    names: Names | None


@dataclass(frozen=True, eq=False)
class Opened:
    """Content of a block.

    Attributes
    ----------
    kind : of identifiers. names : subjects and their texts, for identifiers that are no numbers.
    """

    file: int
    kind: str
    subject: NDArray[np.uint64]
    time: NDArray[np.uint32]
    cell: NDArray[np.int32]
    names: Names | None
    details: OpenedDetails | None = None


def new_seal() -> bytes:
    """Make a key for the blocks of one run."""
    return AESGCM.generate_key(256)


def sealed_blocks(seal: bytes, file: int, arrivals: Arrivals) -> Iterator[tuple[Unit, pa.Table]]:
    """Cut events of a file into one sealed block for each unit that gets any."""
    starts, subject, time, cell = part_events(
        arrivals.unit, len(arrivals.units), arrivals.subjects.number, arrivals.time, arrivals.cell
    )
    parted = _parted_details(arrivals, starts)
    for u, unit in enumerate(arrivals.units):
        rows = slice(int(starts[u]), int(starts[u + 1]))
        if rows.stop > rows.start:
            names, details = _names(arrivals, arrivals.subjects, u), None
            if arrivals.details is not None and parted is not None:
                told, (other, word) = arrivals.details, parted
                of_others = _names(arrivals, told.others, u)
                details = OpenedDetails(other[rows], word[rows], told.kind, of_others)
            opened = Opened(file, arrivals.kind, subject[rows], time[rows], cell[rows], names, details)
            yield unit, _sealed(seal, unit, opened)


def _parted_details(
    arrivals: Arrivals, starts: NDArray[np.int64]
) -> tuple[NDArray[np.uint64], NDArray[np.uint64]] | None:
    if arrivals.details is None:
        return None
    other, word = (
        part_words(arrivals.unit, starts, values)
        for values in (arrivals.details.others.number, arrivals.details.word)
    )
    return other, word


def _names(arrivals: Arrivals, subjects: Subjects, unit: int) -> Names | None:
    """Texts of the subjects of a unit, where these are no numbers."""
    if subjects.text is None:
        return None
    mine = np.flatnonzero((arrivals.unit == unit) & (subjects.number > 0))
    return names_of(subjects.number[mine], subjects.text.take(pa.array(mine)))


def _sealed(seal: bytes, unit: Unit, block: Opened) -> pa.Table:
    told = {"unit": unit, "file": block.file, "kind": block.kind, "rows": block.subject.size}
    parts: list[NDArray[Any]] = [block.subject]
    if block.details is not None:
        told["details"] = block.details.kind
        parts += [block.details.other, block.details.word]
    parts += [block.time, block.cell]
    names_of_others = block.details.names if block.details is not None else None
    for name, names in (("named", block.names), ("others", names_of_others)):
        if names is not None:
            data, offsets = text_parts(names[1])
            told[name] = [len(names[1]), int(offsets[-1] - offsets[0])]
            parts += [names[0], offsets - offsets[0], data[offsets[0] : offsets[-1]]]
    content = b"".join(np.ascontiguousarray(part).data for part in parts)
    header = json.dumps(told).encode()
    nonce = os.urandom(_NONCE_BYTES)
    sealed = nonce + AESGCM(seal).encrypt(nonce, content, header)
    return pa.table({"sealed": pa.array([sealed], pa.binary())}).replace_schema_metadata({"header": header})


def unit_of(block: pa.Table) -> Unit:
    """Unit that a sealed block is for."""
    window, part = json.loads(block.schema.metadata[b"header"])["unit"]
    return window, part


class _Content:
    """The arrays of a block, one after the other."""

    def __init__(self, content: bytes) -> None:
        self._content, self._at = content, 0

    def array(self, kind: type[np.generic], size: int) -> NDArray[Any]:
        """Return the next `size` numbers."""
        taken = np.frombuffer(self._content, kind, size, self._at)
        self._at += taken.nbytes
        return taken if taken.flags.aligned else taken.copy()

    def names(self, size: int, octets: int) -> Names:
        """Return the next subjects and their texts."""
        numbers, offsets = self.array(np.uint64, size), self.array(np.int64, size + 1).astype(np.int32)
        text = pa.py_buffer(self._content[self._at : self._at + octets])
        self._at += octets
        return numbers, pa.BinaryArray.from_buffers(pa.binary(), size, [None, pa.py_buffer(offsets), text])


def opened_block(seal: bytes, block: pa.Table) -> Opened:
    """Decrypt a block.

    Raises
    ------
    cryptography.exceptions.InvalidTag
        It is of another run, or was changed.
    """
    header = block.schema.metadata[b"header"]
    told = json.loads(header)
    sealed = memoryview(block["sealed"][0].as_buffer()).cast("B")
    content = _Content(AESGCM(seal).decrypt(bytes(sealed[:_NONCE_BYTES]), sealed[_NONCE_BYTES:], header))
    rows = told["rows"]
    subject = content.array(np.uint64, rows)
    other, word = (content.array(np.uint64, rows if "details" in told else 0) for _ in range(2))
    time, cell = content.array(np.uint32, rows), content.array(np.int32, rows)
    names, others = (content.names(*told[name]) if name in told else None for name in ("named", "others"))
    details = OpenedDetails(other, word, told["details"], others) if "details" in told else None
    return Opened(told["file"], told["kind"], subject, time, cell, names, details)
