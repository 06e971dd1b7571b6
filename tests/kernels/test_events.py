import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kernels.events import dense_ranks, first_of_equals, order_events

ROWS = st.lists(
    st.tuples(st.integers(0, 3), st.integers(-5, 5), st.integers(0, 2), st.integers(0, 2)), max_size=40
)
"""Rank, time, cell, source."""


def columns_of(rows, stretch=1):
    columns = [np.array([row[k] for row in rows], np.int64) for k in range(4)]
    return columns[0], columns[1] * stretch, columns[2].astype(np.int32), columns[3].astype(np.int32)


@pytest.mark.parametrize("stretch", [1, 2**58], ids=["packed", "too wide to pack"])
@given(rows=ROWS)
def test_events_are_in_lexicographic_order(stretch, rows):
    ordered = order_events(*columns_of(rows, stretch))
    expected = sorted((rank, time * stretch, cell, source) for rank, time, cell, source in rows)
    assert list(zip(*(column.tolist() for column in ordered), strict=True)) == expected
    assert [column.dtype for column in ordered] == [np.int64, np.int64, np.int32, np.int32]


@pytest.mark.parametrize("bits", [61, 62])
def test_the_widest_that_can_be_packed_and_the_next_agree(bits):
    rank, cell, source = np.array([1, 0, 1]), np.array([1, 0, 0], np.int32), np.array([0, 0, 0], np.int32)
    time = np.array([2**bits, 7, 0])
    ordered = order_events(rank, time, cell, source)
    assert [column.tolist() for column in ordered] == [[0, 1, 1], [7, 0, 2**bits], [0, 0, 1], [0, 0, 0]]


@given(ROWS)
def test_of_equal_events_the_first_is_kept(rows):
    rank, time, cell, _ = order_events(*columns_of(rows))
    seen, expected = set(), []
    for event in zip(rank.tolist(), time.tolist(), cell.tolist(), strict=True):
        expected.append(event not in seen)
        seen.add(event)
    assert first_of_equals(rank, time, cell).tolist() == expected


@given(st.lists(st.integers(0, 2**64 - 1).map(lambda n: n - n % 2**62), max_size=20))
def test_ranks_number_the_distinct_keys_in_order(keys):
    distinct, first, rank = dense_ranks(np.array(keys, np.uint64))
    assert distinct.tolist() == sorted(set(keys))
    assert [keys[i] for i in first] == distinct.tolist()
    assert [int(distinct[r]) for r in rank] == keys
