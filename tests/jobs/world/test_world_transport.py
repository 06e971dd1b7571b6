import csv
import io
import json
import subprocess
import sys
import zipfile
from pathlib import Path

import numpy as np
import pytest

from jobs.errors import InputError
from jobs.world.feed import read_feed
from jobs.world.flaws import headway_min, with_flaws


def _errors(feed, folder):
    command = Path(sys.executable).parent / "gtfs-validator"
    subprocess.run([command, "-i", feed, "-o", folder], check=True, capture_output=True)
    notices = json.loads((folder / "report.json").read_text())["notices"]
    return {n["code"]: n["totalNotices"] for n in notices if n["severity"] == "ERROR"}


def _table(feed, name):
    with zipfile.ZipFile(feed) as archive, archive.open(f"{name}.txt") as file:
        return list(csv.DictReader(io.TextIOWrapper(file, "utf-8-sig")))


def _flaws(folder):
    return {flaw["kind"]: flaw for flaw in json.loads((folder / "truth" / "flaws.json").read_text())}


@pytest.fixture(scope="module")
def faultless(make_small):
    return make_small(plant_flaws=False)[0]


@pytest.mark.parametrize("plant_flaws", [True, False])
def test_the_invented_feed_is_valid(town, faultless, plant_flaws, tmp_path):
    folder = town[0] if plant_flaws else faultless
    assert _errors(folder / "gtfs.zip", tmp_path) == {}


def test_without_flaws_there_are_all_lines_and_an_empty_list(faultless):
    assert len(_table(faultless / "gtfs.zip", "routes")) == 7
    assert _flaws(faultless) == {}


def test_stops_are_a_walk_apart_and_buses_run_at_bus_speed(faultless):
    stops = {s["stop_id"]: s for s in _table(faultless / "gtfs.zip", "stops")}
    metres, km_h = [], []
    for a, b in zip(*(_table(faultless / "gtfs.zip", "stop_times")[k:] for k in (0, 1)), strict=False):
        if a["trip_id"] == b["trip_id"]:
            d_lon, d_lat = (
                float(stops[a["stop_id"]][c]) - float(stops[b["stop_id"]][c])
                for c in ("stop_lon", "stop_lat")
            )
            metres.append(np.hypot(d_lon, d_lat) * 111_200 * 1.15)
            seconds = [
                sum(int(v) * u for v, u in zip(r["arrival_time"].split(":"), (3600, 60, 1), strict=True))
                for r in (a, b)
            ]
            km_h.append(metres[-1] / (seconds[1] - seconds[0]) * 3.6)
    assert 400 < np.median(metres) < 600
    assert 13.5 < np.median(km_h) < 18.5


def test_the_missing_corridor_is_gone_and_was_needed(town, faultless):
    flaw = _flaws(town[0])["missing_corridor"]
    before, after = read_feed(str(faultless / "gtfs.zip")), read_feed(str(town[0] / "gtfs.zip"))
    assert flaw["route_id"] in before["routes"]["route_id"].to_pylist()
    assert flaw["route_id"] not in after["routes"]["route_id"].to_pylist()
    assert flaw["route_id"] not in after["trips"]["route_id"].to_pylist()
    assert flaw["weekday_trips_served_by_it_alone"] > 0
    assert len(flaw["stops"]) >= 4
    assert set(after["stops"]["stop_id"].to_pylist()) == set(after["stop_times"]["stop_id"].to_pylist())


def test_the_copied_line_stops_where_the_original_does_but_once(town):
    flaw = _flaws(town[0])["duplicate_line"]
    trips = {row["trip_id"]: row["route_id"] for row in _table(town[0] / "gtfs.zip", "trips")}
    served = {route: set() for route in (flaw["route_id"], flaw["copy_route_id"])}
    for row in _table(town[0] / "gtfs.zip", "stop_times"):
        if trips[row["trip_id"]] in served:
            served[trips[row["trip_id"]]].add(row["stop_id"])
    original, copy = served[flaw["route_id"]], served[flaw["copy_route_id"]]
    assert copy <= original
    assert len(original - copy) <= 2
    runs = list(trips.values())
    assert runs.count(flaw["route_id"]) == runs.count(flaw["copy_route_id"])


def test_flaws_can_be_made_one_at_a_time(town, faultless):
    flaws = _flaws(town[0])
    sound = read_feed(str(faultless / "gtfs.zip"))
    routes = set(sound["routes"]["route_id"].to_pylist())
    left = {}
    for kind, flaw in flaws.items():
        feed = with_flaws(sound, [flaw], 3)
        left[kind] = set(feed["routes"]["route_id"].to_pylist())
        if kind == "headway_off":
            assert headway_min(feed, flaw["route_id"]) == flaw["planted_headway_min"]
    assert left["missing_corridor"] == routes - set(flaws["missing_corridor"]["route_ids"])
    assert left["duplicate_line"] == routes | {flaws["duplicate_line"]["copy_route_id"]}
    assert left["headway_off"] == routes


def test_the_starved_line_runs_a_third_as_often(town, faultless):
    flaw = _flaws(town[0])["headway_off"]
    before, after = (
        headway_min(read_feed(str(f / "gtfs.zip")), flaw["route_id"]) for f in (faultless, town[0])
    )
    assert before == flaw["original_headway_min"]
    assert after == flaw["planted_headway_min"]
    assert 2.5 <= after / before <= 4.0


def test_a_given_feed_is_copied_as_it_is(make_small, faultless):
    feed = faultless / "gtfs.zip"
    folder, _ = make_small(people=200, days=1, gtfs=str(feed), plant_flaws=False)
    assert (folder / "gtfs.zip").read_bytes() == feed.read_bytes()


def _rewritten(feed, target, changes):
    with zipfile.ZipFile(feed) as old, zipfile.ZipFile(target, "w") as new:
        for name in old.namelist():
            content = changes.get(name, old.read(name))
            if content is not None:
                new.writestr(name, content)
        for name in changes.keys() - set(old.namelist()):
            new.writestr(name, changes[name])
    return target


def test_flaws_in_a_given_feed_leave_other_files_byte_for_byte(make_small, faultless, tmp_path):
    odd = b"service_id;date;exception_type\r\nWK,20250304,2\r\n"
    fares = b"fare_id,route_id\nflat,L01\nflat,L02\nflat,L03\n"
    given = _rewritten(
        faultless / "gtfs.zip", tmp_path / "given.zip", {"calendar_dates.txt": odd, "fare_rules.txt": fares}
    )
    folder, _ = make_small(gtfs=str(given))
    with zipfile.ZipFile(folder / "gtfs.zip") as archive:
        assert archive.read("calendar_dates.txt") == odd
        for name in ("agency.txt", "calendar.txt"):
            assert archive.read(name) == zipfile.ZipFile(given).read(name)
    routes = {row["route_id"] for row in _table(folder / "gtfs.zip", "routes")}
    assert {row["route_id"] for row in _table(folder / "gtfs.zip", "fare_rules")} <= routes


def test_a_frequency_based_line_is_starved_by_its_headways(make_small, faultless, tmp_path):
    first = {row["route_id"]: row["trip_id"] for row in reversed(_table(faultless / "gtfs.zip", "trips"))}
    rows = "".join(f"{trip},06:00:00,20:00:00,600\n" for trip in first.values())
    content = f"trip_id,start_time,end_time,headway_secs\n{rows}".encode()
    given = _rewritten(faultless / "gtfs.zip", tmp_path / "given.zip", {"frequencies.txt": content})
    flaw = _flaws(make_small(gtfs=str(given))[0])["headway_off"]
    assert (flaw["original_headway_min"], flaw["planted_headway_min"]) == (10.0, 30.0)


def test_the_corridor_that_was_asked_for_goes(make_small):
    planted = _flaws(make_small(bus={"lines": 7, "buses": 26, "missing_route": "L05"})[0])
    assert planted["missing_corridor"]["route_id"] == "L05"
    assert "L05" not in {planted["duplicate_line"]["route_id"], planted["headway_off"]["route_id"]}


def test_a_corridor_that_is_not_there_is_refused_with_those_that_are(make_small):
    with pytest.raises(InputError, match="no route L99") as told:
        make_small(bus={"lines": 7, "buses": 26, "missing_route": "L99"})
    assert "L05" in str(told.value)


@pytest.mark.parametrize("missing", ["stops.txt", "routes.txt"])
def test_a_feed_that_lacks_a_file_is_refused(faultless, tmp_path, missing):
    feed = _rewritten(faultless / "gtfs.zip", tmp_path / "broken.zip", {missing: None})
    with pytest.raises(InputError, match=missing):
        read_feed(str(feed))


def test_a_file_that_is_no_zip_is_refused(tmp_path):
    (tmp_path / "feed.zip").write_text("no zip")
    with pytest.raises(InputError, match=r"feed\.zip"):
        read_feed(str(tmp_path / "feed.zip"))


def test_only_lines_that_run_on_weekdays_get_flaws(make_small, faultless, tmp_path):
    given = tmp_path / "weekend.zip"
    routes = [route["route_id"] for route in _table(faultless / "gtfs.zip", "routes")]
    on_saturdays = routes[: len(routes) - 3]
    with zipfile.ZipFile(faultless / "gtfs.zip") as old, zipfile.ZipFile(given, "w") as new:
        for name in old.namelist():
            data = old.read(name)
            if name == "trips.txt":
                for route in on_saturdays:
                    data = data.replace(f"{route},WK,".encode(), f"{route},SA,".encode())
                assert data != old.read(name)
            new.writestr(name, data)
    flaws = _flaws(make_small(gtfs=str(given))[0])
    assert {flaw["route_id"] for flaw in flaws.values()} <= set(routes) - set(on_saturdays)
