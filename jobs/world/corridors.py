"""What passengers would miss most if a corridor had no line: where a planted fault is one.

A line whose way others repeat, or from which a change leads everywhere, can go without much harm; a planner
that leaves it out is right. So the corridor that is taken away is the one that passengers miss most, by an
assignment of the true demand: of the lines, taken away with all that run a third of their way or more along them, the
one that saves most perceived time when it alone is put back every quarter of an hour.
"""

from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pyarrow as pa

from jobs.transit.evaluation import Evaluator, total_min
from jobs.transit.feeds.feed import read_feed
from jobs.transit.lines import LineSet
from jobs.transit.params import NewLines, TransitParams
from jobs.transit.scene import read_scene
from jobs.world.demand import Demand

_ALONG_M = 500.0
_ALONG_SHARE = 1.0 / 3.0
"""A line runs along a corridor when it stops near the corridor with this share of its stops."""
_RESTORED_HEADWAY_MIN = 15.0
_MOST_TRIED = 40
_DESTINATIONS = 60


@dataclass(frozen=True)
class Corridor:
    """A line and those that run along it."""

    route: str
    routes: tuple[str, ...]
    """All of them, the line first."""
    saves_share: float
    """Perceived time that the line alone saves of all, where there is none of them, in the busiest slot."""


def most_missed(feed: Path, demand: Demand, routes: list[str]) -> Corridor | None:
    """Of the first few of `routes`, the corridor that is missed most; None if none runs on a weekday.

    Costs two assignments of one slot for each of at most forty routes.

    Raises
    ------
    InputError
        The feed cannot be read or does not serve the demand.
    """
    slot = int(demand.trips.sum(axis=(1, 2)).argmax())
    params = TransitParams(
        slots={"busiest": demand.slots[slot]}, mode_share=1.0, new_lines=NewLines(candidates=0)
    )
    scene = read_scene(read_feed(feed), _flows(demand, slot), None, params)
    evaluator = scene.evaluator.sampled(_DESTINATIONS)
    try:
        lines = scene.lines
        index = {line.line_id: i for i, line in enumerate(lines.lines)}
        running = [index[route] for route in routes if route in index]
        tried = [_corridor(evaluator, lines, scene.clusters.xy, i) for i in running[:_MOST_TRIED]]
    finally:
        evaluator.close()
        scene.evaluator.close()
    return max(tried, key=lambda corridor: corridor.saves_share, default=None)


def _flows(demand: Demand, slot: int) -> pa.Table:
    origin, destination = np.nonzero(demand.trips[slot])
    trips = demand.trips[slot][origin, destination]
    return pa.table(
        {
            "origin": demand.h3[origin],
            "destination": demand.h3[destination],
            "day_type": ["weekday"] * trips.size,
            "slot": ["busiest"] * trips.size,
            "users": np.ceil(trips).astype(np.int32),
            "population_trips": trips,
        }
    )


def _corridor(evaluator: Evaluator, lines: LineSet, xy: np.ndarray, line: int) -> Corridor:
    along = [other for other in range(len(lines.lines)) if _runs_along(lines, xy, other, line)]
    gone = lines.departures
    gone[[p for other in along for p in lines.lines[other].patterns]] = 0.0
    back = gone.copy()
    back[list(lines.lines[line].patterns)] = lines.slots.minutes / _RESTORED_HEADWAY_MIN
    without, restored = (total_min(evaluator.day(lines, departures)) for departures in (gone, back))
    others = tuple(lines.lines[other].line_id for other in along if other != line)
    route = lines.lines[line].line_id
    return Corridor(route, (route, *others), (without - restored) / without)


def _runs_along(lines: LineSet, xy: np.ndarray, other: int, line: int) -> bool:
    """Whether a line stops near the corridor with a third of its stops."""
    corridor = np.vstack([xy[lines.places[p]] for p in lines.lines[line].patterns])
    return any(
        (
            np.hypot(*(xy[lines.places[p]][:, None] - corridor).transpose(2, 0, 1)).min(axis=1) <= _ALONG_M
        ).mean()
        >= _ALONG_SHARE
        for p in lines.lines[other].patterns
    )
