"""OD matrices and populations as people hand them over."""

import h3
import pyarrow as pa
import pyarrow.csv as pacsv
import pyarrow.parquet as pq
import pytest

from jobs.errors import InputError
from jobs.transit.od_file import OD_COLUMNS, read_margins, read_od, read_population
from tests.jobs.transit.towns import h3_at, od_table

FLOWS = od_table(
    [(h3_at(0, 0), h3_at(3000, 0), "am_peak", 40.0), (h3_at(3000, 0), h3_at(0, 0), "midday", 9.0)]
)


def test_parquet_of_a_table_or_release_is_found_in_its_folder(tmp_path):
    for place in ("od/part.parquet", "od/day=1/part.parquet", "data/od.parquet", "od.parquet"):
        file = tmp_path / place.replace("/", "-") / place
        file.parent.mkdir(parents=True)
        pq.write_table(FLOWS, file)
        assert read_od(tmp_path / place.replace("/", "-")).equals(FLOWS)


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_csv_with_cells_as_text_is_read(tmp_path, delimiter):
    text = FLOWS.set_column(0, "origin", pa.array([h3.int_to_str(c) for c in FLOWS["origin"].to_pylist()]))
    pacsv.write_csv(text, tmp_path / "od.csv", pacsv.WriteOptions(delimiter=delimiter))
    assert read_od(tmp_path / "od.csv").equals(FLOWS)


def test_without_users_a_flow_is_as_precise_as_its_trips(tmp_path):
    pq.write_table(FLOWS.drop_columns(["users", "trips"]), tmp_path / "od.parquet")
    found = read_od(tmp_path / "od.parquet")
    assert found.schema.equals(OD_COLUMNS)
    assert found["users"].to_pylist() == [40, 9]


@pytest.mark.parametrize(
    ("spoil", "said"),
    [
        (lambda t: t.drop_columns(["slot"]), "lacks the columns slot"),
        (lambda t: t.drop_columns(["trips", "population_trips"]), "neither population_trips nor trips"),
        (lambda t: t.set_column(0, "origin", pa.array([7, 8])), "origin 7 is no H3 cell"),
        (lambda t: t.set_column(6, "population_trips", pa.array(["many", "few"])), "no number"),
    ],
)
def test_a_table_that_is_none_is_refused(tmp_path, spoil, said):
    pq.write_table(spoil(FLOWS), tmp_path / "od.parquet")
    with pytest.raises(InputError, match=said):
        read_od(tmp_path / "od.parquet")


def test_files_that_are_not_there_or_no_table_are_refused(tmp_path):
    with pytest.raises(InputError, match="no such file"):
        read_od(tmp_path / "none.parquet")
    with pytest.raises(InputError, match="holds no table od"):
        read_od(tmp_path)
    (tmp_path / "od.parquet").write_bytes(b"PAR")
    with pytest.raises(InputError, match="cannot be read"):
        read_od(tmp_path / "od.parquet")


def test_people_by_h3_cell_are_read(tmp_path):
    table = pa.table({"h3": [h3_at(0, 0, 9)], "population": [12]})
    pq.write_table(table, tmp_path / "people.parquet")
    assert read_population(tmp_path / "people.parquet").to_pylist() == [
        {"h3": h3_at(0, 0, 9), "population": 12.0}
    ]


def test_sums_are_found_beside_the_matrix_of_a_release(tmp_path):
    assert read_margins(tmp_path) is None
    (tmp_path / "data").mkdir()
    pq.write_table(FLOWS, tmp_path / "data" / "od.parquet")
    assert read_margins(tmp_path) is None
    assert read_margins(tmp_path / "data" / "od.parquet") is None
    cell = h3.int_to_str(h3_at(0, 0, 6))
    sums = pa.table(
        {
            "level": ["h3_6", "all"],
            "origin": [cell, None],
            "destination": [cell, None],
            "day_type": ["weekday", None],
            "slot": ["midday", None],
            "users": [40, 90],
            "trips": [7, 9],
            "population": [70.0, 90.0],
        }
    )
    pq.write_table(sums, tmp_path / "data" / "od_margins.parquet")
    (row,) = read_margins(tmp_path).to_pylist()
    assert row["origin"] == row["destination"] == h3_at(0, 0, 6)
    assert (row["level"], row["day_type"], row["slot"]) == ("h3_6", "weekday", "midday")
    assert (row["trips"], row["population"]) == (7.0, 70.0)
    pq.write_table(sums.drop_columns(["population"]), tmp_path / "data" / "od_margins.parquet")
    with pytest.raises(InputError, match="lacks the columns population"):
        read_margins(tmp_path)
