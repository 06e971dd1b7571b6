"""Files for other maps: sheets, features, and GeoParquet as its specification has it."""

import csv
import json
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow.parquet as pq
import pytest
from h3 import int_to_str
from report_town import od_table, town
from shapely import from_wkb, total_bounds
from shapely.geometry import LineString, Point

from jobs.report.geoparquet import geo_metadata
from jobs.report.mapfiles import write_map_files
from jobs.report.view import view_of

USED = {int_to_str(row[end]) for row in od_table().to_pylist() for end in ("origin", "destination")}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("map")
    write_map_files(view_of(town()), made, "weekday", "am_peak")
    return made


def sheet(file: Path) -> list[dict[str, str]]:
    with file.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def features(file: Path) -> list[dict[str, Any]]:
    return list(json.loads(file.read_text(encoding="utf-8"))["features"])


def test_sheets_for_flowmap_blue_have_its_columns_and_all_trips(folder: Path) -> None:
    places, flows = sheet(folder / "locations.csv"), sheet(folder / "flows.csv")
    assert list(places[0]) == ["id", "name", "lat", "lon"]
    assert list(flows[0]) == ["origin", "dest", "count"]
    assert {row["id"] for row in places} == USED
    assert {row["origin"] for row in flows} | {row["dest"] for row in flows} <= USED
    expected = sum(
        row["population_trips"]
        for row in od_table().to_pylist()
        if (row["day_type"], row["slot"]) == ("weekday", "am_peak") and row["origin"] != row["destination"]
    )
    assert sum(float(row["count"]) for row in flows) == pytest.approx(expected, abs=0.05 * len(flows))


def test_arcs_hold_every_flow_with_its_interval(folder: Path) -> None:
    arcs = sheet(folder / "flows_arcs.csv")
    between = [row for row in od_table().to_pylist() if row["origin"] != row["destination"]]
    assert len(arcs) == len(between)
    first = arcs[0]
    assert float(first["trips_low"]) < float(first["trips"]) < float(first["trips_high"])


@pytest.mark.parametrize(("name", "kind"), [("demand", "Polygon"), ("flows", "LineString")])
def test_geoparquet_says_what_it_holds(folder: Path, name: str, kind: str) -> None:
    table = pq.read_table(folder / f"{name}.parquet")
    told = json.loads(table.schema.metadata[b"geo"])
    assert told["version"] == "1.1.0"
    column = told["columns"][told["primary_column"]]
    assert column["encoding"] == "WKB"
    assert column["geometry_types"] == [kind]
    assert table.schema.field("geometry").type == "binary"
    shapes = from_wkb(np.array(table["geometry"].to_pylist(), dtype=object))
    assert all(shape.is_valid and shape.geom_type == kind for shape in shapes)
    assert column["bbox"] == pytest.approx(total_bounds(shapes).tolist())


def test_geoparquet_of_nothing_and_of_several_kinds() -> None:
    assert geo_metadata([None])["columns"]["geometry"] == {"encoding": "WKB", "geometry_types": []}
    mixed = geo_metadata([Point(1, 2), None, LineString([(0, 0), (3, 4)])])["columns"]["geometry"]
    assert mixed["geometry_types"] == ["LineString", "Point"]
    assert mixed["bbox"] == [0.0, 0.0, 3.0, 4.0]


def test_lines_before_and_after_tell_plain_values(folder: Path) -> None:
    before, after = (features(folder / f"lines_{when}.geojson") for when in ("before", "after"))
    assert {f["properties"]["status"] for f in before} == {"kept", "changed", "removed"}
    assert {f["properties"]["status"] for f in after} == {"kept", "changed", "new"}
    changed = next(f["properties"] for f in after if f["properties"]["status"] == "changed")
    assert changed["headway_after_min_am_peak"] == 7
    assert not any("before" in key for key in changed)
    assert not any(
        isinstance(value, dict | list) for f in before + after for value in f["properties"].values()
    )


def test_hexagons_carry_demand_and_what_the_plan_tells(folder: Path) -> None:
    hexagons = features(folder / "demand.geojson")
    assert {f["properties"]["hex_id"] for f in hexagons} == USED
    properties = hexagons[0]["properties"]
    assert {"hex_id", "trips_weekday_all", "trips_sunday_am_peak", "service_before", "unserved_after"} <= set(
        properties
    )
    ring = hexagons[0]["geometry"]["coordinates"][0]
    assert ring[0] == ring[-1]


def test_demand_alone_has_no_files_of_lines(tmp_path: Path) -> None:
    rows = write_map_files(view_of(town(proposals=None, network=None)), tmp_path, "weekday", "all")
    assert not any("lines" in name for name in rows)
    assert (tmp_path / "demand.geojson").exists()
