import itertools
from datetime import UTC, timedelta, timezone

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from text_builders import spans, values_of

from kernels.text.columns import (
    BAD,
    NO_OFFSET,
    canonical_digits,
    days_from_civil,
    parse_iso_times,
    parse_whole_numbers,
    with_prefix,
)


def column(values: list[str]) -> tuple[np.ndarray, np.ndarray]:
    encoded = [value.encode() for value in values]
    joined = np.frombuffer(b"".join(encoded), np.uint8)
    return joined, np.cumsum([0, *map(len, encoded)]).astype(np.int64)


def iso(text: str) -> tuple[int, int]:
    seconds, offset = parse_iso_times(*spans([text]))
    return int(seconds[0]), int(offset[0])


def phone(text: str) -> str:
    data, offsets, good = canonical_digits(*column([text]), 5, 15, True)
    return values_of(data, offsets)[0] if good[0] else "bad"


@given(st.dates())
def test_days_are_those_of_the_calendar(day):
    assert days_from_civil(day.year, day.month, day.day) == day.toordinal() - 719163


@given(
    st.lists(st.datetimes(), max_size=5), st.sampled_from(["T", " "]), st.sampled_from(["seconds", "auto"])
)
def test_times_written_by_python_are_read_back(times, separator, precision):
    seconds, offset = parse_iso_times(*spans([t.isoformat(separator, precision) for t in times]))
    expected = [int((t.replace(microsecond=0, tzinfo=UTC)).timestamp()) for t in times]
    assert seconds.tolist() == expected
    assert (offset == NO_OFFSET).all()


@given(st.datetimes(), st.integers(-14 * 60, 14 * 60))
def test_offsets_written_by_python_are_read_back(time, minutes):
    zone = timezone(timedelta(minutes=minutes))
    seconds, offset_s = iso(time.replace(tzinfo=zone).isoformat(timespec="seconds"))
    assert seconds == int(time.replace(microsecond=0, tzinfo=UTC).timestamp())
    assert offset_s == minutes * 60


NOON = 1357560600  # 2013-01-07T12:10:00


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2013-01-07 12:10:00", (NOON, NO_OFFSET)),
        ("2013/01/07 12:10:00", (NOON, NO_OFFSET)),
        ("  2013-01-07T12:10:00\r", (NOON, NO_OFFSET)),
        ("2013-01-07T12:10:00Z", (NOON, 0)),
        ("2013-01-07T12:10:00.999999Z", (NOON, 0)),
        ("2013-01-07T12:10:00,5", (NOON, NO_OFFSET)),
        ("2013-01-07T12:10:00+01", (NOON, 3600)),
        ("2013-01-07T12:10:00-0330", (NOON, -12600)),
        ("2013-01-07T12:10:00.25+05:45", (NOON, 20700)),
        ("2013-01-07T12:09:60", (NOON - 1, NO_OFFSET)),
    ],
)
def test_iso_times_in_their_many_forms(text, expected):
    assert iso(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "",
        "2013-01-07",
        "2013-01-07 12:10",
        "2013-02-29 12:10:00",
        "2013-13-01 12:10:00",
        "2013-00-10 12:10:00",
        "0000-01-01 12:10:00",
        "2013-01-00 12:10:00",
        "2013-01/07 12:10:00",
        "2013-01-07_12:10:00",
        "2013-01-07 24:10:00",
        "2013-01-07 12:60:00",
        "2013-01-07 12:10:61",
        "2013-01-07 12.10.00",
        "2013-01-07 12:10:00.",
        "2013-01-07 12:10:00.Z",
        "2013-01-07 12:10:00 x",
        "2013-01-07 12:10:00+15:00",
        "2013-01-07 12:10:00+1:00",
        "2013-01-07 12:10:00+01:60",
        "2013-01-07 12:10:00ZZ",
        "07/01/2013 12:10:00",
        "10:00.5",
    ],
)
def test_what_is_no_time_is_bad(text):
    assert iso(text)[0] == BAD


@given(st.text(max_size=30))
def test_any_text_is_read_or_bad(text):
    seconds, offset = iso(text)
    assert seconds == BAD or abs(offset) <= 14 * 3600 + 59 * 60 or offset == NO_OFFSET


@given(st.lists(st.integers(-(10**18) + 1, 10**18 - 1), max_size=8))
def test_whole_numbers_are_read_back(numbers):
    assert parse_whole_numbers(*spans([str(n) for n in numbers])).tolist() == numbers


@pytest.mark.parametrize("text", ["", " ", "-", "+", "1.0", "1e3", "1 2", "0x1", "--1", "1" * 19, "²"])
def test_what_is_no_whole_number_is_bad(text):
    assert parse_whole_numbers(*spans([text])).tolist() == [BAD]


def test_whole_numbers_may_have_a_sign_and_space_around():
    assert parse_whole_numbers(*spans([" +12 ", "-7", "007"])).tolist() == [12, -7, 7]


@pytest.mark.parametrize(
    "written",
    [
        "221770000001",
        "+221770000001",
        "00221770000001",
        "+221 77 000 00 01",
        "00 221 77-000-00-01",
        "(+221) 77.000.00.01",
        "(00221)770000001",
        "  221770000001\t",
    ],
)
def test_one_subscriber_written_in_many_ways_is_one(written):
    assert phone(written) == "221770000001"


@pytest.mark.parametrize(
    "written", ["", "+", "00", "1234", "1" * 16, "22177000000x", "22+1770000001", "++221770000001", "0x22177"]
)
def test_what_is_no_telephone_number_is_bad(written):
    assert phone(written) == "bad"


def test_leading_zeros_of_an_imei_or_imsi_stay():
    data, offsets, good = canonical_digits(*column(["004999010640000", "+00101123456789"]), 14, 16, False)
    assert good.tolist() == [True, False]
    assert values_of(data, offsets) == ["004999010640000", ""]


def test_a_bad_identifier_does_not_disturb_its_neighbours():
    data, offsets, good = canonical_digits(*column(["0022177", "x", "+22178", "12", "22179"]), 5, 15, True)
    assert good.tolist() == [True, False, True, False, True]
    assert values_of(data, offsets) == ["22177", "", "22178", "", "22179"]


@given(st.binary(max_size=6), st.lists(st.text(max_size=6), max_size=6))
def test_a_prefix_stands_before_every_value(prefix, values):
    data, offsets = with_prefix(np.frombuffer(prefix, np.uint8), *column(values))
    parts = [data[a:b].tobytes() for a, b in itertools.pairwise(offsets)]
    assert parts == [prefix + value.encode() for value in values]
