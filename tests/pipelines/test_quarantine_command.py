"""Rejected rows are listed, and tried again once something was mended."""

import json
from datetime import date

import pytest
import yaml

from jobs.identity.pseudonyms import new_key_file

ROWS = [
    ("221770000001", "2013-01-14 08:00:00", "B"),
    ("221770000001", "2013-01-14 09:00:00", "Z"),
    ("221770000002", "2013-01-14 09:30:00", "A"),
    ("221770000002", "2013-01-14 09:30:00", "A"),
    ("221770000003", "2013-01-20 09:30:00", "B"),
    ("", "2013-01-14 10:00:00", "A"),
    ("221770000004", "not a time", "A"),
]


@pytest.fixture
def config(tmp_path):
    new_key_file(tmp_path / "one.key")
    lines = [",".join((*row, "call", "221770000009")) for row in ROWS] + ["too,few"]
    (tmp_path / "cdr.csv").write_text("user,time,cell,what,other\n" + "\n".join(lines) + "\n")
    (tmp_path / "cells.csv").write_text("cell_id,lon,lat\nB,-17.40,14.70\nC,-17.42,14.72\n")
    told = {
        "name": "Mended",
        "workspace": str(tmp_path / "ws"),
        "cdr": [{"path": "cdr.csv", "columns": {"kind": "what", "counterparty": "other"}}],
        "cells": {"path": "cells.csv"},
        "pseudonyms": {"key": {"file": "one.key"}, "origin": date(2013, 1, 14).isoformat()},
        "period": {"start": "2013-01-14", "end": "2013-01-15"},
        "quality": {"max_rejected_share": 1.0},
    }
    file = tmp_path / "config.yaml"
    file.write_text(yaml.safe_dump(told))
    return file


def last(told):
    return json.loads(told.out[told.out.rindex("\n{\n") if "\n{\n" in told.out else 0 :])


def test_rows_that_were_mended_join_the_events_as_if_they_had_been_read_so(command, config, tmp_path):
    assert command("run", config, "--until", "ingest").code == 0
    told = json.loads(command("quarantine", "list", tmp_path / "ws", "--json").out)
    assert {entry["reason"]: entry["rows"] for entry in told} == {
        "unknown_cell": 3,
        "missing_user": 1,
        "bad_time": 1,
        "outside_period": 1,
        "ragged_row": 1,
    }
    shown = json.loads(
        command("quarantine", "list", tmp_path / "ws", "--rows", 9, "--reason", "bad_time", "--json").out
    )
    assert [(row["row"], row["reason"]) for row in shown] == [(8, "bad_time")]

    (tmp_path / "cells.csv").write_text("cell_id,lon,lat\nA,-17.41,14.71\nB,-17.40,14.70\nC,-17.42,14.72\n")
    mended = yaml.safe_load(config.read_text())
    mended["period"]["end"] = "2013-01-21"
    config.write_text(yaml.safe_dump(mended))
    replayed = command("quarantine", "replay", config, "--json")
    assert replayed.code == 0, replayed.err
    assert last(replayed) == {
        "rows": 7,
        "accepted": 2,
        "duplicates": 1,
        "left": {"bad_time": 1, "missing_user": 1, "ragged_row": 1, "unknown_cell": 1},
    }

    after = command("run", config, "--until", "ingest", "--json").last
    assert "ingest" in after["up_to_date"]
    again = command("run", config, "--from", "ingest", "--until", "ingest", "--json").last
    for key in ("events", "quarantine/ingest"):
        assert again["stages"]["ingest"]["digests"][key] == after["stages"]["ingest"]["digests"][key]
    assert again["stages"]["ingest"]["figures"] == after["stages"]["ingest"]["figures"]


def test_rows_cannot_join_events_that_have_other_columns(command, config):
    assert command("run", config, "--until", "ingest").code == 0
    told = yaml.safe_load(config.read_text())
    del told["cdr"][0]["columns"]
    config.write_text(yaml.safe_dump(told))
    refused = command("quarantine", "replay", config)
    assert refused.code == 2
    assert "--from ingest" in refused.err


def test_a_plan_without_a_cell_that_events_are_in_is_refused(command, config, tmp_path):
    assert command("run", config, "--until", "ingest").code == 0
    (tmp_path / "cells.csv").write_text("cell_id,lon,lat\nA,-17.41,14.71\nC,-17.42,14.72\n")
    told = command("quarantine", "replay", config)
    assert told.code == 2
    assert "no longer has 1 cells that events are in (B)" in told.err


def test_nothing_to_list_is_told(command, tmp_path):
    told = command("quarantine", "list", tmp_path / "empty")
    assert told.code == 2
    assert "maillage run" in told.err


def test_a_reason_that_is_none_is_refused(command, tmp_path):
    told = command("quarantine", "list", tmp_path, "--reason", "bad")
    assert told.code == 2
    assert "bad_time" in told.err


def test_rows_of_a_run_that_was_refused_can_be_looked_at_until_one_is_not(command, config, tmp_path):
    told = command("run", config, "--until", "ingest", "--set", "quality.max_rejected_share=0.1")
    assert told.code == 4
    assert "--refused" in told.err
    rows = json.loads(command("quarantine", "list", tmp_path / "ws", "--refused", "--json").out)
    assert sum(entry["rows"] for entry in rows) == 7
    assert command("run", config, "--until", "ingest").code == 0
    assert json.loads(command("quarantine", "list", tmp_path / "ws", "--refused", "--json").out) == []


def test_files_are_named_below_the_folder_that_they_share(command, config, tmp_path):
    command("run", config, "--until", "ingest")
    told = command("quarantine", "list", tmp_path / "ws").out
    files = {
        entry["file"] for entry in json.loads(command("quarantine", "list", tmp_path / "ws", "--json").out)
    }
    folder, _, name = min(files).rpartition("/")
    assert f"Files in {folder}/" in told
    assert name in told.split()
