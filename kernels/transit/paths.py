"""Shortest paths on a sparse graph, and flows sent along them."""

import numpy as np

from kernels._jit import kernel
from kernels.transit.heap import pop, push


@kernel
def shortest_tree(
    first: np.ndarray, head: np.ndarray, minutes: np.ndarray, source: int
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Dijkstra's algorithm from one node.

    Parameters
    ----------
    first, head, minutes : links of node i are ``first[i]:first[i + 1]``; minutes are not negative.

    Returns
    -------
    distance : float64 per node, inf where unreachable.
    link_in : int32 per node, the link that the shortest path arrives by, -1 at the source.
    order : int32, reached nodes from near to far.
    """
    n = first.size - 1
    distance = np.full(n, np.inf)
    link_in = np.full(n, -1, np.int32)
    order = np.empty(n, np.int32)
    done = np.zeros(n, np.bool_)
    keys, items = np.empty(head.size + 2), np.empty(head.size + 2, np.int32)
    distance[source] = 0.0
    size = push(keys, items, 0, 0.0, source)
    count = 0
    while size > 0:
        size = pop(keys, items, size)
        node = items[size]
        if done[node]:
            continue
        done[node] = True
        order[count] = node
        count += 1
        for link in range(first[node], first[node + 1]):
            through = distance[node] + minutes[link]
            if through < distance[head[link]]:
                distance[head[link]] = through
                link_in[head[link]] = link
                size = push(keys, items, size, through, head[link])
    return distance, link_in, order[:count]


@kernel
def send_along_trees(
    first: np.ndarray, tail: np.ndarray, head: np.ndarray, minutes: np.ndarray, flow: np.ndarray
) -> tuple[np.ndarray, np.ndarray]:
    """Send ``flow[i, j]`` along the shortest path from i to j, for all pairs (all or nothing).

    Returns
    -------
    link_flow : float64 per link.
    distance : float64 (n, n), minutes.
    """
    n = first.size - 1
    link_flow = np.zeros(head.size)
    distance = np.empty((n, n))
    carried = np.empty(n)
    for source in range(n):
        reached, link_in, order = shortest_tree(first, head, minutes, source)
        distance[source] = reached
        carried[:] = flow[source]
        for i in range(order.size - 1, 0, -1):
            node = order[i]
            link = link_in[node]
            link_flow[link] += carried[node]
            carried[tail[link]] += carried[node]
    return link_flow, distance
