"""Contribution caps against sets."""

from collections import Counter

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kernels.privacy.contributions import kept_contributions


@given(st.lists(st.integers(0, 9), max_size=8), st.integers(1, 6), st.integers(0, 2**31))
def test_everybody_keeps_all_or_the_cap(sizes, cap, seed):
    start = np.cumsum([0, *sizes]).astype(np.int64)
    kept = kept_contributions(start, np.arange(len(sizes), dtype=np.uint64), cap, seed)
    left = [int(kept[start[u] : start[u + 1]].sum()) for u in range(len(sizes))]
    assert left == [min(size, cap) for size in sizes]


def test_what_a_person_keeps_does_not_depend_on_others_and_is_drawn_evenly():
    many = 4_000
    start = np.arange(0, 5 * many + 1, 5)
    identity = np.arange(many, dtype=np.uint64) + np.uint64(2**63)
    kept = kept_contributions(start, identity, 2, 7).reshape(many, 5)
    alone = kept_contributions(np.array([0, 5]), identity[1234:1235], 2, 7)
    assert np.array_equal(kept[1234], alone)
    pairs = Counter(tuple(np.flatnonzero(row)) for row in kept)
    assert len(pairs) == 10
    assert all(seen == pytest.approx(many / 10, abs=6 * (many * 0.09) ** 0.5) for seen in pairs.values())
