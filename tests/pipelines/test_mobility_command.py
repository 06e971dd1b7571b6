"""`maillage mobility` on the finished tiny city: what it makes, and what its summary says of it."""

import json

import pyarrow.compute as pc
import pyarrow.parquet as pq
import yaml

from jobs.mobility import tables
from pipelines.workspace import Workspace


def test_the_tables_of_the_tiny_city(command, city):
    told = command("mobility", "--workspace", city.workspace, "--json")
    assert told.code == 0, told.err
    summary = json.loads(told.out)
    folder = city.workspace / "mobility"
    assert json.loads((folder / "summary.json").read_text()) == summary
    assert summary["run"] == city.manifest("od")["run"]
    assert set(summary["rows"]) == {table.name for table in tables.ALL}
    made = {name: pq.read_table(folder / f"{name}.parquet") for name in summary["rows"]}
    for table in tables.ALL:
        assert made[table.name].schema.names == table.schema.names
        assert made[table.name].num_rows == summary["rows"][table.name]
    k = yaml.safe_load(city.config.read_text())["disclosure"]["min_users"]
    for name in ("usual_environment", "od_purpose", "home_changes"):
        assert pc.all(pc.greater_equal(made[name]["users"], k)).as_py() is not False
    assert made["usual_environment"].num_rows > 0
    assert set(pc.unique(made["usual_environment"]["label"]).to_pylist()) <= {"home", "work", "regular"}
    assert summary["network"]["areas"] == made["areas"].num_rows >= 1
    assert pc.max(made["poles"]["area"]).as_py() == made["areas"].num_rows - 1
    assert 0 < summary["signal"]["unknown_share"] < 1
    assert summary["impossible_moves"]["events"]["moves"] > 0


def test_purposes_add_up_to_the_flows_that_od_shows(command, city):
    assert command("mobility", "--workspace", city.workspace).code == 0
    shown = {}
    for row in Workspace(city.workspace).table("od").to_pylist():
        key = (row["origin"], row["destination"], row["day_type"])
        shown[key] = shown.get(key, 0) + row["trips"]
    parted = {}
    for row in pq.read_table(city.workspace / "mobility" / "od_purpose.parquet").to_pylist():
        key = (row["origin"], row["destination"], row["day_type"])
        parted[key] = parted.get(key, 0) + row["trips"]
    assert parted
    for key, trips in parted.items():
        assert abs(trips - shown[key]) < 1e-6


def test_the_config_decides_and_tables_of_before_do_not_stay(command, city):
    (city.workspace / "mobility").mkdir()
    (city.workspace / "mobility" / "areas.parquet").write_bytes(b"of an earlier run")
    asked = ("--config", city.config, "--set", "mobility.areas.day_type=monday")
    told = command("mobility", "--workspace", city.workspace, *asked, "--json")
    assert told.code == 2
    assert "mobility.areas.day_type" in told.err
    asked = (
        "--config",
        city.config,
        "--set",
        "mobility.rhythms.least_hours=24",
        "--set",
        "disclosure.min_users=3",
    )
    told = command("mobility", "--workspace", city.workspace, *asked)
    assert told.code == 0, told.err
    assert "polycentricity" in told.out
    cells = pq.read_table(city.workspace / "mobility" / "rhythm_cells.parquet")
    known_all_day = pc.equal(cells["hours_known"], 24)
    assert cells["entropy"].is_valid().to_pylist() == known_all_day.to_pylist()


def test_a_workspace_that_is_none_or_not_finished_is_told_of(command, city, tmp_path):
    told = command("mobility", "--workspace", tmp_path)
    assert told.code == 2
    assert "is not a workspace" in told.err
    told = command("mobility", "--workspace", city.workspace, "--set", "mobility.areas.seed=2")
    assert told.code == 2
    assert "--config" in told.err
    (city.workspace / "stages" / "od.json").unlink()
    told = command("mobility", "--workspace", city.workspace)
    assert told.code == 2
    assert "has no table od" in told.err
