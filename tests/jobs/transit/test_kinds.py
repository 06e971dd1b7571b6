"""Changes of way: each kind in a town where it is what is missing, and its feed read back."""

import csv
import io
import json

import jsonschema
import pytest

from jobs.errors import ConfigError
from jobs.transit import floors, rerouting
from jobs.transit.feeds.feed import read_feed
from jobs.transit.on_demand import areas_for_demand
from jobs.transit.plan import plan_network
from jobs.transit.proposals_schema import proposals_schema
from jobs.transit.scene import read_scene
from jobs.transit.scorecard import summary
from jobs.transit.survey import Survey
from tests.jobs.transit.kind_towns import TOWNS
from tests.jobs.transit.towns import files_of, write_zip


def planned_in(folder, kind, **changed):
    feed, od, params = TOWNS[kind]()
    params = params.model_copy(update=changed)
    plan_network(od, None, feed.write(folder / "in.zip"), folder, params, lambda _: None)
    return json.loads((folder / "proposals.json").read_text()), od, params


@pytest.fixture(scope="module")
def plans(tmp_path_factory):
    """One plan of each town, made when it is first asked for."""
    made = {}

    def of(kind):
        if kind not in made:
            folder = tmp_path_factory.mktemp(kind)
            made[kind] = (folder, *planned_in(folder, kind))
        return made[kind]

    return of


def proposal_of(content, kind):
    return next((p for p in content["proposals"] if p["kind"] == kind), None)


@pytest.mark.parametrize("kind", TOWNS)
def test_each_kind_is_proposed_where_it_is_missing(plans, kind):
    _, content, _, _ = plans(kind)
    found = proposal_of(content, kind)
    assert found, [p["id"] for p in content["proposals"]]
    assert found["rank_minutes_per_day"] > 0
    assert found["confidence"] == 1.0
    assert found["title"]["fr"] != found["title"]["en"]
    assert all(found["reason"].values())
    gain = content["before"]["generalised_min"] - content["after"]["generalised_min"]
    assert gain > 0.03 * content["before"]["generalised_min"]
    assert content["budget"]["vehicle_hours_after"] <= content["budget"]["vehicle_hours_allowed"]
    assert 0 <= content["budget"]["worst_zone_loss_min"] <= content["budget"]["max_zone_loss_min"]
    balance = found["minutes_gained_per_day"] - found["minutes_lost_per_day"]
    assert balance == pytest.approx(found["generalised_minutes_saved_per_day"], abs=1.0)
    riders = found["riders_gained_per_day"] - found["riders_lost_per_day"]
    assert riders == pytest.approx(found["passengers_gained_per_day"], abs=0.5)
    jsonschema.validate(content, proposals_schema())


@pytest.mark.parametrize("kind", TOWNS)
def test_the_feed_of_each_kind_reads_back_to_the_same_figures(plans, kind):
    folder, content, od, params = plans(kind)
    scene = read_scene(read_feed(folder / "gtfs.zip"), od, None, params)
    departures = scene.lines.departures
    again = summary(
        scene, scene.lines, departures, scene.evaluator.day(scene.lines, departures), params.fleet
    )
    scene.evaluator.close()
    for key in ("vehicle_hours", "vehicle_km", "generalised_min", "passengers", "transfers"):
        assert again[key] == pytest.approx(content["after"][key], rel=0.01, abs=0.002), key


@pytest.mark.parametrize("kind", TOWNS)
def test_ids_stay_and_rows_that_no_change_concerns_are_as_they_were(plans, kind):
    folder, content, _, _ = plans(kind)
    before, after = (files_of(folder / name) for name in ("in.zip", "gtfs.zip"))
    touched = {r for p in content["proposals"] for r in p["route_ids"]}
    for name in ("stops.txt", "routes.txt", "trips.txt", "stop_times.txt"):
        old, new = (files[name].decode().splitlines()[1:] for files in (before, after))
        old_ids, new_ids = ({row.split(",")[0] for row in rows} for rows in (old, new))
        assert all(i.startswith("mg_") for i in new_ids - old_ids), name
        untouched = [
            row for row in old if name == "stops.txt" or row.split(",")[0].split("_")[0] not in touched
        ]
        widened = {row.rstrip(",") for row in new}
        assert all(row.rstrip(",") in widened for row in untouched), name
    assert after["calendar.txt"].startswith(before["calendar.txt"])


def way(content, kind):
    return proposal_of(content, kind)["way"]


def test_what_is_changed_is_told(plans):
    assert way(plans("extend")[1], "extend")["at_stop"] == "Stop A10"
    assert way(plans("extend")[1], "extend")["stops_added"]
    cut = way(plans("truncate")[1], "truncate")
    assert cut["at_stop"] == "Stop A9"
    assert cut["stops_dropped"] == [f"Stop A{i}" for i in range(10, 19)]
    network = json.loads((plans("truncate")[0] / "network.geojson").read_text())["features"]
    ways = {f["properties"]["route_id"]: f["properties"].get("way_after") for f in network}
    assert len(ways["A"]) == 10
    assert ways["B"] is None
    assert len(way(plans("reroute")[1], "reroute")["stops_added"]) == 1
    assert way(plans("split")[1], "split")["new_route_ids"] == ["mg_A_2"]
    assert way(plans("merge")[1], "merge")["joined_route_ids"] == ["B"]
    assert len(way(plans("drop_stops")[1], "drop_stops")["stops_dropped"]) == 6
    zone = proposal_of(plans("drt_zone")[1], "drt_zone")
    assert zone["geometry"]["type"] in ("Polygon", "MultiPolygon")
    assert len(zone["way"]["zone_h3"]) >= 2


def lines_of_steps(content, kind):
    """Lines that a change of a kind concerns, at the budgets whose plan has it."""
    changes = [change for step in content["budget_curve"] for change in step["changes"]]
    return [
        {line["route_id"]: line for line in change["lines"]}
        for change in changes
        if change["id"].split(":")[0] == kind
    ]


@pytest.mark.parametrize("kind", TOWNS)
def test_each_budget_tells_what_becomes_of_the_lines_of_a_change(plans, kind):
    folder, content, _, _ = plans(kind)
    found, rows = (
        lines_of_steps(content, kind),
        json.loads((folder / "network.geojson").read_text())["features"],
    )
    assert found
    proposal = proposal_of(content, kind)
    titles = [
        c["title"] for step in content["budget_curve"] for c in step["changes"] if c["id"] == proposal["id"]
    ]
    assert proposal["title"] in titles
    planned = {row["properties"]["route_id"]: row for row in rows}
    for lines in found:
        assert set(proposal["route_ids"]) <= set(lines)
        for route, line in lines.items():
            assert line["status"] == planned[route]["properties"]["status"]
            way = line.get("geometry")
            if line["status"] == "new":
                assert way == planned[route]["geometry"]
            elif line["status"] == "changed":
                assert way["coordinates"] == planned[route]["properties"]["way_after"]
            else:
                assert way is None


def test_lines_that_must_stay_and_protected_terminals_are_left_alone(tmp_path):
    content, _, _ = planned_in(tmp_path, "truncate", keep_lines=("A",))
    assert not [p for p in content["proposals"] if "A" in p["route_ids"]]
    content, _, _ = planned_in(tmp_path, "truncate", protected_terminals=("A18",))
    assert proposal_of(content, "truncate") is None
    content, _, _ = planned_in(tmp_path, "extend", protected_terminals=("A10",))
    assert proposal_of(content, "extend") is None
    content, _, _ = planned_in(tmp_path, "merge", protected_terminals=("A8",))
    assert proposal_of(content, "merge") is None
    with pytest.raises(ConfigError, match="protected_terminals"):
        planned_in(tmp_path, "merge", protected_terminals=("NOWHERE",))


def test_nobody_is_left_without_a_stop_beyond_the_floor(tmp_path):
    floors = TOWNS["drt_zone"]()[2].floors.model_copy(update={"max_coverage_loss": 0.0})
    content, _, _ = planned_in(tmp_path, "drt_zone", floors=floors)
    before, after = (content["equity"][when]["covered_share"] for when in ("before", "after"))
    assert after >= before - 1e-4


def test_of_no_kind_more_candidates_are_tried_than_asked_for(tmp_path):
    told = []
    feed, od, params = TOWNS["truncate"]()
    none = dict.fromkeys(params.reshapes.model_dump(include=set(TOWNS)), 0)
    params = params.model_copy(
        update={"reshapes": params.reshapes.model_copy(update={**none, "truncate": 1})}
    )
    plan_network(od, None, feed.write(tmp_path / "in.zip"), tmp_path, params, told.append)
    assert any("2 candidates for another way: 2 truncate" in line for line in told), (
        told
    )  # one, at two headways


def test_a_larger_budget_never_saves_less_with_all_kinds(tmp_path):
    curve = planned_in(tmp_path, "extend", budget_steps=(0.0, 0.1, 0.3, 0.6), peak_vehicles_change=1.0)[0][
        "budget_curve"
    ]
    saved = [step["generalised_minutes_saved_per_day"] for step in curve]
    assert saved == sorted(saved)
    assert saved[-1] > saved[0]
    assert all(step["vehicle_hours"] <= step["vehicle_hours_allowed"] + 0.1 for step in curve)


def test_a_duplicate_that_ends_at_a_protected_terminal_stays(tmp_path):
    feed, od, params = TOWNS["truncate"]()
    for i in range(10):
        feed.stop(f"T{i}", 500.0 * i, 4020.0)
    feed.line("COPY", [f"T{i}" for i in range(10)], [2.0] * 9, 60, (6, 17))
    path = feed.write(tmp_path / "in.zip")
    for protected, is_removed in (((), True), (("B10",), True), (("T9",), False)):
        changed = params.model_copy(update={"protected_terminals": protected, "duplicate_reach_m": 100.0})
        changed = changed.model_copy(
            update={"standards": params.standards.model_copy(update={"mend_first": True})}
        )
        plan_network(od, None, path, tmp_path, changed, lambda _: None)
        content = json.loads((tmp_path / "proposals.json").read_text())
        twins = [f["route_ids"] for f in content["faults"] if f["fault"] == "duplicate"]
        assert (["COPY", "B"] in twins) == is_removed, content["faults"]


def test_a_feed_with_a_zone_on_demand_is_planned_with(plans, tmp_path):
    folder, content, od, params = plans("drt_zone")
    plan_network(od, None, folder / "gtfs.zip", tmp_path, params, lambda _: None)
    again = json.loads((tmp_path / "proposals.json").read_text())
    assert again["before"]["vehicle_hours"] == pytest.approx(content["after"]["vehicle_hours"], rel=0.01)
    assert not [p for p in again["proposals"] if "mg_V_drt" in p["route_ids"]]
    assert (
        files_of(tmp_path / "gtfs.zip")["locations.geojson"]
        == files_of(folder / "gtfs.zip")["locations.geojson"]
    )


def test_zones_that_cannot_be_read_are_told_and_left_out(plans, tmp_path):
    folder, _, od, params = plans("drt_zone")
    files = files_of(folder / "gtfs.zip") | {"locations.geojson": b"{}"}
    feed = read_feed(write_zip(tmp_path / "in.zip", files))
    assert "unreadable_locations" in [w.rule for w in feed.warnings]
    scene = read_scene(feed, od, None, params)
    scene.evaluator.close()
    assert not [line for line in scene.lines.lines if line.on_demand]


def test_calls_on_demand_have_what_flex_asks(plans):
    files = files_of(plans("drt_zone")[0] / "gtfs.zip")

    def rows(name):
        return list(csv.DictReader(io.StringIO(files[name].decode())))

    zone = json.loads(files["locations.geojson"])["features"][0]
    groups = {r["location_group_id"] for r in rows("location_groups.txt")}
    rules = {r["booking_rule_id"]: r for r in rows("booking_rules.txt")}
    stops = {r["stop_id"] for r in rows("stops.txt")}
    assert {zone["id"], *groups}.isdisjoint(stops)  # one name space
    assert zone["geometry"]["type"] in ("Polygon", "MultiPolygon")
    assert all(r["booking_type"] == "1" and int(r["prior_notice_duration_min"]) > 0 for r in rules.values())
    assert all(
        r["location_group_id"] in groups and r["stop_id"] in stops for r in rows("location_group_stops.txt")
    )
    calls = [r for r in rows("stop_times.txt") if not r["stop_id"]]
    assert calls
    for call in calls:
        assert (call["location_id"] == zone["id"]) != (call["location_group_id"] in groups)
        assert not call["arrival_time"] and not call["departure_time"]  # noqa: PT018
        assert call["start_pickup_drop_off_window"] < call["end_pickup_drop_off_window"]
        assert {call["pickup_type"], call["drop_off_type"]} == {"1", "2"}
        is_pickup = call["pickup_type"] == "2"
        assert call["pickup_booking_rule_id" if is_pickup else "drop_off_booking_rule_id"] in rules


def test_an_interrupted_valuation_leaves_a_plan(tmp_path, monkeypatch):
    def interrupted(*args, **more):
        raise KeyboardInterrupt

    monkeypatch.setattr(floors, "choose", interrupted)
    content, _, _ = planned_in(tmp_path, "merge")
    assert content["proposals"] == []
    assert files_of(tmp_path / "gtfs.zip") == files_of(tmp_path / "in.zip")


def test_somebody_who_interrupts_the_look_for_candidates_keeps_those_found(tmp_path, monkeypatch):
    def interrupted(shop):
        raise KeyboardInterrupt

    monkeypatch.setattr(rerouting, "reroutings", interrupted)
    told = []
    feed, od, params = TOWNS["truncate"]()
    plan_network(od, None, feed.write(tmp_path / "in.zip"), tmp_path, params, told.append)
    assert any("interrupted" in line for line in told)
    assert proposal_of(json.loads((tmp_path / "proposals.json").read_text()), "truncate")


def test_money_decides_where_a_line_is_too_dear_if_there_are_rates(tmp_path):
    feed, od, params = TOWNS["drt_zone"]()
    fleet = params.fleet.model_copy(update={"cost_per_vehicle_hour": 20.0})
    path = feed.write(tmp_path / "in.zip")
    for cost, is_dear in ((30.0, True), (1e6, False)):
        limits = params.on_demand.model_copy(update={"cost_per_boarding": cost})
        changed = params.model_copy(update={"fleet": fleet, "on_demand": limits})
        scene = read_scene(read_feed(path), od, None, changed)
        survey = Survey.of(
            scene, scene.lines, scene.evaluator.day(scene.lines, scene.lines.departures), changed
        )
        assert (
            bool([a for a in areas_for_demand(survey) if scene.lines.lines[a.line].line_id == "V"]) == is_dear
        )
        scene.evaluator.close()
