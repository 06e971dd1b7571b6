import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from towns_on_a_line import LAT, LON, gap

from kernels.anchors import (
    active_days,
    cells_about,
    days_at_places,
    most_frequented,
    never_moved,
    overlap_days,
)

HOUR, DAY = 3600, 86_400
NIGHT = (20 * HOUR, 31 * HOUR)


def days_of(start, end, part=NIGHT):
    stay, day = overlap_days(np.array([start], np.int64), np.array([end], np.int64), *part)
    assert (stay == 0).all()
    return day.tolist()


@pytest.mark.parametrize(
    ("start", "end", "days"),
    [
        (10 * DAY + 21 * HOUR, 10 * DAY + 22 * HOUR, [10]),
        (11 * DAY + 2 * HOUR, 11 * DAY + 2 * HOUR, [10]),  # after midnight it is still the night before
        (10 * DAY + 22 * HOUR, 11 * DAY + 6 * HOUR, [10]),
        (10 * DAY + 8 * HOUR, 10 * DAY + 19 * HOUR, []),
        (
            10 * DAY + 7 * HOUR,
            10 * DAY + 20 * HOUR,
            [10],
        ),  # from the end of one night to the next's first second
        (10 * DAY + 7 * HOUR - 1, 10 * DAY + 20 * HOUR - 1, [9]),
        (10 * DAY, 13 * DAY, [9, 10, 11, 12]),
    ],
)
def test_a_night_belongs_to_the_day_on_which_it_begins(start, end, days):
    assert days_of(start, end) == days


@given(
    st.lists(st.tuples(st.integers(0, 5 * DAY), st.integers(0, 3 * DAY)), max_size=6),
    st.sampled_from([NIGHT, (9 * HOUR, 17 * HOUR), (0, DAY)]),
)
def test_overlaps_as_their_slow_twin(stays, part):
    start = np.array([s for s, _ in stays], np.int64)
    end = np.array([s + length for s, length in stays], np.int64)
    expected = [
        (i, day)
        for i, (s, e) in enumerate(zip(start.tolist(), end.tolist(), strict=True))
        for day in range(-2, 10)
        if s < day * DAY + part[1] and e >= day * DAY + part[0]
    ]
    stay, day = overlap_days(start, end, *part)
    assert list(zip(stay.tolist(), day.tolist(), strict=True)) == expected


def at_noon(rows, users):
    """Days at places of rows of (user, place, day)."""
    user, place, day = (np.array([row[k] for row in rows], np.int64) for k in range(3))
    noon = day * DAY + 12 * HOUR
    first = np.searchsorted(user, np.arange(users + 1))
    return days_at_places(first, place.astype(np.int32), noon, noon, 0, DAY, np.ones(100, np.bool_), 0)


@given(
    st.lists(
        st.lists(st.tuples(st.integers(0, 3), st.integers(0, 90 * DAY), st.integers(0, 3 * DAY)), max_size=8),
        max_size=3,
    ),
    st.sampled_from([NIGHT, (9 * HOUR, 17 * HOUR), (0, DAY)]),
    st.sets(st.integers(-2, 95)),
)
def test_days_at_places_are_the_overlaps_that_count(users, part, left_out):
    stays = [stay for mine in users for stay in mine]
    first = np.cumsum([0, *map(len, users)]).astype(np.int64)
    place, start, lasts = (np.array([stay[k] for stay in stays], np.int64) for k in range(3))
    is_counted = np.array([day not in left_out for day in range(-2, 96)], np.bool_)
    rows, at, seen = days_at_places(
        first, place.astype(np.int32), start, start + lasts, *part, is_counted, -2
    )
    stay, day = overlap_days(start, start + lasts, *part)
    for u in range(len(users)):
        expected: dict[int, set[int]] = {}
        for i, d in zip(stay.tolist(), day.tolist(), strict=True):
            if first[u] <= i < first[u + 1] and d not in left_out:
                expected.setdefault(int(place[i]), set()).add(d)
        mine = range(rows[u], rows[u + 1])
        bits = [{d - 2 for d in range(98) if int(seen[k, d // 64]) >> (d % 64) & 1} for k in mine]
        assert dict(zip(at[list(mine)].tolist(), bits, strict=True)) == expected
        assert at[list(mine)].tolist() == sorted(expected)


def slow_most_frequented(rows, users, avoid, radius_m):
    best, days, active = [], [], []
    for u in range(users):
        mine = [(place, day) for user, place, day in rows if user == u]
        active.append(len({day for _, day in mine}))
        ranking = []
        for candidate in sorted({place for place, _ in mine}):
            if avoid[u] >= 0 and gap(candidate, avoid[u]) <= radius_m:
                continue
            near = {day for place, day in mine if gap(candidate, place) <= radius_m}
            own = {day for place, day in mine if place == candidate}
            ranking.append((-len(near), -len(own), candidate))
        best.append(min(ranking)[2] if ranking else -1)
        days.append(-min(ranking)[0] if ranking else 0)
    return best, days, active


@given(
    st.lists(st.tuples(st.integers(0, 2), st.integers(0, 5), st.integers(0, 6)), max_size=25).map(sorted),
    st.lists(st.integers(-1, 5), min_size=3, max_size=3),
)
def test_the_place_of_most_days_as_its_slow_twin(rows, avoid):
    found = most_frequented(*at_noon(rows, 3), np.array(avoid, np.int32), LON, LAT, np.full(LON.size, 500.0))
    assert tuple(column.tolist() for column in found) == slow_most_frequented(rows, 3, avoid, 500.0)


@given(st.permutations([(4, 0), (4, 1), (0, 0), (0, 1), (3, 2)]))
def test_a_tie_does_not_depend_on_the_order_of_rows(rows):
    nowhere, days_at = np.full(1, -1, np.int32), at_noon([(0, *row) for row in rows], 1)
    best, days, active = most_frequented(*days_at, nowhere, LON, LAT, np.full(LON.size, 500.0))
    assert (best[0], days[0], active[0]) == (0, 2, 3)


@given(
    st.lists(st.tuples(st.integers(0, 2), st.integers(0, 5), st.integers(0, 70)), max_size=25).map(sorted),
    st.lists(st.integers(-1, 5), min_size=3, max_size=3),
)
def test_cells_about_an_anchor_are_those_within_twice_the_radius_it_first(rows, anchor):
    first, cell, days = cells_about(
        *at_noon(rows, 3), np.array(anchor, np.int32), LON, LAT, np.full(LON.size, 500.0)
    )
    for u in range(3):
        mine = slice(first[u], first[u + 1])
        near = {
            place for user, place, _ in rows if user == u and anchor[u] >= 0 and gap(place, anchor[u]) <= 1000
        }
        counted = {place: len({d for user, p, d in rows if (user, p) == (u, place)}) for place in near}
        assert dict(zip(cell[mine].tolist(), days[mine].tolist(), strict=True)) == counted
        assert anchor[u] not in near or cell[first[u]] == anchor[u]


@given(
    st.lists(st.lists(st.tuples(st.integers(0, 2 * DAY), st.integers(0, 3 * DAY)), max_size=5), max_size=4)
)
def test_active_days_as_their_slow_twin(users):
    """Seconds since the stay before, and seconds that each lasts."""
    first = np.cumsum([0, *map(len, users)]).astype(np.int64)
    bounds = [np.cumsum([DAY, *(s for stay in stays for s in stay)])[1:].reshape(-1, 2) for stays in users]
    start, end = np.concatenate([np.empty((0, 2), np.int64), *bounds]).astype(np.int64).T
    expected = [len({d for s, e in b.tolist() for d in range(s // DAY, e // DAY + 1)}) for b in bounds]
    assert active_days(first, start, end).tolist() == expected


@given(st.lists(st.lists(st.integers(0, len(LON) - 1), min_size=1, max_size=5), max_size=4))
def test_who_never_moved_stayed_within_twice_the_radius(users):
    first = np.cumsum([0, *map(len, users)]).astype(np.int64)
    place = np.array([p for places in users for p in places], np.int32)
    expected = [all(gap(p, places[0]) <= 1000 for p in places) for places in users]
    assert never_moved(first, place, LON, LAT, np.full(LON.size, 500.0)).tolist() == expected
