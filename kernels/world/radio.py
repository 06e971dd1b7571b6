"""Which radio cell serves where: path loss, shadowing and antenna pattern on a raster."""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from kernels._jit import kernel
from kernels.counter_random import normal, stream

CANDIDATES = 4
"""Cells kept for each raster point, the strongest first."""

_MAX_PATTERN_LOSS_DB = 20.0


class Sectors(NamedTuple):
    """Radio cells, in metres of a plane; NaN azimuth: all around."""

    x_m: NDArray[np.float64]
    y_m: NDArray[np.float64]
    site: NDArray[np.int32]
    """Sectors of one site share its shadow."""
    azimuth_deg: NDArray[np.float64]
    beam_deg: NDArray[np.float64]
    """Sector width; the half-power width is 0.55 of it."""


@kernel
def pattern_loss_db(off_axis_deg: float, half_power_deg: float) -> float:
    """Horizontal antenna pattern of 3GPP TR 36.942: 12 (angle / half-power width)^2, at most 20 dB."""
    off_axis = abs((off_axis_deg + 180.0) % 360.0 - 180.0)
    return min(12.0 * (off_axis / half_power_deg) ** 2, _MAX_PATTERN_LOSS_DB)


@kernel
def _mean_power_db(x_m: float, y_m: float, cell: int, sectors: Sectors) -> float:
    """Relative mean power of a cell at a point; path loss exponent 3.5 (urban macro cell)."""
    dx_m, dy_m = x_m - sectors.x_m[cell], y_m - sectors.y_m[cell]
    power = -35.0 * np.log10(max(np.hypot(dx_m, dy_m), 35.0))
    azimuth = sectors.azimuth_deg[cell]
    if np.isnan(azimuth):
        return power
    bearing = np.degrees(np.arctan2(dx_m, dy_m))
    return power - pattern_loss_db(bearing - azimuth, 0.55 * sectors.beam_deg[cell])


@kernel
def _insert(cell: int, power: float, cells: NDArray[np.int32], powers: NDArray[np.float64]) -> None:
    """Keep the candidates sorted, strongest first."""
    slot = CANDIDATES - 1
    if power <= powers[slot]:
        return
    while slot > 0 and powers[slot - 1] < power:
        powers[slot], cells[slot] = powers[slot - 1], cells[slot - 1]
        slot -= 1
    powers[slot], cells[slot] = power, cell


@kernel
def serving_cells(
    x_m: NDArray[np.float64],
    y_m: NDArray[np.float64],
    sectors: Sectors,
    shadowing_db: float,
    fading_db: float,
    seed: int,
    topic: int,
) -> tuple[NDArray[np.int32], NDArray[np.float32]]:
    """Strongest cells at raster points and how often each serves.

    Parameters
    ----------
    x_m, y_m : raster points, metres.
    sectors : the plan.
    shadowing_db : standard deviation of the lasting shadow between a point and a site.
    fading_db : scale of the passing variation; cell k serves in proportion to exp(power_k / fading_db).
    seed, topic : random streams of the shadows, keyed by point and site.

    Returns
    -------
    cells (points, CANDIDATES), -1 where the plan has fewer; cumulative probability (points, CANDIDATES).
    """
    cells = np.full((x_m.size, CANDIDATES), -1, np.int32)
    cumulative = np.ones((x_m.size, CANDIDATES), np.float32)
    powers = np.empty(CANDIDATES)
    for point in range(x_m.size):
        key = stream(seed, topic, point)
        powers[:] = -np.inf
        for cell in range(sectors.x_m.size):
            power = _mean_power_db(x_m[point], y_m[point], cell, sectors)
            if power + 4.0 * shadowing_db > powers[CANDIDATES - 1]:
                power += shadowing_db * normal(key, sectors.site[cell])
                _insert(cell, power, cells[point], powers)
        _share(powers, fading_db, cumulative[point])
    return cells, cumulative


@kernel
def _share(powers: NDArray[np.float64], fading_db: float, cumulative: NDArray[np.float32]) -> None:
    total = 0.0
    for slot in range(CANDIDATES):
        total += np.exp((powers[slot] - powers[0]) / fading_db)
    running = 0.0
    for slot in range(CANDIDATES):
        running += np.exp((powers[slot] - powers[0]) / fading_db) / total
        cumulative[slot] = running
