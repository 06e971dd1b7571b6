"""Accuracy of flows against events a person and day, market share and cell weights, on a simulated city.

``python -m benchmarks.accuracy configs/dakar.yaml --people 20000 --out accuracy`` prints a table in
Markdown and writes ``accuracy.svg``. Needs the ``dev`` extra (matplotlib). The stages run in this process, without
Spark and without pseudonyms: what is measured is the estimate, not the engine.
"""

import argparse
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from jobs import tables
from jobs.anchors import AnchorParams, anchors_of, residents_by_cell, with_weights
from jobs.calendars.days import CalendarParams
from jobs.calendars.localtime import zone_named
from jobs.counting.expansion import home_cell_weights, membership_of
from jobs.engine.store import Store
from jobs.ground.footprints import GridParams
from jobs.ground.likely_places import likely_ground_of
from jobs.habits import activity_of, as_report, pooled, trips_seen
from jobs.locate import locate
from jobs.score import Finished, score
from jobs.stays import StayParams, positions, stays_of
from jobs.trips import TripParams, moves_of, trips_of
from jobs.world.make import make_world
from jobs.world.params import WorldParams
from pipelines.config import RunConfig, load_config, with_world_outputs

RATES = (0.5, 1.0, 2.0, 5.0, 12.0, 25.0, 50.0)
SHARES = (0.05, 0.1, 0.2, 0.4, 0.6)
RATE, SHARE = 12.0, 0.6
RESOLUTIONS = (6, 7, 8)


@dataclass(frozen=True)
class Point:
    """One simulated city, and how its cells are weighed."""

    sweep: str
    rate: float
    share: float
    weights: str = "voronoi"


def points() -> Iterator[Point]:
    """Every city of the table."""
    yield from (Point("events", rate, SHARE) for rate in RATES)
    yield from (Point("share", RATE, share) for share in SHARES)
    yield from (Point("weights", RATE, SHARE, weights) for weights in ("site", "voronoi", "sector"))


def world_of(config: RunConfig, people: int, point: Point) -> WorldParams:
    """The world of a config with other phones."""
    assert config.world is not None
    phones = config.world.phones.model_copy(update={"events_per_day": point.rate})
    changes = {
        "people": people,
        "subscribers": round(point.share * people),
        "cdr_layout": "parquet",
        "od_resolutions": (7,),
        "phones": phones,
    }
    return config.world.model_copy(update=changes)


def events_of(folder: Path, cells: pa.Table, zone: str) -> pa.Table:
    """Good rows of the records, by subscriber and time, the number itself as the user."""
    rows = pa.concat_tables([pq.read_table(file) for file in sorted((folder / "cdr").glob("*.parquet"))])
    cell = pc.index_in(rows["cell_id"], cells["cell_id"].combine_chunks())
    number = pc.match_substring_regex(pc.fill_null(rows["msisdn"], ""), r"^\d{12}$")
    good = pc.and_(pc.and_(number, rows["time"].is_valid()), cell.is_valid())
    rows, cell = rows.filter(good), cell.filter(good)
    local = rows["time"].cast(pa.timestamp("s")).cast(pa.int64()).to_numpy()
    utc, _ = zone_named(zone).to_utc(local)
    made = pa.table(
        {
            "user": rows["msisdn"].cast(pa.uint64()),
            "window": np.zeros(rows.num_rows, np.int32),
            "time": pa.array(utc).cast(pa.timestamp("s", "UTC")),
            "cell": cell,
        }
    )
    distinct = made.group_by(["user", "window", "time", "cell"]).aggregate([])
    return tables.EVENTS.conform(distinct.sort_by([(c, "ascending") for c in ("user", "time", "cell")]))


def estimated(folder: Path, config: RunConfig, point: Point, scratch: Path) -> Finished:
    """Run the stages on one file of users."""
    assert config.cells is not None
    grid = GridParams(weights=point.weights)
    located = locate(config.cells, config.zones, grid)
    calendar = config.calendar
    lon, lat = positions(located.cells)
    events = events_of(folder, located.cells, calendar.zone)
    stays = stays_of(events, lon, lat, StayParams())
    ground = likely_ground_of(located.cells, located.zones)
    found = anchors_of(stays, lon, lat, calendar, AnchorParams(), ground)
    residents = np.zeros(located.cells.num_rows + 1, np.int64)
    for _, home, users in residents_by_cell(found).tolist():
        residents[home] += users
    anchors = with_weights(
        found, {0: home_cell_weights(residents, membership_of(located.cells, located.zones))}
    )
    trips = _trips(stays, anchors, lon, lat, calendar)
    store = Store(str(scratch))
    made = {
        "cells": located.cells,
        "cell_h3": located.cell_h3,
        "zones": located.zones,
        "events": events,
        "anchors": anchors,
        "trips": trips,
        "presence": tables.PRESENCE.schema.empty_table(),
        "od": tables.OD.schema.empty_table(),
    }
    files = {name: [store.write_table(f"tables/{name}", "window=0/part-00000", made[name])] for name in made}
    return Finished(store, files, calendar, grid)


def _trips(stays: pa.Table, anchors: pa.Table, lon: Any, lat: Any, calendar: CalendarParams) -> pa.Table:
    params = TripParams()
    sight = params.sight(lon, lat)
    moves = moves_of(stays, anchors, sight, calendar)
    seen = trips_seen(stays, activity_of(stays), sight)
    return trips_of(
        moves, pooled([as_report(moves.departures(params.timed_within_s), *seen)]), params.least_seen
    )


def measured(
    config: RunConfig, people: int, point: Point, resolutions: tuple[int, ...] = RESOLUTIONS
) -> dict[str, Any]:
    """Score of one city: CPC between H3 cells of estimate, ceiling and naive counting, and the bias of all trips."""
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch) / "world"
        params = world_of(config, people, point)
        make_world(params, folder, lambda text: None)
        told_config = with_world_outputs(config.model_copy(update={"world": params}))
        run = estimated(folder, told_config, point, Path(scratch) / "ws")
        told = score(run, folder / "truth", resolutions, "weekday")
    row: dict[str, Any] = {"bias": next(iter(told["flows"].values()))["estimate"]["bias"]}
    for resolution, sets in told["flows"].items():
        for name in ("estimate", "location ceiling", "naive"):
            row[f"{name} {resolution}"] = sets[name]["between_cells"]["cpc"]
    return row


_COLUMNS = ("estimate 6", "estimate 7", "estimate 8", "location ceiling 7", "naive 7", "bias")


def heading() -> str:
    """First two lines of the table."""
    return (
        "| events a day | share | weights | "
        + " | ".join(_COLUMNS)
        + " |\n"
        + "|---" * (3 + len(_COLUMNS))
        + "|"
    )


def line(point: Point, row: dict[str, Any]) -> str:
    """One line of the table."""
    figures = ["" if c not in row else f"{row[c]:+.1%}" if c == "bias" else f"{row[c]:.3f}" for c in _COLUMNS]
    return f"| {point.rate:g} | {point.share:.0%} | {point.weights} | " + " | ".join(figures) + " |"


def draw(rows: list[tuple[Point, dict[str, Any]]], file: Path) -> None:
    """Two panels: CPC by events a person and day, and by market share."""
    import matplotlib

    matplotlib.use("svg")
    from matplotlib import pyplot

    figure, panels = pyplot.subplots(1, 2, figsize=(10, 4), sharey=True, layout="constrained")
    for panel, sweep, attribute in zip(panels, ("events", "share"), ("rate", "share"), strict=True):
        chosen = [(getattr(p, attribute), row) for p, row in rows if p.sweep == sweep]
        for name, style in (("estimate", "-o"), ("location ceiling", "--"), ("naive", ":s")):
            for resolution, colour in ((6, "#0b3c5d"), (7, "#d1495b"), (8, "#edae49")):
                if not all(f"{name} {resolution}" in row for _, row in chosen):
                    continue
                values = [row[f"{name} {resolution}"] for _, row in chosen]
                panel.plot(
                    [x for x, _ in chosen],
                    values,
                    style,
                    color=colour,
                    ms=4,
                    label=f"{name}, H3 {resolution}",
                )
        panel.set_xscale("log")
        ticks = sorted({x for x, _ in chosen})
        panel.set_xticks(ticks, [f"{x:.0%}" if sweep == "share" else f"{x:g}" for x in ticks])
        panel.minorticks_off()
        panel.set_ylim(0, 1)
        panel.grid(alpha=0.3)
        panel.set_xlabel("events a person and day" if sweep == "events" else "market share")
    panels[0].set_ylabel("CPC between H3 cells, weekday")
    panels[1].legend(fontsize=7, loc="lower right")
    figure.savefig(file)


def main() -> None:
    """Measure every point, print the table, draw the figure."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("config", type=Path, help="config with a world")
    parser.add_argument("--people", type=int, default=20_000)
    parser.add_argument("--out", type=Path, default=Path("accuracy"), help="figure, without its ending")
    parser.add_argument(
        "--sweep", action="append", choices=("events", "share", "weights"), help="only this one [all]"
    )
    parser.add_argument("--resolution", action="append", type=int, help="only this one [6, 7, 8]")
    given = parser.parse_args()
    config = load_config(given.config)
    rows = []
    print(heading())
    chosen = [point for point in points() if point.sweep in (given.sweep or [point.sweep])]
    for point in chosen:
        rows.append((point, measured(config, given.people, point, tuple(given.resolution or RESOLUTIONS))))
        print(line(*rows[-1]), flush=True)
    draw(rows, given.out.with_suffix(".svg"))


if __name__ == "__main__":
    main()
