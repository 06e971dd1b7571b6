"""Places: stops merged to clusters, zones where people live, and the walks between them."""

from dataclasses import dataclass

import h3
import numpy as np
import pyarrow as pa

from jobs.transit.params import WaitAndWalk
from kernels.geo import EARTH_RADIUS_M
from kernels.transit.line_network import Access

_LEAST_USERS_SHARE = 1.0 / 3.0
"""A stop is judged by the walk of the people of a zone who live closest to it, this share at least."""
_CLUSTER_M = 80.0
"""The two poles of a street, or the bays of a small station, are one place."""


@dataclass(frozen=True)
class Points:
    """Positions in degrees, and in metres on a plane fit for one city."""

    lon: np.ndarray
    lat: np.ndarray

    def xy(self, origin_lat: float) -> np.ndarray:
        """(n, 2) metres, equirectangular about a common latitude."""
        scale = np.cos(np.radians(origin_lat))
        return np.asarray(np.radians(np.column_stack([self.lon * scale, self.lat])) * EARTH_RADIUS_M)


@dataclass(frozen=True)
class Clusters:
    """Places where lines stop. The first are clusters of the feed's stops, virtual ones follow."""

    points: Points
    xy: np.ndarray
    of_stop: np.ndarray
    """Cluster of each stop of the feed, -1 where no pattern stops."""
    stop: np.ndarray
    """The stop that stands for the cluster; virtual stops are numbered after the feed's."""

    @property
    def count(self) -> int:
        """Number of clusters."""
        return int(self.xy.shape[0])


@dataclass(frozen=True)
class Zones:
    """Parts of the OD matrix' H3 cells, small enough for walks."""

    h3_cells: np.ndarray
    """The OD cell that each zone is part of."""
    share: np.ndarray
    """Share of the OD cell's people in the zone; sums to 1 per OD cell."""
    points: Points
    xy: np.ndarray
    spread_m: float
    """Root mean square distance of people from the zone's centre."""
    people: np.ndarray
    """Residents; NaN where no population is known."""


def leaders(xy: np.ndarray, radius_m: float, order: np.ndarray) -> np.ndarray:
    """Cluster points: in the given order, each joins the nearest leader within the radius or leads.

    Returns
    -------
    int32 per point: index of its leader.
    """
    leader = np.full(len(xy), -1, np.int32)
    chosen: list[int] = []
    for i in order:
        if chosen:
            distance = np.hypot(*(xy[chosen] - xy[i]).T)
            nearest = int(np.argmin(distance))
            if distance[nearest] <= radius_m:
                leader[i] = chosen[nearest]
                continue
        leader[i] = i
        chosen.append(int(i))
    return leader


def cluster_stops(points: Points, is_used: np.ndarray, weight: np.ndarray, origin_lat: float) -> Clusters:
    """Merge used stops within 80 m; the stop with most departures leads."""
    used = np.flatnonzero(is_used)
    xy = points.xy(origin_lat)[used]
    order = np.lexsort((np.arange(used.size), -weight[used]))
    leader = leaders(xy, _CLUSTER_M, order)
    kept, cluster = np.unique(leader, return_inverse=True)
    of_stop = np.full(is_used.size, -1, np.int32)
    of_stop[used] = cluster
    stop = used[kept]
    return Clusters(Points(points.lon[stop], points.lat[stop]), xy[kept], of_stop, stop.astype(np.int32))


def with_virtual(clusters: Clusters, zones: Zones, is_wanted: np.ndarray, origin_lat: float) -> Clusters:
    """Add the centres of the zones that want a stop as places where a new line could stop."""
    chosen = np.flatnonzero(is_wanted)
    lon = np.concatenate([clusters.points.lon, zones.points.lon[chosen]])
    lat = np.concatenate([clusters.points.lat, zones.points.lat[chosen]])
    points = Points(lon, lat)
    first = max(clusters.of_stop.size, int(clusters.stop.max(initial=-1)) + 1)
    virtual = first + np.arange(chosen.size)
    stop = np.concatenate([clusters.stop, virtual]).astype(np.int32)
    return Clusters(points, points.xy(origin_lat), clusters.of_stop, stop)


def split_zones(cells: np.ndarray, population: pa.Table | None, resolution: int, origin_lat: float) -> Zones:
    """Split OD cells to H3 children of `resolution`, weighted by the people who live there.

    Without population, or where a cell has none, people are spread evenly.
    """
    weight_of, centre_of = _population(population, resolution)
    parts = [_children(int(cell), resolution, weight_of) for cell in cells]
    children = [child for part in parts for child, _ in part]
    share = np.array([s for part in parts for _, s in part])
    owner = np.repeat(cells, [len(part) for part in parts])
    centres = np.array([centre_of.get(c) or h3.cell_to_latlng(h3.int_to_str(c)) for c in children]).reshape(
        -1, 2
    )
    points = Points(centres[:, 1], centres[:, 0])
    finest = max(resolution, h3.get_resolution(h3.int_to_str(int(cells[0]))) if len(cells) else resolution)
    edge_m = h3.average_hexagon_edge_length(finest, unit="m")
    spread_m = float(np.sqrt(5.0 / 12.0) * edge_m)
    people = np.array([weight_of.get(c, 0.0) for c in children]) if weight_of else np.full(len(share), np.nan)
    return Zones(owner, share, points, points.xy(origin_lat), spread_m, people)


def _children(cell: int, resolution: int, weight_of: dict[int, float]) -> list[tuple[int, float]]:
    name = h3.int_to_str(cell)
    if h3.get_resolution(name) >= resolution:
        return [(cell, 1.0)]
    children = sorted(h3.str_to_int(c) for c in h3.cell_to_children(name, resolution))
    weights = np.array([weight_of.get(c, 0.0) for c in children])
    if weights.sum() <= 0:
        weights = np.ones(len(children))
    return [(c, w / weights.sum()) for c, w in zip(children, weights, strict=True) if w > 0]


def _population(
    table: pa.Table | None, resolution: int
) -> tuple[dict[int, float], dict[int, tuple[float, float]]]:
    """People per cell of `resolution`, and where they live on average (lat, lon)."""
    weight: dict[int, float] = {}
    moment: dict[int, np.ndarray] = {}
    if table is None:
        return {}, {}
    for cell, people in zip(table["h3"].to_pylist(), table["population"].to_pylist(), strict=True):
        name = h3.int_to_str(cell)
        if h3.get_resolution(name) < resolution or not people or people <= 0:
            continue
        parent = h3.str_to_int(h3.cell_to_parent(name, resolution))
        weight[parent] = weight.get(parent, 0.0) + people
        moment[parent] = moment.get(parent, np.zeros(2)) + people * np.array(h3.cell_to_latlng(name))
    return weight, {c: (float(m[0] / weight[c]), float(m[1] / weight[c])) for c, m in moment.items()}


def zone_walks(
    zones: Zones, clusters: Clusters, zone: int, is_virtual: np.ndarray, walk: WaitAndWalk
) -> tuple[np.ndarray, np.ndarray]:
    """Clusters in reach of one zone, and minutes.

    Parameters
    ----------
    is_virtual : (clusters,) bool; such a stop takes nobody from the others.
    """
    centre, radius_m = zones.xy[zone], np.sqrt(2.0) * zones.spread_m
    reach_m = walk.max_access_m / walk.walk_detour + 2.0 * zones.spread_m
    near = np.flatnonzero(np.hypot(*(clusters.xy - centre).T) <= reach_m)
    metres = _mean_to_users(centre + people_disc(radius_m), clusters.xy[near], is_virtual[near])
    way_m = walk.walk_detour * metres
    is_reached = way_m <= walk.max_access_m
    return near[is_reached], way_m[is_reached] / walk.walk_m_per_min


def joined(rows: list[tuple[np.ndarray, np.ndarray]]) -> Access:
    """One row of stops and minutes a zone as arrays."""
    first = np.concatenate([[0], np.cumsum([stops.size for stops, _ in rows])]).astype(np.int32)
    stops = np.concatenate([*(stops for stops, _ in rows), []]).astype(np.int32)
    return Access(first, stops, np.concatenate([*(minutes for _, minutes in rows), []]))


def people_disc(radius_m: float) -> np.ndarray:
    """37 points spread evenly over a disc, (n, 2) metres from its centre."""
    rings = [(0.0, 1), (0.28, 6), (0.57, 12), (0.87, 18)]
    angles = [np.arange(n) * 2 * np.pi / n for _, n in rings]
    radii = [np.full(n, r) for r, n in rings]
    angle, radius = np.concatenate(angles), radius_m * np.concatenate(radii)
    return np.column_stack([radius * np.cos(angle), radius * np.sin(angle)])


def _mean_to_users(people: np.ndarray, stops: np.ndarray, is_virtual: np.ndarray) -> np.ndarray:
    """Mean metres to each stop of the people who would use it.

    A virtual stop takes nobody from the stops there are, nor from other virtual ones: as long as no line
    serves it, it is not there for anybody.
    """
    if not stops.size:
        return np.empty(0)
    metres = np.hypot(*(people[:, None] - stops[None]).transpose(2, 0, 1))
    to_real = np.where(is_virtual, np.inf, metres)
    nearest_real = to_real.min(axis=1, keepdims=True)
    is_user = np.where(is_virtual, metres < nearest_real, False)
    has_real = np.flatnonzero(np.isfinite(nearest_real[:, 0]))
    is_user[has_real, to_real[has_real].argmin(axis=1)] = True
    least = int(np.ceil(len(people) * _LEAST_USERS_SHARE))
    running_mean = np.cumsum(np.sort(metres, axis=0), axis=0) / np.arange(1, len(people) + 1)[:, None]
    users = is_user.sum(axis=0)
    return np.asarray(running_mean[np.maximum(users, least) - 1, np.arange(len(stops))])


def transfer_walks(clusters: Clusters, walk: WaitAndWalk) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Walks between stops, each to itself in 0 minutes: first, stop, minutes."""
    first = np.zeros(clusters.count + 1, np.int32)
    stops, minutes = [], []
    for stop, place in enumerate(clusters.xy):
        way_m = walk.walk_detour * np.hypot(*(clusters.xy - place).T)
        near = np.flatnonzero((way_m <= walk.max_transfer_m) | (np.arange(clusters.count) == stop))
        stops.append(near)
        minutes.append(way_m[near] / walk.walk_m_per_min)
        first[stop + 1] = first[stop] + near.size
    return first, np.concatenate([*stops, []]).astype(np.int32), np.concatenate([*minutes, []])
