"""Flows between coarser H3 cells, for a map that is zoomed out."""

from dataclasses import dataclass

import h3
import numpy as np
from numpy.typing import NDArray

from jobs.report.demand import Demand

_LEVELS = 2
"""Resolutions above that of the demand; a cell holds about 7 of the next finer one, and 49 of the second."""


@dataclass(frozen=True)
class Level:
    """Groups of H3 cells at a coarser resolution.

    `group` gives the group of each cell of the demand; `where` the mean place of each group, weighed by
    demand; `chief` its cell with most demand, which it is named after; `demand` the OD matrix between groups.
    """

    resolution: int
    group: NDArray[np.int64]
    where: NDArray[np.float64]
    chief: NDArray[np.int64]
    demand: Demand


def levels_of(demand: Demand, where: NDArray[np.float64], weight: NDArray[np.float64]) -> list[Level]:
    """Group the cells at the next coarser resolutions, nearest first.

    Parameters
    ----------
    where : (cells, 2) longitude and latitude; weight : (cells,) demand.
    """
    if not len(demand.h3):
        return []
    names = [h3.int_to_str(int(cell)) for cell in demand.h3]
    finest = h3.get_resolution(names[0])
    return [
        _level(demand, names, r, where, weight) for r in range(finest - 1, max(finest - 1 - _LEVELS, -1), -1)
    ]


def _level(
    demand: Demand, names: list[str], resolution: int, where: NDArray[np.float64], weight: NDArray[np.float64]
) -> Level:
    parents = np.array([h3.str_to_int(h3.cell_to_parent(name, resolution)) for name in names], np.int64)
    found, group = np.unique(parents, return_inverse=True)
    heavy = np.maximum(weight, 1e-9)
    total = np.bincount(group, heavy)
    centre = np.stack([np.bincount(group, heavy * where[:, axis]) / total for axis in (0, 1)], axis=1)
    order = np.lexsort((-weight, group))
    chief = order[np.searchsorted(group[order], np.arange(len(found)))]
    return Level(resolution, group.astype(np.int64), centre, chief, demand.grouped(found, group))
