import numpy as np

from kernels.world.gravity import draw_destinations

RNG = np.random.default_rng(4)
X, Y, ATTRACTION = RNG.uniform(0, 5000, 30), RNG.uniform(0, 5000, 30), RNG.uniform(0, 1, 30)


def _draw(origin, order=None, draws=1, scale_m=1500.0):
    order = np.argsort(origin, kind="stable") if order is None else order
    return draw_destinations(X, Y, ATTRACTION, scale_m, origin, order, draws, 5, 9)


def test_shares_follow_attraction_times_decay():
    origin = np.full(60_000, 3, np.int32)
    share = np.bincount(_draw(origin)[:, 0], minlength=30) / origin.size
    weight = ATTRACTION * np.exp(-np.hypot(X - X[3], Y - Y[3]) / 1500.0)
    assert np.abs(share - weight / weight.sum()).max() < 0.01


def test_order_of_people_changes_nothing():
    origin = RNG.integers(0, 30, 500).astype(np.int32)
    np.testing.assert_array_equal(
        _draw(origin, draws=3), _draw(origin, np.random.default_rng(1).permutation(500), draws=3)
    )


def test_a_longer_decay_length_makes_longer_trips():
    origin = RNG.integers(0, 30, 3000).astype(np.int32)

    def mean_m(scale_m):
        there = _draw(origin, scale_m=scale_m)[:, 0]
        return np.hypot(X[there] - X[origin], Y[there] - Y[origin]).mean()

    assert mean_m(300.0) < mean_m(1000.0) < mean_m(5000.0)


def test_a_place_without_attraction_is_never_drawn():
    attraction = ATTRACTION.copy()
    attraction[::2] = 0.0
    origin = np.zeros(2000, np.int32)
    there = draw_destinations(X, Y, attraction, 2000.0, origin, np.arange(2000), 1, 5, 9)
    assert (there % 2 == 1).all()
