"""Noise plans by their definition; released tables through Spark."""

import math
from fractions import Fraction

import numpy as np
import pytest

from jobs.errors import ConfigError
from jobs.privacy.dp import (
    delta_of,
    gaussian_tail,
    laplace_tail,
    noise_key,
    plan_noise,
    released_counts,
    rho_of,
)
from kernels.privacy.exact_noise import discrete_laplace

KEY = np.arange(8, dtype=np.uint32)


def test_tails_are_sums_of_their_probabilities():
    q = math.exp(-1 / 6)
    for m in (-3, 0, 1, 5):
        exact = sum((1 - q) / (1 + q) * q ** abs(x) for x in range(m, 400))
        assert laplace_tail(Fraction(6), m) == pytest.approx(exact, rel=1e-9)
    weight = np.exp(-(np.arange(-400, 401) ** 2) / (2 * 50.0))
    for m in (1, 5, 20):
        exact = weight[400 + m :].sum() / weight.sum()
        assert exact <= gaussian_tail(50, m) <= 2 * exact


@pytest.mark.parametrize(("cap", "cap_of_key"), [(4, 1), (6, 1), (30, 30), (30, 5)])
def test_no_split_of_a_persons_cap_makes_keys_appear_more_often_than_delta(cap, cap_of_key):
    plan = plan_noise(Fraction(1), 1e-8, cap, cap_of_key, "laplace")
    for m in range(1, cap_of_key + 1):
        assert cap / m * laplace_tail(plan.scale, plan.least - m) <= 1e-8
    worst = max(cap / m * laplace_tail(plan.scale, plan.least - 1 - m) for m in range(1, cap_of_key + 1))
    assert worst > 1e-8


def test_threshold_is_that_of_the_textbook():
    """1 + L / eps * ln(L / (2 delta)) for four keys: 77 (rounded up, 78)."""
    plan = plan_noise(Fraction(1), 1e-8, 4, 1, "laplace")
    assert abs(plan.least - (1 + 4 * math.log(4 / 2e-8))) <= 1.5


def test_laplace_noise_bounds_the_odds_of_neighbours():
    plan = plan_noise(Fraction(1), 1e-8, 3, 3, "laplace")
    q = math.exp(-1 / plan.scale)
    assert q**-plan.cap == pytest.approx(math.e)


def test_rho_costs_delta_and_no_more():
    for epsilon, delta in ((1.0, 1e-8), (0.1, 1e-6), (4.0, 1e-10)):
        rho = rho_of(epsilon, delta)
        assert delta_of(rho, epsilon) <= delta < delta_of(1.01 * rho, epsilon)
        simple = (math.sqrt(math.log(1 / delta) + epsilon) - math.sqrt(math.log(1 / delta))) ** 2
        assert simple < rho < 3 * simple  # Bun and Steinke 2016 give less


def test_the_smaller_noise_is_taken():
    assert plan_noise(Fraction(1), 1e-8, 6).kind == "laplace"
    assert plan_noise(Fraction(1), 1e-8, 100).kind == "gaussian"
    for cap in (6, 18, 30, 100):
        both = [plan_noise(Fraction(1), 1e-8, cap, 1, kind) for kind in ("laplace", "gaussian")]
        assert plan_noise(Fraction(1), 1e-8, cap).deviation == min(plan.deviation for plan in both)


def test_a_scale_out_of_range_is_refused_with_the_mend():
    with pytest.raises(ConfigError, match="smaller cap"):
        plan_noise(Fraction("0.000000000123"), 1e-8, 10_000)


def test_private_keys_cut_and_public_keys_show_all():
    counts = np.array([0, 10, 500])
    private = plan_noise(Fraction(1), 1e-8, 6)
    value, shown = released_counts(counts, private, KEY)
    assert shown.tolist() == [False, False, True]
    assert abs(value[2] - 500) < 200
    public = plan_noise(Fraction(1), 1e-8, 6, private_keys=False)
    value, shown = released_counts(counts, public, KEY)
    assert shown.all()
    assert (value >= 0).all()
    assert public.delta == 0


def test_noise_keys_differ_by_table_release_and_master():
    keys = [
        noise_key(m, t, r) for m in (bytes(32), b"x" * 32) for t in ("od", "presence") for r in ("1", "2")
    ]
    assert len({key.tobytes() for key in keys}) == 8
    assert np.array_equal(noise_key(bytes(32), "od", "1"), keys[0])


def test_draws_agree_with_those_of_opendp():
    """Two samples, one chi-square of both: they come from one distribution."""
    dp = pytest.importorskip("opendp.prelude")
    dp.enable_features("contrib")
    measure = dp.m.make_laplace(dp.vector_domain(dp.atom_domain(T="i64")), dp.l1_distance(T="i64"), scale=6.0)
    theirs = np.array(measure([0] * 60_000))
    ours = discrete_laplace(6, 1, KEY, np.zeros(3, np.uint32), 60_000)
    edges = np.arange(-20, 21)
    both = np.array([np.histogram(np.clip(x, -20, 19), edges)[0] for x in (ours, theirs)])
    expected = both.sum(0) / 2
    statistic = ((both - expected) ** 2 / expected).sum()
    assert (
        statistic < 90
    )  # 39 degrees of freedom: 72.1 is the 0.1 % quantile, and OpenDP's draws are unseeded
