"""The benchmark of an evaluation on a city small enough for a test."""

from dataclasses import replace

import pyarrow.parquet as pq

from benchmarks import evaluate
from benchmarks.evaluate import Step, faults, table
from benchmarks.made_city import SLOT_SHARES, City, lines_of, write_demand, write_feed

SMALL = City(rows=5, columns=6, across=1, zones=30, pairs=500, trips=20_000.0)
STEPS = [
    Step("assign today's lines", 1.0, 20.0, 40.0),
    Step("assign with a line twice as often", 1.0, 20.0, 39.0),
    Step("assign with a line more", 1.0, 20.0, 38.0),
    Step("command, today's feed", 9.0, 30.0, 40.0),
    Step("command, feed with a line twice as often", 9.0, 30.0, 39.0),
]


def test_a_small_city_is_assigned_before_and_after(tmp_path) -> None:
    write_feed(SMALL, lines_of(SMALL), tmp_path / "feed.zip")
    rows = write_demand(SMALL, tmp_path / "od.parquet")
    od = pq.read_table(tmp_path / "od.parquet")
    assert rows == od.num_rows == len(SLOT_SHARES) * SMALL.pairs
    steps, scene = evaluate.in_process(tmp_path / "feed.zip", od, evaluate.params_of(1))
    assert scene.clusters.stop.max() < SMALL.stops
    assert len(scene.lines.lines) == SMALL.lines == 12
    assert scene.trips_by_slot.shape == (4, SMALL.pairs)
    today, often, added = [step.perceived_min for step in steps if step.name.startswith("assign")]
    assert often < today
    assert added < today


def test_slow_useless_or_diverging_assignments_are_told() -> None:
    assert faults(STEPS) == []
    useless = [
        STEPS[0],
        replace(STEPS[1], perceived_min=40.0),
        *STEPS[2:4],
        replace(STEPS[4], perceived_min=40.0),
    ]
    assert faults(useless) == ["assign with a line twice as often: saves nobody time"]
    diverging = [*STEPS[:3], replace(STEPS[3], perceived_min=41.0), STEPS[4]]
    assert faults(diverging) == ["command, today's feed: 41.0 minutes a trip, 40.0 in process"]
    slow = [replace(step, cpu_s=31.0) for step in STEPS]
    assert faults(slow) == ["before and after take 62 processor seconds"]
    assert "| assign today's lines | 1.0 | 20.0 | 40.00 |" in table(STEPS)
