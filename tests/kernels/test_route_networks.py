"""Costs of route networks against plain search, however they have come about."""

import networkx as nx
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from route_builders import as_arrays, journeys_by_search, network_of, random_routes, small_instance

from kernels.routes.annealing import (
    BEST,
    NOW,
    Incumbent,
    Objective,
    anneal,
    change,
    measure,
    pick,
    worsenings,
)
from kernels.routes.arrays import (
    ABSENT_HERE,
    COST,
    FAR,
    HARD,
    RUN_MIN,
    TRANSFER_MIN,
    best_ride,
    close_hard,
    route_min,
    settle,
)
from kernels.routes.change import empty_undo, take_back
from kernels.routes.draft import empty_draft
from kernels.routes.moves import MOVES, propose
from kernels.routes.random_state import next_below, next_unit
from kernels.routes.score import journeys, shortest_minutes
from kernels.routes.start import greedy_routes

LONGEST = 6
SEEDS = st.integers(0, 2**32 - 1)
FEW = settings(max_examples=60, deadline=None)
EVEN = np.cumsum(np.full(MOVES, 1 / MOVES))
EVEN[-1] = 1.0


def scene(seed, routes=4):
    rng = np.random.default_rng(seed)
    instance = small_instance(rng, int(rng.integers(4, 10)))
    return instance, random_routes(rng, instance, routes, LONGEST)


def tools(instance, net, shortest=2, movable=None):
    n, routes = net.ride.shape[0], net.size.size
    chosen = np.arange(routes) if movable is None else np.array(movable)
    pairs = np.zeros((2, n * n), np.int32)
    return empty_undo(net), empty_draft(n, shortest, LONGEST, chosen), pairs


def incumbent(net):
    counts = np.zeros((2, MOVES), np.int64)
    return Incumbent(net.stops.copy(), net.size.copy(), np.full(2, np.inf), *counts)


def least_costs(instance, net):
    close_hard(instance, net, np.zeros((2, net.ride.size), np.int32), True)
    n = net.ride.shape[0]
    minutes = net.full[:, :n].astype(int) - TRANSFER_MIN
    minutes[net.full[:, :n] >= FAR] = -1
    np.fill_diagonal(minutes, 0)
    return minutes


@FEW
@given(SEEDS)
def test_shortest_minutes_are_those_of_networkx(seed):
    instance, _ = scene(seed)
    graph = nx.from_numpy_array(instance.link_min.astype(float))
    lengths = dict(nx.all_pairs_dijkstra_path_length(graph))
    n = instance.link_min.shape[0]
    assert shortest_minutes(instance.link_min).tolist() == [
        [lengths[i][j] for j in range(n)] for i in range(n)
    ]


def test_nodes_that_no_link_joins_are_far():
    assert shortest_minutes(np.zeros((2, 2), np.int16)).tolist() == [[0, FAR], [FAR, 0]]


@FEW
@given(SEEDS, st.integers(1, 5))
def test_journeys_are_those_of_a_search_over_platforms(seed, count):
    instance, routes = scene(seed, count)
    minutes, transfers = journeys(instance.link_min, *as_arrays(routes, LONGEST))
    expected_minutes, expected_transfers = journeys_by_search(instance, routes)
    assert minutes.tolist() == expected_minutes.tolist()
    assert transfers.tolist() == expected_transfers.tolist()


@FEW
@given(SEEDS, st.integers(1, 5))
def test_closing_hard_pairs_gives_the_least_costs(seed, count):
    instance, routes = scene(seed, count)
    net = network_of(instance, routes, LONGEST)
    minutes, transfers = journeys(instance.link_min, *as_arrays(routes, LONGEST))
    assert least_costs(instance, net).tolist() == minutes.tolist()
    n = net.ride.shape[0]
    single = np.where(transfers == 0, minutes + TRANSFER_MIN, FAR)
    np.fill_diagonal(single, 0)
    ride = net.ride[:, :n].astype(int)
    direct = (transfers == 0) & (minutes > 0)
    assert ride[direct].tolist() == single[direct].tolist()
    rides = [[int(best_ride(net.clock_here, net.clock_there, i, j)) for j in range(n)] for i in range(n)]
    off_diagonal = ~np.eye(n, dtype=bool)
    assert (np.array(rides)[off_diagonal] == ride[off_diagonal]).all()


@FEW
@given(SEEDS)
def test_many_transfers_are_counted(seed):
    """A line of single links, each a route of its own: every node on the way is a transfer."""
    rng = np.random.default_rng(seed)
    instance = small_instance(rng, 9)
    tree = nx.minimum_spanning_tree(nx.from_numpy_array(instance.link_min.astype(float)))
    routes = [list(edge) for edge in tree.edges]
    net = network_of(instance, routes, LONGEST)
    minutes, transfers = journeys(instance.link_min, *as_arrays(routes, LONGEST))
    hops = dict(nx.all_pairs_shortest_path_length(tree))
    assert all(transfers[i, j] == hops[i][j] - 1 for i in range(9) for j in range(9) if i != j)
    assert least_costs(instance, net).tolist() == minutes.tolist()


@FEW
@given(SEEDS)
def test_the_objective_is_the_mean_of_the_least_costs(seed):
    instance, routes = scene(seed, 5)
    net = network_of(instance, routes, LONGEST)
    minutes, _ = journeys(instance.link_min, *as_arrays(routes, LONGEST))
    all_trips = float(instance.trips.sum()) / 2
    if all_trips == 0:
        return
    run_min = sum(route_min(net, r) for r in range(5))
    objective = Objective(all_trips, 0.5, run_min - 3.0, 2.0)
    value, allowed = measure(instance, net, objective, np.zeros((2, net.ride.size), np.int32))
    assert not allowed  # three minutes of routes too many
    joined = (minutes >= 0).all()
    if joined:
        expected = (instance.trips * minutes).sum() / 2 / all_trips + 0.5 * run_min + 3.0 * 2.0
        assert value == pytest.approx(expected)
        free = Objective(all_trips, 0.0, np.inf, 0.0)
        assert measure(instance, net, free, np.zeros((2, net.ride.size), np.int32))[1]
    else:
        assert value > 1000.0
    assert (net.full == net.one).all()


def state_of(net):
    n = net.ride.shape[0]
    return [net.ride[:, :n], net.one[:, :n], net.full[:, :n], net.hard_in_row, net.tally, net.clock_here]


def assert_as_made_anew(instance, net):
    before = [array.copy() for array in state_of(net)]
    settle(instance, net)
    assert all((a == b).all() for a, b in zip(before, state_of(net), strict=True))


@FEW
@given(SEEDS, st.booleans())
def test_costs_follow_every_change_and_go_back_with_it(seed, little_room):
    instance, routes = scene(seed, 4)
    net = network_of(instance, routes, LONGEST)
    undo, draft, _ = tools(instance, net)
    if little_room:
        undo = undo._replace(one_at=undo.one_at[:2], one_was=undo.one_was[:2])
    rng = np.array([seed], np.uint64)
    for step in range(60):
        changed = propose(instance, net, draft, rng, step % MOVES)
        if changed:
            before = [array.copy() for array in (*state_of(net), net.size)]
            change(instance, net, undo, draft, changed)
            if next_unit(rng) < 0.5:
                take_back(instance, net, undo)
                assert all((a == b).all() for a, b in zip(before, (*state_of(net), net.size), strict=True))
            assert_as_made_anew(instance, net)


@FEW
@given(SEEDS, st.integers(2, 4))
def test_moves_draft_simple_paths_within_the_bounds(seed, shortest):
    instance, routes = scene(seed, 5)
    routes = [path for path in routes if len(path) >= shortest]
    if not routes:
        return
    net = network_of(instance, routes, LONGEST)
    movable = list(range(0, len(routes), 2))
    _, draft, _ = tools(instance, net, shortest, movable)
    rng = np.array([seed], np.uint64)
    for step in range(20 * MOVES):
        changed = propose(instance, net, draft, rng, step % MOVES)
        assert not draft.taken.any()
        for at in range(changed):
            size = draft.size[at]
            path = draft.stops[at, :size]
            assert draft.route[at] in movable
            assert shortest <= size <= LONGEST
            assert len(set(path.tolist())) == size
            assert (instance.link_min[path[:-1], path[1:]] > 0).all()


def test_every_move_applies_somewhere():
    rng = np.random.default_rng(1)
    instance = small_instance(rng, 30)
    net = network_of(instance, random_routes(rng, instance, 8, LONGEST), LONGEST)
    _, draft, _ = tools(instance, net)
    state = np.array([1], np.uint64)
    applied = [sum(propose(instance, net, draft, state, m) > 0 for _ in range(2000)) for m in range(MOVES)]
    assert min(applied) > 0


def test_moves_are_picked_by_their_chances():
    state = np.array([3], np.uint64)
    picked = np.bincount([pick(np.array([0.2, 0.2, 1.0]), state) for _ in range(5000)], minlength=3) / 5000
    assert picked == pytest.approx([0.2, 0.0, 0.8], abs=0.03)


@FEW
@given(SEEDS, st.integers(1, 6), st.integers(2, 4))
def test_first_routes_are_simple_paths(seed, count, shortest):
    instance, _ = scene(seed)
    stops, size = greedy_routes(instance, count, shortest, LONGEST, np.array([seed], np.uint64))
    for path in (stops[r, : size[r]] for r in range(count)):
        assert 2 <= path.size <= LONGEST
        assert len(set(path.tolist())) == path.size
        assert (instance.link_min[path[:-1], path[1:]] > 0).all()


def annealed(seed, steps, temperature, movable=None):
    instance, routes = scene(seed, 5)
    net = network_of(instance, routes, LONGEST)
    undo, draft, pairs = tools(instance, net, movable=movable)
    objective = Objective(float(max(1, instance.trips.sum() // 2)), 0.01, np.inf, 0.0)
    best = incumbent(net)
    best.value[NOW] = measure(instance, net, objective, pairs)[0]
    began = best.value[NOW]
    rng = np.array([seed], np.uint64)
    anneal(
        instance, net, objective, undo, draft, best, pairs, EVEN, rng, steps, temperature, temperature / 10
    )
    return instance, net, objective, best, began, rng


@settings(max_examples=25, deadline=None)
@given(SEEDS)
def test_annealing_keeps_account_of_the_best_network(seed):
    instance, net, objective, best, _, _ = annealed(seed, 300, 1.0)
    assert_as_made_anew(instance, net)
    pairs = np.zeros((2, net.ride.size), np.int32)
    assert best.value[NOW] == pytest.approx(measure(instance, net, objective, pairs)[0])
    assert best.tried.sum() >= best.kept.sum()
    if np.isfinite(best.value[BEST]):
        routes = [stops[:size].tolist() for stops, size in zip(best.stops, best.size, strict=True)]
        value, allowed = measure(instance, network_of(instance, routes, LONGEST), objective, pairs)
        assert allowed
        assert value == pytest.approx(best.value[BEST])


def test_equal_seeds_give_equal_networks_and_others_do_not():
    runs = [annealed(7, 500, 1.0)[3].stops.tolist() for _ in range(2)]
    assert runs[0] == runs[1]
    assert next_below(np.array([1], np.uint64), 10**9) != next_below(np.array([2], np.uint64), 10**9)


@settings(max_examples=20, deadline=None)
@given(SEEDS)
def test_without_warmth_nothing_gets_worse(seed):
    _, _, _, best, began, _ = annealed(seed, 200, 1e-9)
    assert best.value[NOW] <= began


def test_routes_that_may_not_change_stay():
    _, net, _, _, _, _ = annealed(11, 500, 5.0, movable=[1])
    _, routes = scene(11, 5)
    for r in (0, 2, 3, 4):
        assert net.stops[r, : net.size[r]].tolist() == routes[r]


def test_worsenings_leave_the_network_as_it_is():
    instance, net, objective, _, _, rng = annealed(5, 300, 0.1)
    undo, draft, pairs = tools(instance, net)
    before = [array.copy() for array in state_of(net)]
    found = worsenings(instance, net, objective, undo, draft, pairs, EVEN, rng, 200)
    assert (found > 0).all()
    assert found.size > 0
    assert all((a == b).all() for a, b in zip(before, state_of(net), strict=True))


def test_the_tally_counts_minutes_of_routes_and_hard_pairs():
    instance, routes = scene(3, 2)
    net = network_of(instance, routes, LONGEST)
    assert (net.clock_here[:, 2:] == ABSENT_HERE).all()
    assert net.tally[RUN_MIN] == sum(
        int(instance.link_min[path[:-1], path[1:]].sum()) for path in map(np.array, routes)
    )
    n = net.ride.shape[0]
    above = np.triu(np.ones((n, n), bool), 1)
    hard = net.one[:, :n] > instance.shortest_min + 3 * TRANSFER_MIN
    assert net.tally[HARD] == hard[above].sum()
    assert net.tally[COST] == (instance.trips * net.one[:, :n].astype(int))[above].sum()
