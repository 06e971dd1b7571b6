"""k-anonymous traces: groups of people whose traces are coarsened until they are equal.

GLOVE (Gramaglia and Fiore 2015) inside of blocks of people who live and work near each other.
"""

import os
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from pydantic import Field

from jobs.params import Params
from jobs.privacy.anchor_sets import home_work_of
from jobs.privacy.traces import Traces
from kernels.privacy.covering import covered
from kernels.privacy.glove import efforts, grouped
from kernels.privacy.stretch import MOST_M, MOST_S, T0, T1, X0, X1, Y0, Y1

M_PER_DEGREE = 111_195.0
_ACTIVITY_M = 3_000.0
"""How far apart in blocks are people of whom one has e times the other's samples."""


class GloveParams(Params):
    """How traces are made equal."""

    k: int = Field(2, ge=2, le=100, description="people behind each released trace")
    time_step_s: int = Field(600, ge=1, le=86_400, description="times are cut to this step first")
    block: int = Field(
        800, ge=4, le=20_000, description="people compared with each other; time grows in proportion"
    )
    most_m: float = Field(15_000, gt=0, description="widest box in space (metres)")
    most_s: float = Field(21_600, gt=0, description="widest box in time (seconds)")
    left_out_cost: float = Field(
        1.0,
        gt=0.1,
        le=10,
        description="what a sample left out costs, where one stretched by 20 km and 8 hours costs 1: more "
        "leaves out less, in wider boxes",
    )


@dataclass(frozen=True, eq=False)
class Samples:
    """Traces as boxes, before and after.

    Attributes
    ----------
    start : int64[users + 1]; box : float32[n, 6]: west, east, south, north in metres from the origin, then
        from and to in seconds after `first_s`; ascending in time for each user.
    """

    start: NDArray[np.int64]
    box: NDArray[np.float32]
    origin: tuple[float, float]
    first_s: int

    @property
    def users(self) -> int:
        return self.start.size - 1


def grounds_of_points(lon: NDArray[np.float64], lat: NDArray[np.float64]) -> NDArray[np.float64]:
    """Places that are points, as `samples_of` takes them."""
    return np.stack([lon, lon, lat, lat], 1)


def samples_of(traces: Traces, ground: NDArray[np.float64], time_step_s: int) -> Samples:
    """Distinct places and times of each user, as the ground of the place and one step in time.

    Parameters
    ----------
    ground : float64[places, 4], west, east, south and north of each place, degrees.
    """
    origin = (float(ground[:, :2].mean()), float(ground[:, 2:].mean()))
    x = (ground[:, :2] - origin[0]) * M_PER_DEGREE * np.cos(np.radians(origin[1]))
    y = (ground[:, 2:] - origin[1]) * M_PER_DEGREE
    user = np.repeat(np.arange(traces.users), np.diff(traces.user_start))
    step = traces.time_s // time_step_s
    order = np.lexsort((traces.place, step, user))
    user, step, place = user[order], step[order], traces.place[order]
    fresh = np.ones(user.size, bool)
    fresh[1:] = (user[1:] != user[:-1]) | (step[1:] != step[:-1]) | (place[1:] != place[:-1])
    user, step, place = user[fresh], step[fresh], place[fresh]
    first_s = int(step.min()) * time_step_s if step.size else 0
    time = step * time_step_s - first_s
    ends = np.stack([time, time + time_step_s], 1)
    box = np.concatenate([x[place], y[place], ends], 1).astype(np.float32)
    start = np.concatenate([[0], np.cumsum(np.bincount(user, minlength=traces.users))]).astype(np.int64)
    return Samples(start, box, origin, first_s)


def blocks_of(features: NDArray[np.float64], size: int) -> Iterator[NDArray[np.int64]]:
    """Halve people along whatever they differ in most, until parts are no larger than `size`.

    Parameters
    ----------
    features : float64[n, f], in one unit.
    """
    waiting = [np.arange(features.shape[0])]
    while waiting:
        part = waiting.pop()
        if part.size <= size:
            yield part
            continue
        widest = int(np.argmax(features[part].std(0)))
        half = part.size // 2
        order = part[np.argpartition(features[part, widest], half)]
        waiting += [order[half:], order[:half]]


def habits_of(traces: Traces, samples: Samples, ground: NDArray[np.float64]) -> NDArray[np.float64]:
    """Home, work place and activity of each user, in metres: what blocks are made by."""
    home, work = home_work_of(traces)
    usual = np.where(home >= 0, home, work)
    home, work = usual, np.where(work >= 0, work, usual)
    per_x = M_PER_DEGREE * np.cos(np.radians(samples.origin[1]))
    x = (ground[:, :2].mean(1) - samples.origin[0]) * per_x
    y = (ground[:, 2:].mean(1) - samples.origin[1]) * M_PER_DEGREE
    activity = _ACTIVITY_M * np.log(np.maximum(np.diff(samples.start), 1))
    ends = [
        np.where(place >= 0, axis[np.maximum(place, 0)], 0.0) for place in (home, work) for axis in (x, y)
    ]
    return np.stack([*ends, activity], 1)


@dataclass(frozen=True, eq=False)
class Anonymous:
    """Groups and what is left of their traces.

    Attributes
    ----------
    group : int64[users], -1 for a user without samples.
    box_start : int64[groups + 1]; box : float32[boxes, 6], as in `Samples`.
    box_of : int64[samples], the box that holds each input sample; -1 for one that is left out.
    """

    group: NDArray[np.int64]
    box_start: NDArray[np.int64]
    box: NDArray[np.float32]
    box_of: NDArray[np.int64]


def anonymised(
    samples: Samples, features: NDArray[np.float64], params: GloveParams, threads: int = 0
) -> Anonymous:
    """Put every user in a group of at least k whose traces become one.

    Each input sample lies in exactly one box of its user's group, or is left out: because no sample of
    another member is near, or because a box that covers both would cost more. The result does not depend
    on the number of threads.

    Raises
    ------
    ValueError
        There are fewer users with samples than k.
    """
    present = np.flatnonzero(np.diff(samples.start) > 0)
    if present.size < params.k:
        raise ValueError(f"{present.size} traces cannot make a group of {params.k}")
    blocks = [present[part] for part in blocks_of(features[present], max(params.block, 2 * params.k))]
    with ThreadPoolExecutor(threads or os.cpu_count() or 1) as pool:
        merged_blocks = list(pool.map(lambda block: _anonymous_block(samples, block, params), blocks))
    group = np.full(samples.users, -1, np.int64)
    box_of = np.full(samples.box.shape[0], -1, np.int64)
    parts, sizes, groups, boxes = [], [], 0, 0
    for members_of_groups in merged_blocks:
        for members, united, places in members_of_groups:
            for member, place in zip(members.tolist(), places, strict=True):
                rows = slice(int(samples.start[member]), int(samples.start[member + 1]))
                group[member] = groups
                box_of[rows] = np.where(place >= 0, place + boxes, -1)
            parts.append(united)
            sizes.append(united.shape[0])
            boxes += united.shape[0]
            groups += 1
    start = np.concatenate([[0], np.cumsum(sizes)]).astype(np.int64)
    return Anonymous(group, start, np.concatenate(parts), box_of)


Group = tuple[NDArray[np.int64], NDArray[np.float32], list[NDArray[np.int64]]]
"""Members, boxes, and for each member the box of each of its samples."""


def _anonymous_block(samples: Samples, block: NDArray[np.int64], params: GloveParams) -> list[Group]:
    group = grouped(efforts(samples.start, samples.box, block), params.k)
    order = np.argsort(group, kind="stable")
    cuts = np.flatnonzero(np.diff(group[order])) + 1
    return [_united(samples, block[part], params) for part in np.split(order, cuts)]


def _united(samples: Samples, members: NDArray[np.int64], params: GloveParams) -> Group:
    """Merge the traces of a group one after the other, the longest first."""
    size = np.diff(samples.start)[members]
    members = members[np.argsort(-size, kind="stable")]
    traces = [samples.box[samples.start[m] : samples.start[m + 1]] for m in members.tolist()]
    boxes, places = traces[0], [np.arange(traces[0].shape[0])]
    limits = params.most_m, params.most_s, params.left_out_cost
    for trace in traces[1:]:
        behind = sum(np.bincount(place[place >= 0], minlength=boxes.shape[0]) for place in places)
        boxes, of_box, of_sample = covered(boxes, np.asarray(behind, np.int64), trace, *limits)
        places = [_followed(place, of_box) for place in places]
        places.append(of_sample)
    return members, boxes, places


def _followed(place: NDArray[np.int64], into: NDArray[np.int64]) -> NDArray[np.int64]:
    """Where samples went that were in boxes, when these went into others; -1 stays -1."""
    return np.append(into, -1)[place]


def quality(samples: Samples, anonymous: Anonymous, k: int) -> dict[str, Any]:
    """What anonymity cost: medians over the samples that are left, the share left out, and the mean cost.

    ``mean_cost`` is over all samples: 1 for one that is left out, or stretched by 20 km and 8 hours.
    """
    kept = anonymous.box_of >= 0
    box = anonymous.box[anonymous.box_of[kept]]
    wide = np.maximum(box[:, X1] - box[:, X0], box[:, Y1] - box[:, Y0])
    lasts = box[:, T1] - box[:, T0]
    costs = 0.5 * np.minimum(wide / MOST_M, 1) + 0.5 * np.minimum(lasts / MOST_S, 1)
    size = np.bincount(anonymous.group[anonymous.group >= 0])
    empty = np.diff(anonymous.box_start) == 0
    return {
        "k": k,
        "users": int((anonymous.group >= 0).sum()),
        "groups": int(size.size),
        "smallest_group": int(size.min()),
        "samples": int(kept.size),
        "mean_cost": round(float((costs.sum() + (~kept).sum()) / kept.size), 6),
        "left_out_share": round(float(1 - kept.mean()), 6),
        "users_with_nothing_left": int(size[empty].sum()),
        "median_width_m": round(float(np.median(wide)), 1) if kept.any() else None,
        "median_duration_s": round(float(np.median(lasts)), 1) if kept.any() else None,
        "mean_width_m": round(float(wide.mean()), 1) if kept.any() else None,
        "mean_duration_s": round(float(lasts.mean()), 1) if kept.any() else None,
    }
