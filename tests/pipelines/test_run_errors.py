"""Every error says what, where and the mend, ends with its exit code, and leaves no partial table."""

import fcntl
import gzip
import json
import os
import stat
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest
from tiny_city import Told, run_apart, write_config

from jobs.engine.session import without_variable
from jobs.engine.store import Store
from pipelines import runner
from pipelines.ledger import Ledger

RECORDS = "msisdn,time,cell\n" + "".join(
    f"99900000000{user},2025-03-0{day} {hour:02d}:15:00,c{(user + hour) % 3}\n"
    for user in range(1, 6)
    for day in (3, 4)
    for hour in (7, 9, 12, 18, 20)
)
CELLS = "cell_id,lon,lat\nc0,5.00,3.00\nc1,5.02,3.01\nc2,5.05,3.04\n"
FEED = {
    "agency.txt": "agency_id,agency_name,agency_url,agency_timezone\nA,Bus,https://example.com,UTC\n",
    "stops.txt": "stop_id,stop_name,stop_lat,stop_lon\na,A,3.00,5.00\nb,B,3.04,5.05\n",
    "routes.txt": "route_id,agency_id,route_short_name,route_type\nL,A,1,3\n",
    "calendar.txt": "service_id,monday,tuesday,wednesday,thursday,friday,saturday,sunday,start_date,end_date\n"
    "D,1,1,1,1,1,1,1,20250101,20251231\n",
    "trips.txt": "route_id,service_id,trip_id\nL,D,t\n",
    "stop_times.txt": "trip_id,arrival_time,departure_time,stop_id,stop_sequence\n"
    "t,07:00:00,07:00:00,a,1\nt,07:20:00,07:20:00,b,2\n",
}


@pytest.fixture
def given(tmp_path: Path) -> Path:
    """A folder with a small delivery and a config that reads it."""
    (tmp_path / "cdr.csv").write_text(RECORDS)
    (tmp_path / "cells.csv").write_text(CELLS)
    write_config(tmp_path, content())
    return tmp_path


def content(**changes: Any) -> dict[str, Any]:
    return {
        "name": "Given",
        "workspace": "ws",
        "cdr": [{"path": "cdr.csv", "columns": {"user": "msisdn"}}],
        "cells": {"path": "cells.csv"},
        "pseudonyms": {"key": {"file": "given.key"}},
        **changes,
    }


@pytest.fixture
def refused(given: Path, command: Callable[..., Told]):
    """Run, and check what holds for every refusal; return the message."""

    def run(*options: str, code: int = 2) -> str:
        told = command("run", given / "run.yaml", *options)
        assert told.code == code
        assert "Mend: " in told.err
        assert "Traceback" not in told.err + told.out
        assert "at org.apache" not in told.err + told.out
        root = given / "ws"
        if root.is_dir():
            assert not (root / "stages" / "ingest.json").exists()
            assert not list((root / "tables").glob("events/**/*.parquet"))
            kept = {path.relative_to(root).as_posix() for path in (root / "quarantine").glob("**/*.parquet")}
            assert kept == (
                {file.path for file in Ledger(Store(str(root))).refused()} if code == 4 else set()
            )
        return told.err

    return run


def test_an_unknown_key(given, refused):
    write_config(given, content(qualty={}))
    assert "run.yaml:12: qualty: unknown key. Did you mean quality?" in refused()


def test_a_missing_file(given, refused):
    (given / "cdr.csv").unlink()
    assert f"run.yaml:4: cdr[0].path: no file matches: {given}/cdr.csv" in refused()


def test_a_folder_without_records(given, refused):
    (given / "in").mkdir()
    assert f"{given}/in: holds no record file" in refused("--set", "cdr[0].path=in")


def test_a_wrong_delimiter(given, refused):
    (given / "cdr.csv").write_text(RECORDS.replace(",", ";"))
    message = refused()
    assert f"{given}/cdr.csv: has no column 'msisdn', 'time', 'cell'. Split by ','" in message
    assert 'set cdr.delimiter: ";"' in message


def test_an_empty_file(given, refused):
    (given / "cdr.csv").write_text("")
    assert f"{given}/cdr.csv: is empty" in refused()


def test_a_file_that_is_cut_short_is_found_while_it_is_read(given, refused):
    whole = gzip.compress((RECORDS * 3000).encode(), 1)
    (given / "cdr.csv.gz").write_bytes(whole[: len(whole) // 2])
    message = refused("--set", "cdr[0].path=cdr.csv.gz")
    assert f"{given}/cdr.csv.gz: cannot be read to its end" in message


def test_a_gtfs_feed_without_stops_is_found_before_anything_runs(given, refused):
    with zipfile.ZipFile(given / "feed.zip", "w") as archive:
        archive.writestr("routes.txt", "route_id,route_short_name,route_type\n1,1,3\n")
    message = refused("--set", "gtfs=feed.zip")
    assert f"{given}/feed.zip: " in message
    assert "has no stops.txt, which GTFS requires" in message
    assert not (given / "ws" / "stages").exists()


def test_a_feed_that_is_no_zip(given, refused):
    assert "cannot be read as a zip archive" in refused("--set", "gtfs=cells.csv")


def test_a_key_that_others_may_read(given, refused):
    (given / "given.key").chmod(0o640)
    assert f"others may read this key\nMend: chmod 600 {given}/given.key" in refused()


def test_a_key_that_is_missing(given, refused):
    (given / "given.key").unlink()
    assert f"there is no such key file\nMend: maillage keys new {given}/given.key" in refused()


def test_a_key_variable_that_is_not_set(given, refused, monkeypatch):
    monkeypatch.delenv("NO_KEY", raising=False)
    write_config(given, content(pseudonyms={"key": {"env": "NO_KEY"}}))
    assert "environment variable NO_KEY: is not set" in refused()


def test_a_workspace_that_cannot_be_written_to(given, refused):
    message = refused("--set", "workspace=cells.csv/ws")
    assert f"workspace: the workspace {given}/cells.csv/ws cannot be written to (Not a directory)" in message


def test_a_workspace_in_which_another_run_is_at_work_may_be_tried_again(given, refused):
    (given / "ws").mkdir()
    with open(given / "ws" / ".lock", "w") as handle:
        fcntl.flock(handle, fcntl.LOCK_EX)
        message = refused(code=1)  # neither config nor input is at fault
    assert f"{given}/ws: another run is at work in this workspace" in message


def test_a_cell_plan_without_a_column(given, refused):
    (given / "cells.csv").write_text(CELLS.replace("lon", "x"))
    assert f"{given}/cells.csv: has no column 'lon'; it has 'cell_id', 'x', 'lat'" in refused()


def test_a_ragged_row_goes_to_quarantine(given, command):
    lines = RECORDS.splitlines(keepends=True)
    (given / "cdr.csv").write_text("".join([*lines[:7], "999000000001,2025-03-03\n", *lines[7:]]))
    told = command("run", given / "run.yaml", "--json", "--until", "ingest")
    assert told.code == 0, told.err
    figures = told.last["stages"]["ingest"]["figures"]
    assert (figures["rows_in"], figures["accepted"], figures["reasons"]) == (51, 50, {"ragged_row": 1})
    (file,) = (given / "ws" / "quarantine").rglob("*.parquet")
    (row,) = pq.read_table(file).to_pylist()
    assert row == {
        "file": str(given / "cdr.csv"),
        "row": 8,
        "reason": "ragged_row",
        "raw": "999000000001,2025-03-03",
    }


def test_an_edited_input_runs_ingest_again(given, command):
    run = ("run", given / "run.yaml", "--json", "--until", "ingest")
    assert command(*run).last["ran"] == ["locate", "ingest"]
    with open(given / "cdr.csv", "a") as file:
        file.write("999000000009,2025-03-04 10:00:00,c1\n")
    again = command(*run)
    assert again.last["ran"] == ["ingest"]
    (started,) = [event for event in again.events if event["event"] == "stage_started"]
    assert started["reason"] == f"input file changed: {given}/cdr.csv"
    assert again.last["stages"]["ingest"]["rows"]["events"] == 51


def test_too_many_rejected_rows_end_the_run_without_a_table(given, refused):
    (given / "cdr.csv").write_text(RECORDS + "999000000001,yesterday,c0\n" * 50)
    message = refused(code=4)
    assert "50 of 100 rows are rejected (50.0%; bad_time 50), more than 5.0%" in message
    assert "quality.max_rejected_share" in message
    log = next((given / "ws" / "runs").glob("*/log.jsonl")).read_text().splitlines()
    assert json.loads(log[-1])["event"] == "run_failed"


def test_a_failed_run_leaves_the_tables_of_the_run_before(given, command):
    run = ("run", given / "run.yaml", "--json", "--until", "ingest")
    before = command(*run).last["stages"]["ingest"]["digests"]
    (given / "cdr.csv").write_text(RECORDS + "999000000001,yesterday,c0\n" * 50)
    assert command(*run).code == 4
    manifest = json.loads((given / "ws" / "stages" / "ingest.json").read_text())
    assert manifest["tables"]["events"]["digest"] == before["events"]
    (file,) = (given / "ws" / "tables" / "events").rglob("*.parquet")
    assert str(file.relative_to(given / "ws")) == manifest["tables"]["events"]["files"][0]["path"]


def test_without_a_cell_plan_another_way_of_reading_finds_other_cells(given, command):
    without = content()
    del without["cells"]
    config = write_config(given, without)
    command("run", config, "--until", "ingest")
    told = command("run", config, "--json", "--until", "ingest", "--set", "cdr[0].columns.cell=[cell, cell]")
    assert told.code == 0, told.err
    assert told.last["ran"] == ["locate", "ingest"]
    assert told.last["stages"]["ingest"]["figures"]["accepted"] == 50


def test_another_clock_makes_other_windows(given, command):
    command("run", given / "run.yaml", "--until", "ingest")
    planned = command("plan", given / "run.yaml", "--json", "--set", "calendar.zone=Asia/Tokyo").out
    assert next(d for d in json.loads(planned) if d["stage"] == "ingest")["action"] == "run"


def test_errors_of_a_process_of_its_own_are_messages_too(given):
    (given / "cdr.csv").write_text(RECORDS + "999000000001,yesterday,c0\n" * 50)
    told = run_apart("run", given / "run.yaml", "--json")
    assert told.code == 4
    assert told.err.startswith("Error: quality.max_rejected_share: 50 of 100 rows")
    assert len(told.err.splitlines()) == 2
    assert told.last["event"] == "run_failed"
    assert (told.last["exit_code"], told.last["where"]) == (4, "quality.max_rejected_share")


def test_numbers_in_an_unforeseen_error_are_not_shown(given, command, monkeypatch):
    def fail(*args: Any) -> None:
        raise ValueError("cannot parse '+225 07 12 34 56 78' nor 2250712345678")

    monkeypatch.setattr(runner, "check_inputs", fail)
    for options in ((), ("--debug",)):
        told = command("run", given / "run.yaml", *options)
        assert told.code == 1
        assert "ValueError: cannot parse '…' nor …" in told.err
        assert "0712345678" not in told.err.replace(" ", "")
    assert "Traceback" in told.err


def test_what_could_tell_of_people_is_for_the_owner_alone(given, command):
    (given / "cdr.csv").write_text(RECORDS + "999000000001,yesterday,c0\n")
    (given / "ws" / "world").mkdir(parents=True, mode=0o755)
    command("run", given / "run.yaml", "--until", "ingest")
    for name in ("quarantine", "tables", "world"):
        assert stat.S_IMODE((given / "ws" / name).stat().st_mode) == 0o700, name


def test_the_variable_of_the_key_is_not_handed_to_java(monkeypatch):
    monkeypatch.setenv("CITY_KEY", "secret")
    with without_variable("CITY_KEY"), without_variable(""), without_variable("NO_SUCH"):
        assert "CITY_KEY" not in os.environ
    assert os.environ["CITY_KEY"] == "secret"


def test_when_everything_is_withheld_there_is_a_page_that_says_so(given, command):
    feed = given / "feed.zip"
    with zipfile.ZipFile(feed, "w") as archive:
        for name, text in FEED.items():
            archive.writestr(name, text)
    told = command("run", given / "run.yaml", "--json", "--set", "gtfs=feed.zip")
    assert told.code == 0, told.err
    reason = told.last["unavailable"]["transit"]
    assert "`od` has no flow between two places on a weekday" in reason
    assert "fewer than 15 users and withheld" in reason
    assert told.last["stages"]["od"]["rows"]["od"] == 0
    page = (given / "ws" / "report" / "report.html").read_text()
    assert "no flow between places passed the threshold k" in page
    assert "every pair stayed under the threshold k" in page
