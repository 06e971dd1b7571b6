"""The map of the world: an invented port city, or real zones with people spread inside them."""

from dataclasses import dataclass

import numpy as np
import shapely
from numpy.typing import NDArray

from jobs.world.params import CityParams
from jobs.world.places import PLACE_RESOLUTION, Places, centres
from jobs.world.plane import Floats, Plane
from jobs.world.seeds import Topic, generator
from jobs.world.zones import Zones, hexagons_of

_SITE_BANDWIDTH_M = 600.0


@dataclass(frozen=True)
class _Centre:
    """A centre of the city, as shares of its width and height, with its weight and reach."""

    across: float
    up: float
    people: float
    jobs: float
    reach_km: float


_CENTRES = (
    _Centre(0.30, 0.48, 1.0, 1.0, 2.6),  # the old port
    _Centre(0.62, 0.70, 0.80, 0.35, 1.6),
    _Centre(0.70, 0.30, 0.85, 0.32, 1.6),
    _Centre(0.45, 0.88, 0.60, 0.20, 1.3),
    _Centre(0.48, 0.10, 0.55, 0.20, 1.3),
)


def invent_city(params: CityParams, seed: int) -> tuple[Zones, Places]:
    """Make a port city: a coast, a centre on it, sub-centres, density that falls outwards, districts."""
    plane = Plane(params.lon, params.lat)
    cells = _land(params, plane)
    x_m, y_m = plane.to_metres(*centres(cells))
    rng = generator(seed, Topic.CITY)
    residents, jobs = _densities(params, x_m, y_m, rng)
    zone = _districts(params.zones, x_m, y_m, residents, rng)
    places = Places(cells, zone, x_m, y_m, residents, jobs, plane)
    return _zones_of(places), places


def _land(params: CityParams, plane: Plane) -> NDArray[np.int64]:
    """Hexagons of the box that lie east of the coast, sorted."""
    half_w, half_h = 500.0 * params.width_km, 500.0 * params.height_km
    west, south = plane.to_degrees(np.array(-half_w), np.array(-half_h))
    east, north = plane.to_degrees(np.array(half_w), np.array(half_h))
    cells = hexagons_of(
        [shapely.box(float(west), float(south), float(east), float(north))], PLACE_RESOLUTION
    )[0]
    x_m, y_m = plane.to_metres(*centres(cells))
    up = y_m / half_h
    coast = half_w * (-0.62 + 0.16 * np.sin(3.1 * up + 0.6) + 0.07 * np.sin(9.0 * up))
    return cells[x_m > coast]


def _densities(
    params: CityParams, x_m: Floats, y_m: Floats, rng: np.random.Generator
) -> tuple[Floats, Floats]:
    scale_km = np.sqrt(params.width_km * params.height_km / 300.0)
    people, jobs = np.full(x_m.size, 0.010), np.full(x_m.size, 0.003)
    for centre in _CENTRES:
        dx = x_m / 1000.0 - (centre.across - 0.5) * params.width_km
        dy = y_m / 1000.0 - (centre.up - 0.5) * params.height_km
        away = np.hypot(dx, dy) / (centre.reach_km * scale_km)
        people += centre.people * np.exp(-away)
        jobs += centre.jobs * np.exp(-1.5 * away)
    people *= rng.lognormal(0.0, 0.5, x_m.size)
    jobs *= rng.lognormal(0.0, 0.8, x_m.size)
    return params.population * people / people.sum(), jobs / jobs.sum()


def _districts(
    count: int, x_m: Floats, y_m: Floats, residents: Floats, rng: np.random.Generator
) -> NDArray[np.int32]:
    """Compact districts of similar population (k-means on places, weighted by people), north to south."""
    xy = np.column_stack((x_m, y_m))
    weight = np.sqrt(residents)
    seeds = xy[rng.choice(len(xy), min(count, len(xy)), replace=False, p=weight / weight.sum())]
    for _ in range(12):
        nearest = _nearest(xy, seeds)
        for k in np.unique(nearest):
            seeds[k] = np.average(xy[nearest == k], axis=0, weights=weight[nearest == k])
    seeds = seeds[np.unique(_nearest(xy, seeds))]
    seeds = seeds[np.lexsort((seeds[:, 0], -seeds[:, 1]))]
    return _nearest(xy, seeds).astype(np.int32)


def _nearest(points: Floats, seeds: Floats) -> NDArray[np.int64]:
    away = np.hypot(points[:, None, 0] - seeds[:, 0], points[:, None, 1] - seeds[:, 1])
    nearest: NDArray[np.int64] = away.argmin(axis=1)
    return nearest


def _zones_of(places: Places) -> Zones:
    count = int(places.zone.max()) + 1
    hexagons = shapely.polygons(places.corners)
    population: Floats = np.bincount(places.zone, places.residents, count).astype(np.float64)
    outlines = [
        shapely.make_valid(shapely.set_precision(shapely.union_all(hexagons[places.zone == k]), 1e-7))
        for k in range(count)
    ]
    return Zones(
        ids=tuple(f"D{k + 1:02d}" for k in range(count)),
        names=tuple(f"District {k + 1}" for k in range(count)),
        population=population.round(),
        polygons=np.array(outlines, dtype=object),
    )


def people_zones(zones: Zones, site_lon: Floats, site_lat: Floats) -> Places:
    """Spread the people of real zones over places.

    Inside a zone people follow the density of antenna sites, which operators build where people are
    (kernel of 600 m); without sites people spread evenly and jobs follow the people.
    """
    cells, zone = _assigned(hexagons_of(list(zones.polygons), PLACE_RESOLUTION))
    lon, lat = centres(cells)
    plane = Plane(float(lon.mean()), float(lat.mean()))
    x_m, y_m = plane.to_metres(lon, lat)
    density = _site_density(x_m, y_m, *plane.to_metres(site_lon, site_lat))
    inside = np.bincount(zone, density, len(zones.ids))
    residents = zones.population[zone] * density / inside[zone]
    jobs = _jobs(density, residents) if site_lon.size else residents
    return Places(cells, zone, x_m, y_m, residents, jobs / jobs.sum(), plane)


def _assigned(hexagons: list[NDArray[np.int64]]) -> tuple[NDArray[np.int64], NDArray[np.int32]]:
    """One zone for each hexagon; a zone smaller than a hexagon takes it from its neighbour."""
    owner: dict[int, int] = {}
    for zone in sorted(range(len(hexagons)), key=lambda z: (-hexagons[z].size, z)):
        owner.update(dict.fromkeys(hexagons[zone].tolist(), zone))
    cells = np.array(sorted(owner), np.int64)
    zone_of = np.array([owner[int(cell)] for cell in cells], np.int32)
    return cells, zone_of


def _jobs(density: Floats, residents: Floats) -> Floats:
    """Jobs are where antennas are many for the residents: networks are built for the busy hour of the day.

    The exponents put Dakar's jobs where they are: Plateau, Hann-Bel Air, Yoff, Fann, Mermoz.
    """
    jobs: Floats = (density / density.mean()) ** 2 / (residents / residents.mean() + 0.3) ** 0.7
    return jobs


def _site_density(x_m: Floats, y_m: Floats, site_x_m: Floats, site_y_m: Floats) -> Floats:
    density = np.full(x_m.size, 0.05)
    for sx, sy in zip(site_x_m, site_y_m, strict=True):
        density += np.exp(-0.5 * ((x_m - sx) ** 2 + (y_m - sy) ** 2) / _SITE_BANDWIDTH_M**2)
    return density
