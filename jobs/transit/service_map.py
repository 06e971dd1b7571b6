"""How well each place is served: trips by the H3 cell that they start in, slot by slot, before and after."""

from typing import Any

import h3
import numpy as np

from jobs.transit.demand import is_on_foot
from jobs.transit.evaluation import SlotResult
from jobs.transit.scene import Scene


def service_map(scene: Scene, before: list[SlotResult], after: list[SlotResult]) -> dict[str, Any]:
    """Trips a day that may use transit, those without a usable line, and perceived minutes a trip.

    Lists hold one value a slot, in the order of `slots`; minutes are null where a slot has no trip.
    """
    cells, of_zone = np.unique(scene.zones.h3_cells, return_inverse=True)
    origin = of_zone[scene.demand.origin]
    on_foot = is_on_foot(scene.zones, scene.demand, scene.perceived)

    def summed(values: np.ndarray) -> np.ndarray:
        return np.asarray(np.bincount(origin, values, minlength=cells.size))

    trips = np.array([summed(number) for number in scene.trips_by_slot])
    told: dict[str, np.ndarray] = {"trips": trips}
    for when, results in (("before", before), ("after", after)):
        pairs = list(zip(scene.trips_by_slot, results, strict=True))
        stays_off = [(r.cost >= scene.demand.fallback) & ~on_foot for r in results]
        told[f"unserved_{when}"] = np.array(
            [summed(n * s) for (n, _), s in zip(pairs, stays_off, strict=True)]
        )
        minutes = np.array([summed(number * result.cost) for number, result in pairs])
        told[f"perceived_min_{when}"] = np.where(trips > 0, minutes / np.maximum(trips, 1e-9), np.nan)
    used = np.flatnonzero(trips.sum(axis=0) > 0)
    return {
        "slots": list(scene.lines.slots.names),
        "cells": [_cell(int(cells[i]), {name: values[:, i] for name, values in told.items()}) for i in used],
    }


def _cell(cell: int, told: dict[str, np.ndarray]) -> dict[str, Any]:
    rounded = {
        name: [None if np.isnan(value) else round(float(value), 1) + 0.0 for value in values]
        for name, values in told.items()
    }
    return {"h3": h3.int_to_str(cell), **rounded}
