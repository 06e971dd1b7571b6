"""Measures of agreement on hand-made flows, and flows laid beside each other."""

import h3.api.basic_int as h3
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from jobs.ground.weights import CellWeights
from jobs.score.flows import Grid, over_the_day, side_by_side, summed, through_antennas
from jobs.score.gravity import balanced_gravity
from jobs.score.measures import bias, common_part, coverage, length_distance, root_mean_square_error
from jobs.score.shrinkage import shrunk
from jobs.score.tables import compare

FLOWS = st.lists(st.tuples(st.floats(0, 100), st.floats(0, 100)), min_size=1, max_size=20)


def test_common_part_of_known_flows():
    assert common_part(np.array([10.0, 0, 5]), np.array([5.0, 5, 5])) == pytest.approx(2 * 10 / 30)
    assert np.isnan(common_part(np.zeros(2), np.zeros(2)))


@given(FLOWS)
def test_common_part_is_symmetric_and_one_for_equals(flows):
    a, b = np.array(flows).T
    if a.sum() + b.sum() > 0:
        assert common_part(a, b) == common_part(b, a)
        assert -1e-12 <= common_part(a, b) <= 1 + 1e-12
    if a.sum() > 0:
        assert common_part(a, a) == pytest.approx(1)


def test_error_bias_and_coverage_of_known_flows():
    truth, estimate = np.array([1.0, 3.0]), np.array([4.0, 3.0])
    assert root_mean_square_error(truth, estimate) == pytest.approx(np.sqrt(4.5))
    assert bias(truth, estimate) == pytest.approx(0.75)
    assert coverage(truth, np.array([1.0, 3.5]), np.array([2.0, 4.0])) == 0.5


def test_length_distance_takes_equal_lengths_together():
    length = np.array([1.0, 1.0, 5.0])
    assert length_distance(length, np.array([4.0, 0, 4]), np.array([0, 4.0, 4])) == 0
    assert length_distance(length, np.array([8.0, 0, 0]), np.array([0, 4.0, 4])) == 0.5


CELLS = np.array(sorted(h3.grid_disk(h3.latlng_to_cell(14.7, -17.4, 7), 1)), np.int64)
GRID = Grid(7, CELLS, np.array([True] * 4 + [False] * 3), ("day", "night"))


def flows(*rows):
    """(origin, destination, slot, trips)."""
    o, d, slot, trips = (np.array(c) for c in zip(*rows, strict=True))
    return summed(GRID.key(o, d, slot), trips.astype(float))


def test_measures_by_slot_band_and_area():
    truth = flows((0, 1, 0, 10), (0, 0, 1, 4), (5, 6, 1, 2))
    told = compare(GRID, truth, flows((0, 1, 0, 5), (5, 6, 1, 2), (6, 5, 0, 1)))
    assert told["slots"]["day"]["cpc"] == pytest.approx(2 * 5 / 16)
    assert told["slots"]["night"]["bias"] == pytest.approx(2 / 6 - 1)
    assert told["bands"]["within one"] == {"cpc": 0, "bias": -1, "rmse": 4, "true_trips": 4}
    assert told["areas"]["rural"]["true_trips"] == 2
    assert told["between_cells"]["true_trips"] == 12


def test_slots_of_a_pair_add_up_over_the_day():
    pairs = side_by_side(GRID, flows((0, 1, 0, 10), (0, 1, 1, 4)), flows((0, 1, 1, 3), (2, 2, 0, 1)))
    day = over_the_day(GRID, pairs)
    assert day.truth.tolist() == [14, 0]
    assert day.estimate.tolist() == [3, 1]
    assert day.length_m[1] == 0
    assert 1_000 < day.length_m[0] < 5_000


def test_flows_between_antennas_are_spread_over_what_they_serve():
    """Cell 0 serves the second hexagon, cell 1 the third by a quarter and the fourth by the rest."""
    weights = CellWeights(CELLS[1:4], np.array([0, 1, 3]), np.array([0, 1, 2]), np.array([1, 0.25, 0.75]))
    seen = through_antennas(
        GRID, weights, np.array([0, 0]), np.array([1, 1]), np.array([1, 1]), np.array([6.0, 2])
    )
    key = GRID.key(np.array([1, 1]), np.array([2, 3]), np.array([1, 1]))
    assert seen.key.tolist() == key.tolist()
    assert seen.trips.tolist() == [2, 6]


def test_gravity_keeps_margins_and_mean_length():
    rng = np.random.default_rng(1)
    away_m = np.abs(np.subtract.outer(np.arange(8.0), np.arange(8.0))) * 1000 + 300
    trips = rng.random((8, 8)) * np.exp(-away_m / 2000)
    mean_m = (trips * away_m).sum() / trips.sum()
    modelled = balanced_gravity(trips.sum(1), trips.sum(0), away_m, mean_m)
    np.testing.assert_allclose(modelled.sum(0), trips.sum(0), rtol=1e-6)
    np.testing.assert_allclose(modelled.sum(1), trips.sum(1), rtol=1e-3)
    assert (modelled * away_m).sum() / modelled.sum() == pytest.approx(mean_m, rel=2e-3)


def test_counts_are_drawn_to_a_model_as_far_as_they_are_few():
    """Each pair's counts vary about its true flow, which varies about the model by a gamma of shape 4."""
    rng = np.random.default_rng(5)
    modelled = rng.uniform(1, 200, 4000)
    truth = modelled * rng.gamma(4.0, 1 / 4.0, modelled.size)
    observed = 10.0 * rng.poisson(truth / 10)
    mixed = shrunk(observed, modelled, 10.0)
    error = {name: np.abs(x - truth).sum() for name, x in (("o", observed), ("m", modelled), ("s", mixed))}
    assert error["s"] < 0.85 * min(error["o"], error["m"])
    few, many = modelled < 20, modelled > 150
    assert np.abs(mixed - modelled)[few].sum() < 0.4 * np.abs(observed - modelled)[few].sum()
    assert np.abs(mixed - modelled)[many].sum() > 0.6 * np.abs(observed - modelled)[many].sum()


def test_a_model_without_excess_is_taken_and_one_that_is_wrong_is_not():
    exact = np.array([30.0, 50, 20])
    assert shrunk(exact, exact, 1.0) == pytest.approx(exact)
    observed, wrong = np.array([1e6, 0.0, 7.0]), np.array([10.0, 1e6, 0.0])
    mixed = shrunk(observed, wrong, 1.0)
    assert mixed[1] < 2  # the model's million pulls no more than a trip or two
    assert mixed[2] == 7
