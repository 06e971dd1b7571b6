"""Tables of the benchmarks on growth, and beside multimno."""

import argparse

import pytest

from benchmarks import against_multimno, growth
from benchmarks.growth import Size
from benchmarks.measure import Cost

SMALL = Size(1_000_000, 10, Cost(10.0, 20.0, 2**30, 0.0), {"ingest": 4.0})
LARGE = Size(4_000_000, 40, Cost(25.0, 65.0, 3 * 2**29, 0.0), {"ingest": 16.0})


def test_growth_is_told_a_record_and_by_ratios() -> None:
    first, second = growth.table([SMALL, LARGE]).splitlines()[2:]
    assert first.startswith("| 1,000,000 | 10.0 | 20.0 | 1.00 | 10.00 | 20.00 | 1074 |")
    assert second.endswith("| 4.00 | 2.50 | 3.25 | 1.50 | 5.00 | 15.00 |")
    assert "| ingest | 4.0 | 16.0 | 4000 |" in growth.stage_table([SMALL, LARGE])


def test_sizes_have_to_ascend() -> None:
    assert growth._sizes("1e6,4000000") == [1_000_000, 4_000_000]
    with pytest.raises(argparse.ArgumentTypeError, match="ascend"):
        growth._sizes("4,1")


def test_stages_stand_beside_the_published_ones() -> None:
    few = {stage: Cost(5.0, 6.0, 0, 0.0) for stage in against_multimno.STAGES}
    many = {stage: Cost(6.0, 12.0, 0, 3.0) for stage in against_multimno.STAGES}
    told = against_multimno.table(few, many, 300_000, 1_200_000)
    assert "| ingest | event cleaning | 6.0 | 61 | 12.0 | 113 | 10.0 | 6.7 | 48 | 10.2 | 3 |" in told
    assert "| stays | day segmentation into stays | 6.0 | 120 | 12.0 |  |" in told
