"""The service of one day as patterns: route, direction, ordered stops, departures and ride times by slot."""

from collections import defaultdict
from dataclasses import dataclass

import numpy as np

from jobs.transit.feeds.feed import Feed
from jobs.transit.feeds.stop_times import along_m

_SHORTEST_SLOT_H = 0.5
_QUARTERS = 4.0


@dataclass(frozen=True)
class Slots:
    """Parts of the day, in hours after midnight of the service day."""

    names: tuple[str, ...]
    start_h: np.ndarray
    end_h: np.ndarray

    @classmethod
    def of(cls, slots: dict[str, tuple[float, float]]) -> "Slots":
        """From a parameter dict, in its order."""
        hours = np.array(list(slots.values()), np.float64).reshape(-1, 2)
        return cls(tuple(slots), hours[:, 0], hours[:, 1])

    def within(self, start_h: float, end_h: float) -> tuple["Slots", np.ndarray]:
        """Slots cut to the hours of service, without those of which less than half an hour is left.

        Returns
        -------
        slots, and the share of each original slot that is left, 0 where it was dropped.
        """
        start, end = np.maximum(self.start_h, start_h), np.minimum(self.end_h, end_h)
        left = np.maximum(end - start, 0.0)
        kept = left >= _SHORTEST_SLOT_H
        names = tuple(name for name, is_kept in zip(self.names, kept, strict=True) if is_kept)
        share = np.where(kept, left / (self.end_h - self.start_h), 0.0)
        return Slots(names, start[kept], end[kept]), share

    @property
    def minutes(self) -> np.ndarray:
        """Length of each slot."""
        return np.asarray((self.end_h - self.start_h) * 60.0)

    def slot_of(self, seconds: np.ndarray) -> np.ndarray:
        """Slot of each clock time, -1 outside all; early hours may belong to a slot past midnight."""
        out = np.full(seconds.shape, -1, np.int32)
        for shift in (0.0, 24.0):
            hours = seconds / 3600.0 + shift
            for slot, (start, end) in enumerate(zip(self.start_h, self.end_h, strict=True)):
                out[(out < 0) & (hours >= start) & (hours < end)] = slot
        return out


@dataclass(frozen=True)
class Pattern:
    """One ordered list of stops of one route and direction. S slots, K stops."""

    route: int
    direction: int
    stops: np.ndarray
    """Index into the feed's stops, length K."""
    ride_min: np.ndarray
    """(S, K - 1) minutes from stop to stop, dwell at the later stop included."""
    length_km: float
    departures: np.ndarray
    """Vehicle runs that start in each slot, length S."""
    trips: tuple[int, ...] = ()
    """GTFS trips that run it on the planning day."""
    occupies_min: np.ndarray | None = None
    """(S,) minutes that a departure occupies a vehicle, where ride and layover do not say."""

    @property
    def run_min(self) -> np.ndarray:
        """Minutes from end to end by slot."""
        return np.asarray(self.ride_min.sum(axis=1))


@dataclass(frozen=True)
class Run:
    """Departures of one GTFS trip on the planning day: seconds, and their slots."""

    trip: int
    start_s: np.ndarray


def runs_on(feed: Feed, day: int) -> list[Run]:
    """GTFS trips that run on a day with their departures; frequencies.txt is spelt out."""
    starts = frequency_starts(feed)
    is_running = np.append(feed.days.runs[:, day], False)[feed.trips.service]
    has_calls = np.diff(feed.times.first) >= 2
    first_call = feed.times.departure_s[np.minimum(feed.times.first[:-1], max(feed.times.stop.size - 1, 0))]
    return [
        Run(int(trip), starts.get(int(trip), first_call[trip : trip + 1]))
        for trip in np.flatnonzero(is_running & has_calls)
    ]


def hours_of_service(runs: list[Run]) -> tuple[float, float]:
    """First and last departure from a first stop, in hours, rounded outwards to quarters."""
    starts = np.concatenate([run.start_s for run in runs] or [np.zeros(1)]) / 3600.0
    return float(np.floor(starts.min() * _QUARTERS) / _QUARTERS), float(
        np.ceil(starts.max() * _QUARTERS) / _QUARTERS
    )


def frequency_starts(feed: Feed) -> dict[int, np.ndarray]:
    """Departure seconds of each GTFS trip that frequencies.txt repeats."""
    table = feed.frequencies
    starts: dict[int, list[np.ndarray]] = defaultdict(list)
    for trip, start, end, headway in zip(
        table.trip, table.start_s, table.end_s, table.headway_s, strict=True
    ):
        starts[int(trip)].append(np.arange(start, end, headway))
    return {trip: np.sort(np.concatenate(parts)) for trip, parts in starts.items()}


def departures_by_service(feed: Feed) -> np.ndarray:
    """Vehicle runs of each service on a day that it runs."""
    starts = frequency_starts(feed)
    runs = np.ones(len(feed.trips.ids))
    for trip, departures in starts.items():
        runs[trip] = departures.size
    known = feed.trips.service >= 0
    return np.bincount(feed.trips.service[known], runs[known], minlength=len(feed.days.ids))


def read_patterns(feed: Feed, all_runs: list[Run], slots: Slots) -> list[Pattern]:
    """Patterns that run in any slot, by route, direction and stops."""
    groups: dict[tuple[int, str, bytes], list[Run]] = defaultdict(list)
    for run in all_runs:
        calls = slice(feed.times.first[run.trip], feed.times.first[run.trip + 1])
        key = (
            int(feed.trips.route[run.trip]),
            feed.trips.direction[run.trip],
            feed.times.stop[calls].tobytes(),
        )
        groups[key].append(run)
    patterns = [_pattern(feed, key[0], key[1], runs, slots) for key, runs in sorted(groups.items())]
    return _with_directions(feed, [p for p in patterns if p.departures.any()])


def _pattern(feed: Feed, route: int, direction: str, runs: list[Run], slots: Slots) -> Pattern:
    first = feed.times.first
    stops = feed.times.stop[first[runs[0].trip] : first[runs[0].trip + 1]]
    departures = np.zeros(len(slots.names))
    total = np.zeros((len(slots.names), stops.size - 1))
    rides = np.array([_ride_min(feed, run.trip) for run in runs])
    for run, ride in zip(runs, rides, strict=True):
        in_slot = slots.slot_of(run.start_s)
        count = np.bincount(in_slot[in_slot >= 0], minlength=len(slots.names))
        departures += count
        total += count[:, None] * ride
    ride_min = np.where(
        departures[:, None] > 0, total / np.maximum(departures, 1)[:, None], rides.mean(axis=0)
    )
    length_km = along_m(feed.stops.lon[stops], feed.stops.lat[stops])[-1] / 1000.0
    return Pattern(
        route,
        int(direction) if direction in ("0", "1") else -1,
        stops,
        ride_min,
        float(length_km),
        departures,
        tuple(run.trip for run in runs),
    )


def _ride_min(feed: Feed, trip: int) -> np.ndarray:
    """Minutes from stop to stop; never negative, whatever the feed says."""
    calls = slice(feed.times.first[trip], feed.times.first[trip + 1])
    departure = np.maximum.accumulate(feed.times.departure_s[calls])
    return np.asarray(np.diff(departure) / 60.0)


def _with_directions(feed: Feed, patterns: list[Pattern]) -> list[Pattern]:
    """Tell there from back where direction_id is missing, else headways would look half as long.

    The pattern with most departures is the way there; what heads against it is the way back.
    """
    by_route: dict[int, list[Pattern]] = defaultdict(list)
    for pattern in patterns:
        by_route[pattern.route].append(pattern)
    out: list[Pattern] = []
    for group in by_route.values():
        main = max(group, key=lambda p: p.departures.sum())
        out.extend(_directed(feed, pattern, main) for pattern in group)
    return out


def _directed(feed: Feed, pattern: Pattern, main: Pattern) -> Pattern:
    if pattern.direction >= 0:
        return pattern
    is_back = float(np.dot(_heading(feed, pattern), _heading(feed, main))) < 0
    return Pattern(
        pattern.route,
        int(is_back),
        pattern.stops,
        pattern.ride_min,
        pattern.length_km,
        pattern.departures,
        pattern.trips,
    )


def _heading(feed: Feed, pattern: Pattern) -> np.ndarray:
    a, b = pattern.stops[0], pattern.stops[-1]
    scale = np.cos(np.radians(feed.stops.lat[a]))
    return np.array([(feed.stops.lon[b] - feed.stops.lon[a]) * scale, feed.stops.lat[b] - feed.stops.lat[a]])
