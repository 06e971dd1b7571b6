"""Random whole numbers for audits and samples: counter-based and seeded, not for secrets."""

import numpy as np

from kernels._jit import kernel
from kernels.counter_random import uniform


@kernel
def whole_below(key: np.uint64, n: int, size: int) -> int:
    """Number `n` of a stream as an integer, uniform in ``range(size)`` for sizes far below 2**53."""
    drawn = int(uniform(key, n) * size)
    return drawn if drawn < size else size - 1
