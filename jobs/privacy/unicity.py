"""Unicity of a set of traces: how few known points single a person out."""

import os
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import numpy as np
from numpy.typing import NDArray
from pydantic import Field

from jobs.params import Params
from jobs.privacy.figures import Estimate, share_of_people
from jobs.privacy.traces import Points, Traces, points_of, sampled
from kernels.privacy.posting_lists import list_filters
from kernels.privacy.unicity import points_until_unique, unique_draws

_CHUNKS = 64


class UnicityParams(Params):
    """How unicity is measured."""

    points: tuple[int, ...] = Field((1, 2, 3, 4, 5, 6, 7, 8), description="numbers p of points known")
    draws: int = Field(100, ge=1, le=10_000, description="attempts for each person")
    users: int = Field(20_000, ge=1, description="persons attacked; all others stay in the crowd")
    time_step_s: int = Field(3_600, ge=1, le=86_400, description="precision of a point's time (seconds)")
    seed: int = Field(1, ge=0)


def measured_unicity(points: Points, params: UnicityParams, threads: int = 0) -> dict[str, Any]:
    """E_p for each p, and the information ratio.

    E_p is the probability that p points of a random person, drawn at random from those that the
    person has, are shared by nobody else (de Montjoye et al. 2013, Scientific Reports 3:1376). People
    with fewer than p points are left out of E_p. The information ratio is the share of a person's
    points, taken in random order, that it takes until nobody shares them (Noriega-Campero et al. 2018);
    people who are never unique count as 1.

    Parameters
    ----------
    threads : 0 for as many as there are cores; kernels give the GIL free.
    """
    targets = sampled(points.users, params.users, params.seed)
    known = np.array(params.points, np.int64)
    filters = list_filters(points.list_start, points.owner)
    unique = _in_chunks(
        targets,
        lambda part: unique_draws(
            points.user_start,
            points.point,
            points.list_start,
            points.owner,
            filters,
            part,
            known,
            params.draws,
            params.seed,
        ),
        threads,
    ).reshape(targets.size, known.size)
    needed = _in_chunks(
        targets,
        lambda part: points_until_unique(
            points.user_start, points.point, points.list_start, points.owner, part, params.seed
        ),
        threads,
    )
    size = np.diff(points.user_start)[targets]
    ratio = np.where(needed > 0, needed / np.maximum(size, 1), 1.0)
    told = {str(p): _unicity(unique[:, q], params.draws) for q, p in enumerate(params.points)}
    return {
        "users": points.users,
        "attacked": int(targets.size),
        "median_points_of_a_person": float(np.median(size)) if size.size else 0.0,
        "unicity": {p: estimate.rounded() for p, estimate in told.items()},
        "information_ratio_median": round(float(np.median(ratio)), 6) if ratio.size else 1.0,
        "never_unique_share": round(float((needed < 0).mean()), 6) if needed.size else 0.0,
    }


def _unicity(unique: NDArray[np.int32], draws: int) -> Estimate:
    return share_of_people(unique[unique >= 0] / draws)


def _in_chunks(targets: NDArray[np.int64], attack: Any, threads: int) -> NDArray[np.int32]:
    """Attack parts of the targets in threads; the result does not depend on how many there are."""
    parts = np.array_split(targets, min(_CHUNKS, max(1, targets.size)))
    with ThreadPoolExecutor(threads or os.cpu_count() or 1) as pool:
        return np.concatenate(list(pool.map(attack, parts)))


def unicity_of(traces: Traces, params: UnicityParams) -> dict[str, Any]:
    """Unicity of traces with their time cut to `params.time_step_s`."""
    return measured_unicity(points_of(traces, params.time_step_s), params)
