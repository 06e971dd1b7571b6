"""Events of a unit, put in order by the task that receives its blocks, users by their pseudonyms."""

from dataclasses import dataclass
from itertools import groupby
from typing import Any

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from jobs import tables
from jobs.engine.columns import epoch_seconds, timestamps
from jobs.identity.opening import OpenedUnit, opened_unit
from jobs.identity.optout import OptOuts
from jobs.identity.pseudonyms import WindowPads
from jobs.identity.subjects import pseudonyms_of
from jobs.ingest.detailed_events import EventDetails, details_of_blocks, order_of_all, refuse_shared_keys
from jobs.records.interactions import columns_of_details
from kernels.event_blocks import unpacked_events
from kernels.event_words import sortable_words
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
    opened = opened_unit(seal, blocks)
    coded = _coded(opened, window, pads, earlier, opt_outs)
    time = _and_earlier(opened.time, None if earlier is None else _times(earlier))
    cell = _and_earlier(opened.cell, None if earlier is None else earlier["cell"].to_numpy())
    files = np.unique([-1, *(block.file for block in opened.blocks)])
    starts, source = opened.starts, np.searchsorted(files, [block.file for block in opened.blocks])
    if earlier is not None:
        starts, source = np.append(starts, time.size), np.append(source, 0)
    arrived = _Arrived(coded, time, cell, starts, source.astype(np.int32))
    more: dict[str, pa.Array] = {}
    if has_details:
        details = details_of_blocks(opened.blocks, earlier, window, pads, coded.names, opt_outs)
        user, at, where, repeated, when, dropped, more = _in_order_of_all(arrived, details)
    else:
        user, at, where, repeated, when, dropped = _in_order(arrived)
    events = {
        "user": user,
        "window": np.full(user.size, window, np.int32),
        "time": timestamps(at),
        "cell": where,
        **more,
    }
    return Ordered(tables.EVENTS.conform(pa.table(events)), files[repeated], when, files[dropped])


def _times(events: pa.Table) -> NDArray[np.uint32]:
    return epoch_seconds(events["time"]).astype(np.uint32)


def _and_earlier(fresh: NDArray[Any], known: NDArray[Any] | None) -> NDArray[Any]:
    return fresh if known is None else np.concatenate([fresh, known])


@dataclass(frozen=True, eq=False)
class _Coded:
    """Users of events by code.

    Attributes
    ----------
    key : uint64[users], 64-bit keys in order. code : int32[n], by event.
    rank_of_code : int32[codes], place of the user in `key`; -1 for who objected.
    names : uint64[m, 2], pseudonyms of the users of the blocks.
    """

    key: NDArray[np.uint64]
    code: NDArray[np.int32]
    rank_of_code: NDArray[np.int32]
    names: NDArray[np.uint64]


@dataclass(frozen=True, eq=False)
class _Arrived:
    """Events as they came, by block: `starts` is int64[blocks + 1], `source` int32[blocks], the file's index."""

    coded: _Coded
    time: NDArray[np.uint32]
    cell: NDArray[np.int32]
    starts: NDArray[np.int64]
    source: NDArray[np.int32]

    def rows(self) -> tuple[NDArray[np.int32], NDArray[np.int32]]:
        """Rank of the user of each event, -1 for who objected, and its source."""
        source = np.repeat(self.source, np.diff(self.starts))
        return self.coded.rank_of_code[self.coded.code], source


def _coded(
    opened: OpenedUnit,
    window: int,
    pads: WindowPads,
    earlier: pa.Table | None,
    opt_outs: OptOuts | None,
) -> _Coded:
    names, codes, first = [np.empty((0, 2), np.uint64)], [], 0
    for kind, mine in groupby(zip(opened.blocks, opened.starts[1:], strict=True), lambda told: told[0].kind):
        blocks, ends = zip(*mine, strict=True)
        known = [block.names for block in blocks if block.names is not None]
        pseudonyms, code = pseudonyms_of(opened.subject[first : ends[-1]], kind, pads, known)
        before, first = sum(map(len, names)), int(ends[-1])
        names.append(pseudonyms)
        codes.append(code + np.int32(before) if before else code)
    words = np.concatenate(names)
    refuse_shared_keys(words)
    key = np.sort(words[:, 0])
    if earlier is not None:
        user = earlier["user"].to_numpy()
        key = np.unique(np.concatenate([key, user]))
        codes.append(np.searchsorted(key, user).astype(np.int32) + np.int32(len(words)))
    rank_of_code = np.append(np.searchsorted(key, words[:, 0]), np.arange(key.size)).astype(np.int32)
    if opt_outs is not None:
        rank_of_code[: len(words)][opt_outs.among(window, words)] = -1
    code = codes[0] if len(codes) == 1 else np.concatenate([np.empty(0, np.int32), *codes])
    return _Coded(key, code, rank_of_code, words)


_Columns = tuple[
    NDArray[np.uint64],
    NDArray[np.int64],
    NDArray[np.int32],
    NDArray[np.int64],
    NDArray[np.int64],
    NDArray[np.int32],
]
"""User, time and cell of each event that stays; source and time of repetitions; source of what was dropped."""


def _in_order(arrived: _Arrived) -> _Columns:
    coded, time, cell, source = arrived.coded, arrived.time, arrived.cell, arrived.source
    if time.size == 0:
        none = np.empty(0, np.int64)
        return np.empty(0, np.uint64), none, np.empty(0, np.int32), none, none, np.empty(0, np.int32)
    first = int(time.min())
    widest = (coded.key.size - 1, int(time.max()) - first, int(cell.max()), int(source.max()))
    bits = [value.bit_length() for value in widest]
    if sum(bits) <= _WORD_BITS:
        words, left_out = sortable_words(
            coded.rank_of_code, coded.code, time, first, cell, arrived.starts, source, *bits[1:]
        )
        words.sort()
        return *unpacked_events(words, coded.key, first, *bits[1:]), np.repeat(source, left_out)
    rank, of_row = arrived.rows()
    objects = rank < 0
    ranked, seconds, where, files = order_events(
        rank[~objects].astype(np.int64), time[~objects].astype(np.int64), cell[~objects], of_row[~objects]
    )
    keep = first_of_equals(ranked, seconds, where)
    again = files[~keep].astype(np.int64), seconds[~keep]
    return coded.key[ranked[keep]], seconds[keep], where[keep], *again, of_row[objects]


def _in_order_of_all(
    arrived: _Arrived, details: EventDetails
) -> tuple[
    NDArray[np.uint64],
    NDArray[np.int64],
    NDArray[np.int32],
    NDArray[np.int64],
    NDArray[np.int64],
    NDArray[np.int32],
    dict[str, pa.Array],
]:
    """As `_in_order`, with details; last, their columns."""
    rank, source = arrived.rows()
    time, cell, objects = arrived.time, arrived.cell, rank < 0
    dropped = source[objects]
    if dropped.size:
        rank, time, cell, source = rank[~objects], time[~objects], cell[~objects], source[~objects]
        details = details.rows(~objects)
    order, is_repeated = order_of_all(rank, time, cell, source, details)
    kept, again = order[~is_repeated], order[is_repeated]
    told = details.rows(kept)
    more = columns_of_details(told.word, told.other, told.is_known)
    at, when = time[kept].astype(np.int64), time[again].astype(np.int64)
    user = arrived.coded.key[rank[kept]]
    return user, at, cell[kept], source[again].astype(np.int64), when, dropped, more
