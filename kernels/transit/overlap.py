"""How much of one line runs where another runs."""

import numpy as np

from kernels._jit import kernel


@kernel
def ordered_overlap(xy_a: np.ndarray, xy_b: np.ndarray, reach_m: float) -> float:
    """Share of the stops of a that b serves too, in the same order.

    The longest common subsequence of the two chains, where two stops are alike within `reach_m`;
    a stop of b may stand for several of a. O(K_a K_b).

    Parameters
    ----------
    xy_a, xy_b : float64 (K, 2), metres.
    """
    ends = np.zeros(xy_b.shape[0], np.int64)  # longest chain whose last match is stop j of b
    for i in range(xy_a.shape[0]):
        longest_before = 0
        for j in range(xy_b.shape[0]):
            longest_before = max(longest_before, ends[j])
            dx, dy = xy_a[i, 0] - xy_b[j, 0], xy_a[i, 1] - xy_b[j, 1]
            if dx * dx + dy * dy <= reach_m * reach_m:
                ends[j] = longest_before + 1
    longest = 0
    for j in range(xy_b.shape[0]):
        longest = max(longest, ends[j])
    return longest / max(1, xy_a.shape[0])
