"""One set of tables, wherever Spark runs, and whatever is lost on the way."""

import json
import subprocess
import sys
from pathlib import Path

import pytest
from loopback_cluster import SPARK_BIN, Cluster, cluster_environment, loopback_cluster, wait_until
from test_run_errors import CELLS, RECORDS, content
from tiny_city import ROOT, start, write_config

from jobs.engine.store import Store, StoredFile
from pipelines.ledger import Ledger
from pipelines.records import Recipe, StageRecord
from pipelines.stages import NAMES

HERE = Path(__file__).parent
ON_CLUSTER = {"memory": "512m", "settings": {"spark.driver.host": "127.0.0.1"}}


@pytest.fixture(scope="module")
def cluster(tmp_path_factory):
    with loopback_cluster(tmp_path_factory.mktemp("cluster")) as running:
        yield running


def delivery(folder: Path) -> Path:
    """Records in several files, so that there are tasks for every worker."""
    (folder / "cdr").mkdir(parents=True)
    header, *rows = RECORDS.splitlines(keepends=True)
    for number in range(6):
        (folder / "cdr" / f"{number}.csv").write_text(header + "".join(rows[number::6]))
    (folder / "cells.csv").write_text(CELLS)
    cdr = [{"path": "cdr", "columns": {"user": "msisdn"}}]
    return write_config(folder, content(cdr=cdr, engine=ON_CLUSTER, disclosure={"min_users": 2}))


def digests(workspace: Path) -> dict[str, str]:
    ledger = Ledger(Store(str(workspace)))
    records = [record for name in NAMES if (record := ledger.record(name)) is not None]
    assert [record.stage for record in records][-1] == "od"
    return {name: digest for r in records for name, digest in r.digests().items()}


@pytest.fixture
def on_this_machine(tmp_path, command):
    """Digests of the run with two threads; the config is left for others to run."""
    config = delivery(tmp_path)
    told = command("run", config, "--until", "od", "--set", "workspace=calm")
    assert told.code == 0, told.err
    return config, digests(tmp_path / "calm")


def finished(process: "subprocess.Popen[str]") -> None:
    out, err = process.communicate(timeout=240)
    assert process.returncode == 0, out + err


def test_spark_submit_on_a_cluster_makes_the_tables_of_this_machine(on_this_machine, cluster: Cluster):
    config, calm = on_this_machine
    submit = [SPARK_BIN / "spark-submit", "--master", cluster.master, "--conf", "spark.driver.host=127.0.0.1"]
    process = subprocess.Popen(
        [*map(str, submit), str(ROOT / "configs" / "submit.py"), "run", str(config), "--until", "od"],
        env=cluster_environment(),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    finished(process)
    assert digests(config.parent / "ws") == calm
    assert any(cluster.folder.glob("work-*/app-*/*/stderr")), "it did not run on the cluster"


def test_a_worker_that_is_killed_during_a_run_changes_no_table(on_this_machine, cluster: Cluster):
    config, calm = on_this_machine
    cluster.add_worker("127.0.0.3")
    cluster.wait_for_worker("127.0.0.3")
    options = ("--until", "od", "--json", "--master", cluster.master)
    process = start("run", config, *options, env=cluster_environment())
    assert process.stdout is not None
    assert any('"stage_started"' in line and '"ingest"' in line for line in process.stdout)
    cluster.wait_for_executor("127.0.0.3")
    lost = cluster.workers.pop("127.0.0.3")
    lost.kill()
    lost.wait()
    finished(process)
    assert digests(config.parent / "ws") == calm
    listed = {f for s in ("ingest", "stays", "trips") for f in files_of(config.parent / "ws", s)}
    there = {
        str(p.relative_to(config.parent / "ws")) for p in (config.parent / "ws" / "tables").rglob("*.parquet")
    }
    assert listed <= there
    assert all(not p.startswith(("tables/events", "tables/stays", "tables/trips")) for p in there - listed)


def files_of(workspace: Path, stage: str) -> list[str]:
    record = Ledger(Store(str(workspace))).record(stage)
    assert record is not None
    return [file.path for files in record.tables.values() for file in files]


def test_a_second_attempt_of_a_slow_task_leaves_no_duplicate_and_no_orphan(cluster: Cluster, tmp_path):
    done = subprocess.run(
        [sys.executable, str(HERE / "lossy_tasks.py"), cluster.master, str(tmp_path)],
        env=cluster_environment(),
        capture_output=True,
        text=True,
        timeout=240,
    )
    assert done.returncode == 0, done.stderr
    files = [StoredFile.from_json(entry) for entry in json.loads(done.stdout.splitlines()[-1])]
    store = Store(str(tmp_path / "ws"))
    assert [file.name for file in files] == [f"part-{number}" for number in range(4)]
    wait_until(lambda: len(store.files_below("tables")) == 5, seconds=10)

    ledger = Ledger(store)
    ledger.publish(StageRecord("stays", "r", Recipe("", {}, {}, {}).as_json(), {"t": files}))
    ledger.sweep()
    assert store.files_below("tables") == sorted(file.path for file in files)
