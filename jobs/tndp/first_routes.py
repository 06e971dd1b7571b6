"""Where a search sets out: its aim, and a first set of routes."""

import networkx as nx
import numpy as np
from numpy.typing import NDArray

from jobs.errors import ConfigError
from jobs.tndp.instance import TransitInstance
from jobs.tndp.params import SearchParams
from jobs.tndp.routes import Route
from kernels.routes.annealing import Objective
from kernels.routes.start import greedy_routes

_STARTS = 10


def objective_of(instance: TransitInstance, params: SearchParams) -> Objective:
    """Minutes of the mean trip; a minute of routes above the most costs its even share of the least ATT there is.

    That is some ten times what a minute of routes is worth in good networks, and far above final temperatures: the
    search may pass through networks that are too long, and does not stay there.
    """
    most = float(params.max_trt) if params.max_trt is not None else np.inf
    ideal = float((instance.arrays.trips * instance.arrays.shortest_min).sum()) / (2 * instance.all_trips)
    return Objective(float(instance.all_trips), params.trt_weight, most, ideal / most)


def first_routes(
    instance: TransitInstance, routes: int, bounds: tuple[int, int], rng: NDArray[np.uint64]
) -> list[Route]:
    """Shortest paths that serve much demand, extended to the least number of nodes.

    Raises
    ------
    ConfigError
        No path was found that is long enough.
    """
    for _ in range(_STARTS):
        stops, size = greedy_routes(instance.arrays, routes, *bounds, rng)
        if size.min() >= bounds[0]:
            return [tuple(map(int, stops[route, : size[route]])) for route in range(routes)]
    raise ConfigError(
        f"no paths of {bounds[0]} nodes were found to set out from", "--min-nodes", "ask for shorter routes"
    )


def check_room(instance: TransitInstance, params: SearchParams) -> None:
    """Refuse rules that no network can obey.

    Raises
    ------
    ConfigError
        Routes are too few, too short or too long for the instance's nodes, or may not take as long as its least
        spanning tree.
    """
    most = params.routes * (params.max_nodes - 1) + 1
    if most < instance.nodes:
        raise ConfigError(
            f"{params.routes} routes of up to {params.max_nodes} nodes that meet reach {most} nodes, "
            f"the instance has {instance.nodes}",
            "--routes, --max-nodes",
            "ask for more or longer routes",
        )
    tree = nx.minimum_spanning_tree(nx.from_numpy_array(instance.arrays.link_min.astype(float)))
    least_trt = int(tree.size(weight="weight"))
    if params.max_trt is not None and params.max_trt < least_trt:
        raise ConfigError(
            f"routes that join every node take {least_trt} minutes at least, not {params.max_trt}",
            "--max-trt",
            f"allow {least_trt} minutes or more",
        )
    if params.min_nodes > instance.nodes:
        raise ConfigError(
            f"a route of {params.min_nodes} nodes does not fit the instance's {instance.nodes}",
            "--min-nodes",
            "ask for shorter routes",
        )
