"""The cell to H3 weights in compressed rows, as kernels take them."""

from dataclasses import dataclass

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray


@dataclass(frozen=True, eq=False)
class CellWeights:
    """H3 cells that each radio cell serves.

    Attributes
    ----------
    h3 : int64[k], the H3 cells, ascending.
    row_start : int64[cells + 1], where the entries of each radio cell start.
    index : int64[m], position in `h3`; weight : float64[m], summing to 1 for each radio cell.
    """

    h3: NDArray[np.int64]
    row_start: NDArray[np.int64]
    index: NDArray[np.int64]
    weight: NDArray[np.float64]


def cell_weights(cell_h3: pa.Table, cells: int) -> CellWeights:
    """Compress the `cell_h3` table, which is sorted by cell."""
    distinct, index = np.unique(cell_h3["h3"].to_numpy(), return_inverse=True)
    row_start = np.searchsorted(cell_h3["cell"].to_numpy(), np.arange(cells + 1))
    weight = np.ascontiguousarray(cell_h3["weight"].to_numpy(), np.float64)
    return CellWeights(distinct, row_start.astype(np.int64), index.astype(np.int64), weight)
