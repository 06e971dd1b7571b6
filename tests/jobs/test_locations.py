import errno
from pathlib import Path

import pytest

from jobs.engine import locations
from jobs.engine.input_files import (
    companions,
    digest_of_file,
    found_at,
    on_this_machine,
    open_file,
    size_of,
    stamp_of,
)
from jobs.errors import ConfigError, InputError
from jobs.params import Location, Params

WITH_OPTIONS = "s3://bucket/cdr?endpoint_override=store:9000&scheme=http"


class Where(Params):
    path: Location


# -- names -------------------------------------------------------------------------------------


def test_how_a_store_is_reached_is_not_shown_and_goes_along_to_files_below():
    assert locations.shown(WITH_OPTIONS) == "s3://bucket/cdr"
    assert (
        locations.join(WITH_OPTIONS, "a.csv")
        == "s3://bucket/cdr/a.csv?endpoint_override=store:9000&scheme=http"
    )
    assert locations.beside(WITH_OPTIONS, "s3://bucket/x").endswith(
        "/x?endpoint_override=store:9000&scheme=http"
    )
    assert locations.join("/data", "a.csv") == "/data/a.csv"
    assert locations.shown("/data/odd?name") == "/data/odd?name"


def test_a_dump_of_the_config_does_not_say_how_a_store_is_reached():
    where = Where(path=WITH_OPTIONS)
    assert where.path == WITH_OPTIONS
    assert where.model_dump(mode="json") == {"path": "s3://bucket/cdr"}
    assert "9000" not in where.model_dump_json()


def test_a_file_uri_is_a_path(tmp_path):
    (tmp_path / "a.csv").write_text("x")
    assert Where(path=f"file://{tmp_path}/a.csv").path == f"{tmp_path}/a.csv"
    assert not locations.is_remote(f"file://{tmp_path}")
    assert found_at(f"file://{tmp_path}", (".csv",)) == [f"{tmp_path}/a.csv"]


@pytest.mark.parametrize(
    ("uri", "told"),
    [
        ("ftp://host/a", "ftp:// is not supported; use a path or s3"),
        ("s3://name:secret@bucket/a", "holds credentials"),
        ("s3://name@bucket/a", "holds credentials"),
        ("s3:///a", "name of a bucket"),
    ],
)
def test_a_uri_that_cannot_be_used_is_refused_without_showing_a_secret(uri, told):
    with pytest.raises(ValueError, match=told) as refusal:
        locations.checked(uri)
    assert "secret@" not in str(refusal.value)


def test_options_that_are_not_understood_are_a_config_error():
    with pytest.raises(ConfigError, match=r"s3://bucket/: cannot be reached: .*'hue'"):
        locations.opened("s3://bucket/a?hue=blue")


def test_a_path_is_below_a_folder_by_whole_names():
    assert locations.is_below("s3://b/ws/world/cdr?x=1", "s3://b/ws/world")
    assert locations.is_below("/ws/world", "/ws/world")
    assert not locations.is_below("/ws/world2/cdr", "/ws/world")


# -- trouble -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("error", "told"),
    [
        (OSError("When x: AWS Error ACCESS_DENIED during PutObject operation: No"), "access is denied"),
        (OSError("AWS Error UNKNOWN (HTTP status 403) during HeadObject"), "the store refused: unknown"),
        (OSError("AWS Error NETWORK_CONNECTION: Failed to connect to 10.0.0.1:9000"), "does not answer"),
        (OSError("AWS Error SLOW_DOWN during x"), "the store refused: slow down"),
        (
            OSError(errno.ENOSPC, "[Errno 28] Error writing bytes to file. Detail: x"),
            "No space left on device",
        ),
        (OSError("zlib inflate failed: data error"), "zlib inflate failed"),
    ],
)
def test_trouble_is_told_in_a_few_words_with_the_mend_and_without_the_address(error, told):
    what, mend = locations.trouble(error)
    assert told in what
    assert mend
    assert "10.0.0.1" not in what + mend


# -- files, here and on an object store --------------------------------------------------------

TREE = ("day=1/a.csv", "day=1/b.csv.gz", "day=2/c.csv", "day=2/.hidden.csv", "_tmp/d.csv", "day=2/e.txt")


@pytest.fixture(params=["disk", "s3"])
def tree(request, tmp_path):
    """Files below a folder; returns how to name a location in it."""
    if request.param == "disk":
        for name in TREE:
            (tmp_path / "in" / name).parent.mkdir(parents=True, exist_ok=True)
            (tmp_path / "in" / name).write_bytes(name.encode())
        return lambda path: f"{tmp_path}/in/{path}".rstrip("/")
    bucket = request.getfixturevalue("bucket")
    for name in TREE:
        bucket.put(f"in/{name}", name.encode())
    return lambda path: bucket.uri(f"in/{path}".rstrip("/"))


@pytest.mark.parametrize(
    ("path", "names"),
    [
        ("", ["day=1/a.csv", "day=1/b.csv.gz", "day=2/c.csv"]),
        ("day=2/c.csv", ["day=2/c.csv"]),
        ("day=2/e.txt", ["day=2/e.txt"]),
        ("day=*/*.csv", ["day=1/a.csv", "day=2/c.csv"]),
        ("day=[2-9]", ["day=2/c.csv"]),
        ("**/*.gz", ["day=1/b.csv.gz"]),
        ("none", []),
        ("none/*.csv", []),
    ],
)
def test_files_are_found_alike_on_a_disk_and_on_an_object_store(tree, path, names):
    root = locations.shown(tree(""))
    assert found_at(tree(path), (".csv", ".csv.gz")) == [f"{root}/{name}" for name in names]


def test_a_file_has_size_stamp_digest_and_bytes_at_any_place(tree):
    place = tree("day=1/a.csv")
    assert size_of(place) == len("day=1/a.csv")
    assert stamp_of(place)[0] == size_of(place)
    assert stamp_of(place) != stamp_of(tree("day=2/c.csv"))
    assert digest_of_file(place) == digest_of_file(place)
    assert digest_of_file(place) != digest_of_file(tree("day=2/c.csv"))
    with open_file(place) as file:
        file.seek(6)
        assert file.read() == b"a.csv"


def test_what_is_not_there_is_an_input_error_with_its_name(tree):
    for look in (size_of, stamp_of, digest_of_file):
        with pytest.raises(InputError) as refusal:
            look(tree("day=1/none.csv"))
        assert refusal.value.where == locations.shown(tree("day=1/none.csv"))
        assert refusal.value.mend


def test_another_content_of_the_same_size_has_another_stamp_on_an_object_store(bucket):
    place = bucket.put("a.csv", b"one")
    before = stamp_of(place)
    bucket.put("a.csv", b"two")
    assert stamp_of(place) != before


def test_a_library_that_reads_by_path_gets_a_file_and_its_companions(bucket):
    for ending in ("shp", "dbf", "prj"):
        bucket.put(f"zones/areas.{ending}", ending.encode())
    bucket.put("zones/other.shp", b"")
    place = bucket.uri("zones/areas.shp")
    assert [name.rpartition(".")[2] for name in companions(place)] == ["dbf", "prj", "shp"]
    with on_this_machine(place) as path:
        assert Path(path).read_bytes() == b"shp"
        assert Path(path.replace(".shp", ".dbf")).read_bytes() == b"dbf"
    assert not Path(path).exists()


def test_an_error_about_a_fetched_file_names_the_file_where_it_lies(bucket):
    place = bucket.put("feed.zip", b"no zip")
    with pytest.raises(InputError) as refusal, on_this_machine(place) as path:
        raise InputError(f"{path} is no feed", path, "mend it")
    assert refusal.value.where == f"s3://{bucket.name}/feed.zip"
    assert refusal.value.what == f"s3://{bucket.name}/feed.zip is no feed"
