"""Sealed blocks: what a reader hands on of the events of one unit, encrypted.

A unit is a part of the users in one pseudonym window; its users are whole. Blocks hold what identifies
subscribers, so they are encrypted under a key that a run makes for itself and forgets (AES-256-GCM, NIST
SP 800-38D): what lies of them in memory, in a shuffle file or a spill says nothing.
"""

import json
import os
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np
import pyarrow as pa
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from numpy.typing import NDArray

from jobs.identity.opening import NONCE_BYTES, Opened, OpenedDetails
from jobs.identity.subjects import Names, Subjects, names_of
from jobs.records.interactions import Details
from jobs.records.reading import text_parts
from kernels.event_blocks import part_events
from kernels.event_details import part_words
from kernels.event_words import extent_of, parted_words

_WORD_BITS = 64
_MOST_BITS = 40
"""Bits of a word that times and cells may take; the others are the subject's."""
_LOOKED_AT = 1_000
"""Subjects among whose numbers the middle is looked for."""

_MOST_WAITING = 4 << 20
"""Events that wait at the most: 8 bytes each."""

Unit = tuple[int, int]
"""Pseudonym window and part of the users."""
Packing = tuple[np.uint64, int, int, int]
"""Least subject and first second of the events of a block; bits of their times and cells."""


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
    time: NDArray[np.int64]
    cell: NDArray[np.int32]
    details: Details | None = None


def new_seal() -> bytes:
    """Make a key for the blocks of one run."""
    return AESGCM.generate_key(256)


@dataclass(eq=False)
class Outbox:
    """Cuts events of a file into sealed blocks of one unit each.

    Events that are words wait for those of the batches behind them, so that blocks are few; the others go at once.
    """

    seal: bytes
    file: int
    kind: str
    _waiting: dict[Unit, list[NDArray[np.uint64]]] = field(default_factory=dict)
    _rows: int = 0

    def put(self, arrivals: Arrivals) -> Iterator[tuple[Unit, pa.Table]]:
        """Take events in, and hand on what does not wait."""
        packing = _packing_of(arrivals)
        if packing is not None:
            unit = arrivals.unit.copy()
            starts, word, left = parted_words(
                unit, len(arrivals.units), arrivals.subjects.number, arrivals.time, arrivals.cell, *packing
            )
            for u, rows in _rows_of_units(starts):
                waiting = self._waiting.setdefault(arrivals.units[u], [])
                waiting += [np.array(packing, np.uint64), word[rows]]
            self._rows += word.size
            if self._rows >= _MOST_WAITING:
                yield from self.rest()
            if left == 0:
                return
            arrivals = replace(arrivals, unit=unit)
        yield from self._others(arrivals)

    def rest(self) -> Iterator[tuple[Unit, pa.Table]]:
        """Hand on what waits. Before words stands what it takes to part them: of subscribers too, so it is sealed."""
        waiting, self._waiting, self._rows = self._waiting, {}, 0
        for unit, parts in waiting.items():
            packed = [part.size for part in parts[1::2]]
            told = {"unit": unit, "file": self.file, "kind": self.kind, "rows": sum(packed), "packed": packed}
            yield unit, _closed(self.seal, told, parts)

    def _others(self, arrivals: Arrivals) -> Iterator[tuple[Unit, pa.Table]]:
        starts, subject, time, cell = part_events(
            arrivals.unit, len(arrivals.units), arrivals.subjects.number, arrivals.time, arrivals.cell
        )
        parted = _parted_details(arrivals, starts)
        for u, rows in _rows_of_units(starts):
            names, details = _names(arrivals, arrivals.subjects, u), None
            if arrivals.details is not None and parted is not None:
                told, (other, word) = arrivals.details, parted
                of_others = _names(arrivals, told.others, u)
                details = OpenedDetails(other[rows], word[rows], told.kind, of_others)
            opened = Opened(self.file, self.kind, subject[rows], time[rows], cell[rows], names, details)
            yield arrivals.units[u], _sealed(self.seal, arrivals.units[u], opened)


def _rows_of_units(starts: NDArray[np.int64]) -> Iterator[tuple[int, slice]]:
    """Units that have any rows, and these."""
    for u in np.flatnonzero(np.diff(starts)).tolist():
        yield u, slice(int(starts[u]), int(starts[u + 1]))


def _packing_of(arrivals: Arrivals) -> Packing | None:
    """How events become words; None where their subjects are no numbers, or there is more to tell of them.

    Numbers of one country lie near each other: 24 bits and more are left for the distance from the least of them.
    """
    if arrivals.details is not None or arrivals.subjects.text is not None:
        return None
    rows, first_s, last_s, most = extent_of(arrivals.unit, arrivals.time, arrivals.cell)
    bits = ((last_s - first_s).bit_length(), most.bit_length())
    if rows == 0 or sum(bits) > _MOST_BITS:
        return None
    step = -(-arrivals.unit.size // _LOOKED_AT)
    some = arrivals.subjects.number[::step][arrivals.unit[::step] >= 0]
    if some.size == 0:
        return None
    reach = 1 << (_WORD_BITS - sum(bits))
    least = max(int(np.median(some)) - reach // 2, 0)
    return np.uint64(least), first_s, *bits


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
    return _closed(seal, told, parts)


def _closed(seal: bytes, told: dict[str, Any], parts: list[NDArray[Any]]) -> pa.Table:
    """Block of some arrays, encrypted, with a header that anybody can read."""
    content = b"".join(np.ascontiguousarray(part).data for part in parts)
    header = json.dumps(told).encode()
    nonce = os.urandom(NONCE_BYTES)
    sealed = nonce + AESGCM(seal).encrypt(nonce, content, header)
    return pa.table({"sealed": pa.array([sealed], pa.binary())}).replace_schema_metadata({"header": header})


def unit_of(block: pa.Table) -> Unit:
    """Unit that a sealed block is for."""
    window, part = json.loads(block.schema.metadata[b"header"])["unit"]
    return window, part
