"""Events on their way from the reader to the receiver: parted by unit, then brought into order."""

import numpy as np
from numpy.typing import NDArray

from kernels._jit import kernel

_FEWEST_SLOT_BITS = 12
_HALF, _ONE, _LOW_HALF = np.uint64(32), np.uint64(1), np.uint64(0xFFFFFFFF)


@kernel
def rows_of_days(day: NDArray[np.int32], wanted: NDArray[np.bool_]) -> tuple[int, NDArray[np.int64]]:
    """Count rows by day.

    Parameters
    ----------
    day : int32[n]; wanted : bool[n], rows that count.

    Returns
    -------
    first : the earliest day; rows : int64[k], of each day from the first to the last.
    """
    first, last = 2**31, -(2**31)
    for i in range(day.size):
        if wanted[i]:
            first, last = min(first, day[i]), max(last, day[i])
    rows = np.zeros(last - first + 1 if last >= first else 0, np.int64)
    for i in range(day.size):
        if wanted[i]:
            rows[day[i] - first] += 1
    return first, rows


@kernel
def units_of_rows(
    day: NDArray[np.int32],
    wanted: NDArray[np.bool_],
    part: NDArray[np.int32],
    first_day: int,
    unit_of_day: NDArray[np.int32],
) -> NDArray[np.int32]:
    """Unit of each row: that of the first part on its day, and its part beyond; -1 where the row is not wanted.

    Parameters
    ----------
    day, part : int32[n]; wanted : bool[n]; unit_of_day : int32[k], from `first_day` on.

    Returns
    -------
    int32[n].
    """
    unit = np.full(day.size, np.int32(-1))
    for i in range(day.size):
        if wanted[i]:
            unit[i] = unit_of_day[day[i] - first_day] + part[i]
    return unit


@kernel
def part_events(
    unit: NDArray[np.int32],
    units: int,
    subject: NDArray[np.uint64],
    time_s: NDArray[np.int64],
    cell: NDArray[np.int32],
) -> tuple[NDArray[np.int64], NDArray[np.uint64], NDArray[np.uint32], NDArray[np.int32]]:
    """Bring events of one unit together, in their order.

    Parameters
    ----------
    unit : int32[n], from 0 to `units`, or -1 for an event to leave out.
    subject : uint64[n]; time_s : int64[n], seconds since 1970, below 2**32; cell : int32[n].

    Returns
    -------
    starts : int64[units + 1]; subject, time_s, cell : [starts[-1]].
    """
    starts = np.zeros(units + 1, np.int64)
    for i in range(unit.size):
        if unit[i] >= 0:
            starts[unit[i] + 1] += 1
    for u in range(units):
        starts[u + 1] += starts[u]
    fill = starts[:-1].copy()
    out_subject = np.empty(starts[-1], np.uint64)
    out_time, out_cell = np.empty(starts[-1], np.uint32), np.empty(starts[-1], np.int32)
    for i in range(unit.size):
        if unit[i] >= 0:
            at = fill[unit[i]]
            fill[unit[i]] += 1
            out_subject[at] = subject[i]
            out_time[at] = np.uint32(time_s[i])
            out_cell[at] = cell[i]
    return starts, out_subject, out_time, out_cell


@kernel
def distinct_codes(key: NDArray[np.uint64]) -> tuple[NDArray[np.uint64], NDArray[np.int32]]:
    """Distinct keys in the order in which they are first met, and the place of each key among them.

    Open addressing with linear probing, at most a quarter full. The loop over keys is apart from the growth of
    its arrays, which then stay where they are: three times as fast.

    Parameters
    ----------
    key : uint64[n].

    Returns
    -------
    distinct : uint64[k]; code : int32[n].
    """
    code, bits = np.empty(key.size, np.int32), _FEWEST_SLOT_BITS
    distinct = np.empty(0, np.uint64)
    done = found = 0
    while True:
        slots, more = np.zeros(1 << bits, np.uint64), np.empty(1 << (bits - 2), np.uint64)
        _put_in(distinct[:found], 0, slots, bits, more, 0, np.empty(found, np.int32))
        distinct = more
        done, found = _put_in(key, done, slots, bits, distinct, found, code)
        if done == key.size:
            return distinct[:found].copy(), code
        bits += 2


@kernel
def _put_in(
    key: NDArray[np.uint64],
    first: int,
    slots: NDArray[np.uint64],
    bits: int,
    distinct: NDArray[np.uint64],
    found: int,
    code: NDArray[np.int32],
) -> tuple[int, int]:
    """Look up keys from `first` on, and add new ones to the `found`, until no room is left for one.

    A slot holds half of its key's hash, which tells nearly all others apart, above the code plus one; 0 is empty.

    Returns
    -------
    where it ended; how many are found.
    """
    last, shift = np.uint64(slots.size - 1), np.uint64(64 - bits)
    for i in range(first, key.size):
        mixed = _mixed(key[i])
        at, half = mixed >> shift, mixed << _HALF
        slot = slots[at]
        while slot != 0 and ((slot ^ half) >> _HALF != 0 or distinct[(slot & _LOW_HALF) - _ONE] != key[i]):
            at = (at + _ONE) & last
            slot = slots[at]
        if slot == 0:
            if found == distinct.size:
                return i, found
            distinct[found] = key[i]
            found += 1
            slot = half | np.uint64(found)
            slots[at] = slot
        code[i] = np.int32(slot & _LOW_HALF) - np.int32(1)
    return key.size, found


@kernel
def _mixed(key: np.uint64) -> np.uint64:
    """Fibonacci hashing (Knuth, The Art of Computer Programming, 6.4), folded: high bits are the good ones."""
    return np.uint64((key ^ (key >> _HALF)) * np.uint64(0x9E3779B97F4A7C15))


@kernel
def packed_events(
    rank: NDArray[np.int32],
    time: NDArray[np.uint32],
    first_time: int,
    cell: NDArray[np.int32],
    source: NDArray[np.int32],
    time_bits: int,
    cell_bits: int,
    source_bits: int,
) -> NDArray[np.uint64]:
    """Events as numbers that sort by (rank, time, cell, source), where these fit in 64 bits. uint64[n]."""
    packed = np.empty(rank.size, np.uint64)
    for i in range(rank.size):
        word = np.uint64(rank[i])
        word = (word << np.uint64(time_bits)) | np.uint64(np.int64(time[i]) - first_time)
        word = (word << np.uint64(cell_bits)) | np.uint64(cell[i])
        packed[i] = (word << np.uint64(source_bits)) | np.uint64(source[i])
    return packed


@kernel
def unpacked_events(
    packed: NDArray[np.uint64],
    key: NDArray[np.uint64],
    first_time: int,
    time_bits: int,
    cell_bits: int,
    source_bits: int,
) -> tuple[NDArray[np.uint64], NDArray[np.int64], NDArray[np.int32], NDArray[np.int64], NDArray[np.int64]]:
    """Undo `packed_events` on sorted numbers; of exact repetitions the first stays.

    Parameters
    ----------
    packed : uint64[n], ascending; key : uint64[users], the user of each rank.

    Returns
    -------
    user : uint64[m]; time : int64[m]; cell : int32[m], the events that stay;
    source, second : int64[n - m], of the repetitions that were dropped.
    """
    user, cell = np.empty(packed.size, np.uint64), np.empty(packed.size, np.int32)
    time = np.empty(packed.size, np.int64)
    cell_mask, time_mask = np.uint64((1 << cell_bits) - 1), np.uint64((1 << time_bits) - 1)
    kept = 0
    for i in range(packed.size):
        word = packed[i] >> np.uint64(source_bits)
        if i > 0 and word == packed[i - 1] >> np.uint64(source_bits):
            continue
        cell[kept] = np.int32(word & cell_mask)
        word >>= np.uint64(cell_bits)
        time[kept] = np.int64(word & time_mask) + first_time
        user[kept] = key[word >> np.uint64(time_bits)]
        kept += 1
    source, second = np.empty(packed.size - kept, np.int64), np.empty(packed.size - kept, np.int64)
    source_mask, dropped = np.uint64((1 << source_bits) - 1), 0
    for i in range(1, packed.size):
        word = packed[i] >> np.uint64(source_bits)
        if word == packed[i - 1] >> np.uint64(source_bits):
            source[dropped] = np.int64(packed[i] & source_mask)
            second[dropped] = np.int64((word >> np.uint64(cell_bits)) & time_mask) + first_time
            dropped += 1
    return user[:kept], time[:kept], cell[:kept], source, second
