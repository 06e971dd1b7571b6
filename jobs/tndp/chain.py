"""One chain of annealing: a network with all that its moves need."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from jobs.tndp.instance import TransitInstance
from jobs.tndp.routes import Route
from jobs.tndp.score import as_arrays
from kernels.routes.annealing import BEST, NOW, Incumbent, Objective, anneal, measure, remember, worsenings
from kernels.routes.arrays import Instance, Network, empty_network, put_route, settle
from kernels.routes.change import Undo, empty_undo
from kernels.routes.draft import Draft, empty_draft
from kernels.routes.moves import MOVES

_CHANCES = (1.0, 1.0, 1.0, 1.0, 1.0, 1.0, 2.0, 1.0, 1.0, 0.3)
"""How often each move is tried, in the order of `kernels.routes.moves`; a whole new route is seldom kept."""


@dataclass(frozen=True, eq=False)
class Chain:
    """A network under way, the best one it has been, and its own random numbers."""

    instance: Instance
    net: Network
    objective: Objective
    undo: Undo
    draft: Draft
    best: Incumbent
    pairs: NDArray[np.int32]
    chances: NDArray[np.float64]
    rng: NDArray[np.uint64]

    @property
    def now(self) -> float:
        """The objective of the network under way."""
        return float(self.best.value[NOW])

    @property
    def best_value(self) -> float:
        """The objective of the best network that obeys the rules, inf before there is one."""
        return float(self.best.value[BEST])

    def best_routes(self) -> list[Route]:
        """Routes of the best network that obeys the rules."""
        pairs = zip(self.best.stops, self.best.size, strict=True)
        return [tuple(int(node) for node in stops[:size]) for stops, size in pairs]

    def anneal(self, steps: int, temperature: float, cooled_to: float) -> int:
        """Try `steps` moves; networks evaluated."""
        return int(
            anneal(
                self.instance,
                self.net,
                self.objective,
                self.undo,
                self.draft,
                self.best,
                self.pairs,
                self.chances,
                self.rng,
                steps,
                temperature,
                cooled_to,
            )
        )

    def worsenings(self, tries: int) -> NDArray[np.float64]:
        """How much worse random moves would make the network, minutes."""
        found: NDArray[np.float64] = worsenings(
            self.instance,
            self.net,
            self.objective,
            self.undo,
            self.draft,
            self.pairs,
            self.chances,
            self.rng,
            tries,
        )
        return found

    def go_on_from(self, stops: NDArray[np.int32], size: NDArray[np.int32]) -> None:
        """Take other routes as the network under way."""
        for route in range(size.size):
            put_route(self.instance, self.net, route, stops[route], size[route])
        settle(self.instance, self.net)
        value, allowed = measure(self.instance, self.net, self.objective, self.pairs)
        self.best.value[NOW] = value
        if allowed and value < self.best_value:
            remember(self.net, self.best, value)

    def go_on_from_best(self) -> None:
        """Go back to the best network that obeys the rules, where there is one."""
        if np.isfinite(self.best_value):
            self.go_on_from(self.best.stops.copy(), self.best.size.copy())


def make_chain(
    instance: TransitInstance,
    routes: Sequence[Route],
    bounds: tuple[int, int],
    movable: NDArray[np.int32],
    objective: Objective,
    rng: NDArray[np.uint64],
) -> Chain:
    """A chain that sets out from `routes`, of which `movable` may change, with `bounds` of nodes a route."""
    stops, size = as_arrays(routes, bounds[1])
    net = empty_network(instance.nodes, len(routes), bounds[1])
    counts = np.zeros((2, MOVES), np.int64)
    chain = Chain(
        instance.arrays,
        net,
        objective,
        empty_undo(net),
        empty_draft(instance.nodes, *bounds, movable),
        Incumbent(stops.copy(), size.copy(), np.full(2, np.inf), *counts),
        np.zeros((2, instance.nodes**2), np.int32),
        np.cumsum(_CHANCES) / np.sum(_CHANCES),
        rng,
    )
    chain.go_on_from(stops, size)
    return chain
