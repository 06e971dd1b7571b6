"""Walks to stops, given which stops are served: who has lost the nearest walks farther to the next."""

from collections.abc import Sequence

import numpy as np

from jobs.transit.lines import LineSet
from jobs.transit.params import WaitAndWalk
from jobs.transit.places import Clusters, Zones, joined, zone_walks
from kernels.transit.line_network import Access

_MOST_KEPT = 256


class WalkBook:
    """Walks between zones and stops for any timetable. Z zones, C clusters.

    A stop's walk is a mean over the people whose nearest stop it is (`places.zone_walks`), so it depends on the other
    stops that are served. Only zones in reach of a stop that goes or comes are computed anew.

    Parameters
    ----------
    doors : (zone, cluster) where a service on demand would fetch people, `door_min` minutes away from them.
    """

    def __init__(
        self,
        zones: Zones,
        clusters: Clusters,
        walk: WaitAndWalk,
        doors: Sequence[tuple[int, int]] = (),
        door_min: float = 0.0,
    ) -> None:
        self._zones, self._clusters, self._walk = zones, clusters, walk
        self._doors, self._door_min = dict(doors), door_min
        self._is_door = np.zeros(clusters.count, bool)
        self._is_door[list(self._doors.values())] = True
        self._is_virtual = clusters.stop >= clusters.of_stop.size
        self._rows = [self._row(zone, self._is_virtual) for zone in range(len(zones.xy))]
        self.today = joined(self._rows)
        """Walks with the stops that are served today."""
        self._known: dict[bytes, Access] = {}

    def given(self, lines: LineSet, today: np.ndarray, departures: np.ndarray) -> Access:
        """Walks when patterns run with (P,) `departures` in a slot, instead of those of `today`."""
        before, after = self._served(lines, today), self._served(lines, departures)
        is_virtual = (self._is_virtual & ~after) | (before & ~after)
        changed = (is_virtual != self._is_virtual) & ~self._is_door
        if not changed.any():
            return self.today
        key = np.packbits(changed).tobytes()
        if key not in self._known:
            if len(self._known) >= _MOST_KEPT:
                self._known.pop(next(iter(self._known)))
            self._known[key] = self._with(np.flatnonzero(changed), is_virtual)
        return self._known[key]

    def _served(self, lines: LineSet, departures: np.ndarray) -> np.ndarray:
        out = np.zeros(self._clusters.count, bool)
        for pattern in np.flatnonzero(departures > 0):
            out[lines.places[pattern]] = True
        return out

    def _with(self, changed: np.ndarray, is_virtual: np.ndarray) -> Access:
        reach_m = self._walk.max_access_m / self._walk.walk_detour + 2.0 * self._zones.spread_m
        rows = list(self._rows)
        for zone, centre in enumerate(self._zones.xy):
            if np.hypot(*(self._clusters.xy[changed] - centre).T).min() <= reach_m:
                rows[zone] = self._row(zone, is_virtual)
        return joined(rows)

    def _row(self, zone: int, is_virtual: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        stops, minutes = zone_walks(self._zones, self._clusters, zone, is_virtual | self._is_door, self._walk)
        is_stop = ~self._is_door[stops]
        if zone in self._doors:
            own = np.array([self._doors[zone]], stops.dtype)
            return np.append(stops[is_stop], own), np.append(minutes[is_stop], self._door_min)
        return stops[is_stop], minutes[is_stop]
