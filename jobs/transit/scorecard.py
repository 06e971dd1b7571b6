"""Measures of a timetable, before and after, and what each change of a plan is worth."""

from dataclasses import dataclass

import numpy as np

from jobs.transit.changes import Kind, Plan
from jobs.transit.demand import is_on_foot
from jobs.transit.evaluation import SlotResult, total_min
from jobs.transit.lines import LineSet
from jobs.transit.params import Fleet, TransitParams
from jobs.transit.planner import Outcome, Worth
from jobs.transit.scene import Scene
from kernels.transit.assignment import PASSENGERS, RIDE, TRANSFERS, WAIT, WALK

_FELT_SHARE = 0.05
"""A trip wins or loses when its perceived time changes by more than this share."""


def summary(
    scene: Scene, lines: LineSet, departures: np.ndarray, results: list[SlotResult], fleet: Fleet
) -> dict[str, object]:
    """Means per trip on transit, shares of all trips, and what the service takes to run."""
    totals = np.sum([r.totals for r in results], axis=0)
    trips = float(scene.trips_by_slot.sum())
    passengers = float(totals[PASSENGERS])
    per_passenger = totals / max(passengers, 1e-9)
    on_foot, other = _without_transit(scene, results)
    perceived = sum(
        float(np.dot(t, np.where(_rides(scene, r), r.cost, 0.0)))
        for t, r in zip(scene.trips_by_slot, results, strict=True)
    )
    hours = float(lines.vehicle_hours(departures).sum())
    km = float(lines.vehicle_km(departures).sum())
    peak = lines.peak_vehicles(departures)
    return {
        "trips": _r(trips),
        "trips_put_back_share": _r(scene.unseen.put_back, 4),
        "trips_modelled_share": _r(scene.unseen.modelled, 4),
        "passengers": _r(passengers),
        "on_foot_share": _r(on_foot / max(trips, 1e-9), 4),
        "unserved_share": _r(other / max(trips, 1e-9), 4),
        "generalised_min": _r(total_min(results) / max(trips, 1e-9)),
        "passenger_generalised_min": _r(perceived / max(passengers, 1e-9)),
        "walk_min": _r(per_passenger[WALK]),
        "wait_min": _r(per_passenger[WAIT]),
        "ride_min": _r(per_passenger[RIDE]),
        "transfers": _r(_changes_of_vehicle(totals, passengers), 3),
        "vehicle_hours": _r(hours, 1),
        "vehicle_km": _r(km, 1),
        "peak_vehicles": peak,
        "money": money(fleet, hours, km, peak),
    }


def _r(value: float, digits: int = 2) -> float:
    """Rounded for people; the same on every machine."""
    return round(float(value), digits) + 0.0


def _changes_of_vehicle(totals: np.ndarray, passengers: float) -> float:
    return float(totals[TRANSFERS]) / max(passengers, 1e-9)


def _rides(scene: Scene, result: SlotResult) -> np.ndarray:
    return np.asarray(result.cost < scene.demand.fallback)


def _without_transit(scene: Scene, results: list[SlotResult]) -> tuple[float, float]:
    """Trips a day on foot and by other means."""
    on_foot = is_on_foot(scene.zones, scene.demand, scene.perceived)
    walks, others = 0.0, 0.0
    for trips, result in zip(scene.trips_by_slot, results, strict=True):
        stays_off = ~_rides(scene, result)
        walks += float(trips[stays_off & on_foot].sum())
        others += float(trips[stays_off & ~on_foot].sum())
    return walks, others


def money(fleet: Fleet, hours: float, km: float, peak: int) -> float | None:
    """Cost a day: a x vehicle-hours + b x vehicle-km + c x peak vehicles; None when no rate is known."""
    rates = (fleet.cost_per_vehicle_hour, fleet.cost_per_vehicle_km, fleet.cost_per_peak_vehicle_day)
    if not any(rates):
        return None
    return _r(rates[0] * hours + rates[1] * km + rates[2] * np.ceil(peak * (1.0 + fleet.spare_share)))


def line_cost(lines: LineSet, line: int, departures: np.ndarray, fleet: Fleet) -> float | None:
    """Money a day for one line: its hours, kilometres and vehicles; None when no rate is known."""
    own = list(lines.lines[line].patterns)
    return money(
        fleet,
        float(lines.vehicle_hours(departures)[own].sum()),
        float(lines.vehicle_km(departures)[own].sum()),
        int(lines.vehicles(departures)[line].max()),
    )


def passengers(results: list[SlotResult]) -> float:
    """Trips a day that use transit."""
    return float(sum(r.totals[PASSENGERS] for r in results))


def winners_losers(scene: Scene, before: list[SlotResult], after: list[SlotResult]) -> tuple[float, float]:
    """Shares of all trips whose perceived time falls, and rises, by more than 5 %."""
    wins, losses = 0.0, 0.0
    for trips, a, b in zip(scene.trips_by_slot, before, after, strict=True):
        wins += float(trips[b.cost < a.cost * (1 - _FELT_SHARE)].sum())
        losses += float(trips[b.cost > a.cost * (1 + _FELT_SHARE)].sum())
    total = max(float(scene.trips_by_slot.sum()), 1e-9)
    return _r(wins / total, 4), _r(losses / total, 4)


@dataclass(frozen=True)
class Credited:
    """A change with its rank value: what it saves, and for a removed duplicate also what it pays for."""

    worth: Worth
    funds_min: float
    """Perceived minutes that others save with the vehicle-hours freed here."""
    rank_min: float
    fault: str | None
    """The fault of the present network that it mends, if that is the worst of its kind."""


def credited(outcome: Outcome) -> list[Credited]:
    """Changes in order: those that mend the worst fault of each kind, then by their rank value, highest first.

    Freed vehicle-hours share in what the spending changes save, in proportion, as far as they pay for
    it. What frees them by another network (a duplicate that ends, a tail that is cut) is ranked by its own effect and
    this share. A line that is thinned out is ranked by its own effect alone: it comes last, as the price of the rest.
    """
    spends = [w for w in outcome.worth if w.vehicle_hours > 0]
    freed = -sum(w.vehicle_hours for w in outcome.worth if w.vehicle_hours < 0)
    spent = sum(w.vehicle_hours for w in spends)
    price = sum(w.saves_min for w in spends) / spent if spent > 0 else 0.0
    bought = min(freed, spent) * price
    faults = _faults_mended(outcome, price)
    out = []
    for w in outcome.worth:
        funds = bought * -w.vehicle_hours / freed if w.vehicle_hours < 0 else 0.0
        is_thinned = w.change.kind is Kind.HEADWAY
        rank_min = w.saves_min + (0.0 if is_thinned else funds)
        out.append(Credited(w, funds, rank_min, faults.get(w.change.line)))
    return sorted(out, key=lambda c: (c.fault is None, -c.rank_min, c.worth.change.line))


def _faults_mended(outcome: Outcome, price: float) -> dict[int, str]:
    """The worst fault of each kind by the line whose change mends it.

    Of new lines it is the one that saves most beyond what its vehicle-hours save on average where the plan spends any.
    """
    new = [w for w in outcome.worth if w.change.kind is Kind.NEW_LINE]
    best = max(new, key=lambda w: w.saves_min - price * w.vehicle_hours, default=None)
    out = {best.change.line: "missing_corridor"} if best else {}
    twin, starved = outcome.faults.twin, outcome.faults.starved
    if twin and twin.line in outcome.plan:
        out[twin.line] = "duplicate"
    if starved and starved.line in outcome.plan:
        out[starved.line] = "under_served"
    return out


def boardings(lines: LineSet, line: int, results: list[SlotResult]) -> float:
    """Passengers a day who board a line."""
    patterns = list(lines.lines[line].patterns)
    return _r(sum(float(r.boardings[patterns].sum()) for r in results), 1)


def fullest_load(
    lines: LineSet, line: int, departures: np.ndarray, results: list[SlotResult], capacity: int
) -> float:
    """Highest mean load of a vehicle in any slot, over its capacity."""
    loads = [
        r.peak_load[p] / departures[p, slot]
        for slot, r in enumerate(results)
        for p in lines.lines[line].patterns
        if departures[p, slot] > 0
    ]
    return _r(max(loads, default=0.0) / capacity, 3)


def status(plan: Plan, line: int) -> str:
    """What a plan does with a line: kept, changed, removed or new."""
    change = plan.get(line)
    for other in plan.values():
        if other.reshape and line in other.reshape.brings:
            return "new"
        if other.reshape and line in other.reshape.also:
            return "removed"
    if change is None:
        return "changed" if any(c.headways_of(line) for c in plan.values()) else "kept"
    if change.reshape and not any(piece.of >= 0 for piece in change.reshape.pieces):
        return "removed"
    return {Kind.NEW_LINE: "new", Kind.REMOVE_DUPLICATE: "removed"}.get(change.kind, "changed")


def assumptions(params: TransitParams) -> dict[str, object]:
    """All parameters of the run, for the reader who wants to check."""
    return params.model_dump(mode="json", exclude={"threads"})
