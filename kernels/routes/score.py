"""Least costs of all pairs with their transfers: the plain, exact evaluation of a set of routes."""

import numpy as np

from kernels._jit import kernel
from kernels.routes.arrays import FAR, TRANSFER_MIN

_RIDES = 1 << 12
"""A cost is ``minutes * _RIDES + rides``, so that of equal costs the one with fewer transfers is less."""
_NO_WAY = np.int64(1) << 40


@kernel
def shortest_minutes(link_min: np.ndarray) -> np.ndarray:
    """Least minutes between all nodes by links (Floyd 1962), int16 (n, n), FAR where there is no way."""
    n = link_min.shape[0]
    least = np.full((n, n), FAR, np.int16)
    for i in range(n):
        for j in range(n):
            if link_min[i, j] > 0:
                least[i, j] = link_min[i, j]
        least[i, i] = 0
    for k in range(n):
        for i in range(n):
            if least[i, k] < FAR:
                for j in range(n):
                    least[i, j] = min(least[i, j], np.int16(least[i, k] + least[k, j]))
    return least


@kernel
def journeys(link_min: np.ndarray, stops: np.ndarray, size: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Least cost of every pair, and the transfers of the path that has it, the fewest where paths tie.

    Parameters
    ----------
    link_min : int16 (n, n), minutes of links.
    stops, size : int32 (routes, longest) and (routes,), nodes of each route.

    Returns
    -------
    minutes : int64 (n, n), with the penalty of each transfer; -1 where there is no way.
    transfers : int64 (n, n), -1 where there is no way.
    """
    n = link_min.shape[0]
    cost = np.full((n, n), _NO_WAY)
    for route in range(size.size):
        for p in range(size[route]):
            clock = 0
            for q in range(p + 1, size[route]):
                i, j = stops[route, p], stops[route, q]
                clock += link_min[stops[route, q - 1], j]
                ride = (clock + np.int64(TRANSFER_MIN)) * _RIDES + 1
                cost[i, j] = cost[j, i] = min(cost[i, j], ride)
    for k in range(n):
        for i in range(n):
            if cost[i, k] < _NO_WAY:
                for j in range(n):
                    cost[i, j] = min(cost[i, j], cost[i, k] + cost[k, j])
    minutes, transfers = np.full((n, n), -1), np.full((n, n), -1)
    for i in range(n):
        for j in range(n):
            if i == j:
                minutes[i, j] = transfers[i, j] = 0
            elif cost[i, j] < _NO_WAY:
                minutes[i, j] = cost[i, j] // _RIDES - TRANSFER_MIN
                transfers[i, j] = cost[i, j] % _RIDES - 1
    return minutes, transfers
