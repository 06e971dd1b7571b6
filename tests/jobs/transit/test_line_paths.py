"""Which paths a new line may take."""

import numpy as np
import pytest

from jobs.transit.design_graph import DesignGraph
from jobs.transit.line_search import LineSearch
from jobs.transit.params import NewLines


def search_on(xy: list[tuple[float, float]], **limits: float) -> LineSearch:
    """Places that are all linked, a minute each 300 m."""
    places = np.array(xy, float)
    n = len(xy)
    minutes = np.hypot(*(places[:, None] - places).transpose(2, 0, 1)) / 300.0
    tail, head = np.nonzero(minutes > 0)
    first = np.searchsorted(tail, np.arange(n + 1))
    graph = DesignGraph(np.arange(n), places, first, tail, head, minutes[tail, head])
    nothing = np.zeros((0, n), np.float32)
    return LineSearch(
        graph, minutes, nothing, np.zeros(0, int), NewLines(**limits), 15.0, 1.0, 1.0, nothing.T, nothing
    )


STRAIGHT = [(0.0, 0.0), (400.0, 0.0), (800.0, 0.0), (1200.0, 0.0), (1600.0, 0.0)]


@pytest.mark.parametrize(
    ("last", "allowed"),
    [
        ((2000.0, 0.0), True),
        ((1600.0, 400.0), True),  # a right angle
        ((1400.0, 346.0), True),  # 60 degrees, as between neighbours of a triangle
        ((1317.0, 283.0), True),  # 45 degrees, as round the end of a bay
        ((1250.0, 100.0), False),  # back beside the way that it came
        ((900.0, 20.0), False),
    ],
)
def test_a_line_does_not_turn_back_on_itself(last, allowed):
    search = search_on([*STRAIGHT, last], max_detour=10.0)
    path = tuple(range(6))
    assert search.is_allowed(path) is allowed
    assert search.is_allowed(path[::-1]) is allowed
    assert search.is_allowed(path[:5])


def test_nor_does_it_in_the_middle():
    search = search_on([(0, 0), (400, 0), (800, 0), (500, 60), (900, 120), (1300, 120)], max_detour=10.0)
    assert not search.is_allowed((0, 1, 2, 3, 4, 5))
    assert search.is_allowed((0, 1, 2, 4, 5))


SQUARE = [(0.0, 0.0), (500.0, 0.0), (500.0, 500.0), (0.0, 500.0)]


def test_a_path_visits_no_place_twice():
    search = search_on(SQUARE, max_detour=100.0)
    assert search.is_allowed((0, 1, 2, 3))
    assert not search.is_allowed((0, 1, 2, 3, 0))
    assert not search.is_allowed((0,))


def test_a_path_keeps_length_and_detour():
    assert search_on(STRAIGHT, max_length_m=1600.0).is_allowed((0, 1, 2, 3, 4))
    assert not search_on(STRAIGHT, max_length_m=1500.0).is_allowed((0, 1, 2, 3, 4))
    assert search_on(SQUARE, max_detour=3.0).is_allowed((0, 1, 2, 3))
    assert not search_on(SQUARE, max_detour=2.9).is_allowed((0, 1, 2, 3))
