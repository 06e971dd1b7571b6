"""The search obeys the rules, repeats itself by seed, and betters what it sets out from."""

import itertools

import networkx as nx
import numpy as np
import pytest
from ring_town import write_town

from jobs.errors import ConfigError, RunError
from jobs.tndp.budget import StepBudget, TimeBudget
from jobs.tndp.instance import make_instance
from jobs.tndp.known import changed_routes, least_missed, own_rules, set_out
from jobs.tndp.params import SearchParams
from jobs.tndp.reading import read_instance
from jobs.tndp.routes import RouteRules, read_routes, write_routes
from jobs.tndp.score import score
from jobs.tndp.search import annealing_cycles, search

STEPS = 4_000


@pytest.fixture(scope="module")
def grid():
    """Twenty-five nodes on a square grid, everyone going everywhere."""
    names = [f"n{i}" for i in range(25)]
    link = np.zeros((25, 25), np.int64)
    for i, j in nx.convert_node_labels_to_integers(nx.grid_2d_graph(5, 5)).edges:
        link[i, j] = 2 + (i * j) % 3
    return make_instance(names, link, np.random.default_rng(1).integers(1, 20, (25, 25)), "grid")


def params(**given):
    return SearchParams(**({"routes": 6, "min_nodes": 3, "max_nodes": 8} | given))


def found(grid, start=None, steps=STEPS, **given):
    return search(grid, params(**given), StepBudget(steps), start).routes


def test_routes_obey_the_rules(grid, tmp_path):
    routes = found(grid, seed=3)
    write_routes(tmp_path / "r.txt", routes, grid)
    assert read_routes(tmp_path / "r.txt", grid, RouteRules(6, 3, 8)) == routes


def test_a_seed_and_a_number_of_steps_make_a_result(grid):
    first, again, other = (found(grid, seed=seed) for seed in (5, 5, 6))
    assert first == again
    assert first != other


def test_more_steps_find_no_worse(grid):
    few, many = (score(grid, found(grid, steps=steps)).att for steps in (50, 20_000))
    assert many < few


def test_the_best_of_all_networks_of_a_small_town_is_found(tmp_path):
    """Every pair of simple paths of up to six nodes is scored in turn."""
    town = read_instance(write_town(tmp_path / "town"))
    graph = nx.from_numpy_array(town.arrays.link_min.astype(float))
    paths = [
        tuple(path)
        for a, b in itertools.combinations(range(6), 2)
        for size in range(2, 5)
        for path in nx.all_simple_paths(graph, a, b, cutoff=size - 1)
        if len(path) == size
    ]
    least = min(
        score(town, pair).att
        for pair in itertools.combinations(paths, 2)
        if set(pair[0]) | set(pair[1]) == set(range(6)) and set(pair[0]) & set(pair[1])
    )
    routes = search(town, SearchParams(routes=2, min_nodes=2, max_nodes=4), StepBudget(STEPS)).routes
    assert score(town, routes).att == pytest.approx(least)


def test_minutes_of_routes_are_bounded_or_weighed(grid):
    free = score(grid, found(grid))
    bounded = score(grid, found(grid, max_trt=75))
    weighed = score(grid, found(grid, trt_weight=0.3))
    assert bounded.trt <= 75 < free.trt
    assert weighed.trt < free.trt
    assert weighed.att + 0.3 * weighed.trt < free.att + 0.3 * free.trt


def test_a_known_network_gets_better_at_no_more_minutes(grid):
    known = found(grid, steps=30, seed=9)
    before = score(grid, known)
    asked = params(max_trt=before.trt)
    after = search(grid, asked, StepBudget(STEPS), set_out(grid, known, asked)).routes
    assert score(grid, after).att < before.att
    assert score(grid, after).trt <= before.trt


def test_only_so_many_routes_change(grid):
    known = found(grid, steps=30, seed=9)
    asked = params(max_changed=2)
    network = set_out(grid, known, asked)
    after = search(grid, asked, StepBudget(STEPS), network).routes
    assert 1 <= changed_routes(known, after) <= 2
    assert score(grid, after).att < score(grid, known).att
    kept = sorted(set(range(6)) - set(network.movable.tolist()))
    assert [after[route] for route in kept] == [known[route] for route in kept]


def test_a_duplicate_is_missed_least(grid):
    known = found(grid)
    doubled = [*known[:3], known[4][::-1], *known[3:]]
    chosen = least_missed(grid, doubled, params(), 1).tolist()
    assert chosen[0] in (3, 5)


@pytest.mark.parametrize("routes", [5, 9])
def test_a_known_network_is_fitted_to_another_number_of_routes(grid, routes):
    known = found(grid)
    asked = params(routes=routes, max_changed=1)
    network = set_out(grid, known, asked)
    assert len(network.routes) == routes
    assert len(network.movable) == 1 + max(0, routes - 6)
    after = search(grid, asked, StepBudget(STEPS), network).routes
    assert len(after) == routes
    assert changed_routes(known, after) <= 1 + max(0, routes - 6)


def test_a_start_outside_the_rules_is_refused(grid):
    known = found(grid)
    assert own_rules([(1, 2, 3), (1, 2)]) == {"routes": 2, "min_nodes": 2, "max_nodes": 3}
    with pytest.raises(ConfigError, match=r"route \d has \d nodes, not 3 to 4"):
        set_out(grid, known, params(max_nodes=4))


@pytest.mark.parametrize(
    ("given", "message"),
    [
        ({"routes": 3}, "3 routes of up to 8 nodes that meet reach 22 nodes, the instance has 25"),
        ({"max_trt": 5}, "routes that join every node take 5[0-9] minutes at least, not 5"),
        ({"min_nodes": 26, "max_nodes": 30}, "a route of 26 nodes does not fit the instance's 25"),
    ],
)
def test_rules_that_no_network_obeys_are_refused(grid, given, message):
    with pytest.raises(ConfigError, match=message):
        found(grid, **given)


def test_a_search_without_a_network_says_so(grid):
    with pytest.raises(RunError, match="found no network that serves every node"):
        found(grid, steps=200, max_trt=60)


def test_a_star_has_no_long_routes():
    link = np.zeros((6, 6), np.int64)
    link[0, 1:] = 2
    star = make_instance("abcdef", link, np.ones((6, 6), np.int64), "star")
    with pytest.raises(ConfigError, match="no paths of 4 nodes"):
        search(star, SearchParams(routes=5, min_nodes=4, max_nodes=5), StepBudget(10))


def test_a_search_stops_when_told(grid):
    asked = itertools.count()
    told = search(grid, params(), StepBudget(10**9), stop=lambda: next(asked) > 20)
    assert len(told.routes) == 6
    assert told.steps < 10**9


def test_time_is_divided_by_a_clock():
    now = [0.0]
    budget = TimeBudget(10.0, lambda: now[0])
    assert budget.spent() == 0.0
    first = budget.steps()
    now[0] = 2.5
    budget.done(first, budget.ahead() * 10.0 / 2)  # half of the time that was meant
    assert budget.steps() == 2 * first
    assert budget.spent() == pytest.approx(0.25)
    now[0] = 11.0
    assert budget.spent() == 1.0
    assert TimeBudget(0.0, lambda: 1.0).spent() == 1.0


def test_steps_are_divided_evenly():
    budget = StepBudget(1_000)
    taken = []
    while budget.spent() < 1:
        assert budget.ahead() == pytest.approx(budget.steps() / 1_000)
        taken.append(budget.steps())
        budget.done(taken[-1], 1.0)
    assert sum(taken) == 1_000
    assert len(set(taken)) == 1


@pytest.mark.parametrize(("steps", "cycles"), [(10, 1), (1_200_000, 2), (10**12, 20)])
def test_small_networks_are_annealed_more_than_once(steps, cycles):
    assert annealing_cycles(params(routes=5, min_nodes=2, max_nodes=10), steps) == cycles
