"""Accuracy of a finished workspace: its flows and simple baselines beside the truth."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import h3.api.basic_int as h3
import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from jobs.calendars.days import DAY_TYPES
from jobs.ground.footprints import coarser, ground_of, weigh_cells
from jobs.ground.weights import cell_weights
from jobs.score.baselines import gravity
from jobs.score.counting import CellFlows, DayTrips, Finished, ceiling_of, estimate_of, naive_of, window_of
from jobs.score.flows import Flows, Grid, summed, through_antennas
from jobs.score.hours import score_presence
from jobs.score.people import Linked, linked, score_anchors
from jobs.score.raking import raked_anchors
from jobs.score.tables import compare, compare_intervals
from jobs.score.truth import read_trips

_URBAN_PER_KM2 = 1_500
"""Density of an urban centre, persons a square kilometre (UN Statistical Commission 2020, degree of urbanisation)."""


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
    day_type : one of `jobs.calendars.days.DAY_TYPES`.
    say : gets one line for each step.

    Raises
    ------
    InputError
        The truth lacks trips, or a column.
    """
    say("truth: reading trips")
    trips = read_trips(truth)
    kind = DAY_TYPES.index(day_type)
    day = DayTrips(run, trips, kind)
    say("flows: counting estimate, naive baseline and location ceiling")
    known = _known(run, truth)
    raked = raked_anchors(run, truth, known) if known else None
    estimate, each = estimate_of(run, kind)
    by_cells = CellFlows(
        estimate,
        each,
        estimate_of(run, kind, raked)[0] if raked else None,
        naive_of(run, kind),
        ceiling_of(run, day),
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
    return linked(truth, run.key, sorted({window_of(file) for file in run.files["anchors"]}))


def _possible(run: Finished, resolutions: tuple[int, ...]) -> list[int]:
    if run.zones.num_rows == 0:
        return list(resolutions)
    finest = h3.get_resolution(int(run.zones["h3"][0].as_py()))
    return [r for r in resolutions if r <= finest]


def _score_flows(
    run: Finished, day: DayTrips, by_cells: CellFlows, resolution: int, kind: int
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
