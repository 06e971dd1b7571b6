"""The benchmarks' own parts that need no extra package."""

import pyarrow as pa
import pytest

from benchmarks import kernels as kernel_speed
from benchmarks.engine import Result, table
from benchmarks.measure import Cost
from benchmarks.shared_od import KEY, counted, difference

FLOW = {"origin": 1, "destination": 2, "day_type": 0, "slot": 3, "trips": 2}


def flows(*rows: dict[str, int]) -> pa.Table:
    return counted(pa.Table.from_pylist([FLOW | row for row in rows]))


def test_equal_results_do_not_differ() -> None:
    told = difference(flows({}, {"slot": 4}), flows({"slot": 4}, {}))
    assert told == {"flows": 2, "flows_that_differ": 0, "moves": 4, "moves_of_peer": 4}


@pytest.mark.parametrize("other", [{"trips": 3}, {"origin": 9}])
def test_another_count_or_a_missing_flow_differs(other: dict[str, int]) -> None:
    assert difference(flows({}), flows(other))["flows_that_differ"] >= 1


def test_flows_are_summed_by_key() -> None:
    assert flows({}, {}).to_pylist() == [{**{name: FLOW[name] for name in KEY}, "trips": 4}]


def test_the_table_gives_ratios_to_our_run() -> None:
    told = table(
        [Result("maillage", Cost(4.0, 6.0, 2**30, 0.0)), Result("peer", Cost(8.0, 2.0, 2**30, 1.0))], 10
    )
    assert "| peer | 8.0 | 2.0 |" in told
    assert "| 0.50 | 3.00 |" in told


def test_a_failed_peer_is_told() -> None:
    assert "failed: out of memory" in table([Result("peer", error="trace\nout of memory")], 10)


def test_kernels_are_measured_on_few_events() -> None:
    figures = [kernel_speed.measured(case, 1e10) for case in kernel_speed.cases(2_000)]
    assert all(figure.ns_an_item > 0 for figure in figures)
