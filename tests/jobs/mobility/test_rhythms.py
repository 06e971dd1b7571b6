"""Profiles of the day, their entropy and phase, and how far two of them are apart."""

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st
from people_builders import utc

from jobs.calendars.days import CalendarParams
from jobs.mobility.params import RhythmParams
from jobs.mobility.rhythms import (
    HOURS,
    divergence,
    entropies,
    general_divergence,
    lag,
    phases,
    profiles_of,
    rhythm_cells_table,
    rhythms_table,
)

MONDAY = 1_357_516_800  # 2013-01-07T00:00Z
HOME, OFFICE = 11, 22


def presence(*rows):
    """(h3, hour since Monday midnight, persons)"""
    return pa.table(
        {
            "h3": [row[0] for row in rows],
            "hour": utc([MONDAY + 3600 * row[1] for row in rows]),
            "users": pa.array([20] * len(rows), pa.int32()),
            "population": [float(row[2]) for row in rows],
        }
    )


def commuting(days=2, callers=lambda hour: 1.0):
    """A hundred people at home by night, seventy of them at the office from 9 to 17."""
    rows = []
    for hour in range(24 * days):
        at_work = 70 if 9 <= hour % 24 < 17 else 10
        rows += [(HOME, hour, (100 - at_work) * callers(hour)), (OFFICE, hour, at_work * callers(hour))]
    return presence(*rows)


def only(day_type, profiles):
    found = rhythm_cells_table(profiles, RhythmParams()).to_pylist()
    return {row["h3"]: row for row in found if row["day_type"] == day_type}


def test_home_and_office_take_turns():
    profiles = profiles_of(commuting(), CalendarParams(), RhythmParams())
    found = only("weekday", profiles)
    assert found[OFFICE]["phase_h"] == pytest.approx(13.0)
    assert found[HOME]["phase_h"] == pytest.approx(1.0)  # opposite
    assert found[OFFICE]["strength"] > found[HOME]["strength"] > 0
    assert found[OFFICE]["peak_hour"] == 9
    assert 0 < found[OFFICE]["entropy"] < found[HOME]["entropy"] < 1
    shape = profiles.shapes(0, HOURS)
    hours, best, together = lag(shape[0], shape[1])
    assert together == pytest.approx(-1)
    assert abs(hours) > 4
    assert best > together


def test_when_people_call_changes_shares_of_nobody():
    """Twice as many are seen at noon as at night: the persons seen rise, the shares do not."""
    steady = profiles_of(commuting(), CalendarParams(), RhythmParams())
    bursty = profiles_of(commuting(callers=lambda h: 0.2 + (h % 24 == 12)), CalendarParams(), RhythmParams())
    assert np.nan_to_num(bursty.share) == pytest.approx(np.nan_to_num(steady.share))
    assert bursty.persons[0, 0, 12] == pytest.approx(6 * bursty.persons[0, 0, 13])


def test_an_hour_without_a_figure_is_unknown_and_no_zero():
    table = commuting(days=3).filter(
        pa.array(
            [not (row["h3"] == OFFICE and row["hour"].hour in (3, 4)) for row in commuting(3).to_pylist()]
        )
    )
    profiles = profiles_of(table, CalendarParams(), RhythmParams())
    rows = {
        (r["h3"], r["hour"]): r for r in rhythms_table(profiles).to_pylist() if r["day_type"] == "weekday"
    }
    assert len(rows) == 2 * HOURS
    assert rows[OFFICE, 3]["share"] is rows[OFFICE, 3]["persons"] is None
    assert (rows[OFFICE, 3]["days_known"], rows[OFFICE, 3]["days"]) == (0, 3)
    assert rows[OFFICE, 5]["share"] == pytest.approx(0.1)
    assert only("weekday", profiles)[OFFICE]["hours_known"] == 22
    assert only("weekday", profiles)[OFFICE]["entropy"] is not None
    strict = rhythm_cells_table(profiles, RhythmParams(least_hours=23)).to_pylist()
    row = next(r for r in strict if r["h3"] == OFFICE)
    assert row["entropy"] is row["phase_h"] is row["peak_hour"] is None


def test_an_hour_known_on_few_of_the_days_is_unknown():
    rows = [(HOME, 24 * day + 8, 5) for day in range(5)] + [(HOME, 9, 5), (HOME, 33, 5)]
    share = profiles_of(presence(*rows), CalendarParams(), RhythmParams()).share[0, 0]
    assert np.flatnonzero(np.isfinite(share)).tolist() == [8]


def test_hours_and_days_are_local_and_holidays_are_sundays():
    tokyo = profiles_of(presence((HOME, 16, 5)), CalendarParams(zone="Asia/Tokyo"), RhythmParams())
    assert np.argwhere(tokyo.known).tolist() == [[0, 0, 1]]
    holiday = CalendarParams(country="CI", rest_days=("2013-01-07",))
    assert np.argwhere(profiles_of(presence((HOME, 16, 5)), holiday, RhythmParams()).known).tolist() == [
        [2, 0, 16]
    ]


def test_no_presence_has_no_profiles():
    profiles = profiles_of(presence(), CalendarParams(), RhythmParams())
    assert rhythms_table(profiles).num_rows == rhythm_cells_table(profiles, RhythmParams()).num_rows == 0


def shape_of(values):
    values = np.asarray(values, float)
    return values / values.sum()


shapes = st.lists(st.floats(0.01, 1), min_size=HOURS, max_size=HOURS).map(shape_of)


@given(shapes, shapes)
def test_divergence_is_that_of_its_definition(a, b):
    middle = (a + b) / 2
    expected = (a @ np.log2(a / middle) + b @ np.log2(b / middle)) / 2
    assert divergence(a, b) == pytest.approx(expected, abs=1e-12)
    assert divergence(a, b) == divergence(b, a)
    assert 0 <= divergence(a, b) <= 1
    assert divergence(a, a) == 0


def test_divergence_of_profiles_without_a_common_hour():
    one, other = np.full(HOURS, np.nan), np.full(HOURS, np.nan)
    one[3], other[4] = 1, 1
    assert np.isnan(divergence(one, other))
    never = np.zeros((2, HOURS))
    never[0, :12], never[1, 12:] = 1 / 12, 1 / 12
    assert divergence(*never) == pytest.approx(1)
    assert general_divergence(never, np.array([0.25, 0.75])) == pytest.approx(0.811278, abs=1e-6)


@given(shapes, st.integers(-11, 12))
def test_a_profile_that_is_turned_runs_behind_by_so_many_hours(a, hours):
    a = shape_of(a + np.eye(HOURS)[7])
    found, best, _ = lag(a, np.roll(a, hours))
    assert best == pytest.approx(1)
    assert found == hours


@given(shapes, st.integers(0, 23))
def test_entropy_and_strength_do_not_depend_on_where_the_clock_starts(a, hours):
    turned = np.roll(a, hours)
    assert entropies(turned[None])[0] == pytest.approx(entropies(a[None])[0])
    assert phases(turned[None])[1][0] == pytest.approx(phases(a[None])[1][0])


def test_bounds_of_entropy():
    flat, one = np.full((1, HOURS), 1 / HOURS), np.eye(HOURS)[:1]
    assert entropies(flat)[0] == pytest.approx(1)
    assert entropies(one)[0] == 0
    assert phases(flat)[1][0] == pytest.approx(0)
    assert phases(one)[0][0] == pytest.approx(0.5)
    assert np.isnan(lag(flat[0], one[0])[1])
