"""The true trips of everybody over the whole period."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from jobs.world.calendar import Calendar
from jobs.world.params import WorldParams
from jobs.world.people import People
from jobs.world.seeds import Topic
from kernels.world.chains import Lives, count_trips, fill_trips
from kernels.world.phones import Trips

_TRIPS_AT_ONCE = 1_000_000


@dataclass(frozen=True)
class Journeys:
    """Trips by person and departure; local seconds since the first midnight, anchors of the person."""

    first_trip: NDArray[np.int64]
    """Trips of person p are first_trip[p] .. first_trip[p + 1] - 1 (people + 1,)."""
    depart_s: NDArray[np.int32]
    arrive_s: NDArray[np.int32]
    origin: NDArray[np.int8]
    destination: NDArray[np.int8]

    @property
    def size(self) -> int:
        """Number of trips."""
        return int(self.depart_s.size)

    def trips_of(self, people: People) -> Trips:
        """These trips as the kernels want them."""
        ends = (self.depart_s, self.arrive_s, self.origin, self.destination)
        return Trips(self.first_trip, *ends, people.x_m, people.y_m)

    def pieces(self) -> Iterator[tuple[slice, NDArray[np.int32]]]:
        """Trips a million or so at a time, whole persons: their rows, and the person of each."""
        people = self.first_trip.size - 1
        cuts = np.searchsorted(self.first_trip, np.arange(0, self.size, _TRIPS_AT_ONCE))
        for start, stop in pairwise([*cuts.tolist(), people]):
            trips = np.diff(self.first_trip[start : stop + 1])
            rows = slice(int(self.first_trip[start]), int(self.first_trip[stop]))
            yield rows, np.repeat(np.arange(start, stop, dtype=np.int32), trips)


def live(params: WorldParams, people: People, calendar: Calendar) -> Journeys:
    """Let everybody live the days of the calendar."""
    lives = Lives(
        0,
        people.role,
        people.x_m,
        people.y_m,
        calendar.kind,
        params.friday_early_share,
        params.seed,
        int(Topic.CHAINS),
    )
    first_trip = np.concatenate(([0], np.cumsum(count_trips(lives))))
    return Journeys(first_trip, *fill_trips(lives, int(first_trip[-1])))
