"""Simulated calls: both parties have their record, and the graph of contacts is like a society's."""

import csv
from collections import Counter, defaultdict
from datetime import datetime

import numpy as np
import pyarrow.parquet as pq
import pytest

from kernels.world.contacts import draw_contacts, gravity

HEADER = ["msisdn", "time", "cell_id", "kind", "direction", "counterparty", "duration_s"]
CLEAN = {"duplicate_share": 0, "malformed_share": 0}


@pytest.fixture(scope="module")
def talking(make_small):
    return make_small(
        people=600, days=2, calls={}, cdr_layout="parquet", noise=CLEAN, phones={"events_per_day": 12}
    )


def rows_of(folder):
    files = sorted((folder / "cdr").glob("*.parquet"))
    return [row for file in files for row in pq.read_table(file).to_pylist()]


def test_each_call_within_the_network_has_the_records_of_both_parties(talking):
    folder, _ = talking
    rows = [row for row in rows_of(folder) if row["counterparty"]]
    own = {row["msisdn"] for row in rows_of(folder)}
    within = [row for row in rows if row["counterparty"] in own]
    sent = defaultdict(list)
    for row in within:
        if row["direction"] == "out":
            sent[row["msisdn"], row["counterparty"], row["kind"], row["duration_s"]].append(row["time"])
    received = [row for row in within if row["direction"] == "in"]
    for row in received:
        times = sent[row["counterparty"], row["msisdn"], row["kind"], row["duration_s"]]
        assert any(0 <= (row["time"] - time).total_seconds() < 4 for time in times)
    assert len(received) > 0.85 * sum(map(len, sent.values()))
    assert all(row["msisdn"] != row["counterparty"] for row in rows)


def test_records_divide_as_asked_and_stay_as_many(talking, make_small):
    folder, summary = talking
    rows = rows_of(folder)
    kinds = Counter(row["kind"] for row in rows)
    assert kinds["data"] / len(rows) == pytest.approx(0.07, abs=0.06)
    assert kinds["text"] / (kinds["text"] + kinds["call"]) == pytest.approx(1 / 3, abs=0.05)
    assert all((row["duration_s"] is None) == (row["kind"] == "text") for row in rows)
    assert all((row["direction"] is None) == (row["kind"] == "data") for row in rows)
    _, without = make_small(people=600, days=2, noise=CLEAN, phones={"events_per_day": 12})
    assert summary["events"] == pytest.approx(without["events"], rel=0.12)


def test_who_talks_are_contacts_or_of_another_network(talking):
    folder, summary = talking
    pairs = pq.read_table(folder / "truth" / "contacts.parquet").to_pylist()
    contacts = {(row["msisdn"], row["contact"]) for row in pairs}
    met = {tuple(sorted((r["msisdn"], r["counterparty"]))) for r in rows_of(folder) if r["counterparty"]}
    numbers = {number for pair in contacts for number in pair}
    assert {pair for pair in met if set(pair) <= numbers} - contacts == set()
    assert 2 * len(contacts) / summary["numbers"] == pytest.approx(12, rel=0.15)
    outside = sum(not set(pair) <= numbers for pair in met)
    assert 0.05 < outside / len(met) < 0.6


def test_text_and_parquet_hold_the_same_rows_and_malformed_ones_come_between(make_small, talking):
    folder, _ = talking
    plain, summary = make_small(people=600, days=2, calls={}, phones={"events_per_day": 12})
    found = []
    for path in sorted((plain / "cdr").glob("*.csv")):
        with path.open(newline="") as file:
            header, *rows = csv.reader(file)
            assert header == HEADER
            found += rows
    assert len(found) == summary["rows"]
    assert {len(row) for row in found} == {2, 7}
    expected = {
        (*(row[name] if row[name] is not None else "" for name in HEADER if name != "time"), row["time"])
        for row in rows_of(folder)
    }
    good = {
        (
            *(int(v) if k == 5 and v else v for k, v in enumerate(row[:1] + row[2:])),
            datetime.fromisoformat(row[1]),
        )
        for row in found
        if len(row) == 7 and row[0].isdigit() and row[1] != "0000-00-00" and row[2] != "unknown-cell"
    }
    assert good == expected


def test_calls_need_a_layout_that_has_columns_for_them(small_params):
    with pytest.raises(ValueError, match="d4d-set2 has no columns for calls"):
        small_params(calls={}, cdr_layout="d4d-set2")


def graph(clustering: float):
    rng = np.random.default_rng(1)
    n, side = 3_000, 12
    square = np.sort(rng.integers(0, side * side, n)).astype(np.int32)
    mass = np.bincount(square, minlength=side * side)
    x_m, y_m = (axis.ravel() * 1_000.0 for axis in np.meshgrid(np.arange(side), np.arange(side)))
    start = np.append(0, np.cumsum(mass)).astype(np.int64)
    wanted = np.full(n, 6, np.int32)
    member = np.arange(n, dtype=np.int32)
    reach = gravity(x_m, y_m, mass)
    first, contact, count = draw_contacts(wanted, square, member, start, reach, clustering, 3, 22)
    lists = [contact[first[i] : first[i] + count[i]].tolist() for i in range(n)]
    return lists, np.stack([x_m, y_m], 1)[square]


def closed(lists) -> float:
    """Share of pairs of somebody's contacts that are in touch with each other."""
    sets = [set(people) for people in lists]
    pairs = [(a, b) for people in lists for k, a in enumerate(people) for b in people[:k]]
    return sum(b in sets[a] for a, b in pairs) / len(pairs)


def test_contacts_are_mutual_near_and_know_each_other():
    lists, where = graph(0.4)
    for i, people in enumerate(lists):
        assert len(set(people)) == len(people)
        assert i not in people
        assert all(i in lists[j] for j in people)
    assert np.mean([len(people) for people in lists]) == pytest.approx(12, rel=0.05)
    apart = np.array([np.hypot(*(where[i] - where[j])) for i, people in enumerate(lists) for j in people])
    rng = np.random.default_rng(0)
    anyone = np.hypot(
        *(where[rng.integers(0, len(where), 20_000)] - where[rng.integers(0, len(where), 20_000)]).T
    )
    assert np.median(apart) < 0.7 * np.median(anyone)
    loose, _ = graph(0.0)
    assert closed(lists) > 2 * closed(loose)
