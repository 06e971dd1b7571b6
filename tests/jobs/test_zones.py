import json

import h3.api.basic_int as h3
import numpy as np
import pytest
from zone_builders import EAST, WEST, box, feature, zone_file, zones

from jobs.errors import InputError
from jobs.ground.zones import ZoneParams, outlines, read_zones

TINY = (-17.4801, 14.7201, -17.4800, 14.7202)


def population_by_zone(found) -> dict[str, float]:
    counted = np.bincount(found.zone, found.population, len(found.names))
    return dict(zip(found.names, counted.tolist(), strict=True))


def refusal(folder, *features) -> str:
    with pytest.raises(InputError) as caught:
        zones(folder, *features)
    assert "zones.geojson" in str(caught.value)
    assert caught.value.mend
    return str(caught.value)


def test_each_zone_keeps_its_population_on_the_grid(tmp_path):
    found = zones(tmp_path, feature("west", 1000, WEST), feature("east", 10, EAST))
    assert population_by_zone(found) == pytest.approx({"west": 1000, "east": 10})
    assert len(set(found.h3.tolist())) == found.h3.size
    assert {h3.get_resolution(cell) for cell in found.h3.tolist()} == {9}


def test_a_zone_too_small_for_a_centre_keeps_its_population(tmp_path):
    found = zones(tmp_path, feature("west", 1000, WEST), feature("tiny", 7, TINY))
    assert population_by_zone(found) == pytest.approx({"west": 1000, "tiny": 7})
    (cell,) = found.h3[found.zone == 1].tolist()
    assert cell == h3.latlng_to_cell(14.72015, -17.48005, 9)


def test_a_zone_inside_another_does_not_take_its_cells_twice(tmp_path):
    found = zones(tmp_path, feature("west", 1000, WEST), feature("again", 50, WEST))
    assert population_by_zone(found) == pytest.approx({"west": 1000, "again": 50})


def test_a_zone_without_people_is_a_zone(tmp_path):
    assert population_by_zone(zones(tmp_path, feature("west", 0), feature("east", 3, EAST)))["west"] == 0


def test_points_are_found_in_their_zones(tmp_path):
    found = zones(tmp_path, feature("west", 1, WEST), feature("east", 1, EAST))
    lon, lat = np.array([-17.47, -17.45, -17.60]), np.array([14.72, 14.72, 14.72])
    assert found.zone_of(lon, lat) == ["west", "east", None]


def test_a_point_on_a_border_is_in_the_first_zone(tmp_path):
    found = zones(tmp_path, feature("west", 1, WEST), feature("east", 1, EAST))
    assert found.zone_of(np.array([-17.46]), np.array([14.72])) == ["west"]


def test_the_table_of_zones_is_sorted_and_whole(tmp_path):
    table = zones(tmp_path, feature("b", 5, WEST), feature("a", 6, EAST)).as_table()
    assert sum(table["population"].to_pylist()) == pytest.approx(11)
    rows = list(zip(table["zone"].to_pylist(), table["h3"].to_pylist(), strict=True))
    assert rows == sorted(rows)


def test_only_zones_with_the_wanted_values_are_read(tmp_path):
    params = zone_file(tmp_path, feature("a", 1, WEST, region="Dakar"), feature("b", 2, EAST, region="Thiès"))
    found = read_zones(params.model_copy(update={"where": {"region": "Thiès"}}), 9)
    assert found.names == ["b"]
    with pytest.raises(InputError, match="no zone has"):
        read_zones(params.model_copy(update={"where": {"region": "Louga"}}), 9)


def test_multipolygons_bow_ties_and_heights_are_drawn_flat_and_valid(tmp_path):
    west, south, east, north = WEST
    bow_tie = [[[west, south], [east, north], [east, south], [west, north], [west, south]]]
    high = [[[*point, 12.0] for point in box(EAST)[0]]]
    found = zones(
        tmp_path,
        feature("bow", 10, {"type": "Polygon", "coordinates": bow_tie}),
        feature("both", 20, {"type": "MultiPolygon", "coordinates": [high]}),
    )
    assert population_by_zone(found) == pytest.approx({"bow": 10, "both": 20})


@pytest.mark.parametrize("geometry", [None, {"type": "Point", "coordinates": [-17.45, 14.72]}])
def test_a_zone_without_an_area_is_named(tmp_path, geometry):
    message = refusal(tmp_path, feature("west", 5), feature("lost", 5, geometry))
    assert "1 zones have no area: 'lost'" in message


def test_metres_without_a_system_of_coordinates_are_refused(tmp_path):
    message = refusal(tmp_path, feature("a", 1, (389_000, 585_000, 397_000, 590_000)))
    assert "not degrees: x 389,000 to 397,000, y 585,000 to 590,000" in message
    assert "WGS84" in message


@pytest.mark.parametrize(
    ("population", "told"),
    [(-1, "negative or missing"), (None, "negative or missing"), ("many", "not a number")],
)
def test_a_population_that_is_none_is_refused(tmp_path, population, told):
    assert told in refusal(tmp_path, feature("a", 1), feature("b", population, EAST))


def test_a_lacking_column_shows_the_columns_that_are_there(tmp_path):
    params = zone_file(tmp_path, feature("a", 1))
    with pytest.raises(InputError, match="has no column 'commune'; it has zone, population"):
        read_zones(params.model_copy(update={"zone": "commune"}), 9)


def test_what_is_no_layer_is_refused(tmp_path):
    path = tmp_path / "zones.geojson"
    path.write_text("{}")
    with pytest.raises(InputError, match=r"zones\.geojson: cannot be read as a layer of zones"):
        read_zones(ZoneParams(path=str(path)), 9)


def test_outlines_are_geojson_with_the_name_of_each_zone(tmp_path):
    drawn = outlines(zone_file(tmp_path, feature(5, 1)))
    assert [f["properties"]["zone"] for f in drawn["features"]] == ["5"]
    assert json.loads(json.dumps(drawn))["features"][0]["geometry"]["type"] == "Polygon"


def test_the_market_share_of_zones_is_read_where_a_column_is_named(tmp_path):
    params = zone_file(tmp_path, feature("a", 100, share=0.25), feature("b", 50, EAST, share=None))
    plain = read_zones(params, 8)
    assert plain.market_share is None
    assert plain.as_table().column_names == ["zone", "h3", "population"]
    table = read_zones(params.model_copy(update={"market_share": "share"}), 8).as_table()
    assert set(zip(*(table[c].to_pylist() for c in ("zone", "market_share")), strict=True)) == {
        ("a", 0.25),
        ("b", None),
    }


@pytest.mark.parametrize(("share", "told"), [("half", "not a number"), (55, "no shares"), (0, "no shares")])
def test_a_market_share_that_is_none_is_refused(tmp_path, share, told):
    params = zone_file(tmp_path, feature("a", 100, share=share))
    with pytest.raises(InputError, match=told):
        read_zones(params.model_copy(update={"market_share": "share"}), 8)
