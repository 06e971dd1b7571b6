"""Search for a set of routes: simulated annealing in chains that run side by side.

Each chain sets out from shortest paths that serve much demand, or from a known network; goes downhill for a
while, so that the usual size of a change can be measured; is annealed from that size to a twentieth of it, more
than once where time allows; and goes downhill to the end. The chains are threads: kernels release the
interpreter's lock. The best chain counts; letting chains that lag go on from the best one was tried and changed
nothing beyond noise.
"""

import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import numpy as np

from jobs.errors import RunError
from jobs.tndp.budget import Budget, StepBudget
from jobs.tndp.chain import Chain, make_chain
from jobs.tndp.first_routes import check_room, first_routes, objective_of
from jobs.tndp.instance import TransitInstance, make_instance
from jobs.tndp.known import KnownNetwork
from jobs.tndp.params import SearchParams
from jobs.tndp.routes import Route
from kernels.counter_random import stream

_DOWNHILL_UNTIL, _POLISH_FROM = 0.04, 0.97
_HOT, _HOT_AGAIN, _HOT_FROM_KNOWN, _COLD = 1.0, 2.0, 0.5, 0.05
"""Temperatures in medians of what random moves worsen; a known network is left less far."""
_STEPS_A_STOP, _MOST_CYCLES = 12_000, 20
"""Moves of one cycle of annealing for each place for a stop in the network. On Mumford0, one longer cycle found no
better networks than some of this length: small instances have time for several."""
_TRIES = 2_000
_FROZEN = 1e-9
_TOPIC = 8


@dataclass(frozen=True)
class Found:
    """What a search found.

    Attributes
    ----------
    routes : the best network that obeys the rules.
    steps : moves tried, of each chain; evaluated : networks evaluated, of all.
    """

    routes: list[Route]
    steps: int
    evaluated: int


def search(
    instance: TransitInstance,
    params: SearchParams,
    budget: Budget,
    start: KnownNetwork | None = None,
    stop: Callable[[], bool] = lambda: False,
) -> Found:
    """The best set of routes found within the budget.

    Parameters
    ----------
    start : a known network to set out from; None: shortest paths.
    stop : asked between rounds of about a tenth of a second whether to end early.

    Raises
    ------
    ConfigError
        No network can obey the rules, or no paths were found to set out from.
    RunError
        None was found that does.
    """
    check_room(instance, params)
    chains = [_chain(instance, params, start, number) for number in range(params.chains)]
    runner = _Runner(chains, budget, stop)
    runner.until(_DOWNHILL_UNTIL, _FROZEN, _FROZEN)
    median = float(np.median(np.concatenate([[1e-6], *(chain.worsenings(_TRIES) for chain in chains)])))
    cycles = annealing_cycles(params, runner.steps / max(budget.spent(), 1e-9))
    for cycle in range(cycles):
        until = _DOWNHILL_UNTIL + (_POLISH_FROM - _DOWNHILL_UNTIL) * (cycle + 1) / cycles
        hot = _HOT_FROM_KNOWN if start else _HOT_AGAIN if cycle else _HOT
        runner.until(until, median * hot, median * _COLD)
    for chain in chains:
        chain.go_on_from_best()
    runner.until(1.0, _FROZEN, _FROZEN)
    best = min(chains, key=lambda chain: chain.best_value)
    if not np.isfinite(best.best_value):
        raise RunError(
            "found no network that serves every node within the rules",
            mend="give it more seconds, more routes, longer routes or more minutes of all routes",
        )
    return Found(best.best_routes(), runner.steps, runner.evaluated)


def annealing_cycles(params: SearchParams, all_steps: float) -> int:
    """How often to anneal in so many steps."""
    places = params.routes * params.max_nodes
    return int(min(_MOST_CYCLES, max(1.0, all_steps / (_STEPS_A_STOP * places))))


def _chain(instance: TransitInstance, params: SearchParams, start: KnownNetwork | None, number: int) -> Chain:
    rng = np.array([stream(params.seed, _TOPIC, number)], np.uint64)
    bounds = params.bounds(instance.nodes)
    if start is None:
        movable = np.arange(params.routes, dtype=np.int32)
        start = KnownNetwork(first_routes(instance, params.routes, bounds, rng), movable)
    return make_chain(instance, start.routes, bounds, start.movable, objective_of(instance, params), rng)


def warm_up() -> None:
    """Compile the kernels, or load what was compiled before, so that a search's time is its own."""
    ring = np.eye(4, k=1, dtype=np.int64) + np.eye(4, k=3, dtype=np.int64)
    instance = make_instance("abcd", ring, ring, "ring")
    search(instance, SearchParams(routes=2, min_nodes=2, max_nodes=4, chains=1), StepBudget(100))


class _Runner:
    """Runs chains side by side, round by round."""

    def __init__(self, chains: list[Chain], budget: Budget, stop: Callable[[], bool]) -> None:
        self.steps, self.evaluated = 0, 0
        self._chains, self._budget, self._stop = chains, budget, stop

    def until(self, share: float, temperature: float, cooled_to: float) -> None:
        """Anneal until `share` of the budget is spent, while the temperature falls geometrically."""
        began = self._budget.spent()
        if began >= share:
            return

        def at(spent: float) -> float:
            part = min(1.0, max(0.0, (spent - began) / (share - began)))
            return float(temperature * (cooled_to / temperature) ** part)

        with ThreadPoolExecutor(len(self._chains)) as threads:
            while (spent := self._budget.spent()) < share and not self._stop():
                self._round(threads, at(spent), at(spent + self._budget.ahead()))

    def _round(self, threads: ThreadPoolExecutor, temperature: float, cooled_to: float) -> None:
        steps, began = self._budget.steps(), time.monotonic()
        running = [threads.submit(chain.anneal, steps, temperature, cooled_to) for chain in self._chains]
        self.evaluated += sum(run.result() for run in running)
        self.steps += steps
        self._budget.done(steps, time.monotonic() - began)
