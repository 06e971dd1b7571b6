"""Losing worker processes changes nothing, unless they are lost again and again."""

import os
import signal

import pyarrow as pa
import pytest

from jobs.engine import cluster
from jobs.engine.blocks import map_reduce, run_tasks


@pytest.mark.parametrize(
    ("master", "tried"),
    [
        ("local", "local[1,3]"),
        ("local[2]", "local[2,3]"),
        ("local[*]", "local[*,3]"),
        ("local[2,1]", "local[2,1]"),
        ("spark://head:7077", "spark://head:7077"),
        ("local-cluster[1,1,1024]", "local-cluster[1,1,1024]"),
        ("yarn", "yarn"),
    ],
)
def test_a_local_master_tries_lost_tasks_again(master, tried):
    assert cluster.with_tries(master) == tried
    assert cluster.is_local(master) == (tried != master or tried == "local[2,1]")


def test_executors_learn_where_compiled_kernels_are_kept(monkeypatch):
    monkeypatch.setenv("MAILLAGE_CACHE_DIR", "/var/cache/maillage")
    monkeypatch.delenv("NUMBA_CACHE_DIR", raising=False)
    assert cluster.executor_settings("spark://head:7077") == {
        "spark.executorEnv.MAILLAGE_CACHE_DIR": "/var/cache/maillage"
    }
    assert cluster.executor_settings("local[2]") == {}


@pytest.fixture
def killer():
    """Kill the process that runs it, the first time; a function that travels to workers whole."""

    def die_once(marker: str) -> None:
        try:
            os.close(os.open(marker, os.O_CREAT | os.O_EXCL))
        except FileExistsError:
            return
        os.kill(os.getpid(), signal.SIGKILL)

    return die_once


def test_a_task_whose_process_is_killed_is_run_again(spark, killer, tmp_path):
    marker = str(tmp_path / "killed")

    def work(given):
        if given["value"] == 2:
            killer(marker)
        return {"twice": 2 * given["value"]}

    reports = run_tasks(spark, [{"value": value} for value in range(4)], work)
    assert [report["twice"] for report in reports] == [0, 2, 4, 6]
    assert os.path.exists(marker)


@pytest.mark.parametrize("side", ["map", "reduce"])
def test_blocks_are_neither_lost_nor_doubled_when_a_process_is_killed(spark, killer, tmp_path, side):
    marker = str(tmp_path / "killed")

    def produce(given):
        for partition in range(3):
            yield partition, pa.table({"x": [10 * given["value"] + partition]})
            if side == "map" and given["value"] == 1 and partition == 1:
                killer(marker)

    def consume(partition, blocks):
        if side == "reduce" and partition == 1:
            killer(marker)
        return {"x": sorted(x for block in blocks for x in block["x"].to_pylist())}

    reports = map_reduce(spark, [{"value": value} for value in range(3)], produce, consume, 3)
    assert [report["x"] for report in reports] == [[p, 10 + p, 20 + p] for p in range(3)]
    assert os.path.exists(marker)


def test_processes_that_are_lost_again_and_again_are_told_from_other_errors(spark):
    def work(given):
        os.kill(os.getpid(), signal.SIGKILL)

    with pytest.raises(Exception, match=r"crashed|exited") as lost:
        run_tasks(spark, [{}], work)
    assert cluster.is_lost_worker(lost.value)

    def fail(given):
        raise ValueError("a bug")

    with pytest.raises(Exception, match="a bug") as other:
        run_tasks(spark, [{}], fail)
    assert not cluster.is_lost_worker(other.value)
