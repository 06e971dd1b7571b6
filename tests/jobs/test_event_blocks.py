import json
from collections import Counter

import numpy as np
import pyarrow as pa
import pytest
from cryptography.exceptions import InvalidTag
from hypothesis import given, settings
from hypothesis import strategies as st
from sent_blocks import bytes_of, through_bytes

from jobs.errors import PrivacyGate
from jobs.identity import sealing
from jobs.identity.pseudonyms import canonical_ids, pseudonymise, window_pads
from jobs.identity.sealing import Arrivals, Outbox, new_seal, unit_of
from jobs.identity.subjects import Subjects, part_of, subjects_of
from jobs.ingest.event_blocks import ordered_events

KEY = bytes(range(32))
HASH_KEY = np.array([1, 2], np.uint64)
PADS = window_pads(KEY, 3)
SEAL = new_seal()
IDS = ["221770000001", "221770000002", "0033612345678", "+221 77 000 00 04"]

EVENTS = st.lists(
    st.tuples(st.integers(0, 1), st.integers(0, 3), st.integers(0, 6), st.integers(0, 1)), max_size=30
)
"""File, user, time, cell."""


def blocks_of(events, parts=2, kind="msisdn", ids=IDS):
    """Every block by part, sent through bytes as Spark does."""
    found = {}
    for file in (0, 1):
        mine = [event for event in events if event[0] == file]
        if not mine:
            continue
        subjects = subjects_of(pa.array([ids[event[1]] for event in mine], pa.string()), kind, HASH_KEY)
        part = part_of(subjects.number, parts, HASH_KEY)
        units = [(3, p) for p in range(parts)]
        time, cell = (np.array([event[k] for event in mine], np.int64) for k in (2, 3))
        outbox = Outbox(SEAL, file, kind)
        arrivals = Arrivals(units, part, subjects, time, cell.astype(np.int32))
        for unit, block in [*outbox.put(arrivals), *outbox.rest()]:
            assert unit_of(block) == unit
            found.setdefault(unit[1], []).append(through_bytes(block))
    return found


def rows_of(table):
    time = table["time"].cast(pa.int64()).to_pylist()
    return list(zip(table["user"].to_pylist(), time, table["cell"].to_pylist(), strict=True))


def keys_of(kind="msisdn", ids=IDS):
    return pseudonymise(canonical_ids(pa.array(ids).cast(pa.binary()), kind), PADS)[:, 0].tolist()


@pytest.mark.parametrize("kind", ["msisdn", "opaque"])
@settings(max_examples=40)
@given(events=EVENTS, parts=st.integers(1, 4))
def test_users_are_whole_in_their_part_and_events_are_sorted_sets(kind, events, parts):
    keys = keys_of(kind)
    expected = sorted({(keys[user], time, cell) for _, user, time, cell in events})
    found, repeated, of_users = [], 0, []
    for blocks in blocks_of(events, parts, kind).values():
        ordered = ordered_events(SEAL, blocks, 3, PADS)
        rows = rows_of(ordered.events)
        assert rows == sorted(rows)
        assert set(ordered.events["window"].to_pylist()) == {3}
        of_users.append({user for user, _, _ in rows})
        found += rows
        repeated += ordered.repeated_file.size
    assert sorted(found) == expected
    assert sum(map(len, of_users)) == len(set().union(*of_users))
    assert len(found) + repeated == len(events)


@settings(max_examples=40)
@given(EVENTS, st.randoms())
def test_the_order_of_blocks_and_rows_changes_nothing(events, random):
    blocks = blocks_of(events, 1).get(0, [])
    shuffled = blocks_of(random.sample(events, len(events)), 1).get(0, [])
    if blocks:
        one = ordered_events(SEAL, blocks, 3, PADS)
        other = ordered_events(SEAL, shuffled[::-1], 3, PADS)
        assert other.events.equals(one.events)
        assert sorted(other.repeated_file.tolist()) == sorted(one.repeated_file.tolist())


@settings(max_examples=40)
@given(EVENTS, EVENTS)
def test_events_that_are_known_stay_and_newcomers_repeat_them(earlier, later):
    known = ordered_events(SEAL, blocks_of(earlier, 1).get(0, []), 3, PADS).events
    ordered = ordered_events(SEAL, blocks_of(later, 1).get(0, []), 3, PADS, known)
    at_once = ordered_events(SEAL, blocks_of(earlier + later, 1).get(0, []), 3, PADS)
    assert ordered.events.equals(at_once.events)
    assert ordered.events.num_rows + ordered.repeated_file.size == known.num_rows + len(later)
    assert set(ordered.repeated_file.tolist()) <= {0, 1}


def test_a_repetition_is_counted_to_the_later_file():
    blocks = blocks_of([(1, 0, 5, 0), (0, 0, 5, 0), (0, 0, 6, 0), (0, 0, 6, 0)], 1)[0]
    ordered = ordered_events(SEAL, blocks, 3, PADS)
    assert sorted(zip(ordered.repeated_file.tolist(), ordered.repeated_time.tolist(), strict=True)) == [
        (0, 6),
        (1, 5),
    ]


def test_cells_and_times_too_wide_to_pack_are_ordered_all_the_same():
    events = [
        (f, user, time * 700_000_000, 2**31 - 1) for f in (0, 1) for user in range(4) for time in (5, 0, 3)
    ]
    wide = ordered_events(SEAL, blocks_of(events, 1)[0], 3, PADS)
    assert rows_of(wide.events) == sorted(rows_of(wide.events))
    assert wide.events.num_rows == 12
    assert wide.repeated_file.tolist() == [1] * 12


def test_subscribers_whose_numbers_lie_far_apart_travel_beside_the_others():
    events = [(0, user, time << 18, cell << 18) for user in range(4) for time in (0, 3) for cell in (0, 3)]
    (near, far) = blocks_of(events, 1)[0]
    assert sorted((rows_in(near), rows_in(far))) == [4, 12]
    ordered = ordered_events(SEAL, [near, far], 3, PADS)
    keys = keys_of()
    assert rows_of(ordered.events) == sorted((keys[user], time, cell) for _, user, time, cell in events)


def test_batches_wait_for_one_another_until_they_are_many(monkeypatch):
    def put(outbox, minute):
        number = np.arange(40, dtype=np.uint64) + np.uint64(1_221_770_000_001)
        time = np.full(40, 1_400_000_000 + 60 * minute)
        cell, part = np.full(40, minute, np.int32), np.arange(40, dtype=np.int32) % 2
        return list(outbox.put(Arrivals([(3, 0), (3, 1)], part, Subjects(number), time, cell)))

    outbox = Outbox(SEAL, 0, "msisdn")
    assert [put(outbox, minute) for minute in range(3)] == [[], [], []]
    blocks = list(outbox.rest())
    assert [(unit, rows_in(block)) for unit, block in blocks] == [((3, 0), 60), ((3, 1), 60)]
    assert list(outbox.rest()) == []
    events = ordered_events(SEAL, [through_bytes(blocks[0][1])], 3, PADS).events
    assert Counter(events["cell"].to_pylist()) == {0: 20, 1: 20, 2: 20}
    assert {(time, cell) for _, time, cell in rows_of(events)} == {
        (1_400_000_000 + 60 * m, m) for m in range(3)
    }
    monkeypatch.setattr(sealing, "_MOST_WAITING", 80)
    assert [len(put(outbox, minute)) for minute in range(3)] == [0, 2, 0]


def rows_in(block):
    return json.loads(block.schema.metadata[b"header"])["rows"]


def test_a_block_says_nothing_without_the_key_of_its_run():
    (block,) = blocks_of([(0, 0, 5, 0)], 1)[0]
    content = bytes_of(block)
    assert IDS[0].encode() not in content
    number = subjects_of(pa.array(IDS[:1]), "msisdn", HASH_KEY).number
    assert number.tobytes() not in content
    with pytest.raises(InvalidTag):
        ordered_events(new_seal(), [block], 3, PADS)


def test_two_pseudonyms_with_one_key_are_refused(monkeypatch):
    def twins(number, kind, pads, names):
        return np.array([[4, 1], [4, 2]], np.uint64), np.array([0, 1], np.int32)

    monkeypatch.setattr("jobs.ingest.event_blocks.pseudonyms_of", twins)
    with pytest.raises(PrivacyGate, match="share their 64-bit key"):
        ordered_events(SEAL, blocks_of([(0, 0, 1, 0), (0, 1, 2, 0)], 1)[0], 3, PADS)


def test_two_texts_with_one_hash_are_refused(monkeypatch):
    monkeypatch.setattr(
        "jobs.identity.subjects.siphash_texts",
        lambda key, data, offsets: np.full(len(offsets) - 1, 9, np.uint64),
    )
    blocks = blocks_of([(0, 0, 1, 0), (1, 1, 2, 0)], 1, "opaque")[0]
    with pytest.raises(PrivacyGate, match="share their hash"):
        ordered_events(SEAL, blocks, 3, PADS)


def test_bad_identifiers_are_number_0():
    subjects = subjects_of(pa.array(["221770000001", "abc", None, "", "1234"]), "msisdn", HASH_KEY)
    assert (subjects.number == 0).tolist() == [False, True, True, True, True]
    opaque = subjects_of(pa.array(["x", None, ""]), "opaque", HASH_KEY)
    assert (opaque.number == 0).tolist() == [False, True, True]
    assert isinstance(opaque, Subjects)
