"""Cover two traces with the boxes that cost least: what merges the traces of a group into one.

GLOVE (Gramaglia and Fiore 2015, section 6) joins each sample of the longer trace with its nearest of the
shorter, then unites boxes that overlap in time; chains of such unions made boxes beyond every limit, and
more than half of all samples were left out with them. Here boxes are runs of samples in the order of time,
chosen all at once by dynamic programming, so that they never overlap.
"""

import numpy as np
from numpy.typing import NDArray

from kernels._jit import kernel
from kernels.privacy.stretch import MOST_M, MOST_S, T0, T1, X0, X1, Y0, Y1


@kernel
def covered(
    boxes: NDArray[np.float32],
    weight: NDArray[np.int64],
    trace: NDArray[np.float32],
    most_m: float,
    most_s: float,
    left_out_cost: float,
) -> tuple[NDArray[np.float32], NDArray[np.int64], NDArray[np.int64]]:
    """One trace that covers two: every sample of either lies in one box, or is left out.

    Each box covers samples of both traces. A sample costs half its box's width as a share of 20 km and
    half its duration as a share of 8 hours (section 4 of the paper, at most 1), or `left_out_cost`. Of
    all ways to cut the samples, in the order of time, into boxes that take in whatever still fits the
    limits, the one of least cost is taken.

    Parameters
    ----------
    boxes, trace : float32[n, 6], float32[m, 6], ascending by start.
    weight : int64[n], samples behind each of `boxes`; those of `trace` stand for one each.
    most_m, most_s : limits of a box's width, metres in x and y, seconds.

    Returns
    -------
    united : float32[u, 6], ascending, not overlapping in time; of_box : int64[n], of_sample : int64[m],
    place in `united`; -1 for what is left out.
    """
    both = np.concatenate((boxes, trace))
    order = np.argsort(both[:, T0], kind="mergesort")
    first = _last_boxes(both, order, boxes.shape[0], weight, most_m, most_s, left_out_cost)
    united, place = np.empty((order.size, 6), np.float32), np.full(order.size, -1, np.int64)
    end, count = order.size, 0
    while end > 0:
        if first[end] >= 0:
            _fill(both, order, first[end], end, most_m, most_s, united[count], place, count)
            end = first[end]
            count += 1
        else:
            end -= 1
    place = np.where(place >= 0, count - 1 - place, place)
    return united[:count][::-1].copy(), place[: boxes.shape[0]], place[boxes.shape[0] :]


@kernel
def _last_boxes(both, order, of_first, weight, most_m, most_s, left_out_cost):  # type: ignore[no-untyped-def]
    """Where the last box begins if the first i samples are covered at least cost; -1 if the last is left out."""
    n = order.size
    spared, first = np.zeros(n + 1), np.full(n + 1, -1, np.int64)
    box = np.empty(6, np.float32)
    for i in range(n):
        if spared[i] >= spared[i + 1]:
            spared[i + 1], first[i + 1] = spared[i], -1
        box[:] = both[order[i]]
        begins_in_first, has_both = order[i] < of_first, False
        inside = weight[order[i]] if begins_in_first else 1
        for j in range(i + 1, n):
            sample = order[j]
            if both[sample, T0] - box[T0] >= most_s:
                break
            if _takes_in(box, both[sample], most_m, most_s):
                in_first = sample < of_first
                inside += weight[sample] if in_first else 1
                has_both = has_both or in_first != begins_in_first
            if has_both and (j + 1 == n or both[order[j + 1], T0] >= box[T1]):
                gain = spared[i] + inside * (left_out_cost - _cost(box))
                if gain > spared[j + 1]:
                    spared[j + 1], first[j + 1] = gain, i
    return first


@kernel
def _takes_in(box, sample, most_m, most_s):  # type: ignore[no-untyped-def]
    """Widen a box so that it covers a sample, unless that would take it beyond the limits."""
    x0, x1 = min(box[X0], sample[X0]), max(box[X1], sample[X1])
    y0, y1 = min(box[Y0], sample[Y0]), max(box[Y1], sample[Y1])
    t1 = max(box[T1], sample[T1])
    if max(x1 - x0, y1 - y0) > most_m or t1 - box[T0] > most_s:
        return False
    box[X0], box[X1], box[Y0], box[Y1], box[T1] = x0, x1, y0, y1, t1
    return True


@kernel
def _cost(box):  # type: ignore[no-untyped-def]
    wide = max(box[X1] - box[X0], box[Y1] - box[Y0])
    return min(0.5 * wide / MOST_M, 0.5) + min(0.5 * (box[T1] - box[T0]) / MOST_S, 0.5)


@kernel
def _fill(both, order, begin, end, most_m, most_s, box, place, number):  # type: ignore[no-untyped-def]
    """Make the box of a run of samples, and note it as the place of those that it takes in."""
    box[:] = both[order[begin]]
    place[order[begin]] = number
    for j in range(begin + 1, end):
        if _takes_in(box, both[order[j]], most_m, most_s):
            place[order[j]] = number
