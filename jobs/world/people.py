"""People: where they live, work, learn, shop and meet, and who has a phone of the operator."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from jobs.world.params import WorldParams
from jobs.world.places import Places
from jobs.world.plane import Floats
from jobs.world.seeds import Topic, generator
from kernels.world.chains import ANCHORS, HOME, HOME_BASED, LEISURE, MAIN, MARKET, STUDENT, WORKER
from kernels.world.gravity import draw_destinations


@dataclass(frozen=True)
class People:
    """Everyone who is simulated, with their six anchors (home, main, market, three leisure places)."""

    role: NDArray[np.int8]
    """WORKER, STUDENT or HOME_BASED (people,)."""
    place: NDArray[np.int32]
    """Anchors as places (people, ANCHORS)."""
    lon: Floats
    lat: Floats
    """Anchors as points (people, ANCHORS)."""
    x_m: NDArray[np.float32]
    y_m: NDArray[np.float32]
    subscriber: NDArray[np.bool_]
    persons_each: float
    """Persons of the population that one simulated person stands for."""

    @property
    def size(self) -> int:
        """Number of people."""
        return int(self.role.size)


def settle(params: WorldParams, places: Places) -> People:
    """Draw people and their anchors."""
    home = _homes(params, places)
    role = _roles(params)
    place = np.empty((params.people, ANCHORS), np.int32)
    place[:, HOME] = home
    place[:, MAIN] = _main_places(params, places, home, role)
    place[:, MARKET] = _drawn(
        params, places, places.jobs + 0.2 * _share(places.residents), home, Topic.MARKET
    )[:, 0]
    place[:, LEISURE:] = _drawn(params, places, places.jobs + _share(places.residents), home, Topic.LEISURE)
    lon, lat = places.points_in(place, generator(params.seed, Topic.POINTS))
    lon, lat = lon.round(6), lat.round(6)
    x_m, y_m = places.plane.to_metres(lon, lat)
    return People(
        role=role,
        place=place,
        lon=lon,
        lat=lat,
        x_m=x_m.astype(np.float32),
        y_m=y_m.astype(np.float32),
        subscriber=_subscribers(params, places, home),
        persons_each=float(places.residents.sum() / params.people),
    )


def _share(weight: Floats) -> Floats:
    share: Floats = weight / weight.sum()
    return share


def _homes(params: WorldParams, places: Places) -> NDArray[np.int32]:
    """Homes in proportion to residents, by systematic sampling: no place is far off its share."""
    rng = generator(params.seed, Topic.HOMES)
    level = (np.arange(params.people) + rng.random()) / params.people
    home = np.searchsorted(np.cumsum(_share(places.residents)), level)
    return rng.permutation(np.minimum(home, places.size - 1)).astype(np.int32)


def _roles(params: WorldParams) -> NDArray[np.int8]:
    u = generator(params.seed, Topic.ROLES).random(params.people)
    student = u < params.workers + params.students
    return np.where(u < params.workers, WORKER, np.where(student, STUDENT, HOME_BASED)).astype(np.int8)


def _main_places(
    params: WorldParams, places: Places, home: NDArray[np.int32], role: NDArray[np.int8]
) -> NDArray[np.int32]:
    """Workplace of workers, school of students, home of the others."""
    work = _drawn(params, places, places.jobs, home, Topic.WORK)[:, 0]
    school = _drawn(params, places, 0.3 * places.jobs + _share(places.residents), home, Topic.SCHOOL)[:, 0]
    return np.where(role == WORKER, work, np.where(role == STUDENT, school, home)).astype(np.int32)


def _drawn(
    params: WorldParams, places: Places, attraction: Floats, home: NDArray[np.int32], topic: Topic
) -> NDArray[np.int32]:
    length_km = getattr(params.decay, topic.name.lower())
    return draw_destinations(
        places.x_m,
        places.y_m,
        attraction,
        1000.0 * length_km,
        home,
        np.argsort(home, kind="stable"),
        ANCHORS - LEISURE if topic is Topic.LEISURE else 1,
        params.seed,
        int(topic),
    )


def _subscribers(params: WorldParams, places: Places, home: NDArray[np.int32]) -> NDArray[np.bool_]:
    """Exactly the wanted number, with a market share that differs between zones.

    Weighted sampling without replacement by exponential keys (Efraimidis and Spirakis 2006).
    """
    rng = generator(params.seed, Topic.SUBSCRIBERS)
    by_zone = rng.lognormal(0.0, params.phones.market_share_spread, int(places.zone.max()) + 1)
    keys = rng.exponential(size=params.people) / by_zone[places.zone[home]]
    chosen = np.zeros(params.people, bool)
    chosen[np.argsort(keys, kind="stable")[: params.subscriber_count]] = True
    return chosen
