"""Stays to trips: each with its interval and likely departure, its purpose, and the trips that it stands for."""

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray
from pydantic import Field

from jobs import tables
from jobs.calendars.days import DAY_S, CalendarParams
from jobs.engine.blocks import run_tasks
from jobs.engine.columns import epoch_seconds, timestamps
from jobs.engine.store import Store, StoredFile
from jobs.ground.places import PlaceParams
from jobs.habits import Activity, Habits, Sight, activity_of, as_report, pooled, trips_seen
from jobs.stays import positions
from kernels.departures import count_departures, draw_departures
from kernels.ranks import ranks_of
from kernels.trips import UNKNOWN, purposes, trip_kinds, trip_origins

if TYPE_CHECKING:
    from pyspark import SparkContext

_PURPOSES = pa.array(["HBW", "HBO", "NHB"])
_KM_H = 3.6
_LEARNT_USERS = 200_000
"""Files with so many users together tell what all users tell, to the percent."""


class TripParams(PlaceParams):
    """Which moves between stays are trips."""

    max_interval_s: int = Field(
        24 * 3600, gt=0, description="with more time (seconds) between two stays the trip is not counted"
    )
    timed_within_s: int = Field(
        5_400, gt=0, description="trips known to within these seconds tell when trips of their kind begin"
    )
    min_dwell_s: int = Field(1_200, ge=0, description="shortest stay (seconds), for the share of trips seen")
    travel_speed_kmh: float = Field(15, gt=0, description="door-to-door speed (km/h), for the same")
    least_seen: float = Field(
        0.05,
        gt=0,
        le=1,
        description="a user's trips are expanded as if at least this share was seen; 1: trips unseen are not "
        "made up for",
    )

    def sight(self, lon: NDArray[np.float64], lat: NDArray[np.float64]) -> Sight:
        """How movement is seen on a cell plan."""
        speed_mps = self.travel_speed_kmh / _KM_H
        return Sight(lon, lat, self.radii(lon, lat), self.min_dwell_s, speed_mps, self.max_interval_s)


def trips(
    spark: "SparkContext",
    store: Store,
    build: str,
    stays: list[StoredFile],
    anchors: list[StoredFile],
    cells: pa.Table,
    params: TripParams,
    calendar: CalendarParams | None = None,
) -> list[StoredFile]:
    """Find the trips of each file of stays; anchors are cut along the same users.

    Some files are read twice: what users tell of each other is known only when enough of them have been seen.
    """
    sight = params.sight(*positions(cells))
    calendar = calendar or CalendarParams()

    def read(given: dict[str, Any]) -> Moves:
        known = store.read_table(given["anchors"], columns=["user", "home", "work"])
        return moves_of(store.read_table(given["stays"]), known, sight, calendar)

    anchor_of = {file.name: file for file in anchors}
    inputs = [{"name": f.name, "stays": f.path, "anchors": anchor_of[f.name].path} for f in stays]
    chosen = learnt_from([anchor_of[file.name].rows for file in stays])

    def learn(given: dict[str, Any]) -> dict[str, Any]:
        moves = read(given)
        seen = trips_seen(moves.stays, activity_of(moves.stays), sight, len(chosen))
        return as_report(moves.departures(params.timed_within_s), *seen)

    habits = pooled(run_tasks(spark, [inputs[i] for i in chosen], learn))

    def work(given: dict[str, Any]) -> dict[str, Any]:
        found = trips_of(read(given), habits, params.least_seen)
        return store.write_table(f"tables/trips/{build}", given["name"], found).as_json()

    reports = run_tasks(spark, inputs, work)
    return [StoredFile.from_json({k: v for k, v in r.items() if k != "number"}) for r in reports]


def learnt_from(users: list[int]) -> list[int]:
    """Which files of so many users each are learnt from: evenly over all, so that every season is in them."""
    share = min(1.0, _LEARNT_USERS / max(sum(users), 1))
    count = math.ceil(share * len(users))
    return [i * len(users) // count for i in range(count)]


@dataclass(frozen=True, eq=False)
class Moves:
    """Trips between consecutive stays, before what all users tell of them is known.

    Attributes
    ----------
    at : int64[trips], the stay before each trip; user : uint64[trips]; origin, destination : int32[trips], cells.
    kind : int8[trips], see `kernels.trips.trip_kinds`.
    leave_s, arrive_s : int64[trips], bounds of the interval, UTC seconds; start_s, end_s : the same, local.
    """

    stays: pa.Table
    at: NDArray[np.int64]
    user: NDArray[np.uint64]
    origin: NDArray[np.int32]
    destination: NDArray[np.int32]
    kind: NDArray[np.int8]
    leave_s: NDArray[np.int64]
    arrive_s: NDArray[np.int64]
    start_s: NDArray[np.int64]
    end_s: NDArray[np.int64]
    calendar: CalendarParams

    def days(self) -> tuple[NDArray[np.int8], int]:
        """Type of each day that the trips touch, and the first of these days."""
        if self.at.size == 0:
            return np.zeros(1, np.int8), 0
        first, last = int(self.start_s.min()) // DAY_S, int(self.end_s.max()) // DAY_S
        return self.calendar.day_type_of_day(np.arange(first, last + 1)).astype(np.int8), first

    def departures(self, within_s: int) -> NDArray[np.float64]:
        """Well-timed trips by kind, day type and half hour."""
        counts: NDArray[np.float64] = count_departures(
            self.start_s, self.end_s, self.kind, *self.days(), within_s
        )
        return counts

    def likely_departures(self, habits: Habits) -> NDArray[np.int64]:
        """UTC seconds in each interval, drawn as trips of the kind begin."""
        drawn = draw_departures(self.start_s, self.end_s, self.kind, self.user, *self.days(), habits.profile)
        return np.minimum(self.leave_s + (drawn - self.start_s), self.arrive_s)


def moves_of(stays: pa.Table, anchors: pa.Table, sight: Sight, calendar: CalendarParams) -> Moves:
    """Trips between consecutive stays of one file."""
    user, place = stays["user"].to_numpy(), stays["place"].to_numpy()
    start, end = epoch_seconds(stays["start"]), epoch_seconds(stays["end"])
    ground = (sight.lon, sight.lat, sight.radius_m)
    at = trip_origins(user, place, start, end, *ground, sight.max_interval_s)
    user, origin, destination = user.take(at), place.take(at), place.take(at + 1)
    kind = trip_kinds(
        user,
        origin,
        destination,
        anchors["user"].to_numpy(),
        _cell_or_none(anchors["home"]),
        _cell_or_none(anchors["work"]),
        *ground,
    )
    leave, arrive = end.take(at), start.take(at + 1)
    local = calendar.clock.to_local
    return Moves(
        stays, at, user, origin, destination, kind, leave, arrive, local(leave), local(arrive), calendar
    )


def trips_of(moves: Moves, habits: Habits, least_seen: float = 0.05) -> pa.Table:
    """Rows of the `trips` table."""
    found = {
        "user": moves.user,
        "window": moves.stays["window"].to_numpy().take(moves.at),
        "origin": moves.origin,
        "destination": moves.destination,
        "earliest_departure": timestamps(moves.leave_s),
        "latest_arrival": timestamps(moves.arrive_s),
        "departure": timestamps(moves.likely_departures(habits)),
        "purpose": _as_text(purposes(moves.kind)),
        "stands_for": _stands_for(moves.user, activity_of(moves.stays), habits, least_seen),
    }
    return tables.TRIPS.conform(pa.table(found))


def _as_text(purpose: NDArray[np.int8]) -> pa.DictionaryArray:
    """Names of purposes as codes, null where it is not known: text would be coded again when it is written."""
    return pa.DictionaryArray.from_arrays(pa.array(purpose, mask=purpose == UNKNOWN), _PURPOSES)


def _stands_for(
    user: NDArray[np.uint64], activity: Activity, habits: Habits, least_seen: float
) -> NDArray[np.float64]:
    """Trips that each trip stands for: those of its user that were not seen are like those that were."""
    each = 1 / np.maximum(habits.seen[activity.kind], least_seen)
    return np.asarray(each.take(ranks_of(activity.user, user)), np.float64)


def _cell_or_none(column: pa.ChunkedArray) -> NDArray[np.int32]:
    return np.asarray(pc.fill_null(column, -1).to_numpy(), np.int32)
