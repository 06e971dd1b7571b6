"""Colours: luminance ramps for hexagons, Okabe and Ito's colours for what happens to lines.

A ramp is read by its lightness alone. Gains and losses are blue and orange, which every colour vision tells
apart; the tables beside the map give their signs. Each status of a line also has its own stroke.
"""

import numpy as np
from numpy.typing import NDArray

RAMP = ("#f3eee3", "#e8dcc2", "#d9c296", "#c3a168", "#a47c42", "#7d5727")
SERVICE_RAMP = ("#f1eef6", "#dcd7e8", "#bfb6d6", "#9d90bf", "#7a6aa5", "#574684")
UNSERVED_RAMP = ("#fbece6", "#f5cfc0", "#e8a48d", "#d5775e", "#b04c3a", "#7c2a22")
CHANGE_RAMP = ("#9a4a00", "#d98a3d", "#f3cfa4", "#f4f2ee", "#b7d6ea", "#5f9fcb", "#125a8c")
FLOW = "#3d2a56"
STATUS_COLOURS = {"kept": "#6f7680", "changed": "#0072b2", "removed": "#d55e00", "new": "#00805f"}
STATUS_DASHES = {"removed": "7 5"}

_LITTLE = 0.05
"""Minutes a trip that nobody feels."""


def demand_breaks(demand: NDArray[np.float64]) -> list[float]:
    """Return the upper bounds of all classes but the last: rounded quantiles of the cells with demand."""
    seen = demand[np.nan_to_num(demand) > 0]
    if not len(seen):
        return []
    wanted = np.quantile(seen, [0.3, 0.5, 0.7, 0.85, 0.95])
    return sorted({_round_two_digits(float(value)) for value in wanted})


def change_breaks(change: NDArray[np.float64]) -> list[float]:
    """Return six bounds around nothing, the same on both sides, so that colours weigh gains like losses."""
    felt = np.abs(change[np.abs(np.nan_to_num(change)) > _LITTLE])
    if not len(felt):
        return [-1.0, -0.5, -_LITTLE, _LITTLE, 0.5, 1.0]
    low, high = (_round_two_digits(float(value)) for value in np.quantile(felt, [0.5, 0.85]))
    low = max(low, 2 * _LITTLE)
    high = max(high, 2 * low)
    return [-high, -low, -_LITTLE, _LITTLE, low, high]


def _round_two_digits(value: float) -> float:
    return float(f"{value:.2g}") if value > 0 else 0.0


def classes(values: NDArray[np.float64], breaks: list[float]) -> NDArray[np.int64]:
    """Class of each cell: 0 .. number of breaks."""
    return np.searchsorted(np.array(breaks), values, side="left").astype(np.int64)
