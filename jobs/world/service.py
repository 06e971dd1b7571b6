"""What a feed's routes serve of the demand: the ground that flaws are chosen on."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from jobs.world.demand import Demand
from jobs.world.feed import Feed
from jobs.world.plane import Floats


@dataclass(frozen=True)
class Service:
    """What each route of a feed serves and how often."""

    routes: tuple[str, ...]
    serves: NDArray[np.bool_]
    """(routes, demand nodes)."""
    departures: NDArray[np.int64]
    """GTFS trips of all services (routes,)."""

    def direct_only(self, demand: Demand) -> Floats:
        """Weekday trips that no other route serves without transfer, even a walk away (routes,)."""
        around = (self.serves @ demand.near).astype(np.float64)
        alone = demand.daily * (around.T @ around == 1)
        return np.array([alone[np.ix_(mask, mask)].sum() for mask in self.serves])

    def load(self, demand: Demand) -> Floats:
        """Weekday trips a route serves without transfer, shared with the routes beside it (routes,)."""
        served = self.serves.astype(np.float64)
        shared = demand.daily / np.maximum(served.T @ served, 1)
        return np.array([shared[np.ix_(mask, mask)].sum() for mask in self.serves])

    def ranked(self, value: Floats, chosen: NDArray[np.bool_]) -> list[str]:
        """Chosen routes (routes,), those of the highest value first."""
        order = np.argsort(-np.where(chosen, value, -np.inf), kind="stable")
        return [self.routes[i] for i in order[: int(chosen.sum())]]


def service_of(feed: Feed, demand: Demand) -> Service:
    """Read from a feed which demand nodes each route serves."""
    routes = feed["routes"]["route_id"].to_pylist()
    index = {route: i for i, route in enumerate(routes)}
    of_trip = dict(
        zip(feed["trips"]["trip_id"].to_pylist(), feed["trips"]["route_id"].to_pylist(), strict=True)
    )
    node_of = dict(zip(feed["stops"]["stop_id"].to_pylist(), _stop_nodes(feed, demand).tolist(), strict=True))
    serves = np.zeros((len(routes), demand.size), bool)
    times = feed["stop_times"].select(["trip_id", "stop_id"])
    for trip, stop in zip(times["trip_id"].to_pylist(), times["stop_id"].to_pylist(), strict=True):
        node = node_of.get(stop, -1)
        if node >= 0 and trip in of_trip:
            serves[index[of_trip[trip]], node] = True
    departures = np.bincount([index[r] for r in of_trip.values()], minlength=len(routes))
    return Service(tuple(routes), serves, departures)


def _stop_nodes(feed: Feed, demand: Demand) -> NDArray[np.int64]:
    lon, lat = (
        np.array([float(v or "nan") for v in feed["stops"][c].to_pylist()]) for c in ("stop_lon", "stop_lat")
    )
    located = np.isfinite(lon) & np.isfinite(lat)
    nodes = np.full(lon.size, -1, np.int64)
    nodes[located] = demand.nodes_at(lon[located], lat[located])
    return nodes
