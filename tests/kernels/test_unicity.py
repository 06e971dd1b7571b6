"""Unicity against sets and combinations."""

from itertools import combinations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kernels.privacy.posting_lists import holds, inverted_index, list_filters
from kernels.privacy.unicity import distinct_points, points_until_unique, unique_draws

BINS = 3


def indexed(traces: list[set[int]]):
    """CSR of sorted distinct points and the inverted index."""
    start = np.cumsum([0] + [len(t) for t in traces]).astype(np.int64)
    point = np.array([p for t in traces for p in sorted(t)], np.int32)
    return start, point, *inverted_index(start, point, 12)


traces_ = st.lists(st.sets(st.integers(0, 11), min_size=1, max_size=7), min_size=1, max_size=8)


@settings(derandomize=True)
@given(traces_, st.integers(1, 4), st.integers(0, 2**31))
def test_a_share_of_draws_is_unique_as_counted_over_all_combinations(traces, p, seed):
    start, point, list_start, owner = indexed(traces)
    draws = 400
    targets = np.arange(len(traces))
    got = unique_draws(
        start, point, list_start, owner, list_filters(list_start, owner), targets, np.array([p]), draws, seed
    )[:, 0]
    for user, trace in enumerate(traces):
        chosen = list(combinations(sorted(trace), p))
        if not chosen:
            assert got[user] == -1
            continue
        unique = [sum(set(c) <= other for other in traces) == 1 for c in chosen]
        share = sum(unique) / len(unique)
        spread = (share * (1 - share) / draws) ** 0.5
        assert abs(got[user] / draws - share) <= 6 * spread


@given(traces_, st.integers(0, 1000))
def test_all_p_at_once_are_those_of_one_at_a_time(traces, seed):
    start, point, list_start, owner = indexed(traces)
    targets = np.arange(len(traces))
    both = unique_draws(
        start, point, list_start, owner, list_filters(list_start, owner), targets, np.array([1, 3]), 20, seed
    )
    alone = unique_draws(
        start, point, list_start, owner, list_filters(list_start, owner), targets, np.array([1]), 20, seed
    )
    assert np.array_equal(both[:, :1], alone)
    assert np.array_equal(both[:, 1] == -1, [len(t) < 3 for t in traces])


def test_points_of_more_than_one_word_of_bits_are_told_apart():
    """150 common points; the second person lacks one of them, so only draws with it are unique."""
    whole = np.arange(150, dtype=np.int32)
    part = np.delete(whole, 140)
    start, point = np.array([0, 150, 299]), np.concatenate([whole, part])
    list_start, owner = inverted_index(start, point, 150)
    got = unique_draws(
        start,
        point,
        list_start,
        owner,
        list_filters(list_start, owner),
        np.array([0, 1]),
        np.array([1]),
        60_000,
        1,
    )[:, 0]
    assert got[0] / 60_000 == pytest.approx(1 / 150, abs=6 * (1 / 150 / 60_000) ** 0.5)
    assert got[1] == 0


@given(traces_, st.integers(0, 1000))
def test_points_until_unique_are_enough_and_never_more_than_all(traces, seed):
    start, point, list_start, owner = indexed(traces)
    needed = points_until_unique(start, point, list_start, owner, np.arange(len(traces)), seed)
    for user, trace in enumerate(traces):
        others = [t for other, t in enumerate(traces) if other != user]
        assert (needed[user] == -1) == any(trace <= other for other in others)
        if needed[user] > 0:
            few = combinations(trace, int(needed[user]))
            assert any(not any(set(c) <= other for other in others) for c in few)


@given(st.lists(st.lists(st.tuples(st.integers(0, 3), st.integers(0, BINS - 1)), max_size=9), max_size=6))
def test_points_are_distinct_places_and_times(rows):
    start = np.cumsum([0] + [len(r) for r in rows]).astype(np.int64)
    place = np.array([p for r in rows for p, _ in r], np.int32)
    bins = np.array([b for r in rows for _, b in r], np.int64)
    out_start, point = distinct_points(start, place, bins, BINS)
    for user, r in enumerate(rows):
        expected = sorted({p * BINS + b for p, b in r})
        assert point[out_start[user] : out_start[user + 1]].tolist() == expected


@given(st.lists(st.sets(st.integers(0, 300), max_size=40), min_size=1, max_size=5), st.integers(0, 300))
def test_a_filter_tells_no_member_that_it_is_none(lists, user):
    list_start = np.cumsum([0] + [len(one) for one in lists]).astype(np.int64)
    owner = np.array([member for one in lists for member in sorted(one)], np.int32)
    filters = list_filters(list_start, owner)
    bits = filters.shape[1] * 64
    for number, one in enumerate(lists):
        is_set = bool(int(filters[number, user % bits // 64]) >> user % 64 & 1)
        assert is_set == any(member % bits == user % bits for member in one)
        assert holds(owner, list_start[number], list_start[number + 1], user) == (user in one)


@given(traces_)
def test_the_index_lists_who_holds_a_point(traces):
    _, _, list_start, owner = indexed(traces)
    for p in range(12):
        assert owner[list_start[p] : list_start[p + 1]].tolist() == [
            u for u, t in enumerate(traces) if p in t
        ]
