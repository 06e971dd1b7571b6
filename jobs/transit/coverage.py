"""Who lives within a walk of a stop: coverage by SDG indicator 11.2.1, and what each line alone covers.

UN-Habitat, metadata of indicator 11.2.1 (2021): a stop within 500 m on foot. Streets are unknown: the way
on foot is the straight line times `walk_detour`.
"""

from collections.abc import Sequence

import numpy as np

from jobs.transit.lines import LineSet
from jobs.transit.places import Clusters, Zones, people_disc


class Coverage:
    """Shares of each zone's people within a walk of each place where lines stop. Z zones, C clusters.

    Parameters
    ----------
    weight : (Z,) residents, or what stands for them.
    walk_m : way on foot.
    doors : (zone, place) where a service on demand would fetch all people of a zone.
    """

    def __init__(
        self,
        zones: Zones,
        clusters: Clusters,
        weight: np.ndarray,
        walk_m: float,
        detour: float,
        doors: Sequence[tuple[int, int]] = (),
    ) -> None:
        self._weight = weight / max(float(weight.sum()), 1e-9)
        people = people_disc(np.sqrt(2.0) * zones.spread_m)
        self._points, self._places = len(people), clusters.count
        self._reach: list[tuple[np.ndarray, np.ndarray]] = []
        limit = walk_m / detour
        for centre in zones.xy:
            near = np.flatnonzero(np.hypot(*(clusters.xy - centre).T) <= limit + 2.0 * zones.spread_m)
            apart = np.hypot(*((centre + people)[:, None] - clusters.xy[near][None]).transpose(2, 0, 1))
            self._reach.append((near, apart <= limit))
        for zone, door in doors:
            near, reach = self._reach[zone]
            near = np.append(near[near != door], door)
            reach = reach[:, self._reach[zone][0] != door]
            self._reach[zone] = (near, np.column_stack([reach, np.ones(len(people), bool)]))

    def of_places(self, is_served: np.ndarray) -> np.ndarray:
        """(Z,) share of each zone's people that the served places (bool per cluster) reach."""
        return np.array(
            [
                reach[:, is_served[near]].any(axis=1).mean() if near.size else 0.0
                for near, reach in self._reach
            ]
        )

    def share(self, lines: LineSet, departures: np.ndarray) -> float:
        """Share of all people within a walk of a stop where any line of the timetable runs."""
        return float(self._weight @ self.of_places(self.served(lines, departures)))

    def share_with_headway(self, lines: LineSet, departures: np.ndarray, slot: int, minutes: float) -> float:
        """The same for stops with a departure of some line and direction every `minutes` in a slot."""
        often = departures[:, slot] >= lines.slots.minutes[slot] / minutes - 1e-9
        return float(self._weight @ self.of_places(self.served(lines, departures * often[:, None])))

    def served(self, lines: LineSet, departures: np.ndarray) -> np.ndarray:
        """Bool per cluster: a line of the timetable stops there."""
        out = np.zeros(self._places, bool)
        for pattern in np.flatnonzero(departures.sum(axis=1) > 0):
            out[lines.places[pattern]] = True
        return out

    def alone(self, lines: LineSet, departures: np.ndarray, line: int) -> float:
        """Share of all people that would lose their stop without a line."""
        rest = departures.copy()
        rest[list(lines.lines[line].patterns)] = 0.0
        return self.share(lines, departures) - self.share(lines, rest)
