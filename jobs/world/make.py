"""Make a whole world: the map, the people, their days, the phones, the buses, and the truth beside them."""

import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from jobs.errors import RunError
from jobs.world import truth
from jobs.world.antennas import Antennas, cover, invent_antennas, read_antennas
from jobs.world.calendar import Calendar, calendar_of
from jobs.world.city import invent_city, people_zones
from jobs.world.journeys import Journeys, live
from jobs.world.params import WorldParams
from jobs.world.people import People, settle
from jobs.world.phones import DayEvents, Phones, daily_events, hand_out_phones, meet
from jobs.world.places import Places
from jobs.world.plane import Floats
from jobs.world.records import RecordCounts, write_records
from jobs.world.transport import make_transport
from jobs.world.zones import Zones, read_zones
from kernels.world.phones import Radio

Progress = Callable[[str], None]


@dataclass(frozen=True)
class _World:
    zones: Zones
    places: Places
    people: People
    calendar: Calendar
    journeys: Journeys
    antennas: Antennas
    radio: Radio
    phones: Phones


def make_world(params: WorldParams, out_dir: Path, progress: Progress) -> dict[str, Any]:
    """Make the world of `params` in `out_dir`; the same parameters give the same bytes.

    Writes ``cdr/`` (see `jobs.world.records`), ``cells.csv``, ``zones.geojson``, ``gtfs.zip`` and ``truth/``
    (see `jobs.world.truth`; ``flaws.json``, ``parameters.json``). Memory is bounded by the trips of all
    people (some 10 bytes each) and one day of events: 2 GB for a million people in 14 days.

    Parameters
    ----------
    params : what the world is made of.
    out_dir : a new or empty folder.
    progress : gets one line for each step.

    Returns
    -------
    a summary that is ready for JSON: numbers of people, subscribers, trips, cells, rows and flaws.

    Raises
    ------
    InputError
        A real input can't be read or doesn't fit.
    RunError
        `out_dir` holds files already.
    """
    _claim(out_dir)
    progress("people: homes, works, daily chains")
    world = _build(params)
    progress("truth: homes, works, trips, OD, presence")
    _write_truth(params, world, out_dir / "truth")
    world.zones.write(out_dir / "zones.geojson")
    world.antennas.write(out_dir / "cells.csv")
    progress("buses: network, timetable, flaws")
    flaws = make_transport(
        params, world.people, world.places, world.journeys, world.calendar, world.zones, out_dir
    )
    society = meet(params, world.people, world.journeys, world.phones)
    if society is not None:
        society.write(out_dir / "truth" / "contacts.parquet")
    days = daily_events(params, world.people, world.journeys, world.phones, world.radio, society)
    counts = _write_cdr(params, world, days, out_dir / "cdr", progress)
    return _summary(world, counts, flaws)


def _claim(out_dir: Path) -> None:
    if out_dir.exists() and any(out_dir.iterdir()):
        raise RunError("the folder is not empty", str(out_dir), "name a new folder for the world")
    for folder in (out_dir, out_dir / "truth", out_dir / "cdr"):
        folder.mkdir(parents=True, exist_ok=True)


def _build(params: WorldParams) -> _World:
    zones, places, antennas = _map(params)
    people = settle(params, places)
    calendar = calendar_of(params)
    antennas, radio = cover(params, places, antennas or invent_antennas(params, places, people))
    return _World(
        zones=zones,
        places=places,
        people=people,
        calendar=calendar,
        journeys=live(params, people, calendar),
        antennas=antennas,
        radio=radio,
        phones=hand_out_phones(params, people),
    )


def _map(params: WorldParams) -> tuple[Zones, Places, Antennas | None]:
    """Zones and places; antennas when a real plan is given."""
    if params.zones is None:
        zones, places = invent_city(params.city, params.seed)
    else:
        zones, places = read_zones(params.zones), None
    antennas = read_antennas(params.cells, zones) if params.cells is not None else None
    if places is None:
        places = people_zones(zones, *_sites(antennas))
    return zones, places, antennas


def _sites(antennas: Antennas | None) -> tuple[Floats, Floats]:
    return (antennas.lon, antennas.lat) if antennas is not None else (np.empty(0), np.empty(0))


def _write_truth(params: WorldParams, world: _World, folder: Path) -> None:
    people, places = world.people, world.places
    truth.write_homes(people, places, world.zones, folder / "homes.parquet")
    truth.write_works(people, places, world.zones, folder / "works.parquet")
    truth.write_trips(people, places, world.journeys, world.calendar, folder / "trips.parquet")
    truth.write_od(params, people, places, world.journeys, world.calendar, folder / "od.parquet")
    truth.write_presence(params, people, places, world.journeys, world.calendar, folder / "presence.parquet")
    truth.write_key(world.phones, folder / "key.parquet")
    about = json.dumps(
        {"persons_each": people.persons_each, "timezone": params.timezone, "seed": params.seed}, indent=1
    )
    (folder / "about.json").write_text(about + "\n", encoding="utf-8")
    text = params.model_dump_json(indent=2)
    (folder / "parameters.json").write_text(text + "\n", encoding="utf-8")


def _write_cdr(
    params: WorldParams, world: _World, days: Iterable[DayEvents], folder: Path, progress: Progress
) -> RecordCounts:
    counts = RecordCounts()
    for day, counts in write_records(params, world.calendar, world.antennas, days, folder):
        progress(f"records: day {day + 1} of {params.days}, {counts.rows:,} rows")
    return counts


def _summary(world: _World, counts: RecordCounts, flaws: list[dict[str, Any]]) -> dict[str, Any]:
    people, days = world.people.size, len(world.calendar.dates)
    return {
        "people": people,
        "population": round(people * world.people.persons_each),
        "subscribers": int(np.unique(world.phones.person[world.phones.of_people]).size),
        "numbers": int(world.phones.person.size),
        "machines": world.phones.machines,
        "zones": len(world.zones.ids),
        "cells": world.antennas.size,
        "days": days,
        "trips": world.journeys.size,
        "trips_per_person_and_day": round(world.journeys.size / people / days, 3),
        "rows": counts.rows,
        "events": counts.events,
        "duplicates": counts.duplicates,
        "malformed": dict(sorted(counts.malformed.items())),
        "flaws": [flaw["kind"] for flaw in flaws],
    }
