"""How much of what a deleted corridor's passengers lost a new line gives back, by the true demand.

Where exactly a line ran cannot be read from flows between cells of a kilometre and more: a parallel street serves
as well. What can be asked is whether those who lost get their time back. The yardstick is the deleted line itself, run
again at the headways of the new one; whoever lost more than 5 % of his perceived time by the deletion counts.
"""

from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa

from jobs.transit.design_graph import speed_m_per_min
from jobs.transit.evaluation import Evaluator, SlotResult
from jobs.transit.feeds.feed import read_feed
from jobs.transit.lines import Line, LineSet
from jobs.transit.options import FELT_SHARE
from jobs.transit.params import TransitParams
from jobs.transit.patterns import Pattern
from jobs.transit.places import Points
from jobs.transit.scene import read_scene

ENOUGH = 0.5
"""Share of the time that the deleted line would give back, from which on a new line mends the corridor."""
_DESTINATIONS = 120


def who_lost(whole: list[SlotResult], without: list[SlotResult]) -> list[np.ndarray]:
    """Whether each trip's perceived time grows by more than 5 %, by slot."""
    return [b.cost > a.cost * (1.0 + FELT_SHARE) for a, b in zip(whole, without, strict=True)]


def given_back_min(
    evaluator: Evaluator, without: list[SlotResult], after: list[SlotResult], lost: list[np.ndarray]
) -> float:
    """Perceived minutes a day that a change saves those who lost."""
    trips = evaluator.trips_by_slot
    return sum(
        float((made * (a.cost - b.cost))[who].sum())
        for made, a, b, who in zip(trips, without, after, lost, strict=True)
    )


class Recovery:
    """What deleting a corridor from a network takes, and what a line gives back."""

    def __init__(self, feed: Path, od: pa.Table, flaw: dict[str, Any]) -> None:
        """Assign a network with and without the routes of a ``missing_corridor``."""
        self._scene = read_scene(read_feed(feed), od, None, TransitParams())
        self._evaluator = self._scene.evaluator.sampled(_DESTINATIONS)
        self._lines, self._flaw = self._scene.lines, flaw
        self._gone = self._lines.departures
        for line in self._lines.lines:
            if line.line_id in flaw["route_ids"]:
                self._gone[list(line.patterns)] = 0.0
        whole = self._evaluator.day(self._lines, self._lines.departures)
        self._without = self._evaluator.day(self._lines, self._gone)
        self._lost = who_lost(whole, self._without)

    def close(self) -> None:
        """Let the threads go."""
        self._evaluator.close()
        self._scene.evaluator.close()

    def share(self, proposal: dict[str, Any]) -> float:
        """Time that a proposed new line gives back over what the deleted line would, at the same headways."""
        per_slot = np.array(
            [
                minutes / headway if (headway := proposal["headway_after_min"].get(name)) else 0.0
                for name, minutes in zip(self._lines.slots.names, self._lines.slots.minutes, strict=True)
            ]
        )
        routes = [line.line_id for line in self._lines.lines]
        restored = self._gone.copy()
        restored[self._lines.main_patterns(routes.index(self._flaw["route_id"]))] = per_slot
        lines = self._lines_with(np.array(proposal["geometry"]["coordinates"]))
        proposed = np.vstack([self._gone, per_slot, per_slot])
        by_own = self._given_back(self._evaluator.day(self._lines, restored))
        return self._given_back(self._evaluator.day(lines, proposed)) / by_own

    def _given_back(self, after: list[SlotResult]) -> float:
        return given_back_min(self._evaluator, self._without, after, self._lost)

    def _lines_with(self, way: np.ndarray) -> LineSet:
        """The lines and one by the places nearest to a way of (longitude, latitude), at the network's speed."""
        clusters = self._scene.clusters
        latitude = float(np.nanmean(self._scene.feed.stops.lat))
        points = Points(way[:, 0], way[:, 1]).xy(latitude)
        places = np.array([int(np.hypot(*(clusters.xy - point).T).argmin()) for point in points])
        places = places[np.concatenate([[True], places[1:] != places[:-1]])]
        ride = np.hypot(*np.diff(clusters.xy[places], axis=0).T) / speed_m_per_min(self._lines)
        n, slots = len(self._lines.patterns), len(self._lines.slots.names)
        ways = [(places, ride), (places[::-1], ride[::-1])]
        patterns = [
            Pattern(-1, side, clusters.stop[at], np.tile(legs, (slots, 1)), 0.0, np.zeros(slots))
            for side, (at, legs) in enumerate(ways)
        ]
        line = Line("new", "new", (n, n + 1), is_new=True)
        return self._lines.with_lines([line], patterns, [at for at, _ in ways])
