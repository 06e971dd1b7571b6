import itertools
from datetime import date, timedelta

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from jobs.calendar import DAY_S, DAY_TYPES, HOUR_S, CalendarParams


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
