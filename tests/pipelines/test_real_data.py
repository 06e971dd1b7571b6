"""Real records through the shipped configs: the account balances to the row, and limits are said."""

import gzip
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest
from pages import assert_it_draws_and_answers
from tiny_city import ROOT, Told

from jobs.identity.pseudonyms import new_key_file
from pipelines.stages import NAMES


@pytest.fixture
def real(command: Callable[..., Told], tmp_path: Path, shared_data: Path):
    """Run a shipped config in a workspace and with a key of the test's own."""
    new_key_file(tmp_path / "real.key")

    def run(verb: str, name: str, *options: str) -> Told:
        own = [f"workspace={tmp_path}/ws", f"pseudonyms.key.file={tmp_path}/real.key"]
        sets = [part for assignment in own for part in ("--set", assignment)]
        told = command(verb, ROOT / "configs" / f"{name}.yaml", "--json", *sets, *options)
        assert told.code == 0, told.err
        return told

    return run


def balanced(figures: dict[str, Any], rows_of: Callable[[str], int]) -> bool:
    """Whether rows in are accepted, quarantined or duplicates, for every file and in total."""
    for file in figures["files"]:
        assert file["rows_in"] == rows_of(file["file"]), file
        assert file["rows_in"] == file["accepted"] + file["quarantined"] + file["duplicates"], file
    totals = {
        k: sum(f[k] for f in figures["files"]) for k in ("rows_in", "accepted", "quarantined", "duplicates")
    }
    return totals == {k: figures[k] for k in totals}


def test_madrid_runs_from_official_events_to_the_od_matrix(real):
    told = real("run", "madrid")
    figures = told.last["stages"]["ingest"]["figures"]
    assert balanced(figures, lambda path: pq.read_metadata(path).num_rows)
    assert figures["reasons"].keys() >= {"missing_user", "unknown_cell"}
    assert (
        told.last["stages"]["events" if "events" in told.last["stages"] else "ingest"]["rows"]["events"] > 0
    )
    assert told.last["stages"]["od"]["rows"]["od"] > 0
    assert "transit" not in told.last["unavailable"]  # no feed is given: it is not asked for


def test_the_report_of_dakar_draws_and_answers_without_network(
    real, opened, webgl_browser, plain_browser, tmp_path
):
    """Real sites, census and bus feed; few simulated people, so that all of them are done in a minute."""
    few = ("world.people=6000", "world.subscribers=5000", "world.days=4", "world.phones.events_per_day=20")
    kinds = ("extend", "reroute", "split", "merge", "drop_stops", "add_stops", "drt_zone")
    plan = ("transit.mode_share=0.25", "transit.new_lines.candidates=1", "transit.resamples=4")
    plan += tuple(f"transit.reshapes.{kind}=0" for kind in kinds)
    own = (f"release.signing_key.file={tmp_path}/signing.key", "disclosure.min_users=3")
    real("run", "dakar", *(part for assignment in (*few, *plan, *own) for part in ("--set", assignment)))
    report = tmp_path / "ws" / "report" / "report.html"
    assert report.stat().st_size < 5e6
    assert_it_draws_and_answers(report, opened, webgl_browser, plain_browser)


def test_beijing_runs_as_far_as_records_without_places_go_and_says_so(real):
    told = real("run", "beijing")
    figures = told.last["stages"]["ingest"]["figures"]

    def lines(path: str) -> int:
        with gzip.open(path, "rb") as file:
            return sum(1 for _ in file) - 1

    assert balanced(figures, lines)
    assert figures["reasons"]["bad_time"] > 1000  # times lost in a spreadsheet
    assert figures["reasons"].keys() <= {"bad_time", "outside_period"}
    assert told.last["ran"] == ["locate", "ingest"]
    unavailable = told.last["unavailable"]
    assert unavailable["stays"].startswith("needs coordinates, and no cell has any: give `cells`")
    assert unavailable["trips"] == "needs stays, which is not available"
    assert set(unavailable) == {*NAMES} - {"world", "locate", "ingest", "transit"}
    planned = {d["stage"]: d["action"] for d in json.loads(real("plan", "beijing").out)}
    assert planned == {
        **dict.fromkeys(NAMES, "unavailable"),
        "world": "off",
        "transit": "off",
        "locate": "up to date",
        "ingest": "up to date",
    }


def test_dakar_can_be_planned_and_its_inputs_are_good(real):
    assert json.loads(real("validate", "dakar").out) == {"valid": True, "input_files": 3}
    planned = json.loads(real("plan", "dakar").out)
    assert {d["action"] for d in planned} == {"run"}
