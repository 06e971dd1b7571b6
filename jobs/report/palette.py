"""Colours: one luminance ramp for demand, Okabe and Ito's colours for what happens to lines.

The ramp is read by its lightness alone; the line colours are told apart with any colour vision, and each
status also has its own stroke.
"""

import numpy as np
from numpy.typing import NDArray

RAMP = ("#f3eee3", "#e8dcc2", "#d9c296", "#c3a168", "#a47c42", "#7d5727")
FLOW = "#3d2a56"
STATUS_COLOURS = {"kept": "#6f7680", "changed": "#0072b2", "removed": "#d55e00", "new": "#00805f"}
STATUS_DASHES = {"removed": "7 5"}


def demand_breaks(demand: NDArray[np.float64]) -> list[float]:
    """Return the upper bounds of all classes but the last: rounded quantiles of the cells with demand."""
    seen = demand[demand > 0]
    if not len(seen):
        return []
    wanted = np.quantile(seen, [0.3, 0.5, 0.7, 0.85, 0.95])
    return sorted({_round_two_digits(float(value)) for value in wanted})


def _round_two_digits(value: float) -> float:
    return float(f"{value:.2g}") if value > 0 else 0.0


def classes(demand: NDArray[np.float64], breaks: list[float]) -> NDArray[np.int64]:
    """Class of each cell: 0 .. number of breaks."""
    return np.searchsorted(np.array(breaks), demand, side="left").astype(np.int64)
