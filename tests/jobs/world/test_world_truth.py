from datetime import UTC, datetime

import h3.api.basic_int as h3
import numpy as np
import pyarrow.compute as pc
import pyarrow.parquet as pq
import pytest


@pytest.fixture(scope="module")
def truth(town):
    folder, _ = town
    return {path.stem: pq.read_table(path) for path in (folder / "truth").glob("*.parquet")}


def test_the_od_matrix_sums_to_the_trips_at_each_resolution(truth):
    for resolution in (6, 7):
        od = truth["od"].filter(pc.equal(truth["od"]["resolution"], resolution))
        assert pc.sum(od["trips"]).as_py() == truth["trips"].num_rows
        origins = dict(
            zip(*(od.group_by("origin").aggregate([("trips", "sum")]).to_pydict().values()), strict=True)
        )
        places = truth["trips"]["origin_h3"].to_pylist()
        counted = {cell: 0.0 for cell in origins}
        for place in places:
            counted[h3.cell_to_parent(place, resolution)] += 1
        assert counted == origins


def test_population_trips_are_those_of_an_average_day_of_everybody(truth, town):
    _, summary = town
    od = truth["od"].filter(pc.equal(truth["od"]["resolution"], 7))
    days = np.array([{"weekday": 5, "saturday": 1, "sunday": 1}[kind] for kind in od["day_type"].to_pylist()])
    expected = od["trips"].to_numpy() * summary["population"] / summary["people"] / days
    np.testing.assert_allclose(od["population_trips"].to_numpy(), expected, rtol=1e-4)


def test_od_slots_are_local_and_trips_are_utc(make_small):
    folder, _ = make_small(people=300, days=2, timezone="Asia/Kolkata")
    trips, od = (pq.read_table(folder / "truth" / f"{name}.parquet") for name in ("trips", "od"))
    local_hour = (trips["depart"].to_numpy().astype("datetime64[s]").astype(int) + 19800) % 86400 // 3600
    am_peak = od.filter(pc.and_(pc.equal(od["slot"], "am_peak"), pc.equal(od["resolution"], 7)))
    assert ((local_hour >= 6) & (local_hour < 10)).sum() == pc.sum(am_peak["trips"]).as_py()
    first = trips["depart"].to_pylist()
    assert min(first) > datetime(2025, 3, 2, 18, 30, tzinfo=UTC)


def test_trips_start_and_end_where_their_h3_cells_say(truth):
    for row in truth["trips"].slice(0, 300).to_pylist():
        for end in ("origin", "destination"):
            assert h3.latlng_to_cell(row[f"{end}_lat"], row[f"{end}_lon"], 9) == row[f"{end}_h3"]


def test_homes_and_works_are_where_people_sleep_and_go(truth):
    homes = dict(zip(truth["homes"]["person"].to_pylist(), truth["homes"]["h3"].to_pylist(), strict=True))
    works = dict(zip(truth["works"]["person"].to_pylist(), truth["works"]["h3"].to_pylist(), strict=True))
    for row in truth["trips"].slice(0, 2000).to_pylist():
        if row["activity"] == "home":
            assert row["destination_h3"] == homes[row["person"]]
        if row["activity"] in ("work", "school"):
            assert row["destination_h3"] == works[row["person"]]


def test_purposes_follow_from_the_two_ends(truth):
    assert set(truth["trips"]["purpose"].unique().to_pylist()) == {"HBW", "HBO", "NHB"}
    to_work = truth["trips"].filter(pc.equal(truth["trips"]["activity"], "work"))
    assert "HBO" not in to_work["purpose"].unique().to_pylist()


def test_each_subscriber_has_a_number_or_two_and_nobody_else(truth, town):
    _, summary = town
    key, homes = truth["key"], truth["homes"]
    assert key.num_rows == summary["numbers"] - summary["machines"]
    assert pc.count_distinct(key["person"]).as_py() == summary["subscribers"] == 900
    assert sorted(set(key["person"].to_pylist())) == homes.filter(homes["subscriber"])["person"].to_pylist()
    numbers = key["msisdn"].to_pylist()
    assert len(set(numbers)) == len(numbers)
    assert all(number.startswith("999") and len(number) == 12 for number in numbers)
    assert numbers != sorted(numbers)


def test_only_the_key_names_subscribers(town):
    folder, _ = town
    tables = {path.stem: pq.read_schema(path).names for path in (folder / "truth").glob("*.parquet")}
    assert [name for name, columns in tables.items() if "msisdn" in columns] == ["key"]


def test_homes_follow_the_population_of_the_zones(truth, town):
    import json

    folder, summary = town
    zones = json.loads((folder / "zones.geojson").read_text())["features"]
    homes = truth["homes"]["zone"].to_pylist()
    for zone in zones:
        expected = zone["properties"]["population"] / summary["population"] * summary["people"]
        assert abs(homes.count(zone["properties"]["zone"]) - expected) < 5 + 0.1 * expected


def test_everybody_is_somewhere_at_every_hour(truth, town):
    _, summary = town
    presence = truth["presence"].filter(pc.equal(truth["presence"]["resolution"], 7))
    by_hour = presence.group_by("hour").aggregate([("people", "sum"), ("population", "sum")])
    assert by_hour.num_rows == 7 * 24
    assert set(by_hour["people_sum"].to_pylist()) == {summary["people"]}
    np.testing.assert_allclose(by_hour["population_sum"].to_numpy(), summary["population"], rtol=1e-4)


def test_people_are_at_home_by_night(truth):
    night = truth["presence"].filter(pc.equal(truth["presence"]["resolution"], 7))
    first = night.filter(pc.equal(night["hour"], pc.min(night["hour"])))
    homes = [h3.cell_to_parent(cell, 7) for cell in truth["homes"]["h3"].to_pylist()]
    assert dict(zip(first["h3"].to_pylist(), first["people"].to_pylist(), strict=True)) == {
        cell: homes.count(cell) for cell in set(homes)
    }
