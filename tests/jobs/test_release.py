"""Bundles: their layout byte by byte, and what must not be in them."""

import hashlib
import io
from datetime import date

import h3.api.basic_int as h3
import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from cdr_builders import KEY, utc
from pydantic import ValidationError

from jobs import tables
from jobs.calendar import CalendarParams
from jobs.pseudonyms import window_pads
from jobs.release import ReleaseParams, SampleRule, digests, keyed_order, write_aggregate, write_set2

NOON = (date(2013, 1, 7) - date(1970, 1, 1)).days * 86_400 + 12 * 3600
SITES = [h3.latlng_to_cell(14.70 + 0.05 * n, -17.45, 7) for n in range(3)]
CELLS = pa.table({"h3": pa.array([SITES[2], SITES[0], SITES[0], SITES[1]], pa.int64())})
"""Four radio cells on three hexagons."""
USERS = [2**63 + 9, 17, 400]
DAKAR, MADRID = CalendarParams(zone="Africa/Dakar"), CalendarParams(zone="Europe/Madrid")


def events_file(store, name: str, *rows: tuple[int, int, int]):
    columns = {
        "user": pa.array([row[0] for row in rows], pa.uint64()),
        "window": [int(name.split("/")[0].split("=")[1])] * len(rows),
        "time": utc([row[1] for row in rows]),
        "cell": [row[2] for row in rows],
    }
    return store.write_table("tables/events/b", name, tables.EVENTS.conform(pa.table(columns)))


def rule(users: int = 10) -> SampleRule:
    return SampleRule({window: window_pads(KEY, window, "release") for window in (3, 4)}, users)


def released(spark, store, files, users=10, calendar=DAKAR, **how) -> list[list[str]]:
    """Lines of each SET2 file."""
    write_set2(spark, store, "releases/d", files, CELLS, rule(users), calendar, ReleaseParams(**how))
    paths = [path for path in store.files_below("releases/d") if "/SET2/" in path]
    return [store.read_bytes(path).decode().splitlines() for path in paths]


def ranks() -> dict[int, int]:
    """Released identifier of each user: the rank in keyed order."""
    order = keyed_order(np.array(USERS, np.uint64), rule().pads[3]).tolist()
    return {user: sorted(order).index(o) + 1 for user, o in zip(USERS, order, strict=True)}


SITE = {
    cell: np.unique(CELLS["h3"].to_numpy()).tolist().index(CELLS["h3"][cell].as_py()) + 1 for cell in range(4)
}


def test_set2_is_written_as_in_the_d4d_challenge(spark, store):
    first = events_file(store, "window=3/part-0", (17, NOON + 4205, 0), (17, NOON + 600, 1), (400, NOON, 3))
    second = events_file(store, "window=3/part-1", (2**63 + 9, NOON + 599, 2))
    later = events_file(store, "window=4/part-0", (17, NOON + 14 * 86_400, 0))
    lines, next_window = released(spark, store, [second, first, later])
    number = ranks()
    expected = [
        (number[17], "2013-01-07 12:10:00", SITE[1]),
        (number[17], "2013-01-07 13:10:00", SITE[0]),
        (number[400], "2013-01-07 12:00:00", SITE[3]),
        (number[2**63 + 9], "2013-01-07 12:00:00", SITE[2]),
    ]
    assert lines == [f"{user},{time},{site}" for user, time, site in sorted(expected)]
    assert next_window == [f"1,2013-01-21 12:00:00,{SITE[0]}"]
    raw = store.read_bytes("releases/d/SET2/SET2_P01.CSV")
    assert raw == "".join(f"{line}\n" for line in lines).encode()
    assert sorted(path.removeprefix("releases/d/") for path in store.files_below("releases/d")) == [
        "ContextData/SITE_LONLAT.CSV",
        "SET2/SET2_P01.CSV",
        "SET2/SET2_P02.CSV",
    ]
    bundle = b"".join(store.read_bytes(path) for path in store.files_below("releases/d"))
    for user in (17, 400, 2**63 + 9):
        order = keyed_order(np.array([user], np.uint64), rule().pads[3])[0]
        assert str(order).encode() not in bundle
    assert str(2**63 + 9).encode() not in bundle

    # Cut otherwise into files, and in another clock.
    whole = events_file(
        store,
        "window=3/part-0",
        *[(17, NOON + 600, 1), (17, NOON + 4205, 0), (400, NOON, 3), (2**63 + 9, NOON + 599, 2)],
    )
    again, _ = released(spark, store, [later, whole])
    assert again == lines
    madrid, _ = released(spark, store, [later, whole], calendar=MADRID, time_step_s=3600)
    assert madrid[0].split(",")[1] in ("2013-01-07 13:00:00", "2013-01-07 14:00:00")


def test_a_sample_is_the_first_in_keyed_order_numbered_from_one(spark, store):
    people = range(100, 130)
    files = [
        events_file(
            store, f"window=3/part-{part}", *((who, NOON + who, 0) for who in people if who % 2 == part)
        )
        for part in range(2)
    ]
    (lines,) = released(spark, store, files, users=8, time_step_s=1)
    assert [int(line.split(",")[0]) for line in lines] == list(range(1, 9))
    order = keyed_order(np.array(people, np.uint64), rule().pads[3])
    drawn = np.array(people)[np.argsort(order)[:8]]
    clock = [f"2013-01-07 12:{who // 60:02d}:{who % 60:02d}" for who in drawn]
    assert [line.split(",")[1] for line in lines] == clock


def test_the_sites_of_a_bundle_are_hexagons(spark, store):
    released(spark, store, [events_file(store, "window=3/part-0", (17, NOON, 0))])
    header, *sites = store.read_bytes("releases/d/ContextData/SITE_LONLAT.CSV").decode().splitlines()
    assert header == "site_id,h3,lon,lat"
    assert [line.split(",")[0] for line in sites] == ["1", "2", "3"]
    for line in sites:
        _, cell, lon, lat = line.split(",")
        assert h3.latlng_to_cell(float(lat), float(lon), 7) == int(cell, 16)


def test_the_keyed_order_needs_the_key_and_the_window():
    users = np.arange(50, dtype=np.uint64)
    pads = [
        window_pads(KEY, 3, "release"),
        window_pads(KEY, 4, "release"),
        window_pads(KEY[::-1], 3, "release"),
    ]
    orders = [tuple(np.argsort(keyed_order(users, p)).tolist()) for p in pads]
    assert len(set(orders)) == 3


def test_an_aggregate_is_one_parquet_file(store):
    rows = pa.table({"h3": [1, 2], "users": [15, 16]})
    path = write_aggregate(store, "releases/d", "presence", rows)
    assert path == "releases/d/data/presence.parquet"
    assert pq.read_table(io.BytesIO(store.read_bytes(path))).equals(rows)


def test_digests_name_every_file_of_a_bundle(store):
    store.write_bytes("releases/d/data/a.txt", b"abc")
    store.write_bytes("releases/other/b.txt", b"")
    (entry,) = digests(store, "releases/d")
    assert entry == {"path": "data/a.txt", "bytes": 3, "sha256": hashlib.sha256(b"abc").hexdigest()}


@pytest.mark.parametrize("name", ["", "../up", "a/b", ".hidden", "a b"])
def test_a_bundle_has_a_name_that_is_a_folder(name):
    with pytest.raises(ValidationError):
        ReleaseParams(name=name)
