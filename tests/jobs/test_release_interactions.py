"""SET1, SET4 and indicators: from a table that tells who spoke with whom."""

from datetime import date

import numpy as np
import pyarrow as pa
import pytest
from cdr_builders import KEY
from release_builders import DAKAR, DAY, NOON, drawing, events_file, places

from jobs.errors import ConfigError
from jobs.identity.pseudonyms import window_pads
from jobs.release.ego import distinct_pairs, numbered_graphs, write_ego_graphs
from jobs.release.indicators import IndicatorSet, write_indicators
from jobs.release.interactions import check_interactions
from jobs.release.layouts import Slice
from jobs.release.recipients import Copy
from jobs.release.sample import draw
from jobs.release.traffic import TrafficRule, write_traffic

JANUARY = Slice(0, date(2013, 1, 1))


def talking(store, name: str, *rows: tuple) -> object:
    """Rows of (user, time, cell, kind, direction, counterparty, seconds), already in order."""
    more = {
        "kind": pa.array([r[3] for r in rows]),
        "direction": pa.array([r[4] for r in rows]),
        "counterparty": pa.array([r[5] for r in rows], pa.uint64()),
        "duration_s": pa.array([r[6] for r in rows], pa.int32()),
    }
    return events_file(store, name, *(row[:3] for row in rows), **more)


def traffic(spark, store, files, min_users=1, cap=10, layouts=("d4d-sen2014",)) -> tuple[dict, dict]:
    rule = TrafficRule(places().site_of_cell, min_users, cap, {name: [JANUARY] for name in layouts})
    told = write_traffic(spark, store, "releases/d", files, rule, DAKAR.clock, 2)
    return {
        p.removeprefix("releases/d/data/"): store.read_bytes(p) for p in store.files_below("releases/d/")
    }, told


def test_set1_counts_each_call_once_in_the_hour_in_which_it_starts(spark, store):
    """Cells 0, 1 and 3 are on the sites 3, 1 and 2."""
    site = places().site_of_cell.tolist()
    files = [
        talking(
            store,
            "window=3/part-0",
            (1, NOON + 3599, 0, "call", "out", 2, 100),
            (1, NOON + 7200, 0, "call", "out", 2, 20),
            (1, NOON + 7300, 1, "text", "out", 2, None),
        ),
        talking(
            store,
            "window=3/part-1",
            (2, NOON + 3601, 1, "call", "in", 1, 100),
            (2, NOON + 7201, 3, "call", "in", 1, 20),
            (2, NOON + 7200 + 40, 3, "call", "in", 9, 5),
            (2, NOON + 9000, 3, "call", "out", None, 5),
        ),
    ]
    layouts = ("d4d-sen2014", "d4d-civ2012")
    made, told = traffic(spark, store, files, layouts=layouts)
    rows = [("2013-01-07 12", site[0], site[1], 1, 100), ("2013-01-07 14", -1, site[3], 1, 5)]
    rows.append(("2013-01-07 14", site[0], site[3], 1, 20))
    assert made["SET1/SET1V_01.CSV"].decode() == "".join(f"{','.join(map(str, r))}\n" for r in sorted(rows))
    assert made["SET1/SET1S_01.CSV"].decode() == f"2013-01-07 14,{site[1]},-1,1\n"
    tsv = "".join("\t".join(map(str, (f"{r[0]}:00:00", *r[1:]))) + "\n" for r in sorted(rows))
    assert made["SET1TSV/SET1TSV_0.TSV"].decode() == tsv
    assert set(made) == {"SET1/SET1V_01.CSV", "SET1/SET1S_01.CSV", "SET1TSV/SET1TSV_0.TSV"}
    assert (told["call_figures"], told["call_figures_withheld"]) == (3, 0)


def test_set1_withholds_figures_about_few_and_bounds_what_one_adds(spark, store):
    calls = [(u, NOON + n, 0, "call", "out", 50 + u, 10) for u in (1, 2) for n in range(2 if u == 1 else 40)]
    alone = [(3, NOON + n, 1, "call", "out", 60, 10) for n in range(30)]
    made, told = traffic(
        spark, store, [talking(store, "window=3/part-0", *calls, *alone)], min_users=2, cap=5
    )
    site = places().site_of_cell.tolist()
    assert made["SET1/SET1V_01.CSV"].decode() == f"2013-01-07 12,{site[0]},-1,7,70\n"
    assert (told["call_figures"], told["call_figures_withheld"], told["call_interactions"]) == (2, 1, 12)


def test_set1_withholds_figures_about_few_who_are_called(spark, store):
    to_one = [(u, NOON + u, 0, "call", "out", 60, 10) for u in range(1, 6)]
    to_some = [(u, NOON + u, 1, "call", "out", 60 + u, 10) for u in range(1, 6)]
    made, told = traffic(spark, store, [talking(store, "window=3/part-0", *to_one, *to_some)], min_users=2)
    assert made["SET1/SET1V_01.CSV"].decode() == f"2013-01-07 12,{places().site_of_cell[1]},-1,5,50\n"
    assert (told["call_figures"], told["call_figures_withheld"]) == (2, 1)


@pytest.mark.parametrize("product", ["set1", "set4"])
def test_without_a_counterparty_it_is_refused_with_the_reason(store, product):
    files = [events_file(store, "window=3/part-0", (1, NOON, 0))]
    with pytest.raises(ConfigError, match=r"no kind, direction, counterparty, duration_s") as refused:
        check_interactions(store, files, product)
    assert f"take {product} out" in str(refused.value)


def test_graphs_reach_two_steps_and_number_everybody_else_anew():
    """5 - 1 - 2 - 3 - 4: around 1 and around 4."""
    chain = distinct_pairs(np.array([1, 2, 3, 4, 5], np.uint64), np.array([2, 3, 4, 3, 1], np.uint64))
    pads = window_pads(KEY, 3, "release-set4")
    egos, numbers = np.array([1, 4], np.uint64), np.array([2, 1], np.int32)
    edges, told = numbered_graphs(chain, egos, numbers, pads, 10)
    assert told == {"egos": 2, "nodes": 2 + 3 + 2, "edges": 3 + 2}
    around_first = [edge for edge in edges.tolist() if edge[0] == 1 or max(edge) <= 12]
    assert len(around_first) == 2
    assert (edges[:, 0] < edges[:, 1]).all()
    others = edges[edges > 10]
    assert set(others.tolist()) == {11, 12, 13, 14, 15}


def test_set4_is_written_as_pairs(spark, store):
    files = [
        talking(
            store, "window=3/part-0", (7, NOON, 0, "call", "out", 8, 1), (8, NOON + 1, 0, "call", "in", 7, 1)
        )
    ]
    rule = drawing(days={3: 14})
    sample = draw(spark, store, files, rule, DAKAR.clock, "private")
    pads = {3: window_pads(KEY, 3, "release-set4")}
    told = write_ego_graphs(
        spark, store, "releases/d", files, sample, 1, pads, {3: JANUARY}, ("d4d-civ2012",), Copy()
    )
    assert store.read_bytes("releases/d/data/SET4/GRAPHS_0.TSV") == b"1\t2\n"
    assert told == {"egos": [1], "nodes": [2], "edges": [1]}


def test_indicators_have_a_row_a_person_and_their_header_apart(spark, store):
    files = [
        talking(
            store,
            "window=3/part-0",
            (7, NOON, 0, "call", "out", 8, 60),
            (7, NOON + DAY, 1, "text", "in", 9, None),
            (8, NOON, 0, "data", None, None, None),
        )
    ]
    rule = drawing(days={3: 14})
    sample = draw(spark, store, files, rule, DAKAR.clock, "private")
    where = places()
    lon, lat = where.sites["lon"].to_numpy(), where.sites["lat"].to_numpy()
    wanted = IndicatorSet(
        rule,
        sample,
        where.site_of_cell,
        np.append(np.nan, lon),
        np.append(np.nan, lat),
        {3: JANUARY},
        ("d4d-sen2014",),
    )
    names = write_indicators(spark, store, "releases/d", files, wanted, DAKAR.clock, Copy())
    header = store.read_bytes("releases/d/data/SET2/INDICATORS_SET2_HEADERS.CSV").decode()
    assert header == ",".join(names) + "\n"
    assert len(names) == 1 + 33
    rows = store.read_bytes("releases/d/data/SET2/INDICATORS_SET2_P01.CSV").decode().splitlines()
    told = [dict(zip(names, row.split(","), strict=True)) for row in rows]
    caller = next(row for row in told if row["number_of_records"] == "2")
    silent = next(row for row in told if row["number_of_records"] == "1")
    assert caller["active_days"] == "2"
    assert caller["interevent_time_mean_s"] == "86400"
    assert (caller["duration_mean_s_call"], caller["number_of_contacts_text"]) == ("60", "1")
    assert (silent["number_of_interactions_call"], silent["entropy_of_contacts_call"]) == ("0", "")
