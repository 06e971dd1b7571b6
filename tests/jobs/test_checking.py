import numpy as np
import pyarrow as pa
import pytest
from cdr_builders import ANNA, MORNING, source

from jobs.records.checking import check, joined_cells, reason_names
from jobs.records.reading import RawBatch
from jobs.records.reasons import Reason

EIGHT = 1357545600  # 2013-01-07T08:00:00Z
CELLS = pa.array(["A", "B", "12", "1-2"])


def judged(period=None, bad_user=False, columns=None, **given):
    """UTC time of each good row, else the reason; rows are good in what the test does not name."""
    rows = max(len(values) for values in given.values())
    values = {"user": [ANNA] * rows, "time": [MORNING] * rows, "cell": ["A"] * rows, **given}
    arrays = {name: v if isinstance(v, pa.Array) else pa.array(v) for name, v in values.items()}
    batch = RawBatch(arrays, np.arange(rows), [])
    bad = np.ones(rows, np.bool_) if bad_user else None
    found = check(batch, source("x.csv", columns=columns or {}), CELLS, period, bad)
    names = reason_names(np.maximum(found.reason, 0))
    return [int(t) if good else name for t, good, name in zip(found.time, found.good, names, strict=True)]


def times(column, pattern="iso", zone="UTC", period=None):
    written = {"time": {"column": "time", "format": pattern, "zone": zone}}
    return judged(time=column, columns=written, period=period)


# -- times -------------------------------------------------------------------------------------


def test_iso_times_are_read_in_their_zone_unless_they_say_another():
    assert times([MORNING], zone="Europe/Madrid") == [EIGHT - 3600]
    assert times([f"{MORNING}Z", f"{MORNING}-05:00"], zone="Europe/Madrid") == [EIGHT, EIGHT + 5 * 3600]


@pytest.mark.parametrize("unit", ["s", "ms", "us", "ns"])
def test_timestamps_are_clock_readings_without_a_zone_and_moments_with_one(unit):
    naive = pa.array([EIGHT, None], pa.int64()).cast(pa.timestamp("s")).cast(pa.timestamp(unit))
    assert times(naive, zone="Europe/Madrid") == [EIGHT - 3600, "missing_time"]
    assert times(naive.cast(pa.timestamp(unit, "UTC")), zone="Europe/Madrid") == [EIGHT, "missing_time"]
    assert times(naive.cast(pa.timestamp(unit, "America/Lima"))) == [EIGHT, "missing_time"]


def test_fractions_are_cut_off_also_before_1970():
    assert times(pa.array([1999, -1], pa.timestamp("ms", "UTC"))) == [1, -1]
    assert times(["1999", "-1"], "epoch_ms") == [1, -1]


@pytest.mark.parametrize(
    "column",
    [
        pa.array([EIGHT, None]),
        pa.array([EIGHT, None], pa.uint64()),
        pa.array([float(EIGHT), None]),
        pa.array([str(EIGHT), None]),
        pa.array([str(EIGHT), ""], pa.large_string()),
        pa.array([str(EIGHT).encode(), b""], pa.binary()),
        pa.array([str(EIGHT), None]).dictionary_encode(),
    ],
    ids=lambda column: str(column.type),
)
def test_epoch_seconds_are_utc_whatever_their_type_and_zone(column):
    assert times(column, "epoch_s", "Europe/Madrid") == [EIGHT, "missing_time"]


def test_epoch_numbers_that_are_none_are_bad():
    assert times(["x", "1.5", "9" * 19], "epoch_s") == ["bad_time"] * 3
    assert times([EIGHT], "iso") == ["bad_time"]


def test_a_pattern_of_the_operators_own():
    pattern = "%d/%m/%Y %H:%M:%S"
    assert times(["07/01/2013 08:00:00", "7/1/2013 8:00:00"], pattern) == [EIGHT, EIGHT]
    assert times(["07/01/2013 08:00:00"], pattern, "Europe/Madrid") == [EIGHT - 3600]
    assert times(["01/13/2013 08:00:00", "2013", "07/01/2013 08:00:00 x"], pattern) == ["bad_time"] * 3
    assert times(["20130107080000"], "%Y%m%d%H%M%S") == [EIGHT]
    assert times(["03-MAR-13 00:00:00"], "%d-%b-%y %H:%M:%S") == [1362268800]


@pytest.mark.parametrize("day", ["30/02/2013", "31/02/2013", "29/02/2013", "31/04/2013", "31/11/2013"])
def test_a_date_of_no_calendar_is_bad_in_a_pattern_too(day):
    assert times([f"{day} 08:00:00"], "%d/%m/%Y %H:%M:%S") == ["bad_time"]


@pytest.mark.parametrize(
    "day", ["01/03/2013", "02/03/2013", "03/03/2013", "29/02/2012", "1/3/2013", "03/3/2013"]
)
def test_the_first_days_of_a_month_are_dates(day):
    (found,) = times([f" {day}  08:00:00"], "%d/%m/%Y %H:%M:%S")
    assert found != "bad_time"


def test_a_pattern_with_an_offset_is_not_shifted_twice():
    assert times(["2013-01-07 09:00:00 +0100"], "%Y-%m-%d %H:%M:%S %z", "Europe/Madrid") == [EIGHT]


def test_an_hour_that_the_clock_skipped_is_rejected_unless_it_has_an_offset():
    found = times(["2013-03-31 02:30:00", "2013-03-31 02:30:00Z"], zone="Europe/Madrid")
    assert found == ["nonexistent_time", 1364697000]


def test_a_period_takes_its_first_second_and_not_its_end():
    column = [EIGHT - 1, EIGHT, EIGHT + 9, EIGHT + 10]
    found = times(column, "epoch_s", period=(EIGHT, EIGHT + 10))
    assert found == ["outside_period", EIGHT, EIGHT + 9, "outside_period"]


# -- who, where --------------------------------------------------------------------------------


def test_the_first_reason_in_the_order_of_the_list_counts():
    assert judged(user=[""], time=[""], cell=[""], bad_user=True) == ["missing_user"]
    assert judged(time=[""], cell=[""], bad_user=True) == ["bad_user"]
    assert judged(time=["x"], cell=[""]) == ["bad_time"]


def test_a_null_is_as_missing_as_nothing():
    nothing = pa.array([None, ""], pa.string())
    assert judged(user=nothing) == ["missing_user"] * 2
    assert judged(time=nothing) == ["missing_time"] * 2
    assert judged(cell=nothing) == ["missing_cell"] * 2


def test_a_cell_is_known_by_its_text_whatever_its_type():
    expected = [EIGHT, "unknown_cell", "missing_cell"]
    assert judged(cell=["12", "a", None]) == expected
    assert judged(cell=pa.array([12, 13, None])) == expected
    assert judged(cell=pa.array([12.0, 13.0, None])) == expected


def test_several_columns_are_one_cell_and_none_may_be_missing():
    cells = {"lac": ["1", "1", None, ""], "ci": ["2", "3", "2", "2"]}
    found = judged(columns={"cell": ("lac", "ci")}, **cells)
    assert found == [EIGHT, "unknown_cell", "missing_cell", "missing_cell"]


def test_joined_cells_of_numbers_and_text():
    columns = {"lac": pa.array([1, None]), "ci": pa.array(["2", "3"])}
    assert joined_cells(columns, ("lac", "ci")).to_pylist() == [b"1-2", None]


@pytest.mark.parametrize("kind", [pa.int32(), pa.float64(), pa.string()])
def test_a_country_code_is_checked_when_it_is_given(kind):
    codes = pa.array([608, 199, 200, 799, 800, None]).cast(kind)
    bad = str(Reason.BAD_MCC)
    assert judged(mcc=codes, columns={"mcc": "mcc"}) == [EIGHT, bad, EIGHT, EIGHT, bad, bad]
