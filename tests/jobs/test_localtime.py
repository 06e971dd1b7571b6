from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from jobs.calendars.localtime import zone_named

ZONES = [
    "UTC",
    "Africa/Dakar",
    "Europe/Madrid",
    "America/New_York",
    "America/Sao_Paulo",
    "Australia/Lord_Howe",  # half an hour of summer time
    "Asia/Kathmandu",
    "Africa/Casablanca",  # back to winter for Ramadan
    "Africa/Cairo",
    "Pacific/Apia",  # skipped 30 December 2011
]
EPOCH = datetime(1970, 1, 1)
MOMENTS = st.datetimes(datetime(1971, 1, 1), datetime(2095, 1, 1)).map(lambda t: t.replace(microsecond=0))


def seconds(clock: datetime) -> int:
    return int((clock - EPOCH).total_seconds())


def local_of(name: str, moment: datetime) -> int:
    return int(zone_named(name).to_local(np.array([seconds(moment)]))[0])


def utc_of(name: str, clock: datetime) -> tuple[int, bool]:
    utc, exists = zone_named(name).to_utc(np.array([seconds(clock)]))
    return int(utc[0]), bool(exists[0])


@pytest.mark.parametrize("name", ZONES)
@given(moment=MOMENTS)
def test_the_clock_shows_what_zoneinfo_says(name, moment):
    expected = moment.replace(tzinfo=UTC).astimezone(ZoneInfo(name)).replace(tzinfo=None)
    assert local_of(name, moment) == seconds(expected)
    assert int(zone_named(name).days(np.array([seconds(moment)]))[0]) == seconds(expected) // 86_400


@pytest.mark.parametrize("name", ZONES)
@given(clock=MOMENTS)
def test_a_clock_reading_is_the_earlier_moment_that_shows_it_or_does_not_exist(name, clock):
    zone = ZoneInfo(name)
    moment = clock.replace(tzinfo=zone, fold=0).astimezone(UTC)
    utc, exists = utc_of(name, clock)
    assert exists == (moment.astimezone(zone).replace(tzinfo=None) == clock)
    if exists:
        assert utc == seconds(moment.replace(tzinfo=None))


def edges(name: str, year: int) -> list[datetime]:
    """Hours of UTC at which the offset of a zone changes in a year."""
    hours = [datetime(year, 1, 1, tzinfo=UTC) + timedelta(hours=h) for h in range(8760)]
    offset = [hour.astimezone(ZoneInfo(name)).utcoffset() for hour in hours]
    return [hours[i].replace(tzinfo=None) for i in range(1, len(hours)) if offset[i] != offset[i - 1]]


@pytest.mark.parametrize("name", ["Europe/Madrid", "America/New_York", "Australia/Lord_Howe"])
def test_every_second_minute_about_the_edges_of_summer_time(name):
    changes = edges(name, 2013)
    assert len(changes) == 2
    for change in changes:
        moments = [change + timedelta(minutes=m) for m in range(-180, 180, 2)]
        expected = [m.replace(tzinfo=UTC).astimezone(ZoneInfo(name)).replace(tzinfo=None) for m in moments]
        assert [local_of(name, m) for m in moments] == [seconds(clock) for clock in expected]
        for moment, clock in zip(moments, expected, strict=True):
            utc, exists = utc_of(name, clock)
            assert exists
            assert utc in (seconds(moment), seconds(moment) - 3600, seconds(moment) - 1800)


def test_madrid_skips_an_hour_in_march():
    assert utc_of("Europe/Madrid", datetime(2013, 3, 31, 1, 59, 59)) == (
        seconds(datetime(2013, 3, 31, 0, 59, 59)),
        True,
    )
    assert not utc_of("Europe/Madrid", datetime(2013, 3, 31, 2, 30))[1]
    assert utc_of("Europe/Madrid", datetime(2013, 3, 31, 3)) == (seconds(datetime(2013, 3, 31, 1)), True)


def test_madrid_lives_an_hour_twice_in_october_and_the_first_counts():
    assert utc_of("Europe/Madrid", datetime(2013, 10, 27, 2, 30)) == (
        seconds(datetime(2013, 10, 27, 0, 30)),
        True,
    )


def test_years_before_and_after_the_table_keep_its_first_and_last_offset():
    assert utc_of("Africa/Dakar", datetime(1, 1, 1))[1]
    assert utc_of("Africa/Dakar", datetime(9999, 12, 31)) == (seconds(datetime(9999, 12, 31)), True)


@pytest.mark.parametrize("name", ["Europe/Madrid", "Africa/Dakar"])
def test_moments_beyond_all_time_keep_the_first_and_the_last_offset(name):
    zone = zone_named(name)
    for edge, offset_s in ((-(2**63), zone.offset_s[0]), (2**63 - 2**20, zone.offset_s[-1])):
        moments = np.array([edge, edge + 2**19], np.int64)
        with np.errstate(over="ignore"):
            assert zone.to_local(moments).tolist() == (moments + offset_s).tolist()
    far = np.array([2**61, 2**61 + 1], np.int64)
    utc, exists = zone.to_utc(far)
    assert utc.tolist() == (far - zone.offset_s[-1]).tolist()
    assert exists.all()
