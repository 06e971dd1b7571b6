"""What hexagons may show beside demand: how well a place is served, who finds no line, who gains.

Values come from `service` and `areas` of proposals.json, for the cells of the demand and the plan's day.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import h3
import numpy as np
from numpy.typing import NDArray

from jobs.report.content import JsonObject, as_number, as_object, as_objects, as_texts
from jobs.report.demand import WHOLE_DAY
from jobs.report.palette import CHANGE_RAMP, SERVICE_RAMP, UNSERVED_RAMP, change_breaks, demand_breaks
from jobs.report.words import Both

BEFORE, AFTER = "before", "after"
Values = NDArray[np.float64]


@dataclass(frozen=True)
class Measure:
    """One figure a cell.

    `values` hold one array a slot and state of the network, (cells of the demand,), NaN where nothing is
    known; `breaks` the upper bounds of all classes but the last, for the whole day and for single slots.
    """

    name: str
    label: Both
    unit: Both
    ramp: tuple[str, ...]
    values: Mapping[tuple[str, str], Values]
    breaks: Mapping[str, list[float]]
    is_signed: bool = False


SERVICE_UNIT = Both("perceived minutes a trip from here", "minutes perçues par déplacement d’ici")
UNSERVED_UNIT = Both("trips a day without a usable line", "déplacements par jour sans ligne utilisable")
CHANGE_UNIT = Both("perceived minutes saved a trip", "minutes perçues gagnées par déplacement")


def measures_of(plan: JsonObject, cells: NDArray[np.int64]) -> list[Measure]:
    """Return the measures that the plan can tell; none where there is no plan."""
    service = as_object(plan.get("service"))
    found = _by_place(service, cells) if as_objects(service.get("cells")) else []
    change = gains(as_objects(plan.get("areas")), cells)
    if np.isfinite(change).any():
        values = {(when, WHOLE_DAY): change for when in (BEFORE, AFTER)}
        breaks = {WHOLE_DAY: change_breaks(change)}
        label = Both("Gains and losses", "Gains et pertes")
        found.append(Measure("change", label, CHANGE_UNIT, CHANGE_RAMP, values, breaks, is_signed=True))
    return found


def gains(areas: list[JsonObject], cells: NDArray[np.int64]) -> Values:
    """Minutes saved a trip by cell, NaN where nothing changes."""
    at = _index(cells)
    told = np.full(len(cells), np.nan)
    for area in areas:
        place, saved = at.get(str(area.get("h3"))), as_number(area.get("minutes_saved_per_trip"))
        if place is not None and saved is not None:
            told[place] = saved
    return told


def _index(cells: NDArray[np.int64]) -> dict[str, int]:
    return {h3.int_to_str(int(cell)): i for i, cell in enumerate(cells)}


def _by_place(service: JsonObject, cells: NDArray[np.int64]) -> list[Measure]:
    slots = as_texts(service.get("slots"))
    trips = _grid(service, "trips", slots, cells)
    minutes, unserved = {}, {}
    for when in (BEFORE, AFTER):
        perceived = _grid(service, f"perceived_min_{when}", slots, cells)
        without = _grid(service, f"unserved_{when}", slots, cells)
        minutes[when, WHOLE_DAY] = _mean(perceived, trips)
        unserved[when, WHOLE_DAY] = np.where(np.isnan(trips).all(axis=0), np.nan, np.nansum(without, axis=0))
        for number, slot in enumerate(slots):
            minutes[when, slot], unserved[when, slot] = perceived[number], without[number]
    return [
        Measure("service", Both("Time of trips", "Temps de trajet"), SERVICE_UNIT, SERVICE_RAMP, minutes,
                _breaks(minutes)),
        Measure("unserved", Both("Trips without a line", "Sans ligne"), UNSERVED_UNIT, UNSERVED_RAMP,
                unserved, _breaks(unserved)),
    ]  # fmt: skip


def _grid(service: JsonObject, name: str, slots: list[str], cells: NDArray[np.int64]) -> Values:
    """(slots, cells) of one list of the service map."""
    at = _index(cells)
    grid = np.full((len(slots), len(cells)), np.nan)
    for entry in as_objects(service.get("cells")):
        place, values = at.get(str(entry.get("h3"))), entry.get(name)
        if place is not None and isinstance(values, list) and len(values) == len(slots):
            grid[:, place] = [np.nan if (v := as_number(value)) is None else v for value in values]
    return grid


def _mean(values: Values, weight: Values) -> Values:
    known = np.where(np.isnan(values), 0.0, np.nan_to_num(weight))
    total = known.sum(axis=0)
    mean = np.divide(
        (known * np.nan_to_num(values)).sum(axis=0), total, out=np.zeros_like(total), where=total > 0
    )
    return np.where(total > 0, mean, np.nan)


def _breaks(values: Mapping[tuple[str, str], Values]) -> dict[str, list[float]]:
    """Classes that before and after share, and so do all slots."""
    whole = [v for (_, slot), v in values.items() if slot == WHOLE_DAY]
    parts = [v for (_, slot), v in values.items() if slot != WHOLE_DAY]
    return {WHOLE_DAY: demand_breaks(np.concatenate(whole)), "slot": demand_breaks(np.concatenate(parts))}
