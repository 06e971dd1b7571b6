"""Blocks arrive as they were sent, through Spark or through files of one machine."""

import os
import sys
from pathlib import Path
from types import SimpleNamespace

import pyarrow as pa
import pytest

from jobs.engine.blocks import map_reduce
from jobs.engine.exchange import Place, given_back, received, sent, shared_folder
from jobs.errors import InputError

BLOCKS = [
    (3, pa.table({"x": pa.array([1, 2], pa.int64())}).replace_schema_metadata({"header": "{}"})),
    (0, pa.table({"sealed": pa.array([bytes(range(256))], pa.binary())})),
    (3, pa.table({"x": pa.array([], pa.int64())})),
]


def told(spark, master: str):
    """A session that tells of another master."""
    return SimpleNamespace(getConf=spark.getConf, master=master)


@pytest.mark.parametrize("in_files", [False, True])
def test_blocks_arrive_as_they_were_sent(tmp_path, in_files):
    parcels = list(sent(iter(BLOCKS), str(tmp_path) if in_files else None))
    assert {isinstance(parcel, Place) for _, parcel in parcels} == {in_files}
    assert len(list(tmp_path.iterdir())) == in_files
    for (number, parcel), (expected, table) in zip(parcels, BLOCKS, strict=True):
        assert number == expected
        assert received(parcel).equals(table, check_metadata=True)


def test_blocks_in_files_outlive_them(tmp_path):
    parcels = list(sent(iter(BLOCKS), str(tmp_path)))
    tables = [received(parcel) for _, parcel in parcels]
    for file in tmp_path.iterdir():
        file.unlink()
    assert [table.num_rows for table in tables] == [2, 1, 0]
    assert tables[0]["x"].to_pylist() == [1, 2]


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux makes holes in files")
def test_the_room_of_what_was_received_comes_free_and_the_rest_stays(tmp_path):
    large = pa.table({"x": pa.array(range(100_000), pa.int64())})
    first, second = (parcel for _, parcel in sent(iter([(0, large), (1, large)]), str(tmp_path)))
    (file,) = tmp_path.iterdir()
    before = file.stat()
    given_back([first, b"a block of a cluster"])
    assert file.stat().st_size == before.st_size
    assert file.stat().st_blocks <= before.st_blocks * 0.6
    assert received(second).equals(large)
    given_back([first._replace(path=f"{file}.gone")])


def test_on_one_machine_only_places_pass_through_spark_and_nothing_stays(spark):
    scratch = Path(spark.getConf().get("spark.local.dir"))
    before = set(scratch.glob("blocks-*"))

    def read(given):
        yield 0, pa.table({"x": pa.array([given["number"]], pa.int64())})

    def look(_, blocks):
        folders = [folder for folder in scratch.glob("blocks-*") if folder not in before]
        return {
            "files": [len(os.listdir(folder)) for folder in folders],
            "modes": [folder.stat().st_mode & 0o777 for folder in folders],
            "sum": sum(block["x"][0].as_py() for block in blocks),
        }

    (report,) = map_reduce(spark, [{}, {}, {}], read, look, 1)
    assert report == {"partition": 0, "files": [3], "modes": [0o700], "sum": 3}
    assert set(scratch.glob("blocks-*")) == before


def test_files_go_also_when_something_fails(spark):
    scratch = Path(spark.getConf().get("spark.local.dir"))
    before = set(scratch.glob("blocks-*"))

    def read(given):
        yield 0, pa.table({"x": [1]})
        raise InputError("is cut")

    with pytest.raises(InputError, match="is cut"):
        map_reduce(spark, [{}], read, lambda part, blocks: {}, 1)
    assert set(scratch.glob("blocks-*")) == before


@pytest.mark.parametrize("master", ["spark://head:7077", "local-cluster[2,1,1024]", "yarn"])
def test_machines_of_a_cluster_share_no_folder(spark, master):
    with shared_folder(told(spark, master)) as folder:
        assert folder is None
