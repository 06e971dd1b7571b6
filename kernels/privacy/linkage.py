"""Match people by the places they are often at.

De Mulder, Danezis, Batina and Preneel 2008 (WPES) and Naini, Unnikrishnan, Thiran and Vetterli 2016
(IEEE TIFS 11:358) match histograms of places. Here: cosine of the counts of the most frequent places,
each weighed by the logarithm of how rare it is among people.
"""

import numpy as np
from numpy.typing import NDArray

from kernels._jit import kernel


@kernel
def top_places(
    user_start: NDArray[np.int64], place: NDArray[np.int32], most: int
) -> tuple[NDArray[np.int32], NDArray[np.float64]]:
    """The `most` most frequent places of each user and their counts.

    Parameters
    ----------
    user_start : int64[users + 1]; place : int32[events].

    Returns
    -------
    top : int32[users, most], -1 where a user has fewer; count : float64[users, most].
    """
    users = user_start.size - 1
    top, count = np.full((users, most), -1, np.int32), np.zeros((users, most))
    for u in range(users):
        own = np.sort(place[user_start[u] : user_start[u + 1]])
        first = 0
        while first < own.size:
            last = first + 1
            while last < own.size and own[last] == own[first]:
                last += 1
            _insert(top[u], count[u], own[first], last - first)
            first = last
    return top, count


@kernel
def _insert(top: NDArray[np.int32], count: NDArray[np.float64], place: int, seen: int) -> None:
    """Keep a row of places by falling count; the place seen first stays before its equals."""
    k = top.size
    while k > 0 and (top[k - 1] < 0 or count[k - 1] < seen):
        if k < top.size:
            top[k], count[k] = top[k - 1], count[k - 1]
        k -= 1
    if k < top.size:
        top[k], count[k] = place, seen


@kernel
def _people_of_places(top, weight, places):  # type: ignore[no-untyped-def]
    """Who has each place among the top ones, and with what weight: compressed rows."""
    users, most = top.shape
    list_start = np.zeros(places + 1, np.int64)
    for u in range(users):
        for k in range(most):
            if top[u, k] >= 0:
                list_start[top[u, k] + 1] += 1
    for p in range(places):
        list_start[p + 1] += list_start[p]
    at = list_start[:-1].copy()
    owner, owned = np.empty(list_start[places], np.int64), np.empty(list_start[places])
    for u in range(users):
        for k in range(most):
            if top[u, k] >= 0:
                owner[at[top[u, k]]], owned[at[top[u, k]]] = u, weight[u, k]
                at[top[u, k]] += 1
    return list_start, owner, owned


@kernel
def rank_of_match(
    query_top: NDArray[np.int32],
    query_weight: NDArray[np.float64],
    top: NDArray[np.int32],
    weight: NDArray[np.float64],
    places: int,
    queries: NDArray[np.int64],
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Find each query user among all by the dot product of weighted places.

    User `u` of the queries is user `u` of the other table: the truth.

    Parameters
    ----------
    query_top, top : int32[users, most], places; -1 for none.
    query_weight, weight : float64[users, most], scaled so that the rows of `weight` have length 1.
    queries : int64[q], rows to look for.

    Returns
    -------
    better : int64[q], how many others score higher than the true match; equal : int64[q], how many score
    the same. The best match is right with probability ``1 / (1 + equal)`` where `better` is 0.
    """
    users, most = top.shape
    list_start, owner, owned = _people_of_places(top, weight, places)
    score = np.zeros(users)
    better, equal = np.zeros(queries.size, np.int64), np.zeros(queries.size, np.int64)
    for q in range(queries.size):
        score[:] = 0.0
        for k in range(most):
            place = query_top[queries[q], k]
            if place >= 0:
                for i in range(list_start[place], list_start[place + 1]):
                    score[owner[i]] += query_weight[queries[q], k] * owned[i]
        true = score[queries[q]]
        slack = 1e-12 * max(true, 1.0)
        for u in range(users):
            if u != queries[q]:
                better[q] += score[u] > true + slack
                equal[q] += abs(score[u] - true) <= slack
    return better, equal
