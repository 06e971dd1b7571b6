"""The receiving side of ingest: each unit's events are put in order, without repetitions, and written."""

import json
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import pyarrow as pa

from jobs.calendars.localtime import Zone, zone_named
from jobs.engine.columns import epoch_seconds
from jobs.engine.store import StoredFile
from jobs.identity.sealing import Unit, unit_of
from jobs.ingest.event_blocks import Ordered, ordered_events
from jobs.ingest.plan import IngestPlan, unit_name, unit_named
from jobs.records.daily import counts_by_day, on_days, rows_by_day
from jobs.records.deliveries import Delivery, Earlier, UnitFigures


@dataclass(frozen=True, eq=False)
class Rework:
    """What receivers have to do with events of an earlier run.

    Attributes
    ----------
    events : the file of events of each unit, by its name.
    units : names of the units that are made anew even if nothing comes for them.
    rebuilt : ISO dates of the days whose earlier events are dropped.
    """

    events: Mapping[str, StoredFile] = field(default_factory=dict)
    units: tuple[str, ...] = ()
    rebuilt: tuple[str, ...] = ()

    @classmethod
    def of(cls, delivery: Delivery, earlier: Earlier | None) -> "Rework":
        """Rework that a delivery asks for."""
        if earlier is None:
            return cls()
        return cls(earlier.events, delivery.units_to_rebuild(earlier), tuple(sorted(delivery.rebuilt)))


def receive(plan: IngestPlan, rework: Rework, partition: int, blocks: list[pa.Table]) -> dict[str, Any]:
    """Sort, de-duplicate and write the events of each unit that a partition gets or has to make anew."""
    accounts = [json.loads(b["account"][0].as_py()) for b in blocks if "account" in b.column_names]
    anew = (unit_named(name) for name in rework.units)
    by_unit: dict[Unit, list[pa.Table]] = {u: [] for u in anew if plan.partition_of(u) == partition}
    for block in blocks:
        if "sealed" in block.column_names:
            by_unit.setdefault(unit_of(block), []).append(block)
    blocks.clear()
    told: dict[str, Any] = {"events": {}, "units": {}, "repeated": [], "objected": [], "accounts": accounts}
    for unit in sorted(by_unit):
        _receive_unit(plan, rework, unit, by_unit.pop(unit), told)
    return told


def _receive_unit(
    plan: IngestPlan, rework: Rework, unit: Unit, blocks: list[pa.Table], told: dict[str, Any]
) -> None:
    """Make the events of one unit: those that came, and those of an earlier run that stay."""
    name, zone = unit_name(unit), zone_named(plan.zone)
    earlier = rework.events.get(name)
    stay = _that_stay(plan.store.read_table(earlier), zone, rework.rebuilt) if earlier else None
    pads, has_details = plan.pads[unit[0]], plan.tells_interactions
    ordered = ordered_events(plan.seal, blocks, unit[0], pads, stay, plan.opt_outs, has_details)
    told["repeated"] += _repeated_by_day(ordered, zone)
    told["objected"] += list(Counter(ordered.objected_file.tolist()).items())
    told["events"][name] = None
    if ordered.events.num_rows:
        folder = f"tables/events/{plan.build}"
        told["events"][name] = plan.store.write_table(folder, name, ordered.events).as_json()
        told["units"][name] = figures_of(ordered.events, zone, len(plan.known_cells)).as_json()


def _that_stay(events: pa.Table, zone: Zone, rebuilt: tuple[str, ...]) -> pa.Table:
    if not rebuilt:
        return events
    day = zone.days(epoch_seconds(events["time"]))
    return events.filter(pa.array(~on_days(day, list(rebuilt))))


def _repeated_by_day(ordered: Ordered, zone: Zone) -> list[tuple[int, str, int]]:
    """File, local day and number of repetitions that were dropped."""
    found = []
    for file in np.unique(ordered.repeated_file):
        local = zone.to_local(ordered.repeated_time[ordered.repeated_file == file])
        found += [(int(file), day, rows) for day, rows in rows_by_day(local).items()]
    return found


def figures_of(events: pa.Table, zone: Zone, cells: int) -> UnitFigures:
    """What some events, in order, hold."""
    user, time = events["user"].to_numpy(), epoch_seconds(events["time"])
    users = 1 + int(np.count_nonzero(user[1:] != user[:-1]))
    return UnitFigures(users, int(time.min()), int(time.max()), counts_by_day(events, zone, cells))
