"""SET1 with differential privacy for a person's whole data, as `od` and `presence` have it.

A person's data are the records that the operator keeps of them, one for each side of a call. Up to the cap
of them, chosen at random among the person's own, take part; a call whose other side does not take part, or is
of another network, ends at -1. So a person more or less changes figures by two for each record that takes
part at most: the call with both places appears, the one with -1 goes.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from jobs.counting.disclosure import PrivacyBudget
from jobs.privacy.dp import NoisePlan, noisy, plan_noise, released_counts
from jobs.release.interactions import CALL, Interactions
from kernels.privacy.contributions import kept_contributions

_TOTALS = ("contributions", "all", "calls", "seconds")
_TOTALS_SHARE = 10
"""One part in so many of epsilon goes to totals, a quarter to each."""
_CLIP = 8
"""In the total, a person's records count up to so many times the cap."""
_LONGEST_S = 1_200
"""In the mean duration, a call counts up to 20 minutes."""
_OF_FIGURES = 16
"""Noise of figures is told apart from that of totals, and by part, from here on."""


@dataclass(frozen=True)
class Totals:
    """Records that take part, all records, calls among those that take part, and their seconds; all bounded."""

    values: tuple[int, ...]

    @classmethod
    def summed(cls, told: Iterable[list[int]]) -> "Totals":
        """Sum of what parts told."""
        return cls(tuple(int(sum(column)) for column in zip([0] * len(_TOTALS), *told, strict=True)))

    def as_json(self) -> list[int]:
        return list(self.values)

    def as_block(self) -> pa.Table:
        """As a block that travels along."""
        return pa.table({"totals": pa.array(self.values, pa.int64())})

    @staticmethod
    def is_block(block: pa.Table) -> bool:
        """Whether a block holds totals."""
        return bool(block.column_names == ["totals"])

    @classmethod
    def of_block(cls, block: pa.Table) -> "Totals":
        """Undo `as_block`."""
        return cls(tuple(block["totals"].to_pylist()))


@dataclass(frozen=True, eq=False)
class TrafficNoise:
    """Noise of SET1.

    Attributes
    ----------
    cap : records of a pseudonym that take part; windows : pseudonyms that a person has, at most.
    key : uint32[8], of `jobs.privacy.dp.noise_key`.
    """

    budget: PrivacyBudget
    windows: int
    key: NDArray[np.uint32]

    @property
    def cap(self) -> int:
        return max(1, self.budget.cap.traffic // max(1, self.windows))

    @cached_property
    def plan(self) -> NoisePlan:
        """Noise of the figures. Keys are always private: pairs of places and hours are too many to list."""
        taken = self.cap * self.windows
        epsilon = self.budget.epsilon * (_TOTALS_SHARE - 1) / _TOTALS_SHARE
        return plan_noise(epsilon, self.budget.delta, 2 * taken, taken, self.budget.noise)

    @cached_property
    def plans_of_totals(self) -> list[NoisePlan]:
        """Noise of each total."""
        taken = self.cap * self.windows
        each = self.budget.epsilon / _TOTALS_SHARE / len(_TOTALS)
        added = (taken, _CLIP * taken, taken, _LONGEST_S * taken)
        return [plan_noise(each, self.budget.delta, most, most, "laplace", False) for most in added]

    def limited(self, sides: Interactions) -> tuple[Interactions, Totals]:
        """The records of some users that take part, by a choice that depends on each user's own alone."""
        user = sides.user
        if not user.size:
            return sides, Totals.summed([])
        start = np.append(np.flatnonzero(np.append(True, user[1:] != user[:-1])), user.size).astype(np.int64)
        kept = kept_contributions(start, user[start[:-1]], self.cap, int(self.key[0]))
        taken = sides.rows(kept)
        is_call = taken.kind == CALL
        values = (
            user[kept].size,
            int(np.minimum(np.diff(start), _CLIP * self.cap).sum()),
            int(is_call.sum()),
            int(np.minimum(taken.duration_s[is_call], _LONGEST_S).sum()),
        )
        return taken, Totals(values)

    def blurred(self, counts: NDArray[np.int64], part: int) -> tuple[NDArray[np.int64], NDArray[np.bool_]]:
        """Counts of a part with noise, and which of them appear."""
        return released_counts(counts, self.plan, self.key, _OF_FIGURES + part)

    def scaled(self, figures: pa.Table, totals: Totals) -> tuple[pa.Table, dict[str, Any]]:
        """Figures scaled to all records, with durations: number times the mean of all calls; how it was done."""
        taken, every, calls, seconds = (
            max(1, int(noisy(np.array([value], np.int64), plan, self.key, 1 + i)[0]))
            for i, (value, plan) in enumerate(zip(totals.values, self.plans_of_totals, strict=True))
        )
        to_all, mean_s = max(1.0, every / taken), min(seconds / calls, _LONGEST_S)
        number = np.rint(figures["number"].to_numpy() * to_all).astype(np.int64)
        duration = np.where(figures["kind"].to_numpy() == CALL, np.rint(number * mean_s), 0).astype(np.int64)
        for name, values in (("number", number), ("duration_s", duration)):
            figures = figures.set_column(figures.column_names.index(name), name, pa.array(values))
        told = {
            "figures_shown": figures.num_rows,
            "dp": {
                **self.plan.as_json(),
                "epsilon": str(self.budget.epsilon),
                "delta": self.budget.delta,
                "windows": self.windows,
                "keys": "private",
                "cap": self.cap * self.windows,
                "scaled_by": round(to_all, 4),
                "mean_call_s": round(mean_s, 1),
                "totals": {n: p.as_json() for n, p in zip(_TOTALS, self.plans_of_totals, strict=True)},
            },
        }
        return figures, told
