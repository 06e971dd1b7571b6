import itertools
from datetime import date, timedelta

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from jobs.calendars.days import DAY_S, DAY_TYPES, HOUR_S, CalendarParams


def slots_between(*edges: float) -> dict[str, tuple[float, float]]:
    return {f"from {a}": (a, b) for a, b in itertools.pairwise(edges)}


@given(st.sets(st.integers(1, 47), max_size=6), st.integers(-10, 20_000), st.integers(0, DAY_S - 1))
def test_every_second_of_a_day_has_the_slot_that_spans_it(inner, day, second):
    edges = [0.0, *(half / 2 for half in sorted(inner)), 24.0]
    calendar = CalendarParams(slots=slots_between(*edges))
    slot = calendar.slot_of(np.array([day * DAY_S + second]))[0]
    assert edges[slot] * HOUR_S <= second < edges[slot + 1] * HOUR_S


def test_slots_are_in_the_order_of_the_day_however_they_are_written():
    assert CalendarParams(slots={"pm": (12, 24), "am": (0, 12)}).slot_names == ["am", "pm"]


@pytest.mark.parametrize(
    "slots",
    [
        {},
        {"am": (0, 12)},
        {"pm": (12, 24)},
        {"am": (0, 12), "pm": (13, 24)},
        {"am": (0, 12), "pm": (11, 24)},
        {"am": (0, 12), "pm": (12, 25)},
        {"am": (0, 12), "none": (12, 12), "pm": (12, 24)},
        {"am": (12, 0)},
    ],
)
def test_slots_with_gaps_or_overlaps_are_refused(slots):
    with pytest.raises(ValidationError, match=r"cover 0 to 24|not 24"):
        CalendarParams(slots=slots)


def test_an_unknown_time_zone_is_refused():
    with pytest.raises(ValidationError, match="IANA"):
        CalendarParams(zone="Dakar")


@given(st.dates(date(1970, 1, 1), date(2090, 1, 1)), st.booleans())
def test_the_type_of_a_day(day, is_rest):
    calendar = CalendarParams(rest_days=(day,) if is_rest else (day + timedelta(days=1),))
    number = np.array([(day - date(1970, 1, 1)).days])
    kind = DAY_TYPES[calendar.day_type_of_day(number)[0]]
    by_weekday = {5: "saturday", 6: "sunday"}.get(day.weekday(), "weekday")
    assert kind == ("sunday" if is_rest else by_weekday)


def test_days_of_each_type_in_a_fortnight_with_a_holiday():
    monday = (date(2013, 3, 25) - date(1970, 1, 1)).days
    calendar = CalendarParams(rest_days=(date(2013, 4, 1),))
    assert calendar.days_of_types(monday, monday + 13).tolist() == [9, 2, 3]


def day(text):
    return (date.fromisoformat(text) - date(1970, 1, 1)).days


def kinds(calendar, *texts):
    return [DAY_TYPES[k] for k in calendar.day_type_of_day(np.array([day(text) for text in texts]))]


def test_public_holidays_of_a_country_are_sundays():
    """Independence day of Senegal is a Thursday in 2013; Easter Monday and Mawlid are holidays too."""
    dates = ("2013-04-04", "2013-04-01", "2013-01-24", "2013-04-05", "2013-04-06")
    expected = ["sunday", "sunday", "sunday", "weekday", "saturday"]
    assert kinds(CalendarParams(country="sn"), *dates) == expected
    assert kinds(CalendarParams(), *dates) == ["weekday"] * 4 + ["saturday"]


def test_a_region_has_holidays_of_its_own():
    dates = ("2014-09-11", "2014-06-24")  # the national day of Catalonia, and Saint John
    assert kinds(CalendarParams(country="ES"), *dates) == ["weekday"] * 2
    assert kinds(CalendarParams(country="ES", region="CT"), *dates) == ["sunday"] * 2


@pytest.mark.parametrize(
    ("country", "friday", "saturday", "sunday"),
    [
        ("FR", "weekday", "saturday", "sunday"),
        ("EG", "sunday", "saturday", "weekday"),
        ("IL", "saturday", "sunday", "weekday"),
        ("IR", "sunday", "weekday", "weekday"),
        ("BN", "saturday", "weekday", "sunday"),  # Friday and Sunday are free in Brunei
    ],
)
def test_weekly_days_of_rest_differ_between_countries(country, friday, saturday, sunday):
    days = ("2015-06-12", "2015-06-13", "2015-06-14")
    assert kinds(CalendarParams(country=country), *days) == [friday, saturday, sunday]


def test_working_days_that_a_government_moved_to_a_weekend():
    assert kinds(CalendarParams(country="CN"), "2015-02-15", "2015-02-22") == ["weekday", "sunday"]


def test_dates_of_the_config_go_before_the_country():
    calendar = CalendarParams(
        country="SN", rest_days=(date(2013, 4, 5),), working_days=(date(2013, 4, 4), date(2013, 4, 7))
    )
    assert kinds(calendar, "2013-04-04", "2013-04-05", "2013-04-07") == ["weekday", "sunday", "weekday"]


@given(st.lists(st.integers(day("1999-01-01"), day("2030-01-01")), min_size=1, max_size=20))
def test_the_type_of_a_day_does_not_depend_on_the_days_beside_it(days):
    calendar = CalendarParams(country="CI")
    together = calendar.day_type_of_day(np.array(days))
    assert together.tolist() == [int(calendar.day_type_of_day(np.array([d]))[0]) for d in days]


def test_no_days_have_no_types():
    assert CalendarParams(country="SN").day_type_of_day(np.empty(0, np.int64)).size == 0


@pytest.mark.parametrize(
    ("given_", "told"),
    [
        ({"country": "Senegal"}, "is no country whose holidays are known"),
        ({"country": "ZZ"}, "is no country whose holidays are known"),
        ({"country": "FR", "region": "Paris"}, "is no region of FR"),
        ({"region": "CT"}, "needs country"),
        ({"rest_days": ["2013-01-01"], "working_days": ["2013-01-01"]}, "is both in rest_days and"),
    ],
)
def test_calendars_that_contradict_themselves_are_refused(given_, told):
    with pytest.raises(ValidationError, match=told):
        CalendarParams(**given_)
