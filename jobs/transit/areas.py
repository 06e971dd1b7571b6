"""Where people win and lose: trips by the H3 cell that they start in."""

from typing import Any

import h3
import numpy as np

from jobs.transit.evaluation import SlotResult
from jobs.transit.options import FELT_SHARE
from jobs.transit.scene import Scene


def areas(
    scene: Scene, before: list[SlotResult], after: list[SlotResult], most: int | None = None
) -> list[dict[str, Any]]:
    """What changes for the trips that start in each cell of the OD matrix; the `most` that gain or lose most.

    Cells where nothing changes are left out.
    """
    cells, of_zone = np.unique(scene.zones.h3_cells, return_inverse=True)
    origin = of_zone[scene.demand.origin]
    saved, trips, wins, losses = (np.zeros(cells.size) for _ in range(4))
    for number, a, b in zip(scene.trips_by_slot, before, after, strict=True):
        saved += np.bincount(origin, number * (a.cost - b.cost), minlength=cells.size)
        trips += np.bincount(origin, number, minlength=cells.size)
        wins += np.bincount(origin, number * (b.cost < a.cost * (1 - FELT_SHARE)), minlength=cells.size)
        losses += np.bincount(origin, number * (b.cost > a.cost * (1 + FELT_SHARE)), minlength=cells.size)
    changed = np.flatnonzero(np.abs(saved) > 0.5)
    order = changed[np.argsort(-np.abs(saved[changed]), kind="stable")]
    return [
        {
            "h3": h3.int_to_str(int(cells[i])),
            "minutes_saved_per_day": round(float(saved[i]), 1),
            "minutes_saved_per_trip": round(float(saved[i] / max(trips[i], 1e-9)), 2),
            "winners_share": round(float(wins[i] / max(trips[i], 1e-9)), 4),
            "losers_share": round(float(losses[i] / max(trips[i], 1e-9)), 4),
        }
        for i in (order if most is None else order[:most])
    ]
