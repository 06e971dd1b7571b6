"""`maillage score` and `maillage flows` on the finished tiny city, and what they say of bad truth."""

import csv
import json
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
from tiny_city import City


def truth_of(city: City) -> Path:
    return city.workspace / "world" / "truth"


def test_the_score_of_a_simulated_city(command, city):
    key = city.config.parent / "tiny.key"
    told = command(
        "score", "--workspace", city.workspace, "--truth", truth_of(city), "--key", key, "--json",
        "--resolution", 7, "--resolution", 6,
    )  # fmt: skip
    assert told.code == 0, told.err
    scored = json.loads(told.out)
    at_7 = scored["flows"]["7"]
    assert set(at_7) == {"estimate", "location ceiling", "naive", "gravity", "shrunk", "raked", "published"}
    # A thousand people in four days: methods lie close, and keys are drawn anew in each run.
    for name in ("estimate", "shrunk", "raked"):
        assert 0.9 * at_7["naive"]["cpc"] < at_7[name]["cpc"] < at_7["location ceiling"]["cpc"] < 1
    assert at_7["estimate"]["cpc"] > 0.4
    assert abs(at_7["location ceiling"]["bias"]) < 1e-3
    assert abs(at_7["estimate"]["bias"]) < 0.5  # of a thousand people in four days
    assert scored["flows"]["6"]["estimate"]["cpc"] > at_7["estimate"]["cpc"]
    assert 0 < at_7["published"]["interval_coverage"]["all"] <= 1
    assert scored["anchors"]["home"]["right"]["6"] > 0.7
    assert 0 < scored["anchors"]["work"]["answered"] < 1
    assert 0.5 < scored["presence"]["distribution"] < 1


def test_the_score_as_tables_without_the_key(command, city):
    told = command("score", "--workspace", city.workspace, "--truth", truth_of(city), "--resolution", 7)
    assert told.code == 0, told.err
    assert "location ceiling" in told.out
    assert "90 % intervals hold the truth" in told.out
    assert "home:" not in told.out


def test_truth_from_elsewhere_in_csv(command, city, tmp_path):
    trips = pq.read_table(truth_of(city) / "trips.parquet").slice(0, 500).to_pylist()
    with (tmp_path / "trips.csv").open("w", newline="") as file:
        rows = csv.writer(file)
        rows.writerow(["depart", "origin_h3", "destination_h3", "persons"])
        for trip in trips:
            depart = trip["depart"].strftime("%Y-%m-%d %H:%M:%SZ")
            rows.writerow([depart, trip["origin_h3"], trip["destination_h3"], 2.5])
    told = command("score", "--workspace", city.workspace, "--truth", tmp_path, "--resolution", 7, "--json")
    assert told.code == 0, told.err
    scored = json.loads(told.out)
    assert 0 < scored["flows"]["7"]["estimate"]["true_trips"] <= 500 * 2.5
    assert "anchors" not in scored


def test_bad_truth_is_told_of(command, city, tmp_path):
    def refused(*more, truth=tmp_path):
        told = command("score", "--workspace", city.workspace, "--truth", truth, *more)
        assert told.code == 2
        assert "Traceback" not in told.err
        return " ".join(told.err.split())

    assert "holds no true trips" in refused()
    pq.write_table(pa.table({"depart": [1], "origin_lon": [0.0]}), tmp_path / "trips.parquet")
    assert "has neither origin_lon and origin_lat nor origin_h3" in refused()
    columns = {f"{end}_{axis}": [0.0] for end in ("origin", "destination") for axis in ("lon", "lat")}
    pq.write_table(pa.table({"depart": [1], **columns}), tmp_path / "trips.parquet")
    assert "column depart has to hold timestamps" in refused()
    (tmp_path / "trips.parquet").write_bytes(b"no parquet")
    assert "cannot be read" in refused()
    assert "is no day type" in refused("--day-type", "friday")
    assert "is not a folder" in refused(truth=tmp_path / "nowhere")


def test_a_folder_that_is_no_workspace_is_told_of(command, tmp_path):
    told = command("score", "--workspace", tmp_path, "--truth", tmp_path)
    assert told.code == 2
    assert "is not a workspace" in told.err


def test_a_workspace_and_truth_on_an_object_store(command, city, bucket):
    """The same score as on the disk, by URIs; a fault in the truth is told with its URI."""
    for folder in ("stages", "tables", "world/truth"):
        for file in (city.workspace / folder).rglob("*"):
            if file.is_file():
                bucket.put(f"ws/{file.relative_to(city.workspace)}", file.read_bytes())

    def scored(workspace, truth):
        return command(
            "score", "--workspace", workspace, "--truth", truth, "--resolution", 6, "--json", "--debug"
        )

    there = scored(bucket.uri("ws"), bucket.uri("ws/world/truth"))
    assert there.code == 0, there.err
    assert there.out == scored(city.workspace, truth_of(city)).out
    empty = scored(bucket.uri("ws"), bucket.uri("nowhere"))
    assert empty.code == 2
    assert "holds no truth table" in empty.err
    bucket.put("bad/trips.csv", b"depart\n1\n")
    bad = scored(bucket.uri("ws"), bucket.uri("bad"))
    assert bad.code == 2
    assert f"s3://{bucket.name}/bad/trips.csv" in bad.err
    assert bucket.server not in empty.err + bad.err


def test_flows_in_the_spanish_columns(command, city, tmp_path):
    told = command(
        "flows", "--workspace", city.workspace, "--out", tmp_path / "f.csv", "--min-users", 2, "--json"
    )
    assert told.code == 0, told.err
    with (tmp_path / "f.csv").open(newline="") as file:
        rows = list(csv.DictReader(file, delimiter="|"))
    assert len(rows) == json.loads(told.out)["rows"] > 0
    assert set(rows[0]) == {
        "fecha", "periodo", "origen", "destino", "distancia", "actividad_origen", "actividad_destino",
        "residencia", "viajes", "viajes_km",
    }  # fmt: skip
    assert all(float(row["viajes"]) > 0 for row in rows)
