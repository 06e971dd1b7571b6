"""Feeds as they come: quirks are read, faults are named with file and row."""

import re
from datetime import date
from pathlib import Path

import numpy as np
import pytest

from jobs.errors import InputError
from jobs.transit.feeds.calendars import choose_planning_day, days_like
from jobs.transit.feeds.csvtext import decode
from jobs.transit.feeds.feed import read_feed
from jobs.transit.findings import FeedFault
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


WARNED = {
    "trip_without_stops": {"stop_times.txt": lambda t: t[: t.index(b"t2,")]},
    "duplicate_sequence": {"stop_times.txt": lambda t: t.replace(b"s1,2", b"s1,1")},
    "negative_sequence": {"stop_times.txt": lambda t: t.replace(b"s0,1", b"s0,-1")},
    "time_runs_back": {"stop_times.txt": lambda t: t.replace(b"07:05:00", b"06:05:00")},
    "row_length": {"stops.txt": lambda t: t[:-1] + b",more\n"},
    "not_utf8": {"stops.txt": lambda t: t.replace(b"Stop", "Arrêt".encode("cp1252"))},
    "null_characters": {"stops.txt": lambda t: t.replace(b"Stop", b"St\0p")},
    "unknown_parent": {
        "stops.txt": lambda t: b"\n".join(
            line + (b",parent_station" if i == 0 else b",ghost") for i, line in enumerate(t.splitlines())
        )
    },
    "missing_agency": {"agency.txt": lambda t: b""},
    "unknown_agency": {"routes.txt": lambda t: t.replace(b"R,A,", b"R,B,")},
    "unknown_service": {"trips.txt": lambda t: t.replace(b"WK,t1", b"NO,t1")},
    "duplicate_service": {"calendar.txt": lambda t: t + t.splitlines()[1] + b"\n"},
    "service_ends_early": {"calendar.txt": lambda t: t + t.splitlines()[1].replace(b"20240101", b"20250101")},
    "window_ends_early": {
        "frequencies.txt": lambda t: (
            b"trip_id,start_time,end_time,headway_secs\nt1,6:00:00,5:00:00,600\nt1,6:00:00,7:00:00,600\n"
        )
    },
    "unknown_shape": {
        "trips.txt": lambda t: b"\n".join(
            line + (b",shape_id" if i == 0 else b",way") for i, line in enumerate(t.splitlines())
        )
    },
    "stop_far_off": {"stops.txt": lambda t: t.replace(b"s1,Stop s1,14.7", b"s1,Stop s1,44.7")},
}


@pytest.mark.parametrize("rule", WARNED)
def test_what_can_be_got_over_is_read_and_told(tmp_path, rule):
    changes = {name: change for name, change in WARNED[rule].items()}
    path = written(tmp_path, lambda f: {name: change(f.get(name, b"")) for name, change in changes.items()})
    feed = read_feed(path)
    assert rule in {warning.rule for warning in feed.warnings}
    assert all(w.file and w.what and w.mend and not w.is_error for w in feed.warnings)


def test_a_sound_feed_has_nothing_to_tell(tmp_path):
    assert read_feed(written(tmp_path)).warnings == ()


def test_all_problems_are_told_at_once(tmp_path):
    def spoil(files):
        return {
            "stops.txt": files["stops.txt"].replace(b"14.7", b"1470"),
            "stop_times.txt": files["stop_times.txt"].replace(b"07:05:00", b"7h05").replace(b"s2,3", b"zz,3"),
            "calendar.txt": files["calendar.txt"].replace(b"20240101", b"someday"),
        }

    with pytest.raises(InputError) as error:
        read_feed(written(tmp_path, spoil))
    told = str(error.value)
    for expected in (
        "calendar.txt row 2: start_date 'someday'",
        "stops.txt row 4: stop_lat",
        "stop_times.txt row 3: arrival_time '7h05'",
        "stop_times.txt row 7: stop_id 'zz' is not in stops.txt",
    ):
        assert expected in told


def test_of_many_like_faults_the_first_are_shown_and_all_are_counted(tmp_path):
    rows = b"".join(b"ghost%d,07:00:00,07:00:00,s0,1\n" % i for i in range(200))
    with pytest.raises(InputError, match="200 problems") as error:
        read_feed(written(tmp_path, lambda f: {"stop_times.txt": f["stop_times.txt"] + rows}))
    assert "and 195 more" in str(error.value)


def test_a_stop_without_position_takes_that_of_its_station(tmp_path):
    text = (
        b"stop_id,stop_name,stop_lat,stop_lon,parent_station\n"
        b"s0,A,,,hub\ns1,B,14.7,-17.44,\ns2,C,14.7,-17.43,\nhub,Hub,14.71,-17.45,\n"
    )
    feed = read_feed(written(tmp_path, lambda f: {"stops.txt": text}))
    assert (feed.stops.lat[0], feed.stops.lon[0]) == (14.71, -17.45)


def test_line_ends_of_three_kinds_do_not_shift_rows(tmp_path):
    text = b"route_id,agency_id\r\nX,A\r\r\nR,A\nY,A\r\n"
    feed = read_feed(written(tmp_path, lambda f: {"routes.txt": text}))
    assert feed.routes.ids == ["X", "R", "Y"]
    assert feed.trips.route.tolist() == [1, 1]


def test_a_calendar_to_the_end_of_the_century_is_read(tmp_path):
    feed = read_feed(
        written(tmp_path, lambda f: {"calendar.txt": f["calendar.txt"].replace(b"20240331", b"20991231")})
    )
    assert feed.days.runs.sum() > 19_000


DOCUMENTED = re.compile(r"^\| `([^`]+)` \| (read|refused) \| (.*) \|$", re.MULTILINE)


def test_broken_feeds_do_what_the_docs_say():
    folder = SHARED / "gtfs_broken"
    if not folder.exists():
        pytest.skip(f"{folder} is not here: real feeds are not part of the repository")
    text = (Path(__file__).parents[3] / "docs" / "transit.md").read_text(encoding="utf-8")
    documented = {name: (verdict, rules) for name, verdict, rules in DOCUMENTED.findall(text)}
    feeds = sorted({*folder.rglob("*.zip"), *(p.parent for p in folder.rglob("*.txt"))})
    found = {str(path.relative_to(folder)): verdict_of(path) for path in feeds}
    assert found == documented


def verdict_of(path):
    """What the reader makes of a feed, and by which rules, as docs/transit.md tells it."""
    try:
        rules = {warning.rule for warning in read_feed(path).warnings}
    except FeedFault as error:
        return "refused", ", ".join(sorted({f.rule for f in error.findings if f.is_error}))
    except InputError:
        return "refused", "not_a_zip"
    return "read", ", ".join(sorted(rules)) or "–"
