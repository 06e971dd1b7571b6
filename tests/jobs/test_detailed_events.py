"""Events that tell of calls: read, sealed, opened and put in order, against plain Python."""

import json

import numpy as np
import pyarrow as pa
import pytest
from cdr_builders import source
from hypothesis import given, settings
from hypothesis import strategies as st
from sent_blocks import bytes_of, through_bytes

from jobs import tables
from jobs.errors import PrivacyGate
from jobs.identity.optout import OptOuts
from jobs.identity.pseudonyms import canonical_ids, pseudonymise, window_pads
from jobs.identity.sealing import Arrivals, Outbox, new_seal
from jobs.identity.subjects import part_of, subjects_of
from jobs.ingest.event_blocks import ordered_events
from jobs.records.interactions import columns_of_details, details_in, details_of
from jobs.records.reasons import Reason

KEY = bytes(range(32))
HASH_KEY = np.array([1, 2], np.uint64)
PADS = window_pads(KEY, 3)
SEAL = new_seal()
IDS = ["221770000001", "221770000002", "0033612345678", "+221 77 000 00 04"]
COLUMNS = {"kind": "kind", "direction": "direction", "counterparty": "other", "duration_s": "seconds"}
KINDS, DIRECTIONS = [None, "call", "text", "data"], [None, "out", "in"]

EVENT = st.tuples(
    st.integers(0, 1),
    st.integers(0, 3),
    st.integers(0, 2),
    st.integers(0, 1),
    st.sampled_from(KINDS),
    st.sampled_from(DIRECTIONS),
    st.sampled_from([None, 0, 1, 3]),
    st.sampled_from([None, 0, 60]),
)
EVENTS = st.lists(EVENT, max_size=30)
"""File, user, time, cell, kind, direction, other party, seconds."""


def described(of_ids="msisdn", **more):
    return source("x", user_kind=of_ids, columns={**COLUMNS, **more})


def details(rows, of_ids="msisdn", **more):
    """Details of rows of (kind, direction, other party, seconds) as they are written."""
    names = ("kind", "direction", "other", "seconds")
    columns = {
        name: pa.array([row[k] for row in rows], pa.string()).cast(pa.binary())
        for k, name in enumerate(names)
    }
    return details_of(columns, described(of_ids, **more), HASH_KEY)


def blocks_of(events, kind="msisdn", has_details=True):
    """Blocks of one unit, sent through bytes as Spark does."""
    found = []
    for file in (0, 1):
        mine = [event for event in events if event[0] == file]
        if not mine:
            continue
        subjects = subjects_of(pa.array([IDS[event[1]] for event in mine], pa.string()), kind, HASH_KEY)
        told = None
        if has_details:
            written = [
                (e[4], e[5], None if e[6] is None else IDS[e[6]], None if e[7] is None else str(e[7]))
                for e in mine
            ]
            told, refused = details(written, kind)
            assert not any(rows.any() for rows, _ in refused)
        time, cell = (np.array([event[k] for event in mine], np.int64) for k in (2, 3))
        part = part_of(subjects.number, 1, HASH_KEY)
        arrivals = Arrivals([(3, 0)], part, subjects, time, cell.astype(np.int32), told)
        outbox = Outbox(SEAL, file, kind)
        found += [through_bytes(block) for _, block in [*outbox.put(arrivals), *outbox.rest()]]
    return found


def rows_of(table):
    names = ("user", "time", "cell", "kind", "direction", "counterparty", "duration_s")
    columns = [table[n].cast(pa.int64()) if n == "time" else table[n] for n in names]
    return list(zip(*(column.to_pylist() for column in columns), strict=True))


def keys_of(kind="msisdn"):
    return pseudonymise(canonical_ids(pa.array(IDS).cast(pa.binary()), kind), PADS)[:, 0].tolist()


def expected(events, kind="msisdn"):
    keys = keys_of(kind)
    return {
        (keys[user], time, cell, what, way, None if other is None else keys[other], seconds)
        for _, user, time, cell, what, way, other, seconds in events
    }


@pytest.mark.parametrize("kind", ["msisdn", "opaque"])
@settings(max_examples=40)
@given(events=EVENTS)
def test_events_are_sorted_sets_of_all_that_they_tell(kind, events):
    ordered = ordered_events(SEAL, blocks_of(events, kind), 3, PADS, has_details=True)
    rows = rows_of(ordered.events)
    assert set(rows) == expected(events, kind)
    assert [row[:3] for row in rows] == sorted(row[:3] for row in rows)
    assert len(rows) == len(set(rows)) == len(events) - ordered.repeated_file.size


@settings(max_examples=30)
@given(EVENTS, EVENTS, st.randoms())
def test_neither_order_nor_what_is_known_already_changes_anything(earlier, later, random):
    known = ordered_events(SEAL, blocks_of(earlier), 3, PADS, has_details=True).events
    shuffled = blocks_of(random.sample(later, len(later)))[::-1]
    ordered = ordered_events(SEAL, shuffled, 3, PADS, known, has_details=True)
    at_once = ordered_events(SEAL, blocks_of(earlier + later), 3, PADS, has_details=True)
    assert ordered.events.equals(at_once.events)
    assert ordered.events.num_rows + ordered.repeated_file.size == known.num_rows + len(later)


@settings(max_examples=20)
@given(EVENTS, EVENTS)
def test_a_source_that_tells_nothing_joins_one_that_does(telling, silent):
    silent = [(*event[:4], None, None, None, None) for event in silent]
    blocks = blocks_of(telling) + blocks_of(silent, has_details=False)
    ordered = ordered_events(SEAL, blocks, 3, PADS, has_details=True)
    assert set(rows_of(ordered.events)) == expected(telling) | expected(silent)


def test_without_details_no_column_is_written():
    events = [(0, 0, 5, 0, None, None, None, None)]
    plain = ordered_events(SEAL, blocks_of(events, has_details=False), 3, PADS)
    assert plain.events.schema == tables.EVENTS.schema


def test_many_events_in_one_second_are_put_in_order():
    rng = np.random.default_rng(4)
    events = [(0, 0, 5, 1, "call", "out", int(rng.integers(4)), int(rng.integers(90))) for _ in range(400)]
    ordered = ordered_events(SEAL, blocks_of(events), 3, PADS, has_details=True)
    shuffled = ordered_events(SEAL, blocks_of(events[::-1]), 3, PADS, has_details=True)
    assert set(rows_of(ordered.events)) == expected(events)
    assert ordered.events.equals(shuffled.events)


def test_an_event_with_somebody_who_objected_stays_without_naming_them():
    events = [(0, 0, 5, 0, "call", "out", 1, 60), (0, 1, 6, 0, "call", "in", 0, 60)]
    ids = canonical_ids(pa.array(IDS[1:2]).cast(pa.binary()), "msisdn")
    objected = OptOuts(1, {3: pseudonymise(ids, PADS)})
    ordered = ordered_events(SEAL, blocks_of(events), 3, PADS, opt_outs=objected, has_details=True)
    assert rows_of(ordered.events) == [(keys_of()[0], 5, 0, "call", "out", None, 60)]
    assert ordered.objected_file.tolist() == [0]


def test_a_block_says_nothing_of_the_other_party_without_the_key_of_its_run():
    (block,) = blocks_of([(0, 0, 5, 0, "call", "out", 1, 60)])
    content = bytes_of(block)
    number = subjects_of(pa.array(IDS[1:2]), "msisdn", HASH_KEY).number
    assert IDS[1].encode() not in content
    assert number.tobytes() not in content
    (block,) = blocks_of([(0, 0, 5, 0, "call", "out", 1, 60)], "opaque")
    assert IDS[1].encode() not in bytes_of(block)
    assert set(json.loads(block.schema.metadata[b"header"])) == {
        "unit",
        "file",
        "kind",
        "rows",
        "details",
        "named",
        "others",
    }


def test_a_key_that_a_user_and_another_party_share_is_refused(monkeypatch):
    def twins(number, kind, pads, names):
        return np.array([[4, int(number[0])]], np.uint64), np.zeros(number.size, np.int32)

    for module in ("event_blocks", "detailed_events"):
        monkeypatch.setattr(f"jobs.ingest.{module}.pseudonyms_of", twins)
    blocks = blocks_of([(0, 0, 1, 0, None, None, 1, None)])
    with pytest.raises(PrivacyGate, match="share their 64-bit key"):
        ordered_events(SEAL, blocks, 3, PADS, has_details=True)


# -- what is written, and what it means --------------------------------------------------------

CODES = {
    "kind": {"column": "kind", "call": ["MOC", "MTC"], "text": ["SMO", "SMT"], "other": ["*"]},
    "direction": {"column": "kind", "outgoing": ["MOC", "SMO"], "incoming": ["mtc", "smt"]},
}


def columns(rows, **more):
    told, refused = details(rows, **more)
    known = told.others.number > 0
    return {k: v.to_pylist() for k, v in columns_of_details(told.word, told.others.number, known).items()}, {
        reason: np.flatnonzero(bad).tolist() for bad, reason in refused if bad.any()
    }


def test_codes_of_a_config_say_kind_and_direction():
    told, refused = columns(
        [(" moc", None, None, None), ("SMT", None, None, None), ("", None, None, None)], **CODES
    )
    assert told["kind"] == ["call", "text", None]
    assert told["direction"] == ["out", "in", None]
    assert refused == {}
    told, refused = columns([("USSD", None, None, None)], kind=CODES["kind"])
    assert told["kind"] == ["other"]
    assert columns([("USSD", "up", None, None)])[1] == {Reason.BAD_KIND: [0], Reason.BAD_DIRECTION: [0]}
    assert columns([("x", "y", None, None)], kind={"always": "text"}, direction={"always": "in"}) == (
        {"kind": ["text"], "direction": ["in"], "counterparty": [None], "duration_s": [None]},
        {},
    )


@pytest.mark.parametrize(
    ("written", "number"),
    [("", None), ("144", None), ("*123#", None), ("ORANGE", "bad"), ("12x", "bad"), ("+221 770000001", 1)],
)
def test_other_parties_that_are_no_subscriber(written, number):
    told, refused = columns([("call", "out", written, "1")])
    assert (Reason.BAD_COUNTERPARTY in refused) == (number == "bad")
    assert (told["counterparty"][0] is not None) == (number == 1)
    lenient = {"counterparty": {"column": "other", "if_bad": "unknown"}}
    assert columns([("call", "out", written, "1")], **lenient)[1] == {}


@pytest.mark.parametrize(
    ("written", "unit", "seconds"),
    [
        ("61", "s", 61),
        ("61.9", "s", 61),
        ("2500", "ms", 2),
        ("1.5", "min", 90),
        ("", "s", None),
        ("-1", "s", "bad"),
        ("1:30", "s", "bad"),
        ("nan", "s", "bad"),
        (str(2**31), "s", "bad"),
    ],
)
def test_durations(written, unit, seconds):
    told, refused = columns([("call", "out", "", written)], duration_s={"column": "seconds", "unit": unit})
    assert (Reason.BAD_DURATION in refused) == (seconds == "bad")
    assert told["duration_s"] == [None if seconds == "bad" else seconds]


@pytest.mark.parametrize(
    ("seconds", "column"),
    [
        ([90, None], pa.array([90, None], pa.int32())),
        ([90, None], pa.array([90.0, None], pa.float64())),
        ([90, None], pa.array([90_000, None], pa.duration("ms"))),
    ],
)
def test_durations_that_parquet_has_as_numbers(seconds, column):
    rows = {
        "kind": pa.nulls(2, pa.string()),
        "direction": pa.array([True, False]),
        "other": pa.nulls(2, pa.string()),
    }
    way = {"column": "direction", "outgoing": ["true"], "incoming": ["false"]}
    told, refused = details_of({**rows, "seconds": column}, described(direction=way), HASH_KEY)
    made = columns_of_details(told.word, told.others.number, told.others.number > 0)
    assert made["duration_s"].to_pylist() == seconds
    assert made["direction"].to_pylist() == ["out", "in"]
    assert not any(bad.any() for bad, _ in refused)


@given(
    st.lists(
        st.tuples(
            st.integers(0, 4),
            st.integers(0, 2),
            st.none() | st.integers(0, 2**64 - 1),
            st.none() | st.integers(0, 2**31 - 2),
        )
    )
)
def test_columns_hold_what_was_packed(rows):
    made = {
        "kind": pa.array([(None, "call", "text", "data", "other")[r[0]] for r in rows], pa.string()),
        "direction": pa.array([(None, "out", "in")[r[1]] for r in rows], pa.string()),
        "counterparty": pa.array([r[2] for r in rows], pa.uint64()),
        "duration_s": pa.array([r[3] for r in rows], pa.int32()),
    }
    assert columns_of_details(*details_in(pa.table(made))) == made


def test_a_code_that_stands_for_two_values_is_refused():
    with pytest.raises(ValueError, match="stand for two values: sms"):
        described(kind={"column": "kind", "data": ["SMS"]})
    with pytest.raises(ValueError, match="give either column, or always"):
        described(kind={"call": ["x"]})
