"""The H3 cell of a user's home or work, from all radio cells that served there, with its probability."""

from dataclasses import dataclass

import h3.api.basic_int as h3
import numpy as np
import pyarrow as pa
import shapely
from numpy.typing import NDArray

from jobs.ground.footprints import centres, coarser
from kernels.homes import NEAREST_M, likely_ground

Floats = NDArray[np.float64]
Integers = NDArray[np.int64]

_M_PER_DEGREE = 111_195.0
_REACH_M = 5_000.0
_SHARPNESS = 5.0
_LEAST_CHANCE = float(np.log(1e-4))
_EVIDENCE = 2.0
"""Nights tell the same again: their shadows last. However many, they count as two independent looks."""


@dataclass(frozen=True, eq=False)
class LikelyGround:
    """Inhabited ground beside the cell plan.

    Attributes
    ----------
    h3 : int64[areas], H3 cells at the resolution of the grid; area : int64[points].
    site : int32[cells], the site of each cell, -1 where its position is unknown.
    first : int64[sites + 1], ground : int32[m], points that each site serves: within 5 km, with a chance of
        1 in 10,000 or more; chance : float32[m], its logarithm.
    prior : float64[points], logarithm of persons; norm : float64[points], logarithm of the sum of the sites'
        chances; the rest: positions in metres.
    """

    h3: Integers
    area: Integers
    site: NDArray[np.int32]
    first: Integers
    ground: NDArray[np.int32]
    chance: NDArray[np.float32]
    prior: Floats
    norm: Floats
    site_x_m: Floats
    site_y_m: Floats
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
            first, self.site[cell], share, self.first, self.ground, self.chance, self.site_x_m, self.site_y_m,
            self.x_m, self.y_m, self.prior, self.norm, self.area, _SHARPNESS,
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
    placed = np.flatnonzero(np.isfinite(cx) & np.isfinite(cy))
    sites, of_placed = np.unique(np.column_stack([cx, cy])[placed], axis=0, return_inverse=True)
    site = np.full(lon.size, -1, np.int32)
    site[placed] = of_placed.ravel()
    sx, sy = np.ascontiguousarray(sites[:, 0]), np.ascontiguousarray(sites[:, 1])
    tree = shapely.STRtree(shapely.points(x, y))
    by, ground = tree.query(shapely.points(sx, sy), predicate="dwithin", distance=_REACH_M)
    order = np.lexsort((ground, by))
    by, ground = by[order], ground[order]
    away_m = np.maximum(np.hypot(x[ground] - sx[by], y[ground] - sy[by]), NEAREST_M)
    chances = np.bincount(ground, away_m**-_SHARPNESS, x.size)
    areas, area = np.unique(coarser(zones["h3"].to_numpy(), resolution), return_inverse=True)
    with np.errstate(divide="ignore"):
        norm, prior = np.log(np.maximum(chances, 1e-300)), np.log(zones["population"].to_numpy() + 1e-3)
    chance = np.minimum(-_SHARPNESS * np.log(away_m) - norm[ground], 0.0)
    served = chance >= _LEAST_CHANCE
    by, ground, chance = by[served], ground[served].astype(np.int32), chance[served].astype(np.float32)
    first = np.searchsorted(by, np.arange(len(sites) + 1))
    return LikelyGround(areas, area, site, first, ground, chance, prior, norm, sx, sy, x, y)
