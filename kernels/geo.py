"""Distances on the sphere."""

import numpy as np

from kernels._jit import kernel

EARTH_RADIUS_M = 6_371_008.8
"""Mean Earth radius (IUGG), metres."""


@kernel
def distance_m(lon_a: float, lat_a: float, lon_b: float, lat_b: float) -> float:
    """Great-circle distance in metres between two points in degrees (haversine formula)."""
    phi_a, phi_b = np.radians(lat_a), np.radians(lat_b)
    half_dphi = 0.5 * (phi_b - phi_a)
    half_dlambda = 0.5 * np.radians(lon_b - lon_a)
    h = np.sin(half_dphi) ** 2 + np.cos(phi_a) * np.cos(phi_b) * np.sin(half_dlambda) ** 2
    return 2.0 * EARTH_RADIUS_M * np.arcsin(min(1.0, np.sqrt(h)))
