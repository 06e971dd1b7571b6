"""What people can reach within half an hour or an hour, and how evenly that is spread.

Cumulative opportunities (Wachs & Kumagai 1973; R5 and r5r) from door to door: clock minutes of the optimal strategy in
the busiest slot. Opportunities are the trips that end in a zone, as no census of jobs is asked for. Karner, Pereira
& Farber 2024 warn of single indices: levels and distribution are told together.
"""

from dataclasses import dataclass

import numpy as np

from jobs.transit.demand import way_m
from jobs.transit.evaluation import Evaluator, slot_network
from jobs.transit.lines import LineSet
from jobs.transit.params import WaitAndWalk
from jobs.transit.places import Zones
from kernels.transit.assignment import assign
from kernels.transit.line_network import Demand, Weights

LIMITS_MIN = (30, 45, 60)


@dataclass(frozen=True)
class Access:
    """Shares of all opportunities within reach of each zone, (limits, Z), and people by zone."""

    share: np.ndarray
    people: np.ndarray

    def as_json(self) -> dict[str, object]:
        """Mean, median, tenth percentile, Gini coefficient and Palma ratio over people, by time limit."""
        return {f"{limit}_min": self._of(row) for limit, row in zip(LIMITS_MIN, self.share, strict=True)}

    def _of(self, share: np.ndarray) -> dict[str, float | None]:
        order = np.argsort(share, kind="stable")
        value, people = share[order], self.people[order]
        upto = np.cumsum(people) / max(float(people.sum()), 1e-9)
        least, most = value[upto <= 0.4], value[upto > 0.9]
        poor = float(np.average(least, weights=people[upto <= 0.4])) if people[upto <= 0.4].sum() > 0 else 0.0
        rich = float(np.average(most, weights=people[upto > 0.9])) if people[upto > 0.9].sum() > 0 else 0.0
        return {
            "mean": round(float(np.average(share, weights=self.people)), 4),
            "median": round(float(value[np.searchsorted(upto, 0.5)]), 4),
            "p10": round(float(value[np.searchsorted(upto, 0.1)]), 4),
            "gini": round(gini(share, self.people), 4),
            "palma": round(rich / poor, 3) if poor > 0 else None,
        }


def gini(value: np.ndarray, weight: np.ndarray) -> float:
    """Gini coefficient of a value over weighted people: 0 all alike, 1 all with one."""
    order = np.argsort(value, kind="stable")
    value, weight = value[order], weight[order] / max(float(weight.sum()), 1e-9)
    total = float(value @ weight)
    if total <= 0:
        return 0.0
    held = np.concatenate([[0.0], np.cumsum(value * weight) / total])
    return float(1.0 - ((held[1:] + held[:-1]) * weight).sum())


def accessibility(
    evaluator: Evaluator,
    lines: LineSet,
    departures: np.ndarray,
    zones: Zones,
    people: np.ndarray,
    walk: WaitAndWalk,
) -> Access:
    """Opportunities in reach of each zone in the slot with most trips; walking all the way counts too.

    Cost: one assignment between all zones.
    """
    slot = int(np.argmax(evaluator.trips_by_slot.sum(axis=1)))
    n = zones.share.size
    minutes = clock_minutes(evaluator, lines, departures[:, slot], slot, zones, walk)
    ends = np.repeat(np.arange(n), np.diff(evaluator.demand.first))
    ending = np.bincount(ends, evaluator.demand.trips, minlength=n)
    opportunities = ending / max(float(ending.sum()), 1e-9)
    reached = np.array([(minutes <= limit) @ opportunities for limit in LIMITS_MIN])
    return Access(reached, people)


def clock_minutes(
    evaluator: Evaluator,
    lines: LineSet,
    departures: np.ndarray,
    slot: int,
    zones: Zones,
    walk: WaitAndWalk,
) -> np.ndarray:
    """(Z, Z) expected minutes from door to door, unweighted, on foot where that is quicker."""
    n = zones.share.size
    net, _ = slot_network(lines, slot, departures, evaluator.walks)
    origin = np.tile(np.arange(n, dtype=np.int32), n)
    destination = np.repeat(np.arange(n), n)
    way = way_m(zones, origin, destination, walk.walk_detour)
    on_foot = way / walk.walk_m_per_min
    first = np.arange(n + 1, dtype=np.int64) * n
    demand = Demand(first, origin, np.zeros(n * n), on_foot)
    clock = Weights(1.0, 1.0, 1.0, 0.0, walk.wait_share_of_headway)
    cost = np.empty(n * n)
    assign(net, evaluator.access, demand, clock, 0, n, cost)
    return cost.reshape(n, n).T
