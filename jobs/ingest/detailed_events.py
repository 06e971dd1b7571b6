"""Events that tell of an interaction: the other parties' keys, and the order of events with all they tell."""

from dataclasses import dataclass

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from jobs.errors import PrivacyGate
from jobs.identity.opening import Opened
from jobs.identity.optout import OptOuts
from jobs.identity.pseudonyms import WindowPads
from jobs.identity.subjects import pseudonyms_of
from jobs.records.interactions import details_in
from kernels.event_blocks import packed_events
from kernels.event_details import order_ties

_WORD_BITS = 64
_MANY_TIES = 64
"""Events of one user, second and cell from which sorting them one by one takes longer than sorting all."""


def refuse_shared_keys(pseudonyms: NDArray[np.uint64]) -> None:
    """Make sure that the 64-bit keys of distinct pseudonyms, uint64[n, 2], are distinct.

    Raises
    ------
    PrivacyGate
        Two share their key, which would merge two subscribers.
    """
    if np.unique(pseudonyms[:, 0]).size < len(pseudonyms):
        raise PrivacyGate(
            "two pseudonyms share their 64-bit key",
            "ingest",
            "change pseudonyms.origin or the key: the draw is anew",
        )


@dataclass(frozen=True, eq=False)
class EventDetails:
    """Details of events.

    Attributes
    ----------
    word : uint64[n], of `kernels.event_details.packed_details`. other : uint64[n], key of the other party, 0
        unless `is_known`.
    """

    word: NDArray[np.uint64]
    other: NDArray[np.uint64]
    is_known: NDArray[np.bool_]

    def rows(self, chosen: NDArray[np.bool_] | NDArray[np.int64]) -> "EventDetails":
        """Some of the events."""
        return EventDetails(self.word[chosen], self.other[chosen], self.is_known[chosen])


def details_of_blocks(
    opened: list[Opened],
    earlier: pa.Table | None,
    window: int,
    pads: WindowPads,
    users: NDArray[np.uint64],
    opt_outs: OptOuts | None,
) -> EventDetails:
    """Details of the events of some blocks, then of those that are known already.

    Other parties get the pseudonyms that they have as users. Somebody who objected is unknown.

    Parameters
    ----------
    users : uint64[m, 2], pseudonyms of the users of the blocks.

    Raises
    ------
    PrivacyGate
        Two pseudonyms share their key.
    """
    key_of = [np.zeros(block.subject.size, np.uint64) for block in opened]
    known = [np.zeros(block.subject.size, np.bool_) for block in opened]
    words = [users]
    for kind in sorted({block.details.kind for block in opened if block.details is not None}):
        mine = [
            (i, told)
            for i, block in enumerate(opened)
            if (told := block.details) is not None and told.kind == kind
        ]
        met = [np.flatnonzero(told.other) for _, told in mine]
        numbers = np.concatenate([told.other[rows] for (_, told), rows in zip(mine, met, strict=True)])
        texts = [told.names for _, told in mine if told.names is not None]
        pseudonyms, code = pseudonyms_of(numbers, kind, pads, texts)
        objects = (
            np.zeros(len(pseudonyms), np.bool_) if opt_outs is None else opt_outs.among(window, pseudonyms)
        )
        words.append(pseudonyms)
        first = 0
        for (i, _), rows in zip(mine, met, strict=True):
            of_row = code[first : first + rows.size]
            first += rows.size
            stays = ~objects[of_row]
            key_of[i][rows[stays]] = pseudonyms[of_row[stays], 0]
            known[i][rows[stays]] = True
    refuse_shared_keys(np.unique(np.concatenate(words), axis=0))
    word = [
        np.zeros(block.subject.size, np.uint64) if block.details is None else block.details.word
        for block in opened
    ]
    if earlier is not None:
        known_word, known_other, is_known = details_in(earlier)
        word.append(known_word)
        key_of.append(known_other)
        known.append(is_known)
    return EventDetails(
        np.concatenate([np.empty(0, np.uint64), *word]),
        np.concatenate([np.empty(0, np.uint64), *key_of]),
        np.concatenate([np.empty(0, np.bool_), *known]),
    )


def order_of_all(
    rank: NDArray[np.int32],
    time: NDArray[np.uint32],
    cell: NDArray[np.int32],
    source: NDArray[np.int32],
    details: EventDetails,
) -> tuple[NDArray[np.int64], NDArray[np.bool_]]:
    """Order of events by user, time, cell, details and source; and which repeat the one before but for the source.

    Returns
    -------
    order : int64[n]; is_repeated : bool[n], in this order.
    """
    if rank.size == 0:
        return np.empty(0, np.int64), np.empty(0, np.bool_)
    order = _by_user_and_time(rank, time, cell)
    changes = [column[order][1:] != column[order][:-1] for column in (rank, time, cell)]
    is_alike = np.append(False, ~np.logical_or.reduce(changes))
    if _longest_run(is_alike) > _MANY_TIES:
        order = np.lexsort((details.other, details.is_known, details.word, cell, time, rank)).astype(np.int64)
    is_repeated = order_ties(order, is_alike, details.word, details.is_known, details.other, source)
    return order, is_repeated


def _by_user_and_time(
    rank: NDArray[np.int32], time: NDArray[np.uint32], cell: NDArray[np.int32]
) -> NDArray[np.int64]:
    first = int(time.min())
    bits = [value.bit_length() for value in (int(rank.max()), int(time.max()) - first, int(cell.max()))]
    if sum(bits) > _WORD_BITS:
        return np.lexsort((cell, time, rank)).astype(np.int64)
    nowhere = np.zeros(rank.size, np.int32)
    packed = packed_events(rank, time, first, cell, nowhere, bits[1], bits[2], 0)
    return np.argsort(packed, kind="stable").astype(np.int64)


def _longest_run(is_alike: NDArray[np.bool_]) -> int:
    """How many events at most are alike, one after the other."""
    starts = np.flatnonzero(np.append(~is_alike, True))
    return int(np.diff(starts).max())
