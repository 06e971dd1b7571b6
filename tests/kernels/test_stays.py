import itertools
from collections import Counter

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from towns_on_a_line import LAT, LON, columns_of, events, gap, metres

from kernels.stays import (
    ends_of_visits,
    events_of_stays,
    is_stay,
    merge_same_place,
    visits,
    without_ping_pong,
)

HOUR = 3600
RADIUS_M = np.full(LON.size, 500.0)


def steady(rows, within_s=600):
    return without_ping_pong(*columns_of(rows), within_s).tolist()


def test_there_and_back_within_ten_minutes_is_one_place():
    assert steady([(1, 0, 0), (1, 300, 1), (1, 600, 0)]) == [0, 0, 0]


def test_there_and_back_in_more_than_ten_minutes_is_a_move():
    assert steady([(1, 0, 0), (1, 300, 1), (1, 601, 0)]) == [0, 1, 0]


def test_oscillation_ends_where_it_began():
    assert steady([(1, t * 60, t % 2) for t in range(7)]) == [0] * 7


def test_another_user_is_no_way_back():
    assert steady([(1, 0, 0), (1, 10, 1), (2, 20, 0)]) == [0, 1, 0]
    assert steady([(1, 0, 0), (2, 10, 1), (2, 20, 0)]) == [0, 1, 0]


@given(events(longest_gap_s=900))
def test_ping_pong_as_its_slow_twin(rows):
    expected = [row[2] for row in rows]
    for i in range(1, len(rows) - 1):
        (a, start, _), (b, _, _), (c, end, _) = rows[i - 1 : i + 2]
        if a == b == c and expected[i - 1] == expected[i + 1] and end - start <= 600:
            expected[i] = expected[i - 1]
    assert steady(rows) == expected


def slow_visits(rows, radius_m, max_gap_s):
    starts, members = [], []
    for i, (user, time, cell) in enumerate(rows):
        same = i > 0 and user == rows[i - 1][0] and time - rows[i - 1][1] <= max_gap_s
        if same and cell != rows[i - 1][2]:
            same = metres(sum(LON[c] for c in members) / len(members), LON[cell]) <= radius_m
        if not same:
            starts.append(i)
            members = []
        members.append(cell)
    return [*starts, len(rows)]


@given(events())
def test_visits_as_their_slow_twin(rows):
    found, _ = visits(*columns_of(rows), LON, LAT, RADIUS_M, 2 * HOUR)
    assert found.tolist() == slow_visits(rows, 500.0, 2 * HOUR)


@pytest.mark.parametrize(
    ("rows", "starts"),
    [
        ([], [0]),
        ([(1, 0, 0)], [0, 1]),
        ([(1, 0, 0), (1, 60, 1), (1, 120, 2)], [0, 2, 3]),  # 2 is 445 m from 1, but 667 m from their mean
        ([(1, 0, 0), (1, 2 * HOUR + 1, 0)], [0, 1, 2]),
        ([(1, 0, 0), (2, 60, 0)], [0, 1, 2]),
    ],
)
def test_a_visit_ends_with_distance_from_its_mean_silence_or_its_user(rows, starts):
    assert visits(*columns_of(rows), LON, LAT, RADIUS_M, 2 * HOUR)[0].tolist() == starts


@given(events())
def test_the_main_cell_has_most_events_and_is_the_first_on_a_tie(rows):
    starts, place = visits(*columns_of(rows), LON, LAT, np.full(LON.size, 20_000.0), HOUR)
    runs = [[row[2] for row in rows[a:b]] for a, b in itertools.pairwise(starts)]
    # Counter keeps the order of first sight, and `most_common` is stable.
    assert place.tolist() == [Counter(run).most_common(1)[0][0] for run in runs]


def slow_is_stay(visited, min_dwell_s, speed_mps):
    found = []
    for v, (user, start, end, place) in enumerate(visited):
        before = visited[v - 1] if v and visited[v - 1][0] == user else None
        after = visited[v + 1] if v + 1 < len(visited) and visited[v + 1][0] == user else None
        if before is None or after is None or end - start >= min_dwell_s:
            found.append(True)
            continue
        travel_s = (gap(before[3], place) + gap(place, after[3])) / speed_mps
        found.append(after[1] - before[2] - travel_s >= min_dwell_s)
    return found


def judged(visited, min_dwell_s=1200, speed_mps=5.0):
    user = np.array([v[0] for v in visited], np.uint64)
    start, end = (np.array([v[k] for v in visited], np.int64) for k in (1, 2))
    place = np.array([v[3] for v in visited], np.int32)
    return is_stay(user, start, end, place, LON, LAT, min_dwell_s, speed_mps).tolist()


def test_on_the_way_is_no_stay_but_time_enough_to_dwell_is():
    # 5.6 km at 5 m/s are 1,113 s each way.
    assert judged([(1, 0, 0, 0), (1, 1200, 1200, 3), (1, 2500, 2500, 4)]) == [True, False, True]
    assert judged([(1, 0, 0, 0), (1, 1200, 1200, 3), (1, 3500, 3500, 4)]) == [True, True, True]


def test_long_enough_is_a_stay_however_tight_the_time():
    assert judged([(1, 0, 0, 0), (1, 10, 1210, 4), (1, 1220, 1220, 0)]) == [True, True, True]
    assert judged([(1, 0, 0, 0), (1, 10, 1209, 4), (1, 1220, 1220, 0)]) == [True, False, True]


@given(events(longest_gap_s=600))
def test_stays_as_their_slow_twin(rows):
    visited = [(user, time, time + cell * 100, cell) for user, time, cell in rows]
    assert judged(visited) == slow_is_stay(visited, 1200, 5.0)


@given(events(longest_gap_s=3600), st.randoms())
def test_merging_as_its_slow_twin(rows, random):
    user, start, place = columns_of(rows)
    dwelt = np.array([random.random() < 0.7 for _ in rows], np.bool_)
    expected = []
    for v in np.flatnonzero(dwelt).tolist():
        (a, before, here), (b, then, there) = rows[expected[-1][1] if expected else v], rows[v]
        joined = a == b and then - (before + 60) <= HOUR and gap(here, there) <= 500
        if expected and joined:
            expected[-1][1] = v
        else:
            expected.append([v, v])
    found = merge_same_place(user, place, start + 60, start, dwelt, LON, LAT, RADIUS_M, HOUR)
    assert np.column_stack(found).tolist() == expected


@given(st.lists(st.integers(1, 4), min_size=1, max_size=8), st.randoms())
def test_ends_and_events_of_visits(sizes, random):
    starts = np.cumsum([0, *sizes])
    time = np.sort(np.array([random.randrange(1000) for _ in range(sum(sizes))], np.int64))
    user = np.repeat(np.arange(len(sizes), dtype=np.uint64), sizes)
    runs = [time[a:b].tolist() for a, b in itertools.pairwise(starts)]
    who, start, end = ends_of_visits(user, time, starts)
    assert who.tolist() == list(range(len(sizes)))
    assert (start.tolist(), end.tolist()) == ([run[0] for run in runs], [run[-1] for run in runs])
    dwelt = np.array([random.random() < 0.7 for _ in sizes], np.bool_)
    first, last = np.array([0]), np.array([len(sizes) - 1])
    assert events_of_stays(starts, dwelt, first, last).tolist() == [int(dwelt @ np.array(sizes))]
