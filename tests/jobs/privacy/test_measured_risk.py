"""Attacks on small crowds: they succeed on what is bare, and fail on what is coarse or blurred."""

from fractions import Fraction

import numpy as np
import pyarrow.compute as pc
import pytest

from jobs.engine.store import Store
from jobs.privacy.anchor_sets import anonymity_sets
from jobs.privacy.box_unicity import box_unicity, boxes_of
from jobs.privacy.glove import (
    GloveParams,
    anonymised,
    blocks_of,
    grounds_of_points,
    habits_of,
    quality,
    samples_of,
)
from jobs.privacy.linkage import LinkageParams, linkage
from jobs.privacy.membership import MembershipParams, membership
from jobs.privacy.recovery import RecoveryParams, accuracy, counts_of, hourly_places, recovery
from jobs.privacy.released import Bundle, released_traces, trace_files
from jobs.privacy.released_boxes import proof_of_k, released_table
from jobs.privacy.rules import AsTheyAre, NoisyCounts, Threshold, with_cap
from jobs.privacy.traces import Traces, points_of, traces_of_rows
from jobs.privacy.unicity import UnicityParams, unicity_of

MONDAY = 1_357_516_800
PLACES = 40
LON = -17.4 + 0.2 * np.random.default_rng(1).random(PLACES)
LAT = 14.7 + 0.2 * np.random.default_rng(2).random(PLACES)


@pytest.fixture(scope="module")
def crowd() -> Traces:
    """Two hundred people with a home, a work place and a shop, seen ten times a day for a week."""
    rng = np.random.default_rng(7)
    users, days, a_day = 200, 7, 10
    usual = rng.integers(0, PLACES, (users, 3))
    user = np.repeat(np.arange(users), days * a_day)
    hour = rng.integers(0, 24, user.size)
    day = np.tile(np.repeat(np.arange(days), a_day), users)
    role = np.where((hour >= 9) & (hour < 17) & (day < 5), 1, 0)
    role = np.where(rng.random(user.size) < 0.1, 2, role)
    time_s = MONDAY + day * 86_400 + hour * 3_600 + rng.integers(0, 3_600, user.size)
    return traces_of_rows(user, time_s, usual[user, role])


def test_rows_in_any_order_are_the_same_traces(crowd):
    user = np.repeat(np.arange(crowd.users), np.diff(crowd.user_start))
    order = np.random.default_rng(3).permutation(user.size)
    again = traces_of_rows(user[order], crowd.time_s[order], crowd.place[order])
    assert np.array_equal(again.user_start, crowd.user_start)
    assert np.array_equal(again.time_s, crowd.time_s)


def test_coarse_time_and_place_make_people_less_unique(crowd):
    params = UnicityParams(points=(4,), draws=50, users=100)
    fine = unicity_of(crowd, params)
    coarse = unicity_of(
        crowd.at(np.arange(PLACES) // 20, 2), params.model_copy(update={"time_step_s": 43_200})
    )
    assert fine["unicity"]["4"]["low"] > 0.95
    assert coarse["unicity"]["4"]["high"] < 0.05
    assert coarse["information_ratio_median"] > fine["information_ratio_median"]


def test_threads_change_nothing(crowd):
    points, params = points_of(crowd, 3_600), UnicityParams(points=(2, 3), draws=20)
    from jobs.privacy.unicity import measured_unicity

    assert measured_unicity(points, params, 1) == measured_unicity(points, params, 3)


def test_people_alone_with_their_home_and_work_are_counted():
    night, noon = MONDAY + 3_600, MONDAY + 12 * 3_600
    rows = [(1, 0, 1), (2, 0, 1), (3, 0, 2), (4, 3, 3)]
    user = np.repeat([r[0] for r in rows], 2)
    place = np.array([p for r in rows for p in r[1:]])
    traces = traces_of_rows(user, np.tile([night, noon], 4), place)
    found = anonymity_sets(traces, 2)
    assert (found["with_home_and_work"], found["alone_share"], found["median_set"]) == (4, 0.5, 1.5)


def test_people_are_found_again_by_their_places_and_not_if_all_share_one(crowd):
    found = linkage(crowd, LinkageParams(users=200))
    assert found["matched"]["low"] > 0.5
    same = linkage(crowd.at(np.zeros(PLACES, int), 1), LinkageParams(users=200))
    assert same["matched"]["value"] == pytest.approx(1 / 200, rel=0.01)


def test_members_are_told_from_bare_counts_and_not_from_blurred_ones(crowd):
    points = points_of(crowd, 3_600)
    params = MembershipParams(targets=12, group=60, groups=100)
    bare = membership(points, AsTheyAre(), params)
    noisy = membership(points, NoisyCounts(Fraction(1, 2), 20, 0), params)
    hidden = membership(points, Threshold(100), params)
    assert bare["auc"]["value"] > 0.95
    assert noisy["auc"]["high"] < 0.65
    assert hidden["auc"]["value"] == 0.5


def test_groups_do_not_depend_on_threads(crowd):
    ground = grounds_of_points(LON[: crowd.places], LAT[: crowd.places])
    samples = samples_of(crowd, ground, 600)
    habits, params = habits_of(crowd, samples, ground), GloveParams(block=30)
    alone, together = (anonymised(samples, habits, params, threads) for threads in (1, 3))
    for one, other in zip(vars(alone).values(), vars(together).values(), strict=True):
        assert np.array_equal(one, other)


def test_points_are_numbered_alike_where_few_of_all_places_are_used(crowd):
    wide = points_of(Traces(crowd.user_start, crowd.place, crowd.time_s, 10**6), 3_600)
    dense = points_of(crowd, 3_600)
    for of_wide, of_dense in zip(vars(wide).values(), vars(dense).values(), strict=True):
        assert np.array_equal(of_wide, of_dense)


def test_a_cap_takes_points_of_those_who_have_more(crowd):
    points = points_of(crowd, 3_600)
    limited = with_cap(points, 5, 1)
    assert np.diff(limited.user_start).max() == 5
    for user in (0, 57):
        mine = slice(*points.user_start[user : user + 2])
        left = slice(*limited.user_start[user : user + 2])
        assert set(limited.point[left]) <= set(points.point[mine])


def test_traces_are_recovered_from_counts_better_than_by_chance_unless_withheld(crowd):
    params = RecoveryParams(users=30, days=2)
    at = hourly_places(crowd, params)
    counts = counts_of(at, PLACES)
    bare = recovery(at, counts, LON, LAT, params)
    hidden = recovery(at, Threshold(8).published(counts, 1), LON, LAT, params)
    assert bare["gain"] > 0.15
    assert hidden["gain"] < 0.02
    assert accuracy(at[:, ::-1].copy(), at) == 1.0


def test_noisy_counts_of_more_people_than_there_are_still_make_traces(crowd):
    params = RecoveryParams(users=10, days=1)
    at = hourly_places(crowd, params)
    found = recovery(at, counts_of(at, PLACES) * 3, LON, LAT, params)
    assert 0 <= found["accuracy"] <= 1


def anonymous(crowd, **params):
    given = GloveParams(**params)
    ground = grounds_of_points(LON, LAT)
    samples = samples_of(crowd, ground, given.time_step_s)
    return samples, anonymised(samples, habits_of(crowd, samples, ground), given)


@pytest.mark.parametrize(("k", "block"), [(2, 200), (3, 50)])
def test_a_released_file_proves_k_by_itself(crowd, k, block):
    samples, made = anonymous(crowd, k=k, block=block)
    table = released_table(samples, made, np.random.default_rng(1).permutation(made.box_start.size - 1))
    proof = proof_of_k(table)
    told = quality(samples, made, k)
    assert proof["smallest_group"] >= k
    assert proof["users"] == told["users"] - told["users_with_nothing_left"]
    assert proof_of_k(table.slice(1))["smallest_group"] < k


@pytest.mark.parametrize("k", [2, 3])
def test_no_true_points_agree_with_fewer_than_k_released_people(crowd, k):
    samples, made = anonymous(crowd, k=k, left_out_cost=3)
    table = released_table(samples, made, np.arange(made.box_start.size - 1))
    params = UnicityParams(points=(1, 4), draws=20, users=60)
    told = box_unicity(boxes_of(table), crowd, LON, LAT, params)
    assert told["unicity"]["1"]["value"] == told["unicity"]["4"]["value"] == 0
    assert 0 < told["chance_to_name"]["4"] <= 1 / k
    kept = 1 - quality(samples, made, k)["left_out_share"]
    assert 1 - told["nobody_share"]["1"] >= kept - 0.05
    first = table.filter(pc.equal(table["user_id"], table["user_id"][0]))
    bare = box_unicity(boxes_of(first), crowd, LON, LAT, params)
    assert bare["unicity"]["1"]["value"] > 0


def test_every_input_sample_lies_in_its_box_or_is_counted_as_left_out(crowd):
    samples, made = anonymous(crowd, k=3, block=60)
    user = np.repeat(np.arange(samples.users), np.diff(samples.start))
    kept = made.box_of >= 0
    box, sample = made.box[made.box_of[kept]], samples.box[kept]
    for low in (0, 2, 4):
        assert (box[:, low] <= sample[:, low]).all()
        assert (sample[:, low + 1] <= box[:, low + 1]).all()
    own = made.group[user[kept]]
    assert (made.box_start[own] <= made.box_of[kept]).all()
    assert (made.box_of[kept] < made.box_start[own + 1]).all()
    assert quality(samples, made, 3)["left_out_share"] == pytest.approx(1 - kept.mean(), abs=1e-6)
    again = anonymous(crowd, k=3, block=60)[1]
    assert np.array_equal(again.box, made.box)


def test_blocks_hold_everybody_once_and_neighbours_together():
    features = np.random.default_rng(1).random((1_000, 2)) * 1e4
    blocks = list(blocks_of(features, 100))
    assert sorted(np.concatenate(blocks).tolist()) == list(range(1_000))
    assert max(map(len, blocks)) <= 100
    assert np.mean([features[b].std(0).mean() for b in blocks]) < 0.5 * features.std(0).mean()


def test_traces_of_a_bundle_are_found_in_any_layout(tmp_path):
    for name, text in {
        "data/SET2/SET2_P01.CSV": "1,2013-01-07 13:10:00,461\n2,2013-01-07 08:00:00,3\n1,2013-01-07 12:00:00,3\n",
        "data/SET2/INDICATORS_SET2_P01.CSV": "1,2\n",
        "data/SET1/SET1V_01.CSV": "2013-01-07 00,1,2,3,4\n",
    }.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text)
    bundle = Bundle(Store(str(tmp_path)))
    (found,) = trace_files(bundle)
    traces = released_traces(bundle, found)
    assert np.diff(traces.user_start).tolist() == [2, 1]
    assert traces.place.tolist()[0] == traces.place.tolist()[2]
    assert traces.time_s[0] == MONDAY + 12 * 3_600
