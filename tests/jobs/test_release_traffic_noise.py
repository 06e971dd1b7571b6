"""SET1 with differential privacy: what one person can change, and what comes out."""

from collections import Counter
from datetime import date

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st
from release_builders import DAKAR, NOON, events_file, places

from jobs.counting.disclosure import Cap, PrivacyBudget
from jobs.privacy.dp import noise_key
from jobs.release.interactions import Interactions
from jobs.release.layouts import Slice
from jobs.release.traffic import TrafficRule, write_traffic
from jobs.release.traffic_calls import calls_of
from jobs.release.traffic_noise import Totals, TrafficNoise

MASTER = bytes(range(32))


def noise(cap=3, windows=1, **budget) -> TrafficNoise:
    told = PrivacyBudget(cap=Cap(traffic=cap), **budget)
    return TrafficNoise(told, windows, noise_key(MASTER, "set1", "test"))


def sides(records) -> Interactions:
    """Records of (user, other party, second, cell, went out), sorted as events are."""
    records = sorted(records, key=lambda r: (r[0], r[2], r[3]))
    user, other, time, cell, out = ([r[k] for r in records] for k in range(5))
    return Interactions(
        np.array(user, np.uint64),
        np.array(other, np.uint64),
        np.array(time, np.int64),
        np.array(cell, np.int32),
        np.zeros(len(records), np.int8),
        np.array(out, bool),
        np.full(len(records), 10, np.int64),
    )


def counts(records, told: TrafficNoise) -> Counter:
    """Calls by hour and both cells, out of the records that take part."""
    taken, _ = told.limited(sides(records))
    calls, end = calls_of(taken, np.zeros(taken.user.size, np.int32))
    return Counter(zip((calls.time_s // 3600).tolist(), calls.cell.tolist(), end.tolist(), strict=True))


RECORDS = st.lists(
    st.tuples(st.integers(1, 4), st.integers(1, 5), st.integers(0, 200), st.integers(0, 2), st.booleans()),
    max_size=40,
    unique=True,
)


@given(RECORDS, st.integers(1, 4), st.integers(1, 6))
def test_one_person_changes_figures_by_two_for_each_record_that_takes_part(records, person, cap):
    told = noise(cap)
    with_, without = counts(records, told), counts([r for r in records if r[0] != person], told)
    change = [with_[key] - without[key] for key in with_.keys() | without.keys()]
    assert sum(map(abs, change)) <= 2 * cap
    assert max(map(abs, change), default=0) <= cap
    assert (told.plan.cap, told.plan.cap_of_key) == (2 * cap, cap)


@given(RECORDS, st.integers(1, 4), st.integers(1, 6))
def test_one_person_changes_totals_by_no_more_than_their_noise_is_made_for(records, person, cap):
    told = noise(cap)
    totals = [
        told.limited(sides(rows))[1].values for rows in (records, [r for r in records if r[0] != person])
    ]
    for with_, without, plan in zip(*totals, told.plans_of_totals, strict=True):
        assert abs(with_ - without) <= plan.cap


def test_a_persons_windows_share_the_cap():
    assert noise(50, windows=1).cap == 50
    assert noise(50, windows=4).cap == 12
    assert noise(50, windows=4).plan.cap == 2 * 48
    total = noise(epsilon=1)
    spent = total.plan.epsilon + sum(plan.epsilon for plan in total.plans_of_totals)
    assert spent == total.budget.epsilon


def test_figures_are_scaled_to_all_records_and_durations_to_the_mean_call():
    told = noise(epsilon=20)
    figures = pa.table({"kind": [0, 1], "number": [400, 300], "duration_s": [0, 0]})
    scaled, how = told.scaled(figures, Totals((100_000, 200_000, 80_000, 8_000_000)))
    assert how["dp"]["scaled_by"] == pytest.approx(2, rel=0.01)
    assert how["dp"]["mean_call_s"] == pytest.approx(100, rel=0.01)
    assert scaled["number"].to_pylist() == pytest.approx([800, 600], rel=0.01)
    seconds = scaled["duration_s"].to_pylist()
    assert seconds == pytest.approx([80_000, 0], rel=0.02)


def test_a_busy_pair_of_places_appears_and_a_lonely_one_does_not(spark, store):
    """600 callers of one place at noon, in two files; and one who calls alone from another."""
    files = []
    for part in range(2):
        rows = [(u, NOON + u, 0, 9_000 + u) for u in range(part * 300 + 1, part * 300 + 301)]
        rows += [(5_000, NOON + n, 1, 9_000) for n in range(50)] if part else []
        told = {
            "kind": pa.array(["call"] * len(rows)),
            "direction": pa.array(["out"] * len(rows)),
            "counterparty": pa.array([row[3] for row in rows], pa.uint64()),
            "duration_s": pa.array([60] * len(rows), pa.int32()),
        }
        files.append(events_file(store, f"window=3/part-{part}", *(row[:3] for row in rows), **told))
    slices = {"d4d-civ2012": [Slice(0, date(2013, 1, 7))]}
    rule = TrafficRule(places().site_of_cell, 15, 10, slices, noise(2, epsilon=20))
    made = []
    for folder in ("releases/a", "releases/b"):
        told = write_traffic(spark, store, folder, files, rule, DAKAR.clock, 2)
        made.append(store.read_bytes(f"{folder}/data/SET1TSV/SET1TSV_0.TSV"))
    (line,) = made[0].decode().splitlines()
    when, origin, destination, number, duration = line.split("\t")
    assert (when, origin, destination) == ("2013-01-07 12:00:00", str(places().site_of_cell[0]), "-1")
    assert int(number) == pytest.approx(600, rel=0.3)
    assert int(duration) == pytest.approx(int(number) * told["dp"]["mean_call_s"], rel=0.01)
    assert told["figures_shown"] == 1
    assert told["dp"]["unit"] == "all data of a person in the release"
    assert made[0] == made[1]
