"""A wrong description of records shows in their first rows, with the key to set."""

import pyarrow as pa
import pytest
from cdr_builders import ANNA, MORNING, csv_of, source, write

from jobs.errors import InputError
from jobs.records.first_rows import check_first_rows
from jobs.records.time_formats import time_format_of

PLAN = pa.array(["A", "B"])


def refusal(file, known=PLAN, allowed=0.05, **how):
    with pytest.raises(InputError) as caught:
        check_first_rows(source(file, **how), known, allowed)
    assert ANNA not in str(caught.value)
    return str(caught.value)


def records(tmp_path, *rows):
    return write(tmp_path / "a.csv", csv_of(*rows))


def test_good_rows_pass_with_some_bad_ones_among_them(tmp_path):
    rows = [(ANNA, MORNING, "A")] * 20 + [(ANNA, "?", "A"), (ANNA, MORNING, "Z")]
    check_first_rows(source(records(tmp_path, *rows)), PLAN, 0.05)


def test_times_in_another_format_are_shown_with_the_format_to_set(tmp_path):
    told = refusal(records(tmp_path, *[(ANNA, "31/12/2024 07:41:12", "A")] * 20))
    assert (
        "20 of 20 of its first rows are rejected: bad_time. Times are written as '31/12/2024 07:41:12'"
        in told
    )
    assert 'set cdr.columns.time.format: "%d/%m/%Y %H:%M:%S"' in told


def test_cells_that_are_not_in_the_plan_are_shown_beside_those_that_are(tmp_path):
    told = refusal(records(tmp_path, *[(ANNA, MORNING, "7")] * 20))
    assert "Cells are named '7' in the records, and 'A', 'B' in the cell plan" in told


def test_without_a_plan_every_cell_is_known(tmp_path):
    check_first_rows(source(records(tmp_path, *[(ANNA, MORNING, "7")] * 20)), None, 0.05)


def test_a_few_rows_tell_of_themselves_only(tmp_path):
    check_first_rows(source(records(tmp_path, *[(ANNA, "?", "A")] * 19)), PLAN, 0.05)


def test_what_the_config_allows_passes(tmp_path):
    check_first_rows(source(records(tmp_path, (ANNA, "?", "A"))), PLAN, 1.0)


@pytest.mark.parametrize(
    ("times", "told"),
    [
        (["2024-03-01 10:00:00", "2024-03-01T10:00:00+01:00"], "iso"),
        (["1709287200"], "epoch_s"),
        (["1709287200000"], "epoch_ms"),
        (["01/03/2024 10:00:00"], "%d/%m/%Y %H:%M:%S"),
        (["01/03/2024 10:00:00", "03/31/2024 10:00:00"], "%m/%d/%Y %H:%M:%S"),
        (["01.03.2024 10:00"], "%d.%m.%Y %H:%M"),
        (["20240301101500"], "%Y%m%d%H%M%S"),
        (["yesterday"], None),
        ([], None),
    ],
)
def test_a_format_is_told_from_times(times, told):
    assert time_format_of(times) == told


@pytest.mark.parametrize(
    ("columns", "said"),
    [
        ({"kind": "what"}, "bad_kind. The column 'what' holds 'MOC'"),
        ({"direction": "what"}, "bad_direction. The column 'what' holds 'MOC'"),
        ({"kind": "user"}, "bad_kind\nMend: check cdr.columns.kind"),
        ({"counterparty": "what"}, "bad_counterparty\nMend: check cdr.columns.counterparty"),
        ({"duration_s": "time"}, "bad_duration\nMend: check cdr.columns.duration_s"),
    ],
)
def test_codes_of_interactions_that_are_not_listed_are_shown_unless_they_may_name_somebody(
    tmp_path, columns, said
):
    rows = [(ANNA, MORNING, "A", "MOC")] * 20
    file = write(tmp_path / "a.csv", csv_of(*rows, header="user,time,cell,what"))
    assert said in refusal(file, columns=columns)
