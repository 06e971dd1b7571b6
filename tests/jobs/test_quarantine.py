import json

import numpy as np
import pyarrow as pa
from hypothesis import given
from hypothesis import strategies as st

from jobs.records.checking import CheckedBatch
from jobs.records.quarantine import rejected_rows
from jobs.records.raw import RawBatch

VALUE = st.sampled_from(["1", "", 'a"b', "a\\b", "\n", "\x7f", "\x1f", "Thiès", None]) | st.text(max_size=5)


@given(st.lists(st.tuples(VALUE, VALUE), min_size=1, max_size=9), st.booleans())
def test_rejected_rows_are_written_as_json(rows, is_latin):
    users, cells = zip(*rows, strict=True)
    user = [None if text is None else text.encode() for text in users] + [b"\xe8"] * is_latin
    times, rest = range(len(user)), [None] * is_latin
    columns = {'a "name"': pa.array(user, pa.binary()), 1: pa.array([*cells, *rest]).dictionary_encode()}
    columns["time"] = pa.array(times)
    nothing = np.zeros(len(user), np.int32)
    checked = CheckedBatch(nothing.astype(np.int64), nothing, np.ones(len(user), np.int8))
    table = rejected_rows("f", RawBatch(columns, np.arange(len(user)), []), checked)
    texts = [*users, *["\\xe8"] * is_latin]
    expected = [
        {'a "name"': text, "1": cell, "time": str(time)}
        for text, cell, time in zip(texts, [*cells, *rest], times, strict=True)
    ]
    assert table["raw"].to_pylist() == [json.dumps(row, ensure_ascii=False) for row in expected]
    assert set(table["reason"].to_pylist()) == {"missing_user"}
