"""Small towns on a line, in each of which one kind of change is what is missing."""

from collections.abc import Iterable
from itertools import pairwise

import pyarrow as pa

from jobs.transit.params import TransitParams
from tests.jobs.transit.towns import FeedBuilder, h3_at, od_table

SLOTS = {"am_peak": (6.0, 9.0), "midday": (9.0, 16.0)}
PARAMS = TransitParams(
    slots=SLOTS,
    service_hours=(6.0, 16.0),
    mode_share=1.0,
    floors={"max_losers_share": 0.5, "max_coverage_loss": 0.05, "max_zone_loss_min": 60.0},
    new_lines={"candidates": 0},
    standards={"mend_first": False},
    budget_steps=(0.0,),
    resamples=3,
    rounds=1,
)
Flow = tuple[tuple[float, float], tuple[float, float], float]
"""From and to in metres, trips a day one way; as many go back."""


def richer(hours: float, vehicles: float) -> TransitParams:
    """Parameters that let a plan spend these shares more, and a budget step that does."""
    more = {"vehicle_hours_change": hours, "peak_vehicles_change": vehicles}
    return PARAMS.model_copy(update={**more, "budget_steps": (vehicles,)})


def demand(flows: Iterable[Flow]) -> pa.Table:
    rows = []
    for a, b, trips in flows:
        for origin, destination in ((a, b), (b, a)):
            for slot, share in (("am_peak", 0.4), ("midday", 0.6)):
                rows.append((h3_at(*origin), h3_at(*destination), slot, trips * share))
    return od_table(rows)


def along(
    feed: FeedBuilder,
    name: str,
    xs: Iterable[float],
    headway_min: float,
    m_per_min: float = 250.0,
    y: float = 0.0,
) -> None:
    """A line with stops at these metres along a street, each its own."""
    xs = list(xs)
    stops = [f"{name}{i}" for i in range(len(xs))]
    for stop, x in zip(stops, xs, strict=True):
        feed.stop(stop, x, y)
    feed.line(name, stops, [(b - a) / m_per_min for a, b in pairwise(xs)], headway_min, (6, 17))


def steps(first: float, last: float, spacing: float = 500.0) -> list[float]:
    return [first + i * spacing for i in range(round((last - first) / spacing) + 1)]


def extend_town() -> tuple[FeedBuilder, pa.Table, TransitParams]:
    """A suburb 1.5 km beyond the end of the only line."""
    feed = FeedBuilder()
    along(feed, "A", steps(0, 5000), 12)
    flows = [((6500.0, 0.0), (x, 0.0), 500.0) for x in (0.0, 1500.0, 3000.0)]
    flows += [((4500.0, 0.0), (0.0, 0.0), 400.0), ((3000.0, 0.0), (0.0, 0.0), 400.0)]
    return (
        feed,
        demand(flows),
        richer(0.4, 0.5),
    )


def truncate_town() -> tuple[FeedBuilder, pa.Table, TransitParams]:
    """The second half of a line runs through fields, while another line is full."""
    feed = FeedBuilder()
    along(feed, "A", steps(0, 9000), 12)
    along(feed, "B", steps(0, 5000), 30, y=4000.0)
    flows = [((0.0, 0.0), (x, 0.0), 500.0) for x in (2000.0, 3500.0, 4500.0)]
    flows += [((0.0, 4000.0), (x, 4000.0), 900.0) for x in (2000.0, 3500.0, 5000.0)]
    return feed, demand(flows), PARAMS


def reroute_town() -> tuple[FeedBuilder, pa.Table, TransitParams]:
    """The straight way of a line passes a town by, 1.2 km aside, whose stops nobody serves."""
    feed = FeedBuilder()
    along(feed, "A", steps(0, 6000), 12)
    flows = [((3000.0, 1200.0), (x, 0.0), 900.0) for x in (0.0, 6000.0)]
    flows += [((0.0, 0.0), (6000.0, 0.0), 100.0), ((1000.0, 0.0), (0.0, 0.0), 50.0)]
    return (
        feed,
        demand(flows),
        richer(0.3, 0.3),
    )


def split_town() -> tuple[FeedBuilder, pa.Table, TransitParams]:
    """Two towns on one long line that have nothing to do with each other: one is large."""
    feed = FeedBuilder()
    along(feed, "A", steps(0, 12000), 15)
    flows = [((0.0, 0.0), (x, 0.0), 1500.0) for x in (2500.0, 4000.0, 5800.0)]
    flows += [((12000.0, 0.0), (x, 0.0), 60.0) for x in (7500.0, 9500.0)]
    return feed, demand(flows), PARAMS


def merge_town() -> tuple[FeedBuilder, pa.Table, TransitParams]:
    """Two lines end at the same stop, and most ride on."""
    feed = FeedBuilder()
    along(feed, "A", steps(0, 4000), 15)
    xs = steps(4000, 8000)
    for i, x in enumerate(xs[1:]):
        feed.stop(f"B{i}", x, 0.0)
    feed.line("B", ["A8", *(f"B{i}" for i in range(len(xs) - 1))], [2.0] * (len(xs) - 1), 15, (6, 17))
    flows = [((a, 0.0), (b, 0.0), 600.0) for a in (0.0, 1500.0, 2500.0) for b in (5500.0, 6500.0, 8000.0)]
    return feed, demand(flows), PARAMS


def drop_town() -> tuple[FeedBuilder, pa.Table, TransitParams]:
    """A stop every 250 m, but people live at both ends alone."""
    feed = FeedBuilder()
    along(feed, "A", steps(0, 7000, 250.0), 12, 200.0)
    flows = [((0.0, 0.0), (7000.0, 0.0), 3000.0), ((0.0, 0.0), (6000.0, 0.0), 1500.0)]
    return feed, demand([*flows, ((3500.0, 0.0), (0.0, 0.0), 30.0)]), PARAMS


def add_town() -> tuple[FeedBuilder, pa.Table, TransitParams]:
    """A link of 3 km without a stop, past a town."""
    feed = FeedBuilder()
    along(feed, "A", [0.0, 500.0, 1000.0, 1500.0, 4500.0, 5000.0, 5500.0, 6000.0], 12)
    flows = [((3000.0, 100.0), (x, 0.0), 900.0) for x in (0.0, 6000.0)] + [((0.0, 0.0), (6000.0, 0.0), 300.0)]
    return (
        feed,
        demand(flows),
        richer(0.1, 0.3),
    )


def demand_town() -> tuple[FeedBuilder, pa.Table, TransitParams]:
    """A village with a handful of trips a day has a line of its own that meets a strong one."""
    feed = FeedBuilder()
    along(feed, "A", steps(0, 6000), 20)
    for i in range(1, 5):
        feed.stop(f"V{i}", 3000.0, 700.0 * i)
    feed.line("V", ["A6", *(f"V{i}" for i in range(1, 5))], [2.8] * 4, 10, (6, 17))
    flows = [((0.0, 0.0), (x, 0.0), 1500.0) for x in (2000.0, 4000.0, 6000.0)]
    flows += [((3000.0, y), (0.0, 0.0), 2.0) for y in (1500.0, 2600.0)]
    return feed, demand(flows), PARAMS


TOWNS = {
    "extend": extend_town,
    "truncate": truncate_town,
    "reroute": reroute_town,
    "split": split_town,
    "merge": merge_town,
    "drop_stops": drop_town,
    "add_stops": add_town,
    "drt_zone": demand_town,
}
