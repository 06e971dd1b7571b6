"""SET1 and SET4 in every layout, byte by byte; what is read back; and SET2 through the dialects of records."""

import io
from datetime import date, datetime

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from cdr_builders import KEY, source, write
from release_builders import DAKAR, DAY, NOON, drawing, events_file, places, released

from jobs.errors import InputError
from jobs.identity.pseudonyms import window_pads
from jobs.records.reading import read_batches
from jobs.release.conformance import read_back, rows_of_bundle
from jobs.release.ego import write_ego_graphs
from jobs.release.layouts import LAYOUTS, Slice
from jobs.release.recipients import Copy
from jobs.release.sample import draw
from jobs.release.traffic import TrafficRule, write_traffic

MONTHS = [Slice(0, date(2013, 1, 1)), Slice(1, date(2013, 2, 1))]
FORTNIGHTS = [Slice(0, date(2013, 1, 7)), Slice(1, date(2013, 2, 4))]
SLICES = {
    "d4d-civ2012": FORTNIGHTS,
    "d4d-sen2014": MONTHS,
    "d4d-d4r2018": MONTHS,
    "parquet": MONTHS,
}
LATER = NOON + 28 * DAY
A, B = (int(places().site_of_cell[cell]) for cell in (0, 3))
"""Sites of the cells 0 and 3."""

CALLS = [
    [("2013-01-07 12", A, B, 2, 130), ("2013-01-07 12", A, -1, 1, 5), ("2013-01-07 13", -1, A, 1, 9)],
    [("2013-02-04 12", B, A, 1, 60)],
]
TEXTS = [[("2013-01-07 12", B, A, 1)], []]
FILES = {
    "d4d-civ2012": ("SET1TSV/SET1TSV_0.TSV", "SET1TSV/SET1TSV_1.TSV", None, None),
    "d4d-sen2014": ("SET1/SET1V_01.CSV", "SET1/SET1V_02.CSV", "SET1/SET1S_01.CSV", "SET1/SET1S_02.CSV"),
    "d4d-d4r2018": (
        "Dataset1/Dataset1_201301.CSV",
        "Dataset1/Dataset1_201302.CSV",
        "Dataset1/Dataset1_SMS_201301.CSV",
        "Dataset1/Dataset1_SMS_201302.CSV",
    ),
    "parquet": (
        "set1/calls_201301.parquet",
        "set1/calls_201302.parquet",
        "set1/texts_201301.parquet",
        "set1/texts_201302.parquet",
    ),
}


def talking(store, name, *rows):
    """Rows of (user, time, cell, kind, direction, other party, seconds)."""
    types = (pa.string(), pa.string(), pa.uint64(), pa.int32())
    names = ("kind", "direction", "counterparty", "duration_s")
    more = {
        n: pa.array([row[3 + k] for row in rows], t)
        for k, (n, t) in enumerate(zip(names, types, strict=True))
    }
    return events_file(store, name, *(row[:3] for row in rows), **more)


@pytest.fixture(scope="module")
def made(spark, tmp_path_factory):
    """SET1 and SET4 of five persons, in every layout; by path below data/."""
    from jobs.engine.store import Store

    store = Store(str(tmp_path_factory.mktemp("bundle")))
    files = [
        talking(
            store,
            "window=3/part-0",
            (1, NOON, 0, "call", "out", 2, 100),
            (2, NOON + 2, 3, "call", "in", 1, 100),
            (3, NOON + 60, 0, "call", "out", 2, 30),
            (2, NOON + 61, 3, "call", "in", 3, 30),
            (1, NOON + 90, 0, "call", "out", 9, 5),
            (2, NOON + 99, 3, "text", "out", 1, None),
            (1, NOON + 99, 0, "text", "in", 2, None),
            (1, NOON + 3600, 0, "call", "in", 9, 9),
            (4, NOON, 1, "data", None, None, 7),
        ),
        talking(
            store,
            "window=5/part-0",
            (1, LATER, 3, "call", "out", 2, 60),
            (2, LATER, 0, "call", "in", 1, 60),
        ),
    ]
    rule = TrafficRule(places().site_of_cell, 1, 10, SLICES)
    write_traffic(spark, store, "b", files, rule, DAKAR.clock, 2)
    drawn = drawing(days={3: 14, 5: 14})
    sample = draw(spark, store, files, drawn, DAKAR.clock, "private")
    pads = {window: window_pads(KEY, window, "release-set4") for window in (3, 5)}
    slices = dict(zip((3, 5), FORTNIGHTS, strict=True))
    write_ego_graphs(spark, store, "b", files, sample, 9, pads, slices, tuple(SLICES), Copy())
    return store, {p.removeprefix("b/data/"): store.read_bytes(p) for p in store.files_below("b/")}


def test_there_are_the_files_of_each_layout_and_no_others(made):
    graphs = {"SET4/GRAPHS_0.TSV", "SET4/GRAPHS_1.TSV", "set4/graphs_01.parquet", "set4/graphs_02.parquet"}
    assert set(made[1]) == {name for names in FILES.values() for name in names if name} | graphs


@pytest.mark.parametrize("layout", FILES)
def test_set1_byte_by_byte_and_read_back(made, layout):
    *calls, first_texts, second_texts = FILES[layout]
    pairs = [*zip(calls, CALLS, strict=True), *zip((first_texts, second_texts), TEXTS, strict=True)]
    for number, (name, rows) in enumerate(pairs):
        if name is None:
            continue
        content = made[1][name]
        rows = sorted(rows)
        if layout == "d4d-civ2012":
            expected = "".join(f"{h}:00:00\t" + "\t".join(map(str, rest)) + "\n" for h, *rest in rows)
        else:
            expected = "".join(",".join(map(str, row)) + "\n" for row in rows)
        if layout != "parquet":
            assert content == expected.encode()
        product = "set1_call" if number < 2 else "set1_text"
        assert LAYOUTS[layout].product_of(name) == product
        table = read_back(content, product, LAYOUTS[layout], name)
        found = [tuple(row.values()) for row in table.to_pylist()]
        assert found == [(datetime.fromisoformat(f"{h}:00:00"), *rest) for h, *rest in rows]


def test_set1_in_parquet_has_the_names_of_the_columns_and_local_hours(made):
    table = pq.read_table(io.BytesIO(made[1]["set1/calls_201301.parquet"]))
    assert table.schema.names == [
        "timestamp",
        "outgoing_site_id",
        "incoming_site_id",
        "number_of_calls",
        "total_call_duration",
    ]
    assert table.schema.field("timestamp").type.tz is None


def test_set4_byte_by_byte_and_read_back(made):
    """Persons 1, 2 and 3 are egos; the graph of each reaches the fourth, who is of another network."""
    first, second = (made[1][f"SET4/GRAPHS_{n}.TSV"] for n in (0, 1))
    assert second == b"1\t10\n2\t11\n"
    rows = [tuple(map(int, line.split("\t"))) for line in first.decode().splitlines()]
    assert rows == sorted(rows)
    assert first == "".join(f"{a}\t{b}\n" for a, b in rows).encode()
    for name, content in made[1].items():
        layout = "parquet" if name.endswith(".parquet") else "d4d-civ2012"
        if LAYOUTS[layout].product_of(name) == "set4":
            table = read_back(content, "set4", LAYOUTS[layout], name)
            expected = rows if "0.TSV" in name or "01." in name else [(1, 10), (2, 11)]
            assert [tuple(row.values()) for row in table.to_pylist()] == expected


def test_a_bundle_is_read_back_whole(made):
    store, _ = made
    rows = rows_of_bundle(store.local("b"))
    assert (rows["set1_call"], rows["set1_text"]) == (4 * 4, 3 * 1)
    assert rows["set4"] % 2 == 0


CIV = "2013-01-07 12:00:00\t1\t2\t3\t40\n"


@pytest.mark.parametrize(
    ("content", "where", "said"),
    [
        (CIV.replace("\t3", "\t03"), 1, "written otherwise"),
        (CIV + CIV.replace("12:00:00", "13:00:01"), None, "Failed to parse"),
        (CIV.replace("\n", "\r\n"), 1, "written otherwise"),
        (CIV.rstrip("\n"), 1, "written otherwise"),
        (CIV + CIV, 2, "stands there twice"),
        (CIV + CIV.replace("12:", "11:"), 1, "not in order"),
        (CIV.replace("\t1\t", "\t0\t"), 1, "numbered from 1"),
        (CIV.replace("\t1\t", "\t-2\t"), 1, "too small"),
        (CIV.replace("\t3\t", "\t0\t"), 1, "number_of_calls is too small"),
        ("date_hour\ta\tb\tc\td\n" + CIV, None, "a"),
        (CIV.replace("\t", ","), None, "column"),
    ],
)
def test_a_file_that_is_not_as_laid_out_is_refused_with_its_line(content, where, said):
    with pytest.raises(InputError, match=said) as refused:
        read_back(content.encode(), "set1_call", LAYOUTS["d4d-civ2012"], "f")
    if where is not None:
        assert refused.value.where == f"f:{where}"


@pytest.mark.parametrize("layout", ["d4d-civ2012", "d4d-sen2014", "d4d-d4r2018"])
def test_set2_is_read_as_records_by_the_dialect_of_its_layout(spark, store, tmp_path, layout):
    files = [events_file(store, "window=3/part-0", (17, NOON + 4205, 0), (17, NOON + 600, 1), (4, NOON, 3))]
    ((name, content),) = released(spark, store, files, drawing(days={3: 14}), (layout,)).items()
    path = write(tmp_path / name, content)
    (batch,) = read_batches(source(path, dialect=layout), str(path))
    found = [column.to_pylist() for column in batch.columns.values()]
    table = read_back(content, "set2", LAYOUTS[layout], name)
    texts = [[str(value).encode() for value in column.to_pylist()] for column in table.columns]
    assert found == texts


@pytest.mark.parametrize("layout", LAYOUTS)
def test_every_file_of_a_layout_is_known_by_its_name(layout):
    piece = Slice(27, date(2017, 4, 1))
    for product, pattern in LAYOUTS[layout].files.items():
        assert LAYOUTS[layout].product_of(piece.file_name(pattern)) == product
    assert LAYOUTS[layout].product_of("od.parquet") is None
