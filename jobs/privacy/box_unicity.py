"""Unicity of k-anonymous traces: who knows a few true points of a person, and looks for boxes that hold them."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from jobs.privacy.figures import share_of_people
from jobs.privacy.released_boxes import distinct_traces
from jobs.privacy.traces import Traces, sampled
from jobs.privacy.unicity import UnicityParams
from kernels.privacy.box_unicity import agreeing_draws

_BUCKET_S = 3_600
_CHUNKS = 16


@dataclass(frozen=True, eq=False)
class Boxes:
    """Distinct released traces, ready to be searched.

    Attributes
    ----------
    box : float64[n, 6]: west, east, south, north in degrees, from and to in seconds after `first_s`.
    trace : int64[n]; people : int64[traces]; bucket_start, bucket_box : boxes that meet each hour.
    """

    box: NDArray[np.float64]
    trace: NDArray[np.int64]
    people: NDArray[np.int64]
    bucket_start: NDArray[np.int64]
    bucket_box: NDArray[np.int64]
    first_s: int


def boxes_of(table: pa.Table) -> Boxes:
    """Index a released table."""
    box, trace, people = distinct_traces(table)
    first_s = int(box[:, 4].min()) if box.size else 0
    box[:, 4:] -= first_s
    first = (box[:, 4] // _BUCKET_S).astype(np.int64)
    count = ((box[:, 5] - 1) // _BUCKET_S).astype(np.int64) - first + 1
    which = np.repeat(np.arange(count.size), count)
    bucket = np.repeat(first - np.cumsum(count) + count, count) + np.arange(which.size)
    order = np.argsort(bucket, kind="stable")
    start = np.concatenate([[0], np.cumsum(np.bincount(bucket))]).astype(np.int64)
    return Boxes(box, trace, people, start, which[order], first_s)


def box_unicity(
    boxes: Boxes,
    raw: Traces,
    lon: NDArray[np.float64],
    lat: NDArray[np.float64],
    params: UnicityParams,
    threads: int = 0,
) -> dict[str, Any]:
    """How often p true points of a person agree with one released person only.

    Parameters
    ----------
    raw : true events, local time; lon, lat : float64[places]. Persons attacked need not be in the release.

    Returns
    -------
    the keys of `jobs.privacy.unicity.measured_unicity` that have a meaning here; ``nobody_share``, how often
    nobody agrees, since points were left out; ``chance_to_name``, mean of one over the people who agree.
    """
    targets = sampled(raw.users, params.users, params.seed)
    known = np.array(params.points, np.int64)

    def attack(chosen: NDArray[np.int64]) -> tuple[NDArray[Any], ...]:
        start, point = _distinct_points(raw.of_users(chosen), lon, lat, boxes.first_s)
        index = boxes.bucket_start, boxes.bucket_box, _BUCKET_S, boxes.box, boxes.trace, boxes.people
        return agreeing_draws(*index, start, point, known, params.draws, params.seed)

    parts = np.array_split(targets, min(_CHUNKS, max(1, targets.size)))
    with ThreadPoolExecutor(threads or None) as pool:
        alone, nobody, chance = (
            np.concatenate(found) for found in zip(*pool.map(attack, parts), strict=True)
        )
    tried = alone >= 0
    return {
        "users": int(boxes.people.sum()),
        "attacked": int(targets.size),
        "unicity": {
            str(p): share_of_people(alone[tried[:, q], q] / params.draws).rounded()
            for q, p in enumerate(params.points)
        },
        "nobody_share": _means(nobody, tried, params),
        "chance_to_name": _means(chance, tried, params),
    }


def _means(counts: NDArray[Any], tried: NDArray[np.bool_], params: UnicityParams) -> dict[str, float]:
    return {
        str(p): round(float((counts[tried[:, q], q] / params.draws).mean()), 6) if tried[:, q].any() else 0.0
        for q, p in enumerate(params.points)
    }


def _distinct_points(
    traces: Traces, lon: NDArray[np.float64], lat: NDArray[np.float64], first_s: int
) -> tuple[NDArray[np.int64], NDArray[np.float64]]:
    """Places and times of events, each once for each person."""
    user = np.repeat(np.arange(traces.users), np.diff(traces.user_start))
    order = np.lexsort((traces.place, traces.time_s, user))
    rows = np.stack([user, traces.time_s, traces.place], 1)[order]
    fresh = np.ones(order.size, bool)
    fresh[1:] = (rows[1:] != rows[:-1]).any(1)
    user, time_s, place = rows[fresh].T
    start = np.concatenate([[0], np.cumsum(np.bincount(user, minlength=traces.users))]).astype(np.int64)
    return start, np.stack([lon[place], lat[place], (time_s - first_s).astype(np.float64)], 1)
