"""A schedule: files come day by day, and every table is as if they had come at once."""

import json
from datetime import date, timedelta
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
import yaml

from jobs.identity.pseudonyms import new_key_file

MONDAY = date(2013, 1, 14)
DAYS = 7
USERS = 60
CELLS = [(f"C{i}", -17.45 + 0.02 * (i % 5), 14.70 + 0.02 * (i // 5)) for i in range(10)]


def day_file(folder: Path, day: int, seed: int = 0) -> None:
    """Records of a day: people between home and work, and a few rows that come two days late."""
    draw = np.random.default_rng([day, seed])
    rows = []
    for user in range(USERS):
        home, work = user % 10, (user * 3 + 4) % 10
        for hour in draw.choice(24, 8, replace=False):
            of_day = day - 2 if day > 1 and draw.random() < 0.02 else day
            at = f"{MONDAY + timedelta(days=of_day)} {hour:02d}:{draw.integers(60):02d}:00"
            rows.append((f"2217700{user:05d}", at, CELLS[work if 8 <= hour < 18 else home][0]))
    columns = dict(zip(("user", "time", "cell"), zip(*rows, strict=True), strict=True))
    folder.mkdir(exist_ok=True)
    pq.write_table(
        pa.table({name: pa.array(values) for name, values in columns.items()}), folder / f"{day}.parquet"
    )


def config_in(folder: Path, **more) -> Path:
    folder.mkdir(parents=True)
    cells = ["cell_id,lon,lat", *(",".join(map(str, cell)) for cell in CELLS)]
    (folder / "cells.csv").write_text("\n".join(cells) + "\n")
    config = folder / "config.yaml"
    told = {
        "name": "Schedule",
        "workspace": "ws",
        "cdr": [{"path": "landing"}],
        "cells": {"path": "cells.csv"},
        "calendar": {"zone": "Africa/Dakar"},
        "pseudonyms": {"key": {"file": str(folder.parent / "one.key")}, "origin": MONDAY.isoformat()},
        "disclosure": {"min_users": 2},
        "grid": {"resolution": 7},
        **more,
    }
    config.write_text(yaml.safe_dump(told))
    return config


@pytest.fixture
def schedule(tmp_path):
    new_key_file(tmp_path / "one.key")
    config = config_in(tmp_path / "daily")
    return config, config.parent / "landing"


def tables_of(told) -> dict[str, str]:
    stages = told.last["stages"]
    return {name: digest for stage in stages.values() for name, digest in stage["digests"].items()}


def run(command, config: Path):
    told = command("run", config, "--until", "od", "--json")
    assert told.code == 0, told.err
    return told


def test_seven_daily_runs_are_one_weekly_run_and_a_day_delivered_again_replaces_it(
    command, schedule, tmp_path
):
    config, landing = schedule
    for day in range(DAYS):
        day_file(landing, day)
        daily = run(command, config)
    assert daily.last["stages"]["ingest"]["figures"]["late"]
    assert [day["day"] for day in daily.last["stages"]["ingest"]["figures"]["days"]] == [
        (MONDAY + timedelta(days=day)).isoformat() for day in range(DAYS)
    ]

    weekly = config_in(tmp_path / "weekly")
    for day in range(DAYS):
        day_file(weekly.parent / "landing", day)
    assert tables_of(run(command, weekly)) == tables_of(daily)

    day_file(landing, 3, seed=1)
    day_file(weekly.parent / "landing", 3, seed=1)
    again = run(command, config)
    assert tables_of(again) != tables_of(daily)
    fresh = config_in(tmp_path / "fresh")
    (weekly.parent / "landing").rename(fresh.parent / "landing")
    assert tables_of(run(command, fresh)) == tables_of(again)


def test_a_new_window_leaves_the_one_before_as_it_is(command, tmp_path):
    new_key_file(tmp_path / "one.key")
    config = config_in(
        tmp_path / "daily",
        pseudonyms={
            "key": {"file": str(tmp_path / "one.key")},
            "origin": MONDAY.isoformat(),
            "window_days": 2,
        },
    )
    for day in (0, 1):
        day_file(config.parent / "landing", day)
    run(command, config)
    kept = {path.name for path in (config.parent / "ws" / "tables" / "stays").rglob("*.parquet")}
    day_file(config.parent / "landing", 4)
    told = run(command, config)
    assert kept < {path.name for path in (config.parent / "ws" / "tables" / "stays").rglob("*.parquet")}
    assert told.last["stages"]["ingest"]["figures"]["accepted"] == 3 * USERS * 8


def test_only_a_stage_and_those_that_it_needs(command, schedule):
    config, landing = schedule
    for day in range(2):
        day_file(landing, day)
    told = command("run", config, "--only", "od", "--json")
    assert told.code == 0, told.err
    assert told.last["ran"] == ["locate", "ingest", "stays", "anchors", "trips", "od"]
    plan = {entry["stage"]: entry for entry in json.loads(command("plan", config, "--json").out)}
    assert plan["presence"]["action"] == "run"
    assert command("run", config, "--only", "presense").code == 2


def test_a_list_of_objections_takes_effect_on_all_days_at_the_next_run(command, tmp_path):
    new_key_file(tmp_path / "one.key")
    config = config_in(tmp_path / "daily", opt_out={"file": "objected.txt"})
    (config.parent / "objected.txt").write_text("")
    for day in range(2):
        day_file(config.parent / "landing", day)

    def users():
        told = command("run", config, "--until", "ingest", "--json")
        assert told.code == 0, told.err
        figures = told.last["stages"]["ingest"]["figures"]
        return figures["users"], figures["objected"]

    assert users() == (USERS, 0)
    (config.parent / "objected.txt").write_text("221770000007\n+221 77 000 00 08\n")
    assert users() == (USERS - 2, 2 * 2 * 8)
