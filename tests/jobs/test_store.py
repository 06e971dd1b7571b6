import json
import time

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from jobs.engine.store import Store, StoredFile, digest_of
from jobs.errors import RunError

ROWS = pa.table({"user": pa.array([1, 2, 3], pa.uint64()), "name": ["a", "b", None]})


def stored(name="part-0", sha="aa", path="tables/t/part-0.1.parquet") -> StoredFile:
    return StoredFile(name, path, 1, 2, sha)


def test_a_table_is_read_back_as_it_was_written(store):
    file = store.write_table("tables/t", "part-0", ROWS)
    assert store.read_table(file).equals(ROWS)
    assert store.read_table(file.path, ["name"]).column_names == ["name"]
    assert (file.name, file.rows, file.bytes) == ("part-0", 3, store.size(file.path))
    assert StoredFile.from_json(file.as_json()) == file


def test_times_numbers_and_coded_text_are_read_back_as_what_they_are(store):
    names = pa.array(["HBW", "HBO"])
    codes = pa.array([1, 0, None, 1], pa.int8())
    table = pa.table(
        {
            "window": pa.array([3] * 4, pa.int32()),
            "time": pa.array([0, 1_400_000_000, 5, None], pa.timestamp("s", "UTC")),
            "cell": pa.array([-1, 2**31 - 1, None, 0], pa.int32()),
            "weight": [0.5, float("nan"), None, -0.0],
            "purpose": pa.DictionaryArray.from_arrays(codes, names),
        }
    )
    found = store.read_table(store.write_table("tables/t", "part-0", table))
    assert found["purpose"].type == pa.string()
    assert found["purpose"].to_pylist() == ["HBO", "HBW", None, "HBO"]
    assert found["time"].cast(pa.timestamp("s", "UTC")).equals(table["time"])
    for name in ("window", "cell"):
        assert found[name].equals(table[name])
    assert str(found["weight"].to_pylist()) == str(table["weight"].to_pylist())


def test_each_column_is_read_as_one_array_however_many_row_groups_it_has(store, monkeypatch):
    monkeypatch.setattr("jobs.engine.store.ROWS_PER_GROUP", 2)
    found = store.read_table(store.write_table("tables/t", "part-0", ROWS))
    assert found.equals(ROWS)
    assert [column.num_chunks for column in found.columns] == [1, 1]


def test_a_column_that_a_table_lacks_is_a_run_error(store):
    file = store.write_table("tables/t", "part-0", ROWS)
    with pytest.raises(RunError, match="cannot be read"):
        store.read_table(file, ["user", "place"])


def test_two_attempts_have_names_of_their_own_and_one_digest(store):
    first, second = (store.write_table("tables/t", "part-0", ROWS) for _ in range(2))
    assert first.path != second.path
    assert first.sha256 == second.sha256
    assert digest_of([first]) == digest_of([second])


def test_chunks_of_a_table_do_not_change_its_bytes(store):
    parted = pa.concat_tables([ROWS.slice(0, 1), ROWS.slice(1)])
    assert (
        store.write_table("tables/t", "p", parted).sha256 == store.write_table("tables/t", "p", ROWS).sha256
    )


@given(st.permutations(["a", "b", "c"]))
def test_a_digest_does_not_depend_on_the_order_of_files(order):
    files = {name: stored(name, f"sha of {name}", f"any/{name}.x") for name in "abc"}
    assert digest_of([files[name] for name in order]) == digest_of(list(files.values()))


def test_a_digest_depends_on_names_and_contents():
    digests = {digest_of([stored()]), digest_of([stored(name="part-1")]), digest_of([stored(sha="bb")])}
    assert len({*digests, digest_of([])}) == 4


def test_json_is_replaced_whole_and_leaves_nothing_aside(store):
    for content in ({"b": 1, "a": ["é"]}, {"b": 2}):
        store.write_json("runs/manifest.json", content)
        assert store.read_json("runs/manifest.json") == content
    assert store.files_below("runs") == ["runs/manifest.json"]


def test_a_failed_write_leaves_the_old_content(store, monkeypatch):
    store.write_json("m.json", {"old": True})

    def full_disk(path, content):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("jobs.engine.store._write_durably", full_disk)
    with pytest.raises(OSError, match="No space"):
        store.write_json("m.json", {"old": False})
    assert store.read_json("m.json") == {"old": True}


def test_what_is_not_there_reads_as_nothing(store):
    assert store.read_json("none.json") is None
    assert store.read_bytes("none") is None
    assert store.size("none") is None
    assert store.files_below("none") == []
    store.delete("none")
    store.delete_folder("none")


def test_spoilt_json_is_a_run_error_with_place_and_mend(store):
    store.write_bytes("m.json", b'{"half": ')
    with pytest.raises(RunError, match=r"m\.json: is not valid JSON\nMend: delete it"):
        store.read_json("m.json")


@pytest.mark.parametrize("content", [None, b"", b"PAR1 half"])
def test_a_lost_or_cut_table_is_a_run_error_with_the_mend(store, content):
    if content is not None:
        store.write_bytes("t.parquet", content)
    with pytest.raises(RunError, match="--force"):
        store.read_table("t.parquet")


def test_a_finished_folder_takes_the_place_of_the_old(store):
    store.write_bytes("releases/d/old.txt", b"old")
    store.write_bytes("staging/new.txt", b"new")
    store.swap_folder("staging", "releases/d")
    assert store.files_below("") == ["releases/d/new.txt"]


def test_a_finished_folder_is_put_where_none_was(store):
    store.write_bytes("staging/new.txt", b"new")
    store.swap_folder("staging", "releases/deep/d")
    assert store.files_below("") == ["releases/deep/d/new.txt"]


def test_no_file_is_an_empty_table_of_the_schema(store):
    assert store.read_tables([], ROWS.schema).schema == ROWS.schema
    file = store.write_table("t", "p", ROWS)
    assert store.read_tables([file, file], ROWS.schema).num_rows == 6


def test_a_store_may_be_named_by_uri(tmp_path):
    store = Store(f"file://{tmp_path}")
    store.write_json("a/b.json", [1])
    assert store.is_local
    assert json.loads((tmp_path / "a" / "b.json").read_text()) == [1]
    assert not Store("s3://bucket/there").is_local


def test_bytes_are_kept_as_they_are_whatever_the_name(store, bucket):
    for kept in (store, Store(bucket.uri("ws"))):
        kept.write_bytes("a/b.csv.gz", b"not packed")
        assert kept.read_bytes("a/b.csv.gz") == b"not packed"
        assert kept.size("a/b.csv.gz") == len(b"not packed")


def test_a_store_on_an_object_store_keeps_the_promises_of_one_on_a_disk(bucket, tmp_path):
    store = Store(bucket.uri("ws"))
    file = store.write_table("tables/t", "window=1/part-0", ROWS)
    assert store.read_table(file).equals(ROWS)
    assert file.sha256 == Store(str(tmp_path)).write_table("tables/t", "window=1/part-0", ROWS).sha256
    assert store.files_below("tables") == [file.path]
    assert store.sizes([file.path, "none"]) == [file.bytes, None]
    assert store.folders_in("") == ["tables"]
    assert abs(store.ages("tables")[file.path] - time.time()) < 60
    (tmp_path / "made" / "deep").mkdir(parents=True)
    (tmp_path / "made" / "deep" / "x.txt").write_text("x")
    store.put_folder(tmp_path / "made", "report")
    assert store.read_bytes("report/deep/x.txt") == b"x"
    store.delete(file.path)
    store.delete_empty_folders("tables")
    assert store.folders_in("") == ["report"]
    store.delete_folder("report")
    with pytest.raises(RunError, match=rf"s3://{bucket.name}/ws/tables/.*: cannot be read\nMend"):
        store.read_table(file)
