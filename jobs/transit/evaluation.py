"""What a timetable means for passengers: the assignment of all trips, slot by slot."""

import os
from concurrent.futures import ThreadPoolExecutor
from copy import copy
from dataclasses import dataclass, field

import numpy as np

from jobs.transit.lines import LineSet
from jobs.transit.params import WaitAndWalk
from jobs.transit.walk_book import WalkBook
from kernels.transit.assignment import PASSENGERS, assign
from kernels.transit.line_network import Access, Demand, LineNetwork, Weights

_CHUNKS = 8
"""Destinations are always split alike, so that sums do not depend on the number of threads."""


@dataclass(frozen=True)
class SlotResult:
    """One slot, per day. P patterns, E demand entries."""

    cost: np.ndarray
    """(E,) perceived minutes."""
    boardings: np.ndarray
    """(P,) passengers who board."""
    peak_load: np.ndarray
    """(P,) passengers aboard on the fullest link, whole slot."""
    worth: np.ndarray
    """(P,) perceived minutes saved per relative increase of departures (derivative by ln f)."""
    totals: np.ndarray
    """Passenger-minutes walk, wait, ride; transfers; passengers."""
    perceived_min: float
    """Perceived minutes of all trips, with or without transit."""
    boarded: np.ndarray = field(default_factory=lambda: np.empty(0))
    """(L,) passengers who board at each position of the patterns that run, one pattern after the other."""
    aboard: np.ndarray = field(default_factory=lambda: np.empty(0))
    """(L,) passengers who ride on from it."""


class Evaluator:
    """Holds what does not change between timetables: places, walks, demand, weights."""

    def __init__(
        self,
        book: WalkBook,
        walks: tuple[np.ndarray, np.ndarray, np.ndarray],
        demand: Demand,
        trips_by_slot: np.ndarray,
        perceived: WaitAndWalk,
        threads: int = 0,
    ) -> None:
        self.book, self.walks, self.demand, self.trips_by_slot = book, walks, demand, trips_by_slot
        self.weights = Weights(
            perceived.walk_weight,
            perceived.first_wait_weight,
            perceived.transfer_wait_weight,
            perceived.transfer_penalty_min,
            perceived.wait_share_of_headway,
        )
        self.runs = 0
        self.entries = np.arange(demand.origin.size)
        """Entries of the whole demand that these are."""
        self._perceived, self._threads = perceived, threads
        self._pool = ThreadPoolExecutor(threads or os.cpu_count() or 1)
        self._bounds = _even_bounds(np.diff(demand.first) > 0)

    def sampled(self, n_destinations: int) -> "Evaluator":
        """The same network with trips to a sample of destinations, scaled up to all.

        Zones are drawn systematically with probability proportional to their trips (Madow 1949), in the
        order of their H3 index, which keeps neighbours together: nothing is left to chance.
        """
        zones = self.demand.first.size - 1
        destination = np.repeat(np.arange(zones), np.diff(self.demand.first))
        weight = _systematic_weights(
            np.bincount(destination, self.demand.trips, minlength=zones), n_destinations
        )
        kept = weight[destination] > 0
        first = np.concatenate([[0], np.cumsum(kept)])[self.demand.first].astype(np.int64)
        scale = weight[destination[kept]]
        demand = Demand(
            first, self.demand.origin[kept], self.demand.trips[kept] * scale, self.demand.fallback[kept]
        )
        trips_by_slot = np.ascontiguousarray(self.trips_by_slot[:, kept] * scale)
        drawn = Evaluator(self.book, self.walks, demand, trips_by_slot, self._perceived, self._threads)
        drawn.entries = np.flatnonzero(kept)
        return drawn

    @property
    def access(self) -> Access:
        """Walks to stops as they are served today."""
        return self.book.today

    def with_trips(self, trips_by_slot: np.ndarray) -> "Evaluator":
        """The same journeys made by other numbers of people, (S, E); close the first one only."""
        other = copy(self)
        other.trips_by_slot = np.ascontiguousarray(trips_by_slot)
        other.demand = self.demand._replace(trips=trips_by_slot.sum(axis=0))
        return other

    def close(self) -> None:
        """Let the threads go."""
        self._pool.shutdown()

    def day(self, lines: LineSet, departures: np.ndarray) -> list[SlotResult]:
        """Assign all slots."""
        return self.slots(lines, [(slot, departures[:, slot]) for slot in range(departures.shape[1])])

    def slots(self, lines: LineSet, wanted: list[tuple[int, np.ndarray]]) -> list[SlotResult]:
        """Assign slots, each with its own (P,) departures, on all threads."""
        jobs = [(slot, *slot_network(lines, slot, departures, self.walks)) for slot, departures in wanted]
        today = lines.departures
        futures = []
        for (slot, net, _), (_, departures) in zip(jobs, wanted, strict=True):
            access = self.book.given(lines, today[:, slot], departures)
            demand = self.demand._replace(trips=self.trips_by_slot[slot])
            cost = np.empty(demand.origin.size)
            bounds = zip(self._bounds[:-1], self._bounds[1:], strict=True)
            parts = [
                self._pool.submit(assign, net, access, demand, self.weights, int(a), int(b), cost)
                for a, b in bounds
            ]
            futures.append((parts, cost))
        self.runs += len(jobs)
        return [
            self._collected(slot, net, pattern, [part.result() for part in parts], cost, len(lines.patterns))
            for (slot, net, pattern), (parts, cost) in zip(jobs, futures, strict=True)
        ]

    def _collected(
        self,
        slot: int,
        net: LineNetwork,
        pattern: np.ndarray,
        parts: list[tuple[np.ndarray, ...]],
        cost: np.ndarray,
        n_patterns: int,
    ) -> SlotResult:
        boardings, loads, worth, totals = (np.sum([part[i] for part in parts], axis=0) for i in range(4))
        peak = np.zeros(n_patterns)
        np.maximum.at(peak, pattern, loads)
        totals[PASSENGERS] = max(totals[PASSENGERS], 0.0)
        return SlotResult(
            cost,
            np.bincount(pattern, boardings, minlength=n_patterns),
            peak,
            np.bincount(pattern, worth * net.frequency, minlength=n_patterns),
            totals,
            float(np.dot(self.trips_by_slot[slot], cost)),
            boardings,
            loads,
        )


def total_min(results: list[SlotResult]) -> float:
    """Perceived minutes of a day."""
    return sum(result.perceived_min for result in results)


def _systematic_weights(size: np.ndarray, n: int) -> np.ndarray:
    """How many of n equal parts of the whole each zone stands for, over its own size; 0 if not drawn."""
    if n >= np.count_nonzero(size):
        return np.ones(size.size)
    step = size.sum() / n
    drawn = np.bincount(np.searchsorted(np.cumsum(size), (np.arange(n) + 0.5) * step), minlength=size.size)
    return np.asarray(np.where(drawn > 0, drawn * step / np.maximum(size, 1e-300), 0.0))


def _even_bounds(has_demand: np.ndarray) -> np.ndarray:
    """Zone bounds of chunks with like numbers of destinations."""
    done = np.concatenate([[0], np.cumsum(has_demand)])
    inner = np.searchsorted(done, np.linspace(0, done[-1], _CHUNKS + 1)[1:-1])
    return np.concatenate([[0], inner, [has_demand.size]]).astype(np.int64)


def slot_network(
    lines: LineSet, slot: int, departures: np.ndarray, walks: tuple[np.ndarray, np.ndarray, np.ndarray]
) -> tuple[LineNetwork, np.ndarray]:
    """Arrays of the patterns that run in a slot, and the pattern of each position."""
    running = np.flatnonzero(departures > 0)
    n_stops = walks[0].size - 1
    sizes = np.array([lines.places[p].size for p in running], np.int64)
    pattern = np.repeat(running, sizes)
    place = np.concatenate([lines.places[p] for p in running] or [np.empty(0)]).astype(np.int32)
    ride = np.concatenate(
        [np.append(lines.patterns[p].ride_min[slot], np.inf) for p in running] or [np.empty(0)]
    )
    frequency = departures[pattern] / lines.slots.minutes[slot]
    frequency[np.isinf(ride)] = 0.0
    by_stop = np.argsort(place, kind="stable").astype(np.int32)
    first = np.searchsorted(place[by_stop], np.arange(n_stops + 1)).astype(np.int32)
    return LineNetwork(
        place, ride, frequency, first, by_stop, *_used_walks(walks, np.diff(first) > 0)
    ), pattern


def _used_walks(
    walks: tuple[np.ndarray, np.ndarray, np.ndarray], is_served: np.ndarray
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Walks between stops where a line runs; a third of the time of an assignment is saved."""
    first, stop, minutes = walks
    kept = np.repeat(is_served, np.diff(first)) & is_served[stop]
    left = np.concatenate([[0], np.cumsum(kept)])[first].astype(np.int32)
    return left, stop[kept], minutes[kept]
