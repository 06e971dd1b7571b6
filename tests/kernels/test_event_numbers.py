from collections import Counter

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from kernels.event_blocks import (
    distinct_codes,
    packed_events,
    part_events,
    rows_of_days,
    units_of_rows,
    unpacked_events,
)
from kernels.event_words import extent_of, part_back, parted_words, sortable_words


@given(st.lists(st.integers(0, 2**64 - 1) | st.integers(0, 5), max_size=200))
def test_codes_lead_back_to_the_keys(keys):
    key = np.array(keys, np.uint64)
    distinct, code = distinct_codes(key)
    assert distinct[code].tolist() == keys
    assert distinct.tolist() == list(dict.fromkeys(keys))


def test_codes_of_more_keys_than_the_first_table_holds():
    key = np.random.default_rng(3).integers(0, 40_000, 100_000).astype(np.uint64)
    distinct, code = distinct_codes(key)
    assert np.array_equal(distinct[code], key)
    assert distinct.size == np.unique(key).size


def test_codes_of_keys_that_hash_nearly_alike():
    inverse = pow(0x9E3779B97F4A7C15, -1, 2**64)
    mixed = [(middle << 32 | 0xABCDEF) * inverse % 2**64 for middle in range(300)]
    key = np.array([value ^ (value >> 32) for value in mixed] * 2, np.uint64)
    distinct, code = distinct_codes(key)
    assert np.array_equal(distinct, key[:300])
    assert np.array_equal(distinct[code], key)


@given(st.lists(st.integers(-1, 3), max_size=60))
def test_events_keep_their_order_within_a_unit(units):
    unit = np.array(units, np.int32)
    number = np.arange(unit.size)
    starts, subject, time, cell = part_events(
        unit, 4, number.astype(np.uint64), number + 1_400_000_000, number.astype(np.int32)
    )
    for u in range(4):
        expected = [i for i, value in enumerate(units) if value == u]
        rows = slice(starts[u], starts[u + 1])
        assert subject[rows].tolist() == cell[rows].tolist() == expected
        assert (time[rows].astype(np.int64) - 1_400_000_000).tolist() == expected


@given(st.lists(st.tuples(st.integers(-3, 30), st.booleans(), st.integers(0, 2)), max_size=40))
def test_wanted_rows_are_counted_by_day_and_put_into_units(rows):
    day, wanted, part = (
        np.array([row[k] for row in rows], kind) for k, kind in enumerate((np.int32, bool, np.int32))
    )
    first, counts = rows_of_days(day, wanted)
    found = {first + d: int(count) for d, count in enumerate(counts) if count}
    assert found == Counter(int(d) for d in day[wanted])
    assert counts.size == (np.ptp(day[wanted]) + 1 if wanted.any() else 0)
    weeks = np.arange(first, first + counts.size) // 7
    unit = units_of_rows(day, wanted, part, first, (weeks * 3).astype(np.int32))
    assert unit.tolist() == [d // 7 * 3 + p if w else -1 for d, w, p in rows]


EVENTS = st.lists(
    st.tuples(st.integers(0, 6), st.integers(0, 9), st.integers(0, 3), st.integers(0, 3)),
    min_size=1,
    max_size=60,
)


@given(EVENTS, st.integers(0, 2**31))
def test_sorted_and_unpacked_events_are_the_set_of_events(events, first):
    rank, time, cell, source = (np.array(column) for column in zip(*events, strict=True))
    packed = packed_events(
        rank.astype(np.int32),
        (time + first).astype(np.uint32),
        first,
        cell.astype(np.int32),
        source.astype(np.int32),
        4,
        2,
        2,
    )
    packed.sort()
    key = np.arange(7, dtype=np.uint64) * np.uint64(10)
    user, when, where, dropped, second = unpacked_events(packed, key, first, 4, 2, 2)
    expected = sorted({(r * 10, t + first, c) for r, t, c, _ in events})
    assert list(zip(user.tolist(), when.tolist(), where.tolist(), strict=True)) == expected
    kept = {}
    for r, t, c, s in sorted(events):
        kept.setdefault((r, t, c), []).append(s)
    repeated = sorted((s, t + first) for (_, t, _), sources in kept.items() for s in sources[1:])
    assert sorted(zip(dropped.tolist(), second.tolist(), strict=True)) == repeated


ROWS = st.lists(
    st.tuples(
        st.integers(-1, 3), st.integers(0, 2**55), st.integers(0, 2**20 - 1), st.integers(0, 2**20 - 1)
    ),
    max_size=40,
)


@given(ROWS, st.integers(0, 2**55), st.integers(0, 2**31))
def test_near_events_become_words_that_can_be_parted_and_others_remain(rows, least, first_s):
    subjects = [least + number % 2**24 if number % 3 else number for _, number, _, _ in rows]
    unit, late, cell = (np.array([row[k] for row in rows], np.int32) for k in (0, 2, 3))
    time, left_unit = late.astype(np.int64) + first_s, unit.copy()
    starts, word, left = parted_words(
        left_unit, 4, np.array(subjects, np.uint64), time, cell, np.uint64(least), first_s, 20, 20
    )
    remain = [u >= 0 and not 0 <= s - least < 2**24 for u, s in zip(unit, subjects, strict=True)]
    assert left == sum(remain)
    assert left_unit.tolist() == [u if r else -1 for u, r in zip(unit, remain, strict=True)]
    subject, when, where = (
        np.empty(word.size, np.uint64),
        np.empty(word.size, np.uint32),
        np.empty(word.size, np.int32),
    )
    part_back(word, np.uint64(least), first_s, 20, 20, subject, when, where)
    for u in range(4):
        mine = slice(starts[u], starts[u + 1])
        expected = [i for i in range(len(rows)) if unit[i] == u and not remain[i]]
        assert subject[mine].tolist() == [subjects[i] for i in expected]
        assert when[mine].tolist() == time[expected].tolist()
        assert where[mine].tolist() == cell[expected].tolist()


@given(st.lists(st.tuples(st.integers(-1, 2), st.integers(0, 99), st.integers(0, 9)), max_size=20))
def test_the_extent_is_that_of_rows_in_a_unit(rows):
    unit, time, cell = (
        np.array([row[k] for row in rows], kind) for k, kind in enumerate((np.int32, np.int64, np.int32))
    )
    inside = [row for row in rows if row[0] >= 0]
    expected = (
        (len(inside), min(r[1] for r in inside), max(r[1] for r in inside), max(r[2] for r in inside))
        if inside
        else (0, 0, 0, 0)
    )
    assert extent_of(unit, time, cell) == expected


@given(EVENTS, st.integers(0, 2**31), st.integers(0, 60))
def test_words_of_blocks_sort_as_their_events_but_for_who_is_left_out(events, first, cut):
    code, time, cell = (np.array([event[k] for event in events], np.int32) for k in (0, 1, 2))
    rank_of_code = np.array([3, -1, 0, 2, 1, 4, -1], np.int32)
    starts = np.array([0, min(cut, len(events)), len(events)])
    source = np.array([2, 1], np.int32)
    seconds = (time.astype(np.int64) + first).astype(np.uint32)
    word, left_out = sortable_words(rank_of_code, code, seconds, first, cell, starts, source, 4, 2, 2)
    of_row = np.repeat(source, np.diff(starts))
    told = list(zip(rank_of_code[code].tolist(), time.tolist(), cell.tolist(), of_row.tolist(), strict=True))
    expected = [((r * 16 + t) * 4 + c) * 4 + s for r, t, c, s in told if r >= 0]
    assert word.tolist() == expected
    assert left_out.tolist() == [sum(r < 0 for r, _, _, s in told if s == b) for b in (2, 1)]
