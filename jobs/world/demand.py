"""Where people travel on a weekday, on hexagons that one bus stop or two would serve."""

from dataclasses import dataclass

import h3.api.basic_int as h3
import numpy as np
from numpy.typing import NDArray

from jobs.world.calendar import Calendar, slot_of
from jobs.world.journeys import Journeys
from jobs.world.params import WorldParams
from jobs.world.people import People
from jobs.world.places import Places
from jobs.world.plane import Floats

NODE_RESOLUTION = 8
"""Nodes of the bus network: H3 cells about 900 m wide."""
_WALK_M = 1_000.0
_NEAR_M = 1_200.0


@dataclass(frozen=True)
class Demand:
    """Trips of the population on an average weekday that are too long to walk."""

    h3: NDArray[np.int64]
    """H3 cell of each node, sorted (nodes,)."""
    x_m: Floats
    y_m: Floats
    """Middle of the people and jobs of the node."""
    zone: NDArray[np.int32]
    slots: tuple[tuple[float, float], ...]
    """Local hours of each slot."""
    trips: Floats
    """(slots, nodes, nodes)."""

    @property
    def size(self) -> int:
        """Number of nodes."""
        return int(self.h3.size)

    @property
    def daily(self) -> Floats:
        """Trips of the whole day (nodes, nodes)."""
        total: Floats = self.trips.sum(axis=0)
        return total

    @property
    def near(self) -> NDArray[np.bool_]:
        """Nodes within a walk of each other, each of itself too (nodes, nodes)."""
        away = np.hypot(self.x_m[:, None] - self.x_m, self.y_m[:, None] - self.y_m)
        walkable: NDArray[np.bool_] = away < _NEAR_M
        return walkable

    def nodes_at(self, lon: Floats, lat: Floats) -> NDArray[np.int64]:
        """Node of each point, -1 outside."""
        cells = np.array(
            [h3.latlng_to_cell(b, a, NODE_RESOLUTION) for a, b in zip(lon, lat, strict=True)], np.int64
        )
        at = np.minimum(np.searchsorted(self.h3, cells), self.size - 1)
        return np.where(self.h3[at] == cells, at, -1)


def weekday_demand(
    params: WorldParams, people: People, places: Places, journeys: Journeys, calendar: Calendar
) -> Demand:
    """Count everybody's weekday trips between nodes; all days where the period has no weekday."""
    cells, node = np.unique(places.parents(NODE_RESOLUTION), return_inverse=True)
    weight = places.residents / places.residents.sum() + places.jobs / places.jobs.sum()
    mass = np.bincount(node, weight)
    x_m, y_m = (np.bincount(node, weight * v) / mass for v in (places.x_m, places.y_m))
    zone = np.zeros(cells.size, np.int32)
    zone[node] = places.zone
    slots = tuple(sorted(params.slots.values()))
    trips = _counted(people, journeys, calendar, node, cells.size, slots)
    far = np.hypot(x_m[:, None] - x_m, y_m[:, None] - y_m) > _WALK_M
    return Demand(cells, x_m, y_m, zone, slots, trips * far * people.persons_each)


def _counted(
    people: People,
    journeys: Journeys,
    calendar: Calendar,
    node: NDArray[np.int64],
    nodes: int,
    slots: tuple[tuple[float, float], ...],
) -> Floats:
    """Simulated trips per average weekday (slots, nodes, nodes)."""
    is_weekday = calendar.day_type == 0
    if not is_weekday.any():
        is_weekday = np.ones_like(is_weekday)
    trips = np.zeros(len(slots) * nodes * nodes, np.int64)
    for rows, person in journeys.pieces():
        a = node[people.place[person, journeys.origin[rows]]]
        b = node[people.place[person, journeys.destination[rows]]]
        depart_s = journeys.depart_s[rows]
        key = (slot_of(depart_s, [end for _, end in slots]) * nodes + a) * nodes + b
        trips += np.bincount(key[is_weekday[depart_s // 86400]], minlength=trips.size)
    average: Floats = trips.reshape(len(slots), nodes, nodes) / is_weekday.sum()
    return average
