import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from kernels.events import first_of_equals, order_events

ROWS = st.lists(
    st.tuples(st.integers(0, 3), st.integers(-5, 5), st.integers(0, 2), st.integers(0, 2)), max_size=40
)
"""Rank, time, cell, source."""


def columns_of(rows):
    columns = [np.array([row[k] for row in rows], np.int64) for k in range(4)]
    return columns[0], columns[1], columns[2].astype(np.int32), columns[3].astype(np.int32)


@given(ROWS)
def test_events_are_in_lexicographic_order(rows):
    ordered = order_events(*columns_of(rows))
    expected = sorted((rank, time, cell, source) for rank, time, cell, source in rows)
    assert list(zip(*(column.tolist() for column in ordered), strict=True)) == expected
    assert [column.dtype for column in ordered] == [np.int64, np.int64, np.int32, np.int32]


@given(ROWS)
def test_of_equal_events_the_first_is_kept(rows):
    rank, time, cell, _ = order_events(*columns_of(rows))
    seen, expected = set(), []
    for event in zip(rank.tolist(), time.tolist(), cell.tolist(), strict=True):
        expected.append(event not in seen)
        seen.add(event)
    assert first_of_equals(rank, time, cell).tolist() == expected
