"""SET2 and SET3: layouts byte by byte, who is drawn, and what must not be in them."""

import io
from datetime import date

import h3.api.basic_int as h3
import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from cdr_builders import KEY, source, write
from hypothesis import given
from hypothesis import strategies as st
from release_builders import (
    DAY,
    HEXAGONS,
    MONDAY,
    NOON,
    SITES,
    cells,
    drawing,
    events_file,
    places,
    ranks,
    released,
    zones,
)

from jobs.calendars.days import CalendarParams
from jobs.identity.pseudonyms import window_pads
from jobs.records.reading import read_batches
from jobs.release.layouts import LAYOUTS, Slice, month_of
from jobs.release.params import Eligibility
from jobs.release.places import context_files, places_of
from jobs.release.recipients import Copy, whose_copy
from jobs.release.sample import activity_of, draw, keyed_order

USERS = [2**63 + 9, 17, 400]


def site(cell: int) -> int:
    hexagon = HEXAGONS[cell]
    return -1 if hexagon is None else sorted(SITES).index(hexagon) + 1


def three_users(store) -> list:
    return [
        events_file(store, "window=3/part-0", (17, NOON + 4205, 0), (17, NOON + 600, 1), (400, NOON + 61, 3)),
        events_file(store, "window=3/part-1", (2**63 + 9, NOON + 599, 4)),
        events_file(store, "window=4/part-0", (17, NOON + 14 * DAY, 0)),
    ]


def lines(content: bytes) -> list[str]:
    return content.decode().splitlines()


def test_senegal_set2_byte_by_byte(spark, store):
    rule = drawing()
    files = released(spark, store, three_users(store), rule, ("d4d-sen2014",))
    number = ranks(USERS, rule, 3)
    rows = sorted(
        [
            (number[17], "2013-01-07 12:10:00", site(1)),
            (number[17], "2013-01-07 13:10:00", site(0)),
            (number[400], "2013-01-07 12:00:00", site(3)),
            (number[2**63 + 9], "2013-01-07 12:00:00", -1),
        ]
    )
    assert files == {
        "SET2/SET2_P01.CSV": "".join(f"{u},{t},{s}\n" for u, t, s in rows).encode(),
        "SET2/SET2_P02.CSV": f"1,2013-01-21 12:00:00,{site(0)}\n".encode(),
    }


def test_ivory_coast_set2_byte_by_byte(spark, store):
    rule = drawing()
    files = released(spark, store, three_users(store), rule, ("d4d-civ2012",))
    number = ranks(USERS, rule, 3)
    rows = sorted(
        [
            (number[17], "2013-01-07 12:10:00", site(1)),
            (number[17], "2013-01-07 13:10:00", site(0)),
            (number[400], "2013-01-07 12:01:00", site(3)),
            (number[2**63 + 9], "2013-01-07 12:09:00", -1),
        ]
    )
    assert files == {
        "SET2TSV/POS_SAMPLE_0.TSV": "".join(f"{u}\t{t}\t{s}\n" for u, t, s in rows).encode(),
        "SET2TSV/POS_SAMPLE_1.TSV": f"1\t2013-01-21 12:00:00\t{site(0)}\n".encode(),
    }


@pytest.mark.parametrize(
    ("layout", "name", "text"),
    [
        ("d4d-civ2012", "SET3TSV/SUBPREF_POS_SAMPLE_A.TSV", "1\t2013-01-07 12:10:00\t1\n"),
        ("d4d-sen2014", "SET3/SET3_M01.CSV", "1,2013-01-07 12:10:00,1\n"),
        ("d4d-d4r2018", "Dataset3/Dataset3_201301.CSV", "1,2013-01-07 12:10:00,1\n"),
    ],
)
def test_set3_names_zones_and_months(spark, store, layout, name, text):
    files = [events_file(store, "window=3/part-0", (17, NOON + 610, 1))]
    month = month_of(MONDAY)
    rule = drawing("set3", kind="month", days={month: 14})
    slices = {month: [Slice(0, date(2013, 1, 1))]}
    assert released(spark, store, files, rule, (layout,), slices=slices) == {name: text.encode()}


def test_parquet_holds_the_same_rows_typed(spark, store):
    files = released(spark, store, three_users(store), drawing(), ("d4d-sen2014", "parquet"))
    table = pq.read_table(io.BytesIO(files["set2/traces_01.parquet"]))
    assert [str(t) for t in table.schema.types] == ["int32", "timestamp[ms]", "int32"]
    rows = [f"{r['user_id']},{r['timestamp']:%Y-%m-%d %H:%M:%S},{r['site_id']}" for r in table.to_pylist()]
    assert rows == lines(files["SET2/SET2_P01.CSV"])


@pytest.mark.parametrize("layout", ["d4d-civ2012", "d4d-sen2014", "d4d-d4r2018"])
def test_our_own_reader_reads_every_layout_back(spark, store, tmp_path, layout):
    files = released(spark, store, three_users(store), drawing(), (layout,))
    name, content = sorted(files.items())[0]
    path = write(tmp_path / name.split("/")[1], content)
    described = source(path, dialect=layout)
    (batch,) = read_batches(described, str(path))
    read = [
        [value.decode() for value in batch.columns[c].to_pylist()]
        for c in (described.columns.user, described.columns.time.column, described.columns.cell)
    ]
    delimiter = LAYOUTS[layout].delimiter
    assert list(zip(*read, strict=True)) == [tuple(line.split(delimiter)) for line in lines(content)]


def test_how_events_are_cut_into_files_changes_nothing_and_neither_does_their_order(spark, store):
    first = released(spark, store, three_users(store), drawing(), ("d4d-sen2014",))
    rows = [(17, NOON + 600, 1), (17, NOON + 4205, 0), (400, NOON + 61, 3), (2**63 + 9, NOON + 599, 4)]
    whole = [
        events_file(store, "window=4/part-7", (17, NOON + 14 * DAY, 0)),
        events_file(store, "window=3/part-7", *rows),
    ]
    assert released(spark, store, whole, drawing(), ("d4d-sen2014",), folder="releases/e") == first


def test_times_are_local_and_cut_to_the_step(spark, store):
    files = [events_file(store, "window=3/part-0", (17, NOON + 4205, 0))]
    madrid = CalendarParams(zone="Europe/Madrid")
    how = {"calendar": madrid, "step_s": 3600}
    (content,) = released(spark, store, files, drawing(days={3: 14}), ("d4d-sen2014",), **how).values()
    assert content == f"1,2013-01-07 14:00:00,{site(0)}\n".encode()


def test_a_sample_is_the_first_in_keyed_order_numbered_from_one(spark, store):
    people = range(100, 130)
    files = [
        events_file(
            store, f"window=3/part-{part}", *((who, NOON + who * 60, 0) for who in people if who % 2 == part)
        )
        for part in range(2)
    ]
    rule = drawing(users=8, days={3: 14})
    (content,) = released(spark, store, files, rule, ("d4d-civ2012",)).values()
    assert [int(line.split("\t")[0]) for line in lines(content)] == list(range(1, 9))
    order = keyed_order(np.array(people, np.uint64), rule.pads[3])
    drawn = np.array(people)[np.argsort(order)[:8]]
    clock = [f"2013-01-07 {12 + who // 60}:{who % 60:02d}:00" for who in drawn]
    assert [line.split("\t")[1] for line in lines(content)] == clock


def test_only_active_people_who_are_no_machines_are_drawn(spark, store):
    """Eleven days of fourteen are more than 75 %, ten are not; 1,000 a week are a machine."""
    often = [(1, NOON + d * DAY, 0) for d in range(11)]
    rarely = [(2, NOON + d * DAY, 0) for d in range(10)] + [(2, NOON + m, 0) for m in range(100)]
    busy = [(3, NOON + n * 604, 0) for n in range(1999)]
    machine = [(4, NOON + n * 604, 0) for n in range(2000)]
    files = [events_file(store, "window=3/part-0", *often, *rarely, *busy, *machine)]
    rule = drawing(days={3: 14}, eligibility=Eligibility())
    sample = draw(spark, store, files, rule, CalendarParams().clock, "private")
    assert sample.figures() == {"seen": [4], "eligible": [2], "drawn": [2]}
    assert (sample.ids_of(store, 3, np.array([1, 2, 3, 4], np.uint64)) > 0).tolist() == [
        True,
        False,
        True,
        False,
    ]


def test_a_person_known_over_windows_keeps_an_identifier_and_counts_once(spark, store):
    files = [
        events_file(store, "window=3/part-0", (17, NOON, 0), (18, NOON, 1)),
        events_file(store, "window=4/part-0", (99, NOON + 14 * DAY, 0), (98, NOON + 14 * DAY, 1)),
    ]
    links = {
        3: pa.table({"user": pa.array([17, 18], pa.uint64()), "person": pa.array([5, 6], pa.uint64())}),
        4: pa.table({"user": pa.array([98, 99], pa.uint64()), "person": pa.array([6, 5], pa.uint64())}),
    }
    persons = {
        f.name: store.write_table("private", f"w{w}", links[w]).path
        for f, w in zip(files, (3, 4), strict=True)
    }
    month = month_of(MONDAY)
    rule = drawing("set3", kind="month", days={month: 25}, persons=persons)
    slices = {month: [Slice(0, date(2013, 1, 1))]}
    (content,) = released(spark, store, files, rule, ("d4d-sen2014",), slices=slices).values()
    by_person: dict[str, list[str]] = {}
    for line in lines(content):
        who, _, zone = line.split(",")
        by_person.setdefault(who, []).append(zone)
    assert sorted(by_person) == ["1", "2"]
    assert all(len(zones) == 2 and len(set(zones)) == 1 for zones in by_person.values())


def test_a_copy_lacks_its_own_people_in_every_layout_and_names_its_owner(spark, store):
    files = [events_file(store, "window=3/part-0", *((who, NOON, 0) for who in range(1, 401)))]
    rule = drawing(users=400, days={3: 14})
    copies = {
        name: Copy(0.1, {"set2": window_pads(KEY, 0, f"copy-{name}")}) for name in ("lab-a", "lab-b", "lab-c")
    }
    layouts = ("d4d-sen2014", "d4d-civ2012")
    made = {
        n: released(spark, store, files, rule, layouts, copy=c, folder=f"r/{n}") for n, c in copies.items()
    }
    present = {n: {int(x.split(",")[0]) for x in lines(f["SET2/SET2_P01.CSV"])} for n, f in made.items()}
    assert all(340 < len(ids) < 380 for ids in present.values())
    assert len({frozenset(ids) for ids in present.values()}) == 3
    in_tsv = {int(line.split("\t")[0]) for line in lines(made["lab-b"]["SET2TSV/POS_SAMPLE_0.TSV"])}
    assert in_tsv == present["lab-b"]
    half = np.array(sorted(present["lab-b"])[::2], np.int32)
    told = whose_copy(half, "set2", copies)
    assert told[0]["recipient"] == "lab-b"
    assert told[0]["not_in_copy"] == 0
    assert told[0]["chance_if_not"] < 1e-7
    assert all(entry["not_in_copy"] > 5 for entry in told[1:])


def test_no_key_and_no_pseudonym_stands_in_a_release(spark, store):
    rule = drawing()
    files = released(spark, store, three_users(store), rule, ("d4d-sen2014", "d4d-civ2012"))
    everything = b"".join(files.values())
    order = keyed_order(np.array(USERS, np.uint64), rule.pads[3]).tolist()
    assert not [n for n in [*order, 2**63 + 9] if str(n).encode() in everything]


def test_the_keyed_order_needs_the_key_and_the_window():
    users = np.arange(50, dtype=np.uint64)
    keys = [(KEY, 3), (KEY, 4), (KEY[::-1], 3)]
    orders = [tuple(np.argsort(keyed_order(users, window_pads(k, w, "release"))).tolist()) for k, w in keys]
    assert len(set(orders)) == 3


@given(st.lists(st.tuples(st.integers(1, 4), st.integers(0, 40 * DAY)), max_size=60))
def test_activity_is_as_counted_by_hand(rows):
    rows = sorted(rows)
    found = activity_of(
        np.array([r[0] for r in rows], np.uint64),
        np.array([r[1] for r in rows], np.int64),
        lambda day: day // 7,
    )
    by_hand: dict[tuple[int, int], list[int]] = {}
    for user, second in rows:
        by_hand.setdefault((user, second // DAY // 7), []).append(second // DAY)
    told = {
        (int(u), int(p)): (int(d), int(n))
        for u, p, d, n in zip(*(found[k] for k in ("user", "period", "days", "interactions")), strict=True)
    }
    assert told == {key: (len(set(days)), len(days)) for key, days in by_hand.items()}


# -- places ------------------------------------------------------------------------------------


def test_context_of_each_layout_byte_by_byte():
    where = places()
    middle = {s: h3.cell_to_latlng(cell) for s, cell in enumerate(sorted(SITES), 1)}
    zone = {site(0): 2, site(1): 1, site(3): -1}
    sen = context_files(where, LAYOUTS["d4d-sen2014"])
    rows = [f"{s},{zone[s]},{lon:.6f},{lat:.6f}" for s, (lat, lon) in middle.items()]
    assert sen["ContextData/SITE_ARR_LONLAT.CSV"].decode() == "\n".join(["site_id,arr_id,lon,lat", *rows, ""])
    header, first, _ = lines(sen["ContextData/ARR_LONLAT.CSV"])
    assert header == "arr_id,arr,lon,lat"
    assert first.startswith("1,Médina,-17.4")
    civ = context_files(where, LAYOUTS["d4d-civ2012"])
    antennas = [f"{s}\t{lon:.6f}\t{lat:.6f}" for s, (lat, lon) in middle.items()]
    assert civ["ANT_POS.TSV"].decode() == "\n".join([*antennas, ""])
    assert civ["SUBPREF_POS_LONLAT.TSV"].decode().splitlines()[0].split("\t")[0] == "1"
    d4r = context_files(where, LAYOUTS["d4d-d4r2018"])
    assert lines(d4r["DISTRICT_LONLAT.CSV"])[0] == "id,district,city,lon,lat"


def test_sites_are_hexagons_unless_cells_are_asked_for():
    plan = places("cell")
    assert plan.site_of_cell.tolist() == [1, 2, 3, 4, 5]
    assert set(plan.sites["h3"].to_pylist()) == {""}
    named = [int(cell, 16) for cell in places().sites["h3"].to_pylist()]
    assert named == sorted(SITES)


def test_without_zones_larger_hexagons_stand_in():
    bare = cells().set_column(5, "zone", pa.nulls(5, pa.string()))
    where = places_of(bare, zones().slice(0, 0), "h3", 2)
    parents = sorted({h3.cell_to_parent(cell, 5) for cell in SITES})
    assert [int(z, 16) for z in where.zones["zone"].to_pylist()] == parents
    assert where.zone_of_cell[4] == -1
