"""Stretch effort and covering against slow twins; every sample in one box."""

from functools import cache

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kernels.privacy.covering import covered
from kernels.privacy.glove import efforts, grouped
from kernels.privacy.stretch import MOST_M, MOST_S, columns_of, mean_effort

STEP = 600


@st.composite
def traces(draw):
    """Samples at points of a line, in distinct steps of a day."""
    steps = sorted(draw(st.sets(st.integers(0, 143), min_size=1, max_size=12)))
    rows = [(x, x, y, y, t * STEP, (t + 1) * STEP) for t in steps for x, y in [draw(places)]]
    return np.array(rows, np.float32)


places = st.tuples(st.integers(0, 30).map(lambda x: 1000.0 * x), st.integers(0, 5).map(lambda y: 1000.0 * y))


def effort(a, b):
    """Section 4 of the paper, written out; beyond eight hours apart it counts in full."""
    out = [
        [max(p[2 * d] - q[2 * d], 0) + max(q[2 * d + 1] - p[2 * d + 1], 0) for d in range(3)]
        for p, q in ((a, b), (b, a))
    ]
    space, time = (
        0.5 * sum(out[0][d] for d in dims) + 0.5 * sum(out[1][d] for d in dims) for dims in ((0, 1), (2,))
    )
    apart = max(a[4] - b[5], b[4] - a[5])
    return 1.0 if apart >= MOST_S else 0.5 * min(space / MOST_M, 1) + 0.5 * min(time / MOST_S, 1)


@given(traces(), traces(), st.floats(0, 4_000))
def test_effort_of_traces_is_the_mean_of_least_efforts(a, b, width):
    a = a + np.array([0, width, 0, width / 2, 0, 0], np.float32)
    long, short = (a, b) if len(a) >= len(b) else (b, a)
    expected = np.mean([min(effort(p, q) for q in short) for p in long])
    start = np.array([0, len(b), len(b) + len(a)])
    first, columns = columns_of(start, np.concatenate([b, a]), np.array([1, 0]))
    assert mean_effort(columns, *first[:2], *first[1:]) == pytest.approx(expected, abs=1e-5)


LIMITS = st.tuples(st.sampled_from([3_000.0, 60_000.0]), st.sampled_from([3_600.0, 90_000.0]))


def ones(trace):
    return np.ones(len(trace), np.int64)


@given(traces(), traces(), LIMITS, st.sampled_from([0.4, 1.0]))
def test_every_sample_is_in_the_one_box_it_is_said_to_be_in_or_left_out(a, b, limits, left_out_cost):
    united, of_a, of_b = covered(a, ones(a), b, *limits, left_out_cost)
    for trace, places_ in ((a, of_a), (b, of_b)):
        for sample, place in zip(trace, places_, strict=True):
            inside = [
                i
                for i, box in enumerate(united)
                if box[0] <= sample[0] <= box[1]
                and box[2] <= sample[2] <= box[3]
                and box[4] <= sample[4]
                and sample[5] <= box[5]
            ]
            assert inside == [place] or (place == -1 and len(inside) <= 1)
    for i, box in enumerate(united):
        assert max(box[1] - box[0], box[3] - box[2]) <= limits[0]
        assert box[5] - box[4] <= limits[1]
        assert (of_a == i).any()
        assert (of_b == i).any()
    assert (united[1:, 4] >= united[:-1, 5]).all()


def least_cost(a, b, weight, limits, left_out_cost):
    """Every way to cut samples into boxes that take in what fits, tried out."""
    both = [(*s, 0, w) for s, w in zip(a.tolist(), weight, strict=True)] + [(*s, 1, 1) for s in b.tolist()]
    both.sort(key=lambda s: s[4])

    @cache
    def of_rest(i, free_from):
        if i == len(both):
            return 0.0
        best = left_out_cost * both[i][7] + of_rest(i + 1, free_from)
        if both[i][4] < free_from:
            return best
        box, inside, left = list(both[i][:6]), [both[i]], 0
        for j in range(i + 1, len(both)):
            s = both[j]
            wider = [f(box[n], s[n]) for n, f in enumerate((min, max) * 3)]
            if (
                max(wider[1] - wider[0], wider[3] - wider[2]) <= limits[0]
                and wider[5] - wider[4] <= limits[1]
            ):
                box, inside = wider, [*inside, s]
            else:
                left += s[7]
            if len({s[6] for s in inside}) == 2 and (j + 1 == len(both) or both[j + 1][4] >= box[5]):
                wide = max(box[1] - box[0], box[3] - box[2])
                each = 0.5 * min(wide / MOST_M, 1) + 0.5 * min((box[5] - box[4]) / MOST_S, 1)
                cost = each * sum(s[7] for s in inside) + left_out_cost * left
                best = min(best, cost + of_rest(j + 1, box[5]))
        return best

    return of_rest(0, -1.0)


@given(traces(), traces(), st.data(), LIMITS, st.sampled_from([0.4, 1.0]))
def test_no_other_boxes_cost_less(a, b, data, limits, left_out_cost):
    weight = np.array(data.draw(st.lists(st.integers(1, 3), min_size=len(a), max_size=len(a))))
    united, of_a, of_b = covered(a, weight, b, *limits, left_out_cost)
    cost = 0.0
    for places_, weights in ((of_a, weight), (of_b, ones(b))):
        for place, w in zip(places_, weights, strict=True):
            if place < 0:
                cost += w * left_out_cost
                continue
            box = united[place]
            wide = max(box[1] - box[0], box[3] - box[2])
            cost += w * (0.5 * min(wide / MOST_M, 1) + 0.5 * min((box[5] - box[4]) / MOST_S, 1))
    assert cost == pytest.approx(least_cost(a, b, weight.tolist(), limits, left_out_cost), abs=1e-4)


@settings(max_examples=30)
@given(st.lists(traces(), min_size=4, max_size=9), st.integers(2, 3))
def test_groups_have_k_and_the_cheapest_pair_is_together(people, k):
    start = np.cumsum([0] + [len(p) for p in people]).astype(np.int64)
    matrix = efforts(start, np.concatenate(people), np.arange(len(people)))
    assert np.array_equal(matrix, matrix.T)
    least = np.unravel_index(matrix.argmin(), matrix.shape)
    group = grouped(matrix.copy(), k)
    assert np.bincount(group)[np.unique(group)].min() >= k
    assert group[least[0]] == group[least[1]]


def test_pairs_are_those_of_the_greedy_matching():
    rng = np.random.default_rng(1)
    matrix = rng.random((20, 20)).astype(np.float32)
    matrix = np.minimum(matrix, matrix.T)
    np.fill_diagonal(matrix, np.inf)
    expected, free = set(), set(range(20))
    pairs = sorted((matrix[i, j], i, j) for i in range(20) for j in range(i))
    for _, i, j in pairs:
        if {i, j} <= free:
            expected.add(frozenset((i, j)))
            free -= {i, j}
    group = grouped(matrix.copy(), 2)
    got = {frozenset(np.flatnonzero(group == g).tolist()) for g in np.unique(group)}
    assert got == expected


def test_equal_traces_lose_nothing():
    trace = np.array([[0, 0, 0, 0, 0, 600], [5e3, 5e3, 0, 0, 7200, 7800]], np.float32)
    united, of_a, of_b = covered(trace, ones(trace), trace, 1.0, 600.0, 1.0)
    assert np.array_equal(united, trace)
    assert of_a.tolist() == of_b.tolist() == [0, 1]
