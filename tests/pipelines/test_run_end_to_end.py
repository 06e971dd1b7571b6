"""The tiny city, the whole way: what a finished run leaves behind, and what a second run does."""

import csv
import hashlib
import io
import json
import time
import zipfile
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from tiny_city import TINY, City, run_apart

from jobs import tables
from jobs.engine.store import Store
from jobs.world.make import make_world
from jobs.world.params import WorldParams
from pipelines.ledger import Ledger
from pipelines.stages import NAMES


def table_of(city: City, name: str) -> pa.Table:
    ledger = Ledger(Store(str(city.workspace)))
    for stage in NAMES:
        record = ledger.record(stage)
        if record is not None and name in record.tables:
            return ledger.store.read_tables(record.tables[name], tables.named(name).schema)
    raise AssertionError(f"no stage made {name}")


def _as_parquet_keeps_it(schema: pa.Schema) -> pa.Schema:
    """Parquet knows no seconds: it keeps whole milliseconds."""
    fields = [
        field.with_type(pa.timestamp("ms", field.type.tz)) if pa.types.is_timestamp(field.type) else field
        for field in schema
    ]
    return pa.schema(fields)


# -- what there is -----------------------------------------------------------------------------


def test_every_stage_ran_and_the_last_line_says_so(finished):
    assert finished.told.last["event"] == "run_finished"
    assert finished.told.last["ran"] == list(NAMES)
    assert finished.told.err == ""


def test_a_java_too_old_gets_a_sentence_and_the_bundled_one_is_used(finished):
    (said,) = [e["text"] for e in finished.told.events if e["event"] == "said" and e["stage"] == "spark"]
    assert "is Java 11; Spark needs Java 17 or later. Using the bundled Java instead." in said


@pytest.mark.parametrize("table", tables.ALL, ids=lambda table: table.name)
def test_every_table_has_rows_in_the_declared_schema_and_order(finished, table):
    ledger = Ledger(Store(str(finished.workspace)))
    files = [f for stage in NAMES for f in ledger.record(stage).tables.get(table.name, [])]
    assert sum(file.rows for file in files) > 0
    for file in files:
        path = finished.workspace / file.path
        found = pq.read_table(path, partitioning=None)
        assert found.schema.remove_metadata().equals(
            _as_parquet_keeps_it(table.schema_of(found.column_names))
        )
        assert found.num_rows == file.rows
        assert found.equals(found.sort_by([(name, "ascending") for name in table.sorted_by]))
        assert hashlib.sha256(path.read_bytes()).hexdigest() == file.sha256


def test_rows_in_are_accepted_or_quarantined_or_duplicates_for_every_file(finished):
    told = finished.manifest("ingest")["figures"]
    assert len(told["files"]) == TINY["world"]["days"]
    for file in told["files"]:
        lines = Path(file["file"]).read_text().count("\n") - 1
        assert file["rows_in"] == lines
        assert file["rows_in"] == file["accepted"] + file["quarantined"] + file["duplicates"]
        assert file["quarantined"] == sum(file["reasons"].values())
    assert told["accepted"] == table_of(finished, "events").num_rows
    assert told["duplicates"] > 0
    assert told["quarantined"] > 0


def test_the_quarantine_holds_each_rejected_row_with_file_number_reason_and_text(finished):
    told = finished.manifest("ingest")
    kept = pa.concat_tables(
        pq.read_table(finished.workspace / f["path"]) for f in told["tables"]["quarantine/ingest"]["files"]
    ).to_pylist()
    assert len(kept) == told["figures"]["quarantined"]
    for row in kept:
        line = Path(row["file"]).read_text().splitlines()[row["row"] - 1]
        raw = row["raw"]
        values = [raw] if row["reason"] == "ragged_row" else [v for v in json.loads(raw).values() if v]
        assert all(value in line for value in values), (row, line)


def test_no_flow_and_no_hexagon_is_shown_below_the_threshold(finished):
    k = TINY["disclosure"]["min_users"]
    for name in ("od", "presence"):
        users = table_of(finished, name)["users"].to_pylist()
        assert min(users) >= k
        released = pq.read_table(finished.workspace / "releases" / "tiny" / "data" / f"{name}.parquet")
        assert released["users"].to_pylist() == users
    assert finished.manifest("od")["figures"]["flows_withheld"] > 0


def test_the_changed_feed_can_be_read_and_every_proposal_says_what_it_does(finished):
    transit = finished.workspace / "transit"
    with zipfile.ZipFile(next(transit.glob("*.zip"))) as archive:
        assert archive.testzip() is None
        stops = list(csv.DictReader(io.TextIOWrapper(archive.open("stops.txt"), "utf-8-sig")))
        known = {stop["stop_id"] for stop in stops}
        calls = list(csv.DictReader(io.TextIOWrapper(archive.open("stop_times.txt"), "utf-8-sig")))
    assert calls
    assert {call["stop_id"] for call in calls} <= known
    proposals = json.loads((transit / "proposals.json").read_text())["proposals"]
    assert [p["rank"] for p in proposals] == list(range(1, len(proposals) + 1))
    assert all(p["title"]["en"] and p["title"]["fr"] for p in proposals)


def test_the_report_is_one_page(finished):
    page = (finished.workspace / "report" / "report.html").read_text()
    assert page.lstrip().lower().startswith("<!doctype html>")
    assert "Tiny city" in page
    assert page.rstrip().endswith("</html>")


def test_the_release_manifest_lists_every_file_with_its_digest(finished):
    folder = finished.workspace / "releases" / "tiny"
    listed = dict(line.split("  ")[::-1] for line in (folder / "manifest.sha256").read_text().splitlines())
    there = {str(p.relative_to(folder)) for p in folder.rglob("*") if p.is_file()}
    assert there - listed.keys() == {"manifest.sha256", "manifest.sha256.sig", "signer.pub"}
    assert {"data/od.parquet", "data/presence.parquet", "data/SET2/SET2_P01.CSV"} <= there
    for path, digest in listed.items():
        assert hashlib.sha256((folder / path).read_bytes()).hexdigest() == digest


def test_no_pseudonym_of_the_events_stands_in_the_release(finished):
    users = set(table_of(finished, "events")["user"].to_pylist())
    texts = {str(user) for user in users} | {f"{user:016x}" for user in users}
    folder = finished.workspace / "releases" / "tiny"
    for file in (p for p in folder.rglob("*") if p.is_file()):
        if file.suffix == ".parquet":
            for column in pq.read_table(file).columns:
                assert not users & set(column.to_pylist())
        words = set(file.read_bytes().decode("latin-1").replace("\n", ",").split(","))
        assert not texts & words, file


def test_the_truth_is_there_for_od_homes_works_and_trips(finished):
    truth = finished.workspace / "world" / "truth"
    people = TINY["world"]["people"]
    rows = {
        name: pq.read_table(truth / f"{name}.parquet").num_rows for name in ("od", "homes", "works", "trips")
    }
    assert rows["homes"] == people
    assert 0 < rows["works"] <= people
    assert rows["trips"] > people
    assert rows["od"] > 0


def test_the_same_seed_gives_the_same_bytes_and_another_seed_others(finished, tmp_path):
    def bytes_of(folder: Path) -> dict[str, str]:
        return {p.name: hashlib.sha256(p.read_bytes()).hexdigest() for p in (folder / "cdr").iterdir()}

    params = WorldParams.model_validate(TINY["world"])
    make_world(params, tmp_path / "again", lambda text: None)
    assert bytes_of(tmp_path / "again") == bytes_of(finished.workspace / "world")
    make_world(params.model_copy(update={"seed": 4}), tmp_path / "other", lambda text: None)
    assert not set(bytes_of(tmp_path / "other").values()) & set(
        bytes_of(finished.workspace / "world").values()
    )


def test_nothing_is_left_over(finished):
    listed = {
        file["path"]
        for stage in NAMES
        for table in finished.manifest(stage)["tables"].values()
        for file in table["files"]
    }
    root = finished.workspace
    there = {str(p.relative_to(root)) for top in ("tables", "quarantine") for p in (root / top).rglob("*.*")}
    assert {path for path in there if (root / path).is_file()} == listed
    assert not (root / ".spark").exists()
    assert not (root / ".staged").exists()
    assert not list(root.rglob("*.tmp"))


def test_the_run_keeps_a_manifest_and_a_log(finished):
    folder = finished.workspace / "runs" / finished.told.last["run"]
    manifest = json.loads((folder / "manifest.json").read_text())
    assert manifest["ran"] == list(NAMES)
    log = [json.loads(line) for line in (folder / "log.jsonl").read_text().splitlines()]
    assert [entry["event"] for entry in (log[0], log[-1])] == ["run_started", "run_finished"]
    assert [entry["stage"] for entry in log if entry["event"] == "stage_finished"] == list(NAMES)


# -- again -------------------------------------------------------------------------------------


def test_a_second_run_does_nothing_says_so_and_is_quick(city):
    before = sorted((p, p.stat().st_mtime_ns) for p in (city.workspace / "tables").rglob("*"))
    began = time.monotonic()
    told = run_apart("run", city.config)
    assert time.monotonic() - began < 10
    assert told.code == 0
    assert f"Nothing to do: {len(NAMES)} stages are up to date." in told.out
    assert sorted((p, p.stat().st_mtime_ns) for p in (city.workspace / "tables").rglob("*")) == before


def actions(told: Any) -> dict[str, str]:
    return {d["stage"]: d["action"] for d in json.loads(told.out)}


def test_plan_says_that_all_is_up_to_date(finished, command):
    assert set(actions(command("plan", finished.config, "--json")).values()) == {"up to date"}


@pytest.mark.parametrize(
    ("change", "runs", "maybe"),
    [
        ("name=Other", {"report"}, set()),
        ("transit.mode_share=0.2", {"transit"}, {"report"}),
        ("release.sample_users=100", {"release"}, set()),
        ("anchors.min_days=2", {"anchors"}, {"trips", "presence", "od", "release", "transit", "report"}),
        (
            "disclosure.min_users=9",
            {"presence", "od"},
            {"release", "transit", "report"},
        ),
        ("engine.memory=2g", set(), set()),
        ("pseudonyms.window_days=7", {"ingest"}, {*NAMES} - {"world", "locate", "ingest"}),
        ("world.seed=4", {"world"}, {*NAMES} - {"world"}),
    ],
)
def test_a_changed_key_of_the_config_concerns_its_stage_and_those_behind_it(
    finished, command, change, runs, maybe
):
    planned = actions(command("plan", finished.config, "--json", "--set", change))
    assert {stage for stage, action in planned.items() if action == "run"} == runs
    assert {stage for stage, action in planned.items() if action == "maybe"} == maybe


def test_a_changed_key_runs_its_stage_and_what_depends_on_it(city, command):
    told = command("run", city.config, "--json", "--set", "release.sample_users=100")
    assert told.code == 0, told.err
    assert told.last["ran"] == ["release"]
    sample = (
        (city.workspace / "releases" / "tiny" / "data" / "SET2" / "SET2_P01.CSV").read_text().splitlines()
    )
    assert len({line.split(",")[0] for line in sample}) == 100


def test_stages_behind_one_that_made_the_same_again_stay_up_to_date(city, command):
    told = command("run", city.config, "--json", "--set", "quality.max_rejected_share=0.4")
    assert told.last["ran"] == ["ingest"]
    assert told.last["up_to_date"] == [name for name in NAMES if name != "ingest"]
    again = command("run", city.config, "--json", "--force", "--until", "locate")
    assert again.last["ran"] == ["world", "locate"]


def test_from_until_and_force_choose_stages(finished, command):
    planned = actions(command("plan", finished.config, "--json", "--from", "od", "--until", "release"))
    assert [s for s, a in planned.items() if a == "run"] == ["od", "release"]
    assert [s for s, a in planned.items() if a == "left out"] == ["transit", "report"]
    assert set(actions(command("plan", finished.config, "--json", "--force")).values()) == {"run"}


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (("--from", "odd"), "there is no stage 'odd'"),
        (("--until", "everything"), "stages are: world, locate, ingest"),
        (("--from", "od", "--until", "stays"), "swap --from and --until"),
    ],
)
def test_stages_that_do_not_exist_or_are_in_the_wrong_order_are_refused(finished, command, options, said):
    for name in ("plan", "run"):
        told = command(name, finished.config, *options)
        assert told.code == 2
        assert said in told.err


def test_a_table_file_that_is_gone_is_made_anew(city, command):
    entry = city.manifest("stays")["tables"]["stays"]
    (city.workspace / entry["files"][0]["path"]).unlink()
    told = command("run", city.config, "--json")
    assert told.last["ran"] == ["stays"]
    assert city.manifest("stays")["tables"]["stays"]["digest"] == entry["digest"]


def test_another_key_in_the_same_file_makes_other_pseudonyms(city, command):
    (city.config.parent / "tiny.key").write_bytes(bytes(range(32)))
    planned = {d["stage"]: d for d in json.loads(command("plan", city.config, "--json").out)}
    assert planned["ingest"]["action"] == "run"
    assert planned["ingest"]["reason"] == "the pseudonym key changed"


def test_where_the_key_lies_is_of_no_matter_and_neither_is_a_key_that_is_gone(city, command):
    (city.config.parent / "tiny.key").rename(city.config.parent / "moved.key")
    assert command("run", city.config, "--json").last["ran"] == []
    told = command("run", city.config, "--json", "--set", "pseudonyms.key.file=moved.key")
    assert told.last["ran"] == []
    told = command("run", city.config, "--from", "ingest")
    assert told.code == 2
    assert "there is no such key file" in told.err


def test_a_killed_run_that_left_files_is_cleaned_up_even_when_nothing_runs(city, command):
    root = city.workspace
    orphans = [
        root / "tables" / "events" / "gone-ingest" / "window=1" / "part-00000.0123456789ab.parquet",
        root / ".spark" / "blockmgr" / "shuffle_0_0_0.data",
        root / ".staged" / "gone-world" / "cells.csv",
        root / "report.old-01234567" / "report.html",
        root / "releases" / "tiny.old-01234567" / "manifest.json",
        root / "stages" / "od.json.01234567.tmp",
    ]
    notes = root / "tables" / "notes.txt"
    for file in [*orphans, notes]:
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text("x")
    assert command("run", city.config).code == 0
    assert not [
        file
        for file in orphans
        if file.exists() or (file.parent.name.endswith("old-01234567") and file.parent.exists())
    ]
    assert notes.exists()
    assert not (root / "tables" / "events" / "gone-ingest").exists()
