from pathlib import Path

import numpy as np
import pytest
from cdr_builders import source, write
from pydantic import ValidationError

from jobs.identity.subjects import subjects_of
from jobs.records.dialects import DIALECTS
from jobs.records.interactions import columns_of_details, details_of
from jobs.records.reading import read_batches
from jobs.records.sources import CdrSource

DOCS = Path(__file__).resolve().parents[2] / "docs" / "records.md"


@pytest.mark.parametrize(
    ("dialect", "name", "text"),
    [
        ("generic", "a.csv", "user,time,cell\n7,2013-01-07 08:00:00,5\n"),
        ("d4d-civ2012", "POS_SAMPLE_0.TSV", "7\t2013-01-07 08:00:00\t5\n"),
        ("d4d-sen2014", "SET2_P01.CSV", "7,2013-01-07 08:00:00,5\n"),
    ],
)
def test_a_record_of_each_dialect_is_read(tmp_path, dialect, name, text):
    path = write(tmp_path / name, text)
    described = source(path, dialect=dialect)
    (batch,) = read_batches(described, str(path))
    columns = described.columns
    values = [batch.columns[c].to_pylist() for c in (columns.user, columns.time.column, columns.cell)]
    assert values == [[b"7"], [b"2013-01-07 08:00:00"], [b"5"]]


def test_records_of_flowkit_tell_of_both_parties(tmp_path):
    header = "id,outgoing,datetime,duration,network,msisdn,msisdn_counterpart,location_id\n"
    rows = [
        "e1,t,2016-01-01 00:01:17+00,61,n,AF01,BE02,L1\n",
        "e1,f,2016-01-01 00:01:18+00,61.0,n,BE02,AF01,L2\n",
    ]
    described = source(write(tmp_path / "a.csv", header + "".join(rows)), dialect="flowkit-calls")
    (batch,) = read_batches(described, str(tmp_path / "a.csv"))
    key = np.array([1, 2], np.uint64)
    told, refused = details_of(batch.columns, described, key)
    users = subjects_of(batch.columns["msisdn"], described.user_kind, key)
    assert told.others.number.tolist() == users.number.tolist()[::-1]
    found = columns_of_details(told.word, told.others.number, told.others.number > 0)
    assert [found[name].to_pylist() for name in ("kind", "direction", "duration_s")] == [
        ["call", "call"],
        ["out", "in"],
        [61, 61],
    ]
    assert not any(bad.any() for bad, _ in refused)
    texts = source("x", dialect="flowkit-sms").columns
    assert (texts.kind.always, texts.duration_s) == ("text", None)


def test_without_a_name_nothing_is_assumed():
    assert source("x").model_dump(exclude={"dialect"}) == source("x", dialect="generic").model_dump(
        exclude={"dialect"}
    )


def test_keys_of_the_config_override_the_dialect_one_by_one():
    described = source("x", dialect="bupt", user_kind="imsi", columns={"time": {"zone": "UTC"}, "cell": "ci"})
    assert described.user_kind == "imsi"
    assert described.columns.user == "user"
    assert (described.columns.time.column, described.columns.time.zone) == ("start", "UTC")
    assert described.columns.cell == "ci"


def test_a_dialect_leaves_what_it_was_given_as_it_was():
    given = {"path": "x", "dialect": "d4d-sen2014", "columns": {"cell": 3}}
    assert CdrSource.model_validate(given).columns.needed() == [0, 1, 3]
    assert given == {"path": "x", "dialect": "d4d-sen2014", "columns": {"cell": 3}}
    assert source("x", dialect="d4d-sen2014").columns.needed() == [0, 1, 2]


@pytest.mark.parametrize("name", ["d4d", None, ["bupt"], {}])
def test_an_unknown_dialect_is_refused_with_those_that_are_known(name):
    with pytest.raises(ValidationError, match=r"d4d-civ2012.*d4d-sen2014.*multimno.*bupt"):
        source("x", dialect=name)


def test_a_key_that_no_source_has_is_refused_under_a_dialect_too():
    with pytest.raises(ValidationError, match="Extra inputs"):
        source("x", dialect="bupt", columns={"when": "start"})


@pytest.mark.parametrize("name", DIALECTS)
def test_every_dialect_is_whole_and_documented(name):
    assert source("x", dialect=name).dialect == name
    assert f"| `{name}` | {DIALECTS[name].meaning} |" in DOCS.read_text(encoding="utf-8")
