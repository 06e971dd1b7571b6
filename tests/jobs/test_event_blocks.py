import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from jobs.blocks import _pack, _unpack
from jobs.errors import PrivacyGate
from jobs.event_blocks import blocks_by_partition, ordered_events

NAMES = np.array([[2**63 + 4, 1], [7, 2], [5, 3], [2, 2**64 - 1]], np.uint64)
"""128-bit pseudonyms of four users."""

EVENTS = st.lists(
    st.tuples(st.integers(0, 1), st.integers(0, 3), st.integers(-3, 3), st.integers(0, 1)), max_size=30
)
"""File, user, time, cell."""


def blocks_of(events, partitions=2, names=NAMES):
    """Every block by partition, sent through bytes as Spark does."""
    found = {}
    for file in (0, 1):
        mine = [event for event in events if event[0] == file]
        used = sorted({event[1] for event in mine})
        code = np.array([used.index(event[1]) for event in mine], np.int64)
        time, cell = (np.array([event[k] for event in mine], np.int64) for k in (2, 3))
        known = names[used] if used else np.empty((0, 2), np.uint64)
        for partition, block in blocks_by_partition(
            partitions, file, 3, known, code, time, cell.astype(np.int32)
        ):
            found.setdefault(partition, []).append(_unpack(_pack(block)))
    return found


@given(EVENTS, st.integers(1, 4))
def test_users_are_whole_in_their_partition_and_events_are_sorted_sets(events, partitions):
    expected = sorted({(int(NAMES[user, 0]), time, cell) for _, user, time, cell in events})
    found, repeated = [], 0
    for partition, blocks in blocks_of(events, partitions).items():
        table, again = ordered_events(blocks, 3)
        rows = list(
            zip(
                table["user"].to_pylist(),
                table["time"].cast(pa.int64()).to_pylist(),
                table["cell"].to_pylist(),
                strict=True,
            )
        )
        assert rows == sorted(rows)
        assert {user % partitions for user, _, _ in rows} == {partition}
        assert set(table["window"].to_pylist()) == {3}
        found += rows
        repeated += sum(again.values())
    assert sorted(found) == expected
    assert len(found) + repeated == len(events)


@given(EVENTS, st.randoms())
def test_the_order_of_blocks_and_rows_changes_nothing(events, random):
    blocks = blocks_of(events, 1).get(0, [])
    shuffled = blocks_of(random.sample(events, len(events)), 1).get(0, [])
    if blocks:
        table, repeated = ordered_events(blocks, 3)
        again, same = ordered_events(shuffled[::-1], 3)
        assert again.equals(table)
        assert same == repeated


def test_a_repetition_is_counted_to_the_later_file():
    _, repeated = ordered_events(blocks_of([(1, 0, 5, 0), (0, 0, 5, 0), (0, 0, 6, 0), (0, 0, 6, 0)], 1)[0], 3)
    assert repeated == {0: 1, 1: 1}


def test_two_pseudonyms_with_one_key_are_refused():
    twins = np.array([[4, 1], [4, 2]], np.uint64)
    with pytest.raises(PrivacyGate, match="share their 64-bit key"):
        ordered_events(blocks_of([(0, 0, 1, 0), (1, 1, 2, 0)], 1, twins)[0], 3)


def test_one_pseudonym_from_two_files_is_one_user():
    table, _ = ordered_events(blocks_of([(0, 2, 1, 0), (1, 2, 2, 0)], 1)[0], 3)
    assert table["user"].to_pylist() == [5, 5]
