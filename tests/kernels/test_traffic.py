import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from kernels.traffic import pair_sides

sides = st.lists(st.tuples(st.integers(0, 2), st.integers(0, 30), st.booleans()), max_size=14)


def paired(rows, tolerance):
    rows = sorted(rows)
    columns = [
        np.array([row[i] for row in rows], dtype) for i, dtype in enumerate((np.int64, np.int64, bool))
    ]
    return rows, pair_sides(*columns, tolerance).tolist()


@given(sides, st.integers(0, 6))
def test_partners_are_two_sides_of_one_call(rows, tolerance):
    rows, partner = paired(rows, tolerance)
    for i, j in enumerate(partner):
        if j < 0:
            continue
        assert partner[j] == i
        assert rows[i][0] == rows[j][0]
        assert rows[i][2] != rows[j][2]
        assert abs(rows[i][1] - rows[j][1]) <= tolerance


def most_pairs(rows, tolerance) -> int:
    """Largest matching of each pair of parties, by trying everything."""

    def best(outs, ins):
        if not outs:
            return 0
        first, rest = outs[0], outs[1:]
        found = best(rest, ins)
        for k, other in enumerate(ins):
            if abs(first - other) <= tolerance:
                found = max(found, 1 + best(rest, ins[:k] + ins[k + 1 :]))
        return found

    total = 0
    for pair in {row[0] for row in rows}:
        own = [row for row in rows if row[0] == pair]
        total += best([r[1] for r in own if r[2]], [r[1] for r in own if not r[2]])
    return total


@given(
    st.lists(st.tuples(st.integers(0, 1), st.integers(0, 12), st.booleans()), max_size=8), st.integers(0, 4)
)
def test_no_call_is_left_unpaired_that_could_be(rows, tolerance):
    rows, partner = paired(rows, tolerance)
    assert sum(j >= 0 for j in partner) == 2 * most_pairs(rows, tolerance)
