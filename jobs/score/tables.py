"""Measures of one set of flows: of the whole day, by slot, by distance band, by type of area."""

from itertools import pairwise
from typing import Any

import numpy as np
from numpy.typing import NDArray

from jobs.score.flows import Flows, Grid, Pairs, over_the_day, side_by_side
from jobs.score.measures import bias, common_part, coverage, length_distance, root_mean_square_error

BANDS_M = (2_000.0, 5_000.0, 10_000.0, 20_000.0)
"""Edges of the distance bands, metres between centres; trips within one H3 cell are a band of their own."""


def compare(grid: Grid, truth: Flows, estimate: Flows) -> dict[str, Any]:
    """Measures of the whole day between all pairs, between H3 cells, and by slot, band and type of area."""
    pairs = side_by_side(grid, truth, estimate)
    day = over_the_day(grid, pairs)
    between = day.origin != day.destination
    return {
        **_figures(day),
        "ks_of_lengths": length_distance(day.length_m, day.truth, day.estimate),
        "between_cells": _figures(day, between),
        "slots": {name: _figures(pairs, pairs.slot == number) for number, name in enumerate(grid.slots)},
        "bands": {name: _figures(day, chosen) for name, chosen in _bands(day).items()},
        "areas": {name: _figures(day, chosen) for name, chosen in _areas(grid, day).items()},
    }


def _figures(pairs: Pairs, chosen: NDArray[np.bool_] | slice = slice(None)) -> dict[str, float]:
    truth, estimate = pairs.truth[chosen], pairs.estimate[chosen]
    return {
        "cpc": common_part(truth, estimate),
        "bias": bias(truth, estimate),
        "rmse": root_mean_square_error(truth, estimate),
        "true_trips": float(truth.sum()),
    }


def _bands(day: Pairs) -> dict[str, NDArray[np.bool_]]:
    within = day.origin == day.destination
    edges = (0.0, *BANDS_M, np.inf)
    told = {"within one": within}
    for low, high in pairwise(edges):
        name = f"{low / 1000:g}-{high / 1000:g} km" if np.isfinite(high) else f"over {low / 1000:g} km"
        told[name] = ~within & (day.length_m >= low) & (day.length_m < high)
    return told


def _areas(grid: Grid, day: Pairs) -> dict[str, NDArray[np.bool_]]:
    urban = grid.is_urban[day.origin] & grid.is_urban[day.destination]
    return {"urban": urban, "rural": ~urban}


def compare_intervals(
    grid: Grid, truth: Flows, key: NDArray[np.int64], low: NDArray[np.float64], high: NDArray[np.float64]
) -> dict[str, Any]:
    """Share of the flows given whose truth lies in their interval, in all and by slot."""
    true, slot = truth.at(key), key % len(grid.slots)
    known = np.isfinite(low) & np.isfinite(high)
    told: dict[str, Any] = {"all": coverage(true[known], low[known], high[known])}
    for number, name in enumerate(grid.slots):
        chosen = known & (slot == number)
        told[name] = coverage(true[chosen], low[chosen], high[chosen])
    return told
