import itertools

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from towns_on_a_line import LAT, LON, columns_of, events, gap

from kernels.trips import HBO, HBW, NHB, UNKNOWN, cell_changes, purposes, trip_kinds, trip_origins

HOUR = 3600
NEAR_M = np.full(LON.size, 500.0)


def origins_of(rows, radius_m=600.0, max_interval_s=HOUR):
    radius_m = np.full(LON.size, radius_m)
    user, start, place = columns_of(rows)
    return trip_origins(user, place, start, start + 60, LON, LAT, radius_m, max_interval_s).tolist()


@given(events(longest_gap_s=2000))
def test_trips_lead_from_stay_to_next_stay_far_and_soon_enough(rows):
    expected = [
        i
        for i, ((a, before, here), (b, then, there)) in enumerate(itertools.pairwise(rows))
        if a == b and here != there and gap(here, there) > 600 and then - (before + 60) <= HOUR
    ]
    assert origins_of(rows) == expected


def test_no_stay_or_one_stay_makes_no_trip():
    assert origins_of([]) == []
    assert origins_of([(1, 0, 0)]) == []


def test_the_same_cell_is_no_trip_even_with_places_of_no_extent():
    assert origins_of([(1, 0, 3), (1, 600, 3)], radius_m=0) == []


def purpose_of(origin, destination, home, work, users=(5,)):
    found = trip_kinds(
        np.array([5], np.uint64),
        np.array([origin], np.int32),
        np.array([destination], np.int32),
        np.array(users, np.uint64),
        np.full(len(users), home, np.int32),
        np.full(len(users), work, np.int32),
        LON,
        LAT,
        NEAR_M,
    )
    return int(purposes(found)[0])


@pytest.mark.parametrize(
    ("origin", "destination", "home", "work", "purpose"),
    [
        (0, 3, 0, 3, HBW),
        (3, 0, 0, 3, HBW),
        (1, 5, 0, 4, HBW),  # both ends near the anchors
        (0, 4, 0, 3, HBO),
        (4, 0, 0, -1, HBO),
        (3, 4, 0, 3, NHB),
        (3, 4, 0, -1, NHB),
        (0, 3, -1, 3, UNKNOWN),
    ],
)
def test_purpose_by_the_anchors_at_the_ends(origin, destination, home, work, purpose):
    assert purpose_of(origin, destination, home, work) == purpose


def test_one_end_near_both_anchors_does_not_make_a_commute():
    assert purpose_of(1, 4, home=0, work=2) == HBO


@pytest.mark.parametrize("users", [(), (4,), (6,), (4, 6)])
def test_a_user_without_anchors_has_no_purpose(users):
    assert purpose_of(0, 3, 0, 3, users) == UNKNOWN


@given(st.lists(st.integers(1, 2**64 - 1), min_size=1, max_size=8, unique=True), st.data())
def test_each_trip_is_judged_by_the_anchors_of_its_own_user(users, data):
    users = sorted(users)
    home = data.draw(st.lists(st.sampled_from([0, 4]), min_size=len(users), max_size=len(users)))
    user = np.array(users, np.uint64)
    origin = np.zeros(len(users), np.int32)
    destination = np.full(len(users), 3, np.int32)
    nowhere = np.full(len(users), -1, np.int32)
    kind = trip_kinds(user, origin, destination, user, np.array(home, np.int32), nowhere, LON, LAT, NEAR_M)
    assert purposes(kind).tolist() == [HBO if h == 0 else NHB for h in home]


def test_a_wider_place_takes_in_what_is_farther():
    stays = [(1, 0, 0), (1, 600, 2)]  # 890 m apart
    assert origins_of(stays, radius_m=600) == [0]
    wide = np.full(LON.size, 600.0)
    wide[2] = 900
    user, start, place = columns_of(stays)
    assert trip_origins(user, place, start, start + 60, LON, LAT, wide, HOUR).size == 0


@given(events())
def test_changes_of_cell_as_their_slow_twin(rows):
    user, _, cell = columns_of(rows)
    expected = [i + 1 for i, (a, b) in enumerate(itertools.pairwise(rows)) if a[0] == b[0] and a[2] != b[2]]
    assert cell_changes(user, cell).tolist() == expected
