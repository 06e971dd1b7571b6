"""The H3 cell of a user's home or work, from all radio cells that served there, with its probability."""

from dataclasses import dataclass

import h3.api.basic_int as h3
import numpy as np
import pyarrow as pa
import shapely
from numpy.typing import NDArray

from jobs.footprints import centres, coarser
from kernels.homes import NEAREST_M, likely_ground

Floats = NDArray[np.float64]
Integers = NDArray[np.int64]

_M_PER_DEGREE = 111_195.0
_REACH_M = 5_000.0
_SHARPNESS = 5.0
_EVIDENCE = 2.0
"""Nights tell the same again: their shadows last. However many, they count as two independent looks."""


@dataclass(frozen=True, eq=False)
class LikelyGround:
    """Inhabited ground beside the cell plan.

    Attributes
    ----------
    h3 : int64[areas], H3 cells at the resolution of the grid; area : int64[points].
    first : int64[cells + 1], ground : int64[m], points within 5 km of each cell.
    prior : float64[points], logarithm of persons; norm : float64[points], logarithm of the sum of the cells'
        chances; the rest: positions in metres.
    """

    h3: Integers
    area: Integers
    first: Integers
    ground: Integers
    prior: Floats
    norm: Floats
    cell_x_m: Floats
    cell_y_m: Floats
    x_m: Floats
    y_m: Floats

    def place(self, first: Integers, cell: NDArray[np.int32], days: Floats) -> tuple[Integers, Floats]:
        """H3 cell (0 where unknown) and its probability for users whose rows of (cell, days) are given.

        The first row of each user has to be the main cell.
        """
        users = first.size - 1
        total = np.bincount(np.repeat(np.arange(users), np.diff(first)), days, users)
        total = np.maximum(total, 1e-9)
        evidence = np.minimum(_EVIDENCE, total)
        share = days * np.repeat(evidence / total, np.diff(first))
        area, probability = likely_ground(
            first, cell, share, self.first, self.ground, self.cell_x_m, self.cell_y_m, self.x_m, self.y_m,
            self.prior - _EVIDENCE * self.norm, self.area, _SHARPNESS,
        )  # fmt: skip
        return np.where(area >= 0, self.h3[np.maximum(area, 0)], 0), probability


def likely_ground_of(cells: pa.Table, zones: pa.Table) -> LikelyGround | None:
    """Ground of the zones; None without zones, or where cells have no H3 cell."""
    known = cells["h3"].drop_null() if "h3" in cells.column_names else []
    if zones.num_rows == 0 or len(known) == 0:
        return None
    resolution = h3.get_resolution(int(known[0].as_py()))
    lon, lat = (np.asarray(cells[c].to_numpy(), np.float64) for c in ("lon", "lat"))
    fine_lon, fine_lat = centres(zones["h3"].to_numpy())
    east = _M_PER_DEGREE * np.cos(np.radians(float(fine_lat.mean())))
    x, y, cx, cy = fine_lon * east, fine_lat * _M_PER_DEGREE, lon * east, lat * _M_PER_DEGREE
    tree = shapely.STRtree(shapely.points(x, y))
    placed = np.flatnonzero(np.isfinite(cx) & np.isfinite(cy))
    at, ground = tree.query(shapely.points(cx[placed], cy[placed]), predicate="dwithin", distance=_REACH_M)
    cell = placed[at]
    order = np.lexsort((ground, cell))
    cell, ground = cell[order], ground[order]
    sites = np.unique(np.column_stack([cx, cy]), axis=0, return_index=True)[1]
    is_site = np.isin(cell, sites)
    away_m = np.maximum(np.hypot(x[ground] - cx[cell], y[ground] - cy[cell]), NEAREST_M)
    chances = np.bincount(ground[is_site], away_m[is_site] ** -_SHARPNESS, x.size)
    areas, area = np.unique(coarser(zones["h3"].to_numpy(), resolution), return_inverse=True)
    with np.errstate(divide="ignore"):
        norm, prior = np.log(np.maximum(chances, 1e-300)), np.log(zones["population"].to_numpy() + 1e-3)
    first = np.searchsorted(cell, np.arange(lon.size + 1))
    return LikelyGround(areas, area, first, ground, prior, norm, cx, cy, x, y)
