"""Flows and presence as they leave: nothing to subtract, or with noise that has its price."""

from fractions import Fraction

import h3.api.basic_int as h3
import numpy as np
import pyarrow as pa
import pytest

from jobs import tables
from jobs.counting.aggregates import Limits, above_threshold, blurred, limited_sums, limits_of
from jobs.counting.disclosure import DisclosureParams, PrivacyBudget, audited, forest_of
from jobs.counting.partial_sums import Sums
from jobs.counting.rollups import od_rollups, presence_rollups
from jobs.privacy.differencing import naive_mask, od_columns, published_mask, true_levels

DAY_TYPES, SLOTS = ("weekday", "sunday"), ("am", "pm")
CLASSES = 4
K = 5


def grid(cells: int) -> np.ndarray:
    return np.array(sorted(h3.grid_disk(h3.latlng_to_cell(14.7, -17.4, 7), 3))[:cells], np.int64)


def commutes(cells: np.ndarray, users: int, seed: int):
    """Key, user, trips and persons of people who go between few pairs."""
    rng = np.random.default_rng(seed)
    user = np.repeat(np.arange(users, dtype=np.uint64), 8)
    ends = (rng.random((user.size, 2)) ** 2 * cells.size).astype(np.int64)
    key = (ends[:, 0] * cells.size + ends[:, 1]) * CLASSES + rng.integers(0, CLASSES, user.size)
    return key, user, np.ones(user.size), 2.0 * np.ones(user.size)


@pytest.fixture(scope="module")
def flows():
    cells = grid(30)
    rollups = od_rollups(cells, 2, DAY_TYPES, SLOTS)
    levels = true_levels([(0, "a", commutes(cells, 300, 1)), (1, "b", commutes(cells, 300, 2))], rollups)
    return cells, rollups, levels


def test_each_level_sums_up_the_one_below(flows):
    _, rollups, levels = flows
    assert [rollup.name for rollup in rollups] == ["h3_6", "h3_5", "slot", "day_type", "all"]
    for below, rollup, above in zip(levels, rollups, levels[1:], strict=False):
        for place, key in enumerate(above.key):
            own = rollup.up(below.key) == key
            assert np.isclose(below.trips[own].sum(), above.trips[place])
            assert below.users[own].max() <= above.users[place] <= below.users[own].sum()
    assert levels[-1].users.tolist() == [300]


def test_nothing_that_is_published_tells_of_fewer_than_k(flows):
    _, rollups, levels = flows
    shown, told = above_threshold(levels, rollups, DisclosureParams(min_users=K))
    forest = forest_of(levels, rollups)
    mask = np.concatenate([np.isin(a.key, s.key) for a, s in zip(levels, shown, strict=True)])
    after = audited(forest, mask, K)
    assert (after.computable, after.about_few, after.shown_below_k) == (0, 0, 0)
    before = audited(forest, naive_mask(forest, K), K)
    assert before.computable + before.about_few > 0
    assert told["flows_withheld"] == after.withheld
    assert 0 < told["flows_withheld_as_complement"] == after.withheld - before.withheld


def test_an_auditor_reads_what_is_published_from_the_tables(flows):
    from jobs.counting.aggregates import margin_table

    cells, rollups, levels = flows
    shown, _ = above_threshold(levels, rollups, DisclosureParams(min_users=K))
    columns = od_columns(shown[0].key, cells, DAY_TYPES, SLOTS)
    leaves = pa.table({**columns, "users": shown[0].users})
    margins = margin_table(shown, rollups, tables.OD_MARGINS, "trips")
    mask = published_mask(
        levels, rollups, od_columns(levels[0].key, cells, DAY_TYPES, SLOTS), leaves, margins
    )
    assert np.array_equal(
        mask, np.concatenate([np.isin(a.key, s.key) for a, s in zip(levels, shown, strict=True)])
    )
    total = margins.filter(pa.compute.equal(margins["level"], "all")).to_pylist()
    assert [(row["users"], row["trips"], row["population"]) for row in total] == [(300, 4_800.0, 9_600.0)]


def test_presence_adds_up_over_places_hours_and_days():
    cells = grid(10)
    key = (np.array([0, 0, 9]) << 24) | np.array([24 * 100, 24 * 100 + 5, 24 * 101])
    rows = (key, np.array([1, 1, 2], np.uint64), np.ones(3), np.ones(3))
    levels = true_levels([(0, "a", rows)], presence_rollups(cells, 1))
    assert [sums.trips.sum() for sums in levels] == [3.0] * 5
    assert [sums.key.size for sums in levels][2:] == [3, 2, 1]
    assert levels[3].users.tolist() == [1, 1]


def test_a_person_adds_no_more_than_the_cap_whatever_the_data():
    limits = Limits(3, 1, 3, 10.0, 5)
    user = np.repeat(np.arange(50, dtype=np.uint64), 7)
    key = np.random.default_rng(1).integers(0, 9, user.size)
    weight = np.full(user.size, 25.0)
    with_all = limited_sums(user, key, weight, limits)
    without = user != 17
    without_one = limited_sums(user[without], key[without], weight[without], limits)
    dense = [np.bincount(s[0].key, s[0].trips, 9) for s in (with_all, without_one)]
    assert (dense[0] - dense[1]).min() >= 0
    assert (dense[0] - dense[1]).sum() == 3
    assert (with_all[1].trips - without_one[1].trips).tolist() == [1, 3, 7, 10]


def test_windows_share_a_persons_cap():
    budget = PrivacyBudget()
    assert limits_of(budget, 30, 2, False, 0).cap == 15
    assert limits_of(budget, 30, 2, True, 0).cap_of_key == 1
    assert limits_of(budget, 3, 5, False, 0).cap == 1


def test_blurred_flows_are_scaled_to_all_trips_and_tell_their_price():
    users, cap = 40_000, 4
    rng = np.random.default_rng(3)
    user = np.repeat(np.arange(users, dtype=np.uint64), 8)
    key = (rng.random(user.size) ** 3 * 60).astype(np.int64)
    limits = limits_of(PrivacyBudget(), cap, 1, False, 9)
    levels = limited_sums(user, key, np.full(user.size, 3.0), limits)
    noise = np.arange(8, dtype=np.uint32)
    made = blurred(levels, PrivacyBudget(epsilon=Fraction(2)), limits, noise, None)
    true = np.bincount(key, minlength=60)
    cpc = 2 * np.minimum(made.sums.trips, true[made.sums.key]).sum() / (made.sums.trips.sum() + true.sum())
    assert cpc > 0.97
    assert made.sums.population.sum() == pytest.approx(3 * made.sums.trips.sum(), rel=0.02)
    told = made.figures["dp"]
    assert (told["epsilon"], told["cap"], told["mechanism"]) == ("2", 4, "discrete laplace")
    spent = Fraction(9, 5) + sum(Fraction(t["epsilon"]) for t in told["totals"].values())
    assert spent == 2
    again = blurred(levels, PrivacyBudget(epsilon=Fraction(2)), limits, noise, None)
    assert np.array_equal(again.sums.trips, made.sums.trips)


def test_a_public_grid_shows_empty_keys_too():
    levels = [
        Sums(np.array([3]), np.array([500]), np.array([500.0]), np.zeros(1)),
        Sums(np.arange(4), np.zeros(4, int), np.array([500.0, 500, 500, 500]), np.zeros(4)),
    ]
    budget = PrivacyBudget(keys="public")
    made = blurred(
        levels, budget, limits_of(budget, 2, 1, False, 0), np.arange(8, dtype=np.uint32), np.arange(10)
    )
    assert made.sums.key.tolist() == list(range(10))
    assert made.figures["dp"]["least_count"] is None


@pytest.mark.parametrize(
    ("given", "words"),
    [({"method": "dp"}, "needs the section"), ({"dp": {}}, "method is threshold")],
)
def test_a_half_given_method_is_refused(given, words):
    with pytest.raises(ValueError, match=words):
        DisclosureParams.model_validate(given)
