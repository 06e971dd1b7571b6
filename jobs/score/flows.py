"""Sets of flows between H3 cells by slot, and how one set is laid beside another."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from jobs.ground.footprints import centres
from jobs.ground.weights import CellWeights
from kernels.od import spread_trips

Floats = NDArray[np.float64]
Integers = NDArray[np.int64]

_METRES_A_DEGREE = 111_195.0


@dataclass(frozen=True, eq=False)
class Grid:
    """The H3 cells that flows are counted between, at one resolution, and the slots of the day."""

    resolution: int
    h3: Integers
    """Ascending."""
    is_urban: NDArray[np.bool_]
    slots: tuple[str, ...]

    def index_of(self, h3: Integers) -> Integers:
        """Position of H3 cells that are all in the grid."""
        return np.searchsorted(self.h3, h3)

    def key(self, origin: Integers, destination: Integers, slot: Integers) -> Integers:
        """One number for each flow: ``(origin * n + destination) * slots + slot``."""
        return (origin * self.h3.size + destination) * len(self.slots) + slot


@dataclass(frozen=True, eq=False)
class Flows:
    """Trips of the population on an average day, by key of a `Grid`; keys ascend and are distinct."""

    key: Integers
    trips: Floats

    def at(self, key: Integers) -> Floats:
        """Trips of other keys, 0 where there are none."""
        if self.key.size == 0:
            return np.zeros(key.size)
        near = np.minimum(np.searchsorted(self.key, key), self.key.size - 1)
        return np.where(self.key[near] == key, self.trips[near], 0.0)

    def scaled(self, factor: float) -> "Flows":
        """All trips times a factor."""
        return Flows(self.key, self.trips * factor)


def summed(key: Integers, trips: Floats) -> Flows:
    """Add up trips of equal keys."""
    distinct, group = np.unique(key, return_inverse=True)
    return Flows(distinct, np.asarray(np.bincount(group, trips, distinct.size), np.float64))


@dataclass(frozen=True, eq=False)
class Pairs:
    """Two sets of flows on the pairs and slots where either has any.

    Attributes
    ----------
    slot, origin, destination : of each pair; length_m : between centres, 0 within one H3 cell.
    """

    slot: Integers
    origin: Integers
    destination: Integers
    length_m: Floats
    truth: Floats
    estimate: Floats


def side_by_side(grid: Grid, truth: Flows, estimate: Flows) -> Pairs:
    """Lay two sets beside each other."""
    key = _either(truth.key, estimate.key)
    pair, slot = np.divmod(key, len(grid.slots))
    origin, destination = np.divmod(pair, grid.h3.size)
    lon, lat = centres(grid.h3)
    east = (lon[origin] - lon[destination]) * np.cos(np.radians(lat[origin]))
    length_m = _METRES_A_DEGREE * np.hypot(east, lat[origin] - lat[destination])
    return Pairs(slot, origin, destination, length_m, truth.at(key), estimate.at(key))


def _either(a: Integers, b: Integers) -> Integers:
    """Union of two ascending sets: a stable sort merges the two runs, which is faster than `np.union1d`."""
    both = np.sort(np.concatenate([a, b]), kind="stable")
    return both[np.append(True, both[1:] != both[:-1])] if both.size else both


def over_the_day(grid: Grid, pairs: Pairs) -> Pairs:
    """Add up the slots of each pair."""
    pair, group = np.unique(pairs.origin * grid.h3.size + pairs.destination, return_inverse=True)
    origin, destination = np.divmod(pair, grid.h3.size)
    first = np.zeros(pair.size, np.int64)
    first[group] = np.arange(group.size)
    truth, estimate = (
        np.asarray(np.bincount(group, x, pair.size), np.float64) for x in (pairs.truth, pairs.estimate)
    )
    return Pairs(np.full(pair.size, -1), origin, destination, pairs.length_m[first], truth, estimate)


def through_antennas(
    grid: Grid, weights: CellWeights, origin: Integers, destination: Integers, slot: Integers, trips: Floats
) -> Flows:
    """Flows between radio cells, spread over the H3 cells that these serve.

    Parameters
    ----------
    origin, destination : radio cell; slot; trips: of each flow or trip.
    """
    cells, slots = weights.row_start.size - 1, len(grid.slots)
    flows = summed((origin * cells + destination) * slots + slot, trips)
    pair, slot = np.divmod(flows.key, slots)
    a, b = np.divmod(pair, cells)
    _, _, _, spread = result = spread_trips(
        np.zeros(slot.size, np.uint64),
        a.astype(np.int32),
        b.astype(np.int32),
        slot,
        flows.trips,
        weights.row_start,
        grid.index_of(weights.h3)[weights.index],
        weights.weight,
        grid.h3.size,
        slots,
    )
    return summed(result[0], spread)
