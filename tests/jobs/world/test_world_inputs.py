import json

import pytest
from pydantic import ValidationError

from jobs.errors import InputError, RunError
from jobs.world.make import make_world

SQUARES = {"A": 0.00, "B": 0.04}


def _zones(path, **properties):
    features = [
        {
            "type": "Feature",
            "properties": {"zone": zone, "population": 1000 + 500 * i, "kind": "town", **properties},
            "geometry": {
                "type": "Polygon",
                "coordinates": [[[x, 10], [x + 0.04, 10], [x + 0.04, 10.05], [x, 10.05], [x, 10]]],
            },
        }
        for i, (zone, x) in enumerate(SQUARES.items())
    ]
    path.write_text(json.dumps({"type": "FeatureCollection", "features": features}))
    return str(path)


def _cells(path, lon=0.02):
    rows = [f"{k},{lon + 0.01 * (k % 4):.3f},{10.01 + 0.01 * (k // 4):.3f}" for k in range(12)]
    path.write_text("\n".join(["id,lon,lat", *rows, "99,50.0,50.0"]))
    return str(path)


@pytest.fixture
def real_inputs(tmp_path):
    return {
        "zones": {"path": _zones(tmp_path / "zones.geojson")},
        "cells": {"path": _cells(tmp_path / "cells.csv"), "cell_id": "id"},
    }


def test_given_zones_and_cells_make_the_map(make_small, real_inputs):
    folder, summary = make_small(**real_inputs, plant_flaws=False, bus={"lines": 5, "buses": 20})
    assert (summary["zones"], summary["cells"], summary["population"]) == (2, 12, 2500)
    zones = json.loads((folder / "zones.geojson").read_text())["features"]
    assert [zone["properties"]["zone"] for zone in zones] == ["A", "B"]
    assert (folder / "cells.csv").read_text().splitlines()[0] == "cell_id,lon,lat,azimuth,beam,range_m"


def test_a_filter_keeps_the_zones_of_a_region(make_small, real_inputs):
    chosen = {**real_inputs["zones"], "filter_column": "zone", "filter_value": "B"}
    _, summary = make_small(zones=chosen, people=200, days=1, plant_flaws=False)
    assert (summary["zones"], summary["population"]) == (1, 1500)


@pytest.mark.parametrize(
    ("section", "change", "message"),
    [
        ("zones", {"population": "inhabitants"}, "inhabitants"),
        ("zones", {"filter_column": "kind", "filter_value": "village"}, "no zone"),
        ("zones", {"zone": "kind"}, "repeats"),
        ("zones", {"path": "no-such-file.geojson"}, "no-such-file"),
        ("cells", {"lat": "latitude"}, "latitude"),
        ("cells", {"path": "no-such-file.csv"}, "no-such-file"),
    ],
)
def test_inputs_at_fault_are_named_with_the_mend(make_small, real_inputs, section, change, message):
    with pytest.raises(InputError, match=message) as caught:
        make_small(**{**real_inputs, section: {**real_inputs[section], **change}})
    assert caught.value.mend


def test_cells_outside_the_zones_are_an_error(make_small, real_inputs, tmp_path):
    far = {"path": _cells(tmp_path / "far.csv", lon=20.0), "cell_id": "id"}
    with pytest.raises(InputError, match="no cell lies in the zones"):
        make_small(**{**real_inputs, "cells": far})


def test_a_used_folder_is_refused(small_params, tmp_path):
    (tmp_path / "something").touch()
    with pytest.raises(RunError, match="not empty"):
        make_world(small_params(), tmp_path, print)


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"timezone": "Africa/Nowhere"}, "no such time zone"),
        ({"slots": {"am": (0, 12), "pm": (13, 24)}}, "without gap"),
        ({"subscribers": 5000}, "must not exceed people"),
        ({"workers": 0.9, "students": 0.5}, "must not exceed 1"),
        ({"od_resolutions": (11,)}, "between 0 and 9"),
        ({"zones": {"path": "z", "filter_column": "REG"}}, "go together"),
        ({"msisdn_prefix": "0221"}, "pattern"),
        ({"speed": 3}, "Extra inputs"),
    ],
)
def test_parameters_check_themselves(small_params, change, message):
    with pytest.raises(ValidationError, match=message):
        small_params(**change)


def test_an_id_of_a_feed_may_look_like_a_number(small_params):
    assert small_params(bus={"missing_route": 12}).bus.missing_route == "12"


def test_dakar_of_the_census_with_real_sites_and_feed(make_small, real_data):
    sites, census = real_data / "d4d_senegal", real_data / "senegal_census"
    folder, summary = make_small(
        people=3_000,
        days=2,
        timezone="Africa/Dakar",
        cells={"path": str(sites / "SITE_ARR_LONLAT.CSV"), "cell_id": "site_id"},
        zones={
            "path": str(census / "demographic_projections.shp"),
            "zone": "COD_ENTITE",
            "name": "CCRCA",
            "population": "ENSEMBLE20",
            "filter_column": "REG",
            "filter_value": "DAKAR",
        },
        gtfs=str(real_data / "gtfs_dakar" / "dakar_ddd.zip"),
        cdr_layout="d4d-set2",
    )
    assert summary["population"] == 3_137_198
    assert summary["zones"] == 52
    assert 480 <= summary["cells"] <= 500
    assert summary["flaws"] == ["missing_corridor", "duplicate_line", "headway_off"]
    corridor = json.loads((folder / "truth" / "flaws.json").read_text())[0]
    assert corridor["saves_share_if_restored"] > 0.001
