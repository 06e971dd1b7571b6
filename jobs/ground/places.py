"""What counts as one place: cells nearer to each other than the antenna plan can tell apart."""

import numpy as np
import shapely
from numpy.typing import NDArray
from pydantic import Field

from jobs.params import Params

_M_PER_DEGREE = 111_195.0
_WIDEST_M = 5_000.0

Floats = NDArray[np.float64]


class PlaceParams(Params):
    """How far apart two cells may be and still be one place."""

    radius_m: float = Field(500, gt=0, description="cells this near (metres) are one place, at the least")
    neighbours: int = Field(
        4,
        ge=0,
        description="where sites are sparse the radius grows to the distance of the site's n-th neighbour: a "
        "phone at rest is served by several of them; 0: the same radius everywhere",
    )

    def radii(self, lon: Floats, lat: Floats) -> Floats:
        """Radius of each cell, metres, at most 5 km; `radius_m` where a position is unknown."""
        radius = np.full(lon.size, self.radius_m)
        known = np.flatnonzero(np.isfinite(lon) & np.isfinite(lat))
        if self.neighbours == 0 or known.size == 0:
            return radius
        sites, site = np.unique(np.column_stack([lon[known], lat[known]]), axis=0, return_inverse=True)
        radius[known] = np.clip(_spacing(sites, self.neighbours)[site.ravel()], self.radius_m, None)
        return radius


def _spacing(sites: Floats, neighbour: int) -> Floats:
    """Distance of each site to its n-th neighbour, metres; the widest radius where there are fewer nearby."""
    x = sites[:, 0] * _M_PER_DEGREE * np.cos(np.radians(sites[:, 1].mean()))
    points = shapely.points(x, sites[:, 1] * _M_PER_DEGREE)
    tree = shapely.STRtree(points)
    spacing = np.full(len(sites), _WIDEST_M)
    # Most sites find enough neighbours nearby: wide searches are for the few that do not.
    for within_m in (_WIDEST_M / 8, _WIDEST_M / 2, _WIDEST_M):
        open_ = np.flatnonzero(spacing == _WIDEST_M)
        site, other = tree.query(points[open_], predicate="dwithin", distance=within_m)
        away = shapely.distance(points[open_][site], points[other])
        order = np.lexsort((away, site))
        site, away = site[order], away[order]
        first = np.searchsorted(site, np.arange(open_.size))
        enough = np.bincount(site, minlength=open_.size) > neighbour
        spacing[open_[enough]] = away[first[enough] + neighbour]
    return spacing
