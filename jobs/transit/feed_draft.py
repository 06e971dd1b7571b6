"""Notes of what will change in a feed, before any file is written."""

from collections import defaultdict
from dataclasses import dataclass, field

import numpy as np

from jobs.transit.csvtext import TextTable, read_table
from jobs.transit.lines import LineSet
from jobs.transit.params import TransitParams
from jobs.transit.scene import Scene


@dataclass
class Draft:
    """What will be written: rows to drop, to move and to add."""

    scene: Scene
    lines: LineSet
    params: TransitParams
    removed_trips: set[str] = field(default_factory=set)
    removed_routes: set[str] = field(default_factory=set)
    moved_trips: dict[str, str] = field(default_factory=dict)
    """trip_id -> service_id of the days that the plan does not hold for."""
    recut_trips: set[str] = field(default_factory=set)
    """Trips whose rows of frequencies.txt are written anew."""
    rows: dict[str, list[dict[str, str]]] = field(default_factory=lambda: defaultdict(list))
    service_days: dict[str, np.ndarray] = field(default_factory=dict)
    taken: set[str] = field(default_factory=set)
    tables: dict[str, TextTable] = field(default_factory=dict)

    def table(self, name: str) -> TextTable:
        """A file of the feed, read once."""
        if name not in self.tables:
            self.tables[name] = read_table(self.scene.feed.files, name)
        return self.tables[name]

    def departs_in(self, trip: int) -> int:
        """Slot of a GTFS trip's first departure, -1 outside all."""
        times = self.scene.feed.times
        first = times.departure_s[times.first[trip] : times.first[trip] + 1]
        return int(self.scene.slots.slot_of(first)[0])

    @property
    def plan_service(self) -> str:
        """Service of the new GTFS trips."""
        service = f"{self.params.id_prefix}{self.params.day_type}"
        self.service_days[service] = self.scene.like_days
        return service

    @property
    def uses_frequencies(self) -> bool:
        """Whether new runs are written to frequencies.txt."""
        if self.params.write_as == "auto":
            return self.scene.feed.frequencies.trip.size > 0
        return self.params.write_as == "frequencies"

    def new_id(self, name: str) -> str:
        """An id with our prefix that nothing else has."""
        base = name if name.startswith(self.params.id_prefix) else self.params.id_prefix + name
        unique, number = base, 2
        while unique in self.taken:
            unique, number = f"{base}_{number}", number + 1
        self.taken.add(unique)
        return unique


def clock(seconds: float) -> str:
    """``HH:MM:SS``, to the second."""
    whole = round(seconds)
    return f"{whole // 3600:02d}:{whole // 60 % 60:02d}:{whole % 60:02d}"


def frequency_row(trip_id: str, start_s: float, end_s: float, headway_s: float) -> dict[str, str]:
    """A row of frequencies.txt; times are not exact."""
    return {
        "trip_id": trip_id,
        "start_time": clock(start_s),
        "end_time": clock(end_s),
        "headway_secs": str(round(headway_s)),
        "exact_times": "0",
    }
