"""The OD matrix as trips between zones, by slot."""

from dataclasses import dataclass, replace

import h3
import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from jobs.errors import ConfigError, InputError
from jobs.transit.params import TransitParams, WaitAndWalk
from jobs.transit.places import Zones
from kernels.transit.line_network import Demand

_SPAN_OF_90 = 2.0 * 1.6449
"""Width of a 90 % interval in standard errors."""


@dataclass(frozen=True)
class CellFlows:
    """Trips a day between H3 cells that may use transit, one array of trips per slot."""

    cells: np.ndarray
    """Distinct H3 cells, sorted."""
    origin: np.ndarray
    """Index into `cells`."""
    destination: np.ndarray
    trips: np.ndarray
    """(S, n): trips a day by slot."""
    variation: np.ndarray
    """(S, n): standard error of a flow over the flow, 0 where it is known for certain."""

    def in_service(self, share: np.ndarray) -> "CellFlows":
        """Trips of the slots that are planned; a slot that is cut loses trips in proportion.

        Parameters
        ----------
        share : of each slot that is left, 0 where none is.
        """
        kept = share > 0
        return replace(self, trips=self.trips[kept] * share[kept, None], variation=self.variation[kept])

    def among(self, is_kept: np.ndarray) -> "CellFlows":
        """Trips with both ends in the cells that are kept (bool per cell)."""
        stays = is_kept[self.origin] & is_kept[self.destination]
        number = np.cumsum(is_kept) - 1
        return CellFlows(
            self.cells[is_kept],
            number[self.origin[stays]],
            number[self.destination[stays]],
            self.trips[:, stays],
            self.variation[:, stays],
        )


@dataclass(frozen=True)
class UnseenShares:
    """Of the trips of a day type, those that no row of the published matrix tells of."""

    put_back: float
    """Withheld, and told of by sums (withheld.py): rows of one user without observed trips."""
    modelled: float
    """Too short for phone records (short_trips.py): rows without users."""


def unseen_shares(od: pa.Table, day_type: str) -> UnseenShares:
    """Shares of the trips of a day type that were added to the published ones."""
    rows = od.filter(pc.equal(od["day_type"], day_type))
    trips = rows["population_trips"].to_numpy()
    is_modelled = rows["users"].to_numpy() == 0
    is_put_back = (rows["trips"].to_numpy() == 0) & ~is_modelled
    total = max(float(trips.sum()), 1e-9)
    return UnseenShares(float(trips[is_put_back].sum()) / total, float(trips[is_modelled].sum()) / total)


def read_flows(od: pa.Table, params: TransitParams) -> CellFlows:
    """Trips of the day type in the slots that are planned, times the transit mode share.

    Raises
    ------
    ConfigError
        The OD table names a slot whose hours are unknown.
    InputError
        No trip of the day type is left, or the cells differ in resolution.
    """
    unknown = sorted(set(pc.unique(od["slot"]).to_pylist()) - set(params.slots))
    if unknown:
        raise ConfigError(
            f"the OD table has slots {unknown} without hours; known are {sorted(params.slots)}",
            "transit.slots",
            "name every slot with its local hours, or 'all' days from 0 to 24",
        )
    rows = od.filter(pc.equal(od["day_type"], params.day_type))
    origin, destination = rows["origin"].to_numpy(), rows["destination"].to_numpy()
    moves = (origin != destination) & (rows["population_trips"].to_numpy() > 0)
    if not moves.any():
        held = ", ".join(sorted(pc.unique(od["day_type"]).to_pylist())) or "no rows"
        raise InputError(
            f"holds no trip between two H3 cells on a {params.day_type}; its day types: {held}",
            "table od",
            "choose one of them as day_type, or check the release",
        )
    origin, destination = origin[moves], destination[moves]
    cells, index = np.unique(np.concatenate([origin, destination]), return_inverse=True)
    resolutions = {h3.get_resolution(h3.int_to_str(int(c))) for c in cells}
    if len(resolutions) > 1:
        raise InputError(
            f"mixes H3 resolutions {sorted(resolutions)}", "table od", "aggregate to one resolution"
        )
    at = {name: slot for slot, name in enumerate(params.slots)}
    slot = np.array([at[name] for name in rows["slot"].to_pylist()])[moves]
    pair = index[: origin.size] * len(cells) + index[origin.size :]
    pairs, column = np.unique(pair, return_inverse=True)
    trips = np.zeros((len(params.slots), pairs.size))
    np.add.at(trips, (slot, column), rows["population_trips"].to_numpy()[moves] * params.mode_share)
    variance = np.zeros_like(trips)
    np.add.at(variance, (slot, column), (_standard_errors(rows)[moves] * params.mode_share) ** 2)
    variation = np.sqrt(variance) / np.maximum(trips, 1e-9)
    return CellFlows(cells, pairs // len(cells), pairs % len(cells), trips, variation)


def _standard_errors(rows: pa.Table) -> np.ndarray:
    """Of each flow: from the 90 % interval that the table states, else as of a count of its users."""
    trips = rows["population_trips"].to_numpy()
    error = trips / np.sqrt(np.maximum(rows["users"].to_numpy(), 1.0))
    if {"population_trips_low", "population_trips_high"} <= set(rows.column_names):
        low, high = (
            rows[f"population_trips_{end}"].cast(pa.float64()).fill_null(np.nan).to_numpy()
            for end in ("low", "high")
        )
        error = np.where(np.isfinite(high - low), (high - low) / _SPAN_OF_90, error)
    return np.asarray(error)


def pairs_of(flows: CellFlows) -> np.ndarray:
    """(n,) number of the pair of cells of each flow, the same for both directions."""
    ends = np.sort(np.stack([flows.origin, flows.destination]), axis=0)
    return np.asarray(np.unique(ends[0] * len(flows.cells) + ends[1], return_inverse=True)[1])


def zone_demand(flows: CellFlows, zones: Zones, walk: WaitAndWalk) -> tuple[Demand, np.ndarray, np.ndarray]:
    """Spread flows between cells over their zones.

    Returns
    -------
    demand : entries sorted by destination zone; ``trips`` summed over slots.
    by_slot : (S, E) trips of each entry by slot.
    flow : (E,) the flow that each entry is part of.
    """
    n_zones = zones.share.size
    zone_cell = np.searchsorted(flows.cells, zones.h3_cells)
    zone_first = np.searchsorted(zone_cell, np.arange(len(flows.cells) + 1))
    n_origin = np.diff(zone_first)[flows.origin]
    n_destination = np.diff(zone_first)[flows.destination]
    flow = np.repeat(np.arange(flows.origin.size), n_origin * n_destination)
    within = np.arange(flow.size) - np.repeat(
        np.cumsum(n_origin * n_destination) - n_origin * n_destination, n_origin * n_destination
    )
    origin = zone_first[flows.origin[flow]] + within // n_destination[flow]
    destination = zone_first[flows.destination[flow]] + within % n_destination[flow]
    order = np.lexsort((origin, destination))
    flow, origin, destination = flow[order], origin[order], destination[order]
    by_slot = np.ascontiguousarray(flows.trips[:, flow] * (zones.share[origin] * zones.share[destination]))
    first = np.searchsorted(destination, np.arange(n_zones + 1)).astype(np.int64)
    fallback = without_transit_min(zones, origin, destination, walk)
    return Demand(first, origin.astype(np.int32), by_slot.sum(axis=0), fallback), by_slot, flow


def way_m(zones: Zones, origin: np.ndarray, destination: np.ndarray, detour: float) -> np.ndarray:
    """Metres on the ground between zones, allowing for the spread of people in both."""
    beeline = np.hypot(*(zones.xy[origin] - zones.xy[destination]).T)
    return np.asarray(detour * np.hypot(beeline, np.sqrt(2.0) * zones.spread_m))


def without_transit_min(
    zones: Zones, origin: np.ndarray, destination: np.ndarray, walk: WaitAndWalk
) -> np.ndarray:
    """Perceived minutes on foot all the way, or by other means where that is too far or worse."""
    way = way_m(zones, origin, destination, walk.walk_detour)
    on_foot = np.where(way <= walk.max_walk_only_m, walk.walk_weight * way / walk.walk_m_per_min, np.inf)
    return np.asarray(np.minimum(on_foot, walk.other_means_min + way / walk.other_means_m_per_min))


def is_on_foot(zones: Zones, demand: Demand, walk: WaitAndWalk) -> np.ndarray:
    """Bool per entry: without transit the trip would be made on foot."""
    destination = np.repeat(np.arange(demand.first.size - 1), np.diff(demand.first))
    way = way_m(zones, demand.origin, destination, walk.walk_detour)
    minutes = walk.walk_weight * way / walk.walk_m_per_min
    return np.asarray((way <= walk.max_walk_only_m) & (minutes <= demand.fallback + 1e-9))
