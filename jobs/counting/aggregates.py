"""Let out of counted figures what disclosure control allows, or blur them."""

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from jobs.counting.disclosure import DisclosureParams, PrivacyBudget, shown_figures
from jobs.counting.partial_sums import Sums
from jobs.counting.rollups import Keys, Rollup
from jobs.engine.store import StoredFile
from jobs.privacy.dp import NoisePlan, noisy, plan_noise, released_counts
from jobs.schema import Table
from kernels.privacy.contributions import kept_contributions

if TYPE_CHECKING:
    from fractions import Fraction

_CLIP = 8
_SCALARS = 4
_SCALAR_SHARE = 10
"""One part in so many of epsilon goes to totals, a quarter to each."""


@dataclass(frozen=True)
class Aggregate:
    """Files of a table and of its margins, and figures on what was withheld or blurred."""

    files: list[StoredFile]
    margins: list[StoredFile] = field(default_factory=list)
    figures: dict[str, Any] = field(default_factory=dict)


def above_threshold(
    levels: list[Sums], rollups: tuple[Rollup, ...], disclosure: DisclosureParams
) -> tuple[list[Sums], dict[str, Any]]:
    """Figures of each level that may leave, and what was withheld of the finest."""
    shown = shown_figures(levels, rollups, disclosure.min_users)
    rare = levels[0].users < disclosure.min_users
    told = {
        "trips": float(levels[0].trips.sum()),
        "trips_withheld": float(levels[0].trips[~shown[0]].sum()),
        "flows": int(shown[0].size),
        "flows_withheld": int((~shown[0]).sum()),
        "flows_withheld_as_complement": int((~shown[0] & ~rare).sum()),
        "sums_withheld": int(sum((~mask).sum() for mask in shown[1:])),
        "min_users": disclosure.min_users,
    }
    return [sums.rows(mask) for sums, mask in zip(levels, shown, strict=True)], told


def margin_table(levels: list[Sums], rollups: tuple[Rollup, ...], table: Table, count: str) -> pa.Table:
    """Rows of a table of margins; `count` names its column of trips or hours."""
    parts = []
    for sums, rollup in zip(levels[1:], rollups, strict=True):
        columns: dict[str, Any] = {
            "level": [rollup.name] * sums.key.size,
            **rollup.columns(sums.key),
            "users": sums.users.astype(np.int32),
            count: sums.trips,
            "population": sums.population,
        }
        arrays = [
            pa.array(columns[c.name], c.type) if c.name in columns else pa.nulls(sums.key.size, c.type)
            for c in table.columns
        ]
        parts.append(pa.table(arrays, [c.name for c in table.columns]))
    rows = pa.concat_tables(parts)
    return table.conform(rows.sort_by([(name, "ascending") for name in table.sorted_by]))


@dataclass(frozen=True, eq=False)
class Limits:
    """What one person may add to counts with noise.

    Attributes
    ----------
    cap : contributions of a pseudonym; windows : pseudonyms that a person has in the release, at most.
    cap_of_key : of a pseudonym's contributions, how many may fall on one key.
    seed : of the choice among a person's contributions.
    """

    cap: int
    windows: int
    cap_of_key: int
    max_weight: float
    seed: int


def limits_of(budget: PrivacyBudget, cap: int, windows: int, once: bool, seed: int) -> Limits:
    """Share a person's cap among the windows, in each of which the person has another pseudonym.

    Parameters
    ----------
    once : whether a person adds to a figure once at most, in each window.
    """
    each = max(1, cap // max(1, windows))
    return Limits(each, max(1, windows), 1 if once else each, budget.max_weight, seed)


def limited_sums(
    user: NDArray[np.uint64], key: Keys, weight: NDArray[np.float64], limits: Limits
) -> list[Sums]:
    """Contributions of one file within the limits, by key; then the totals that scale them.

    Parameters
    ----------
    user, key : [n], rows of a user together; weight : expansion weight of each row's user.
    """
    start = np.append(np.flatnonzero(np.append(True, user[1:] != user[:-1])), user.size) if user.size else [0]
    start = np.asarray(start, np.int64)
    first = start[:-1]
    kept = kept_contributions(start, user[first], limits.cap, limits.seed)
    found, counted = np.unique(key[kept], return_counts=True)
    none = np.zeros(found.size)
    totals = (
        first.size,
        int(kept.sum()),
        int(np.minimum(np.diff(start), _CLIP * limits.cap).sum()),
        int(np.floor(np.minimum(weight[first], limits.max_weight)).sum()),
    )
    scalars = np.array(totals, np.float64)
    return [
        Sums(found, counted.astype(np.int64), counted.astype(np.float64), none),
        Sums(np.arange(_SCALARS), np.zeros(_SCALARS, np.int64), scalars, np.zeros(_SCALARS)),
    ]


@dataclass(frozen=True)
class Blurred:
    """Counts with noise, scaled to all trips or hours and to the population; and how this was done."""

    sums: Sums
    figures: dict[str, Any]


def blurred(
    levels: list[Sums], budget: PrivacyBudget, limits: Limits, key: NDArray[np.uint32], every_key: Keys | None
) -> Blurred:
    """Add noise to what `limited_sums` counted, and let out what the budget allows.

    Parameters
    ----------
    key : of the noise; every_key : all keys of the grid where they are public.
    """
    counts, scalars = levels
    plan, totals = _plans(budget, limits)
    if every_key is not None:
        counts = _on_grid(counts, every_key)
    value, shown = released_counts(np.rint(counts.trips).astype(np.int64), plan, key)
    people, kept, all_, weight = _noisy_totals(scalars, totals, key)
    to_all, to_population = max(1.0, all_ / kept), weight / people
    shown_value = value[shown].astype(np.float64)
    sums = Sums(
        counts.key[shown],
        value[shown].astype(np.int64),
        shown_value * to_all,
        shown_value * to_all * to_population,
    )
    figures = {
        "trips": round(all_, 1),
        "trips_withheld": round(max(0.0, all_ - float(sums.trips.sum())), 1),
        "flows": int(shown.sum()),
        "flows_withheld": 0,
        "min_users": plan.least or 0,
        "dp": {
            **plan.as_json(),
            "epsilon": str(budget.epsilon),
            "delta": budget.delta,
            "windows": limits.windows,
            "keys": budget.keys,
            "scaled_by": round(to_all, 4),
            "totals": {name: told.as_json() for name, told in zip(_TOTALS, totals, strict=True)},
        },
    }
    return Blurred(sums, figures)


_TOTALS = ("users", "contributions", "all", "weights")


def _plans(budget: PrivacyBudget, limits: Limits) -> tuple[NoisePlan, list[NoisePlan]]:
    """Noise of the counts and of the four totals; their epsilons add up to the budget's."""
    for_totals = budget.epsilon / _SCALAR_SHARE
    cap = limits.cap * limits.windows
    plan = plan_noise(
        budget.epsilon - for_totals,
        budget.delta,
        cap,
        limits.cap_of_key * limits.windows if limits.cap_of_key > 1 else limits.windows,
        budget.noise,
        budget.keys == "private",
    )
    added = (limits.windows, cap, _CLIP * cap, int(np.ceil(limits.max_weight)) * limits.windows)
    each: Fraction = for_totals / _SCALARS
    return plan, [plan_noise(each, budget.delta, most, most, "laplace", False) for most in added]


def _noisy_totals(scalars: Sums, plans: list[NoisePlan], key: NDArray[np.uint32]) -> list[float]:
    """Totals with noise, at least 1."""
    exact = np.zeros(_SCALARS, np.int64)
    exact[scalars.key] = np.rint(scalars.trips).astype(np.int64)
    return [
        max(1.0, float(noisy(exact[i : i + 1], plan, key, purpose=i + 1)[0])) for i, plan in enumerate(plans)
    ]


def _on_grid(counts: Sums, every_key: Keys) -> Sums:
    trips = np.zeros(every_key.size)
    trips[np.searchsorted(every_key, counts.key)] = counts.trips
    return Sums(every_key, trips.astype(np.int64), trips, np.zeros(every_key.size))
