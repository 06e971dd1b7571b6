from collections import defaultdict

import h3.api.basic_int as h3
import numpy as np
import pytest
from cdr_builders import write
from zone_builders import EAST, WEST, feature, zone_file

from jobs.errors import InputError
from jobs.ground.cell_plan import CellPlanParams
from jobs.ground.weights import cell_weights
from jobs.locate import GridParams, cells_without_plan, h3_of, locate, lon_lat_of

PLAN = "cell_id,lon,lat\nA,-17.48,14.72\nB,-17.44,14.72\nB2,-17.44,14.72\nfar,-16.0,14.0\n"


def located(tmp_path, *features, plan=PLAN, **grid):
    path = write(tmp_path / "cells.csv", plan)
    zone_params = zone_file(tmp_path, *features) if features else None
    return locate(CellPlanParams(path=str(path)), zone_params, GridParams(**grid))


def weights_of(found) -> dict[int, dict[int, float]]:
    weights = defaultdict(dict)
    for row in found.cell_h3.to_pylist():
        weights[row["cell"]][row["h3"]] = row["weight"]
    return weights


def test_by_site_a_cell_serves_the_hexagon_it_stands_in(tmp_path):
    found = located(tmp_path, weights="site")
    assert found.cells["cell_id"].to_pylist() == ["A", "B", "B2", "far"]
    own = [h3.latlng_to_cell(14.72, -17.48, 7), h3.latlng_to_cell(14.72, -17.44, 7)]
    assert weights_of(found)[0] == {own[0]: 1.0}
    assert weights_of(found)[1] == weights_of(found)[2] == {own[1]: 1.0}


@pytest.mark.parametrize("zoned", [False, True])
def test_by_area_the_weights_of_every_cell_sum_to_one(tmp_path, zoned):
    features = [feature("west", 1000, WEST), feature("east", 10, EAST)] if zoned else []
    weights = weights_of(located(tmp_path, *features, resolution=8))
    assert set(weights) == {0, 1, 2, 3}
    for shares in weights.values():
        assert sum(shares.values()) == pytest.approx(1)
        assert min(shares.values()) > 0
    assert weights[1] == weights[2]


def test_by_area_a_cell_serves_the_ground_that_is_nearest_to_it(tmp_path):
    weights = weights_of(located(tmp_path, resolution=9, reach_m=3000))
    served = set(weights[0]) | set(weights[1])
    assert len(served) > 100
    shared = set(weights[0]) & set(weights[1])
    assert len(shared) < 0.2 * len(served)  # only hexagons that the border cuts
    reach = [h3.great_circle_distance((14.72, -17.48), h3.cell_to_latlng(c), "m") for c in weights[0]]
    assert max(reach) < 3000 + 200


def test_people_draw_the_weights(tmp_path):
    half = (-17.50, 14.70, -17.46, 14.72)
    other = (-17.50, 14.72, -17.46, 14.74)
    found = located(tmp_path, feature("full", 900, half), feature("bare", 100, other), resolution=8)
    south = sum(w for cell, w in weights_of(found)[0].items() if h3.cell_to_latlng(cell)[0] < 14.72)
    assert south > 0.7


def test_a_cell_without_inhabitants_serves_the_hexagon_it_stands_in(tmp_path):
    found = located(tmp_path, feature("nobody", 0, WEST), feature("east", 10, EAST))
    assert weights_of(found)[0] == {h3.latlng_to_cell(14.72, -17.48, 7): 1.0}
    assert weights_of(found)[3] == {h3.latlng_to_cell(14.0, -16.0, 7): 1.0}
    assert sum(found.zones["population"].to_pylist()) == pytest.approx(10)


def test_cells_know_their_zone_or_none(tmp_path):
    found = located(tmp_path, feature("west", 1, WEST), feature("east", 1, EAST))
    assert found.cells["zone"].to_pylist() == ["west", "east", "east", None]


def test_cells_outside_all_zones_are_told_of(tmp_path):
    assert located(tmp_path, feature("west", 10, WEST)).remarks == ["3 of 4 cells lie in no zone"]


def test_zones_elsewhere_are_refused(tmp_path):
    swapped = (WEST[1], WEST[0], WEST[3], WEST[2])
    with pytest.raises(InputError, match=r"zones\.geojson: no cell of the plan lies in any zone") as caught:
        located(tmp_path, feature("west", 10, swapped))
    assert "longitude and latitude" in caught.value.mend


def test_the_same_plan_gives_the_same_weights_to_the_bit(tmp_path):
    features = [feature("west", 1000, WEST), feature("east", 10, EAST)]
    first, second = (located(tmp_path, *features, resolution=10) for _ in range(2))
    assert first.cell_h3.equals(second.cell_h3)


def test_without_a_plan_cells_have_numbers_and_no_place():
    found = cells_without_plan(["b", "a"])
    assert found.cells["cell_id"].to_pylist() == ["a", "b"]
    assert found.cells["h3"].null_count == 2
    assert found.cell_h3.num_rows == 0
    assert "2 cells known by name only" in found.remarks[0]


def test_centres_lead_back_to_their_hexagons():
    cells = h3_of(np.array([-17.48, 0.0]), np.array([14.72, 0.0]), 7)
    lon, lat = map(np.array, zip(*lon_lat_of(cells), strict=True))
    assert h3_of(lon, lat, 7).tolist() == cells.tolist()


def test_compressed_rows_hold_the_weights_of_each_cell(tmp_path):
    found = located(tmp_path, resolution=8)
    rows = cell_weights(found.cell_h3, found.cells.num_rows)
    expected = weights_of(found)
    for cell in range(4):
        entries = slice(rows.row_start[cell], rows.row_start[cell + 1])
        assert (
            dict(zip(rows.h3[rows.index[entries]].tolist(), rows.weight[entries].tolist(), strict=True))
            == (expected[cell])
        )
