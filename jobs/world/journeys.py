"""The true trips of everybody over the whole period."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from jobs.world.calendar import Calendar
from jobs.world.params import WorldParams
from jobs.world.people import People
from jobs.world.seeds import Topic
from kernels.world_chains import count_trips, fill_trips


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

    @property
    def person(self) -> NDArray[np.int32]:
        """Person of each trip."""
        people = self.first_trip.size - 1
        return np.repeat(np.arange(people, dtype=np.int32), np.diff(self.first_trip))


def live(params: WorldParams, people: People, calendar: Calendar) -> Journeys:
    """Let everybody live the days of the calendar."""
    lives = (
        0, people.role, people.x_m, people.y_m, calendar.kind,
        params.friday_early_share, params.seed, int(Topic.CHAINS),
    )  # fmt: skip
    first_trip = np.concatenate(([0], np.cumsum(count_trips(*lives))))
    return Journeys(first_trip, *fill_trips(*lives, int(first_trip[-1])))
