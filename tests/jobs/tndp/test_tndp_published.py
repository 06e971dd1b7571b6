"""Published route sets have the published measures (John 2016; data beside the repository)."""

import csv
from pathlib import Path

import pytest

from jobs.tndp.reading import read_instance
from jobs.tndp.routes import RouteRules, read_routes
from jobs.tndp.score import score

DATA = Path(__file__).resolve().parents[4] / "shared" / "data" / "tndp"
RULES = {
    "Mandl": RouteRules(6, 2, 8),
    "Mumford0": RouteRules(12, 2, 15),
    "Mumford1": RouteRules(15, 10, 30),
}


@pytest.mark.skipif(not DATA.is_dir(), reason="no benchmark data in ../shared/data/tndp")
@pytest.mark.parametrize("name", RULES)
def test_published_sets_have_their_published_measures(tmp_path, name):
    """Mandl's demand is read from the other collection: the matrix has 10 instead of 40 trips of nodes 2 and 3."""
    first = 1 if name == "Mandl" else 0  # number of the first node
    folder = DATA / "arbex/Mandl/Mandl1" if first else DATA / "john2016_pareto" / name
    instance = read_instance(folder)
    with (DATA / "john2016_pareto" / name / "Results_data.csv").open(newline="") as file:
        rows = list(csv.DictReader(file))
    assert len(rows) > 80
    for row in rows:
        routes = [
            [str(int(node) + first) for node in text.split("-")] for text in row["Routes"].split("*") if text
        ]
        path = tmp_path / "routes.txt"
        path.write_text("\n".join("-".join(route) for route in routes))
        told = score(instance, read_routes(path, instance, RULES[name]))
        assert told.att == pytest.approx(float(row["f_1_ATT"]), abs=1e-6)
        assert told.trt == int(row["f_2_TRT"])
        assert told.d0 + told.d1 + told.d2 + told.dun == pytest.approx(100)


@pytest.mark.skipif(not DATA.is_dir(), reason="no benchmark data in ../shared/data/tndp")
@pytest.mark.parametrize("name", ["Mumford0", "Mumford1"])
def test_both_collections_hold_the_same_instance(name):
    one = read_instance(DATA / "arbex/Mumford" / name)
    other = read_instance(DATA / "john2016_pareto" / name)
    assert all((a == b).all() for a, b in zip(one.arrays, other.arrays, strict=True))
