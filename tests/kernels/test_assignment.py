"""Optimal strategies against the paper, a linear program, and laws that any assignment obeys."""

import highspy
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kernels.transit.assignment import (
    PASSENGERS,
    RIDE,
    TRANSFERS,
    WAIT,
    WALK,
    Access,
    Demand,
    LineNetwork,
    Weights,
    assign,
)

PLAIN = Weights(1.0, 1.0, 1.0, 0.0, 1.0)


def network(lines, n_stops, walks=()):
    """Lines are (stops, legs in minutes, departures a minute); walks are (a, b, minutes), both ways."""
    stop = np.concatenate([np.array(s) for s, _, _ in lines]).astype(np.int32)
    ride = np.concatenate([np.append(np.array(legs, float), np.inf) for _, legs, _ in lines])
    frequency = np.concatenate([np.append(np.full(len(legs), float(f)), 0.0) for _, legs, f in lines])
    by_stop = np.argsort(stop, kind="stable").astype(np.int32)
    first = np.searchsorted(stop[by_stop], np.arange(n_stops + 1)).astype(np.int32)
    links = sorted(
        {(s, s, 0.0) for s in range(n_stops)}
        | {(a, b, m) for a, b, m in walks}
        | {(b, a, m) for a, b, m in walks}
    )
    walk_first = np.searchsorted([a for a, _, _ in links], np.arange(n_stops + 1)).astype(np.int32)
    walk_stop = np.array([b for _, b, _ in links], np.int32)
    return LineNetwork(
        stop, ride, frequency, first, by_stop, walk_first, walk_stop, np.array([m for _, _, m in links])
    )


def doors(n_stops):
    """Each stop is a zone of its own."""
    return Access(
        np.arange(n_stops + 1, dtype=np.int32), np.arange(n_stops, dtype=np.int32), np.zeros(n_stops)
    )


def demand_of(trips, n_zones):
    """Trips are (origin, destination, number)."""
    trips = sorted(trips, key=lambda t: (t[1], t[0]))
    destination = np.array([d for _, d, _ in trips])
    return Demand(
        np.searchsorted(destination, np.arange(n_zones + 1)).astype(np.int64),
        np.array([o for o, _, _ in trips], np.int32),
        np.array([float(n) for _, _, n in trips]),
        np.full(len(trips), 1e9),
    )


def run(net, trips, n_stops, weights=PLAIN, access=None):
    demand = demand_of(trips, n_stops)
    cost = np.empty(len(trips))
    return cost, *assign(net, access or doors(n_stops), demand, weights, 0, n_stops, cost)


A, X, Y, B = range(4)
PAPER = [
    ((A, B), (25,), 1 / 6),
    ((A, X, Y), (7, 6), 1 / 6),
    ((X, Y, B), (4, 4), 1 / 15),
    ((Y, B), (10,), 1 / 3),
]


def test_the_example_of_spiess_and_florian_takes_27_75_minutes():
    cost, boardings, loads, _, totals = run(network(PAPER, 4), [(A, B, 1.0)], 4)
    assert cost[0] == pytest.approx(27.75, abs=1e-12)
    assert boardings[:1] == pytest.approx([0.5])  # half take the direct line, half line 2
    assert loads[2:4] == pytest.approx([0.5, 0.5])
    assert totals[WAIT] + totals[RIDE] == pytest.approx(27.75)
    assert totals[PASSENGERS] == 1.0


def test_half_the_headway_is_waited_where_buses_come_at_even_intervals():
    net = network([((0, 1), (10,), 1 / 12)], 2)
    cost, *_ = run(net, [(0, 1, 1.0)], 2, Weights(2.0, 2.0, 2.5, 5.0, 0.5))
    assert cost[0] == pytest.approx(2.0 * 6 + 10)


def test_a_transfer_costs_its_wait_weight_and_penalty_and_a_first_boarding_does_not():
    net = network([((0, 1), (10,), 0.1), ((1, 2), (10,), 0.1)], 3)
    cost, _, _, _, totals = run(net, [(0, 2, 3.0)], 3, Weights(2.0, 2.0, 2.5, 5.0, 0.5))
    assert cost[0] == pytest.approx(2 * 5 + 10 + 5 + 2.5 * 5 + 10)
    assert totals[TRANSFERS] == pytest.approx(3.0)


def test_walks_to_between_and_from_stops_are_counted():
    net = network([((0, 1), (10,), 0.1), ((2, 3), (10,), 0.1)], 4, [(1, 2, 3.0)])
    access = Access(np.array([0, 1, 2], np.int32), np.array([0, 3], np.int32), np.array([4.0, 6.0]))
    demand = Demand(np.array([0, 0, 1]), np.array([0], np.int32), np.array([2.0]), np.array([1e9]))
    cost = np.empty(1)
    *_, totals = assign(net, access, demand, Weights(2.0, 1.0, 1.0, 0.0, 1.0), 0, 2, cost)
    assert cost[0] == pytest.approx(2 * (4 + 3 + 6) + 2 * 10 + 20)
    assert totals[WALK] == pytest.approx(2.0 * 13)


def test_who_finds_nothing_better_takes_the_fallback_and_loads_no_line():
    net = network([((0, 1), (10,), 0.1)], 2)
    demand = demand_of([(0, 1, 5.0)], 2)._replace(fallback=np.array([12.0]))
    cost = np.empty(1)
    boardings, loads, _, totals = assign(net, doors(2), demand, PLAIN, 0, 2, cost)
    assert cost[0] == 12.0
    assert boardings.sum() == loads.sum() == totals[PASSENGERS] == 0.0


def test_nobody_rides_backwards_or_boards_at_the_last_stop():
    net = network([((0, 1), (10,), 0.1)], 2)
    cost, *_ = run(net, [(1, 0, 1.0)], 2)
    assert cost[0] == 1e9


def linear_program(lines, n_stops, walks, origin, destination, weights):  # noqa: C901
    """Spiess and Florian's program (their eq. 8-11) on an explicit graph, solved with HiGHS.

    Nodes: stops after alighting, stops before boarding, and two a position (arrived, departing).
    The first boarding has its own node, from which only lines lead on.
    """
    links = []  # tail, head, minutes, frequency or None
    for s in range(n_stops):
        links.append((("off", s), ("wait", s), 0.0, None))
    for a, b, minutes in walks:
        links += [
            (("off", a), ("wait", b), weights.walk * minutes, None),
            (("off", b), ("wait", a), weights.walk * minutes, None),
        ]
    for number, (stops, legs, f) in enumerate(lines):
        for k, stop in enumerate(stops):
            links.append((("in", number, k), ("off", stop), 0.0, None))
            if k < len(legs):
                links.append((("in", number, k), ("out", number, k), 0.0, None))
                links.append((("out", number, k), ("in", number, k + 1), float(legs[k]), None))
                links.append((("wait", stop), ("out", number, k), weights.transfer_penalty, f))
                links.append((("start", stop), ("out", number, k), 0.0, f))
    nodes = sorted({n for a, b, _, _ in links for n in (a, b)} | {("start", origin)}, key=str)
    waits = [n for n in nodes if n[0] in ("wait", "start")]
    h = highspy.Highs()
    h.setOptionValue("output_flag", False)
    inf = highspy.kHighsInf
    for _, _, minutes, _ in links:
        h.addVar(0.0, inf)
        h.changeColCost(h.getNumCol() - 1, minutes)
    for node in waits:
        h.addVar(0.0, inf)
        weight = weights.first_wait if node[0] == "start" else weights.transfer_wait
        h.changeColCost(h.getNumCol() - 1, weight * weights.wait_share)
    for node in nodes:
        out = [(i, 1.0) for i, link in enumerate(links) if link[0] == node]
        into = [(i, -1.0) for i, link in enumerate(links) if link[1] == node]
        supply = 1.0 if node == ("start", origin) else 0.0
        if node == ("off", destination):
            h.addRow(
                -1.0,
                -1.0,
                len(out + into),
                *map(np.array, zip(*[(i, v) for i, v in out + into], strict=True)),
            )
        else:
            rows = out + into
            index = np.array([i for i, _ in rows], np.int32)
            h.addRow(supply, supply, index.size, index, np.array([v for _, v in rows]))
    for i, (tail, _, _, f) in enumerate(links):
        if f is not None:
            h.addRow(
                -inf, 0.0, 2, np.array([i, len(links) + waits.index(tail)], np.int32), np.array([1.0, -f])
            )
    h.run()
    if h.getModelStatus() != highspy.HighsModelStatus.kOptimal:
        return None
    return h.getInfo().objective_function_value


@st.composite
def towns(draw):
    n_stops = draw(st.integers(3, 7))
    lines = []
    for _ in range(draw(st.integers(1, 6))):
        stops = draw(st.lists(st.integers(0, n_stops - 1), min_size=2, max_size=5, unique=True))
        legs = [draw(st.integers(1, 20)) for _ in stops[1:]]
        lines.append((tuple(stops), tuple(legs), 1.0 / draw(st.integers(2, 40))))
    walks = [
        (a, b, float(draw(st.integers(1, 9))))
        for a, b in draw(
            st.sets(st.tuples(st.integers(0, n_stops - 1), st.integers(0, n_stops - 1)), max_size=3)
        )
        if a < b
    ]
    return n_stops, lines, walks


@settings(max_examples=60, deadline=None)
@given(towns(), st.sampled_from([PLAIN, Weights(2.0, 2.0, 2.5, 5.0, 0.5)]))
def test_costs_equal_the_linear_program_on_random_networks(town, weights):
    n_stops, lines, walks = town
    destination = n_stops - 1
    trips = [(o, destination, 1.0) for o in range(destination)]
    cost, _, _, _, totals = run(network(lines, n_stops, walks), trips, n_stops, weights)
    for origin, value in enumerate(cost):
        expected = linear_program(lines, n_stops, walks, origin, destination, weights)
        if expected is None:
            assert value == 1e9
        else:
            assert value == pytest.approx(expected, rel=1e-7, abs=1e-7)
    served = cost < 1e9
    if served.all():
        passengers = totals[PASSENGERS]
        assert passengers == served.sum()


@settings(max_examples=40, deadline=None)
@given(towns())
def test_times_of_the_loaded_network_add_up_to_the_costs(town):
    n_stops, lines, walks = town
    weights = Weights(1.0, 1.0, 1.0, 0.0, 0.5)
    trips = [(o, d, 1.0 + o) for o in range(n_stops) for d in range(n_stops) if o != d]
    demand = demand_of(trips, n_stops)
    cost, _, _, _, totals = run(network(lines, n_stops, walks), trips, n_stops, weights)
    served = cost < 1e9
    assert np.dot(demand.trips[served], cost[served]) == pytest.approx(totals[[WALK, WAIT, RIDE]].sum())


@settings(max_examples=40, deadline=None)
@given(towns(), st.integers(0, 5))
def test_worth_is_the_derivative_of_all_time_by_frequency(town, which):
    n_stops, lines, walks = town
    which %= len(lines)
    weights = Weights(2.0, 2.0, 2.5, 5.0, 0.5)
    trips = [(o, d, 1.0) for o in range(n_stops) for d in range(n_stops) if o != d]

    def total(step):
        changed = [(s, g, f + step * (i == which)) for i, (s, g, f) in enumerate(lines)]
        cost, _, _, worth, _ = run(network(changed, n_stops, walks), trips, n_stops, weights)
        return np.where(cost < 1e9, cost, 0.0).sum(), worth

    step = 1e-7
    (low, _), (high, _), (_, worth) = total(-step), total(step), total(0.0)
    first = sum(len(s) for s, _, _ in lines[:which])
    own = worth[first : first + len(lines[which][0])].sum()
    # where two strategies tie the cost has a kink; the derivative lies between its sides
    left, right = (total(0.0)[0] - high) / step, (low - total(0.0)[0]) / step
    assert min(left, right) - 1e-3 * (1 + abs(own)) <= own <= max(left, right) + 1e-3 * (1 + abs(own))


@settings(max_examples=30, deadline=None)
@given(towns(), st.permutations(range(6)))
def test_the_order_of_lines_does_not_matter(town, order):
    n_stops, lines, walks = town
    trips = [(o, d, 1.0) for o in range(n_stops) for d in range(n_stops) if o != d]
    shuffled = [lines[i] for i in order if i < len(lines)]
    a, *_ = run(network(lines, n_stops, walks), trips, n_stops)
    b, *_ = run(network(shuffled, n_stops, walks), trips, n_stops)
    assert a == pytest.approx(b, rel=1e-9)


def test_the_network_is_taken_as_read_only():
    net = network(PAPER, 4)
    for array in net:
        array.flags.writeable = False
    cost, *_ = run(net, [(A, B, 1.0)], 4)
    assert cost[0] == pytest.approx(27.75)
