import numpy as np
import pytest

from kernels.world.radio import CANDIDATES, Sectors, pattern_loss_db, serving_cells

RNG = np.random.default_rng(2)
X, Y = RNG.uniform(-3000, 3000, 400), RNG.uniform(-3000, 3000, 400)


def _around(count):
    unknown = np.full(count, np.nan)
    x, y = RNG.uniform(-3000, 3000, (2, count))
    return Sectors(x, y, np.arange(count, dtype=np.int32), unknown, unknown)


def test_without_shadow_the_nearest_mast_serves_best():
    plan = _around(9)
    cells, _ = serving_cells(X, Y, plan, 0.0, 1.5, 1, 1)
    away = np.hypot(X[:, None] - plan.x_m, Y[:, None] - plan.y_m)
    np.testing.assert_array_equal(cells, np.argsort(away, axis=1)[:, :CANDIDATES])


def test_without_shadow_a_sector_serves_what_lies_in_front():
    azimuth = np.array([0.0, 120.0, 240.0])
    plan = Sectors(np.zeros(3), np.zeros(3), np.zeros(3, np.int32), azimuth, np.full(3, 120.0))
    cells, _ = serving_cells(X, Y, plan, 0.0, 1.5, 1, 1)
    off = np.abs((np.degrees(np.arctan2(X, Y))[:, None] - azimuth + 180) % 360 - 180)
    np.testing.assert_array_equal(cells[:, 0], off.argmin(axis=1))


def test_shares_of_candidates_add_up_and_the_strongest_serves_most():
    _, cumulative = serving_cells(X, Y, _around(12), 6.0, 1.5, 1, 1)
    share = np.diff(cumulative, axis=1, prepend=0.0)
    np.testing.assert_allclose(cumulative[:, -1], 1.0, atol=1e-5)
    assert (np.diff(share, axis=1) <= 1e-6).all()


def test_a_plan_smaller_than_the_candidates_leaves_empty_places():
    cells, cumulative = serving_cells(X, Y, _around(2), 6.0, 1.5, 1, 1)
    assert (cells[:, :2] >= 0).all()
    assert (cells[:, 2:] == -1).all()
    np.testing.assert_allclose(cumulative[:, 1], 1.0, atol=1e-5)


def test_sectors_of_one_mast_share_their_shadow():
    plan = _around(1)
    twin = Sectors(*(np.repeat(column, 2) for column in plan))
    _, cumulative = serving_cells(X, Y, twin, 8.0, 1.5, 1, 1)
    np.testing.assert_allclose(cumulative[:, 0], 0.5, atol=1e-6)


@pytest.mark.parametrize(("angle", "loss"), [(0, 0), (35, 3), (-35, 3), (180, 20), (395, 3)])
def test_pattern_loses_three_db_at_half_the_half_power_width(angle, loss):
    assert pattern_loss_db(angle, 70.0) == pytest.approx(loss)
