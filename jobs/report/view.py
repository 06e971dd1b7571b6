"""What the parts of the page share: content, demand, places and frame, worked out once."""

from dataclasses import dataclass

import h3
import numpy as np
from numpy.typing import NDArray

from jobs.report.content import (
    JsonObject,
    ReportContent,
    as_object,
    as_texts,
    line_features,
    ranked_proposals,
)
from jobs.report.demand import Demand, read_demand
from jobs.report.ground import Frame, Zone, centres, frame_of, ground_zones, place_names, zone_names
from jobs.report.measures import Measure, measures_of


@dataclass(frozen=True)
class View:
    """The content as the page sees it.

    `where` holds the centre of each H3 cell of the demand, `places` its name; `day_type` is the one shown
    first.
    """

    content: ReportContent
    demand: Demand
    where: NDArray[np.float64]
    places: list[str]
    zones: list[Zone]
    frame: Frame
    day_type: str
    lines: list[JsonObject]
    proposals: list[JsonObject]
    measures: list[Measure]

    @property
    def plan(self) -> JsonObject:
        """The contents of `proposals.json`; empty where there is no transit stage."""
        return as_object(self.content.proposals)

    def measure(self, name: str) -> Measure | None:
        """The measure of that name, if the plan can tell it."""
        return next((measure for measure in self.measures if measure.name == name), None)

    def place_of(self, cell: str) -> str | None:
        """Name of an H3 cell of the demand."""
        if not h3.is_valid_cell(cell):
            return None
        found = np.flatnonzero(self.demand.h3 == h3.str_to_int(cell))
        return self.places[int(found[0])] if len(found) else None

    @property
    def has_demand(self) -> bool:
        """Whether the OD matrix has a row."""
        return len(self.demand.trips) > 0


def view_of(content: ReportContent) -> View:
    """Work out demand, places and frame."""
    plan = as_object(content.proposals)
    demand = read_demand(content.od, slot_names(plan))
    where = centres(demand.h3)
    day_type = _first_day_type(demand.day_types, str(plan.get("day_type")))
    weight = demand.by_h3(day_type) if day_type else np.zeros(len(demand.h3))
    frame = frame_of(where, weight, content.network)
    zones = ground_zones(content.zones_geojson, frame)
    named = zone_names(content.zones_geojson)
    places = place_names(demand.h3, where, zones, content.cells, named)
    lines, proposals = line_features(content.network), ranked_proposals(content.proposals)
    measures = measures_of(plan, demand.h3)
    return View(content, demand, where, places, zones, frame, day_type, lines, proposals, measures)


def slot_names(plan: JsonObject) -> list[str]:
    """Return the plan's slots in its order, given as names, as objects with a name, or as an object."""
    slots = plan.get("slots")
    if isinstance(slots, dict):
        return [str(name) for name in slots]
    if isinstance(slots, list):
        return as_texts([as_object(s).get("name", s) for s in slots])
    return []


def _first_day_type(known: tuple[str, ...], planned: str) -> str:
    wanted = [name for name in (planned, "weekday") if name in known]
    return (wanted or list(known) or [""])[0]
