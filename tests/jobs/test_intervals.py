"""Intervals of weighted sums of few persons."""

import numpy as np
import pytest

from jobs.counting.intervals import NOT_OF_SAMPLING, flow_interval, gamma_interval


@pytest.mark.parametrize(
    ("count", "low", "high"), [(2, 0.3554, 6.296), (4, 1.366, 9.154), (15, 9.246, 23.098)]
)
def test_equal_weights_give_the_exact_poisson_interval(count, low, high):
    """Garwood 1936, 90 %; each person counts for ten."""
    found = gamma_interval(np.array([10.0 * count]), np.array([100.0 * count]))
    assert found[0][0] == pytest.approx(10 * low, rel=0.03)
    assert found[1][0] == pytest.approx(10 * high, rel=0.03)


def test_nine_of_ten_intervals_hold_the_mean_of_weighted_sums():
    rng = np.random.default_rng(5)
    weight = rng.choice([1.0, 2.0, 8.0], 40)
    counts = rng.poisson(0.5, (4000, 40))
    low, high = gamma_interval(counts @ weight, counts @ weight**2)
    held = ((low <= 0.5 * weight.sum()) & (0.5 * weight.sum() <= high)).mean()
    assert 0.88 < held < 0.96


def test_nothing_has_no_interval():
    low, high = gamma_interval(np.zeros(1), np.zeros(1))
    assert (low[0], high[0]) == (0, 0)


def test_many_users_leave_the_error_that_is_not_of_sampling():
    low, high = flow_interval(np.array([1e6]), np.array([1e6]))  # a million trips of as many users
    alike = np.array([NOT_OF_SAMPLING**-2])  # so few users have this error by sampling
    expected = gamma_interval(alike, alike)
    assert low[0] == pytest.approx(1e6 * expected[0][0] / alike[0], rel=2e-3)
    assert high[0] == pytest.approx(1e6 * expected[1][0] / alike[0], rel=2e-3)
    assert 0.5 < low[0] / 1e6 < 0.7
    few = flow_interval(np.array([4.0]), np.array([4.0]))
    plain = gamma_interval(np.array([4.0]), np.array([4.0]))
    assert plain[0] - 0.3 < few[0] <= plain[0]
    assert plain[1] <= few[1] < plain[1] + 1.5
