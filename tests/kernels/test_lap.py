"""Assignment against every permutation."""

from itertools import permutations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as npst

from kernels.privacy.lap import assign_rows

shapes = st.tuples(st.integers(1, 5), st.integers(0, 2)).map(lambda s: (s[0], s[0] + s[1]))
costs = shapes.flatmap(lambda shape: npst.arrays(np.float64, shape, elements=st.floats(-50, 50)))


@given(costs)
def test_no_permutation_is_cheaper(cost):
    rows, columns = cost.shape
    chosen = assign_rows(cost)
    assert len(set(chosen.tolist())) == rows
    best = min(sum(cost[r, c] for r, c in enumerate(p)) for p in permutations(range(columns), rows))
    assert np.isclose(cost[np.arange(rows), chosen].sum(), best)


def test_equal_costs_still_make_an_assignment():
    assert sorted(assign_rows(np.zeros((40, 40))).tolist()) == list(range(40))
