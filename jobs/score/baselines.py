"""Simple ways to make an OD matrix, for comparison."""

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from jobs.calendars.days import DAY_S, CalendarParams
from jobs.engine.columns import epoch_seconds
from jobs.ground.footprints import centres
from jobs.score.flows import Flows, Grid
from jobs.score.gravity import balanced_gravity
from jobs.score.shrinkage import shrunk
from kernels.trips import cell_changes

Floats = NDArray[np.float64]
_METRES_A_DEGREE = 111_195.0
_TOO_SMALL = 1e-6


def cell_changes_of(
    events: pa.Table, calendar: CalendarParams, day_type: int, cells: int
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Naive counting, as in many D4D papers: each change of cell is a trip, at the time of the second event.

    Returns
    -------
    key : int64[k], ``(origin * cells + destination) * slots + slot``; count : int64[k].
    """
    at = cell_changes(events["user"].to_numpy(), events["cell"].to_numpy())
    local = calendar.clock.to_local(epoch_seconds(events["time"])[at])
    at = at[calendar.day_type_of_day(local // DAY_S) == day_type]
    local = calendar.clock.to_local(epoch_seconds(events["time"])[at])
    cell = events["cell"].to_numpy().astype(np.int64)
    key = (cell[at - 1] * cells + cell[at]) * len(calendar.slots) + calendar.slot_of(local)
    distinct, count = np.unique(key, return_counts=True)
    return distinct, count


def gravity(grid: Grid, estimate: Flows, each: float) -> tuple[Flows, Flows]:
    """Doubly constrained gravity, exponential decay, on the margins and mean trip length of `estimate`; and both mixed.

    The model is what is left of an estimate when only its margins by slot are kept: an estimate that is worth its
    data is better. Wilson 1967, calibrated after Hyman 1969. The mixture is the estimate drawn towards the model
    (`jobs.score.shrinkage`).

    Parameters
    ----------
    each : trips that one observation stands for, with those that repeat it.
    """
    pair, slot = np.divmod(estimate.key, len(grid.slots))
    origin, destination = np.divmod(pair, grid.h3.size)
    away_m = _distances(grid)
    found: tuple[list[Flows], list[Flows]] = ([], [])
    for number in range(len(grid.slots)):
        observed = np.zeros((grid.h3.size, grid.h3.size))
        chosen = slot == number
        observed[origin[chosen], destination[chosen]] = estimate.trips[chosen]
        if not observed.any():
            continue
        modelled = balanced_gravity(
            observed.sum(axis=1),
            observed.sum(axis=0),
            away_m,
            float((observed * away_m).sum() / observed.sum()),
        )
        for flows, trips in zip(found, (modelled, shrunk(observed, modelled, each)), strict=True):
            a, b = np.nonzero(trips > _TOO_SMALL)
            flows.append(Flows(grid.key(a, b, np.full(a.size, number)), trips[a, b]))
    return _joined(found[0]), _joined(found[1])


def _joined(parts: list[Flows]) -> Flows:
    """Flows of slots, which have no key in common."""
    key = np.concatenate([np.empty(0, np.int64), *(part.key for part in parts)])
    order = np.argsort(key, kind="stable")
    return Flows(key[order], np.concatenate([np.empty(0), *(part.trips for part in parts)])[order])


def _distances(grid: Grid) -> Floats:
    """Between centres; within an H3 cell half the distance to the nearest other."""
    lon, lat = centres(grid.h3)
    east = (lon[:, None] - lon) * np.cos(np.radians(lat.mean()))
    away_m = _METRES_A_DEGREE * np.hypot(east, lat[:, None] - lat)
    np.fill_diagonal(away_m, np.inf)
    nearest = away_m.min(axis=1)
    np.fill_diagonal(away_m, np.where(np.isfinite(nearest), nearest / 2, 0.0))
    return np.asarray(away_m, np.float64)
