"""How sure a proposal is: the share of resampled OD matrices for which it would be chosen again.

Flows are counts of users, and a count of n has the spread of a Poisson variable of mean n: each
resample multiplies a flow by Poisson(n) / n. The times of journeys do not depend on how many
are made, so what an option would save under another matrix follows from the trials that were assigned:
no resample needs an assignment of its own.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from jobs.transit.changes import Mark, Option
from jobs.transit.evaluation import Evaluator
from jobs.transit.options import Trial
from jobs.transit.params import TransitParams
from jobs.transit.search import Searched
from jobs.transit.selection import Rivals, choose

_GAP = 0.005
"""Relative gap of a selection that is only counted."""


@dataclass(frozen=True)
class Precision:
    """How well flows are known. F flows, E demand entries."""

    users: np.ndarray
    """(S, F) distinct users seen."""
    flow: np.ndarray
    """(E,) the flow that each entry of the demand is part of."""


def resampled(
    evaluator: Evaluator,
    found: Searched,
    rivals: Rivals,
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
            groups = _same_groups(found.musts, found.options, options)
            chosen = choose(options, found.budget, rivals, params.solver_seconds, groups, _GAP)
        except KeyboardInterrupt:
            progress("interrupted: confidence from the resamples so far")
            break
        for key in {o.mark for o in chosen}:
            counts[key] = counts.get(key, 0) + 1
        done += 1
    progress(f"{done} resamples of the OD matrix")
    return {key: count / max(done, 1) for key, count in counts.items()}


def multipliers(precision: Precision, entries: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """(S, entries) Poisson(users) / users of each entry's flow, 1 where nobody was seen."""
    users = precision.users
    factor = np.where(users > 0, rng.poisson(users) / np.maximum(users, 1e-9), 1.0)
    return np.asarray(factor[:, precision.flow[entries]])


def revalued(options: Sequence[Option], trials: Sequence[Trial], trips: np.ndarray) -> list[Option]:
    """Options with what they would save for other numbers of trips, (S, E)."""
    saved = [-float(trial.lost_min @ trips[trial.slot]) for trial in trials]
    return [
        replace(o, saves_min=sum(weight * saved[trial] for trial, weight in o.terms)) if o.terms else o
        for o in options
    ]


def _same_groups(
    groups: Sequence[Sequence[Option]], options: Sequence[Option], others: Sequence[Option]
) -> list[list[Option]]:
    """The groups of options that must be chosen from, in another valuation."""
    at = {id(o): i for i, o in enumerate(options)}
    return [[others[at[id(o)]] for o in group] for group in groups]
