"""Random numbers drawn one after another from a state that the caller owns: SplitMix64.

Where a draw depends on the draws before it, as in annealing, a counter for each draw would only be in
the way; `counter_random` serves what has to be drawn in any order.
"""

import numpy as np

from kernels._jit import kernel
from kernels.counter_random import mix

_GOLDEN = np.uint64(0x9E3779B97F4A7C15)
_TO_UNIT = 1.0 / 9007199254740992.0  # 2**-53


@kernel
def next_unit(state: np.ndarray) -> float:
    """Next number, uniform in [0, 1); ``state`` is uint64 (1,)."""
    state[0] += _GOLDEN
    return np.float64(mix(state[0]) >> np.uint64(11)) * _TO_UNIT


@kernel
def next_below(state: np.ndarray, count: int) -> int:
    """Next whole number in [0, count), for counts far below 2**53."""
    return int(next_unit(state) * count)
