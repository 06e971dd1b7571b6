"""Kernels of linkage and membership against obvious twins."""

from collections import Counter

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kernels.privacy.linkage import rank_of_match, top_places
from kernels.privacy.membership import area_under_curve, group_counts
from kernels.privacy.posting_lists import inverted_index

people = st.lists(st.lists(st.integers(0, 5), max_size=9), min_size=1, max_size=7)


def packed(rows: list[list[int]]):
    start = np.cumsum([0] + [len(r) for r in rows]).astype(np.int64)
    return start, np.array([x for r in rows for x in r], np.int32)


@given(people, st.integers(1, 4))
def test_top_places_are_the_most_frequent_ones(rows, most):
    top, count = top_places(*packed(rows), most)
    for user, row in enumerate(rows):
        expected = sorted(Counter(row).items(), key=lambda item: (-item[1], item[0]))[:most]
        assert [(p, c) for p, c in zip(top[user], count[user], strict=True) if p >= 0] == expected


@given(people, people)
def test_the_rank_of_the_true_match_is_that_of_dense_vectors(rows, later):
    users = min(len(rows), len(later))
    (a, x), (b, y) = (top_places(*packed(r[:users]), 3) for r in (rows, later))
    better, equal = rank_of_match(a, x, b, y, 6, np.arange(users))
    dense = np.zeros((2, users, 6))
    for side, (top, count) in enumerate(((a, x), (b, y))):
        for user in range(users):
            for place, seen in zip(top[user], count[user], strict=True):
                if place >= 0:
                    dense[side, user, place] = seen
    scores = dense[0] @ dense[1].T
    true = np.diag(scores)[:, None]
    assert np.array_equal(better, (scores > true).sum(1))
    assert np.array_equal(equal, (scores == true).sum(1) - 1)


def test_groups_have_their_size_and_never_the_target():
    start, point = packed([[0], [0], [0], [0, 1], [0, 1]])
    list_start, owner = inverted_index(start, point, 2)
    count = group_counts(np.array([0, 1], np.int32), list_start, owner, 5, 4, 3, 2_000, 1)
    assert set(count[:, 0]) == {3}  # the target, who is at 0 as well, is not counted
    assert count[:, 1].mean() == pytest.approx(3 / 4, abs=0.06)


@given(st.lists(st.integers(0, 6), min_size=1), st.lists(st.integers(0, 6), min_size=1))
def test_area_under_curve_counts_pairs(positive, negative):
    pairs = [(p > n) + 0.5 * (p == n) for p in positive for n in negative]
    got = area_under_curve(np.array(positive, float), np.array(negative, float))
    assert got == pytest.approx(sum(pairs) / len(pairs))
