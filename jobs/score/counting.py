"""Flows between radio cells: the estimate of a finished run, naive counting, and the truth seen through antennas."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from jobs import tables
from jobs.calendars.days import DAY_S, CalendarParams
from jobs.engine.columns import epoch_seconds
from jobs.engine.store import Store, StoredFile
from jobs.ground.footprints import GridParams, nearest_site
from jobs.od import expansion, time_classes
from jobs.score.baselines import cell_changes_of
from jobs.score.flows import Flows, summed
from jobs.score.truth import TrueTrips


@dataclass(frozen=True)
class Finished:
    """A finished run: its tables, and the parts of its config that decide how flows are counted.

    Attributes
    ----------
    key : pseudonym key of the run, to tell which user is which person; None leaves homes and works out.
    """

    store: Store
    files: dict[str, list[StoredFile]]
    calendar: CalendarParams
    grid: GridParams
    key: bytes | None = None

    def table(self, name: str) -> pa.Table:
        """Read a whole table."""
        return self.store.read_tables(self.files[name], tables.named(name).schema)

    @cached_property
    def cells(self) -> pa.Table:
        """The cells that have a position; numbered as in `cells`."""
        return self.table("cells")

    @cached_property
    def zones(self) -> pa.Table:
        """Zones by fine H3 cell."""
        return self.table("zones")

    def by_cells(
        self,
        table: str,
        count: Callable[[pa.Table, StoredFile], tuple[NDArray[np.int64], NDArray[np.float64]]],
    ) -> Flows:
        """Add up what `count` finds in each file of a table."""
        found = [count(self.store.read_table(file), file) for file in self.files[table]]
        return summed(*(np.concatenate(column) for column in zip(*found, strict=True)))


@dataclass(frozen=True, eq=False)
class CellFlows:
    """Flows between radio cells: key ``(origin * cells + destination) * slots + slot``, trips a day.

    Attributes
    ----------
    each : trips a day that one observation of the estimate stands for, with those of its user that repeat it.
    raked : the estimate with expansion by raking; None where the market share of zones is not known.
    """

    estimate: Flows
    each: float
    raked: Flows | None
    naive: Flows
    ceiling: Flows


class DayTrips:
    """True trips of days of one type, with slot and persons an average day."""

    def __init__(self, run: Finished, trips: TrueTrips, kind: int) -> None:
        local = run.calendar.clock.to_local(trips.depart_s)
        day = local // DAY_S
        days = max(int(run.calendar.days_of_types(int(day.min()), int(day.max()))[kind]), 1)
        chosen = run.calendar.day_type_of_day(day) == kind
        half = trips.depart_s.size
        self.points = trips.ends
        self.origin, self.destination = trips.ends.at[:half][chosen], trips.ends.at[half:][chosen]
        self.slot = run.calendar.slot_of(local[chosen])
        self.trips = np.asarray(trips.persons[chosen] / days, np.float64)


def estimate_of(run: Finished, kind: int, weighed: dict[str, pa.Table] | None = None) -> tuple[Flows, float]:
    """Trips that the run found, expanded, between radio cells; and how many an observation stands for.

    Parameters
    ----------
    weighed : anchors with other weights, by the name of their file.
    """
    anchors = {file.name: file for file in run.files["anchors"]}
    cells, slots = run.cells.num_rows, len(run.calendar.slots)
    total = np.zeros(2)

    def count(trips: pa.Table, file: StoredFile) -> tuple[NDArray[np.int64], NDArray[np.float64]]:
        table = weighed[file.name] if weighed else run.store.read_table(anchors[file.name])
        day_type, slot = np.divmod(time_classes(trips, run.calendar), slots)
        chosen = day_type == kind
        persons = expansion(trips, table)[chosen]
        pair = trips["origin"].to_numpy().astype(np.int64) * cells + trips["destination"].to_numpy()
        key = (pair * slots + slot)[chosen]
        total[:] += persons.sum(), _squares(trips["user"].to_numpy()[chosen], key, persons)
        flows = summed(key, persons)
        return flows.key, flows.trips

    days = _days(run, kind)
    flows = run.by_cells("trips", count).scaled(1 / days)
    return flows, float(total[1] / total[0] / days) if total[0] else 1.0


def _squares(user: NDArray[np.uint64], key: NDArray[np.int64], persons: NDArray[np.float64]) -> float:
    """Variance of all flows under a bootstrap over users: the sum of the squares of each user's part of a flow."""
    order = np.lexsort((key, user))
    first = np.append(True, (np.diff(key[order]) != 0) | (user[order][1:] != user[order][:-1]))[: key.size]
    parts = np.add.reduceat(persons[order], np.flatnonzero(first)) if key.size else persons
    return float(parts @ parts)


def naive_of(run: Finished, kind: int) -> Flows:
    """Changes of cell, each user standing for the same number of persons."""
    total = np.asarray(run.zones["population"].to_numpy()).sum() if run.zones.num_rows else 0.0
    users = sum(file.rows for file in run.files["anchors"])
    each = total / users if total and users else 1.0

    def count(events: pa.Table, file: StoredFile) -> tuple[NDArray[np.int64], NDArray[np.float64]]:
        key, changes = cell_changes_of(events, run.calendar, kind, run.cells.num_rows)
        return key, changes.astype(np.float64)

    windows = len({window_of(file) for file in run.files["anchors"]})
    return run.by_cells("events", count).scaled(each * windows / _days(run, kind))


def _days(run: Finished, kind: int) -> int:
    return max(int(run.calendar.days_of_types(*run_days(run))[kind]), 1)


def run_days(run: Finished) -> tuple[int, int]:
    """First and last local day with events."""
    spans = []
    for file in run.files["events"]:
        time = run.store.read_table(file, columns=["time"])["time"]
        if len(time):
            seconds = epoch_seconds(time)
            spans += [int(seconds.min()), int(seconds.max())]
    local = run.calendar.clock.to_local(np.array([min(spans), max(spans)], np.int64)) // DAY_S
    return int(local[0]), int(local[1])


def ceiling_of(run: Finished, day: DayTrips) -> Flows:
    """True trips, each end seen at the nearest site: what no estimate that has one cell an end can pass."""
    lon, lat = run.cells["lon"].to_numpy(), run.cells["lat"].to_numpy()
    cell = nearest_site(day.points.lon, day.points.lat, lon, lat)
    cells, slots = run.cells.num_rows, len(run.calendar.slots)
    return summed((cell[day.origin] * cells + cell[day.destination]) * slots + day.slot, day.trips)


def window_of(file: StoredFile) -> int:
    """Pseudonym window of a file of users."""
    return int(file.name.split("/")[0].removeprefix("window="))
