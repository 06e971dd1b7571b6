"""Complementary suppression against linear programs over what is published."""

import highspy
import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from kernels.privacy.suppression import open_sums, suppressed_tree

K = 3


@st.composite
def forests(draw):
    """Leaves with sets of users, two levels of sums above, and a total."""
    leaves = draw(st.integers(1, 9))
    people = [draw(st.sets(st.integers(0, 7), min_size=1, max_size=6)) for _ in range(leaves)]
    value = [len(p) * draw(st.integers(1, 4)) for p in people]
    groups, parent, level, members = [], [], list(range(leaves)), dict(enumerate(people))
    first = leaves
    for width in (4, 2, 1):
        of = [draw(st.integers(0, width - 1)) for _ in level]
        used = sorted(set(of))
        number = {g: first + i for i, g in enumerate(used)}
        parent += [number[g] for g in of]
        for v, g in zip(level, of, strict=True):
            members[number[g]] = members.get(number[g], set()) | members[v]
        groups, level = used, [number[g] for g in used]
        first += len(groups)
    parent += [-1] * len(level)
    total = list(map(float, value)) + [0.0] * (len(parent) - leaves)
    for v, up in enumerate(parent):
        if up >= 0:
            total[up] += total[v]
    users = [len(members[v]) for v in range(len(parent))]
    return np.array(parent), leaves, np.array(users), np.array(total), people


def descendants(parent, leaves):
    under = [set() for _ in parent]
    for leaf in range(leaves):
        v = leaf
        while v >= 0:
            under[v].add(leaf)
            v = parent[v]
    return under


def bounds_by_programs(parent, leaves, shown, value):
    """Least and greatest value of each leaf that agrees with all that is shown."""
    under = descendants(parent, leaves)
    found = {}
    for leaf in np.flatnonzero(~shown[:leaves]).tolist():
        ends = []
        for sense in (1.0, -1.0):
            h = highspy.Highs()
            h.setOptionValue("output_flag", False)
            x = [h.addVariable(lb=0.0, ub=1e6, obj=sense * (i == leaf)) for i in range(leaves)]
            for v in np.flatnonzero(shown).tolist():
                h.addConstr(sum(x[i] for i in under[v]) == value[v])
            h.run()
            ends.append(sense * h.getObjectiveValue())
        found[leaf] = tuple(ends)
    return found


@settings(max_examples=40, derandomize=True)
@given(forests())
def test_no_withheld_leaf_can_be_computed_from_all_that_is_shown(forest):
    parent, leaves, users, value, _ = forest
    shown = suppressed_tree(parent, leaves, users, value, K)
    assert not shown[users < K].any()
    for low, high in bounds_by_programs(parent, leaves, shown, value).values():
        assert low < 1e-6
        assert high > low + 0.5


@settings(max_examples=40, derandomize=True)
@given(forests())
def test_attackers_bounds_are_those_of_linear_programs(forest):
    """Also where the second step is left out, so that leaves can be computed."""
    parent, leaves, users, value, _ = forest
    shown = users >= K
    sum_of, count, rest = open_sums(parent, leaves, shown, value)
    for leaf, (low, high) in bounds_by_programs(parent, leaves, shown, value).items():
        top = rest[sum_of[leaf]] if sum_of[leaf] >= 0 else 1e6
        bottom = top if sum_of[leaf] >= 0 and count[sum_of[leaf]] == 1 else 0.0
        assert np.allclose((bottom, top), (low, high), atol=1e-6)


@given(forests())
def test_what_is_known_of_withheld_leaves_is_about_k_people_or_more(forest):
    parent, leaves, users, value, people = forest
    shown = suppressed_tree(parent, leaves, users, value, K)
    sum_of, _, rest = open_sums(parent, leaves, shown, value)
    for v in np.unique(sum_of[sum_of >= 0]).tolist():
        behind = np.flatnonzero(sum_of == v)
        assert len(set().union(*(people[i] for i in behind))) >= K
        assert np.isclose(rest[v], value[behind].sum())


@given(forests())
def test_nothing_is_withheld_where_everybody_is_many(forest):
    parent, leaves, users, value, _ = forest
    assert suppressed_tree(parent, leaves, np.maximum(users, K), value, K).all()


def test_a_single_rare_leaf_takes_its_cheapest_neighbour_with_it():
    parent = np.array([4, 4, 4, 4, -1])
    shown = suppressed_tree(parent, 4, np.array([1, 9, 9, 9, 20]), np.array([2.0, 50, 1, 70, 123]), K)
    assert shown.tolist() == [False, True, False, True, True]


def test_a_sum_goes_where_that_loses_less_than_a_leaf():
    parent = np.array([2, 2, -1])
    shown = suppressed_tree(parent, 2, np.array([1, 9, 9]), np.array([2.0, 50, 52]), K)
    assert shown.tolist() == [False, True, False]
