"""A local plane in metres, good to one part in a thousand over a city."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from kernels.geo import EARTH_RADIUS_M

Floats = NDArray[np.float64]

_METRES_A_DEGREE = np.pi / 180.0 * EARTH_RADIUS_M


@dataclass(frozen=True)
class Plane:
    """Equirectangular projection about a point: x east, y north."""

    lon: float
    lat: float

    @property
    def _east(self) -> float:
        return float(_METRES_A_DEGREE * np.cos(np.radians(self.lat)))

    def to_metres(self, lon: Floats, lat: Floats) -> tuple[Floats, Floats]:
        """Degrees to metres."""
        return (lon - self.lon) * self._east, (lat - self.lat) * _METRES_A_DEGREE

    def to_degrees(self, x_m: Floats, y_m: Floats) -> tuple[Floats, Floats]:
        """Metres to degrees."""
        return self.lon + x_m / self._east, self.lat + y_m / _METRES_A_DEGREE
