"""Small random instances and route sets, and what they cost by plain search in networkx."""

from itertools import pairwise

import networkx as nx
import numpy as np

from kernels.routes.arrays import Instance, empty_network, put_route, settle
from kernels.routes.score import shortest_minutes


def small_instance(rng, n):
    """A connected graph of whole minutes, and demand that some pairs lack."""
    link = np.zeros((n, n), np.int16)
    for i in range(1, n):
        j = rng.integers(0, i)
        link[i, j] = link[j, i] = rng.integers(1, 9)
    for _ in range(n):
        i, j = rng.integers(0, n, 2)
        if i != j:
            link[i, j] = link[j, i] = rng.integers(1, 9)
    trips = np.triu(rng.integers(0, 9, (n, n)) * 10, 1)
    tail, head = np.nonzero(link)
    first = np.searchsorted(tail, np.arange(n + 1)).astype(np.int32)
    return Instance(first, head.astype(np.int32), link, shortest_minutes(link), trips + trips.T)


def random_routes(rng, instance, count, longest):
    """Simple paths of 2 nodes or more; together they may leave nodes out."""
    routes = []
    while len(routes) < count:
        path = [int(rng.integers(0, instance.link_min.shape[0]))]
        for _ in range(rng.integers(1, longest)):
            onward = [int(x) for x in np.flatnonzero(instance.link_min[path[-1]]) if x not in path]
            if onward:
                path.append(int(rng.choice(onward)))
        if len(path) > 1:
            routes.append(path)
    return routes


def as_arrays(routes, longest):
    stops = np.zeros((len(routes), longest), np.int32)
    for r, path in enumerate(routes):
        stops[r, : len(path)] = path
    return stops, np.array([len(path) for path in routes], np.int32)


def network_of(instance, routes, longest):
    net = empty_network(instance.link_min.shape[0], len(routes), longest)
    stops, size = as_arrays(routes, longest)
    for r in range(len(routes)):
        put_route(instance, net, r, stops[r], size[r])
    settle(instance, net)
    return net


def journeys_by_search(instance, routes):
    """Minutes and transfers of every pair over platforms: one of each route at each stop."""
    graph, many = nx.Graph(), 10_000
    for r, path in enumerate(routes):
        for i, j in pairwise(path):
            graph.add_edge((i, r), (j, r), cost=int(instance.link_min[i, j]) * many)
        for i in path:
            graph.add_edge((i, r), i, cost=(5 * many + 1) / 2)  # out and in again: one transfer
    n = instance.link_min.shape[0]
    minutes, transfers = np.full((n, n), -1), np.full((n, n), -1)
    np.fill_diagonal(minutes, 0)
    np.fill_diagonal(transfers, 0)
    for i in (i for i in range(n) if i in graph):
        for j, cost in nx.single_source_dijkstra_path_length(graph, i, weight="cost").items():
            if isinstance(j, int) and i != j:
                whole = round(cost) - 5 * many - 1  # boarding first and alighting last are no transfer
                minutes[i, j], transfers[i, j] = whole // many, whole % many
    return minutes, transfers
