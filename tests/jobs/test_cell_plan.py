import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from cdr_builders import write

from jobs.errors import InputError
from jobs.ground.cell_plan import CellPlanParams, read_cell_plan


def plan(path, **how):
    return read_cell_plan(CellPlanParams(path=str(path), **how))


def plan_of(tmp_path, text, **how):
    return plan(write(tmp_path / "cells.csv", text), **how)


def refusal(path, **how) -> str:
    with pytest.raises(InputError) as caught:
        plan(path, **how)
    assert caught.value.mend
    return str(caught.value)


def test_identifiers_stay_text_and_are_sorted(tmp_path):
    table, remarks = plan_of(tmp_path, "cell_id,lon,lat\n10,-17.4,14.7\n007,-17.5,14.8\n9,0,0\n")
    assert table["cell_id"].to_pylist() == ["007", "10", "9"]
    assert table["lon"].to_pylist() == [-17.5, -17.4, 0.0]
    assert remarks == []


def test_numbers_of_parquet_become_text(tmp_path):
    rows = {"lac": [1, 1], "ci": [20, 3], "x": [1, 2], "y": pa.array([0.5, 0.5], pa.float32())}
    pq.write_table(pa.table(rows), tmp_path / "cells.parquet")
    columns = {"cell_id": ["lac", "ci"], "lon": "x", "lat": "y"}
    table, _ = plan(tmp_path, columns=columns)
    assert table["cell_id"].to_pylist() == ["1-20", "1-3"]
    assert table["lon"].type == table["lat"].type == pa.float64()


def test_of_rows_for_one_cell_the_last_counts(tmp_path):
    table, remarks = plan_of(tmp_path, "cell_id,lon,lat\nA,1,1\nB,2,2\nA,3,3\n")
    assert table.to_pylist() == [
        {"cell_id": "A", "lon": 3.0, "lat": 3.0},
        {"cell_id": "B", "lon": 2.0, "lat": 2.0},
    ]
    assert remarks == ["1 rows of the cell plan repeat a cell; the last counts"]


def test_of_rows_with_dates_the_last_valid_counts_and_no_date_is_before_all(tmp_path):
    text = "cell_id,lon,lat,since\nA,1,1,2013-06-01\nA,2,2,2012-01-01\nA,3,3,\n"
    table, _ = plan_of(tmp_path, text, columns={"valid_from": "since"})
    assert table["lon"].to_pylist() == [1.0]


def test_no_date_is_before_all_in_parquet_too(tmp_path):
    since = pa.array([None, 19_000], pa.date32())
    rows = {"cell_id": ["A", "A"], "lon": [1.0, 2.0], "lat": [0.0, 0.0], "since": since}
    pq.write_table(pa.table(rows), tmp_path / "cells.parquet")
    table, _ = plan(tmp_path, columns={"valid_from": "since"})
    assert table["lon"].to_pylist() == [2.0]


def test_rows_that_name_no_cell_are_left_out_with_a_remark(tmp_path):
    table, remarks = plan_of(tmp_path, "cell_id,lon,lat\n,1,1\nA,2,2\n")
    assert table["cell_id"].to_pylist() == ["A"]
    assert remarks == ["1 rows of the cell plan name no cell; they are left out"]


@pytest.mark.parametrize("text", ["cell_id,lon,lat\n", "cell_id,lon,lat\n,1,1\n"])
def test_a_plan_without_a_cell_is_refused(tmp_path, text):
    assert "names no cell" in refusal(write(tmp_path / "cells.csv", text))


def test_sectors_are_read_when_they_are_there(tmp_path):
    columns = {"azimuth_deg": "az", "beam_deg": "beam"}
    table, _ = plan_of(tmp_path, "cell_id,lon,lat,az\nA,1,1, 120 \nB,1,1,\n", columns=columns)
    assert table["azimuth_deg"].to_pylist() == [120.0, None]
    assert table["beam_deg"].to_pylist() == [None, None]


def test_other_delimiters_quotes_and_a_byte_order_mark(tmp_path):
    table, _ = plan_of(tmp_path, '\ufeff"cell_id";lon;lat\n"A;1";1;2\n', delimiter=";")
    assert table["cell_id"].to_pylist() == ["A;1"]


@pytest.mark.parametrize("row", ["B,181,0", "B,0,-91", "B,,0", "B,0,", "B,nan,0", "B,inf,0"])
def test_positions_outside_the_earth_are_named(tmp_path, row):
    path = write(tmp_path / "cells.csv", f"cell_id,lon,lat\nA,1,1\n{row}\n")
    assert "1 cells have no position on Earth in degrees: 'B'" in refusal(path)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("", "has no column 'cell_id', 'lon', 'lat'"),
        ("cell_id;lon;lat\n", "it has 'cell_id;lon;lat'"),
        ("cell_id,lon\nA,1\n", "has no column 'lat'"),
        ("cell_id,lon,lat\nA,1\n", "not a well-formed CSV file"),
        ("cell_id,lon,lat\nA,1,north\n", "column 'lat' holds something else than numbers"),
        ('cell_id,lon,lat\nA,"14,7",1\n', "column 'lon' holds something else than numbers"),
        (b"cell_id,lon,lat,\xe9\nA,1,1,2\n", "UTF-8"),
    ],
)
def test_a_plan_that_cannot_be_read_is_named_with_the_mend(tmp_path, text, told):
    path = write(tmp_path / "cells.csv", text)
    message = refusal(path)
    assert told in message
    assert str(path) in message


def test_a_cut_parquet_plan_and_an_empty_folder_are_refused(tmp_path):
    assert "holds no CSV or Parquet file" in refusal(tmp_path)
    assert "is not a whole Parquet file" in refusal(write(tmp_path / "cells.parquet", "PAR1"))


def test_the_files_of_a_folder_are_one_plan(tmp_path):
    for name, row in (("a.csv", "A,1,1"), ("deep/b.CSV", "B,2,2")):
        write(tmp_path / name, f"cell_id,lon,lat\n{row}\n")
    table, _ = plan(tmp_path)
    assert table["cell_id"].to_pylist() == ["A", "B"]


def test_a_plan_as_a_french_office_saves_it(tmp_path):
    text = "Code;Longitude;Latitude;Libellé\nA;-17,45;14,7;Médina\n"
    (tmp_path / "cells.csv").write_bytes(text.encode("latin-1"))
    columns = {"cell_id": "Code", "lon": "Longitude", "lat": "Latitude"}
    table, _ = plan(tmp_path / "cells.csv", delimiter=";", decimal=",", encoding="latin-1", columns=columns)
    assert table.to_pylist() == [{"cell_id": "A", "lon": -17.45, "lat": 14.7}]


@pytest.mark.parametrize(
    ("how", "mend"),
    [
        ({}, "set cells.encoding"),
        ({"encoding": "latin-1"}, 'set cells.delimiter: ";"'),
        ({"encoding": "latin-1", "delimiter": ";"}, "'Longitud' may be 'Longitude'"),
    ],
)
def test_a_plan_written_in_another_way_is_refused_with_the_key_to_set(tmp_path, how, mend):
    (tmp_path / "cells.csv").write_bytes("Libellé;Longitude;Latitude\nA;-17,45;14,7\n".encode("latin-1"))
    columns = {"cell_id": "Libellé", "lon": "Longitud", "lat": "Latitude"}
    assert mend in refusal(tmp_path / "cells.csv", columns=columns, **how)


def test_decimal_commas_are_refused_with_the_key_to_set(tmp_path):
    told = refusal(write(tmp_path / "cells.csv", "cell_id;lon;lat\nA;1,5;2\n"), delimiter=";")
    assert 'set cells.decimal: ","' in told
