"""Reading lines where they lie gives what Arrow's reader gives, whatever the lines are like."""

import pytest
from cdr_builders import source, write
from hypothesis import given
from hypothesis import strategies as st

from jobs.errors import InputError
from jobs.records import csv_lines, csv_reading
from jobs.records.csv_lines import read_csv
from jobs.records.csv_reading import read_carefully
from jobs.records.slices import WHOLE, FileSlice

HEADER, MARK = b"user,time,cell\n", b"\xef\xbb\xbf"
QUOTED = [b'""', b'"A"', b'"a,b"', b'"a""b"', b'"a"b', b'a"b', b'"']
PLAIN = [b"221770000001", b"2013-01-07 08:00:00", b"A", b"", b" ", b"\0", "\u00e8".encode()]
VALUE = st.sampled_from([*PLAIN, *QUOTED])
LINE = st.lists(VALUE, min_size=3, max_size=3).map(b",".join)
ODD_LINE = st.lists(VALUE, max_size=5).map(b",".join) | st.text(max_size=20).map(str.encode)
BREAK = st.sampled_from([b"\n", b"\n", b"\r\n", b"\n\n", b"\n\r\n"])
ANY_BREAK = BREAK | BREAK | st.just(b"\r")
CLEAN_LINE = st.lists(
    st.sampled_from([b"1", b"", b'"2"', b'""', b'"3,4"', b'5"6', b'"7""8"']), min_size=1, max_size=4
)
LATIN = st.sampled_from([b"1,2,Thi\xe8s\n", b'"\xff",2,3\n', b"\xfe,,\n"])
TEXT = (
    st.lists(st.tuples(LINE | LINE | ODD_LINE, ANY_BREAK).map(b"".join), max_size=40).map(b"".join)
    | st.lists(st.tuples(CLEAN_LINE.map(b",".join), BREAK).map(b"".join), max_size=40).map(b"".join)
    | st.lists(LATIN, max_size=20).map(b"".join)
    | st.text(alphabet='ab",\n', max_size=60).map(str.encode)
)
BLOCKS = st.sampled_from([40, 100, 1 << 16])
END = st.sampled_from([b"", b"1,2,3", b"4,5", b"\r", b"\n", b" "])


def told(reader, *how):
    """Rows and ragged rows, or what is refused."""
    rows, ragged = [], []
    try:
        for batch in reader(*how):
            columns = batch.in_arrow().columns.values()
            values = zip(*(column.to_pylist() for column in columns), strict=True)
            rows += zip(batch.row.tolist(), values, strict=True)
            ragged += batch.ragged
    except InputError as error:
        return error.what
    return rows, ragged


def assert_same(path, cut, block_bytes):
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(csv_reading, "BLOCK_BYTES", block_bytes)
        expected = told(read_carefully, source(path), str(path), cut)
        assert told(read_csv, source(path), str(path), cut) == expected


@pytest.fixture(scope="module")
def path(tmp_path_factory):
    return tmp_path_factory.mktemp("lines") / "a.csv"


@given(text=TEXT, block_bytes=BLOCKS, mark=st.booleans(), end=END)
def test_whole_files_are_read_as_by_arrow(path, text, block_bytes, mark, end):
    path.write_bytes(MARK * mark + HEADER + text + end)
    assert_same(path, WHOLE, block_bytes)


@given(text=TEXT, block_bytes=BLOCKS, mark=st.booleans())
def test_slices_are_read_as_by_arrow(path, text, block_bytes, mark):
    beginning = HEADER + b"1,2,3\n"
    path.write_bytes(beginning + MARK * mark + text)
    assert_same(path, FileSlice(len(beginning), path.stat().st_size), block_bytes)
    assert_same(path, FileSlice(0, path.stat().st_size), block_bytes)


@pytest.mark.parametrize(
    "beginning",
    [b"\n", b"\r\n", b"user,time,cell\r", b'user,time,"cell\nx"\n', b"\xef\xbb", b"\xef\xbb\xbf\n"],
)
def test_beginnings_that_are_not_plain(path, beginning):
    path.write_bytes(beginning + HEADER + b"1,2,3\n")
    assert_same(path, WHOLE, 1 << 16)


@given(lines=st.lists(st.tuples(CLEAN_LINE, BREAK), max_size=40), block_bytes=BLOCKS)
def test_values_that_end_on_their_line_need_no_other_reader(path, lines, block_bytes):
    path.write_bytes(HEADER + b"".join(b",".join(line) + end for line, end in lines))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(csv_reading, "BLOCK_BYTES", block_bytes)
        patch.delattr(csv_lines, "read_carefully")
        told(read_csv, source(path), str(path), WHOLE)


@pytest.mark.parametrize(("odd", "of", "is_left"), [(1000, 2000, 0), (1100, 9000, 0), (1100, 2000, 1)])
def test_a_file_of_many_odd_lines_is_left_to_arrow(path, monkeypatch, odd, of, is_left):
    path.write_bytes(HEADER + b'"1""",2,3\n' * (odd - 1) + b"1,2,3\n" * (of - odd) + b"1,2\n")
    assert_same(path, WHOLE, 1 << 16)
    calls = []
    monkeypatch.setattr(csv_lines, "read_carefully", lambda *how: calls.append(how) or [])
    told(read_csv, source(path), str(path), WHOLE)
    assert len(calls) == is_left


@pytest.mark.parametrize("header", [b"user,time,cell,,", b"user,time,cell,cell,x", b"x,time,cell,user,user"])
def test_names_of_two_columns(path, header):
    path.write_bytes(header + b'\n1,2,3,4,5\n"1""",2,3,4,5\n1,2\n')
    assert_same(path, WHOLE, 1 << 16)


@pytest.mark.parametrize(
    ("ends", "encoding"), [(".csv.gz", "utf-8"), (".csv", "latin-1"), (".csv", "utf-16")]
)
def test_packed_and_other_encodings_need_no_other_reader(tmp_path, monkeypatch, ends, encoding):
    monkeypatch.delattr(csv_lines, "read_carefully")
    text = (HEADER.decode() + "1,2,Thi\u00e8s\n" * 9).encode(encoding)
    path = write(tmp_path / f"a{ends}", text)
    described = source(path, encoding=encoding)
    rows = [(2 + n, (b"1", b"2", "Thi\u00e8s".encode())) for n in range(9)]
    assert told(read_csv, described, str(path), WHOLE) == (rows, [])


def test_a_ragged_row_that_is_no_utf8_is_set_aside(path):
    path.write_bytes(HEADER + b'1,2,Thi\xe8s\n221770000001,Thi\xe8s\n"4""\xff",5,6\n')
    rows = [(2, (b"1", b"2", b"Thi\xe8s")), (4, (b'4"\xff', b"5", b"6"))]
    assert told(read_csv, source(path), str(path), WHOLE) == (rows, [(3, "221770000001,Thi\\xe8s")])


@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
def test_an_error_of_arrow_tells_no_value(path):
    path.write_bytes(HEADER + b"1,2,3\r221770000001,Thi\xe8s\n")
    assert told(read_csv, source(path), str(path), WHOLE).endswith("Expected 3 columns, got 2)")
