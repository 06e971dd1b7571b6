import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kernels.raking import raked


def full(seed, rows, columns, rounds=500, tolerance=1e-10):
    seed = np.asarray(seed, float)
    row, column = (index.ravel().astype(np.int64) for index in np.indices(seed.shape))
    table, done = raked(
        row, column, seed.ravel(), np.array(rows, float), np.array(columns, float), rounds, tolerance
    )
    return table.reshape(seed.shape), done


def test_the_example_of_two_by_two():
    """Seed 1, 2 / 3, 4 to margins 5, 5 and 4, 6: the odds ratio 4 / 6 stays."""
    table, _ = full([[1, 2], [3, 4]], [5, 5], [4, 6])
    assert table.sum(axis=1) == pytest.approx([5, 5])
    assert table.sum(axis=0) == pytest.approx([4, 6])
    assert table[0, 0] * table[1, 1] / (table[0, 1] * table[1, 0]) == pytest.approx(4 / 6)


positive = st.floats(0.05, 20)


@given(
    st.integers(1, 4).flatmap(
        lambda n: st.integers(1, 4).flatmap(
            lambda m: st.tuples(
                st.lists(st.lists(positive, min_size=m, max_size=m), min_size=n, max_size=n),
                st.lists(positive, min_size=n, max_size=n),
                st.lists(positive, min_size=m, max_size=m),
            )
        )
    )
)
def test_margins_hold_and_the_table_is_the_seed_scaled_by_row_and_column(given_):
    seed, rows, columns = (np.array(x) for x in given_)
    columns = columns * rows.sum() / columns.sum()
    table, done = full(seed, rows, columns, tolerance=1e-9)
    assert done < 500
    assert table.sum(axis=1) == pytest.approx(rows)
    assert table.sum(axis=0) == pytest.approx(columns, rel=1e-6)
    factor = np.log(table / seed)  # a_i + b_j: every two by two part has no interaction
    assert factor - factor[:1] - factor[:, :1] + factor[0, 0] == pytest.approx(np.zeros(seed.shape), abs=1e-6)


def test_zeros_stay_and_margins_that_no_table_has_are_come_near_to():
    table, done = full([[1, 0], [0, 1]], [1, 3], [3, 1], rounds=20)
    assert done == 20
    assert table.tolist() == [[1, 0], [0, 3]]  # the rows hold
    table, _ = full([[0, 0], [1, 1]], [5, 4], [1, 3])
    assert table.tolist() == [[0, 0], [1, 3]]


def test_entries_may_be_few_and_the_seed_is_left_alone():
    seed = np.array([1.0, 1, 1])
    table, done = raked(
        np.array([0, 0, 1]), np.array([0, 1, 1]), seed, np.array([2.0, 4]), np.array([1.0, 5]), 50, 1e-9
    )
    assert table == pytest.approx([1, 1, 4])
    assert seed.tolist() == [1, 1, 1]
    assert done >= 1
