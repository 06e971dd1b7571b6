"""Accuracy of a finished workspace: its flows and simple baselines beside the truth."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import h3.api.basic_int as h3
import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from jobs import tables
from jobs.calendar import DAY_S, DAY_TYPES, CalendarParams
from jobs.columns import epoch_seconds
from jobs.footprints import GridParams, coarser, ground_of, nearest_site, weigh_cells
from jobs.od import expansion, time_classes
from jobs.score.baselines import cell_changes_of, gravity
from jobs.score.flows import Flows, Grid, summed, through_antennas
from jobs.score.hours import score_presence
from jobs.score.people import Linked, linked, score_anchors
from jobs.score.raking import raked_anchors
from jobs.score.tables import compare, compare_intervals
from jobs.score.truth import TrueTrips, read_trips
from jobs.store import Store, StoredFile
from jobs.weights import cell_weights

_URBAN_PER_KM2 = 1_500
"""Density of an urban centre, persons a square kilometre (UN Statistical Commission 2020, degree of urbanisation)."""


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
class _Trips:
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


def score(
    run: Finished,
    truth: Path,
    resolutions: tuple[int, ...],
    day_type: str,
    say: Callable[[str], None] = lambda text: None,
) -> dict[str, Any]:
    """Hold a run against the truth in a folder; see docs/mobility.md for the measures and the columns.

    Parameters
    ----------
    resolutions : H3 resolutions that flows are compared at; those too fine for the zones are left out.
    day_type : one of `jobs.calendar.DAY_TYPES`.
    say : gets one line for each step.

    Raises
    ------
    InputError
        The truth lacks trips, or a column.
    """
    say("truth: reading trips")
    trips = read_trips(truth)
    kind = DAY_TYPES.index(day_type)
    day = _DayTrips(run, trips, kind)
    say("flows: counting estimate, naive baseline and location ceiling")
    known = _known(run, truth)
    raked = raked_anchors(run, truth, known) if known else None
    estimate, each = _estimate(run, kind)
    by_cells = _Trips(
        estimate,
        each,
        _estimate(run, kind, raked)[0] if raked else None,
        _naive(run, kind),
        _ceiling(run, day),
    )
    told: dict[str, Any] = {"day_type": day_type, "flows": {}}
    for resolution in _possible(run, resolutions):
        say(f"flows: comparing at H3 resolution {resolution}")
        told["flows"][str(resolution)] = _score_flows(run, day, by_cells, resolution, kind)
    if known is not None:
        say("people: homes and works")
        told["anchors"] = score_anchors(truth, known, run.table("anchors"), run.cells, resolutions)
    presence = score_presence(truth, run.table("presence"), run.grid.resolution)
    if presence:
        told["presence"] = presence
    return told


def _known(run: Finished, truth: Path) -> Linked | None:
    """Who is who, where the run's key and that of the truth are given."""
    if run.key is None:
        return None
    return linked(truth, run.key, sorted({_window(file) for file in run.files["anchors"]}))


def _window(file: StoredFile) -> int:
    return int(file.name.split("/")[0].removeprefix("window="))


def _possible(run: Finished, resolutions: tuple[int, ...]) -> list[int]:
    if run.zones.num_rows == 0:
        return list(resolutions)
    finest = h3.get_resolution(int(run.zones["h3"][0].as_py()))
    return [r for r in resolutions if r <= finest]


class _DayTrips:
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


def _estimate(run: Finished, kind: int, weighed: dict[str, pa.Table] | None = None) -> tuple[Flows, float]:
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


def _naive(run: Finished, kind: int) -> Flows:
    """Changes of cell, each user standing for the same number of persons."""
    total = np.asarray(run.zones["population"].to_numpy()).sum() if run.zones.num_rows else 0.0
    users = sum(file.rows for file in run.files["anchors"])
    each = total / users if total and users else 1.0

    def count(events: pa.Table, file: StoredFile) -> tuple[NDArray[np.int64], NDArray[np.float64]]:
        key, changes = cell_changes_of(events, run.calendar, kind, run.cells.num_rows)
        return key, changes.astype(np.float64)

    windows = len({_window(file) for file in run.files["anchors"]})
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


def _ceiling(run: Finished, day: _DayTrips) -> Flows:
    """True trips, each end seen at the nearest site: what no estimate that has one cell an end can pass."""
    lon, lat = run.cells["lon"].to_numpy(), run.cells["lat"].to_numpy()
    cell = nearest_site(day.points.lon, day.points.lat, lon, lat)
    cells, slots = run.cells.num_rows, len(run.calendar.slots)
    return summed((cell[day.origin] * cells + cell[day.destination]) * slots + day.slot, day.trips)


def _score_flows(
    run: Finished, day: _DayTrips, by_cells: _Trips, resolution: int, kind: int
) -> dict[str, Any]:
    params = run.grid.model_copy(update={"resolution": resolution})
    ground = ground_of(run.zones, run.cells["lon"].to_numpy(), run.cells["lat"].to_numpy(), run.grid)
    weights = cell_weights(weigh_cells(run.cells, ground, params), run.cells.num_rows)
    of_point = day.points.h3(resolution)
    grid = _grid(run, np.union1d(weights.h3, of_point), resolution)
    index = grid.index_of(of_point)
    truth = summed(grid.key(index[day.origin], index[day.destination], day.slot), day.trips)
    sets = {
        "estimate": _seen(grid, weights, run, by_cells.estimate),
        "location ceiling": _seen(grid, weights, run, by_cells.ceiling),
        "naive": _seen(grid, weights, run, by_cells.naive),
    }
    sets["gravity"], sets["shrunk"] = gravity(grid, sets["estimate"], by_cells.each)
    if by_cells.raked:
        sets["raked"] = _seen(grid, weights, run, by_cells.raked)
    told = {name: compare(grid, truth, flows) for name, flows in sets.items()}
    if resolution == run.grid.resolution:
        told |= _published(run, grid, truth, kind)
    return told


def _seen(grid: Grid, weights: Any, run: Finished, flows: Flows) -> Flows:
    pair, slot = np.divmod(flows.key, len(grid.slots))
    origin, destination = np.divmod(pair, run.cells.num_rows)
    return through_antennas(grid, weights, origin, destination, slot, flows.trips)


def _published(run: Finished, grid: Grid, truth: Flows, kind: int) -> dict[str, Any]:
    """The `od` table, of which rare flows are withheld, and how often its intervals hold the truth."""
    od = run.table("od")
    od = od.filter(pc.equal(od["day_type"], DAY_TYPES[kind]))
    od = od.filter(pc.is_in(od["origin"], pa.array(grid.h3)))
    od = od.filter(pc.is_in(od["destination"], pa.array(grid.h3)))
    slot = pc.index_in(od["slot"], pa.array(grid.slots)).to_numpy()
    origin, destination = (grid.index_of(od[c].to_numpy()) for c in ("origin", "destination"))
    key = grid.key(origin, destination, np.asarray(slot, np.int64))
    told = {"published": compare(grid, truth, summed(key, od["population_trips"].to_numpy()))}
    if "population_trips_low" in od.column_names and od.num_rows:
        low, high = (od[f"population_trips_{end}"].to_numpy() for end in ("low", "high"))
        told["published"]["interval_coverage"] = compare_intervals(grid, truth, key, low, high)
    return told


def _grid(run: Finished, cells: NDArray[np.int64], resolution: int) -> Grid:
    urban = np.zeros(cells.size, bool)
    if run.zones.num_rows:
        coarse = coarser(run.zones["h3"].to_numpy(), resolution)
        persons = summed(coarse, run.zones["population"].to_numpy()).at(cells)
        area_km2 = np.array([h3.cell_area(c, "km^2") for c in cells.tolist()])
        urban = persons / area_km2 >= _URBAN_PER_KM2
    return Grid(resolution, cells, urban, tuple(run.calendar.slot_names))
