"""Simulated annealing of a set of routes (Kirkpatrick, Gelatt and Vecchi 1983)."""

from typing import NamedTuple

import numpy as np

from kernels._jit import kernel
from kernels.routes.arrays import COST, RUN_MIN, TRANSFER_MIN, Instance, Network, close_hard
from kernels.routes.change import Undo, begin, follow, reroute, take_back
from kernels.routes.draft import Draft
from kernels.routes.moves import propose
from kernels.routes.random_state import next_unit

UNREACHABLE_MIN = 1000.0
"""Minutes that the mean trip would take longer for each pair without a way: never worth it."""
NOW, BEST = 0, 1


class Objective(NamedTuple):
    """What a network costs, in minutes of the mean trip.

    Attributes
    ----------
    all_trips : trips of all pairs.
    run_weight : minutes of the mean trip that a minute of all routes is worth.
    most_run_min : most minutes of all routes; each one above costs `excess_weight`.
    """

    all_trips: float
    run_weight: float
    most_run_min: float
    excess_weight: float


class Incumbent(NamedTuple):
    """Best network so far that obeys every rule.

    Attributes
    ----------
    stops, size : int32, as in `Network`.
    value : float64 (2,), the objective now and of the best network, inf before there is one.
    tried, kept : int64, by move.
    """

    stops: np.ndarray
    size: np.ndarray
    value: np.ndarray
    tried: np.ndarray
    kept: np.ndarray


@kernel
def measure(instance: Instance, net: Network, objective: Objective, pairs: np.ndarray) -> tuple[float, bool]:
    """The objective of a network, and whether it obeys the rules: all pairs joined, minutes not above the most."""
    gain, unreachable = close_hard(instance, net, pairs, False)
    value = (net.tally[COST] - gain) / objective.all_trips - TRANSFER_MIN
    run_min = net.tally[RUN_MIN]
    excess = max(0.0, run_min - objective.most_run_min)
    value += objective.run_weight * run_min + objective.excess_weight * excess
    return value + UNREACHABLE_MIN * unreachable, unreachable == 0 and excess == 0.0


@kernel
def remember(net: Network, best: Incumbent, value: float) -> None:
    """Keep a copy of the routes as the best so far."""
    best.value[BEST] = value
    best.size[:] = net.size
    best.stops[:] = net.stops


@kernel
def pick(chances: np.ndarray, rng: np.ndarray) -> int:
    """A random move; `chances` are running sums, the last 1."""
    return int(np.searchsorted(chances, next_unit(rng), side="right"))


@kernel
def change(instance: Instance, net: Network, undo: Undo, draft: Draft, routes: int) -> None:
    """Carry out what is drafted."""
    begin(net, undo)
    for at in range(routes):
        reroute(instance, net, undo, draft.route[at], draft.stops[at], draft.size[at])
    follow(instance, net, undo)


@kernel
def anneal(
    instance: Instance,
    net: Network,
    objective: Objective,
    undo: Undo,
    draft: Draft,
    best: Incumbent,
    pairs: np.ndarray,
    chances: np.ndarray,
    rng: np.ndarray,
    steps: int,
    temperature: float,
    cooled_to: float,
) -> int:
    """Try `steps` moves while the temperature falls geometrically; networks evaluated.

    Parameters
    ----------
    chances : float64 (MOVES,), running sums of the chance of each move, the last 1.
    temperature, cooled_to : minutes of the mean trip, at the first step and after the last.
    """
    cooling = (cooled_to / temperature) ** (1.0 / steps)
    evaluated = 0
    for _ in range(steps):
        temperature *= cooling
        move = pick(chances, rng)
        changed = propose(instance, net, draft, rng, move)
        if changed == 0:
            continue
        evaluated += 1
        best.tried[move] += 1
        change(instance, net, undo, draft, changed)
        value, allowed = measure(instance, net, objective, pairs)
        worse = value - best.value[NOW]
        if worse > 0.0 and next_unit(rng) >= np.exp(-worse / temperature):
            take_back(instance, net, undo)
            continue
        best.kept[move] += 1
        best.value[NOW] = value
        if allowed and value < best.value[BEST] - 1e-9:
            remember(net, best, value)
    return evaluated


@kernel
def worsenings(
    instance: Instance,
    net: Network,
    objective: Objective,
    undo: Undo,
    draft: Draft,
    pairs: np.ndarray,
    chances: np.ndarray,
    rng: np.ndarray,
    tries: int,
) -> np.ndarray:
    """By how many minutes random moves would make the network worse; those that would not are left out."""
    now, _ = measure(instance, net, objective, pairs)
    found = np.empty(tries)
    count = 0
    for _ in range(tries):
        changed = propose(instance, net, draft, rng, pick(chances, rng))
        if changed > 0:
            change(instance, net, undo, draft, changed)
            value, _ = measure(instance, net, objective, pairs)
            take_back(instance, net, undo)
            if 0.0 < value - now < 0.5 * UNREACHABLE_MIN:
                found[count] = value - now
                count += 1
    return found[:count]
