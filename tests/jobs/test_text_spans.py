"""Columns that lie in the text of a file are judged as Arrow's columns are."""

import numpy as np
import pyarrow as pa
import pytest
from cdr_builders import source
from hypothesis import given
from hypothesis import strategies as st

from jobs.identity.subjects import subjects_of
from jobs.records import raw
from jobs.records.checking import check
from jobs.records.interactions import details_of
from jobs.records.raw import RawBatch, TextSpans, as_binary, encoded, read_only, taken

CELLS = pa.array(["A", "B", "A-1", "a cell of a long name"])
KEY = np.array([1, 2], np.uint64)
TIMES = [
    b"2013-01-07 08:00:00",
    b"2013-02-30 08:00:00",
    b"2013-01-07T08:00:00+01:00",
    b"31/01/2013",
    b"31/02/2013",
]
NUMBERS = [b"221770000001", b"+221 77 000 00 01", b"144", b"1357545600", b"-1", b"1.5"]
WORDS = [
    b"A",
    b"B",
    b"a cell of a long name",
    b"a cell with a long name",
    b"call",
    b"SMS",
    b"out",
    b"Thi\xe8s",
]
VALUE = st.sampled_from([b"", b" ", b"x", b"\0", *TIMES, *NUMBERS, *WORDS])
ROWS = st.lists(st.tuples(*[VALUE] * 3), min_size=1, max_size=30)


def spans(values):
    """Values with something between them."""
    text = b"".join(b"," + value for value in values)
    end = np.cumsum([1 + len(value) for value in values]).astype(np.int32)
    start = end - np.array([len(value) for value in values], np.int32)
    return TextSpans(np.frombuffer(text, np.uint8), read_only(start), read_only(end))


def both(rows):
    """A batch of rows in the text of a file, and in Arrow."""
    columns = dict(zip(("user", "time", "cell"), zip(*rows, strict=True), strict=True))
    for how in (spans, lambda values: pa.array(values, pa.binary())):
        yield RawBatch({name: how(values) for name, values in columns.items()}, np.arange(len(rows)), [])


@pytest.mark.parametrize("written", ["iso", "epoch_s", "%d/%m/%Y"])
@pytest.mark.parametrize("cell", ["cell", ("cell", "user")])
@given(rows=ROWS)
def test_checks_are_the_same(written, cell, rows):
    described = source(
        "x", columns={"time": {"column": "time", "format": written}, "cell": cell, "mcc": "user"}
    )
    found, expected = (check(b, described, CELLS, (0, 2**31), None) for b in both(rows))
    assert found.reason.tolist() == expected.reason.tolist()
    assert found.time.tolist() == expected.time.tolist()
    assert found.cell.tolist() == expected.cell.tolist()


@pytest.mark.parametrize("kind", ["msisdn", "imei", "opaque"])
@given(rows=ROWS)
def test_subjects_are_the_same(kind, rows):
    found, expected = (subjects_of(batch.columns["user"], kind, KEY) for batch in both(rows))
    assert found.number.tolist() == expected.number.tolist()


@given(rows=ROWS)
def test_details_are_the_same(rows):
    how = {"kind": "user", "direction": "cell", "counterparty": "cell", "duration_s": "time"}
    described = source("x", columns=how)
    (found, refused), (expected, refused_there) = (details_of(b.columns, described, KEY) for b in both(rows))
    assert found.word.tolist() == expected.word.tolist()
    assert found.others.number.tolist() == expected.others.number.tolist()
    assert [(rows.tolist(), why) for rows, why in refused] == [(r.tolist(), why) for r, why in refused_there]


@given(values=st.lists(VALUE, max_size=20), first_rows=st.integers(1, 9))
def test_codes_are_those_of_the_values(values, first_rows):
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(raw, "_FIRST_ROWS", first_rows)
        texts, place = encoded(spans(values))
    assert [texts[k] for k in place] == values


@given(st.lists(VALUE, max_size=20))
def test_values_are_taken(values):
    rows = np.arange(len(values))[::-2]
    assert taken(spans(values), rows).to_pylist() == values[::-2]
    assert as_binary(spans(values)).to_pylist() == values
