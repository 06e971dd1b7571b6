"""Stretch effort: how much two traces have to be coarsened to become one.

Gramaglia and Fiore 2015, Hiding Mobile Traffic Fingerprints with GLOVE (CoNEXT), section 4. A sample is a
box in space and time; what it takes to cover another is weighed against 20 km and 8 hours, beyond which
nothing gets worse.
"""

import numpy as np
from numpy.typing import NDArray

from kernels._jit import kernel

MOST_M = 20_000.0
"""Stretch in space (metres) that counts in full."""

MOST_S = 28_800.0
"""Stretch in time (seconds) that counts in full."""

X0, X1, Y0, Y1, T0, T1 = 0, 1, 2, 3, 4, 5
"""Columns of a sample: float32[6], metres and seconds."""


_HALF = np.float32(0.5)
_ONE = np.float32(1)
_ZERO = np.float32(0)
_PER_M = np.float32(0.5 / MOST_M)
_PER_S = np.float32(0.5 / MOST_S)


@kernel
def sample_effort(a, i, b, j, share):  # type: ignore[no-untyped-def]
    """Stretch effort of sample `i` of one trace and `j` of another, 0 to 1.

    Parameters
    ----------
    a, b : float32[n, 6], float32[m, 6]; share : float32, part of the people of both that is behind `a`.
    """
    other = _ONE - share
    space = max(a[i, 0] - b[j, 0], _ZERO) * share + max(b[j, 0] - a[i, 0], _ZERO) * other
    space += max(b[j, 1] - a[i, 1], _ZERO) * share + max(a[i, 1] - b[j, 1], _ZERO) * other
    space += max(a[i, 2] - b[j, 2], _ZERO) * share + max(b[j, 2] - a[i, 2], _ZERO) * other
    space += max(b[j, 3] - a[i, 3], _ZERO) * share + max(a[i, 3] - b[j, 3], _ZERO) * other
    time = max(a[i, 4] - b[j, 4], _ZERO) * share + max(b[j, 4] - a[i, 4], _ZERO) * other
    time += max(b[j, 5] - a[i, 5], _ZERO) * share + max(a[i, 5] - b[j, 5], _ZERO) * other
    return min(space * _PER_M, _HALF) + min(time * _PER_S, _HALF)


@kernel
def least_effort(a, i, b, near, share):  # type: ignore[no-untyped-def]
    """Least effort that a sample of `b` takes for sample `i` of `a`; 1 where none is near in time.

    Searches outwards in time from `near`, until time alone costs as much as the best so far, or counts in
    full: what lies farther in time could only be joined beyond every limit.

    Parameters
    ----------
    a, b : float32[n, 6], float32[m, 6], ascending by start and end.
    near : place in `b` to begin at: the first that starts at or after the sample.
    """
    least = _ONE
    for j in range(near, b.shape[0]):
        alone = (b[j, 4] - a[i, 5]) * _PER_S
        if alone >= least or alone >= _HALF:
            break
        least = min(least, sample_effort(a, i, b, j, share))
    for j in range(near - 1, -1, -1):
        alone = (a[i, 4] - b[j, 5]) * _PER_S
        if alone >= least or alone >= _HALF:
            break
        least = min(least, sample_effort(a, i, b, j, share))
    return least


@kernel
def trace_effort(a: NDArray[np.float32], b: NDArray[np.float32], share_a: float, enough: float) -> float:
    """Stretch effort of two traces: the mean over the longer one's samples of the least effort of each.

    Parameters
    ----------
    a, b : float32[n, 6], float32[m, 6], not empty, ascending by start and end, not overlapping in time.
    enough : an effort at which it does not matter any more how great it is: then this or more is returned.
    """
    if a.shape[0] >= b.shape[0]:
        return _mean_effort(a, b, np.float32(share_a), enough)
    return _mean_effort(b, a, np.float32(1.0 - share_a), enough)


@kernel
def _mean_effort(long, short, share, enough):  # type: ignore[no-untyped-def]
    total, stop = 0.0, enough * long.shape[0]
    near = 0
    for i in range(long.shape[0]):
        while near < short.shape[0] and short[near, 4] < long[i, 4]:
            near += 1
        total += least_effort(long, i, short, near, share)
        if total >= stop:
            break
    return total / long.shape[0]
