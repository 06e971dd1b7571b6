"""A first set of routes: shortest paths, one after another, where most demand is not served yet."""

import numpy as np

from kernels._jit import kernel
from kernels.routes.arrays import Instance
from kernels.routes.random_state import next_unit


@kernel
def shortest_path(instance: Instance, a: int, b: int, path: np.ndarray) -> int:
    """Nodes of a shortest path into `path`; their number, or 0 where `path` is too short for it."""
    size, node = 1, a
    path[0] = a
    while node != b:
        if size == path.size:
            return 0
        for link in range(instance.first[node], instance.first[node + 1]):
            other = instance.head[link]
            if (
                instance.link_min[node, other] + instance.shortest_min[other, b]
                == instance.shortest_min[node, b]
            ):
                node = other
                break
        path[size] = node
        size += 1
    return size


@kernel
def grow_ends(instance: Instance, path: np.ndarray, size: int, wanted: int, new: np.ndarray) -> int:
    """Extend a path at either end until it has `wanted` nodes or no way on, first to nodes without a route."""
    stuck = 0
    while size < wanted and stuck < 2:
        chosen, likes = -1, -1.0
        end = path[size - 1]
        for link in range(instance.first[end], instance.first[end + 1]):
            other = instance.head[link]
            on_path = False
            for p in range(size):
                on_path = on_path or path[p] == other
            if not on_path and new[other] > likes:
                chosen, likes = other, new[other]
        if chosen < 0:
            stuck += 1
        else:
            stuck = 0
            path[size] = chosen
            size += 1
        for p in range(size // 2):
            path[p], path[size - 1 - p] = path[size - 1 - p], path[p]
    return size


@kernel
def greedy_routes(
    instance: Instance, routes: int, shortest: int, longest: int, rng: np.ndarray
) -> tuple[np.ndarray, np.ndarray]:
    """Stops of a first set of routes.

    Each route is the shortest path of the pair for which unserved trips between nodes of the path, by node of the path,
    are most; a node without a route counts as the mean node's demand once more. Random factors make each seed's set its
    own. Paths that are too short are extended.

    Returns
    -------
    stops, size : int32 (routes, longest) and (routes,). A size below `shortest` tells that no longer path was found.
    """
    n = instance.link_min.shape[0]
    unserved = instance.trips.astype(np.float64)
    for i in range(n):
        for j in range(i):
            unserved[i, j] *= 0.75 + 0.5 * next_unit(rng)
            unserved[j, i] = unserved[i, j]
    new = np.full(n, unserved.sum() / n)
    stops, size = np.zeros((routes, longest), np.int32), np.zeros(routes, np.int32)
    path = np.zeros(longest, np.int32)
    for route in range(routes):
        most = -1.0
        for i in range(n):
            for j in range(i + 1, n):
                count = shortest_path(instance, i, j, path)
                if count < 2:
                    continue
                worth = 0.0
                for p in range(count):
                    worth += new[path[p]]
                    for q in range(p):
                        worth += unserved[path[p], path[q]]
                if worth / max(count, shortest) > most:
                    most = worth / max(count, shortest)
                    size[route] = count
                    stops[route, :count] = path[:count]
        size[route] = grow_ends(instance, stops[route], size[route], shortest, new)
        for p in range(size[route]):
            new[stops[route, p]] = 0.0
            for q in range(p):
                unserved[stops[route, p], stops[route, q]] = 0.0
                unserved[stops[route, q], stops[route, p]] = 0.0
    return stops, size
