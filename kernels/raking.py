"""Iterative proportional fitting: a table is brought to known margins, one after the other, until both hold."""

import numpy as np
from numpy.typing import NDArray

from kernels._jit import kernel


@kernel
def raked(
    row: NDArray[np.int64],
    column: NDArray[np.int64],
    seed: NDArray[np.float64],
    row_total: NDArray[np.float64],
    column_total: NDArray[np.float64],
    rounds: int,
    tolerance: float,
) -> tuple[NDArray[np.float64], int]:
    """Table nearest to a seed, in relative entropy, that has the given margins.

    Deming and Stephan 1940; Ireland and Kullback 1968 show what it converges to. Entries that are zero stay so: rows
    and columns without any cannot reach their totals and are passed over. Ends with the rows, which then hold exactly.

    Parameters
    ----------
    row, column : int64[m], where each entry stands; seed : float64[m], >= 0.
    row_total, column_total : float64[rows], float64[columns], >= 0, of equal sums where a table with both exists.
    rounds : at the most; tolerance : largest relative error of a column at which it stops.

    Returns
    -------
    float64[m], and the rounds that it took: `rounds` where the columns do not hold to the tolerance.
    """
    table = seed.copy()
    for done in range(rounds):
        found = _sums(column, table, column_total.size)
        error = 0.0
        for k in range(found.size):
            if found[k] > 0.0 and column_total[k] > 0.0:
                error = max(error, abs(found[k] / column_total[k] - 1.0))
        if done > 0 and error <= tolerance:
            return table, done
        _scale(table, column, found, column_total)
        _scale(table, row, _sums(row, table, row_total.size), row_total)
    return table, rounds


@kernel
def _sums(at: NDArray[np.int64], table: NDArray[np.float64], size: int) -> NDArray[np.float64]:
    sums = np.zeros(size)
    for i in range(at.size):
        sums[at[i]] += table[i]
    return sums


@kernel
def _scale(
    table: NDArray[np.float64], at: NDArray[np.int64], found: NDArray[np.float64], wanted: NDArray[np.float64]
) -> None:
    for i in range(at.size):
        if found[at[i]] > 0.0:
            table[i] *= wanted[at[i]] / found[at[i]]
