"""Feeds as they come: quirks are read, faults are named with file and row."""

from datetime import date
from pathlib import Path

import numpy as np
import pytest

from jobs.errors import InputError
from jobs.transit.calendars import choose_planning_day, days_like
from jobs.transit.csvtext import decode
from jobs.transit.feed import read_feed
from jobs.transit.patterns import Slots, departures_by_service, read_patterns, runs_on
from tests.jobs.transit.towns import FeedBuilder, write_zip

SHARED = Path(__file__).parents[3].parent / "shared" / "data"
DAY = Slots.of({"day": (6.0, 10.0)})


def small() -> FeedBuilder:
    feed = FeedBuilder()
    for number in range(3):
        feed.stop(f"s{number}", number * 500.0, 0.0)
    feed.route("R")
    feed.trip("R", "t1", [("s0", 420), ("s1", 425), ("s2", 432)])
    feed.trip("R", "t2", [("s0", 450), ("s1", 455), ("s2", 462)])
    return feed


def written(tmp_path, change=None):
    """The small feed with some files replaced."""
    files = {name: text.encode() for name, text in small().texts().items()}
    return write_zip(tmp_path / "feed.zip", files | (change(files) if change else {}))


def patterns_of(path):
    feed = read_feed(path)
    day = choose_planning_day(feed.days, departures_by_service(feed), "weekday", None)
    return feed, read_patterns(feed, runs_on(feed, day), DAY)


def test_a_pattern_has_ride_minutes_and_departures_by_slot(tmp_path):
    _, (pattern,) = patterns_of(written(tmp_path))
    assert pattern.ride_min.tolist() == [[5.0, 7.0]]
    assert pattern.departures.tolist() == [2.0]
    assert pattern.length_km == pytest.approx(1.0, rel=1e-3)


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16"])
def test_byte_order_marks_and_utf_16_are_read(tmp_path, encoding):
    path = written(tmp_path, lambda f: {"stops.txt": f["stops.txt"].decode().encode(encoding)})
    assert read_feed(path).stops.ids == ["s0", "s1", "s2"]


def test_a_header_may_have_another_delimiter_than_its_rows(tmp_path):
    text = b"service_id;date;exception_type\nWK,20240101,2\n"
    feed = read_feed(written(tmp_path, lambda f: {"calendar_dates.txt": text}))
    assert not feed.days.runs[0, 0]
    assert feed.days.runs[0, 1]


def test_columns_come_in_any_order_and_rows_may_end_early(tmp_path):
    text = (
        b"stop_lon,stop_id,stop_lat,stop_name,parent_station\n"
        b"-17.45,s0,14.7\n-17.44,s1,14.7,One\n-17.43,s2,14.7,Two,\n"
    )
    feed = read_feed(written(tmp_path, lambda f: {"stops.txt": text}))
    assert feed.stops.names == ["s0", "One", "Two"]


def test_quoted_cells_hold_commas_and_line_breaks(tmp_path):
    text = (
        b'stop_id,stop_name,stop_lat,stop_lon\ns0,"A, B\nC",14.7,-17.45\ns1,x,14.7,-17.44\ns2,y,14.7,-17.43\n'
    )
    assert read_feed(written(tmp_path, lambda f: {"stops.txt": text})).stops.names[0] == "A, B\nC"


def test_service_may_be_given_by_dates_alone(tmp_path):
    dates = b"service_id,date,exception_type\nWK,20240103,1\n"
    header = small().texts()["calendar.txt"].split("\n")[0].encode() + b"\n"
    path = written(tmp_path, lambda f: {"calendar.txt": header, "calendar_dates.txt": dates})
    feed = read_feed(path)
    assert feed.days.origin == date(2024, 1, 3)


def test_blank_times_are_interpolated_by_distance(tmp_path):
    def blank(files):
        rows = files["stop_times.txt"].decode().replace("t1,07:05:00,07:05:00", "t1,,")
        return {"stop_times.txt": rows.encode()}

    feed = read_feed(written(tmp_path, blank))
    assert feed.times.departure_s[1] == pytest.approx(7 * 3600 + 6 * 60, abs=1)


def test_runs_past_midnight_belong_to_their_service_day(tmp_path):
    slots = Slots.of({"night": (22.0, 26.0), "early": (4.0, 6.0)})
    seconds = np.array([25.5, 1.5, 5.0, 12.0]) * 3600
    assert slots.slot_of(seconds).tolist() == [0, 0, 1, -1]


def test_frequencies_are_spelt_out(tmp_path):
    text = b"trip_id,start_time,end_time,headway_secs\nt1,06:00:00,10:00:00,600\n"
    _, (pattern,) = patterns_of(written(tmp_path, lambda f: {"frequencies.txt": text}))
    assert pattern.departures.tolist() == [24.0 + 1.0]


def test_without_direction_id_the_way_back_is_told_by_its_heading(tmp_path):
    feed = small()
    feed.trip("R", "b1", [("s2", 420), ("s1", 427), ("s0", 432)])
    texts = {n: t.encode() for n, t in feed.texts().items()}
    texts["trips.txt"] = b"\n".join(b",".join(r.split(b",")[:3]) for r in texts["trips.txt"].split(b"\n"))
    _, patterns = patterns_of(write_zip(tmp_path / "f.zip", texts))
    assert sorted(p.direction for p in patterns) == [0, 1]


def test_days_like_the_planning_day_leave_out_holidays_with_sunday_service(tmp_path):
    dates = b"service_id,date,exception_type\nWK,20240103,2\n"
    feed = read_feed(written(tmp_path, lambda f: {"calendar_dates.txt": dates}))
    by_service = departures_by_service(feed)
    day = choose_planning_day(feed.days, by_service, "weekday", None)
    like = days_like(feed.days, by_service, "weekday", day)
    assert like[:7].tolist() == [True, True, False, True, True, False, False]


FAULTS = {
    "no stops.txt": (lambda f: {"stops.txt": None}, "stops.txt"),
    "unknown trip": (
        lambda f: {"stop_times.txt": f["stop_times.txt"] + b"ghost,07:00:00,07:00:00,s0,1\n"},
        "row 8",
    ),
    "unknown stop": (lambda f: {"stop_times.txt": f["stop_times.txt"].replace(b"s2", b"zz")}, "row 4"),
    "unknown route": (lambda f: {"routes.txt": f["routes.txt"].replace(b"R,A", b"Q,A")}, "trips.txt row 2"),
    "no such time": (
        lambda f: {"stop_times.txt": f["stop_times.txt"].replace(b"07:05:00", b"7h05")},
        "HH:MM:SS",
    ),
    "no number": (
        lambda f: {"stop_times.txt": f["stop_times.txt"].replace(b",s1,2", b",s1,two")},
        "stop_sequence",
    ),
    "no degrees": (lambda f: {"stops.txt": f["stops.txt"].replace(b"14.7", b"1470")}, "stop_lat"),
    "no column": (lambda f: {"trips.txt": f["trips.txt"].replace(b"trip_id", b"tripid")}, "trip_id"),
    "twice": (lambda f: {"stops.txt": f["stops.txt"].replace(b"s1", b"s0")}, "given twice"),
    "no calendar": (lambda f: {"calendar.txt": None}, "calendar"),
    "no date": (lambda f: {"calendar.txt": f["calendar.txt"].replace(b"20240101", b"someday")}, "YYYYMMDD"),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_a_faulty_feed_is_refused_with_file_rule_and_mend(tmp_path, fault):
    change, expected = FAULTS[fault]
    files = {name: text.encode() for name, text in small().texts().items()}
    for name, data in change(files).items():
        if data is None:
            del files[name]
        else:
            files[name] = data
    with pytest.raises(InputError) as error:
        read_feed(write_zip(tmp_path / "bad.zip", files))
    assert expected in str(error.value)
    assert error.value.mend


def test_what_is_no_zip_is_refused(tmp_path):
    path = tmp_path / "feed.zip"
    path.write_bytes(b"not a zip")
    with pytest.raises(InputError, match="zip"):
        read_feed(path)
    with pytest.raises(InputError, match="no such file"):
        read_feed(tmp_path / "nothing.zip")


def test_windows_text_is_read():
    assert decode("Hôpital".encode("latin-1"))[0] == "Hôpital"


@pytest.mark.parametrize(
    ("name", "routes", "patterns"),
    [
        ("gtfs_dakar/dakar_ddd.zip", 53, 99),
        ("gtfs_dakar/dakar_brt.zip", 2, 6),
        ("gtfs_other/accra_2019.zip", 277, 554),
    ],
)
def test_real_feeds_are_read(name, routes, patterns):
    path = SHARED / name
    if not path.exists():
        pytest.skip(f"{path} is not here: real feeds are not part of the repository")
    feed = read_feed(path)
    day = choose_planning_day(feed.days, departures_by_service(feed), "weekday", None)
    assert len(feed.routes.ids) == routes
    assert len(read_patterns(feed, runs_on(feed, day), Slots.of({"day": (6.0, 23.0)}))) == patterns


def test_broken_feeds_are_read_or_refused_but_never_crash():
    folder = SHARED / "gtfs_broken"
    if not folder.exists():
        pytest.skip(f"{folder} is not here: real feeds are not part of the repository")
    faults = []
    for path in sorted([*folder.rglob("*.zip"), *(p.parent for p in folder.rglob("stops.txt"))]):
        try:
            read_feed(path)
        except InputError as error:
            faults.append((path, error))
    assert all(error.what and error.where and error.mend for _, error in faults)
