"""Places: the H3 cells of resolution 9 that people live in and go to."""

from dataclasses import dataclass
from functools import cached_property

import h3.api.basic_int as h3
import numpy as np
from numpy.typing import NDArray

from jobs.world.plane import Floats, Plane

PLACE_RESOLUTION = 9
"""Cells of about 0.1 km2, 350 m wide."""


@dataclass(frozen=True)
class Places:
    """Places with what draws people there; all arrays are (places,)."""

    h3: NDArray[np.int64]
    zone: NDArray[np.int32]
    """Index into the zones."""
    x_m: Floats
    y_m: Floats
    residents: Floats
    """Persons of the population who live there."""
    jobs: Floats
    """Attraction for work; no unit."""
    plane: Plane

    @property
    def size(self) -> int:
        """Number of places."""
        return int(self.h3.size)

    @cached_property
    def corners(self) -> NDArray[np.float64]:
        """Corners of the hexagons as lon, lat (places, 6, 2); a pentagon repeats its last corner."""
        rings = [h3.cell_to_boundary(int(cell)) for cell in self.h3]
        padded = [(list(ring) + [ring[-1]] * 6)[:6] for ring in rings]
        return np.array(padded, np.float64)[:, :, ::-1]

    def parents(self, resolution: int) -> NDArray[np.int64]:
        """H3 cell of `resolution` that each place belongs to."""
        return np.array([h3.cell_to_parent(int(cell), resolution) for cell in self.h3], np.int64)

    def points_in(self, place: NDArray[np.int32], rng: np.random.Generator) -> tuple[Floats, Floats]:
        """Random points (lon, lat) in the hexagons of `place`: any shape in, same shape out.

        Points are drawn in the triangles between the hexagon's centre and two neighbouring corners,
        and kept a little off the border.
        """
        corner = rng.integers(0, 6, place.shape)
        a, b = rng.random(place.shape), rng.random(place.shape)
        fold = a + b > 1.0
        a, b = np.where(fold, 1.0 - a, a) * 0.98, np.where(fold, 1.0 - b, b) * 0.98
        centre = self.corners.mean(axis=1)[place]
        first, second = self.corners[place, corner], self.corners[place, (corner + 1) % 6]
        point = centre + a[..., None] * (first - centre) + b[..., None] * (second - centre)
        return point[..., 0], point[..., 1]


def centres(cells: NDArray[np.int64]) -> tuple[Floats, Floats]:
    """Longitude and latitude of H3 cell centres."""
    points = np.array([h3.cell_to_latlng(int(cell)) for cell in cells], np.float64).reshape(-1, 2)
    return points[:, 1], points[:, 0]
