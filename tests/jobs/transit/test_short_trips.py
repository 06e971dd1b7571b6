"""Short trips that phone records do not tell: against towns whose trips are known."""

import h3
import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jobs.transit.demand import unseen_shares
from jobs.transit.short_trips import with_short_trips
from tests.jobs.transit.towns import od_table

BELOW_KM = 3.5
CELLS = [h3.str_to_int(cell) for cell in sorted(h3.grid_disk(h3.latlng_to_cell(14.7, -17.4, 8), 5))]
LATLNG = np.array([h3.cell_to_latlng(h3.int_to_str(cell)) for cell in CELLS])
XY = (LATLNG - LATLNG.mean(axis=0)) * 111.195 * [1.0, np.cos(np.radians(14.7))]
KM = np.hypot(*(XY[:, None] - XY[None]).transpose(2, 0, 1))
SHARES = {"am_peak": 0.25, "midday": 0.75}


def town(seed: int, decay_per_km: float) -> np.ndarray:
    """Trips by a gravity model whose cells differ."""
    rng = np.random.default_rng(seed)
    out, into = rng.lognormal(0.0, 0.5, (2, len(CELLS)))
    flow = out[:, None] * into * np.exp(-decay_per_km * KM)
    np.fill_diagonal(flow, 0.0)
    return flow * 200_000 / flow.sum()


def table(flow: np.ndarray) -> pa.Table:
    return od_table(
        (CELLS[i], CELLS[j], slot, float(flow[i, j] * share))
        for i, j in zip(*np.nonzero(flow > 0), strict=True)
        for slot, share in SHARES.items()
    )


def matrix(od: pa.Table) -> np.ndarray:
    number = {cell: i for i, cell in enumerate(CELLS)}
    out = np.zeros((len(CELLS), len(CELLS)))
    for row in od.to_pylist():
        out[number[row["origin"]], number[row["destination"]]] += row["population_trips"]
    return out


@settings(max_examples=15, deadline=None)
@given(st.integers(0, 2**32 - 1), st.floats(0.1, 0.8), st.floats(0.0, 0.9))
def test_of_a_gravity_model_the_short_trips_come_back(seed, decay_per_km, seen_share):
    flow = town(seed, decay_per_km)
    seen = np.where(KM < BELOW_KM, seen_share * flow, flow)
    od = table(seen)
    found = with_short_trips(od, "weekday", BELOW_KM)
    assert found.slice(0, od.num_rows).equals(od)
    by_pair = matrix(found)
    assert by_pair[KM >= BELOW_KM] == pytest.approx(flow[KM >= BELOW_KM])
    assert by_pair.sum() == pytest.approx(flow.sum(), rel=0.02)
    told = flow > 3.0
    assert by_pair[told] == pytest.approx(flow[told], rel=0.1)


@settings(max_examples=10, deadline=None)
@given(st.integers(0, 2**32 - 1), st.floats(0.1, 0.8), st.floats(1.02, 3.0))
def test_where_short_trips_are_told_none_are_added(seed, decay_per_km, share):
    flow = town(seed, decay_per_km)
    od = table(np.where(KM < BELOW_KM, share * flow, flow))
    assert with_short_trips(od, "weekday", BELOW_KM).equals(od)


def test_what_is_added_is_marked_and_runs_at_the_hours_of_its_like():
    flow = town(1, 0.3)
    od = table(np.where(KM < BELOW_KM, 0.0, flow))
    found = with_short_trips(od, "weekday", BELOW_KM)
    added = found.slice(od.num_rows)
    assert set(added["users"].to_pylist()) == {0}
    assert set(added["trips"].to_pylist()) == {0.0}
    by_slot = {
        slot: pc.sum(added.filter(pc.equal(added["slot"], slot))["population_trips"]).as_py()
        for slot in SHARES
    }
    assert by_slot["midday"] == pytest.approx(3 * by_slot["am_peak"])
    shares = unseen_shares(found, "weekday")
    assert shares.modelled == pytest.approx(flow[KM < BELOW_KM].sum() / flow.sum(), abs=0.02)
    assert shares.put_back == 0


def test_nothing_is_added_where_not_asked_or_too_little_is_known():
    flow = town(1, 0.3)
    od = table(np.where(KM < BELOW_KM, 0.0, flow))
    assert with_short_trips(od, "weekday", 0.0).equals(od)
    assert with_short_trips(od, "sunday", BELOW_KM).equals(od)
    few = od.filter(pc.is_in(od["origin"], pa.array(CELLS[:1])))
    assert with_short_trips(few.slice(0, 20), "weekday", BELOW_KM).num_rows == 20
    alone = od_table([(CELLS[0], CELLS[0], "midday", 9.0)])
    assert with_short_trips(alone, "weekday", BELOW_KM).equals(alone)
