"""What all users together tell of each: when trips begin, and which share of them a quiet user shows."""

from dataclasses import dataclass
from typing import Any

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from jobs.engine.columns import epoch_seconds
from kernels.departures import BINS, KINDS, profiles
from kernels.ranks import runs_of
from kernels.unseen import active_hours, count_through_donors, moments

Floats = NDArray[np.float64]
Integers = NDArray[np.int64]

EDGES = np.array([0, 0.5, 1, 1.5, 2, 3, 4, 5, 6, 8, 10, 12])
"""Classes of activity: hours a day with an event, averaged over the window."""

_BUSY = 12.0
_BUSIEST_SHARE = 0.05
_MOST_BUSY = 20_000
_DAY_S = 86_400
_FEWEST_TRIPS = 100


@dataclass(frozen=True, eq=False)
class Sight:
    """How movement is seen: positions, what one place is, and when a visit is a stay."""

    lon: Floats
    lat: Floats
    radius_m: Floats
    min_dwell_s: int
    speed_mps: float
    max_interval_s: int


@dataclass(frozen=True, eq=False)
class Habits:
    """Pooled over all users.

    Attributes
    ----------
    profile : float64[KINDS, 3, BINS], trips by kind, day type and half hour.
    seen : float64[classes], share of their trips that users of a class of activity show, of what busy users
        show; 1 where it is not known.
    """

    profile: Floats
    seen: Floats


@dataclass(frozen=True, eq=False)
class Activity:
    """Users of one file of stays, by how much they called.

    Attributes
    ----------
    user : uint64[users], ascending; first : int64[users + 1], rows of their stays.
    hours : float64[users], hours a day with an event.
    """

    user: NDArray[np.uint64]
    first: Integers
    hours: Floats

    @property
    def kind(self) -> Integers:
        """Class of activity of each user."""
        return np.digitize(self.hours, EDGES) - 1


def activity_of(stays: pa.Table) -> Activity:
    """How active the users of a file of stays are."""
    start, end = epoch_seconds(stays["start"]), epoch_seconds(stays["end"])
    user = stays["user"].to_numpy()
    first = runs_of(user)
    days = (int(end.max()) - int(start.min())) // _DAY_S + 1 if start.size else 1
    return Activity(
        user[first[:-1]], first, active_hours(first, start, end, stays["events"].to_numpy()) / days
    )


def trips_seen(stays: pa.Table, activity: Activity, sight: Sight, files: int = 1) -> tuple[Floats, Floats]:
    """Trips that busy users show through the calls of each class of activity.

    Of all `files` of users together some 20,000 busy ones are looked at: their shares are known to a percent.

    Returns
    -------
    trips, users : float64[classes + 1], the last of both for the calls of other busy users.
    """
    trips, tried = np.zeros(EDGES.size + 1), np.zeros(EDGES.size + 1)
    busy = busy_users(activity.hours, -(-_MOST_BUSY // files))
    busy = busy[_moves(stays["place"].to_numpy(), activity.first)[busy]]
    if busy.size < 2:
        return trips, tried
    start, end = epoch_seconds(stays["start"]), epoch_seconds(stays["end"])
    place, events = stays["place"].to_numpy(), stays["events"].to_numpy()
    event_first = np.concatenate([[0], np.cumsum(events, dtype=np.int64)])[activity.first]
    event_s = moments(start, end, events)
    kind = activity.kind
    rng = np.random.default_rng(0)
    groups = [np.flatnonzero(kind == k) for k in range(EDGES.size)] + [busy]
    for number, donors in enumerate(groups):
        if donors.size == 0:
            continue
        drawn = rng.choice(donors, busy.size)
        trips[number] = count_through_donors(
            activity.first, event_first, start, end, place, event_s, busy, drawn,
            sight.lon, sight.lat, sight.radius_m, sight.min_dwell_s, sight.speed_mps, sight.max_interval_s,
        )  # fmt: skip
        tried[number] = busy.size
    return trips, tried


def _moves(place: NDArray[np.int32], first: Integers) -> NDArray[np.bool_]:
    """Which users were at more than one place; a machine was not."""
    if first.size == 1:
        return np.zeros(0, np.bool_)
    other = place != np.repeat(place[first[:-1]], np.diff(first))
    return np.logical_or.reduceat(other, first[:-1])


def busy_users(hours: Floats, most: int = _MOST_BUSY) -> Integers:
    """Users with calls in 12 hours a day, or the busiest twentieth where these are more; `most` at the most."""
    if hours.size == 0:
        return np.empty(0, np.int64)
    least = min(_BUSY, float(np.quantile(hours, 1 - _BUSIEST_SHARE)))
    return np.flatnonzero(hours >= least)[:most]


def pooled(reports: list[dict[str, Any]]) -> Habits:
    """Habits from the counts of all files, which are added in the order given."""
    counts = np.zeros((KINDS, 3, BINS))
    trips, tried = np.zeros(EDGES.size + 1), np.zeros(EDGES.size + 1)
    for report in reports:
        counts.ravel()[report["at"]] += report["departures"]
        trips += report["trips"]
        tried += report["tried"]
    return Habits(profiles(counts), shares_seen(trips, tried))


def shares_seen(trips: Floats, tried: Floats) -> Floats:
    """Share for each class, rising with activity; all 1 where too little is known."""
    if trips[-1] < _FEWEST_TRIPS:
        return np.ones(EDGES.size)
    rate = np.divide(trips, tried, out=np.full(trips.size, np.nan), where=tried > 0)
    share = np.nan_to_num(rate[:-1] / rate[-1], nan=0.0)
    return np.minimum(np.maximum.accumulate(share), 1.0)


def as_report(counts: Floats, trips: Floats, tried: Floats) -> dict[str, Any]:
    """Counts of one file as JSON."""
    at = np.flatnonzero(counts)
    return {
        "at": at.tolist(),
        "departures": counts.ravel()[at].tolist(),
        "trips": trips.tolist(),
        "tried": tried.tolist(),
    }
