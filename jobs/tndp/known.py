"""Set out from a known network: which of its routes may change, and what has changed in the end."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from jobs.errors import ConfigError
from jobs.tndp.chain import make_chain
from jobs.tndp.first_routes import first_routes, objective_of
from jobs.tndp.instance import TransitInstance
from jobs.tndp.params import SearchParams
from jobs.tndp.routes import Route


@dataclass(frozen=True)
class KnownNetwork:
    """A network to set out from.

    Attributes
    ----------
    routes : as many as are asked for.
    movable : int32, those of them that may change.
    """

    routes: list[Route]
    movable: NDArray[np.int32]


def own_rules(routes: Sequence[Route]) -> dict[str, int]:
    """Number of routes, and least and most nodes of one, as they are."""
    sizes = [len(route) for route in routes]
    return {"routes": len(routes), "min_nodes": min(sizes), "max_nodes": max(sizes)}


def set_out(instance: TransitInstance, routes: Sequence[Route], params: SearchParams) -> KnownNetwork:
    """A known network, fitted to the number of routes that is asked for.

    Too many: those that the others replace best go. Too few: new ones are added, which may change freely. Of the
    others, all may change, or the `params.max_changed` that the others replace best.

    Raises
    ------
    ConfigError
        A route is shorter or longer than asked.
    """
    for number, route in enumerate(routes, 1):
        if not params.min_nodes <= len(route) <= params.max_nodes:
            raise ConfigError(
                f"route {number} has {len(route)} nodes, not {params.min_nodes} to {params.max_nodes}",
                "--start",
                "widen --min-nodes or --max-nodes, or leave them out",
            )
    surplus = max(0, len(routes) - params.routes)
    dropped = set(least_missed(instance, routes, params, surplus).tolist())
    kept = [route for number, route in enumerate(routes) if number not in dropped]
    movable = np.arange(len(kept), dtype=np.int32)
    if params.max_changed is not None and params.max_changed < len(kept):
        movable = least_missed(instance, kept, params, params.max_changed)
    added = params.routes - len(kept)
    if added > 0:
        new = np.arange(len(kept), params.routes, dtype=np.int32)
        rng = np.array([params.seed], np.uint64)
        kept += first_routes(instance, added, params.bounds(instance.nodes), rng)
        movable = np.concatenate([movable, new])
    return KnownNetwork(kept, movable)


def least_missed(
    instance: TransitInstance, routes: Sequence[Route], params: SearchParams, count: int
) -> NDArray[np.int32]:
    """The `count` routes that the others replace best: one after another, the one without which least gets worse."""
    left = list(range(len(routes)))
    chosen: list[int] = []
    objective = objective_of(instance, params)
    none, rng = np.zeros(0, np.int32), np.zeros(1, np.uint64)
    bounds = (2, max(len(route) for route in routes))
    for _ in range(min(count, len(routes) - 1)):
        rests = ([routes[other] for other in left if other != route] for route in left)
        values = [make_chain(instance, rest, bounds, none, objective, rng).now for rest in rests]
        chosen.append(left.pop(int(np.argmin(values))))
    return np.array(sorted(chosen), np.int32)


def changed_routes(before: Sequence[Route], after: Sequence[Route]) -> int:
    """Routes of `after` that `before` has not, in either direction."""
    known = {min(route, route[::-1]) for route in before}
    return sum(min(route, route[::-1]) not in known for route in after)
