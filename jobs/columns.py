"""Between Arrow columns and the arrays that kernels take."""

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray


def epoch_seconds(column: pa.ChunkedArray) -> NDArray[np.int64]:
    """UTC timestamps of any unit as int64 seconds since 1970 (Parquet keeps seconds as milliseconds)."""
    seconds = column.cast(pa.timestamp("s", "UTC"), safe=False)
    return np.asarray(seconds.cast(pa.int64()).to_numpy(), np.int64)


def timestamps(seconds: NDArray[np.int64]) -> pa.Array:
    """Seconds since 1970 as UTC timestamps."""
    return pa.array(seconds, pa.int64()).cast(pa.timestamp("s", "UTC"))
