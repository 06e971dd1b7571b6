"""Between Arrow columns and the arrays that kernels take."""

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

_IN_A_SECOND = {"s": 1, "ms": 1_000, "us": 1_000_000, "ns": 1_000_000_000}


def epoch_seconds(column: pa.ChunkedArray) -> NDArray[np.int64]:
    """UTC timestamps of any unit as int64 seconds since 1970 (Parquet keeps seconds as milliseconds)."""
    moment = column.cast(pa.int64()).to_numpy()
    per_second = _IN_A_SECOND[column.type.unit]
    # NumPy divides by a constant in a third of the time that Arrow's cast takes.
    return np.asarray(moment // per_second if per_second > 1 else moment, np.int64)


def timestamps(seconds: NDArray[np.int64]) -> pa.Array:
    """Seconds since 1970 as UTC timestamps."""
    return pa.array(seconds, pa.int64()).cast(pa.timestamp("s", "UTC"))
