"""A scene with more places: stops that could be built on a line's way, and doors of a service on demand."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from jobs.transit.evaluation import Evaluator
from jobs.transit.params import TransitParams
from jobs.transit.places import Clusters, Points, transfer_walks
from jobs.transit.scene import Scene, StopList, unused_ids
from jobs.transit.walk_book import WalkBook
from kernels.geo import EARTH_RADIUS_M


def with_places(
    scene: Scene, stops_xy: np.ndarray, door_zones: Sequence[int], params: TransitParams
) -> Scene:
    """Append stops at points of the plane, then a door in each zone; nothing stops there yet.

    Parameters
    ----------
    stops_xy : (n, 2) metres.
    door_zones : zones whose people would be fetched at their doors.
    """
    if not len(stops_xy) and not door_zones:
        return scene
    first_door = scene.clusters.count + len(stops_xy)
    doors = (*scene.doors, *((int(zone), first_door + i) for i, zone in enumerate(door_zones)))
    with_stops = _appended(scene, np.asarray(stops_xy).reshape(-1, 2))
    clusters = _appended(replace(scene, clusters=with_stops), scene.zones.xy[list(door_zones)])
    old = scene.evaluator
    evaluator = Evaluator(
        WalkBook(scene.zones, clusters, params.perceived, doors, params.on_demand.walk_min),
        transfer_walks(clusters, params.perceived),
        scene.demand,
        scene.trips_by_slot,
        params.perceived,
        params.threads,
    )
    evaluator.runs = old.runs
    old.close()
    return replace(
        scene, clusters=clusters, stops=_named(scene, clusters, params), evaluator=evaluator, doors=doors
    )


def _appended(scene: Scene, xy: np.ndarray) -> Clusters:
    clusters = scene.clusters
    origin_lat = float(np.nanmean(scene.feed.stops.lat))
    lat = np.degrees(xy[:, 1] / EARTH_RADIUS_M)
    lon = np.degrees(xy[:, 0] / EARTH_RADIUS_M) / np.cos(np.radians(origin_lat))
    points = Points(np.concatenate([clusters.points.lon, lon]), np.concatenate([clusters.points.lat, lat]))
    n_feed = clusters.of_stop.size
    first = max(int(clusters.stop.max(initial=-1)) + 1, n_feed)
    stop = np.concatenate([clusters.stop, first + np.arange(len(xy))]).astype(np.int32)
    return Clusters(points, np.vstack([clusters.xy, xy]), clusters.of_stop, stop)


def _named(scene: Scene, clusters: Clusters, params: TransitParams) -> StopList:
    """Ids and names of the stops that were appended, after those there are."""
    ids, names = list(scene.stops.ids), list(scene.stops.names)
    served = np.flatnonzero(scene.clusters.stop < scene.stops.n_feed)
    free = unused_ids(f"{params.id_prefix}stop_", ids)
    for cluster in range(scene.clusters.count, clusters.count):
        ids.append(next(free))
        nearest = served[np.argmin(np.hypot(*(clusters.xy[served] - clusters.xy[cluster]).T))]
        names.append(
            f"{scene.feed.stops.names[scene.clusters.stop[nearest]]} ({len(ids) - scene.stops.n_feed})"
        )
    new = slice(scene.clusters.count, None)
    lon = np.concatenate([scene.stops.lon, clusters.points.lon[new]])
    lat = np.concatenate([scene.stops.lat, clusters.points.lat[new]])
    return StopList(ids, names, lon, lat, scene.stops.n_feed)
