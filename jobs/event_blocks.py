"""Events as blocks: sealed by the reader for the unit that receives them, put in order there.

A unit is a part of the users in one pseudonym window; its users are whole. Blocks hold what identifies
subscribers, so they are encrypted under a key that a run makes for itself and forgets (AES-256-GCM, NIST
SP 800-38D): what Spark keeps of them, in memory, in a shuffle file or a spill, says nothing.
"""

import json
import os
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import pyarrow as pa
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from numpy.typing import NDArray

from jobs import tables
from jobs.columns import epoch_seconds, timestamps
from jobs.errors import PrivacyGate
from jobs.optout import OptOuts
from jobs.pseudonyms import WindowPads
from jobs.reading import text_parts
from jobs.subjects import Subjects, names_of, pseudonyms_of
from kernels.event_blocks import packed_events, part_events, unpacked_events
from kernels.events import first_of_equals, order_events

_NONCE_BYTES = 12
_WORD_BITS = 64
Unit = tuple[int, int]
"""Pseudonym window and part of the users."""


@dataclass(frozen=True, eq=False)
class Arrivals:
    """Rows that a reader hands on: the unit of each (an index into `units`, -1 for none), and the event."""

    units: list[Unit]
    unit: NDArray[np.int64]
    subjects: Subjects
    kind: str
    time: NDArray[np.int64]
    cell: NDArray[np.int32]


@dataclass(frozen=True, eq=False)
class _Opened:
    """Content of a block."""

    file: int
    kind: str
    subject: NDArray[np.uint64]
    time: NDArray[np.uint32]
    cell: NDArray[np.int32]
    names: tuple[NDArray[np.uint64], pa.Array] | None


def new_seal() -> bytes:
    """Make a key for the blocks of one run."""
    return AESGCM.generate_key(256)


def sealed_blocks(seal: bytes, file: int, arrivals: Arrivals) -> Iterator[tuple[Unit, pa.Table]]:
    """Cut events of a file into one sealed block for each unit that gets any."""
    text = arrivals.subjects.text
    starts, subject, time, cell = part_events(
        arrivals.unit, len(arrivals.units), arrivals.subjects.number, arrivals.time, arrivals.cell
    )
    for u, unit in enumerate(arrivals.units):
        rows = slice(int(starts[u]), int(starts[u + 1]))
        if rows.stop > rows.start:
            names = None
            if text is not None:
                mine = np.flatnonzero(arrivals.unit == u)
                names = names_of(arrivals.subjects.number[mine], text.take(pa.array(mine)))
            opened = _Opened(file, arrivals.kind, subject[rows], time[rows], cell[rows], names)
            yield unit, _sealed(seal, unit, opened)


def _sealed(seal: bytes, unit: Unit, block: _Opened) -> pa.Table:
    parts = [block.subject, block.time, block.cell]
    named = 0
    if block.names is not None:
        data, offsets = text_parts(block.names[1])
        named = len(block.names[1])
        parts += [block.names[0], offsets - offsets[0], data[offsets[0] : offsets[-1]]]
    content = b"".join(np.ascontiguousarray(part).data for part in parts)
    told = {"unit": unit, "file": block.file, "kind": block.kind, "rows": block.subject.size, "named": named}
    header = json.dumps(told).encode()
    nonce = os.urandom(_NONCE_BYTES)
    sealed = nonce + AESGCM(seal).encrypt(nonce, content, header)
    return pa.table({"sealed": pa.array([sealed], pa.binary())}).replace_schema_metadata({"header": header})


def unit_of(block: pa.Table) -> Unit:
    """Unit that a sealed block is for."""
    window, part = json.loads(block.schema.metadata[b"header"])["unit"]
    return window, part


def _opened(seal: bytes, block: pa.Table) -> _Opened:
    header = block.schema.metadata[b"header"]
    told = json.loads(header)
    sealed = memoryview(block["sealed"][0].as_buffer()).cast("B")
    content = AESGCM(seal).decrypt(bytes(sealed[:_NONCE_BYTES]), sealed[_NONCE_BYTES:], header)
    rows, named = told["rows"], told["named"]
    subject = np.frombuffer(content, np.uint64, rows)
    time = np.frombuffer(content, np.uint32, rows, 8 * rows)
    cell = np.frombuffer(content, np.int32, rows, 12 * rows)
    names = None
    if told["kind"] == "opaque":
        at = 16 * rows
        numbers = np.frombuffer(content, np.uint64, named, at)
        offsets = np.frombuffer(content, np.int64, named + 1, at + 8 * named).astype(np.int32)
        text = pa.py_buffer(content[at + 16 * named + 8 :])
        names = (
            numbers,
            pa.BinaryArray.from_buffers(pa.binary(), named, [None, pa.py_buffer(offsets), text]),
        )
    return _Opened(told["file"], told["kind"], subject, time, cell, names)


@dataclass(frozen=True, eq=False)
class Ordered:
    """Events of a unit in order, and what was dropped, with its file.

    Attributes
    ----------
    repeated_file, repeated_time : int64[n], file and second of each repetition.
    objected_file : int64[m], file of each event of somebody who objected.
    """

    events: pa.Table
    repeated_file: NDArray[np.int64]
    repeated_time: NDArray[np.int64]
    objected_file: NDArray[np.int64]


def ordered_events(
    seal: bytes,
    blocks: list[pa.Table],
    window: int,
    pads: WindowPads,
    earlier: pa.Table | None = None,
    opt_outs: OptOuts | None = None,
) -> Ordered:
    """Open the blocks of one unit and bring its events in order, without repetitions.

    Parameters
    ----------
    earlier : events of the unit that are known already; a repetition is counted to the newcomer.
    opt_outs : people whose events are dropped before anything else.

    Raises
    ------
    PrivacyGate
        Two 128-bit pseudonyms share their first 64 bits, so the key would merge two subscribers.
    """
    opened = [_opened(seal, block) for block in blocks]
    key, rank, opened, objects = _ranked(opened, window, pads, earlier, opt_outs)
    time = np.concatenate([np.empty(0, np.uint32), *(block.time for block in opened), _times(earlier)])
    cell = np.concatenate([np.empty(0, np.int32), *(block.cell for block in opened), _cells(earlier)])
    files = np.unique([-1, *(block.file for block in opened)])
    sizes = [block.subject.size for block in opened] + ([earlier.num_rows] if earlier is not None else [])
    origin = [int(np.searchsorted(files, block.file)) for block in opened] + [0]
    source = np.repeat(np.array(origin[: len(sizes)], np.int32), sizes)
    dropped = source[objects]
    if dropped.size:
        rank, time, cell, source = (column[~objects] for column in (rank, time, cell, source))
    user, at, where, repeated, when = _in_order(key, rank, time, cell, source)
    events = {
        "user": user,
        "window": np.full(user.size, window, np.int32),
        "time": timestamps(at),
        "cell": where,
    }
    return Ordered(tables.EVENTS.conform(pa.table(events)), files[repeated], when, files[dropped])


def _times(earlier: pa.Table | None) -> NDArray[np.uint32]:
    return np.empty(0, np.uint32) if earlier is None else epoch_seconds(earlier["time"]).astype(np.uint32)


def _cells(earlier: pa.Table | None) -> NDArray[np.int32]:
    return np.empty(0, np.int32) if earlier is None else earlier["cell"].to_numpy()


def _ranked(
    opened: list[_Opened],
    window: int,
    pads: WindowPads,
    earlier: pa.Table | None,
    opt_outs: OptOuts | None,
) -> tuple[NDArray[np.uint64], NDArray[np.int32], list[_Opened], NDArray[np.bool_]]:
    """64-bit keys of the users in order, the rank of each event's user, and the blocks in that order.

    Last, which events are of people who objected.
    """
    kinds = sorted({block.kind for block in opened})
    ordered: list[_Opened] = []
    names, codes, before = [np.empty((0, 2), np.uint64)], [], 0
    for kind in kinds:
        mine = [block for block in opened if block.kind == kind]
        ordered += mine
        subject = np.concatenate([block.subject for block in mine])
        known = [block.names for block in mine if block.names is not None]
        pseudonyms, code = pseudonyms_of(subject, kind, pads, known)
        names.append(pseudonyms)
        codes.append(code + np.int32(before))
        before += len(pseudonyms)
    words = np.concatenate(names)
    if np.unique(words[:, 0]).size < len(words):
        raise PrivacyGate(
            "two pseudonyms share their 64-bit key",
            "ingest",
            "change pseudonyms.origin or the key: the draw is anew",
        )
    if earlier is None:
        key = np.sort(words[:, 0])
    else:
        known_user = earlier["user"].to_numpy()
        key = np.unique(np.concatenate([words[:, 0], known_user]))
    rank_of_code = np.searchsorted(key, words[:, 0]).astype(np.int32)
    rank = [rank_of_code[code] for code in codes]
    if earlier is not None:
        rank.append(np.searchsorted(key, known_user).astype(np.int32))
    objects = np.zeros(len(words), np.bool_) if opt_outs is None else opt_outs.among(window, words)
    dropped = [objects[code] for code in codes]
    if earlier is not None:
        dropped.append(np.zeros(known_user.size, np.bool_))
    ranks = np.concatenate([np.empty(0, np.int32), *rank])
    return key, ranks, ordered, np.concatenate([np.empty(0, np.bool_), *dropped])


def _in_order(
    key: NDArray[np.uint64],
    rank: NDArray[np.int32],
    time: NDArray[np.uint32],
    cell: NDArray[np.int32],
    source: NDArray[np.int32],
) -> tuple[NDArray[np.uint64], NDArray[np.int64], NDArray[np.int32], NDArray[np.int64], NDArray[np.int64]]:
    """User, time and cell of each event that stays, in order; source and time of those that repeat one."""
    if rank.size == 0:
        none = np.empty(0, np.int64)
        return np.empty(0, np.uint64), none, np.empty(0, np.int32), none, none
    first = int(time.min())
    widest = (int(rank.max()), int(time.max()) - first, int(cell.max()), int(source.max()))
    _, time_bits, cell_bits, source_bits = bits = [value.bit_length() for value in widest]
    if sum(bits) <= _WORD_BITS:
        packed = packed_events(rank, time, first, cell, source, time_bits, cell_bits, source_bits)
        packed.sort()
        return unpacked_events(packed, key, first, time_bits, cell_bits, source_bits)
    ranked, seconds, where, files = order_events(rank.astype(np.int64), time.astype(np.int64), cell, source)
    keep = first_of_equals(ranked, seconds, where)
    dropped = ~keep
    return key[ranked[keep]], seconds[keep], where[keep], files[dropped].astype(np.int64), seconds[dropped]
