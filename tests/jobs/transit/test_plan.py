"""The whole stage on a small town with planted flaws."""

import csv
import io
import json
import subprocess
import sys
from pathlib import Path

import jsonschema
import numpy as np
import pyarrow as pa
import pytest

from jobs.errors import ConfigError, InputError
from jobs.transit import floors
from jobs.transit.feeds.feed import read_feed
from jobs.transit.params import TransitParams
from jobs.transit.plan import plan_network
from jobs.transit.proposals_schema import proposals_schema
from jobs.transit.scene import read_scene
from jobs.transit.scorecard import summary
from jobs.transit.selection import choose
from tests.jobs.transit.towns import (
    AXES,
    AXIS_STOPS,
    M_PER_DEGREE,
    MISSING,
    TWIN,
    FeedBuilder,
    degrees,
    files_of,
    h3_at,
    od_table,
    on_axis,
    star_demand,
    star_town,
)

SLOTS = {"am_peak": (6.0, 9.0), "midday": (9.0, 16.0)}
FULL = TransitParams(slots=SLOTS, service_hours=(6.0, 16.0), floors={"max_losers_share": 1.0}, resamples=5)
"""A town of five like lines can pay for a sixth by thinning them all: most trips lose a little."""
KINDS_OF_WAY = ("extend", "truncate", "reroute", "split", "merge", "drop_stops", "add_stops", "drt_zone")
NO_OTHER_WAY = FULL.reshapes.model_copy(update=dict.fromkeys(KINDS_OF_WAY, 0))
"""Changes of way have tests of their own: test_kinds.py."""
PARAMS = FULL.model_copy(update={"budget_steps": (), "resamples": 0, "reshapes": NO_OTHER_WAY})


def quiet(_: str) -> None:
    pass


def plan(folder: Path, feed: FeedBuilder, seed: int = 0, params: TransitParams = PARAMS):
    folder.mkdir(parents=True, exist_ok=True)
    path = feed.write(folder / "in.zip")
    plan_network(star_demand(seed), None, path, folder, params, quiet)
    return json.loads((folder / "proposals.json").read_text())


@pytest.fixture(scope="module")
def planned(tmp_path_factory):
    folder = tmp_path_factory.mktemp("planned")
    return folder, plan(folder, star_town(), params=FULL)


def covers_missing_axis(proposal) -> float:
    drawn = np.array(proposal["geometry"]["coordinates"])
    wanted = np.array([degrees(*on_axis(MISSING, k)) for k in range(1, AXIS_STOPS)])
    delta = (wanted[:, None] - drawn[None]) * M_PER_DEGREE * [np.cos(np.radians(14.7)), 1.0]
    return float((np.hypot(*delta.transpose(2, 0, 1)).min(axis=1) < 500).mean())


@pytest.mark.parametrize("seed", [0, 1])
def test_planted_flaws_are_the_first_proposals(tmp_path, seed):
    first = plan(tmp_path, star_town(), seed)["proposals"][:4]
    new = [p for p in first if p["kind"] == "new_line"]
    assert max(covers_missing_axis(p) for p in new) >= 0.6
    assert {"COPY", "L4"} in [set(p["route_ids"]) for p in first if p["kind"] == "remove_duplicate"]
    rare = [p for p in first if p["route_ids"] == ["L0"]]
    assert rare
    assert rare[0]["headway_after_min"]["midday"] <= 40


def test_the_plan_costs_no_more_vehicle_hours_and_saves_time(planned):
    _, content = planned
    assert content["budget"]["vehicle_hours_after"] <= content["budget"]["vehicle_hours_allowed"]
    assert content["after"]["peak_vehicles"] <= content["before"]["peak_vehicles"]
    assert content["after"]["generalised_min"] < 0.9 * content["before"]["generalised_min"]


def test_hours_of_the_proposals_add_up_to_those_of_the_plan(planned):
    _, content = planned
    told = sum(p["vehicle_hours_delta"] for p in content["proposals"])
    assert told == pytest.approx(hours_more(content), abs=0.1 * len(content["proposals"]))


def hours_more(content) -> float:
    return content["budget"]["vehicle_hours_after"] - content["budget"]["vehicle_hours_before"]


def test_what_a_line_gets_of_its_twins_hours_is_told(tmp_path):
    feed = FeedBuilder()
    feed.stop("centre", 0.0, 0.0)
    for number in range(AXES + 1):
        axis, aside = (TWIN, 30.0) if number == AXES else (number, 0.0)
        stops = ["centre"] + [f"{number}_{k}" for k in range(1, AXIS_STOPS)]
        for k in range(1, AXIS_STOPS):
            feed.stop(f"{number}_{k}", *on_axis(axis, k, aside))
        feed.line(f"L{number}", stops, [1.8] * (AXIS_STOPS - 1), 30 if axis == TWIN else 20)
    content = plan(tmp_path, feed)
    removal = next(p for p in content["proposals"] if p["kind"] == "remove_duplicate")
    assert removal["route_ids"] == [f"L{AXES}", f"L{TWIN}"]
    rows = {row["route_id"]: row for row in csv.DictReader((tmp_path / "lines.csv").open())}
    freed, given = (
        float(rows[route]["vehicle_hours_after"]) - float(rows[route]["vehicle_hours_before"])
        for route in removal["route_ids"]
    )
    assert given > 1
    assert removal["vehicle_hours_delta"] == pytest.approx(freed + given, abs=0.1)
    assert sum(p["vehicle_hours_delta"] for p in content["proposals"]) == pytest.approx(
        hours_more(content), abs=0.5
    )
    assert f"Line L{TWIN} runs more often for them (morning peak 30 → 20 min" in removal["reason"]["en"]


def test_a_larger_budget_saves_no_less(tmp_path, planned):
    _, content = planned
    richer = plan(
        tmp_path,
        star_town(),
        params=PARAMS.model_copy(update={"vehicle_hours_change": 0.2, "peak_vehicles_change": 0.2}),
    )
    assert richer["after"]["generalised_min"] <= content["after"]["generalised_min"]


def test_more_money_never_buys_less_and_is_never_overspent(planned):
    _, content = planned
    curve = content["budget_curve"]
    assert [step["vehicle_hours_change"] for step in curve] == list(FULL.budget_steps)
    saved = [step["generalised_minutes_saved_per_day"] for step in curve]
    assert saved == sorted(saved)
    assert saved[-1] > saved[1]
    assert all(step["vehicle_hours"] <= step["vehicle_hours_allowed"] + 0.1 for step in curve)
    assert all(step["peak_vehicles"] <= content["before"]["peak_vehicles"] for step in curve[:2])


def test_proposals_keep_their_published_schema(planned):
    jsonschema.validate(planned[1], proposals_schema())


def test_faults_that_were_planted_are_named(planned):
    _, content = planned
    faults = {f["fault"]: f["route_ids"] for f in content["faults"]}
    assert faults == {"under_served": ["L0"], "duplicate": faults["duplicate"]}
    assert set(faults["duplicate"]) == {"COPY", "L4"}
    leads = [p["fault"] for p in content["proposals"]]
    assert set(leads[:3]) == {"missing_corridor", "duplicate", "under_served"}
    assert not any(leads[3:])


def test_every_proposal_says_how_sure_it_is_and_where_it_is_felt(planned):
    _, content = planned
    assert all(0 <= p["confidence"] <= 1 for p in content["proposals"])
    assert content["proposals"][0]["confidence"] > 0.5
    assert all(p["areas"] for p in content["proposals"])
    total = content["before"]["generalised_min"] - content["after"]["generalised_min"]
    by_area = sum(a["minutes_saved_per_day"] for a in content["areas"])
    assert by_area == pytest.approx(total * content["before"]["trips"], rel=0.01)


def test_service_by_place_adds_up_to_the_scorecard(planned):
    _, content = planned
    cells = content["service"]["cells"]
    trips = sum(sum(cell["trips"]) for cell in cells)
    assert trips == pytest.approx(content["before"]["trips"], rel=0.01)
    for when in ("before", "after"):
        unserved = sum(sum(cell[f"unserved_{when}"]) for cell in cells)
        assert unserved / trips == pytest.approx(content[when]["unserved_share"], abs=0.002)
        minutes = sum(
            n * m
            for cell in cells
            for n, m in zip(cell["trips"], cell[f"perceived_min_{when}"], strict=True)
            if n
        )
        assert minutes / trips == pytest.approx(content[when]["generalised_min"], rel=0.01)


def test_no_more_trips_lose_than_the_floor_allows(tmp_path):
    floors = FULL.floors.model_copy(update={"max_losers_share": 0.1})
    content = plan(tmp_path, star_town(), params=PARAMS.model_copy(update={"floors": floors}))
    assert 0 < content["losers_share"] <= 0.11
    assert content["after"]["generalised_min"] < content["before"]["generalised_min"]


def test_lines_are_not_thinned_beyond_the_longest_headway(tmp_path):
    floors = FULL.floors.model_copy(update={"longest_headway_min": {"am_peak": 12.0}})
    content = plan(tmp_path, star_town(), params=PARAMS.model_copy(update={"floors": floors}))
    today = [p for p in content["proposals"] if p["headway_before_min"]["am_peak"] == 12]
    assert today
    assert all((p["headway_after_min"]["am_peak"] or 0) <= 12 for p in today)


def test_an_interrupted_search_leaves_the_best_plan_so_far(tmp_path, monkeypatch):
    rounds = []

    def choose_once(*args, **more):
        rounds.append(args)
        if len(rounds) > 1:
            raise KeyboardInterrupt
        return choose(*args, **more)

    monkeypatch.setattr(floors, "choose", choose_once)
    content = plan(tmp_path, star_town())
    assert len(rounds) == 2
    assert content["proposals"]


def test_lines_that_must_stay_are_left_alone(tmp_path):
    keep = ("L0", "L1", "L3", "L4", "L5", "COPY")
    content = plan(tmp_path, star_town(), params=PARAMS.model_copy(update={"keep_lines": keep}))
    assert not {r for p in content["proposals"] for r in p["route_ids"]} & set(keep)


def test_no_more_changes_than_asked_for(tmp_path):
    assert (
        len(plan(tmp_path, star_town(), params=PARAMS.model_copy(update={"max_changes": 2}))["proposals"])
        <= 2
    )


def test_without_changes_the_feed_is_the_same(tmp_path):
    plan(tmp_path, star_town(), params=PARAMS.model_copy(update={"max_changes": 0}))
    assert files_of(tmp_path / "gtfs.zip") == files_of(tmp_path / "in.zip")


def test_the_same_input_gives_the_same_bytes_on_any_number_of_threads(tmp_path, planned):
    folder, _ = planned
    plan(tmp_path, star_town(), params=FULL.model_copy(update={"threads": 1}))
    for name in ("proposals.json", "proposals.geojson", "network.geojson", "lines.csv", "gtfs.zip"):
        assert (tmp_path / name).read_bytes() == (folder / name).read_bytes(), name


def test_rows_of_untouched_lines_are_as_they_were(planned):
    folder, content = planned
    before, after = files_of(folder / "in.zip"), files_of(folder / "gtfs.zip")
    touched = {r for p in content["proposals"] for r in p["route_ids"]}
    assert after["agency.txt"] == before["agency.txt"]
    kept = [
        line for line in before["trips.txt"].decode().splitlines()[1:] if line.split(",")[0] not in touched
    ]
    assert set(kept) <= set(after["trips.txt"].decode().splitlines())
    new = set(after["stop_times.txt"].decode().splitlines()) - set(
        before["stop_times.txt"].decode().splitlines()
    )
    assert all(line.startswith("mg_") or line.split("_")[0] in touched for line in new)


def test_removed_lines_leave_nothing_behind(planned):
    folder, content = planned
    gone = next(p["route_ids"][0] for p in content["proposals"] if p["kind"] == "remove_duplicate")
    for name in ("routes.txt", "trips.txt", "stop_times.txt"):
        text = files_of(folder / "gtfs.zip")[name].decode()
        assert not [
            line for line in text.splitlines() if line.startswith(f"{gone},") or line.startswith(f"{gone}_")
        ]


def test_the_changed_feed_reads_back_to_the_figures_of_the_plan(planned):
    folder, content = planned
    params = PARAMS.model_copy(
        update={"new_lines": PARAMS.new_lines.model_copy(update={"virtual_stops": False})}
    )
    scene = read_scene(read_feed(folder / "gtfs.zip"), star_demand(), None, params)
    departures = scene.lines.departures
    again = summary(
        scene, scene.lines, departures, scene.evaluator.day(scene.lines, departures), params.fleet
    )
    for key in ("vehicle_hours", "vehicle_km", "generalised_min", "passengers"):
        assert again[key] == pytest.approx(content["after"][key], rel=0.01), key


def errors_of(path: Path, out: Path) -> dict[str, int]:
    tool = Path(sys.executable).parent / "gtfs-validator"
    if not tool.exists():
        pytest.skip("gtfs-validator is not installed")
    subprocess.run([tool, "-i", path, "-o", out], check=False, capture_output=True)
    notices = json.loads((out / "report.json").read_text())["notices"]
    return {n["code"]: n["totalNotices"] for n in notices if n["severity"] == "ERROR"}


def test_the_validator_finds_no_new_error(tmp_path, planned):
    folder, _ = planned
    before, after = (
        errors_of(folder / "in.zip", tmp_path / "a"),
        errors_of(folder / "gtfs.zip", tmp_path / "b"),
    )
    assert all(count <= before.get(code, 0) for code, count in after.items()), after


def test_maps_and_tables_tell_the_same_story(planned):
    folder, content = planned
    network = json.loads((folder / "network.geojson").read_text())["features"]
    rows = list(csv.DictReader(io.StringIO((folder / "lines.csv").read_text())))
    assert [f["properties"]["route_id"] for f in network] == [r["route_id"] for r in rows]
    status = {r["route_id"]: r["status"] for r in rows}
    for proposal in content["proposals"]:
        expected = {"new_line": "new", "remove_duplicate": "removed"}.get(proposal["kind"], "changed")
        assert status[proposal["route_ids"][0]] == expected
    assert sum(float(r["vehicle_hours_after"]) for r in rows) == pytest.approx(
        content["after"]["vehicle_hours"], abs=0.1 * len(rows)
    )
    drawn = json.loads((folder / "proposals.geojson").read_text())["features"]
    assert len(drawn) == len(content["proposals"])
    assert all(p["title"]["fr"] and p["reason"]["en"] for p in content["proposals"])


def test_a_frequency_feed_stays_one(tmp_path):
    feed = star_town()
    trips = {r["trip_id"] for r in feed.files["trips.txt"] if r["trip_id"].endswith("_0")}
    for name in ("trips.txt", "stop_times.txt"):
        feed.files[name] = [r for r in feed.files[name] if r["trip_id"] in trips]
    for trip in sorted(trips):
        headway = 3600 if trip.startswith("L0_") else 720
        feed.add(
            "frequencies.txt", trip_id=trip, start_time="06:00:00", end_time="22:00:00", headway_secs=headway
        )
    content = plan(tmp_path, feed)
    assert content["proposals"]
    after = files_of(tmp_path / "gtfs.zip")
    assert len(after["stop_times.txt"]) < 4 * len(files_of(tmp_path / "in.zip")["stop_times.txt"])
    scene = read_scene(read_feed(tmp_path / "gtfs.zip"), star_demand(), None, PARAMS)
    hours = float(scene.lines.vehicle_hours(scene.lines.departures).sum())
    assert hours == pytest.approx(content["after"]["vehicle_hours"], rel=0.01)
    assert errors_of(tmp_path / "gtfs.zip", tmp_path / "rep") == errors_of(
        tmp_path / "in.zip", tmp_path / "rep0"
    )


def test_lines_shared_with_other_days_run_there_as_before(tmp_path):
    feed = star_town()
    feed.service("WK", "1111111")
    plan(tmp_path, feed)
    before, after = (read_feed(tmp_path / name) for name in ("in.zip", "gtfs.zip"))
    saturday = before.days.is_of_type("saturday").argmax()

    def calls(read):
        runs = np.append(read.days.runs[:, saturday], False)[read.trips.service]
        routes = np.array(read.routes.ids)[read.trips.route]
        return sorted(
            (routes[t], float(read.times.departure_s[read.times.first[t]])) for t in np.flatnonzero(runs)
        )

    removed = set(before.routes.ids) - set(after.routes.ids)
    assert calls(after) == [c for c in calls(before) if c[0] not in removed]


def test_a_slot_without_hours_is_named(tmp_path):
    params = TransitParams(slots={"am_peak": (6.0, 9.0)})
    with pytest.raises(ConfigError, match="midday"):
        plan(tmp_path, star_town(), params=params)


def test_a_day_type_without_service_is_refused(tmp_path):
    with pytest.raises(InputError, match="sunday"):
        plan(tmp_path, star_town(), params=PARAMS.model_copy(update={"day_type": "sunday"}))


def test_trips_far_from_every_stop_are_left_out(tmp_path):
    path = star_town().write(tmp_path / "in.zip")
    near = star_demand()
    far = od_table(
        [
            (h3_at(80_000, 0), h3_at(80_000, 9_000), "midday", 5e5),
            (h3_at(0, 500), h3_at(80_000, 0), "midday", 5e5),
        ]
    )
    plain, mixed = (
        read_scene(read_feed(path), od, None, PARAMS) for od in (near, pa.concat_tables([near, far]))
    )
    assert mixed.trips_by_slot.sum() == pytest.approx(plain.trips_by_slot.sum())
    with pytest.raises(InputError, match="same place"):
        read_scene(read_feed(path), far, None, PARAMS)
