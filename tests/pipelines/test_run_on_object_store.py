"""Inputs and workspace on an object store: the same tables, the same promises as on a disk."""

import hashlib
import json
import os
import shutil
import signal
import time
from pathlib import Path

import pytest
from test_run_errors import CELLS, RECORDS, content
from tiny_city import TINY, environment, run_apart, start, write_config

from jobs.engine.store import Store
from jobs.errors import RunError
from pipelines import locking
from pipelines.ledger import Ledger
from pipelines.locking import locked
from pipelines.stages import NAMES
from pipelines.workspace import Workspace

_BUNDLE = (
    "lineage.json",
    "leakscan.json",
    "manifest.sha256",
    "manifest.sha256.sig",
    "manifest.json",
    "privacy-report.json",
    "privacy-report.html",
)
_NAMES_THE_RUN = (*(f"releases/tiny/{name}" for name in _BUNDLE), "report/report.html", "report/run.html")


def delivery(bucket, folder: Path, **changes) -> Path:
    """Put a small delivery into a bucket; return a config that reads it and works in the bucket."""
    bucket.put("in/cdr.csv", RECORDS.encode())
    bucket.put("in/cells.csv", CELLS.encode())
    cdr = [{"path": bucket.uri("in/cdr.csv"), "columns": {"user": "msisdn"}}]
    told = content(workspace=bucket.uri("ws"), cdr=cdr, cells={"path": bucket.uri("in/cells.csv")})
    return write_config(folder, {**told, **changes})


def table_digests(ledger: Ledger) -> dict[str, str]:
    """Digests of tables; rejected rows tell where their file lies, so they are not the same elsewhere."""
    records = [record for name in NAMES if (record := ledger.record(name)) is not None]
    return {n: d for r in records for n, d in r.digests().items() if "/" not in n}


def files_for_people(ledger: Ledger) -> dict[str, str]:
    records = [record for name in NAMES if (record := ledger.record(name)) is not None]
    found = {a.get("name", a["path"]): a["sha256"] for r in records for a in r.artifacts}
    return {name: sha for name, sha in found.items() if name not in _NAMES_THE_RUN}


def listed_paths(ledger: Ledger) -> set[str]:
    records = [record for name in NAMES if (record := ledger.record(name)) is not None]
    tables = {file.path for r in records for files in r.tables.values() for file in files}
    return tables | {artifact["path"] for r in records for artifact in r.artifacts}


# -- the whole way -----------------------------------------------------------------------------


@pytest.fixture
def remote_city(finished, bucket, command, tmp_path):
    (tmp_path / "remote").mkdir()
    for key in finished.config.parent.glob("*.key"):
        shutil.copy2(key, tmp_path / "remote")
    config = write_config(tmp_path / "remote", {**TINY, "workspace": bucket.uri("city/ws")})
    told = command("run", config, "--json")
    assert told.code == 0, told.err
    return config, told


def test_the_tiny_city_is_the_same_on_an_object_store_as_on_a_disk(finished, bucket, remote_city, command):
    config, told = remote_city
    here, there = Ledger(Store(str(finished.workspace))), Ledger(Store(bucket.uri("city/ws")))
    assert told.last["ran"] == list(NAMES)
    assert table_digests(there) == table_digests(here)
    assert files_for_people(there) == files_for_people(here)

    kept = {path.removeprefix("city/ws/") for path in bucket.listed("city/ws")}
    apart = {path for path in kept if path.startswith(("stages/", "runs/")) or path == "inputs.json"}
    assert kept - apart == listed_paths(there)

    for path in bucket.listed("city/ws"):
        if path.endswith((".json", ".jsonl", ".html")):
            text = bucket.get(path).decode()
            assert bucket.server not in text, path
            assert "endpoint_override" not in text, path
    assert bucket.server not in told.out + told.err

    again = command("run", config, "--json")
    assert again.last["ran"] == []
    planned = json.loads(command("plan", config, "--json").out)
    assert {decision["action"] for decision in planned} == {"up to date"}

    shown = command("status", bucket.uri("city/ws"))
    assert "events" in shown.out
    workspace = Workspace(bucket.uri("city/ws"))
    assert workspace.table("od").equals(Workspace(finished.workspace).table("od"))
    assert workspace.json("transit/proposals.json")["proposals"]
    reports = [
        place.json("releases/tiny/privacy-report.json")
        for place in (workspace, Workspace(finished.workspace))
    ]
    assert reports[0]["risk"].keys() >= {"unicity", "anchors", "differencing"}
    assert reports[0]["risk"] == reports[1]["risk"]

    release = command("run", config, "--set", "release.sample_users=100")
    assert f"Release: s3://{bucket.name}/city/ws/releases/tiny/" in release.out
    assert len([p for p in bucket.listed("city/ws/releases") if p.endswith("manifest.sha256")]) == 1


@pytest.mark.parametrize("form", ["csv.gz", "parquet", "cut.csv"])
def test_records_are_read_alike_from_a_disk_and_from_an_object_store(bucket, command, tmp_path, form):
    import gzip
    import io

    import pyarrow.csv as pacsv
    import pyarrow.parquet as pq

    text = (RECORDS + "".join(RECORDS.splitlines(keepends=True)[1:]).replace(":15:", ":45:") * 900).encode()
    if form == "csv.gz":
        written = gzip.compress(text)
    elif form == "parquet":
        sink = io.BytesIO()
        as_text = pacsv.ConvertOptions(column_types={"msisdn": "string", "time": "string"})
        pq.write_table(pacsv.read_csv(io.BytesIO(text), convert_options=as_text), sink, row_group_size=5000)
        written = sink.getvalue()
    else:
        written = text
    digests = []
    for place in ("here", "there"):
        config = delivery(bucket, tmp_path, engine={"slice_bytes": 1 << 20})
        if place == "here":
            (tmp_path / f"cdr.{form}").write_bytes(written)
            where = ["--set", f"cdr[0].path=cdr.{form}", "--set", "workspace=ws"]
        else:
            where = ["--set", f"cdr[0].path={bucket.put(f'more/cdr.{form}', written)}"]
        told = command("run", config, "--json", "--until", "ingest", *where)
        assert told.code == 0, told.err
        (account,) = told.last["stages"]["ingest"]["figures"]["files"]
        assert account["rows_in"] == 50 + 50 * 900
        digests.append(told.last["stages"]["ingest"]["digests"]["events"])
    assert account["file"] == f"s3://{bucket.name}/more/cdr.{form}"
    assert digests[0] == digests[1]


# -- errors ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ("cdr[0].path", "holds no record file"),
        ("cells.path", "holds no CSV or Parquet file"),
        ("gtfs", "there is no such file or folder"),
    ],
)
def test_an_input_that_is_not_there_is_told_before_anything_runs(bucket, command, tmp_path, change, told):
    config = delivery(bucket, tmp_path)
    refusal = command("run", config, "--set", f"{change}={bucket.uri('in/none.zip')}")
    assert refusal.code == 2
    assert f"s3://{bucket.name}/in/none.zip: {told}\nMend: " in refusal.err
    assert bucket.server not in refusal.err
    assert not [path for path in bucket.listed("ws") if path.startswith(("ws/tables", "ws/stages"))]


def test_a_bucket_that_is_not_there_is_a_config_error(bucket, command, tmp_path):
    config = delivery(bucket, tmp_path)
    nowhere = bucket.uri("ws").replace(bucket.name, "no-such-bucket")
    told = command("run", config, "--set", f"workspace={nowhere}")
    assert told.code == 2
    assert (
        "workspace: the workspace s3://no-such-bucket/ws cannot be written to (its bucket does not exist)"
        in (told.err)
    )
    assert "is not a workspace" in command("status", nowhere).err


def test_a_damaged_object_is_an_input_error_with_its_name(bucket, command, tmp_path):
    config = delivery(bucket, tmp_path)
    spoilt = bucket.put("in/cdr.parquet", b"PAR1 half")
    told = command("run", config, "--set", f"cdr[0].path={spoilt}")
    assert told.code == 2
    assert f"s3://{bucket.name}/in/cdr.parquet: is not a whole Parquet file" in told.err


def test_an_edited_object_runs_ingest_again(bucket, command, tmp_path):
    config = delivery(bucket, tmp_path)
    run = ("run", config, "--json", "--until", "ingest")
    assert command(*run).last["ran"] == ["locate", "ingest"]
    bucket.put("in/cdr.csv", RECORDS.replace(":15:00", ":16:00").encode())
    again = command(*run)
    assert again.last["ran"] == ["ingest"]
    (began,) = [event for event in again.events if event["event"] == "stage_started"]
    assert began["reason"] == f"input file changed: s3://{bucket.name}/in/cdr.csv"


# -- kills and locks ---------------------------------------------------------------------------


def test_a_killed_run_leaves_no_visible_part_and_can_be_run_again(bucket, command, tmp_path, monkeypatch):
    config = delivery(bucket, tmp_path)
    undisturbed = command(
        "run", config, "--json", "--until", "stays", "--set", f"workspace={bucket.uri('calm')}"
    )
    assert undisturbed.code == 0, undisturbed.err

    process = start("run", config, "--json", "--until", "stays", env=environment())
    assert process.stdout is not None
    assert any('"stage_started"' in line and '"ingest"' in line for line in process.stdout)
    deadline = time.monotonic() + 90
    while not bucket.listed("ws/tables/events"):
        assert time.monotonic() < deadline
        time.sleep(0.01)
    os.killpg(process.pid, signal.SIGKILL)
    process.communicate()

    store = Store(bucket.uri("ws"))
    for record in [r for name in NAMES if (r := Ledger(store).record(name))]:
        for file in [file for files in record.tables.values() for file in files]:
            content = store.read_bytes(file.path)
            assert content is not None
            assert hashlib.sha256(content).hexdigest() == file.sha256

    refused = command("run", config, "--until", "stays")
    assert refused.code == 1
    assert "another run is at work in this workspace (on " in refused.err
    monkeypatch.setattr(locking, "STALE_S", -1.0)
    again = command("run", config, "--json", "--until", "stays")
    assert again.code == 0, again.err
    assert table_digests(Ledger(store)) == table_digests(Ledger(Store(bucket.uri("calm"))))
    assert {p.removeprefix("ws/") for p in bucket.listed("ws/tables")} <= listed_paths(Ledger(store))
    assert bucket.listed("ws/.lock") == []


def test_of_two_runs_one_steps_back(bucket):
    store = Store(bucket.uri("ws"))
    with locked(store) as still_held:
        still_held()
        told = r"another run is at work .*\(on .*, process \d+; it showed \d+ s ago"
        with pytest.raises(RunError, match=told), locked(store):
            raise AssertionError("two runs hold one workspace")
        still_held()
    with locked(store):
        assert len(bucket.listed("ws/.lock")) == 1
    assert bucket.listed("ws/.lock") == []


def test_a_run_whose_claim_was_taken_over_makes_nothing_visible(bucket, monkeypatch):
    ledger = Ledger(Store(bucket.uri("ws")))
    with ledger.locked():
        monkeypatch.setattr(locking, "STALE_S", -1.0)
        with locked(ledger.store):
            pass
        with pytest.raises(RunError, match="took the workspace over"):
            ledger.withdraw("stays")


def test_a_process_without_the_endpoint_in_its_uri_takes_it_from_the_environment(bucket, tmp_path):
    config = delivery(bucket, tmp_path, workspace=f"s3://{bucket.name}/by-environment")
    env = environment(AWS_ENDPOINT_URL=f"http://{bucket.server}")
    told = run_apart("validate", config, env=env)
    assert told.code == 0, told.err
    assert run_apart("plan", config, env=env).code == 0
