"""Membership inference: whether a recipient of counts can tell that a person is in them.

The game of Pyrgelis, Troncoso and De Cristofaro 2018 (Knock Knock, Who's There?, NDSS): counts of a
group with or without the target are published; who knows the target's points and groups alike has to
say which. Reported is the area under the curve (AUC): 0.5 is a coin, 1 is certainty.
"""

from typing import Any

import numpy as np
from numpy.typing import NDArray
from pydantic import Field

from jobs.params import Params
from jobs.privacy.figures import mean_of_people
from jobs.privacy.rules import Rule
from jobs.privacy.traces import Points
from kernels.privacy.membership import area_under_curve, group_counts

_MOST_POINTS = 2_000


class MembershipParams(Params):
    """The game."""

    targets: int = Field(40, ge=2, description="persons attacked, drawn at random")
    group: int = Field(500, ge=2, description="persons behind the counts; at most half of all are taken")
    groups: int = Field(
        200, ge=20, description="groups with and without the target, each; half are for learning"
    )
    seed: int = Field(1, ge=0)


def membership(points: Points, rule: Rule, params: MembershipParams) -> dict[str, Any]:
    """AUC of the best linear score that can be learnt from groups like the one published.

    The score adds up the published counts at the target's points, each weighed by how far the target
    moves its mean, over its variance: optimal for counts that are normal and independent, and what beat
    learnt classifiers in arXiv:2412.20456.
    """
    size = min(params.group, points.users // 2)
    limited = rule.limited(points)
    rng = np.random.default_rng(params.seed)
    with_points = np.flatnonzero(np.diff(points.user_start) > 0)
    chosen = np.sort(rng.permutation(with_points)[: params.targets])
    areas = np.array([_area(points, limited, rule, int(t), size, params) for t in chosen])
    return {
        "users": points.users,
        "group": size,
        "targets": int(chosen.size),
        "auc": mean_of_people(areas).rounded(),
        "auc_of_the_worst": round(float(areas.max()), 6) if areas.size else 0.5,
    }


def _area(
    points: Points, limited: Points, rule: Rule, target: int, size: int, params: MembershipParams
) -> float:
    own = points.point[points.user_start[target] : points.user_start[target + 1]][:_MOST_POINTS]
    mine = limited.point[limited.user_start[target] : limited.user_start[target + 1]]

    def published(others: int, with_target: bool) -> NDArray[np.float64]:
        seed = params.seed + 2 * target + with_target
        counts = group_counts(
            own, limited.list_start, limited.owner, limited.users, target, others, params.groups, seed
        )
        if with_target:
            counts = counts + np.isin(own, mine)
        return rule.published(counts, seed).astype(np.float64)

    inside, outside = published(size - 1, True), published(size, False)
    learn, play = slice(0, params.groups // 2), slice(params.groups // 2, None)
    spread = inside[learn].var(0) + outside[learn].var(0)
    weight = (inside[learn].mean(0) - outside[learn].mean(0)) / (spread + 1e-3)
    return float(area_under_curve(inside[play] @ weight, outside[play] @ weight))
