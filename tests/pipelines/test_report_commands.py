"""`maillage run-report` and `maillage export-map` on the finished tiny city."""

import json

import pyarrow.parquet as pq


def test_the_run_report_with_accuracy(command, city, tmp_path):
    truth = city.workspace / "world" / "truth"
    told = command(
        "run-report",
        "--workspace",
        city.workspace,
        "--truth",
        truth,
        "--out",
        tmp_path / "run.html",
        "--json",
    )
    assert told.code == 0, told.err
    assert json.loads(told.out)["scored"]
    page = (tmp_path / "run.html").read_text(encoding="utf-8")
    assert "Best possible through these antennas" in page
    assert "bad time" in page
    assert str(city.workspace) not in page


def test_a_run_leaves_its_own_report_with_the_truth_of_its_small_world(city):
    page = (city.workspace / "report" / "run.html").read_text(encoding="utf-8")
    assert "Best possible through these antennas" in page


def test_map_files_of_one_slot(command, city, tmp_path):
    told = command(
        "export-map", "--workspace", city.workspace, "--to", tmp_path / "map", "--slot", "am_peak", "--json"
    )
    assert told.code == 0, told.err
    rows = json.loads(told.out)["rows"]
    assert {file.name for file in (tmp_path / "map").iterdir()} == set(rows)
    assert pq.read_metadata(tmp_path / "map" / "flows.parquet").num_rows == rows["flows_arcs.csv"] > 0


def test_what_is_asked_wrongly_is_told(command, city, tmp_path):
    file = tmp_path / "file"
    file.write_text("")
    for options, said in (
        (
            ("export-map", "--workspace", city.workspace, "--to", tmp_path, "--slot", "noon"),
            "'noon' is not in the flows",
        ),
        (("export-map", "--workspace", city.workspace, "--to", tmp_path, "--day-type", "friday"), "weekday"),
        (("export-map", "--workspace", city.workspace, "--to", file), "is a file"),
        (("export-map", "--workspace", tmp_path, "--to", tmp_path / "map"), "is not a workspace"),
        (
            ("run-report", "--workspace", city.workspace, "--out", tmp_path / "no" / "run.html"),
            "no such folder",
        ),
        (("run-report", "--workspace", tmp_path, "--out", tmp_path / "run.html"), "is not a workspace"),
    ):
        told = command(*options)
        assert told.code == 2, told.err
        assert said in told.err
