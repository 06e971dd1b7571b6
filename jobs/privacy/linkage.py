"""Whether people can be found again although their identifiers change.

Where identifiers rotate, nobody can say who is who across windows: that is their purpose. So each
window is cut in two halves, in which the truth is known, as if identifiers had changed between them.
"""

from typing import Any

import numpy as np
from numpy.typing import NDArray
from pydantic import Field

from jobs.calendars.days import DAY_S
from jobs.params import Params
from jobs.privacy.figures import share_of_people
from jobs.privacy.traces import Traces, sampled
from kernels.privacy.linkage import rank_of_match, top_places


class LinkageParams(Params):
    """How people are looked for."""

    places: int = Field(10, ge=1, le=100, description="most frequent places compared")
    users: int = Field(5_000, ge=1, description="persons looked for, among all of the other half")
    seed: int = Field(1, ge=0)


def linkage(traces: Traces, params: LinkageParams) -> dict[str, Any]:
    """Share of people whose nearest record in the second half of a window is their own.

    Records are the counts of the most frequent places, weighed by how rare a place is among people; the
    nearest has the greatest cosine. Only people seen in both halves are candidates.
    """
    day = traces.time_s // DAY_S
    middle = (int(day.min()) + int(day.max()) + 1) / 2 if day.size else 0
    halves = [traces.of_events(day < middle), traces.of_events(day >= middle)]
    both = np.flatnonzero(np.all([np.diff(half.user_start) > 0 for half in halves], axis=0))
    if both.size < 2:
        return {
            "candidates": int(both.size),
            "matched": share_of_people(np.empty(0)).rounded(),
            "chance": 1.0,
        }
    (a, x), (b, y) = (
        top_places(half.user_start, half.place, params.places) for half in (h.of_users(both) for h in halves)
    )
    rarity = _rarity(b, traces.places)
    queries = sampled(both.size, params.users, params.seed)
    better, equal = rank_of_match(a, _scaled(a, x, rarity), b, _scaled(b, y, rarity), traces.places, queries)
    success = np.where(better == 0, 1.0 / (1.0 + equal), 0.0)
    return {
        "candidates": int(both.size),
        "looked_for": int(queries.size),
        "matched": share_of_people(success).rounded(),
        "chance": round(1.0 / both.size, 9),
    }


def _rarity(top: NDArray[np.int32], places: int) -> NDArray[np.float64]:
    people = np.bincount(top[top >= 0], minlength=places)
    return np.asarray(np.log((1 + top.shape[0]) / (1 + people)) + 1e-9, np.float64)


def _scaled(
    top: NDArray[np.int32], count: NDArray[np.float64], rarity: NDArray[np.float64]
) -> NDArray[np.float64]:
    """Counts weighed by rarity, each row scaled to length 1."""
    weight = np.where(top >= 0, count * rarity[np.maximum(top, 0)], 0.0)
    length = np.sqrt((weight**2).sum(1, keepdims=True))
    return np.asarray(weight / np.maximum(length, 1e-300), np.float64)
