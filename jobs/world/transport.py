"""The world's public transport: an invented network or a real feed, with flaws planted when wanted."""

import json
import shutil
from pathlib import Path
from typing import Any

from jobs.world.calendar import Calendar
from jobs.world.demand import Demand, weekday_demand
from jobs.world.feed import read_feed
from jobs.world.flaws import plant_flaws
from jobs.world.journeys import Journeys
from jobs.world.network import design_network
from jobs.world.params import WorldParams
from jobs.world.people import People
from jobs.world.places import Places
from jobs.world.timetable import make_feed
from jobs.world.zones import Zones


def make_transport(
    params: WorldParams,
    people: People,
    places: Places,
    journeys: Journeys,
    calendar: Calendar,
    zones: Zones,
    out_dir: Path,
) -> list[dict[str, Any]]:
    """Write ``gtfs.zip`` and ``truth/flaws.json``; return the flaws."""
    target = out_dir / "gtfs.zip"
    flaws: list[dict[str, Any]] = []
    if params.gtfs is not None and not params.plant_flaws:
        shutil.copyfile(params.gtfs, target)
    else:
        demand = weekday_demand(params, people, places, journeys, calendar)
        flaws = _write_feed(params, demand, places, calendar, zones, target)
    text = json.dumps(flaws, indent=2, ensure_ascii=False)
    (out_dir / "truth" / "flaws.json").write_text(text + "\n", encoding="utf-8")
    return flaws


def _write_feed(
    params: WorldParams, demand: Demand, places: Places, calendar: Calendar, zones: Zones, target: Path
) -> list[dict[str, Any]]:
    if params.gtfs is not None:
        feed = read_feed(params.gtfs)
    else:
        network = design_network(demand, params.bus.lines, params.seed)
        feed = make_feed(params, demand, network, zones, calendar, places.plane)
    feed.write(target, came_from=feed)
    if not params.plant_flaws:
        return []
    flawed, flaws = plant_flaws(feed, demand, params.bus, target)
    flawed.write(target, came_from=feed)
    return flaws
