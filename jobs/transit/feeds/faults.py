"""Faults of the present network that a plan mends before it does anything else, as far as it can."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from jobs.transit.changes import Kind, Option
from jobs.transit.diagnosis import UnderServed
from jobs.transit.params import TransitParams
from jobs.transit.twins import Twin


@dataclass(frozen=True)
class Faults:
    """The worst fault of each kind that today's lines show."""

    twin: Twin | None
    starved: UnderServed | None

    @property
    def wanted(self) -> tuple[int, ...]:
        """Lines whose headways have to be tried."""
        return (self.starved.line,) if self.starved else ()


def find_faults(twins: Sequence[Twin], starved: UnderServed | None, params: TransitParams) -> Faults:
    """Leave out what the parameters protect, or everything if faults are not to come first."""
    return Faults(twins[0] if twins else None, starved) if params.standards.mend_first else Faults(None, None)


def musts(
    faults: Faults, options: Sequence[Option], slots: Sequence[str], params: TransitParams
) -> list[list[Option]]:
    """Groups of options of which a plan takes one each, the most important first.

    The duplicate ends if a vehicle-hour that it frees is worth more elsewhere than it is here. The starved line
    gets `standards.service_share` of the departures due in each slot, in clock-face steps.
    """
    groups = [_ends(faults.twin, options)] if faults.twin else []
    if faults.starved:
        groups += [
            _restores(faults.starved, slot, options, params)
            for slot in _shortest_first(faults.starved, len(slots))
        ]
    return [group for group in groups if group]


def _ends(twin: Twin, options: Sequence[Option]) -> list[Option]:
    bought = max((o.saves_min / o.vehicle_hours for o in options if o.vehicle_hours > 0), default=0.0)
    return [
        o
        for o in options
        if o.line == twin.line
        and o.kind is Kind.REMOVE_DUPLICATE
        and o.vehicle_hours < 0
        and o.saves_min >= bought * o.vehicle_hours
    ]


def _shortest_first(starved: UnderServed, n_slots: int) -> list[int]:
    return sorted(range(n_slots), key=lambda slot: starved.due_headway_min[slot])


def _restores(
    starved: UnderServed, slot: int, options: Sequence[Option], params: TransitParams
) -> list[Option]:
    limit = starved.due_headway_min[slot] / params.standards.service_share
    levels = params.headways.levels
    limit = max([level for level in levels if level <= limit], default=levels[0])
    return [
        o
        for o in options
        if o.line == starved.line
        and o.kind is Kind.HEADWAY
        and o.slot == slot
        and o.vehicle_hours > 0
        and o.headway_min <= limit
        and np.isfinite(starved.due_headway_min[slot])
    ]
