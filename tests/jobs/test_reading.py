import bz2
import gzip
import itertools

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from cdr_builders import csv_of, source, write
from hypothesis import given
from hypothesis import strategies as st

from jobs.errors import InputError
from jobs.records import csv_reading, reading
from jobs.records.reading import as_binary, read_batches, text_parts

HEADER = "user,time,cell\n"


def rows_of(path, **how):
    """Rows as (record number, values), ragged ones as (record number, text)."""
    good, ragged = [], []
    for batch in read_batches(source(path, **how), str(path)):
        assert batch.rows_in == len(batch.row) + len(batch.ragged)
        values = zip(*(column.to_pylist() for column in batch.columns.values()), strict=True)
        good += list(zip(batch.row.tolist(), values, strict=True))
        ragged += batch.ragged
    return good, ragged


def test_text_is_read_as_bytes_and_rows_are_numbered_with_the_header(tmp_path):
    path = write(tmp_path / "a.csv", csv_of(("1", "t", "A"), ("2", "u", "B")))
    assert rows_of(path) == ([(2, (b"1", b"t", b"A")), (3, (b"2", b"u", b"B"))], [])


def test_columns_by_position_without_a_header_are_numbered_from_one(tmp_path):
    path = write(tmp_path / "a.csv", "x;1;t;A\nx;2;u;B\n")
    how = {"header": False, "delimiter": ";", "columns": {"user": 1, "time": {"column": 2}, "cell": 3}}
    assert rows_of(path, **how)[0] == [(1, (b"1", b"t", b"A")), (2, (b"2", b"u", b"B"))]


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("bom.csv", b"\xef\xbb\xbfuser,time,cell\n1,t,A\n"),
        ("crlf.csv", b"user,time,cell\r\n1,t,A\r\n"),
        ("cr.csv", b"user,time,cell\r1,t,A\r"),
        ("no-end.csv", b"user,time,cell\n1,t,A"),
        ("blank.csv", b"user,time,cell\n\n1,t,A\n\n"),
        ("quoted.csv", b'"user","time","cell"\n"1","t","A"\n'),
        ("order.csv", b"cell,x,user,time\nA,9,1,t\n"),
        ("packed.csv.GZ", gzip.compress(b"user,time,cell\n1,t,A\n", mtime=0)),
        ("parts.csv.gz", gzip.compress(b"user,time,cell\n", mtime=0) + gzip.compress(b"1,t,A\n", mtime=0)),
        ("packed.csv.bz2", bz2.compress(b"user,time,cell\n1,t,A\n")),
    ],
)
def test_one_row_in_many_dialects(tmp_path, name, content):
    path = tmp_path / name
    path.write_bytes(content)
    assert [values for _, values in rows_of(path)[0]] == [(b"1", b"t", b"A")]


@pytest.mark.parametrize("encoding", ["latin-1", "utf-16", "utf-16-le", "cp1252"])
def test_other_encodings_arrive_as_utf8(tmp_path, encoding):
    path = tmp_path / "a.csv"
    path.write_bytes((HEADER + "1,t,Thiès\n").encode(encoding))
    assert rows_of(path, encoding=encoding)[0] == [(2, (b"1", b"t", "Thiès".encode()))]


def test_bytes_that_are_no_utf8_are_kept(tmp_path):
    path = tmp_path / "a.csv"
    path.write_bytes(HEADER.encode() + b"1,t,Thi\xe8s\n2\x00,u,B\n")
    assert [values for _, values in rows_of(path)[0]] == [(b"1", b"t", b"Thi\xe8s"), (b"2\x00", b"u", b"B")]


def test_quoted_values_may_hold_delimiters_quotes_and_line_breaks(tmp_path):
    path = write(tmp_path / "a.csv", HEADER + '"1,5",t,"say ""A"""\n"2\n3",u,B\n4,v,C\n')
    good, ragged = rows_of(path, newlines_in_values=True)
    assert [number for number, _ in good] == [2, 3, 4]
    assert [values[0] for _, values in good] == [b"1,5", b"2\n3", b"4"]
    assert good[0][1][2] == b'say "A"'
    assert ragged == []


@pytest.mark.parametrize("block_bytes", [24, 64, 1 << 20])
@given(widths=st.lists(st.sampled_from([3, 3, 3, 2, 4]), min_size=1, max_size=40), blank=st.booleans())
def test_ragged_rows_are_set_aside_and_every_row_keeps_its_number(
    block_bytes, widths, blank, tmp_path_factory
):
    path = tmp_path_factory.mktemp("ragged") / "a.csv"
    lines = [",".join(str(n % 10) * width) for n, width in enumerate(widths)]
    write(path, HEADER + ("\n\n" if blank else "\n").join(lines) + "\n")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(csv_reading, "BLOCK_BYTES", block_bytes)
        good, ragged = rows_of(path)
    numbered = list(enumerate(lines, start=2))
    assert [number for number, _ in good] == [n for n, line in numbered if len(line) == 5]
    assert ragged == [(n, line) for n, line in numbered if len(line) != 5]


def test_a_file_of_ragged_rows_alone_and_one_of_a_header_alone(tmp_path):
    assert rows_of(write(tmp_path / "a.csv", HEADER + "1,t\n")) == ([], [(2, "1,t")])
    assert rows_of(write(tmp_path / "b.csv", HEADER)) == ([], [])


def test_parquet_rows_are_numbered_through_batches(tmp_path, monkeypatch):
    monkeypatch.setattr(reading, "_PARQUET_ROWS", 2)
    path = tmp_path / "a.parquet"
    pq.write_table(pa.table({"x": [0] * 5, "user": list("12345"), "time": range(5), "cell": [7] * 5}), path)
    good, _ = rows_of(path)
    assert good == [(n + 1, (str(n + 1), n, 7)) for n in range(5)]


def test_a_parquet_file_with_a_spoilt_page_is_an_input_error(tmp_path):
    path = tmp_path / "a.parquet"
    pq.write_table(
        pa.table({"user": [str(n) for n in range(5000)], "time": range(5000), "cell": [7] * 5000}), path
    )
    content = bytearray(path.read_bytes())
    content[200:6000] = b"\xff" * 5800
    path.write_bytes(content)
    with pytest.raises(InputError, match=r"a\.parquet: cannot be read to its end"):
        rows_of(path)


def test_gzip_that_breaks_off_late_is_an_input_error(tmp_path):
    numbers = np.random.default_rng(1).integers(10**11, 10**12, 150_000)
    path = write(tmp_path / "a.csv.gz", HEADER + "".join(f"{n},t,A\n" for n in numbers))
    path.write_bytes(path.read_bytes()[:-5000])
    with pytest.raises(InputError, match=r"a\.csv\.gz: cannot be read to its end"):
        rows_of(path)


@pytest.mark.parametrize(
    "column",
    [
        pa.array(["12", "7", None]),
        pa.array(["12", "7", None], pa.large_string()),
        pa.array(["12", "7", None]).dictionary_encode(),
        pa.array([b"12", b"7", None], pa.binary()),
        pa.array([b"12", b"7", None], pa.large_binary()),
        pa.array([12, 7, None]),
        pa.array([12.0, 7.0, None]),
        pa.array([12, 7, None], pa.float32()),
        pa.array(["x", "12", "7", None]).slice(1),
    ],
    ids=lambda column: str(column.type),
)
def test_any_column_becomes_bytes_of_text(column):
    assert as_binary(column).to_pylist() == [b"12", b"7", None]
    data, offsets = text_parts(column)
    assert [data[a:b].tobytes() for a, b in itertools.pairwise(offsets)] == [b"12", b"7", b""]


def test_long_numbers_that_were_made_floats_are_written_in_full():
    column = pa.array([221770000001.0, 0.5, float("nan"), 1e300])
    assert as_binary(column).to_pylist() == [b"221770000001", b"0.5", b"nan", b"1e+300"]
