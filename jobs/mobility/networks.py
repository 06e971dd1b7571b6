"""Poles and living areas: the published flows as a network of H3 cells."""

from dataclasses import dataclass
from typing import Any

import networkx as nx
import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from jobs.mobility.params import AreaParams

Floats = NDArray[np.float64]
Integers = NDArray[np.int64]


@dataclass(frozen=True, eq=False)
class Network:
    """Trips of an average day between H3 cells.

    Attributes
    ----------
    h3 : int64[n], ascending; origin, destination : int64[m], positions in it; trips : float64[m] > 0, of
        distinct pairs.
    """

    h3: Integers
    origin: Integers
    destination: Integers
    trips: Floats

    @property
    def within(self) -> NDArray[np.bool_]:
        """Which flows stay in one H3 cell."""
        return np.asarray(self.origin == self.destination)

    def sums(self, at: Integers, trips: Floats) -> Floats:
        """Sum by H3 cell."""
        return np.asarray(np.bincount(at, trips, self.h3.size), np.float64)

    def arrivals(self) -> Floats:
        """Trips to each H3 cell from others."""
        return self.sums(self.destination, np.where(self.within, 0.0, self.trips))

    def departures(self) -> Floats:
        """Trips from each H3 cell to others."""
        return self.sums(self.origin, np.where(self.within, 0.0, self.trips))

    def internal(self) -> Floats:
        """Trips within each H3 cell."""
        return self.sums(self.origin, np.where(self.within, self.trips, 0.0))


def network_of(od: pa.Table, day_type: str) -> Network:
    """Network of the published flows of one day type, all slots added up."""
    od = od.filter(pc.equal(od["day_type"], day_type))
    od = od.filter(pc.greater(od["population_trips"], 0.0))
    ends = [od[name].to_numpy() for name in ("origin", "destination")]
    cells, at = np.unique(np.concatenate(ends), return_inverse=True)
    pair, group = np.unique(at[: od.num_rows] * max(cells.size, 1) + at[od.num_rows :], return_inverse=True)
    trips = np.bincount(group, od["population_trips"].to_numpy(), pair.size)
    origin, destination = np.divmod(pair, max(cells.size, 1))
    return Network(cells, origin, destination, np.asarray(trips, np.float64))


def hot_spots(arrivals: Floats) -> NDArray[np.bool_]:
    """Which places are poles: the upper class of the Lorenz curve's tangent at its end.

    LouBar method (Louail et al. 2014, Scientific Reports 4:5276): of n places in order of their arrivals, those
    beyond the share ``1 - mean / max``, where the tangent at the end of the curve meets the axis.
    """
    if arrivals.size == 0 or not arrivals.max() > 0:
        return np.zeros(arrivals.size, np.bool_)
    count = int(np.floor(arrivals.size * arrivals.mean() / arrivals.max() + 1e-9))
    spots = np.zeros(arrivals.size, np.bool_)
    spots[np.argsort(-arrivals, kind="stable")[: max(count, 1)]] = True
    return spots & (arrivals > 0)


def living_areas(network: Network, params: AreaParams) -> Integers:
    """Living area of each H3 cell, numbered by trips that end there, most first.

    Communities of flows by the Louvain method (Blondel et al. 2008) on trips both ways; a community that is not
    connected is parted (Traag et al. 2019 show that Louvain makes such); then areas that are not contained enough are
    joined, as travel-to-work areas are made (Coombes and Bond 2008).
    """
    graph = _graph(network)
    found = nx.community.louvain_communities(graph, resolution=params.resolution, seed=params.seed)
    parts = [sorted(part) for group in found for part in nx.connected_components(graph.subgraph(group))]
    area = np.zeros(network.h3.size, np.int64)
    for number, part in enumerate(sorted(parts)):
        area[part] = number
    flows = area_matrix(network, area)
    joined = _joined(flows, params.least_self_containment)
    return _by_size(network, joined[area])


def _graph(network: Network) -> "nx.Graph":
    """Undirected, the weight of an edge being the trips both ways."""
    graph = nx.Graph()
    graph.add_nodes_from(range(network.h3.size))
    for a, b, trips in zip(
        network.origin.tolist(), network.destination.tolist(), network.trips.tolist(), strict=True
    ):
        before = graph.get_edge_data(a, b, {"weight": 0.0})["weight"]
        graph.add_edge(a, b, weight=before + trips)
    return graph


def area_matrix(network: Network, area: Integers) -> Floats:
    """Trips between areas. float64[areas, areas]."""
    areas = int(area.max(initial=-1)) + 1
    key = area[network.origin] * areas + area[network.destination]
    return np.asarray(np.bincount(key, network.trips, areas * areas).reshape(areas, areas), np.float64)


def self_containment(flows: Floats) -> tuple[Floats, Floats]:
    """Share of the trips that begin, and that end, in each area and stay within it; NaN where there are none."""
    inside = np.diag(flows)
    return tuple(  # type: ignore[return-value]
        np.divide(inside, total, out=np.full(inside.size, np.nan), where=total > 0)
        for total in (flows.sum(axis=1), flows.sum(axis=0))
    )


def _joined(flows: Floats, least: float) -> Integers:
    """New number of each area, after the least contained has been joined until all are contained enough.

    It joins the area with the strongest tie, ``T_ij^2 / (O_i D_j) + T_ji^2 / (O_j D_i)`` (Smart 1974).
    """
    number = np.arange(len(flows))
    while len(flows) > 1:
        contained = np.fmin(*self_containment(flows))
        worst = int(np.nanargmin(contained)) if np.isfinite(contained).any() else 0
        if not contained[worst] < least:
            break
        ends = flows.sum(axis=1), flows.sum(axis=0)
        tie = flows**2 / np.maximum(np.outer(*ends), 1e-300)
        tie = (tie + tie.T)[worst]
        tie[worst] = -1.0
        into = int(tie.argmax())
        if tie[into] <= 0:
            break  # it is bound to no other
        low, high = sorted((worst, into))
        to = np.arange(len(flows))
        to[high] = low
        to[to > high] -= 1
        merged = np.zeros((len(flows) - 1, len(flows) - 1))
        np.add.at(merged, (to[:, None], to[None, :]), flows)
        number, flows = to[number], merged
    return number


def _by_size(network: Network, area: Integers) -> Integers:
    ending = np.bincount(area[network.destination], network.trips, int(area.max(initial=-1)) + 1)
    rank = np.empty(ending.size, np.int64)
    rank[np.argsort(-ending, kind="stable")] = np.arange(ending.size)
    return rank[area]


def modularity(network: Network, area: Integers) -> float:
    """Newman and Girvan's modularity of the areas, on trips both ways; NaN without trips."""
    if network.trips.size == 0:
        return float("nan")
    groups = [set(np.flatnonzero(area == a).tolist()) for a in np.unique(area).tolist()]
    return float(nx.community.modularity(_graph(network), groups))


def polycentricity(flows: Floats) -> float:
    """Functional polycentricity of a network of places, 0 (all flows to one, or none between) to 1.

    Green 2007, Urban Studies 44(11): ``(1 - s / s_max) * density``. s is the standard deviation of the trips
    that come to each place from others; s_max that of two places of which one gets as many as the largest and the
    other none; density, here, the share of all trips that go between places.

    Parameters
    ----------
    flows : float64[n, n], trips from row to column.
    """
    if len(flows) < 2 or not flows.sum() > 0:
        return 0.0
    arriving = flows.sum(axis=0) - np.diag(flows)
    between = float(arriving.sum())
    if between == 0:
        return 0.0
    spread = float(arriving.std()) / (float(arriving.max()) / 2)
    return (1 - min(spread, 1.0)) * between / float(flows.sum())


def gini(value: Floats) -> float:
    """Gini coefficient of non-negative values: 0 all equal, towards 1 all in one place; NaN where all are 0."""
    total = float(value.sum())
    if value.size == 0 or total <= 0:
        return float("nan")
    rank = np.arange(1, value.size + 1)
    return float(2 * (rank @ np.sort(value)) / (value.size * total) - (value.size + 1) / value.size)


def summary_of(network: Network, area: Integers) -> dict[str, Any]:
    """Figures of the network as a whole."""
    arrivals, flows = network.arrivals(), area_matrix(network, area)
    poles = hot_spots(arrivals)
    total = float(network.trips.sum())
    of_residents, of_visitors = self_containment(flows)
    return {
        "cells": int(network.h3.size),
        "trips": total,
        "poles": int(poles.sum()),
        "share_of_arrivals_at_poles": _share(float(arrivals[poles].sum()), float(arrivals.sum())),
        "share_of_arrivals_at_largest": _share(float(arrivals.max(initial=0.0)), float(arrivals.sum())),
        "gini_of_arrivals": gini(arrivals),
        "areas": len(flows),
        "modularity": modularity(network, area),
        "trips_within_areas": _share(float(np.trace(flows)), total),
        "least_self_containment": float(np.nanmin([of_residents, of_visitors])) if total else float("nan"),
        "polycentricity_of_areas": polycentricity(flows),
        "polycentricity_of_poles": polycentricity(_between(network, poles)),
    }


def _between(network: Network, chosen: NDArray[np.bool_]) -> Floats:
    """Trips between some of the H3 cells."""
    number = np.cumsum(chosen) - 1
    kept = chosen[network.origin] & chosen[network.destination]
    size = int(chosen.sum())
    flows = np.zeros((size, size))
    flows[number[network.origin[kept]], number[network.destination[kept]]] = network.trips[kept]
    return flows


def _share(part: float, whole: float) -> float:
    return part / whole if whole > 0 else float("nan")
