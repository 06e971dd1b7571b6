"""Score a set of routes as publications on the transit network design problem do."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass

import numpy as np
from numpy.typing import NDArray

from jobs.tndp.instance import TransitInstance
from jobs.tndp.routes import Route
from kernels.routes.score import journeys


@dataclass(frozen=True)
class Score:
    """Measures of Mumford (2013).

    Attributes
    ----------
    att : average travel time, minutes of the mean trip, 5 for each transfer included.
    trt : total route time, minutes of all routes, one way.
    d0, d1, d2, dun : percent of trips with no, one, two, and more transfers.
    """

    att: float
    trt: int
    d0: float
    d1: float
    d2: float
    dun: float

    def as_json(self) -> dict[str, float]:
        """As a dictionary."""
        return asdict(self)


def score(instance: TransitInstance, routes: Sequence[Route]) -> Score:
    """Score of routes that obey the rules: every pair has a way."""
    stops, size = as_arrays(routes)
    minutes, transfers = journeys(instance.arrays.link_min, stops, size)
    trips = instance.arrays.trips
    all_trips = float(trips.sum())
    percent = [float(trips[transfers == count].sum()) * 100 / all_trips for count in range(3)]
    return Score(
        float((trips * minutes).sum()) / all_trips,
        sum(int(instance.arrays.link_min[route[:-1], route[1:]].sum()) for route in map(np.asarray, routes)),
        percent[0],
        percent[1],
        percent[2],
        float(trips[transfers > 2].sum()) * 100 / all_trips,
    )


def as_arrays(routes: Sequence[Route], longest: int = 0) -> tuple[NDArray[np.int32], NDArray[np.int32]]:
    """Stops, int32 (routes, longest), and sizes of routes."""
    size = np.array([len(route) for route in routes], np.int32)
    stops = np.zeros((len(routes), max(longest, int(size.max(initial=0)))), np.int32)
    for route, nodes in enumerate(routes):
        stops[route, : len(nodes)] = nodes
    return stops, size
