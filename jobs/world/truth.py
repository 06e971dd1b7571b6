"""What really happened, for whoever wants to score an estimate. Times are UTC."""

from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
from numpy.typing import NDArray

from jobs.world.calendar import DAY_TYPES, Calendar, slot_of
from jobs.world.journeys import Journeys
from jobs.world.params import WorldParams
from jobs.world.people import People
from jobs.world.phones import Phones
from jobs.world.places import Places
from jobs.world.zones import Zones
from kernels.world.chains import HOME, HOME_BASED, MAIN, MARKET, WORKER
from kernels.world.presence import count_presence

_ACTIVITIES = pa.array(["home", "work", "school", "market", "leisure"])
_PURPOSES = pa.array(["HBW", "HBO", "NHB"])
_SECONDS = pa.timestamp("s", tz="UTC")


def write_homes(people: People, places: Places, zones: Zones, path: Path) -> None:
    """Homes of everybody: person, zone, h3 (resolution 9), lon, lat, subscriber, role."""
    roles = pa.array(["worker", "student", "home_based"]).take(pa.array(people.role))
    extra = {"subscriber": people.subscriber, "role": roles}
    everybody = np.arange(people.size, dtype=np.int32)
    _write(_anchor_table(people, places, zones, everybody, HOME, extra), path)


def write_works(people: People, places: Places, zones: Zones, path: Path) -> None:
    """Main places of workers and students: person, zone, h3, lon, lat, kind (work or school)."""
    who = np.flatnonzero(people.role != HOME_BASED).astype(np.int32)
    kind = pa.array(np.where(people.role[who] == WORKER, "work", "school"))
    _write(_anchor_table(people, places, zones, who, MAIN, {"kind": kind}), path)


def _anchor_table(
    people: People,
    places: Places,
    zones: Zones,
    who: NDArray[np.int32],
    anchor: int,
    extra: dict[str, object],
) -> pa.Table:
    place = people.place[who, anchor]
    return pa.table(
        {
            "person": who,
            "zone": pa.array(zones.ids).take(pa.array(places.zone[place])),
            "h3": places.h3[place],
            "lon": people.lon[who, anchor],
            "lat": people.lat[who, anchor],
            **extra,
        }
    )


def write_key(phones: Phones, path: Path) -> None:
    """Raw side only: which person has which numbers (person, msisdn); machines are nobody's."""
    person, msisdn = phones.person[phones.of_people], phones.msisdn[phones.of_people]
    _write(pa.table({"person": person, "msisdn": pa.array(msisdn).cast(pa.string())}), path)


def write_trips(people: People, places: Places, journeys: Journeys, calendar: Calendar, path: Path) -> None:
    """All trips by person and departure; columns of `_trip_table`."""
    writer: pq.ParquetWriter | None = None
    for rows, person in journeys.pieces():
        table = _trip_table(people, places, journeys, calendar, rows, person)
        writer = writer or pq.ParquetWriter(path, table.schema, compression="zstd")
        writer.write_table(table)
    if writer is not None:
        writer.close()


def _trip_table(
    people: People,
    places: Places,
    journeys: Journeys,
    calendar: Calendar,
    rows: slice,
    person: NDArray[np.int32],
) -> pa.Table:
    a, b = journeys.origin[rows], journeys.destination[rows]
    return pa.table(
        {
            "person": person,
            "depart": pa.array(calendar.utc_s(journeys.depart_s[rows])).cast(_SECONDS),
            "arrive": pa.array(calendar.utc_s(journeys.arrive_s[rows])).cast(_SECONDS),
            "origin_lon": people.lon[person, a],
            "origin_lat": people.lat[person, a],
            "origin_h3": places.h3[people.place[person, a]],
            "destination_lon": people.lon[person, b],
            "destination_lat": people.lat[person, b],
            "destination_h3": places.h3[people.place[person, b]],
            "purpose": _PURPOSES.take(pa.array(_purpose(a, b))),
            "activity": _ACTIVITIES.take(pa.array(_activity(people.role[person], b))),
        }
    )


def _purpose(a: NDArray[np.int8], b: NDArray[np.int8]) -> NDArray[np.int8]:
    """HBW between home and work or school, HBO between home and elsewhere, NHB the rest."""
    home_based, to_main = (a == HOME) | (b == HOME), (a == MAIN) | (b == MAIN)
    return np.where(~home_based, 2, np.where(to_main, 0, 1)).astype(np.int8)


def _activity(role: NDArray[np.int8], anchor: NDArray[np.int8]) -> NDArray[np.int8]:
    at_main = np.where(role == WORKER, 1, 2)
    elsewhere = np.where(anchor == MARKET, 3, 4)
    return np.where(anchor == HOME, 0, np.where(anchor == MAIN, at_main, elsewhere)).astype(np.int8)


def write_od(
    params: WorldParams, people: People, places: Places, journeys: Journeys, calendar: Calendar, path: Path
) -> None:
    """OD matrix of everybody's trips by departure: see `od_table`."""
    tables = [od_table(params, people, places, journeys, calendar, r) for r in params.od_resolutions]
    _write(pa.concat_tables(tables), path)


def od_table(
    params: WorldParams,
    people: People,
    places: Places,
    journeys: Journeys,
    calendar: Calendar,
    resolution: int,
) -> pa.Table:
    """True OD at one H3 resolution: resolution, origin, destination, day_type, slot, trips, population_trips.

    `trips` are those of all simulated people over the period, within one H3 cell too; `population_trips`
    are those of the population on an average day of the day type. H3 cells are parents of the places.
    """
    cells, of_place = np.unique(places.parents(resolution), return_inverse=True)
    names = sorted(params.slots, key=lambda name: params.slots[name])
    ends = [params.slots[name][1] for name in names]
    counted = []
    for rows, person in journeys.pieces():
        a = of_place[people.place[person, journeys.origin[rows]]]
        b = of_place[people.place[person, journeys.destination[rows]]]
        depart_s = journeys.depart_s[rows]
        day_type = calendar.day_type[depart_s // 86400]
        key = ((a * cells.size + b) * len(DAY_TYPES) + day_type) * len(names) + slot_of(depart_s, ends)
        counted.append(np.unique(key, return_counts=True))
    group, trips = _summed(counted)
    group, slot = np.divmod(group, len(names))
    group, day_type = np.divmod(group, len(DAY_TYPES))
    days = np.bincount(calendar.day_type, minlength=len(DAY_TYPES))
    return pa.table(
        {
            "resolution": np.full(group.size, resolution, np.int8),
            "origin": cells[group // cells.size],
            "destination": cells[group % cells.size],
            "day_type": pa.array(DAY_TYPES).take(pa.array(day_type)),
            "slot": pa.array(names).take(pa.array(slot)),
            "trips": trips.astype(np.float64),
            "population_trips": trips * people.persons_each / days[day_type],
        }
    )


def write_presence(
    params: WorldParams, people: People, places: Places, journeys: Journeys, calendar: Calendar, path: Path
) -> None:
    """Where people are: resolution, h3, hour (UTC, start of the local hour), people, population.

    People are counted at the middle of the hour, travellers at the end that is nearer in time; cells
    without anybody are left out.
    """
    tables = [
        _presence_table(people, places, journeys, calendar, resolution)
        for resolution in params.od_resolutions
    ]
    _write(pa.concat_tables(tables), path)


def _presence_table(
    people: People, places: Places, journeys: Journeys, calendar: Calendar, resolution: int
) -> pa.Table:
    cells, of_place = np.unique(places.parents(resolution), return_inverse=True)
    anchors = of_place.astype(np.int32)[people.place]
    hours = 24 * len(calendar.dates)
    present = count_presence(journeys.trips_of(people), anchors, cells.size, hours)
    hour, cell = np.nonzero(present)
    persons = present[hour, cell]
    return pa.table(
        {
            "resolution": np.full(hour.size, resolution, np.int8),
            "h3": cells[cell],
            "hour": pa.array(calendar.utc_s((3600 * hour).astype(np.int32))).cast(_SECONDS),
            "people": persons,
            "population": persons * people.persons_each,
        }
    )


def _summed(
    counted: list[tuple[NDArray[np.int64], NDArray[np.int64]]],
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Sum of counts by key."""
    keys, place = np.unique(np.concatenate([key for key, _ in counted]), return_inverse=True)
    total = np.zeros(keys.size, np.int64)
    np.add.at(total, place, np.concatenate([count for _, count in counted]))
    return keys, total


def _write(table: pa.Table, path: Path) -> None:
    pq.write_table(table, path, compression="zstd")
