"""`maillage transit check | evaluate | propose | diff | schema`, as they are typed."""

import json
import sys
from pathlib import Path

import h3
import jsonschema
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
import pytest

sys.path.insert(0, str(Path(__file__).parents[2]))
from tests.jobs.transit.towns import star_demand, star_town

HOURS = ("--set", "service_hours=[6, 16]")
BOTH = ("--gtfs", "FEED", "--od", "OD")
PASSED_OVER = "stage_passed_over"
QUICK = ("--set", "rounds=1", "--set", "trials=2", "--set", "new_lines.candidates=1", "--set", "resamples=2")


@pytest.fixture(scope="module")
def town(tmp_path_factory):
    folder = tmp_path_factory.mktemp("town")
    star_town().write(folder / "feed.zip")
    pq.write_table(star_demand(), folder / "od.parquet")
    return folder


@pytest.mark.parametrize("name", ["check", "evaluate", "propose", "diff", "schema", "gravity"])
def test_every_command_has_help(command, name):
    told = command("transit", name, "--help")
    assert told.code == 0
    assert f"Usage: maillage transit {name}" in told.out


def test_check_tells_what_is_wrong_with_a_feed(command, town, tmp_path):
    assert (
        command("transit", "check", town / "feed.zip", "--json").out
        == '{\n "usable": true,\n "findings": []\n}\n'
    )
    feed = star_town()
    feed.files["trips.txt"][3]["route_id"] = "ghost"
    bad = feed.write(tmp_path / "bad.zip")
    told = command("transit", "check", bad, "--json")
    assert told.code == 2
    (finding,) = json.loads(told.out)["findings"]
    assert (finding["file"], finding["row"], finding["rule"]) == ("trips.txt", 5, "unknown_reference")
    shown = command("transit", "check", bad).out
    assert "trips.txt row 5: route_id 'ghost' is not in routes.txt" in shown
    assert "bad.zip: cannot be used; 1 error, 0 warnings" in shown
    rows = feed.files["trips.txt"]
    for row in rows:
        row["route_id"] = "ghost"
    shown = command("transit", "check", feed.write(tmp_path / "worse.zip")).out
    assert shown.count("[unknown_reference]. Mend") == 5
    assert f"… and {len(rows) - 5:,} rows more of trips.txt [unknown_reference]" in shown
    assert f"worse.zip: cannot be used; {len(rows):,} errors" in shown


def test_evaluate_scores_the_network(command, town):
    args = ("transit", "evaluate", "--gtfs", town / "feed.zip", "--od", town / "od.parquet", *HOURS)
    told = json.loads(command(*args, "--json").out)
    assert {row["route_id"] for row in told["lines"]} == {"L0", "L1", "L3", "L4", "L5", "COPY"}
    assert told["totals"]["trips"] == pytest.approx(12_000, rel=0.01)
    shown = " ".join(command(*args).out.split())
    assert "of trips, which stand for residents, within 500 m of a stop" in shown
    assert "trips may use transit (mode_share 10% of the OD matrix)" in shown
    assert max(map(len, command(*args).out.splitlines())) <= 80


def test_of_a_workspace_the_files_that_its_manifests_list_are_read(command, finished, town, tmp_path):
    feed = finished.workspace / "world" / "gtfs.zip"
    args = ("transit", "evaluate", "--gtfs", feed, "--json")
    by_run = json.loads(command(*args, "--workspace", finished.workspace).out)
    by_path = json.loads(command(*args, "--od", finished.workspace, "--zones", finished.workspace).out)
    assert by_run == by_path
    assert by_run["equity"]["people"] == "residents"


def test_what_a_release_withholds_is_put_back_from_its_sums(command, town, tmp_path):
    whole = pq.read_table(town / "od.parquet")
    (tmp_path / "data").mkdir()
    pq.write_table(
        whole.filter(pc.greater_equal(whole["population_trips"], 30.0)), tmp_path / "data" / "od.parquet"
    )
    plain = ("transit", "evaluate", "--gtfs", town / "feed.zip", *HOURS)
    args = (*plain, "--set", "short_trips_km=0", "--od")
    shown = json.loads(command(*args, tmp_path, "--json").out)["totals"]
    pq.write_table(sums_of(whole), tmp_path / "data" / "od_margins.parquet")
    found = json.loads(command(*args, tmp_path, "--json").out)["totals"]
    assert shown["trips_put_back_share"] == 0
    assert 0.2 < found["trips_put_back_share"] < 0.8
    assert shown["trips"] == pytest.approx(found["trips"] * (1 - found["trips_put_back_share"]), rel=0.02)
    assert found["trips"] == pytest.approx(12_000, rel=0.05)
    assert found["trips_modelled_share"] == 0
    assert "of it put back from sums" in " ".join(command(*args, tmp_path).out.split())
    more = json.loads(command(*plain, "--od", tmp_path, "--json").out)["totals"]
    assert more["trips_modelled_share"] > 0.02
    assert more["trips"] * (1 - more["trips_modelled_share"]) == pytest.approx(found["trips"], rel=0.02)
    assert "short trips modelled" in " ".join(command(*plain, "--od", tmp_path).out.split())


def sums_of(od: pa.Table) -> pa.Table:
    """Ten days' sums between cells of resolution 7."""
    up = {
        cell: h3.str_to_int(h3.cell_to_parent(h3.int_to_str(cell), 7))
        for cell in pc.unique(od["origin"]).to_pylist()
    }
    ends = {end: pa.array([up[cell] for cell in od[end].to_pylist()]) for end in ("origin", "destination")}
    coarse = pa.table({**ends, "day_type": od["day_type"], "slot": od["slot"], "trips": od["trips"]})
    keys = ["origin", "destination", "day_type", "slot"]
    sums = coarse.group_by(keys).aggregate([("trips", "sum")]).rename_columns([*keys, "trips"])
    tenfold = pc.multiply(sums["trips"], 10.0)
    level = pa.array(["h3_7"] * sums.num_rows)
    return sums.append_column("level", level).append_column("population", tenfold)


def test_propose_writes_a_plan_that_keeps_its_schema(command, town, tmp_path):
    out = tmp_path / "plan"
    told = command(
        "transit", "propose", "--gtfs", town / "feed.zip", "--od", town / "od.parquet", "--out", out, *HOURS,
        *QUICK, "--json",
    )  # fmt: skip
    assert told.code == 0, told.err
    content = json.loads(told.out)
    assert content == json.loads((out / "proposals.json").read_text())
    jsonschema.validate(content, json.loads(command("transit", "schema").out))
    assert content["proposals"]
    assert {p.name for p in out.iterdir()} >= {
        "gtfs.zip",
        "lines.csv",
        "proposals.geojson",
        "network.geojson",
    }
    changed = json.loads(command("transit", "diff", town / "feed.zip", out / "gtfs.zip", "--json").out)
    lines = {e["route_id"] for key in ("added", "removed", "changed") for e in changed[f"lines_{key}"]}
    named = {r for p in content["proposals"] for r in p["route_ids"]}
    assert lines <= named
    assert lines
    shown = " ".join(command("transit", "diff", town / "feed.zip", out / "gtfs.zip").out.split())
    assert "lines added" in shown
    assert "Weekday, 2024-01-01 and 2024-01-01:" in shown


@pytest.mark.parametrize(
    ("args", "said"),
    [
        (("propose",), "--gtfs, --od and --out"),
        (("evaluate", "--gtfs", "FEED"), "--od or --workspace"),
        (("evaluate", "--gtfs", "none.zip", "--od", "OD"), "none.zip: no such file"),
        (("evaluate", "--gtfs", "FEED", "--od", "none.csv"), "none.csv: no such file"),
        (("evaluate", "--gtfs", "FEED", "--od", "FEED"), "cannot be read as a table\n"),
        (("evaluate", *BOTH, "--set", "trails=3"), "trails: unknown key. Did you mean trials?"),
        (
            ("evaluate", *BOTH, "--set", "planning_date=2024-13-01"),
            "planning_date: Input should be a valid date",
        ),
        (("evaluate", *BOTH, "--set", "day_type=saturday"), "choose another day_type: weekday"),
        (("evaluate", *BOTH, "--set", "day_type=holiday"), "this is 'holiday'"),
        (("evaluate", *BOTH, "--set", "budget_steps=[-2]"), "a step must lie between -0.9 and 5, not be -2"),
        (("evaluate", *BOTH, "--set", "budget_steps=0.1"), "budget_steps: is a list"),
        (("propose", *BOTH, "--out", "OUT", "--set", "keep_lines=[9]"), "keep_lines: there is no line '9'"),
        (
            ("propose", *BOTH, "--out", "OUT", "--set", "floors.longest_headway_min={noon: 20}"),
            "there is no slot 'noon'",
        ),
        (("propose", *BOTH, "--out", "FEED"), "feed.zip: cannot be written to"),
        (("propose", *BOTH, "--out", "/proc/self"), "/proc/self: cannot be written to"),
        (("propose", "--config", "x.yaml", "--gtfs", "FEED"), "leave out either"),
        (("diff", "FEED", "none.zip"), "none.zip: no such file"),
    ],
)
def test_what_cannot_be_done_is_refused_with_a_mend(command, town, args, said):
    names = {"FEED": town / "feed.zip", "OD": town / "od.parquet", "OUT": town / "out"}
    told = command("transit", *(names.get(arg, arg) for arg in args))
    assert told.code == 2
    assert said in told.err
    assert "Mend:" in told.err
    assert "Traceback" not in told.err


def test_propose_runs_the_stage_of_a_config_alone_with_what_is_set(command, city):
    args = ("transit", "propose", "--config", city.config, "--json")
    other = ("--set", "transit.max_changes=0", "--set", "transit.new_lines.candidates=0")
    proposals = city.workspace / "transit" / "proposals.json"

    unchanged, changed = command(*args), command(*args, *other)

    assert unchanged.code == 0, unchanged.err
    assert changed.code == 0, changed.err
    lines = map(json.loads, changed.out.splitlines())
    kept = {told["stage"] for told in lines if told.get("event") == PASSED_OVER}
    assert "od" in kept
    assert "transit" not in kept
    assert json.loads(proposals.read_text(encoding="utf-8"))["proposals"] == []


def test_a_gravity_matrix_can_be_evaluated(command, town, tmp_path):
    od = tmp_path / "od.parquet"
    made = command(
        "transit", "gravity", "--gtfs", town / "feed.zip", "--out", od, "--set", "residents=5000", "--json"
    )
    assert made.code == 0, made.err
    assert json.loads(made.out)["trips"] == 10_000
    told = command("transit", "evaluate", "--gtfs", town / "feed.zip", "--od", od, "--json")
    assert json.loads(told.out)["totals"]["passengers"] > 0
    wrong = command("transit", "gravity", "--gtfs", town / "feed.zip", "--out", od, "--set", "people=5")
    assert wrong.code == 2
    assert "people" in wrong.err
