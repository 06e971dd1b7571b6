"""Cutting files: nothing is lost, nothing depends on where the cuts are."""

from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from cdr_builders import ANNA, BABA, CHEIKH, MORNING, csv_of, ingest_plan, source, write
from hypothesis import given, settings
from hypothesis import strategies as st

from jobs.engine.store import Store, digest_of
from jobs.errors import InputError
from jobs.ground.cell_scan import cells_in_records
from jobs.ingest import ingest
from jobs.records import slices
from jobs.records.accounts import QualityParams
from jobs.records.reading import read_batches
from jobs.records.slices import WHOLE, FileSlice, estimated_rows, reading_tasks, slices_of
from kernels.text.quotes import break_in_quotes

HEADER = "user,time,cell\n"


def numbered_rows(path, cuts, **how):
    """Every row of a file as (record number, values or text), numbered through its slices."""
    rows, before = [], 0
    for cut in cuts:
        count = 0
        for batch in read_batches(source(path, **how), str(path), cut):
            values = zip(*(column.to_pylist() for column in batch.columns.values()), strict=True)
            rows += zip((batch.row + before).tolist(), values, strict=True)
            rows += [(number + before, text) for number, text in batch.ragged]
            count += batch.rows_in
        before += 0 if str(path).endswith(".parquet") else count  # where readers know it themselves
    return sorted(rows, key=lambda row: row[0])


def texts(path, cuts):
    content = Path(path).read_bytes()
    return [content[cut.start : cut.end] for cut in cuts]


# -- where files are cut -----------------------------------------------------------------------


def test_a_csv_file_is_cut_after_line_breaks_into_slices_of_about_the_size(tmp_path):
    path = write(tmp_path / "a.csv", HEADER + "1,t,A\n" * 5)
    assert texts(path, slices_of(source(path), str(path), 12)) == [
        HEADER.encode(),
        b"1,t,A\n1,t,A\n",
        b"1,t,A\n1,t,A\n",
        b"1,t,A\n",
    ]


def test_a_small_file_is_one_stream(tmp_path):
    path = write(tmp_path / "a.csv", HEADER)
    assert slices_of(source(path), str(path), len(HEADER)) == [WHOLE]


@pytest.mark.parametrize(
    ("name", "encoding", "how"),
    [
        ("a.csv.gz", "utf-8", {}),
        ("a.csv", "utf-16", {}),
        ("a.csv", "utf-16-le", {}),
        ("a.csv", "cp500", {}),
        ("a.csv", "utf-8", {"newlines_in_values": True}),
    ],
)
def test_what_cannot_be_cut_safely_is_one_stream(tmp_path, name, encoding, how):
    path = write(tmp_path / name, (csv_of((ANNA, MORNING, "A")) * 50).encode(encoding))
    assert slices_of(source(path, encoding=encoding, **how), str(path), 64) == [WHOLE]


@pytest.mark.parametrize("encoding", ["latin-1", "cp1252", "utf-8-sig", "koi8-r"])
def test_encodings_that_keep_the_line_break_are_cut(tmp_path, encoding):
    path = write(tmp_path / "a.csv", (HEADER + "1,t,A\n" * 50).encode(encoding))
    assert len(slices_of(source(path, encoding=encoding), str(path), 64)) > 3


def test_lines_that_end_in_cr_alone_are_one_stream(tmp_path, monkeypatch):
    monkeypatch.setattr(slices, "_LONGEST_LINE", 20)
    path = write(tmp_path / "a.csv", (HEADER + "1,t,A\n" * 50).replace("\n", "\r"))
    assert slices_of(source(path), str(path), 64) == [WHOLE]


def test_reading_tasks_name_file_source_and_slice(tmp_path):
    small, large = write(tmp_path / "a.csv", HEADER), write(tmp_path / "b.csv", HEADER + "1,t,A\n")
    tasks = reading_tasks([source(small)], [(0, str(small)), (0, str(large))], 15)
    assert [(t["file"], t["slice"], t["ends"]) for t in tasks] == [
        (0, 0, {"start": 0, "end": None}),
        (1, 0, {"start": 0, "end": 15}),
        (1, 1, {"start": 15, "end": 21}),
    ]


# -- what readers see of them ------------------------------------------------------------------

LINES = st.lists(
    st.sampled_from(["1,t,A", "2,t", "", "3,u,B,x", '"4,5",u,"say ""C"""', "\ufeff6,t,A"]),
    min_size=1,
    max_size=30,
)


@given(lines=LINES, end=st.sampled_from(["\n", "\r\n"]), ends=st.booleans(), size=st.integers(1, 80))
def test_rows_and_their_numbers_are_those_of_one_stream(lines, end, ends, size, tmp_path_factory):
    path = tmp_path_factory.mktemp("cut") / "a.csv"
    write(path, end.join([HEADER.rstrip(), *lines]) + end * ends)
    cuts = slices_of(source(path), str(path), size)
    assert b"".join(texts(path, cuts)) == path.read_bytes()
    assert numbered_rows(path, cuts) == numbered_rows(path, [WHOLE])


def test_without_a_header_and_in_latin_1(tmp_path):
    path = write(tmp_path / "a.csv", ("1;Thiès\n2;Saint-Louis;\n3;Mékhé\n" * 9).encode("latin-1"))
    columns = {"user": 0, "time": {"column": 0}, "cell": 1}
    how = {"header": False, "delimiter": ";", "encoding": "latin-1", "columns": columns}
    cuts = slices_of(source(path, **how), str(path), 20)
    assert len(cuts) > 5
    assert numbered_rows(path, cuts, **how) == numbered_rows(path, [WHOLE], **how)


def test_a_line_break_inside_quotes_is_refused_where_slices_could_cut_it(tmp_path):
    path = write(tmp_path / "a.csv", HEADER + '1,t,A\n2,t,"B\nC"\n')
    with pytest.raises(
        InputError, match="value in quotes goes on after the end of its line, at byte 27"
    ) as caught:
        numbered_rows(path, slices_of(source(path), str(path), 20))
    assert "newlines_in_values: true" in caught.value.mend
    assert "B" not in caught.value.what


@settings(max_examples=200)
@given(
    st.text(alphabet='a",\n', min_size=1, max_size=30) | st.text(alphabet='a",\n\r', min_size=1, max_size=30)
)
def test_a_value_that_goes_on_after_its_line_is_always_refused(tmp_path_factory, text):
    path = write(tmp_path_factory.mktemp("quotes") / "x.csv", f"a,a\n{text}")
    described = source(path, header=False, columns={"user": 0, "time": {"column": 1}, "cell": 1})
    found = break_in_quotes(np.frombuffer(path.read_bytes(), np.uint8), ord(","), ord('"'))
    told = ""
    try:
        rows = sum(b.rows_in for b in read_batches(described, str(path), FileSlice(0, path.stat().st_size)))
        assert rows > 0
    except InputError as error:
        told = str(error)
    assert ("goes on after the end of its line" in told) == (found >= 0)


def test_a_file_that_becomes_shorter_is_an_input_error(tmp_path):
    path = write(tmp_path / "a.csv", HEADER + "1,t,A\n" * 9)
    with pytest.raises(InputError, match=r"a\.csv: has become shorter"):
        numbered_rows(path, [FileSlice(0, 15), FileSlice(15, 99)])


@pytest.mark.parametrize(("slice_bytes", "cuts"), [(1, 4), (300, 2), (1 << 20, 1)])
def test_parquet_is_cut_between_row_groups_and_rows_keep_their_numbers(tmp_path, slice_bytes, cuts):
    path = tmp_path / "a.parquet"
    users = [str(n) for n in range(10)]
    pq.write_table(pa.table({"user": users, "time": range(10), "cell": users}), path, row_group_size=3)
    found = slices_of(source(path), str(path), slice_bytes)
    assert len(found) == cuts
    assert numbered_rows(path, found) == [(n + 1, (str(n), n, str(n))) for n in range(10)]


def test_an_empty_parquet_file_is_one_stream(tmp_path):
    pq.write_table(pa.table({"user": ["1"], "time": [1], "cell": ["A"]}).slice(1), tmp_path / "a.parquet")
    path = str(tmp_path / "a.parquet")
    assert numbered_rows(path, slices_of(source(path), path, 1)) == []


# -- what becomes of them ----------------------------------------------------------------------


@pytest.fixture(scope="module")
def delivery(tmp_path_factory):
    """Two files that repeat each other's rows, with bad and ragged rows all over them."""
    folder = tmp_path_factory.mktemp("delivery")
    draw = np.random.default_rng(4)
    bad = [f"{ANNA},{MORNING},Z", f"{ANNA},{MORNING}", ",,", f"{BABA},soon,A", "x" * 40]
    for name in ("a.csv", "b.csv"):
        who, cells = draw.choice([ANNA, BABA, CHEIKH], 120), draw.choice(list("ABC"), 120)
        good = [
            f"{user},2013-01-07 08:{draw.integers(60):02d}:00,{cell}"
            for user, cell in zip(who, cells, strict=True)
        ]
        rows = [str(row) for row in draw.permutation(good + bad * 4)]
        write(folder / name, HEADER + "\r\n\r\n".join(rows))
        whole = [row.split(",") for row in rows if row.count(",") == 2]
        columns = dict(zip(("user", "time", "cell"), zip(*whole, strict=True), strict=True))
        pq.write_table(pa.table(columns), folder / f"{name}.parquet", row_group_size=20)
    return folder


def ingested(spark, folder, workspace, slice_bytes):
    """Digest of the events, the account of every file, and the quarantine by record number."""
    store, described = Store(str(workspace)), source(folder)
    plan = ingest_plan(store, described, slice_bytes=slice_bytes)
    files = [(0, path) for path in described.files()]
    result = ingest(spark, plan, files, QualityParams(max_rejected_share=1))
    rejected = [row for file in result.quarantine for row in store.read_table(file).to_pylist()]
    accounts = [account.as_json() for account in result.accounts]
    return digest_of(result.events), accounts, sorted(rejected, key=lambda r: (r["file"], r["row"]))


@pytest.mark.parametrize("slice_bytes", [200, 1000])
def test_events_accounts_and_quarantine_do_not_depend_on_the_cuts(spark, delivery, tmp_path, slice_bytes):
    whole = ingested(spark, delivery, tmp_path / "whole", 1 << 20)
    cut = ingested(spark, delivery, tmp_path / "cut", slice_bytes)
    assert cut == whole
    assert len(whole[2]) == 2 * (20 + 12)
    repeated = {Path(told["file"]).name: told["duplicates"] for told in whole[1]}
    assert repeated["b.csv"] > repeated["a.csv"] > 0
    assert repeated["a.csv.parquet"] == repeated["b.csv.parquet"] == 120


def test_the_cells_of_a_cut_file_are_found(spark, delivery):
    files = [(0, path) for path in source(delivery).files()]
    assert cells_in_records(spark, (source(delivery),), files, 500) == ["A", "B", "C", "Z"]


# -- sizes -------------------------------------------------------------------------------------


def test_rows_are_estimated_by_size_and_known_for_parquet(tmp_path):
    pq.write_table(pa.table({"x": range(7)}), tmp_path / "a.parquet")
    for name in ("a.csv", "a.csv.GZ"):
        (tmp_path / name).write_bytes(bytes(3600))
    assert estimated_rows(source("x"), str(tmp_path / "a.parquet")) == 7
    assert estimated_rows(source("x"), str(tmp_path / "a.csv")) == 100
    assert estimated_rows(source("x"), str(tmp_path / "a.csv.GZ")) == 500
