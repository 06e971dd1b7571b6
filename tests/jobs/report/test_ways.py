"""Lines that take another way after the plan, and proposals that are areas."""

import json
from pathlib import Path

from report_town import STEP_WAY, network, plan, town
from test_report_page import packed_content, written

from jobs.report.ground import paths, way_after
from jobs.report.mapfiles import write_map_files
from jobs.report.view import view_of

WAY = [[-17.43, 14.71], [-17.40, 14.73]]


def test_the_way_after_is_drawn_and_exported(tmp_path: Path) -> None:
    lines = network()
    changed = next(f for f in lines["features"] if f["properties"]["status"] == "changed")
    changed["properties"]["way_after"] = WAY
    content = packed_content(written(town(network=lines), tmp_path))
    drawn = {line["id"]: line for line in content["lines"]}
    line = drawn.pop(changed["properties"]["route_id"])
    assert line["pathsAfter"] == [WAY]
    assert line["paths"] == paths(way_after({**changed, "properties": {}}))
    assert all(other["pathsAfter"] is None for other in drawn.values())
    write_map_files(view_of(town(network=lines)), tmp_path, "weekday", "all")
    told = {
        when: {
            f["properties"]["route_id"]: f["geometry"]["coordinates"]
            for f in json.loads((tmp_path / f"lines_{when}.geojson").read_text())["features"]
        }
        for when in ("before", "after")
    }
    route = changed["properties"]["route_id"]
    assert told["after"][route] == WAY
    assert told["before"][route] == changed["geometry"]["coordinates"]


def test_a_budget_leads_lines_its_own_way(tmp_path: Path) -> None:
    page = written(town(), tmp_path)
    lines = packed_content(page)["budget"][2]["lines"]
    assert lines["R3"]["paths"] == [STEP_WAY]
    assert lines["R3"]["status"] == "changed"
    assert lines["R3"]["headways"] == {"pm_peak": 9.0}
    assert lines["R13"]["status"] == "new"
    assert len(lines["R13"]["paths"]) == 1
    assert lines["R4"] == {"name": "4", "status": "removed", "headways": {}, "paths": None}
    told = page
    assert "Split line 3 at Marché" in told
    assert "Scinder la ligne 3 à Marché" in told


def test_a_budget_of_a_plan_that_lists_no_lines_shows_what_ids_say(tmp_path: Path) -> None:
    lines = packed_content(written(town(), tmp_path))["budget"][1]["lines"]
    assert {route: line["status"] for route, line in lines.items()} == {
        "R11": "new",
        "R8": "changed",
        "R10": "removed",
    }
    assert lines["R11"]["paths"]
    assert lines["R8"]["headways"] == {"am_peak": 10.0}


def test_a_zone_of_a_service_on_demand_is_outlined_and_marked_inside(tmp_path: Path) -> None:
    ring = [[-17.44, 14.70], [-17.42, 14.70], [-17.42, 14.72], [-17.44, 14.72], [-17.44, 14.70]]
    changed = plan()
    changed["proposals"][0] |= {"kind": "drt_zone", "geometry": {"type": "Polygon", "coordinates": [ring]}}
    shown = packed_content(written(town(proposals=changed), tmp_path))["proposals"][0]
    assert shown["paths"] == [ring]
    assert shown["anchor"] == [-17.43, 14.71]
