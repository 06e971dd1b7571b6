"""Linear sum assignment by shortest augmenting paths.

Jonker and Volgenant 1987, Computing 38:325, without its initialisation: one augmentation a row with
dual potentials. O(n^3) at worst.
"""

import numpy as np
from numpy.typing import NDArray

from kernels._jit import kernel


@kernel
def assign_rows(cost: NDArray[np.float64]) -> NDArray[np.int64]:
    """Column of each row in an assignment of least total cost.

    Parameters
    ----------
    cost : float64[n, m] with n <= m, finite.

    Returns
    -------
    int64[n], distinct columns.
    """
    rows, columns = cost.shape
    row_of = np.full(columns + 1, -1, np.int64)
    row_price, column_price = np.zeros(rows), np.zeros(columns + 1)
    for row in range(rows):
        _augment(cost, row, row_of, row_price, column_price)
    column_of = np.empty(rows, np.int64)
    for column in range(columns):
        if row_of[column] >= 0:
            column_of[row_of[column]] = column
    return column_of


@kernel
def _augment(cost, row, row_of, row_price, column_price):  # type: ignore[no-untyped-def]
    """Assign one more row along the shortest alternating path; the last column is an artificial root."""
    columns = cost.shape[1]
    shortest = np.full(columns, np.inf)
    before = np.full(columns, columns, np.int64)
    scanned = np.zeros(columns + 1, np.bool_)
    row_of[columns] = row
    column = columns
    while row_of[column] >= 0:
        scanned[column] = True
        r = row_of[column]
        least, following = np.inf, -1
        for c in range(columns):
            if not scanned[c]:
                reduced = cost[r, c] - row_price[r] - column_price[c]
                if reduced < shortest[c]:
                    shortest[c], before[c] = reduced, column
                if shortest[c] < least:
                    least, following = shortest[c], c
        for c in range(columns + 1):
            if scanned[c]:
                row_price[row_of[c]] += least
                column_price[c] -= least
            elif c < columns:
                shortest[c] -= least
        column = following
    while column != columns:
        row_of[column] = row_of[before[column]]
        column = before[column]
