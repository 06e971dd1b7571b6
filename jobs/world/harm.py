"""Where a planted fault does most harm, by an assignment of the true demand: the worst of its kind in the city.

A line whose way others repeat, or from which a change leads everywhere, can go without much harm; a planner
that leaves it out is right. So the corridor that is taken away is the one that passengers miss most for what it
costs: of the lines, taken away with all that run a third of their way or more along them, the one that when it alone is
put back every quarter of an hour saves most perceived time beyond what its vehicle-hours would save on the other lines.
Likewise the line that is starved is the one that then lacks most of the vehicle-hours which its demand is due: among
those that are short by nature, as headways in proportion to trips leave some, another would be no fault at all.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pyarrow as pa

from jobs.transit.diagnosis import dues
from jobs.transit.evaluation import Evaluator, total_min
from jobs.transit.feeds.feed import read_feed
from jobs.transit.options import mean_price
from jobs.transit.params import NewLines, TransitParams
from jobs.transit.scene import read_scene
from jobs.world.demand import Demand

_ALONG_M = 500.0
_ALONG_SHARE = 1.0 / 3.0
"""A line runs along a corridor when it stops near the corridor with this share of its stops."""
HEADWAY_MIN = 15.0
"""Of a line that is put back."""
_MOST_TRIED = 40
_SHORTLISTED = 6
"""Corridors that do most harm on a sample of destinations, of which the harm to all trips is computed."""
_LONGEST_M = 17_000.0
"""As long as the invented lines are: along much more no one new line would run."""
_DESTINATIONS = 60


@dataclass(frozen=True)
class Corridor:
    """A line and those that run along it."""

    route: str
    routes: tuple[str, ...]
    """All of them, the line first."""
    saves_share: float
    """Perceived time that the line alone saves of all, where there is none of them."""
    surplus_min: float
    """Perceived minutes a day that it saves more than its vehicle-hours would on the network's lines."""


class Harm:
    """A network with the true demand."""

    def __init__(self, feed: Path, flows: pa.Table, params: TransitParams) -> None:
        """Read a feed.

        Parameters
        ----------
        flows : true trips, in the columns of an OD table.

        Raises
        ------
        InputError
            The feed cannot be read or does not serve the demand.
        """
        scene = read_scene(read_feed(feed), flows, None, params)
        self._evaluator = scene.evaluator
        self._sample = scene.evaluator.sampled(_DESTINATIONS)
        self._lines, self._xy = scene.lines, scene.clusters.xy
        self._index = {line.line_id: i for i, line in enumerate(self._lines.lines) if line.is_fixed}

    def close(self) -> None:
        """Let the threads go."""
        self._sample.close()
        self._evaluator.close()

    @property
    def running(self) -> frozenset[str]:
        """Routes that run on a weekday, by a timetable."""
        return frozenset(self._index)

    def corridors(self, routes: Sequence[str]) -> list[Corridor]:
        """At most six corridors of `routes`, that which is missed most first.

        Looked at are the first forty of them that run on weekdays and are up to 17 km long, longer ones where all are:
        two assignments of a sample of trips for each, and two of all trips for the six that do most harm by that.
        """
        running = [self._index[route] for route in routes if route in self._index]
        short = [line for line in running if self._length_m(line) <= _LONGEST_M] or running
        tried = short[:_MOST_TRIED]
        if len(tried) > _SHORTLISTED:
            worst = self._by_harm(self._sample, tried)[:_SHORTLISTED]
            tried = [self._index[corridor.route] for corridor in worst]
        return self._by_harm(self._evaluator, tried)

    def _by_harm(self, evaluator: Evaluator, tried: Sequence[int]) -> list[Corridor]:
        price = mean_price(self._lines, evaluator.day(self._lines, self._lines.departures))
        found = [self._corridor(evaluator, line, price) for line in tried]
        return sorted(found, key=lambda corridor: -corridor.surplus_min)

    def most_short(self, routes: Sequence[str], gone: Collection[str], factor: int) -> str:
        """Which of `routes` lacks most vehicle-hours when it runs `factor` times more rarely, and `gone` not at all.

        Costs one assignment of a sample of trips. The first of them where none runs on a weekday.
        """
        departures = self._without([self._index[route] for route in gone if route in self._index])
        found = dues(self._sample, self._lines, departures)
        short = found.due_hours - found.given_hours / factor
        by_route = dict(zip((self._lines.lines[i].line_id for i in found.lines), short.tolist(), strict=True))
        return max(routes, key=lambda route: by_route.get(route, -np.inf))

    def _without(self, gone: Sequence[int]) -> np.ndarray:
        departures = self._lines.departures
        departures[[p for line in gone for p in self._lines.lines[line].patterns]] = 0.0
        return departures

    def _length_m(self, line: int) -> float:
        """Of the longest way, straight from stop to stop."""
        lines = self._lines
        return max(1000.0 * lines.patterns[p].length_km for p in lines.lines[line].patterns)

    def _corridor(self, evaluator: Evaluator, line: int, price: float) -> Corridor:
        lines = self._lines
        along = [other for other in self._index.values() if self._runs_along(other, line)]
        gone = self._without(along)
        back = gone.copy()
        back[lines.main_patterns(line)] = lines.slots.minutes / HEADWAY_MIN
        without, restored = (total_min(evaluator.day(lines, d)) for d in (gone, back))
        hours = float((lines.vehicle_hours(back) - lines.vehicle_hours(gone)).sum())
        others = tuple(lines.lines[other].line_id for other in along if other != line)
        route, saved = lines.lines[line].line_id, without - restored
        return Corridor(route, (route, *others), saved / without, saved - price * hours)

    def _runs_along(self, other: int, line: int) -> bool:
        """Whether a line stops near the corridor with a third of its stops."""
        lines, xy = self._lines, self._xy
        corridor = np.vstack([xy[lines.places[p]] for p in lines.lines[line].patterns])
        return any(
            (
                np.hypot(*(xy[lines.places[p]][:, None] - corridor).transpose(2, 0, 1)).min(axis=1)
                <= _ALONG_M
            ).mean()
            >= _ALONG_SHARE
            for p in lines.lines[other].patterns
        )


def as_od(demand: Demand) -> tuple[pa.Table, TransitParams]:
    """All trips as an OD table, and parameters with its slots."""
    names = [f"slot {number}" for number in range(len(demand.slots))]
    slots = dict(zip(names, demand.slots, strict=True))
    params = TransitParams(slots=slots, mode_share=1.0, new_lines=NewLines(candidates=0))
    return pa.concat_tables([_flows(demand, slot, name) for slot, name in enumerate(names)]), params


def _flows(demand: Demand, slot: int, name: str) -> pa.Table:
    origin, destination = np.nonzero(demand.trips[slot])
    trips = demand.trips[slot][origin, destination]
    return pa.table(
        {
            "origin": demand.h3[origin],
            "destination": demand.h3[destination],
            "day_type": ["weekday"] * trips.size,
            "slot": [name] * trips.size,
            "users": np.ceil(trips).astype(np.int32),
            "trips": trips,
            "population_trips": trips,
        }
    )
