"""People who agree with known points, against a count by hand over all combinations."""

from itertools import combinations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kernels.privacy.box_unicity import agreeing_draws

HOUR = 3_600


def holds(box, point):
    x, y, t = point
    return box[0] <= x <= box[1] and box[2] <= y <= box[3] and box[4] <= t < box[5]


@st.composite
def boxes(draw):
    x, y, t = draw(st.tuples(st.integers(0, 4), st.integers(0, 2), st.integers(0, 5)))
    wide, lasts = draw(st.tuples(st.integers(0, 3), st.integers(1, 3)))
    return [x, x + wide, y, y + 1, t * HOUR, (t + lasts) * HOUR]


released = st.lists(st.lists(boxes(), min_size=1, max_size=4), min_size=1, max_size=4)
points = st.sets(
    st.tuples(st.integers(0, 5), st.integers(0, 3), st.integers(0, 8).map(lambda h: h * HOUR + 600)),
    min_size=2,
)


@given(released, points, st.data())
def test_draws_agree_as_counted_over_all_combinations(traces, known, data):
    people = np.array(data.draw(st.lists(st.integers(1, 3), min_size=len(traces), max_size=len(traces))))
    box = np.array([b for trace in traces for b in trace], float)
    trace = np.repeat(np.arange(len(traces)), [len(t) for t in traces])
    own = np.array(sorted(known), float)
    counts = [
        sum(
            size * all(any(holds(b, p) for b in t) for p in pair)
            for t, size in zip(traces, people, strict=True)
        )
        for pair in combinations(own, 2)
    ]
    buckets = [[i for i, b in enumerate(box) if b[4] < (h + 1) * HOUR and b[5] > h * HOUR] for h in range(9)]
    start = np.cumsum([0] + [len(b) for b in buckets])
    bucket_box = np.array([i for b in buckets for i in b], np.int64)
    ends, p, draws = np.array([0, len(own)]), np.array([2, len(own) + 1]), 400
    alone, nobody, chance = agreeing_draws(
        start, bucket_box, HOUR, box, trace, people, ends, own, p, draws, 7
    )
    assert alone[0, 1] == nobody[0, 1] == -1
    for found, expected in (
        (alone[0, 0], [c == 1 for c in counts]),
        (nobody[0, 0], [c == 0 for c in counts]),
        (chance[0, 0], [1 / c if c else 0 for c in counts]),
    ):
        assert found / draws == pytest.approx(np.mean(expected), abs=0.13)
        assert (found == 0) == (not any(expected)) or np.mean(expected) < 0.05
