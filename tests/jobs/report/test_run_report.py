"""The run report as text: rows, days, places, people, accuracy."""

import re
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest
from report_town import TOWN, presence_table, quarters
from test_report_page import HOSTILE, Outline

from jobs.calendars.days import CalendarParams
from jobs.report import RunContent, people_of, write_run_report
from jobs.report.run_coverage import hours_known

INGEST: dict[str, Any] = {
    "rows_in": 1000,
    "accepted": 970,
    "quarantined": 12,
    "duplicates": 8,
    "objected": 10,
    "reasons": {"bad_time": 3, "unknown_cell": 9},
    "days": [
        {"day": "2026-03-02", "events": 500, "users": 80, "missing_hours": [], "rejected": {"unknown_cell": 9},
         "silent_cells": 2, "silent_share": 0.05, "events_change": None},
        {"day": "2026-03-03", "events": 470, "users": 76, "missing_hours": [3, 4], "rejected": {},
         "silent_cells": 0, "silent_share": None, "events_change": -0.06},
    ],
}  # fmt: skip
ACCURACY: dict[str, Any] = {
    "day_type": "weekday",
    "flows": {
        "7": {
            "estimate": {"cpc": 0.853, "bias": -0.12, "rmse": 91.0, "between_cells": {"cpc": 0.8},
                         "slots": {"am_peak": {"cpc": 0.81, "bias": 0.1, "true_trips": 900.0}},
                         "bands": {}, "areas": {"rural": {"cpc": 0.0, "bias": 0.0, "true_trips": 0.0}}},
            "published": {"cpc": 0.84, "interval_coverage": {"all": 0.91, "am_peak": 0.88}},
        }
    },
    "anchors": {"home": {"answered": 0.9, "right": {"7": 0.88}, "median_error_m": 240.0}},
}  # fmt: skip


def content(**changes: Any) -> RunContent:
    parts: dict[str, Any] = {
        "title": "Port-Mesh",
        "ingest": INGEST,
        "calendar": CalendarParams(zone="Africa/Dakar"),
        "od": {"flows": 100, "flows_withheld": 60, "trips": 1000.0, "trips_withheld": 65.0},
        "presence": presence_table(),
        "zones": pa.table({"zone": ["a", "b"], "h3": [int(TOWN[0], 16), int(TOWN[1], 16)], "population": [3.0, 4.0]}),
        "zones_geojson": quarters(),
        "people": people_of([anchors()], k=2),
        "accuracy": ACCURACY,
        "remarks": [("locate", "1 cell lies in no zone")],
        "provenance": {"run": "r1", "inputs": [{"file": "a.csv", "rows_in": 1000, "accepted": 970,
                                                "duplicates": 8, "quarantined": 12, "objected": 10}]},
    }  # fmt: skip
    return RunContent(**(parts | changes))


def anchors() -> pa.Table:
    return pa.table(
        {
            "home": pa.array([1, 2, None, 3], pa.int32()),
            "work": pa.array([None, None, None, 3], pa.int32()),
            "home_confidence": [0.95, 0.97, 0.0, 0.3],
            "active_days": pa.array([2, 2, 1, 2], pa.int32()),
        }
    )


def written(folder: Path, **changes: Any) -> Outline:
    write_run_report(content(**changes), folder / "run.html")
    return Outline((folder / "run.html").read_text(encoding="utf-8"))


def test_rows_days_and_accuracy_stand_in_the_page(tmp_path: Path) -> None:
    outline = written(tmp_path)
    assert outline.open == []
    assert outline.addresses == []
    for said in (
        "97.00\u202f%", "unknown cell", "cell not in the cell plan", "hours without any event on 2026-03-03",
        "0.853", "−12.0\u202f%", "88\u202f%", "240\u202fm", "60 of 100", "6.5\u202f%", "1 cell lies in no zone",
        "a.csv",
    ):  # fmt: skip
        assert said in outline.text, said
    assert "does not add up" not in outline.text
    assert "rural" not in outline.text


def test_counts_of_few_users_are_not_told() -> None:
    told = people_of([anchors().slice(0, 2), anchors().slice(2)], k=2)
    assert told["users"] == 4
    assert told["homes"] == 3
    assert told["works"] is None
    assert [entry["users"] for entry in told["home_confidence"]] == [None, None, None, None, 2]
    assert told["active_days"] == [None, None, 3]


def test_hours_known_count_from_the_first_hour_to_the_last() -> None:
    presence = presence_table()
    cells, known = hours_known(presence)
    assert len(cells) == len(TOWN[::10])
    assert set(known) == {1.0}
    _, some = hours_known(presence.slice(0, 25))
    assert sorted(some) == [1 / 24, 1.0]


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"accuracy": None}, "Not known"),
        ({"presence": None}, "No place has a figure"),
        ({"ingest": {}}, "No day has an event"),
        ({"people": {}}, "No user could be told of"),
        ({"zones": None, "zones_geojson": None, "remarks": [], "od": {}}, "Coverage by place"),
    ],
)
def test_what_is_missing_is_named(tmp_path: Path, changes: dict[str, Any], said: str) -> None:
    outline = written(tmp_path, **changes)
    assert outline.open == []
    assert said in outline.text


def test_names_stay_names(tmp_path: Path) -> None:
    outline = written(tmp_path, title=HOSTILE, remarks=[(HOSTILE, HOSTILE)])
    assert outline.tags.count("script") == 1
    assert "img" not in outline.tags
    assert not outline.handlers


def test_the_page_allows_its_own_script_alone(tmp_path: Path) -> None:
    write_run_report(content(), tmp_path / "run.html")
    policy = re.search(
        r'Security-Policy" content="([^"]+)"', (tmp_path / "run.html").read_text(encoding="utf-8")
    )
    assert policy
    assert policy[1].startswith("default-src &#x27;none&#x27;")
    assert policy[1].count("sha256-") == 1
