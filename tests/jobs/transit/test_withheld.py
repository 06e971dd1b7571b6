"""Flows put back from sums: against matrices of which everything is known."""

from collections import defaultdict

import h3
import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pytest
from hypothesis import given
from hypothesis import strategies as st

from jobs import tables
from jobs.transit.demand import unseen_shares
from jobs.transit.withheld import completed

DAYS = {"weekday": 10, "sunday": 2}
CENTRE = h3.latlng_to_cell(14.7, -17.4, 5)
CELLS = [h3.str_to_int(cell) for cell in sorted(h3.cell_to_children(CENTRE, 8))[::29]]
K = 15


def up(cell: int, resolution: int) -> int:
    return h3.str_to_int(h3.cell_to_parent(h3.int_to_str(cell), resolution))


def od_rows(flows: dict[tuple[int, int, str, str], float]) -> pa.Table:
    """Table `od` of daily trips; four are made by one user, and each observed trip stands for two."""
    keys = sorted(flows)
    daily = [flows[key] for key in keys]
    period = [trips * DAYS[key[2]] for key, trips in zip(keys, daily, strict=True)]
    columns = [pa.array(column) for column in zip(*keys, strict=True)] if keys else [[], [], [], []]
    content = {
        **dict(zip(("origin", "destination", "day_type", "slot"), columns, strict=True)),
        "users": pa.array(np.array(daily) // 4),
        "trips": np.array(period) / 2.0,
        "population_trips": daily,
        "population_trips_low": pa.nulls(len(keys), pa.float64()),
        "population_trips_high": pa.nulls(len(keys), pa.float64()),
    }
    schema = pa.schema([(c.name, c.type) for c in tables.OD.columns])
    return pa.table({name: pa.array(content[name]).cast(schema.field(name).type) for name in schema.names})


def margin_rows(flows: dict[tuple[int, int, str, str], float], least: float) -> pa.Table:
    """Sums of at least `least` trips a day between cells of resolutions 7 and 6, and by slot."""
    rows = []
    for resolution in (7, 6):
        sums: dict[tuple[int, int, str, str], float] = defaultdict(float)
        for (origin, destination, day_type, slot), trips in flows.items():
            sums[up(origin, resolution), up(destination, resolution), day_type, slot] += trips
        rows += [(f"h3_{resolution}", *key, trips) for key, trips in sums.items() if trips >= least]
    level, origin, destination, day_type, slot, trips = zip(
        *[*rows, ("all", None, None, None, None, 1.0)], strict=True
    )
    days = np.array([DAYS.get(one, 1) for one in day_type])
    return pa.table(
        {
            "level": level,
            "origin": pa.array(origin, pa.int64()),
            "destination": pa.array(destination, pa.int64()),
            "day_type": pa.array(day_type, pa.string()),
            "slot": pa.array(slot, pa.string()),
            "trips": np.array(trips) * days / 2.0,
            "population": np.array(trips) * days,
        }
    )


def sums_at(od: pa.Table, resolution: int) -> dict[tuple[int, int, str, str], float]:
    out: dict[tuple[int, int, str, str], float] = defaultdict(float)
    for row in od.to_pylist():
        key = up(row["origin"], resolution), up(row["destination"], resolution), row["day_type"], row["slot"]
        out[key] += row["population_trips"]
    return out


@st.composite
def matrices(draw):
    seed = draw(st.integers(0, 2**32 - 1))
    rng = np.random.default_rng(seed)
    n = draw(st.integers(2, 8))
    cells = rng.choice(CELLS, n, replace=False).tolist()
    mean = draw(st.sampled_from([20.0, 60.0, 400.0]))
    return {
        (a, b, day_type, slot): float(trips)
        for a in cells
        for b in cells
        for day_type in DAYS
        for slot in ("am_peak", "midday")
        if a != b and (trips := round(rng.exponential(mean))) >= 1
    }


@given(matrices())
def test_what_is_put_back_fills_the_published_sums_and_nothing_else(flows):
    shown = {key: trips for key, trips in flows.items() if trips >= 4 * K}
    od, margins = od_rows(shown), margin_rows(flows, 4 * K)
    found = completed(od, margins)
    assert found.slice(0, od.num_rows).equals(od)
    added = found.slice(od.num_rows).to_pylist()
    assert all(row["trips"] == 0 and row["users"] == 1 and row["population_trips"] > 0 for row in added)
    assert not {(r["origin"], r["destination"], r["day_type"], r["slot"]) for r in added} & set(shown)
    for resolution in (7, 6):
        told, filled = published(margins, resolution), sums_at(found, resolution)
        assert all(filled[key] <= told[key] * (1 + 1e-9) for key in filled.keys() & told.keys())
    told, before, after = published(margins, 7), sums_at(od, 7), sums_at(found, 7)
    whole = {key[2] for key in told if told[key] == before[key]}
    begin, end = {key[0] for key in shown}, {key[1] for key in shown}
    for key, trips in told.items():
        free = [
            (a, b)
            for a in begin
            for b in end
            if (up(a, 7), up(b, 7)) == key[:2] and (a, b, *key[2:]) not in shown
        ]
        if key[2] in whole and free and trips - before[key] >= 0.5:
            assert after[key] == pytest.approx(trips)


def published(margins: pa.Table, resolution: int) -> dict[tuple[int, int, str, str], float]:
    """Trips a day of the sums of a level."""
    return {
        (r["origin"], r["destination"], r["day_type"], r["slot"]): r["population"] / DAYS[r["day_type"]]
        for r in margins.to_pylist()
        if r["level"] == f"h3_{resolution}"
    }


def long_trips() -> dict[tuple[int, int, str, str], float]:
    """Two districts of three cells: many trips within, few from each cell to each of the other side."""
    far = [h3.str_to_int(c) for c in sorted(h3.cell_to_children(CENTRE, 8))]
    one = [c for c in far if up(c, 7) == up(far[0], 7)][:3]
    other = [c for c in far if up(c, 7) == up(far[-1], 7)][:3]
    flows = {
        (a, b, "weekday", "am_peak"): 200.0 for side in (one, other) for a in side for b in side if a != b
    }
    return flows | {(a, b, "weekday", "am_peak"): 40.0 for a in one for b in other}


def test_long_trips_that_a_threshold_withholds_come_back():
    flows = long_trips()
    shown = {key: trips for key, trips in flows.items() if trips >= 4 * K}
    found = completed(od_rows(shown), margin_rows(flows, 4 * K))
    back = {
        (r["origin"], r["destination"]): r["population_trips"] for r in found.to_pylist() if r["trips"] == 0
    }
    assert back == pytest.approx({key[:2]: trips for key, trips in flows.items() if trips == 40.0})
    assert unseen_shares(found, "weekday").put_back == pytest.approx(360 / 2_760)
    assert unseen_shares(found, "weekday").modelled == 0


def test_cells_from_and_to_which_more_is_seen_get_more():
    flows = long_trips()
    busy = max(key[0] for key in flows)
    for key in flows:
        if key[1] == busy and flows[key] == 200.0:
            flows[key] = 500.0
    shown = {key: trips for key, trips in flows.items() if trips >= 4 * K}
    found = completed(od_rows(shown), margin_rows(flows, 4 * K)).to_pylist()
    to = defaultdict(float)
    for row in found:
        if row["trips"] == 0:
            to[row["destination"]] += row["population_trips"]
    assert sum(to.values()) == pytest.approx(360)
    assert to[busy] == pytest.approx(360 * 1000 / 1_800)


def test_where_days_of_sums_cannot_be_told_nothing_is_put_back():
    flows = {key: trips for key, trips in long_trips().items()}
    shown = {key: trips for key, trips in flows.items() if trips >= 4 * K}
    margins = margin_rows(flows, 4 * K)
    only = margins.filter(pc.equal(margins["level"], "h3_6"))
    rest = [r for r in only.to_pylist() if r["origin"] != r["destination"]]
    assert completed(od_rows(shown), pa.Table.from_pylist(rest, margins.schema)).equals(od_rows(shown))


def test_a_matrix_without_rows_or_sums_stays_as_it_is():
    flows = long_trips()
    margins = margin_rows(flows, 4 * K)
    assert completed(od_rows(flows), margins.slice(0, 0)).equals(od_rows(flows))
    assert completed(od_rows(flows).slice(0, 0), margins).num_rows == 0
    assert completed(od_rows(flows), margins).equals(od_rows(flows))
