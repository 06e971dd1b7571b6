"""One step of the budget curve as it stands in proposals.json."""

from dataclasses import dataclass
from typing import Any

import numpy as np

from jobs.transit import wording
from jobs.transit.budget_curve import BudgetStep
from jobs.transit.changes import Change, Kind, Plan, timetable
from jobs.transit.drawing import Drawer
from jobs.transit.line_table import headways_by_slot, line_geometry, planned_headways, way_after
from jobs.transit.lines import LineSet
from jobs.transit.numbers_in_words import Text
from jobs.transit.params import TransitParams
from jobs.transit.proposal_record import proposal_id
from jobs.transit.reshape_words import way_title
from jobs.transit.scene import Scene
from jobs.transit.scorecard import money, status
from jobs.transit.way_record import WayRecord


def step_record(
    scene: Scene,
    lines: LineSet,
    hours_before: float,
    step: BudgetStep,
    drawer: Drawer,
    params: TransitParams,
) -> dict[str, Any]:
    """What a budget allows, what its plan takes and saves, and what it changes on which lines."""
    departures = timetable(lines, step.plan.values())
    km = float(lines.vehicle_km(departures).sum())
    told = _Told(scene, lines, step.plan, departures, drawer, params)
    return {
        "vehicle_hours_change": step.share,
        "vehicle_hours_allowed": round(hours_before * (1.0 + step.share), 1),
        "vehicle_hours": round(step.hours, 1),
        "vehicle_km": round(km, 1),
        "peak_vehicles": step.vehicles,
        "money": money(params.fleet, step.hours, km, step.vehicles),
        "generalised_minutes_saved_per_day": round(step.saves_min, 1),
        "keeps_floors": step.keeps_floors,
        "changes": [told.change(change) for _, change in sorted(step.plan.items())],
    }


@dataclass(frozen=True)
class _Told:
    """Changes of a step's plan in terms of people: lines by id and name, ways in degrees."""

    scene: Scene
    lines: LineSet
    plan: Plan
    departures: np.ndarray
    """(P, S), those of the plan."""
    drawer: Drawer
    params: TransitParams

    def change(self, change: Change) -> dict[str, Any]:
        """A change with the lines that run otherwise because of it: the main plan's network need not have them."""
        lines, line = self.lines, change.line
        told: dict[str, Any] = {
            "id": proposal_id(lines, change),
            "name": lines.lines[line].name,
            "title": self._title(change),
            "headway_min": {lines.slots.names[slot]: headway for slot, headway in change.headway_min},
            "lines": [self._line(number) for number in change.all_lines],
        }
        if change.kind is Kind.NEW_LINE:
            told["geometry"] = line_geometry(self.drawer, lines, line)
        return told

    def _title(self, change: Change) -> Text:
        """As on the card of a proposal."""
        if change.reshape:
            return way_title(WayRecord(self.scene, self.lines, change, self.drawer, self.params).names)
        name, keeps = (self.lines.lines[i].name if i >= 0 else "" for i in (change.line, change.keeps))
        return wording.title(change, name, keeps, *self._headways(change.line))

    def _headways(self, line: int) -> tuple[dict[str, float | None], dict[str, float | None]]:
        """Minutes between departures by slot, today and at this budget."""
        today = headways_by_slot(self.lines, line, self.lines.departures)
        return today, planned_headways(self.lines, self.plan, line, self.departures)

    def _line(self, line: int) -> dict[str, Any]:
        """What happens to a line: headways of the slots where they change, and its way where that is not today's."""
        entry, what = self.lines.lines[line], status(self.plan, line)
        before, after = self._headways(line)
        told: dict[str, Any] = {
            "route_id": entry.line_id,
            "name": entry.name,
            "status": what,
            "headway_min": {slot: minutes for slot, minutes in after.items() if minutes != before[slot]},
        }
        if what == "new":
            told["geometry"] = line_geometry(self.drawer, self.lines, line)
        elif what == "changed" and (way := way_after(self.drawer, self.lines, self.plan, line)) is not None:
            told["geometry"] = {"type": "LineString", "coordinates": way}
        return told
