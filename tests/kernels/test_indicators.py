"""Indicators against bandicoot 0.6.0 on its own demo records, and against plain Python."""

import csv
import math
from collections import Counter
from datetime import datetime

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kernels.indicators import MOBILITY, SOCIAL, half_hour_places, mobility_indicators, social_indicators

EXPECTED = {
    "ego": {
        "active_days": 44,
        "number_of_records": 314,
        "number_of_places": 10,
        "entropy_of_places": 1.5002835799997023,
        "percent_at_home": 0.4738562091503268,
        "radius_of_gyration_km": 1.806537047440705,
        "frequent_places": 3,
        "number_of_interactions_call": 75,
        "number_of_interactions_in_call": 44,
        "number_of_interactions_out_call": 31,
        "number_of_contacts_call": 7,
        "percent_nocturnal_call": 0.4266666666666667,
        "percent_initiated_call": 0.41333333333333333,
        "entropy_of_contacts_call": 1.8626732085630935,
        "balance_of_contacts_mean_call": 0.05904761904761905,
        "interactions_per_contact_mean_call": 10.714285714285714,
        "interevent_time_mean_s_call": 49024.86486486487,
        "percent_pareto_interactions_call": 0.06666666666666667,
        "duration_mean_s_call": 3557.2933333333335,
        "percent_pareto_durations_call": 0.06666666666666667,
        "number_of_interactions_text": 239,
        "number_of_interactions_in_text": 166,
        "number_of_contacts_text": 7,
        "percent_nocturnal_text": 0.4393305439330544,
        "entropy_of_contacts_text": 1.8462551114653172,
        "balance_of_contacts_mean_text": 0.04363419007770473,
        "interactions_per_contact_mean_text": 34.142857142857146,
        "interevent_time_mean_s_text": 15683.474789915967,
        "percent_pareto_interactions_text": 0.02092050209205021,
    },
    "A": {
        "active_days": 18,
        "number_of_places": 8,
        "entropy_of_places": 1.7433240432226262,
        "percent_at_home": 0.4,
        "radius_of_gyration_km": 3.235605721017641,
        "frequent_places": 4,
        "number_of_contacts_call": 2,
        "percent_nocturnal_call": 0.8461538461538461,
        "percent_initiated_call": 0.6153846153846154,
        "entropy_of_contacts_call": 0.5402041423888608,
        "balance_of_contacts_mean_call": 0.3076923076923077,
        "interactions_per_contact_mean_call": 6.5,
        "interevent_time_mean_s_call": 289443.6666666667,
        "duration_mean_s_call": 1399.1538461538462,
        "percent_pareto_interactions_call": 0.15384615384615385,
        "percent_pareto_durations_call": 0.07692307692307693,
        "number_of_contacts_text": 3,
        "percent_nocturnal_text": 0.27586206896551724,
        "entropy_of_contacts_text": 0.8905397204999552,
        "balance_of_contacts_mean_text": 0.21839080459770113,
        "interevent_time_mean_s_text": 124130.57142857143,
        "percent_pareto_interactions_text": 0.06896551724137931,
    },
}


def seconds(text: str) -> int:
    return int((datetime.fromisoformat(text) - datetime(1970, 1, 1)).total_seconds())


def indicators(folder, name: str) -> dict[str, float]:
    """All indicators of one subscriber of bandicoot's demo."""
    with open(folder / "antennas.csv") as file:
        antennas = {row["antenna_id"]: row for row in csv.DictReader(file)}
    number = {antenna: i for i, antenna in enumerate(sorted(antennas))}
    lon, lat = (
        np.array([float(antennas[a][k]) for a in sorted(antennas)]) for k in ("longitude", "latitude")
    )
    with open(folder / f"{name}.csv") as file:
        rows = sorted(csv.DictReader(file), key=lambda row: row["datetime"])
    time = np.array([seconds(row["datetime"]) for row in rows])
    place = np.array([number[row["antenna_id"]] for row in rows])
    both = np.array([0, len(rows)])
    found = dict(zip(MOBILITY, mobility_indicators(both, time, place, lon, lat)[0], strict=True))
    contacts = sorted({row["correspondent_id"] for row in rows})
    for kind in ("call", "text"):
        own = [row for row in rows if row["interaction"] == kind]
        values = social_indicators(
            np.array([0, len(own)]),
            np.array([seconds(row["datetime"]) for row in own]),
            np.array([contacts.index(row["correspondent_id"]) for row in own]),
            np.array([row["direction"] == "out" for row in own]),
            np.array([int(row["call_duration"] or 0) for row in own]),
        )
        found |= {f"{n}_{kind}": v for n, v in zip(SOCIAL, values[0], strict=True)}
    return found


@pytest.mark.parametrize("name", EXPECTED)
def test_as_bandicoot_has_them(shared_data, name):
    found = indicators(shared_data / "cdr_bandicoot", name)
    assert {k: found[k] for k in EXPECTED[name]} == pytest.approx(EXPECTED[name], rel=1e-5)


@given(st.lists(st.tuples(st.integers(0, 4 * 86_400), st.integers(0, 3)), min_size=1, max_size=40))
def test_half_hours_and_entropy_as_in_plain_python(rows):
    rows = sorted(rows, key=lambda row: row[0])
    time, place = (np.array([row[i] for row in rows], np.int64) for i in range(2))
    bins: dict[int, list[int]] = {}
    for second, where in rows:
        bins.setdefault(second // 1800, []).append(where)
    expected = []
    for seen in bins.values():
        most = max(Counter(seen).values())
        expected.append(next(p for p in seen if Counter(seen)[p] == most))
    assert half_hour_places(time, place, False).tolist() == expected
    degrees = np.zeros(4)
    found = mobility_indicators(np.array([0, len(rows)]), time, place, degrees, degrees)[0]
    shares = [count / len(expected) for count in Counter(expected).values()]
    assert found[5] == pytest.approx(-sum(s * math.log(s) for s in shares))
    assert found[7] == 0


def test_a_user_without_interactions_has_counts_of_zero_and_nothing_else():
    found = social_indicators(
        np.array([0, 0]),
        np.empty(0, np.int64),
        np.empty(0, np.int64),
        np.empty(0, bool),
        np.empty(0, np.int64),
    )[0]
    assert found[:4].tolist() == [0, 0, 0, 0]
    assert np.isnan(found[4:]).all()
