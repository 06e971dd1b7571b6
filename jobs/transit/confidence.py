"""How sure a proposal is: the share of resampled OD matrices for which it would be chosen again.

Each resample multiplies the flows by gamma variables of mean 1 whose spread is that of the 90 % intervals which the OD
matrix states (Fay and Feuer 1997: a weighted sum of Poisson counts is close to a gamma variable), or of a count of
users where it states none. Flows of one pair of cells move together in both directions and all slots: the same
people travel there and back, all day types of the period. What is wrong with the network is diagnosed anew, with one
assignment of the day, and the changes are selected anew. What an option would save needs no assignment of its own:
the times of journeys do not depend on how many are made.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from jobs.transit.candidates import Candidates
from jobs.transit.changes import Mark, Option
from jobs.transit.diagnosis import under_served
from jobs.transit.evaluation import Evaluator
from jobs.transit.feeds.faults import find_faults, musts
from jobs.transit.lines import LineSet
from jobs.transit.options import Trial
from jobs.transit.params import TransitParams
from jobs.transit.search import Searched
from jobs.transit.selection import choose

_MOST_VARIATION = 1.5
"""Quantiles of wider gamma variables are not approximated well."""
_GAP = 0.005
"""Relative gap of a selection that is only counted."""


@dataclass(frozen=True)
class Precision:
    """How well flows are known. F flows, E demand entries."""

    variation: np.ndarray
    """(S, F) standard error over the flow."""
    pair: np.ndarray
    """(F,) the pair of cells, the same for both directions."""
    flow: np.ndarray
    """(E,) the flow that each entry of the demand is part of."""


def resampled(
    evaluator: Evaluator,
    lines: LineSet,
    found: Searched,
    candidates: Candidates,
    precision: Precision,
    params: TransitParams,
    progress: Callable[[str], None],
) -> Mapping[Mark, float]:
    """Share of resamples in which each change is chosen, at whatever headways."""
    if not params.resamples:
        return {}
    rng = np.random.default_rng(params.seed)
    counts: dict[Mark, int] = {}
    done = 0
    for _ in range(params.resamples):
        try:
            trips = evaluator.trips_by_slot * multipliers(precision, evaluator.entries, rng)
            options = revalued(found.options, found.trials, trips)
            starved = under_served(evaluator.with_trips(trips), lines, params.standards)
            faults = find_faults(candidates.twins, starved, params)
            groups = musts(faults, options, lines.slots.names, params)
            chosen = choose(options, found.budget, candidates.rivals, params.solver_seconds, groups, _GAP)
        except KeyboardInterrupt:
            progress("interrupted: confidence from the resamples so far")
            break
        for key in {o.mark for o in chosen}:
            counts[key] = counts.get(key, 0) + 1
        done += 1
    progress(f"{done} resamples of the OD matrix")
    return {key: count / max(done, 1) for key, count in counts.items()}


def multipliers(precision: Precision, entries: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """(S, entries) gamma variables of mean 1 and each entry's spread; 1 where the flow is certain.

    Quantiles of one normal variable a pair of cells: Wilson and Hilferty 1931.
    """
    z = rng.standard_normal(int(precision.pair.max(initial=-1)) + 1)[precision.pair]
    spread = np.minimum(precision.variation, _MOST_VARIATION)
    factor = np.maximum(1.0 - spread**2 / 9.0 + z * spread / 3.0, 0.0) ** 3
    return np.asarray(factor[:, precision.flow[entries]])


def revalued(options: Sequence[Option], trials: Sequence[Trial], trips: np.ndarray) -> list[Option]:
    """Options with what they would save for other numbers of trips, (S, E)."""
    saved = [-float(trial.lost_min @ trips[trial.slot]) for trial in trials]
    return [
        replace(o, saves_min=sum(weight * saved[trial] for trial, weight in o.terms)) if o.terms else o
        for o in options
    ]
