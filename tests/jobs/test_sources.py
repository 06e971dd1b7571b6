import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from cdr_builders import ANNA, MORNING, csv_of, source, write
from pydantic import ValidationError

from jobs.engine.input_files import digest_of_file
from jobs.errors import InputError
from jobs.records.sources import check_files

GOOD = csv_of((ANNA, MORNING, "A"))


def refusal(path, **how) -> str:
    with pytest.raises(InputError) as caught:
        check_files(source(path, **how))
    assert caught.value.exit_code == 2
    assert str(path) in str(caught.value)
    assert caught.value.mend
    return str(caught.value)


def test_a_folder_is_searched_to_the_bottom_without_hidden_files_and_markers(tmp_path):
    kept = [write(tmp_path / name, GOOD) for name in ("a.csv", "day=1/b.CSV", "day=1/c.csv.gz", "z.txt")]
    for name in ("_SUCCESS", ".hidden.csv", "_tmp/d.csv", ".git/e.csv", "notes.md"):
        write(tmp_path / name, GOOD)
    assert source(tmp_path).files() == sorted(map(str, kept))


def test_a_pattern_that_matches_a_folder_and_its_files_names_each_once(tmp_path):
    file = write(tmp_path / "in" / "day" / "a.csv", GOOD)
    assert source(f"{tmp_path}/in/**").files() == [str(file)]


def test_a_folder_without_records_is_refused(tmp_path):
    with pytest.raises(InputError, match="holds no record file"):
        source(tmp_path).files()


def test_an_ending_that_tells_nothing_needs_a_format(tmp_path):
    path = write(tmp_path / "records.dat", GOOD)
    assert "set cdr.format" in refusal(path)
    assert check_files(source(path, format="csv")) == [str(path)]


@pytest.mark.parametrize("name", ["empty.csv", "empty.csv.gz"])
@pytest.mark.parametrize("content", ["", "\n\r\n \n"])
def test_an_empty_file_is_refused(tmp_path, name, content):
    assert "is empty" in refusal(write(tmp_path / name, content))


def test_a_wrong_delimiter_shows_what_it_finds(tmp_path):
    message = refusal(write(tmp_path / "a.csv", GOOD.replace(",", ";")))
    assert "has no column 'user', 'time', 'cell'. Split by ',' it has 'user;time;cell'" in message
    assert "cdr.delimiter" in message


def test_a_lacking_column_shows_the_columns_that_are_there(tmp_path):
    path = write(tmp_path / "a.csv", csv_of((ANNA, "A"), header="user,cell"))
    assert "has no column 'time'. Split by ',' it has 'user', 'cell'" in refusal(path)


@pytest.mark.parametrize("delimiter", [",", ";"])
def test_a_record_in_the_place_of_a_header_is_not_shown(tmp_path, delimiter):
    path = write(tmp_path / "a.csv", f"{ANNA},{MORNING},A\n")
    message = refusal(path, delimiter=delimiter)
    assert ANNA not in message
    assert "looks like a record" in message


def test_too_few_columns_without_a_header(tmp_path):
    columns = {"user": 0, "time": {"column": 1}, "cell": 3}
    message = refusal(write(tmp_path / "a.csv", f"{ANNA},{MORNING},A\n"), header=False, columns=columns)
    assert "has no column '3'. Split by ',' it has 3 column(s)" in message


def test_names_need_a_header():
    with pytest.raises(ValidationError, match="columns are positions from 0"):
        source("a.csv", header=False)


def test_a_cut_gzip_file_is_refused(tmp_path):
    path = write(tmp_path / "a.csv.gz", GOOD * 50)
    path.write_bytes(path.read_bytes()[:-9])
    assert "check that the file is whole" in refusal(path)


def test_what_is_not_gzip_is_refused(tmp_path):
    path = tmp_path / "a.csv.gz"
    path.write_text(GOOD)
    refusal(path)


@pytest.mark.parametrize("content", [b"", b"PAR1", None])
def test_a_cut_parquet_file_is_refused(tmp_path, content):
    path = tmp_path / "a.parquet"
    pq.write_table(pa.table({"user": [ANNA], "time": [MORNING], "cell": ["A"]}), path)
    path.write_bytes(path.read_bytes()[:-20] if content is None else content)
    assert "is not a whole Parquet file" in refusal(path)


def test_a_parquet_file_without_a_column_shows_the_columns_that_are_there(tmp_path):
    pq.write_table(pa.table({"user": [ANNA], "when": [MORNING]}), tmp_path / "a.parquet")
    assert "has no column 'time', 'cell'; it has user, when" in refusal(tmp_path / "a.parquet")


@pytest.mark.parametrize(
    ("how", "told"),
    [
        ({"encoding": "klingon"}, "unknown encoding 'klingon'"),
        ({"delimiter": "||"}, "at most 1 character"),
        ({"columns": {"time": {"zone": "Dakar"}}}, "unknown time zone 'Dakar'"),
        ({"columns": {"who": "user"}}, "Extra inputs"),
    ],
)
def test_a_wrong_description_is_refused(how, told):
    with pytest.raises(ValidationError, match=told):
        source("a.csv", **how)


def test_the_digest_of_a_file_is_that_of_its_bytes(tmp_path):
    path = write(tmp_path / "a.csv", "abc")
    assert digest_of_file(str(path)).startswith("ba7816bf8f01cfea")


@pytest.mark.parametrize(
    ("how", "mend"),
    [
        ({"delimiter": ";"}, "set cdr.encoding"),
        ({"encoding": "latin-1"}, 'set cdr.delimiter: ";"'),
        ({"encoding": "latin-1", "delimiter": ";", "columns": {"user": "Numero"}}, "may be 'Numéro'"),
    ],
)
def test_a_file_written_in_another_way_is_refused_with_the_key_to_set(tmp_path, how, mend):
    (tmp_path / "a.csv").write_bytes(f"Numéro;time;cell\n{ANNA};{MORNING};A\n".encode("latin-1"))
    columns = {"user": "Numéro", "time": {"column": "time"}, "cell": "cell", **how.pop("columns", {})}
    assert mend in refusal(tmp_path / "a.csv", columns=columns, **how)
