"""Stays, anchors, trips and presence of literal rows: what each job makes of one file of users."""

from datetime import date, datetime

import numpy as np
import pyarrow as pa
import pytest
from cdr_builders import utc
from pydantic import ValidationError

from jobs import tables
from jobs.anchors import AnchorParams, anchors_of, residents_by_cell, with_weights
from jobs.calendars.days import CalendarParams
from jobs.counting.expansion import Membership, home_cell_weights, of_persons
from jobs.counting.rollups import summed_levels
from jobs.ground.weights import CellWeights
from jobs.habits import EDGES, Habits, pooled
from jobs.presence import presence_rows
from jobs.stays import StayParams, positions, stays_of
from jobs.trips import TripParams, moves_of, trips_of

LON = np.array([0.0, 0.002, 0.1, 0.2])
"""Home, its neighbour at 220 m, work at 11 km, elsewhere at 22 km; on the equator."""
LAT = np.zeros(4)
MONDAY = datetime(2013, 1, 7)
UTC_CALENDAR = CalendarParams()


def at(day: int, clock: str) -> int:
    """Seconds of a clock time on the given day after the Monday."""
    hour, minute = map(int, clock.split(":"))
    return int((MONDAY - datetime(1970, 1, 1)).total_seconds()) + day * 86_400 + hour * 3600 + minute * 60


def events(*rows: tuple[int, int, int]) -> pa.Table:
    """(user, time, cell) sorted by user and time."""
    return tables.EVENTS.conform(
        pa.table(
            {
                "user": pa.array([row[0] for row in rows], pa.uint64()),
                "window": [3] * len(rows),
                "time": utc([row[1] for row in rows]),
                "cell": [row[2] for row in rows],
            }
        )
    )


def stays(*rows: tuple[int, int, int, int]) -> pa.Table:
    """(user, place, start, end) sorted by user and start."""
    columns = {name: [row[k] for row in rows] for k, name in enumerate(["user", "place", "start", "end"])}
    columns |= {
        "user": pa.array(columns["user"], pa.uint64()),
        "window": [3] * len(rows),
        "events": [2] * len(rows),
    }
    columns |= {name: utc(columns[name]) for name in ("start", "end")}
    return tables.STAYS.conform(pa.table(columns))


def anchors(*rows: tuple[int, int | None, int | None], weight: float = 1.0) -> pa.Table:
    """(user, home, work)."""
    columns = {
        "user": pa.array([row[0] for row in rows], pa.uint64()),
        "home": pa.array([row[1] for row in rows], pa.int32()),
        "work": pa.array([row[2] for row in rows], pa.int32()),
        **{name: pa.nulls(len(rows), pa.int64()) for name in ("home_h3", "work_h3")},
    }
    for name in ("window", "active_days", "home_confidence", "work_confidence"):
        columns[name] = [3] * len(rows)
    return tables.ANCHORS.conform(pa.table({**columns, "weight": [weight] * len(rows)}))


# -- stays -------------------------------------------------------------------------------------


def stay_rows(found: pa.Table) -> list[tuple[int, ...]]:
    seconds = {name: found[name].cast(pa.int64()) for name in ("start", "end")}
    return list(
        zip(
            *(found[n].to_pylist() for n in ("user", "place")),
            *(seconds[n].to_pylist() for n in ("start", "end")),
            found["events"].to_pylist(),
            strict=True,
        )
    )


def test_a_working_day_is_three_stays_and_the_way_is_none():
    day = events(
        (5, at(0, "06:00"), 0),
        (5, at(0, "07:30"), 1),
        (5, at(0, "07:50"), 2),
        (5, at(0, "08:30"), 3),
        (5, at(0, "12:00"), 3),
        (5, at(0, "18:00"), 0),
    )
    assert stay_rows(stays_of(day, LON, LAT, StayParams(travel_speed_kmh=30))) == [
        (5, 0, at(0, "06:00"), at(0, "07:30"), 2),
        (5, 3, at(0, "08:30"), at(0, "12:00"), 2),
        (5, 0, at(0, "18:00"), at(0, "18:00"), 1),
    ]


def test_stays_at_one_place_parted_by_passing_by_are_one():
    walk = events(
        (5, at(0, "08:00"), 0), (5, at(0, "08:20"), 2), (5, at(0, "08:40"), 0), (5, at(0, "08:50"), 0)
    )
    (stay,) = stay_rows(stays_of(walk, LON, LAT, StayParams()))
    assert stay == (5, 0, at(0, "08:00"), at(0, "08:50"), 3)


def test_no_event_is_no_stay():
    assert stays_of(events(), LON, LAT, StayParams()).schema == tables.STAYS.schema


def test_positions_of_cells_without_a_plan_are_unknown():
    lon, lat = positions(pa.table({"lon": pa.array([1.5, None]), "lat": pa.array([None, 2.5])}))
    assert np.isnan([lon[1], lat[0]]).all()
    assert (lon[0], lat[1]) == (1.5, 2.5)


# -- trips -------------------------------------------------------------------------------------


def found_trips(known, anchored, habits=None):
    return trips_of(
        moves_of(known, anchored, TripParams().sight(LON, LAT), UTC_CALENDAR), habits or pooled([])
    )


def test_a_trip_has_the_interval_between_two_stays_and_a_purpose():
    known = stays((5, 0, at(0, "06:00"), at(0, "07:30")), (5, 3, at(0, "08:30"), at(0, "12:00")))
    found = found_trips(known, anchors((5, 1, 3)))
    assert found.to_pylist() == [
        {
            "user": 5,
            "window": 3,
            "origin": 0,
            "destination": 3,
            "earliest_departure": found["earliest_departure"][0].as_py(),
            "latest_arrival": found["latest_arrival"][0].as_py(),
            "departure": found["departure"][0].as_py(),
            "purpose": "HBW",
            "stands_for": 1.0,
        }
    ]
    assert found["earliest_departure"].cast(pa.int64()).to_pylist() == [at(0, "07:30")]
    assert found["latest_arrival"].cast(pa.int64()).to_pylist() == [at(0, "08:30")]


def test_a_trip_of_a_quiet_user_stands_for_those_unseen():
    known = stays((5, 0, at(0, "06:00"), at(0, "07:30")), (5, 3, at(0, "08:30"), at(6, "12:00")))
    habits = Habits(pooled([]).profile, np.linspace(0.5, 1, EDGES.size))  # four hours in seven days: class 1
    assert found_trips(known, anchors((5, 1, 3)), habits)["stands_for"].to_pylist() == [
        pytest.approx(1 / habits.seen[1])
    ]


def test_without_a_known_home_a_trip_has_no_purpose():
    known = stays((5, 0, at(0, "06:00"), at(0, "07:30")), (5, 3, at(0, "08:30"), at(0, "12:00")))
    assert found_trips(known, anchors((5, None, 3)))["purpose"].to_pylist() == [None]


def test_no_stay_is_no_trip():
    assert found_trips(stays(), anchors()).num_rows == 0


# -- anchors -----------------------------------------------------------------------------------


def fortnight(nights=(0, 1, 2, 3), working_days=(0, 1, 2, 3)) -> pa.Table:
    rows = [(5, 0, at(day, "22:00"), at(day + 1, "06:30")) for day in nights]
    rows += [(5, 2, at(day, "09:30"), at(day, "16:00")) for day in working_days]
    return stays(*sorted(rows, key=lambda row: row[2]))


def found_anchors(table: pa.Table, calendar=UTC_CALENDAR, **how) -> dict:
    (row,) = anchors_of(table, LON, LAT, calendar, AnchorParams(**how)).to_pylist()
    return row


def test_home_is_where_nights_are_and_work_where_working_days_are():
    row = found_anchors(fortnight())
    assert (row["home"], row["work"], row["active_days"], row["weight"]) == (0, 2, 5, 1.0)
    assert row["home_confidence"] == row["work_confidence"] == 1.0


def test_a_night_over_midnight_counts_once():
    assert found_anchors(fortnight(nights=(0, 1)), min_days=2)["home"] == 0
    assert found_anchors(fortnight(nights=(0, 1)), min_days=3)["home"] is None


def test_with_too_little_there_is_no_answer():
    row = found_anchors(fortnight(nights=(0, 1), working_days=(0,)))
    assert (row["home"], row["work"]) == (None, None)


def test_nights_at_many_places_are_no_home():
    rows = [
        (5, place, at(day, "22:00"), at(day, "23:00"))
        for day, place in enumerate([0, 0, 0, 2, 2, 2, 3, 3, 3])
    ]
    assert found_anchors(stays(*rows), min_confidence=0.4)["home"] is None
    assert found_anchors(stays(*rows), min_confidence=0.3)["home"] == 0  # the first cell on a tie


def test_weekends_and_holidays_are_no_working_days():
    weekend = fortnight(working_days=(0, 5, 6))
    assert found_anchors(weekend, min_days=2)["work"] is None
    rest = CalendarParams(rest_days=(date(2013, 1, 8), date(2013, 1, 9), date(2013, 1, 10)))
    assert found_anchors(fortnight(), rest, min_days=2)["work"] is None


def test_no_stay_is_no_anchor():
    found = anchors_of(stays(), LON, LAT, UTC_CALENDAR, AnchorParams())
    assert (found.num_rows, found.schema) == (0, tables.ANCHORS.schema)


def test_who_never_moves_and_calls_all_day_is_a_machine():
    day = stays((5, 0, at(0, "00:00"), at(0, "23:59")), (6, 0, at(0, "00:00"), at(0, "23:59")))
    day = day.set_column(day.schema.get_field_index("events"), "events", pa.array([80, 10], pa.int32()))
    found = anchors_of(day, LON, LAT, UTC_CALENDAR, AnchorParams(min_days=1))
    assert found["weight"].to_pylist() == [0, 1]
    assert residents_by_cell(found).tolist() == [[3, 0, 1]]
    assert with_weights(found, {3: np.full(5, 20.0)})["weight"].to_pylist() == [0, 20]


def test_who_is_busier_than_a_person_can_be_counts_for_nobody():
    rows = [
        (user, place, at(0, f"{8 + place}:00"), at(0, f"{8 + place}:50"))
        for user in (5, 6)
        for place in (0, 2)
    ]
    day = stays(*rows)
    day = day.set_column(
        day.schema.get_field_index("events"), "events", pa.array([60, 50, 40, 40], pa.int32())
    )
    found = anchors_of(day, LON, LAT, UTC_CALENDAR, AnchorParams(min_days=1, max_events_per_day=100))
    assert found["weight"].to_pylist() == [0, 1]


def test_nights_are_local():
    rows = [(5, 0, at(day, "03:00"), at(day, "04:00")) for day in range(4)]
    assert found_anchors(stays(*rows))["home"] == 0
    assert found_anchors(stays(*rows), CalendarParams(zone="Asia/Tokyo"))["home"] is None


def test_work_is_not_beside_home():
    rows = [(5, 0, at(day, "22:00"), at(day, "23:00")) for day in range(4)]
    rows += [(5, 1, at(day, "10:00"), at(day, "11:00")) for day in range(4)]
    assert found_anchors(stays(*sorted(rows, key=lambda row: row[2])))["work"] is None


@pytest.mark.parametrize("hours", [(20, 7), (22, 22), (-1, 5), (9, 49), (0, 25)])
def test_hours_that_are_no_part_of_a_day_are_refused(hours):
    with pytest.raises(ValidationError, match="7 in the morning after is 31"):
        AnchorParams(night=hours)


def weights_of(residents, zone, population) -> np.ndarray:
    """`zone` of each cell, or None."""
    names = list(population)
    inside = [(cell, names.index(z)) for cell, z in enumerate(zone) if z in names]
    membership = Membership(
        np.array([cell for cell, _ in inside], np.int64),
        np.array([z for _, z in inside], np.int64),
        np.ones(len(inside)),
        np.array(list(population.values()), np.float64),
    )
    return home_cell_weights(np.array(residents, np.int64), membership if names else None)


def test_the_residents_of_a_zone_stand_for_its_people():
    weights = weights_of([2, 3, 5, 0], ["a", "a", "b"], {"a": 100.0, "b": 10.0})
    assert weights[:3].tolist() == [20.0, 20.0, 2.0]


def test_all_users_together_are_the_population():
    residents = [2, 3, 5, 10]
    weights = weights_of(residents, ["a", "a", "b"], {"a": 100.0, "b": 10.0})
    assert (weights * residents).sum() == pytest.approx(110)
    assert weights[3] == pytest.approx(110 / 20)


def test_a_home_outside_all_zones_stands_for_the_mean():
    weights = weights_of([5, 5, 0], ["a", None], {"a": 100.0})
    assert weights.tolist() == [20.0, 20.0, 20.0]


def test_users_at_a_border_stand_for_the_people_of_both_sides():
    """Half of the people of the second cell live in b, where no other user lives."""
    shared = Membership(
        np.array([0, 1, 1]), np.array([0, 0, 1]), np.array([1.0, 0.5, 0.5]), np.array([60.0, 40.0])
    )
    weights = home_cell_weights(np.array([2, 2, 0]), shared)
    assert weights.tolist() == [20.0, 30.0, 25.0]


def test_people_of_a_zone_without_users_are_shared_over_all():
    weights = weights_of([5, 0, 0], ["a", "b"], {"a": 50.0, "b": 50.0})
    assert weights[0] == 20.0


def test_without_zones_or_residents_everybody_stands_for_one():
    assert weights_of([5, 0], ["a"], {}).tolist() == [1.0, 1.0]
    assert weights_of([0, 5], ["a"], {"a": 100.0})[1] == 1.0


def test_a_zone_without_people_weighs_nothing():
    assert weights_of([5, 5, 0], ["a", "b"], {"a": 100.0, "b": 0.0}).tolist() == [20.0, 0.0, 10.0]


def test_with_known_market_shares_a_user_stands_for_one_over_the_share():
    """Homes of b are mostly taken for homes at the border: half of its users' cell is a's by its people."""
    cells, zones, share = np.array([0, 1, 1, 2]), np.array([0, 0, 1, 1]), np.array([1.0, 0.5, 0.5, 1.0])
    population, residents = np.array([100.0, 100.0]), np.array([10, 20, 0, 0])
    plain = home_cell_weights(residents, Membership(cells, zones, share, population))
    assert plain.tolist() == pytest.approx([5, 7.5, 10, 200 / 30])
    known = Membership(cells, zones, share, population, market_share=np.array([0.2, 0.1]))
    raked = home_cell_weights(residents, known)  # 20 of the 30 users live in a, 10 in b
    assert raked[:2].tolist() == pytest.approx([5, (10 * 5 + 10 * 10) / 20], rel=1e-4)
    assert raked @ residents == pytest.approx(200)


def test_a_market_share_that_is_not_known_is_the_mean():
    one = Membership(
        np.array([0, 1]),
        np.array([0, 1]),
        np.ones(2),
        np.array([30.0, 10.0]),
        market_share=np.array([0.3, np.nan]),
    )
    assert one.subscribers.tolist() == pytest.approx([9, 3])
    nothing = Membership(
        *(np.zeros(0, np.int64),) * 2, np.zeros(0), np.ones(1), market_share=np.array([np.nan])
    )
    assert nothing.subscribers is None


def test_each_user_gets_the_weight_of_home_in_its_window():
    found = anchors((1, 0, None), (2, None, None), (3, 1, None))
    assert sorted(residents_by_cell(found).tolist()) == [[3, -1, 1], [3, 0, 1], [3, 1, 1]]
    weighed = with_weights(found, {3: np.array([2.0, 3.0, 4.0]), 4: np.zeros(3)})
    assert weighed["weight"].to_pylist() == [2.0, 4.0, 3.0]


# -- presence ----------------------------------------------------------------------------------

SHARED = CellWeights(
    np.array([70, 80], np.int64),
    np.array([0, 1, 2, 4, 4], np.int64),
    np.array([0, 1, 0, 1], np.int64),
    np.array([1.0, 1.0, 0.25, 0.75]),
)
"""Cell 0 serves the first H3 cell, 1 the second, 2 both, 3 none."""


def test_presence_counts_users_by_hexagon_and_hour_and_expands_them():
    hour = at(0, "08:00") // 3600
    seen = events(
        (1, at(0, "08:00"), 0),
        (1, at(0, "08:59"), 0),
        (1, at(0, "09:00"), 1),
        (2, at(0, "08:30"), 2),
        (9, at(0, "08:30"), 3),
    )
    sums = next(summed_levels(presence_rows(seen, anchors((1, None, None), weight=10.0), SHARED), ()))
    found = [(key >> 24, key & (2**24 - 1)) for key in sums.key.tolist()]
    assert found == [(0, hour), (1, hour), (1, hour + 1)]
    assert sums.users.tolist() == [2, 1, 1]
    assert sums.trips.tolist() == [1.25, 0.75, 1.0]
    assert sums.population.tolist() == [10.25, 0.75, 10.0]  # a user without anchors stands for one


def test_who_stands_for_nobody_is_not_counted():
    """Else a machine would help a group of persons over the threshold."""
    seen = events((1, at(0, "08:00"), 0), (2, at(0, "08:10"), 0))
    of_machine = anchors((1, None, None), weight=0.0)
    sums = next(summed_levels(presence_rows(seen, of_machine, SHARED), ()))
    assert (sums.users.tolist(), sums.trips.tolist()) == ([1], [1.0])
    assert of_persons(seen, of_machine)["user"].to_pylist() == [2]
    assert of_persons(seen, anchors((1, None, None))).num_rows == 2


def test_no_event_is_no_presence():
    assert presence_rows(events(), anchors(), SHARED)[0].size == 0
