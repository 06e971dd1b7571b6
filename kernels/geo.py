"""Distances on the sphere."""

import numpy as np
from numpy.typing import NDArray

from kernels._jit import kernel

EARTH_RADIUS_M = 6_371_008.8
"""Mean Earth radius (IUGG), metres."""

_SHORT = 0.01
"""Square of a chord (637 km) up to which three terms of the arc sine's series are right to a billionth."""


@kernel
def distance_m(lon_a: float, lat_a: float, lon_b: float, lat_b: float) -> float:
    """Great-circle distance in metres between two points in degrees (haversine formula)."""
    phi_a, phi_b = np.radians(lat_a), np.radians(lat_b)
    half_dphi = 0.5 * (phi_b - phi_a)
    half_dlambda = 0.5 * np.radians(lon_b - lon_a)
    h = np.sin(half_dphi) ** 2 + np.cos(phi_a) * np.cos(phi_b) * np.sin(half_dlambda) ** 2
    return 2.0 * EARTH_RADIUS_M * np.arcsin(min(1.0, np.sqrt(h)))


@kernel
def places_of(
    lon: NDArray[np.float64], lat: NDArray[np.float64], radius_m: NDArray[np.float64]
) -> NDArray[np.float64]:
    """Cells as `near` wants them: points of the unit sphere, and the square of the chord of each radius.

    Parameters
    ----------
    lon, lat : float64[cells], degrees; radius_m : float64[cells].

    Returns
    -------
    float64[cells, 4].
    """
    place = np.empty((lon.size, 4))
    for c in range(lon.size):
        east, north = np.radians(lon[c]), np.radians(lat[c])
        place[c, 0] = np.cos(north) * np.cos(east)
        place[c, 1] = np.cos(north) * np.sin(east)
        place[c, 2] = np.sin(north)
        place[c, 3] = (2.0 * np.sin(0.5 * radius_m[c] / EARTH_RADIUS_M)) ** 2
    return place


@kernel
def near(a: int, b: int, place: NDArray[np.float64]) -> bool:
    """Whether two cells of `places_of` are one place: no farther apart than the larger of their radii."""
    if a == b:
        return True
    x, y, z = place[a, 0] - place[b, 0], place[a, 1] - place[b, 1], place[a, 2] - place[b, 2]
    return x * x + y * y + z * z <= max(place[a, 3], place[b, 3])


@kernel
def are_near(a: int, b: int, place: NDArray[np.float64]) -> bool:
    """As `near`, without a branch: for loops in which nobody can tell beforehand whether two cells are."""
    x, y, z = place[a, 0] - place[b, 0], place[a, 1] - place[b, 1], place[a, 2] - place[b, 2]
    return (a == b) | (x * x + y * y + z * z <= max(place[a, 3], place[b, 3]))


@kernel
def apart_m(a: int, b: int, place: NDArray[np.float64]) -> float:
    """Great-circle distance of two cells of `places_of`, metres."""
    x, y, z = place[a, 0] - place[b, 0], place[a, 1] - place[b, 1], place[a, 2] - place[b, 2]
    squared = x * x + y * y + z * z
    chord = np.sqrt(squared)
    if squared < _SHORT:
        return EARTH_RADIUS_M * chord * (1.0 + squared / 24.0 * (1.0 + squared * 9.0 / 80.0))
    return 2.0 * EARTH_RADIUS_M * np.arcsin(min(1.0, 0.5 * chord))
