"""Usual environment, changes of home, purposes and quality figures of a few literal users."""

import numpy as np
import pyarrow as pa
import pytest
from people_builders import (
    BESIDE,
    FAR,
    HOME,
    MONDAY,
    PLACES,
    WORK,
    anchors,
    at,
    events,
    ground,
    part,
    stays,
    trips,
    utc,
)

from jobs import tables as run_tables
from jobs.calendars.days import CalendarParams
from jobs.counting.partial_sums import Sums
from jobs.mobility.habitat import (
    Residences,
    change_rows,
    home_changes_table,
    usual_environment_table,
    usual_rows,
)
from jobs.mobility.params import HabitatParams, SpeedParams
from jobs.mobility.people import Counter, shown_beside_their_sum
from jobs.mobility.purposes import FlowsByPurpose
from jobs.mobility.signal import ImpossibleMoves, activity_figures, signal_table

FORTNIGHT = (MONDAY, MONDAY + 13)


def nights(user, place, days):
    return [(user, place, at(day, 21), at(day, 22)) for day in days]


def days_at(user, place, days):
    return [(user, place, at(day, 10), at(day, 12)) for day in days]


def usual(*files, k=1):
    counter, places = Counter(), []
    for given in files:
        rows, count = usual_rows(given, ground(), HabitatParams())
        counter.add(given, rows)
        places.append(count.tolist())
    table, told = usual_environment_table(counter, ground(), k)
    return {(row["h3"], row["label"]): row for row in table.to_pylist()}, told, places


def test_home_and_work_and_places_that_are_come_back_to():
    rows = nights(5, HOME, range(6)) + nights(5, BESIDE, range(6, 8)) + days_at(5, WORK, range(4))
    rows += days_at(5, FAR, range(4, 7))
    given = part(stays=stays(*sorted(rows, key=lambda r: r[2])), anchors=anchors((5, HOME, WORK, 20.0)))
    found, _, places = usual(given)
    assert set(found) == {(PLACES[HOME], "home"), (PLACES[WORK], "work"), (PLACES[FAR], "regular")}
    assert found[PLACES[HOME], "home"]["persons"] == 20
    assert found[PLACES[HOME], "home"]["users"] == 1
    assert places == [[3]]


def test_a_place_seen_seldom_is_none_of_the_usual_environment():
    rows = nights(5, HOME, range(12)) + days_at(5, FAR, (1, 2))
    given = part(stays=stays(*sorted(rows, key=lambda r: r[2])), anchors=anchors((5, None, None, 1.0)))
    found, _, _ = usual(given)
    assert set(found) == {(PLACES[HOME], "regular")}


def test_figures_of_few_users_are_withheld_and_windows_are_not_added_up():
    def of(window, users):
        rows = [row for user in users for row in nights(user, HOME, range(4))]
        weights = [(user, HOME, None, 10.0) for user in users]
        return part(f"window={window}/p", window, stays=stays(*rows), anchors=anchors(*weights))

    assert usual(of(0, (1, 2)), of(1, (3,)), k=3)[:2] == ({}, {"figures": 1, "withheld": 1})
    found, told, _ = usual(of(0, (1, 2)), of(1, (3, 4)), k=2)
    assert told == {"figures": 1, "withheld": 0}
    assert found[PLACES[HOME], "home"]["users"] == 2
    assert found[PLACES[HOME], "home"]["persons"] == 20  # of the average window


def moves_of(*users, k=1):
    """Changes of (user, home in the first week, home in the second)."""
    rows = [row for user, a, b in users for row in nights(user, a, range(5)) + nights(user, b, range(7, 12))]
    given = part(stays=stays(*rows), anchors=anchors(*((user, HOME, None, 10.0) for user, _, _ in users)))
    residences, changes, compared = Residences(ground()), Counter(), Counter()
    moved, everybody = change_rows(given, ground(), residences, HabitatParams(), FORTNIGHT)
    changes.add(given, moved)
    compared.add(given, everybody)
    table, told = home_changes_table(changes, compared, residences, k)
    return table.to_pylist(), told


def test_a_home_that_changed_between_the_halves_of_a_window():
    found, told = moves_of((1, HOME, WORK), (2, HOME, HOME), (3, HOME, BESIDE), (4, HOME, WORK))
    assert found == [{"origin": "a", "destination": "b", "users": 2, "persons": 20.0}]
    assert (told["users_compared"], told["users_moved"], told["share_moved"]) == (4, 2, 0.5)


def test_no_withheld_change_follows_from_the_sum_of_all():
    """One flow is of a single user: with the sum of all three it could be worked out, so the sum is not told."""
    users = [(u, HOME, WORK) for u in (1, 2, 3)] + [(u, WORK, HOME) for u in (4, 5, 6, 7)]
    at_home = [(u, HOME, HOME) for u in range(9, 14)]
    found, told = moves_of(*users, (8, HOME, FAR), *at_home, k=3)
    assert [row["users"] for row in found] == [3, 4]
    assert told == {"flows": 3, "withheld": 1}
    assert moves_of(*users, *at_home, k=3)[1]["users_moved"] == 7
    assert "users_moved" not in moves_of(*users, (9, HOME, HOME), k=3)[1]  # all but one


def test_without_zones_residences_are_coarser_h3_cells():
    residences = Residences(ground(zones=(None,) * 4))
    names = residences.names[residences.of_cell]
    assert names[HOME] == names[BESIDE] != names[FAR]
    assert all(name.endswith("ffffff") for name in names)


def test_who_has_no_home_in_one_of_the_halves_is_not_compared():
    given = part(stays=stays(*nights(1, HOME, range(5))), anchors=anchors((1, HOME, None, 1.0)))
    moved, everybody = change_rows(given, ground(), Residences(ground()), HabitatParams(), FORTNIGHT)
    assert moved[0].size == everybody[0].size == 0


def sums(*users):
    n = len(users)
    return Sums(np.arange(n), np.array(users), np.array(users, float), np.ones(n))


def test_what_is_shown_beside_a_sum():
    def told(*users):
        mask, total = shown_beside_their_sum(sums(*users), 15)
        return mask.tolist(), total

    assert told(20, 30) == ([True, True], True)
    assert told(20, 3) == ([True, False], False)
    assert told() == ([], False)


# -- purposes ------------------------------------------------------------------------------------


def published(*rows):
    """(origin, destination, slot) of flows that `od` shows, on weekdays."""
    made = {
        "origin": pa.array([PLACES[a] for a, _, _ in rows], pa.int64()),
        "destination": pa.array([PLACES[b] for _, b, _ in rows], pa.int64()),
        "day_type": pa.array(["weekday"] * len(rows), pa.string()),
        "slot": pa.array([slot for _, _, slot in rows], pa.string()),
    }
    return pa.table(made)


def parted(rows, od, k=2):
    """(user, origin, destination, hour, purpose) on a Monday."""
    rows = [(u, a, b, at(0, hour), purpose) for u, a, b, hour, purpose in sorted(rows)]
    users = sorted({row[0] for row in rows})
    counted = FlowsByPurpose(ground())
    counted.add(part(trips=trips(*rows), anchors=anchors(*((u, HOME, WORK, 10.0) for u in users))))
    table, told = counted.table(od, (MONDAY, MONDAY + 4), k)
    return {(r["origin"], r["destination"], r["purpose"]): r for r in table.to_pylist()}, told


COMMUTE = [(u, HOME, WORK, 7, "HBW") for u in (1, 2)]


def test_a_flow_is_parted_by_purpose():
    rows = COMMUTE + [(u, HOME, WORK, 7, "HBO") for u in (3, 4)] + [(u, HOME, WORK, 8, None) for u in (5, 6)]
    found, told = parted(rows, published((HOME, WORK, "am_peak")))
    assert {key[2]: row["trips"] for key, row in found.items()} == {"HBW": 2, "HBO": 2, "unknown": 2}
    assert found[PLACES[HOME], PLACES[WORK], "HBW"]["population_trips"] == 2 * 2 * 10 / 5  # of five weekdays
    assert told["share_of_published_trips"] == 1


def test_purposes_of_few_are_told_together():
    rows = [*COMMUTE, (3, HOME, WORK, 7, "HBO"), (4, HOME, WORK, 7, "NHB")]
    found, told = parted(rows, published((HOME, WORK, "am_peak")))
    assert {key[2]: row["users"] for key, row in found.items()} == {"HBW": 2, "other": 2}
    assert told["flows_parted"] == 1


def test_nothing_is_parted_where_a_part_would_follow_by_subtraction():
    """Of three trips that `od` tells of, two are commutes: the third would be of one user."""
    found, told = parted([*COMMUTE, (3, HOME, WORK, 7, "HBO")], published((HOME, WORK, "am_peak")))
    assert found == {}
    assert told == {"flows": 1, "flows_public": 1, "flows_parted": 0, "share_of_published_trips": 0}


def test_nothing_is_parted_whose_slots_are_not_all_public():
    """The purposes would tell the sum, and with it the trip at noon that `od` withholds."""
    rows = [*COMMUTE, (1, HOME, WORK, 12, "HBW")]
    found, told = parted(rows, published((HOME, WORK, "am_peak")))
    assert found == {}
    assert told["flows_public"] == 0
    found, _ = parted(rows, published((HOME, WORK, "am_peak"), (HOME, WORK, "midday")))
    assert found[PLACES[HOME], PLACES[WORK], "HBW"]["trips"] == 3


def test_who_stands_for_nobody_is_counted_nowhere():
    rows = trips(*((u, HOME, WORK, at(0, 7), "HBW") for u in (1, 2, 3)))
    slept = stays(*(row for u in (1, 2, 3) for row in nights(u, HOME, range(4))))
    people = anchors((1, HOME, WORK, 10.0), (2, HOME, WORK, 10.0), (3, HOME, WORK, 0.0))
    given = part(trips=rows, stays=slept, anchors=people)
    counted = FlowsByPurpose(ground())
    counted.add(given)
    table, _ = counted.table(published((HOME, WORK, "am_peak")), (MONDAY, MONDAY + 4), 2)
    assert table["users"].to_pylist() == [2]
    assert usual(given)[0][PLACES[HOME], "home"]["users"] == 2


def test_no_trips_have_no_purposes():
    assert parted([], published())[0] == {}


# -- signal --------------------------------------------------------------------------------------


def test_moves_that_nobody_can_have_made_are_counted_by_cell():
    seen = events(
        (1, at(0, 8), HOME), (1, at(0, 8) + 60, FAR), (1, at(0, 12), HOME),
        (2, at(0, 8), WORK), (2, at(0, 8) + 60, FAR), (2, at(0, 20), FAR),
    )  # fmt: skip
    rows = stays((1, HOME, at(0, 8), at(0, 9)), (1, FAR, at(0, 20), at(0, 21)))
    moves = ImpossibleMoves(SpeedParams())
    moves.add(part(events=seen, stays=rows), ground())
    told = moves.figures(ground(), 2)
    assert told["events"] == {"moves": 3, "impossible": 2, "share": 2 / 3, "users": 2}
    assert told["stays"] == {"moves": 1, "impossible": 0, "share": 0, "users": 0}
    assert told["cells"] == [{"cell_id": "f", "moves": 2, "users": 2}]
    few = moves.figures(ground(), 3)
    assert few["events"] == {"moves": 3, "about_few": True}
    assert few["cells"] == []


def margins(*rows):
    """(level, hour since Monday midnight, users)"""
    columns = {c.name: pa.nulls(len(rows), c.type) for c in run_tables.PRESENCE_MARGINS.columns}
    columns |= {
        "level": pa.array([row[0] for row in rows]),
        "users": pa.array([row[2] for row in rows], pa.int32()),
    }
    columns["hour"] = utc([at(0, row[1]) for row in rows])
    return pa.table(columns)


def test_hours_in_which_users_were_not_seen_are_unknown():
    told = signal_table(
        margins(("day", 0, 100), ("day", 24, 50), ("hour", 3, 10), ("hour", 27, 5), ("hour", 8, 80)),
        CalendarParams(),
    ).to_pylist()
    by_hour = {row["hour"]: row for row in told}
    assert by_hour[3]["unknown_share"] == pytest.approx(1 - 15 / 150)
    assert (by_hour[3]["hours"], by_hour[3]["seen"], by_hour[3]["active"]) == (2, 7.5, 75)
    assert by_hour[8]["unknown_share"] == pytest.approx(0.2)
    assert set(by_hour) == {3, 8}  # nothing is said of other hours


def test_an_hour_of_a_day_that_is_withheld_tells_nothing():
    assert signal_table(margins(("hour", 3, 10), ("day", 24, 50)), CalendarParams()).num_rows == 0


def test_whether_the_busiest_call_enough():
    quiet = activity_figures(np.linspace(0, 10, 401), 20)
    assert quiet["median_hours_a_day"] == 5
    assert quiet["busiest_twentieth_hours_a_day"] == pytest.approx(9.5)
    assert quiet["flows_are_too_low"]
    assert not activity_figures(np.linspace(0, 20, 401), 20)["flows_are_too_low"]
    assert activity_figures(np.linspace(0, 20, 399), 20) == {"users": 399, "about_few": True}
