"""Disclosure control: what is done to aggregates before they leave."""

from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

import numpy as np
from numpy.typing import NDArray
from pydantic import Field, model_validator

from jobs.counting.partial_sums import Sums
from jobs.counting.rollups import Rollup
from jobs.params import Location, Params
from kernels.privacy.suppression import open_sums, suppressed_tree


class Cap(Params):
    """How much of one person is counted in a release with noise."""

    od: int = Field(30, ge=1, le=10_000, description="trips of a person in the whole release")
    presence: int = Field(100, ge=1, le=10_000, description="hours of a person in the whole release")
    traffic: int = Field(
        50, ge=1, le=10_000, description="calls and texts of a person in set1, whole release"
    )


class PrivacyBudget(Params):
    """Differential privacy for a person's whole data in a release."""

    epsilon: Fraction = Field(Fraction(1), gt=0, le=20, description="of each table (od, presence, set1)")
    delta: float = Field(1e-8, gt=0, le=1e-4, description="of each table")
    cap: Cap = Field(default_factory=Cap)
    noise: Literal["auto", "laplace", "gaussian"] = Field("auto", description="auto: whichever is smaller")
    keys: Literal["private", "public"] = Field(
        "private",
        description="private: only figures above a noisy threshold appear; public: every possible figure of "
        "the grid appears, with noise",
    )
    max_weight: float = Field(
        50, gt=0, description="a person's expansion weight counts up to this in the population's estimate"
    )
    limit_epsilon: Fraction = Field(
        Fraction(4), gt=0, description="of all releases on the same period together"
    )
    limit_delta: float = Field(1e-6, gt=0, description="of all releases on the same period together")
    population: str = Field("all", pattern=r"^[\w .-]+$", description="name of the population in the ledger")
    ledger: Location | None = Field(
        None, description="file that remembers what was spent; without: privacy-budget.json in the workspace"
    )


class DisclosureParams(Params):
    """What is withheld from aggregates, or how they are blurred."""

    min_users: int = Field(
        15, ge=1, description="threshold k: figures about fewer distinct users are withheld"
    )
    margins: bool = Field(
        True,
        description="publish sums over coarser H3 cells and times too; what could be computed from them by "
        "subtraction is withheld as well",
    )
    coarser: int = Field(2, ge=0, le=6, description="margins: how many coarser H3 resolutions")
    method: Literal["threshold", "dp"] = Field(
        "threshold", description="threshold: withhold figures of few users; dp: differential privacy"
    )
    dp: PrivacyBudget | None = Field(None, description="parameters of method dp")

    @model_validator(mode="after")
    def _dp_has_parameters(self) -> "DisclosureParams":
        if self.method == "dp" and self.dp is None:
            raise ValueError("method dp needs the section `dp`; `dp: {}` takes epsilon 1, delta 1e-8")
        if self.dp is not None and self.method != "dp":
            raise ValueError("`dp` is given, but method is threshold: its noise would not be added")
        return self


@dataclass(frozen=True, eq=False)
class Forest:
    """Figures of all levels in one numbering, finest first.

    Attributes
    ----------
    parent : int64[n], the sum that each figure is part of; -1 at the top.
    level_start : where each level starts, and the end.
    users : int64[n]; value : float64[n], what adds up over levels.
    """

    parent: NDArray[np.int64]
    level_start: tuple[int, ...]
    users: NDArray[np.int64]
    value: NDArray[np.float64]

    @property
    def leaves(self) -> int:
        return self.level_start[1]


def forest_of(levels: list[Sums], rollups: tuple[Rollup, ...]) -> Forest:
    """Number the figures of all levels. `levels` has one more than `rollups`: the finest."""
    starts = np.concatenate([[0], np.cumsum([sums.key.size for sums in levels])]).astype(np.int64)
    parent = np.full(int(starts[-1]), -1, np.int64)
    for i, rollup in enumerate(rollups):
        above = np.searchsorted(levels[i + 1].key, rollup.up(levels[i].key))
        parent[starts[i] : starts[i + 1]] = starts[i + 1] + above
    users = np.concatenate([sums.users for sums in levels]).astype(np.int64)
    trips = np.concatenate([sums.trips for sums in levels])
    return Forest(parent, tuple(starts.tolist()), users, trips)


def shown_figures(levels: list[Sums], rollups: tuple[Rollup, ...], k: int) -> list[NDArray[np.bool_]]:
    """Which figures of each level leave: none of fewer than k users, and none that tells of such a one."""
    forest = forest_of(levels, rollups)
    shown = suppressed_tree(forest.parent, forest.leaves, forest.users, forest.value, k)
    return [shown[a:b] for a, b in zip(forest.level_start[:-1], forest.level_start[1:], strict=True)]


@dataclass(frozen=True)
class Audit:
    """What can be computed of withheld figures.

    Attributes
    ----------
    withheld : withheld figures of the finest level.
    computable : of these, those that follow from published figures by subtraction.
    about_few : published sums whose rest, by subtraction, is about withheld figures of which none has k users.
    shown_below_k : published figures, of any level, of fewer than k users.
    narrowest : the smallest interval that a withheld figure is known to lie in.
    """

    withheld: int
    computable: int
    about_few: int
    shown_below_k: int
    narrowest: float


def audited(forest: Forest, shown: NDArray[np.bool_], k: int) -> Audit:
    """Attack shown figures by subtraction, knowing which withheld figures are not zero.

    Parameters
    ----------
    forest : the true figures; only those marked in `shown` are used as known.
    """
    sum_of, count, rest = open_sums(forest.parent, forest.leaves, shown, forest.value)
    withheld = ~shown[: forest.leaves]
    bounded = sum_of >= 0
    alone = bounded & (count[np.maximum(sum_of, 0)] == 1)
    most = np.zeros(forest.parent.size, np.int64)
    np.maximum.at(most, sum_of[bounded], forest.users[: forest.leaves][bounded])
    width = np.where(alone, 0.0, rest[np.maximum(sum_of, 0)])[bounded]
    return Audit(
        int(withheld.sum()),
        int(alone.sum()),
        int(((count > 0) & (most < k)).sum()),
        int((shown & (forest.users < k)).sum()),
        float(width.min()) if width.size else float("inf"),
    )
