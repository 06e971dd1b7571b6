"""Notes of what will change in a feed, before any file is written."""

from collections import defaultdict
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np

from jobs.transit.drawing import Drawer
from jobs.transit.feeds.csvtext import TextTable, read_table
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
    rewritten_trips: dict[str, dict[str, str]] = field(default_factory=dict)
    """Trips whose calls are written anew: trip_id -> cells of trips.txt that change."""
    other_files: dict[str, bytes] = field(default_factory=dict)
    shapes: dict[int, str] = field(default_factory=dict)
    """shape_id of the patterns that were drawn."""
    rows: dict[str, list[dict[str, str]]] = field(default_factory=lambda: defaultdict(list))
    service_days: dict[str, np.ndarray] = field(default_factory=dict)
    taken: set[str] = field(default_factory=set)
    tables: dict[str, TextTable] = field(default_factory=dict)

    def table(self, name: str) -> TextTable:
        """A file of the feed, read once."""
        if name not in self.tables:
            self.tables[name] = read_table(self.scene.feed.files, name)
        return self.tables[name]

    def owner(self, pattern: int) -> int:
        """The line that a pattern belongs to."""
        return next(i for i, line in enumerate(self.lines.lines) if pattern in line.patterns)

    def is_on_demand(self, pattern: int) -> bool:
        """Whether a pattern stands for a service on demand."""
        return self.lines.lines[self.owner(pattern)].on_demand

    @cached_property
    def drawer(self) -> Drawer:
        """Draws ways of patterns."""
        return Drawer(self.scene)

    def shape_of(self, pattern: int) -> str:
        """shape_id of a pattern that is new, blank where the feed has no shapes."""
        if not self.table("shapes.txt").row_count:
            return ""
        if pattern not in self.shapes:
            self.shapes[pattern] = self.new_id(f"shape_{pattern}")
            for number, (lon, lat) in enumerate(self.drawer.pattern_way(self.lines, pattern)):
                self.rows["shapes.txt"].append(
                    {
                        "shape_id": self.shapes[pattern],
                        "shape_pt_lat": f"{lat:.6f}",
                        "shape_pt_lon": f"{lon:.6f}",
                        "shape_pt_sequence": str(number + 1),
                    }
                )
        return self.shapes[pattern]

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
