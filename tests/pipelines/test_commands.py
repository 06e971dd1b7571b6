"""Every command helps, speaks JSON when asked, and refuses what it does not know with exit 2."""

import json

import pytest
import typer
from tiny_city import TINY, write_config

from pipelines import cli
from pipelines.stages import NAMES


def commands_below(group, path=()):
    """Every command of the command line: its words, and what Typer made of it."""
    yield " ".join(path), group
    for name, below in sorted(getattr(group, "commands", {}).items()):
        yield from commands_below(below, (*path, name))


COMMANDS = dict(commands_below(typer.main.get_command(cli.app)))


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_has_help(command, name):
    told = command(*name.split(), "--help")
    assert told.code == 0
    assert f"Usage: maillage {name}".strip() in told.out
    assert told.err == ""


@pytest.mark.parametrize("name", COMMANDS)
def test_every_argument_and_option_says_what_it_is_for(name):
    assert COMMANDS[name].help
    assert [p.name for p in COMMANDS[name].params if not p.help] == []


@pytest.mark.parametrize("args", [["frobnicate"], ["run"], ["plan", "x.yaml", "--what"], ["keys", "eat"]])
def test_a_command_line_that_makes_no_sense_is_a_usage_error(command, args):
    told = command(*args)
    assert told.code == 2
    assert "Traceback" not in told.err


@pytest.mark.parametrize("name", ["validate", "plan", "run", "synth"])
def test_a_config_that_is_not_there_is_refused_by_every_command(command, tmp_path, name):
    told = command(name, tmp_path / "none.yaml")
    assert told.code == 2
    assert f"{tmp_path}/none.yaml: cannot be read (No such file or directory)" in told.err


def test_validate_says_what_it_looked_at(command, tmp_path):
    (tmp_path / "a.csv").write_text("user,time,cell\n1,2,3\n")
    given = {**TINY, "cdr": [{"path": "a.csv"}]}
    config = write_config(tmp_path, given)
    assert json.loads(command("validate", config, "--json").out) == {"valid": True, "input_files": 1}
    assert f"{config} is valid; 1 input files looked at." in command("validate", config).out
    assert not (tmp_path / "ws").exists()


def test_validate_refuses_what_a_run_would(command, tmp_path):
    config = write_config(tmp_path, TINY)
    (tmp_path / "tiny.key").chmod(0o644)
    told = command("validate", config, "--json")
    assert (told.code, told.out) == (2, "")
    assert "chmod 600" in told.err


def test_status_shows_rows_and_seconds_of_every_stage(finished, command):
    told = json.loads(command("status", finished.workspace, "--json").out)
    assert [stage["stage"] for stage in told] == list(NAMES)
    assert all(stage["seconds"] > 0 for stage in told)
    text = command("status", finished.workspace).out
    assert all(name in text for name in NAMES)
    rows = finished.manifest("ingest")["tables"]["events"]["rows"]
    assert f"{rows:,}" in text


def test_status_of_something_else_is_refused(command, tmp_path):
    told = command("status", tmp_path)
    assert told.code == 2
    assert "is not a workspace" in told.err


def test_plan_of_a_new_workspace_runs_all_and_writes_nothing(command, tmp_path):
    config = write_config(tmp_path, TINY)
    told = json.loads(command("plan", config, "--json").out)
    assert [d["stage"] for d in told] == list(NAMES)
    assert {d["action"] for d in told} == {"run"}
    assert "has not run yet" in command("plan", config).out
    assert not (tmp_path / "ws").exists()


def test_synth_makes_the_world_and_nothing_else(command, tmp_path):
    config = write_config(tmp_path, {**TINY, "world": {**TINY["world"], "people": 400, "days": 1}})
    (tmp_path / "tiny.key").unlink()  # a world is made without a key
    told = command("synth", config, "--json")
    assert told.code == 0, told.err
    assert told.last["ran"] == ["world"]
    made = {path.name for path in (tmp_path / "ws" / "world").iterdir()}
    assert made == {"cdr", "cells.csv", "zones.geojson", "gtfs.zip", "truth"}
    assert str(tmp_path / "ws" / "world") in command("synth", config).out


def test_synth_without_a_world_is_refused(command, tmp_path):
    (tmp_path / "a.csv").write_text("user,time,cell\n")
    given = {key: value for key, value in TINY.items() if key != "world"}
    told = command("synth", write_config(tmp_path, {**given, "cdr": [{"path": "a.csv"}]}))
    assert told.code == 2
    assert "has no `world` section" in told.err


def test_keys_are_made_once_and_told_apart_by_their_check_value(command, tmp_path):
    made = json.loads(command("keys", "new", tmp_path / "a.key", "--json").out)
    assert (tmp_path / "a.key").stat().st_mode & 0o777 == 0o600
    shown = json.loads(command("keys", "show-kcv", tmp_path / "a.key", "--json").out)
    assert shown == made
    assert len(made["check_value"]) == 8
    again = command("keys", "new", tmp_path / "a.key")
    assert again.code == 2
    assert "keys are not overwritten" in again.err


def test_schema_prints_json(command):
    assert json.loads(command("schema").out)["properties"].keys() >= {"cdr", "world", "pseudonyms"}


def test_validate_tells_of_every_input_that_is_at_fault(command, tmp_path):
    (tmp_path / "a.csv").write_text("user,time,cell\n1,2,3\n")
    (tmp_path / "cells.csv").write_text("cell_id,x,lat\nc,1,2\n")
    given = {**TINY, "cdr": [{"path": "a.csv", "delimiter": ";"}], "cells": {"path": "cells.csv"}}
    told = command("validate", write_config(tmp_path, {**given, "gtfs": "a.csv"}))
    assert told.code == 2
    assert told.err.startswith("Error: 3 problems\n1. ")
    for said in ("cells.csv: has no column 'lon'", "Split by ';'", "cannot be read as a zip archive"):
        assert said in told.err


def test_validate_reads_the_zones(command, tmp_path):
    (tmp_path / "zones.geojson").write_text("{}")
    told = command("validate", write_config(tmp_path, {**TINY, "zones": {"path": "zones.geojson"}}))
    assert (told.code, "cannot be read as a layer of zones" in told.err) == (2, True)
