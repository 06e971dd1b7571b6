"""How many released traces of boxes agree with known points: unicity of k-anonymous traces.

As in `kernels.privacy.unicity`, but the points are known in their original precision, and a released trace agrees
if for each of them it has a box that holds it (Gramaglia and Fiore 2015, section 3: record linkage).
"""

import numpy as np
from numpy.typing import NDArray

from kernels._jit import kernel
from kernels.counter_random import stream
from kernels.privacy.stretch import T0, T1, X0, X1, Y0, Y1
from kernels.privacy.unicity import draw_distinct

MAX_KNOWN = 64


@kernel
def agreeing_draws(
    bucket_start: NDArray[np.int64],
    bucket_box: NDArray[np.int64],
    bucket_s: int,
    box: NDArray[np.float64],
    trace_of_box: NDArray[np.int64],
    people: NDArray[np.int64],
    point_start: NDArray[np.int64],
    point: NDArray[np.float64],
    known_points: NDArray[np.int64],
    draws: int,
    seed: int,
) -> tuple[NDArray[np.int32], NDArray[np.int32], NDArray[np.float64]]:
    """Draw p points of each target, and count the people whose released trace agrees with all of them.

    Parameters
    ----------
    bucket_start, bucket_box : boxes that meet each `bucket_s` seconds from 0 on, compressed rows.
    box : float64[n, 6], as in `kernels.privacy.stretch`, ends included but the last second.
    trace_of_box : int64[n], from 0; people : int64[traces], behind each distinct trace.
    point_start : int64[m + 1]; point : float64[*, 3], x, y and seconds: distinct points of each target.
    known_points : int64[q], values of p, 1 to `MAX_KNOWN`; draws : attempts for each target and p.

    Returns
    -------
    alone : int32[m, q], draws with which exactly one person agrees; nobody : int32[m, q], draws with which
    nobody does; chance : float64[m, q], sum over draws of one over the people who agree. All -1 for a target
    with fewer than p points.
    """
    targets = point_start.size - 1
    alone = np.full((targets, known_points.size), -1, np.int32)
    nobody, chance = alone.copy(), np.full((targets, known_points.size), -1.0)
    known = np.empty(MAX_KNOWN, np.int64)
    for t in range(targets):
        own = point[point_start[t] : point_start[t + 1]]
        row_start, row, held, words = _holders(
            own, bucket_start, bucket_box, bucket_s, box, trace_of_box, people.size
        )
        for q in range(known_points.size):
            p = known_points[q]
            if own.shape[0] < p:
                continue
            one, none, share = 0, 0, 0.0
            for draw in range(draws):
                draw_distinct(own.shape[0], p, stream(seed + q, draw, t), known)
                count = _agreeing(known, p, row_start, row, held, words, people)
                one += count == 1
                none += count == 0
                share += 1.0 / count if count else 0.0
            alone[t, q], nobody[t, q], chance[t, q] = one, none, share
    return alone, nobody, chance


@kernel
def _holders(own, bucket_start, bucket_box, bucket_s, box, trace_of_box, traces):  # type: ignore[no-untyped-def]
    """Traces with a box for each point, and a bit for each point that a trace holds."""
    n = own.shape[0]
    words = (n >> 6) + 1
    held = np.zeros((traces, words), np.uint64)
    row_start, room = np.zeros(n + 1, np.int64), 0
    for k in range(n):
        bucket = int(own[k, 2]) // bucket_s
        if 0 <= bucket < bucket_start.size - 1:
            room += bucket_start[bucket + 1] - bucket_start[bucket]
    row, filled = np.empty(room, np.int64), 0
    for k in range(n):
        bucket = int(own[k, 2]) // bucket_s
        if 0 <= bucket < bucket_start.size - 1:
            word, bit = k >> 6, np.uint64(1) << np.uint64(k & 63)
            for i in range(bucket_start[bucket], bucket_start[bucket + 1]):
                trace = trace_of_box[bucket_box[i]]
                if held[trace, word] & bit == 0 and _holds(box[bucket_box[i]], own[k]):
                    held[trace, word] |= bit
                    row[filled] = trace
                    filled += 1
        row_start[k + 1] = filled
    return row_start, row, held, words


@kernel
def _holds(box, point):  # type: ignore[no-untyped-def]
    x, y, t = point
    return box[X0] <= x <= box[X1] and box[Y0] <= y <= box[Y1] and box[T0] <= t < box[T1]


@kernel
def _agreeing(known, p, row_start, row, held, words, people):  # type: ignore[no-untyped-def]
    """People whose trace holds all known points, looked for among those of the rarest."""
    rarest = known[0]
    for k in range(1, p):
        if row_start[known[k] + 1] - row_start[known[k]] < row_start[rarest + 1] - row_start[rarest]:
            rarest = known[k]
    count = 0
    for i in range(row_start[rarest], row_start[rarest + 1]):
        agrees = True
        for k in range(p):
            if (held[row[i], known[k] >> 6] >> np.uint64(known[k] & 63)) & np.uint64(1) == 0:
                agrees = False
                break
        if agrees:
            count += people[row[i]]
    return count
