"""Stretch effort: how much two traces have to be coarsened to become one.

Gramaglia and Fiore 2015, Hiding Mobile Traffic Fingerprints with GLOVE (CoNEXT), section 4. A sample is a
box in space and time; what it takes to cover another is weighed against 20 km and 8 hours, beyond which
nothing gets worse. Traces are of one person each, so that both sides of a stretch weigh the same.
"""

import numpy as np
from numpy.typing import NDArray

from kernels._jit import kernel, kernel_of_minima

MOST_M = 20_000.0
"""Stretch in space (metres) that counts in full."""

MOST_S = 28_800.0
"""Stretch in time (seconds) that counts in full."""

X0, X1, Y0, Y1, T0, T1 = 0, 1, 2, 3, 4, 5
"""Columns of a sample: float32[6], metres and seconds."""

_HALF = np.float32(0.5)
_PER_M = np.float32(0.5 / MOST_M)
_PER_S = np.float32(0.5 / MOST_S)


@kernel
def columns_of(
    start: NDArray[np.int64], samples: NDArray[np.float32], members: NDArray[np.int64]
) -> tuple[NDArray[np.int64], NDArray[np.float32]]:
    """Samples of some traces, by column: first int64[members + 1], float32[6, n]."""
    first = np.zeros(members.size + 1, np.int64)
    for i in range(members.size):
        first[i + 1] = first[i] + start[members[i] + 1] - start[members[i]]
    columns = np.empty((6, first[-1]), np.float32)
    for i in range(members.size):
        for k in range(first[i], first[i + 1]):
            for c in range(6):
                columns[c, k] = samples[start[members[i]] + k - first[i], c]
    return first, columns


@kernel_of_minima
def mean_effort(columns: NDArray[np.float32], a: int, a_end: int, b: int, b_end: int) -> float:
    """Stretch effort of two traces: the mean over the longer one's samples of the least effort of each.

    A sample costs half the stretch in space as a share of 20 km and half that in time as a share of 8 hours;
    1 where no sample of the other is nearer than 8 hours.

    Parameters
    ----------
    columns : float32[6, n] from `columns_of`; samples of a trace ascend by start and end.
    a, a_end, b, b_end : where the traces lie in `columns`; neither is empty.
    """
    if a_end - a < b_end - b:
        a, a_end, b, b_end = b, b_end, a, a_end
    x0, x1, y0, y1 = columns[X0], columns[X1], columns[Y0], columns[Y1]
    t0, t1 = columns[T0], columns[T1]
    total, near, far = np.float64(0), b, b
    for i in range(a, a_end):
        while near < b_end and (t0[i] - t1[near]) * _PER_S >= _HALF:
            near += 1
        far = max(near, far)
        while far < b_end and (t0[far] - t1[i]) * _PER_S < _HALF:
            far += 1
        least = np.float32(1)
        for j in range(near, far):
            space = abs(x0[i] - x0[j]) + abs(x1[i] - x1[j]) + abs(y0[i] - y0[j]) + abs(y1[i] - y1[j])
            time = abs(t0[i] - t0[j]) + abs(t1[i] - t1[j])
            effort = min(space * (_HALF * _PER_M), _HALF) + min(time * (_HALF * _PER_S), _HALF)
            least = min(least, effort)
        total += least
    return total / (a_end - a)
