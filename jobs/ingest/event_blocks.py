"""Events of a unit, put in order by the task that receives its blocks, users by their pseudonyms."""

from dataclasses import dataclass

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from jobs import tables
from jobs.engine.columns import epoch_seconds, timestamps
from jobs.identity.optout import OptOuts
from jobs.identity.pseudonyms import WindowPads
from jobs.identity.sealing import Opened, opened_block
from jobs.identity.subjects import pseudonyms_of
from jobs.ingest.detailed_events import EventDetails, details_of_blocks, order_of_all, refuse_shared_keys
from jobs.records.interactions import columns_of_details
from kernels.event_blocks import packed_events, unpacked_events
from kernels.events import first_of_equals, order_events

_WORD_BITS = 64


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
    has_details: bool = False,
) -> Ordered:
    """Open the blocks of one unit and bring its events in order, without repetitions.

    Parameters
    ----------
    earlier : events of the unit that are known already; a repetition is counted to the newcomer.
    opt_outs : people whose events are dropped before anything else.
    has_details : whether events have the columns of interactions; a repetition is alike in these too.

    Raises
    ------
    PrivacyGate
        Two 128-bit pseudonyms share their first 64 bits, so the key would merge two subscribers.
    """
    opened = [opened_block(seal, block) for block in blocks]
    key, rank, opened, objects, users = _ranked(opened, window, pads, earlier, opt_outs)
    time = np.concatenate([np.empty(0, np.uint32), *(block.time for block in opened), _times(earlier)])
    cell = np.concatenate([np.empty(0, np.int32), *(block.cell for block in opened), _cells(earlier)])
    files = np.unique([-1, *(block.file for block in opened)])
    sizes = [block.subject.size for block in opened] + ([earlier.num_rows] if earlier is not None else [])
    origin = [int(np.searchsorted(files, block.file)) for block in opened] + [0]
    source = np.repeat(np.array(origin[: len(sizes)], np.int32), sizes)
    details = details_of_blocks(opened, earlier, window, pads, users, opt_outs) if has_details else None
    dropped = source[objects]
    if dropped.size:
        rank, time, cell, source = (column[~objects] for column in (rank, time, cell, source))
        details = details.rows(~objects) if details is not None else None
    if details is None:
        more: dict[str, pa.Array] = {}
        user, at, where, repeated, when = _in_order(key, rank, time, cell, source)
    else:
        user, at, where, repeated, when, more = _in_order_of_all(key, rank, time, cell, source, details)
    events = {
        "user": user,
        "window": np.full(user.size, window, np.int32),
        "time": timestamps(at),
        "cell": where,
        **more,
    }
    return Ordered(tables.EVENTS.conform(pa.table(events)), files[repeated], when, files[dropped])


def _times(earlier: pa.Table | None) -> NDArray[np.uint32]:
    return np.empty(0, np.uint32) if earlier is None else epoch_seconds(earlier["time"]).astype(np.uint32)


def _cells(earlier: pa.Table | None) -> NDArray[np.int32]:
    return np.empty(0, np.int32) if earlier is None else earlier["cell"].to_numpy()


def _ranked(
    opened: list[Opened],
    window: int,
    pads: WindowPads,
    earlier: pa.Table | None,
    opt_outs: OptOuts | None,
) -> tuple[NDArray[np.uint64], NDArray[np.int32], list[Opened], NDArray[np.bool_], NDArray[np.uint64]]:
    """64-bit keys of the users in order, the rank of each event's user, and the blocks in that order.

    Last, which events are of people who objected, and the pseudonyms of the users of the blocks.
    """
    kinds = sorted({block.kind for block in opened})
    ordered: list[Opened] = []
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
    refuse_shared_keys(words)
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
    return key, ranks, ordered, np.concatenate([np.empty(0, np.bool_), *dropped]), words


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


def _in_order_of_all(
    key: NDArray[np.uint64],
    rank: NDArray[np.int32],
    time: NDArray[np.uint32],
    cell: NDArray[np.int32],
    source: NDArray[np.int32],
    details: EventDetails,
) -> tuple[
    NDArray[np.uint64],
    NDArray[np.int64],
    NDArray[np.int32],
    NDArray[np.int64],
    NDArray[np.int64],
    dict[str, pa.Array],
]:
    """As `_in_order`, with details; last, their columns."""
    order, is_repeated = order_of_all(rank, time, cell, source, details)
    kept, again = order[~is_repeated], order[is_repeated]
    told = details.rows(kept)
    more = columns_of_details(told.word, told.other, told.is_known)
    at, when = time[kept].astype(np.int64), time[again].astype(np.int64)
    return key[rank[kept]], at, cell[kept], source[again].astype(np.int64), when, more
