"""Shortest paths, overlap and the quick measure of new lines against slow twins."""

from itertools import pairwise

import networkx as nx
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kernels.transit.added_line import cost_with_line, saving
from kernels.transit.heap import pop, push
from kernels.transit.overlap import ordered_overlap
from kernels.transit.paths import send_along_trees, shortest_tree


@settings(max_examples=50, deadline=None)
@given(st.lists(st.integers(0, 50), min_size=1, max_size=40))
def test_the_heap_gives_keys_in_order(values):
    keys, items = np.empty(len(values)), np.empty(len(values), np.int32)
    size = 0
    for i, value in enumerate(values):
        size = push(keys, items, size, float(value), i)
    out = []
    while size:
        size = pop(keys, items, size)
        out.append((keys[size], values[items[size]]))
    assert [k for k, _ in out] == sorted(values)
    assert all(k == v for k, v in out)


def random_graph(seed, n=12, m=40):
    rng = np.random.default_rng(seed)
    links = sorted({(int(a), int(b)) for a, b in rng.integers(0, n, (m, 2)) if a != b})
    tail, head = (np.array(x, np.int32) for x in zip(*links, strict=True))
    first = np.searchsorted(tail, np.arange(n + 1)).astype(np.int32)
    return first, tail, head, rng.uniform(1, 9, len(links))


@pytest.mark.parametrize("seed", range(5))
def test_distances_and_flows_equal_those_of_networkx(seed):
    first, tail, head, minutes = random_graph(seed)
    n = first.size - 1
    graph = nx.DiGraph()
    graph.add_nodes_from(range(n))
    graph.add_weighted_edges_from(zip(tail.tolist(), head.tolist(), minutes.tolist(), strict=True))
    flow = np.random.default_rng(seed).uniform(0, 5, (n, n))
    np.fill_diagonal(flow, 0)
    link_flow, distance = send_along_trees(first, tail, head, minutes, flow)
    expected = dict(zip(zip(tail.tolist(), head.tolist(), strict=True), np.zeros(tail.size), strict=True))
    for source, paths in nx.all_pairs_dijkstra_path(graph):
        for target, path in paths.items():
            length = sum(graph[a][b]["weight"] for a, b in pairwise(path))
            assert distance[source, target] == pytest.approx(length)
            for a, b in pairwise(path):
                expected[(a, b)] += flow[source, target]
    assert link_flow == pytest.approx(np.array(list(expected.values())))
    reached, _, order = shortest_tree(first, head, minutes, 0)
    assert np.isfinite(reached).sum() == order.size


def test_overlap_counts_stops_in_the_same_order():
    way = np.column_stack([np.arange(10) * 400.0, np.zeros(10)])
    assert ordered_overlap(way, way + np.array([0.0, 50.0]), 100.0) == 1.0
    assert ordered_overlap(way, way[::-1].copy(), 100.0) == pytest.approx(0.1)
    assert ordered_overlap(way, way[:5].copy(), 100.0) == 0.5
    assert ordered_overlap(way, way + np.array([0.0, 5000.0]), 100.0) == 0.0


@settings(max_examples=40, deadline=None)
@given(st.integers(0, 10_000))
def test_the_new_line_costs_what_trying_all_pairs_of_stops_gives(seed):
    rng = np.random.default_rng(seed)
    zones, stops = 5, 6
    at_stops = rng.uniform(1, 60, (zones, stops)).astype(np.float32)
    clock = np.cumsum(rng.uniform(1, 5, stops))
    origin, destination = np.divmod(np.arange(zones * zones, dtype=np.int32), zones)
    cost = cost_with_line(at_stops, origin.astype(np.int32), destination.astype(np.int32), clock, 7.5)
    for e, (o, d) in enumerate(zip(origin, destination, strict=True)):
        ways = [
            at_stops[o, i] + abs(clock[i] - clock[j]) + at_stops[d, j] + 7.5
            for i in range(stops)
            for j in range(stops)
            if i != j
        ]
        assert cost[e] == pytest.approx(min(ways), rel=1e-5)
    now = rng.uniform(10, 60, cost.size)
    trips = rng.uniform(0, 3, cost.size)
    assert saving(now, cost, trips) == pytest.approx((trips * np.maximum(now - cost, 0)).sum())
