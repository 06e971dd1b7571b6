"""Faults planted in a bus network, so that a planner's skill in finding them can be scored."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from jobs.errors import InputError
from jobs.world.demand import Demand
from jobs.world.feed import Feed
from jobs.world.harm import Corridor, Harm, as_od
from jobs.world.params import BusParams
from jobs.world.service import Service, service_of
from jobs.world.timetable import clock

_LEAST_NODES, _LEAST_DEPARTURES, _LEAST_ROUTES = 4, 10, 3
_COPY_LATER_S = 240
_MIN_STOPS_TO_SKIP = 9
_MOST_NAMED = 10


def plant_flaws(
    feed: Feed, demand: Demand, bus: BusParams, written: Path
) -> tuple[Feed, list[dict[str, Any]]]:
    """Remove a corridor, double a line, starve a line; return the feed and what was done.

    Parameters
    ----------
    written : the feed as a file.

    Raises
    ------
    InputError
        The feed has fewer than three routes in the demand's area on weekdays, or ``bus.missing_route`` is none of them.
    """
    service = service_of(feed, demand)
    harm = Harm(written, *as_od(demand))
    try:
        missing, doubled, starved = _choose(service, demand, harm, bus)
    finally:
        harm.close()
    flaws = [
        _missing_flaw(feed, service, demand, missing),
        _doubled_flaw(doubled),
        _starved_flaw(feed, starved),
    ]
    flawed = with_flaws(feed, flaws, bus.headway_factor)
    flaws[2]["planted_headway_min"] = headway_min(flawed, starved)
    return flawed, flaws


def with_flaws(feed: Feed, flaws: Sequence[dict[str, Any]], headway_factor: int) -> Feed:
    """A feed with flaws of ``flaws.json`` made in it: all of them, or some."""
    for flaw in flaws:
        if flaw["kind"] == "headway_off":
            feed = _starve(feed, flaw["route_id"], headway_factor)
        elif flaw["kind"] == "duplicate_line":
            feed = _double(feed, flaw["route_id"])
        else:
            for route in flaw["route_ids"]:
                feed = _remove(feed, route)
    return feed


def _choose(service: Service, demand: Demand, harm: Harm, bus: BusParams) -> tuple[Corridor, str, str]:
    """The corridor to remove, and the routes to double and starve, of those that run on weekdays.

    Remove: what was asked for, or what passengers miss most, among the routes that most trips depend on alone.
    Starve: what then is shortest of the service that it is due. Double: an ordinary one of the rest.
    """
    usable = (service.serves.sum(axis=1) >= _LEAST_NODES) & (service.departures >= _LEAST_DEPARTURES)
    usable &= np.isin(service.routes, sorted(harm.running))
    if usable.sum() < _LEAST_ROUTES:
        raise InputError(
            "fewer than three routes run in the world's area on weekdays", "gtfs", "set plant_flaws: false"
        )
    by_alone = service.ranked(service.direct_only(demand), usable)
    if bus.missing_route is not None:
        if bus.missing_route not in by_alone:
            raise InputError(
                f"no route {bus.missing_route} runs in the world's area on weekdays, or hardly any of it",
                "world.bus.missing_route",
                f"leave it out, or give a route_id such as {', '.join(by_alone[:_MOST_NAMED])}",
            )
        by_alone = [bus.missing_route]
    missing = harm.corridors(by_alone)[0]
    left = usable & ~np.isin(service.routes, missing.routes)
    if left.sum() < _LEAST_ROUTES - 1:
        missing = replace(missing, routes=(missing.route,))
        left = usable & (np.array(service.routes) != missing.route)
    by_load = service.ranked(service.load(demand), left)
    starved = harm.most_short(by_load, missing.routes, bus.headway_factor)
    ordinary = [route for route in by_load if route != starved]
    return missing, ordinary[len(ordinary) // 2], starved


def _missing_flaw(feed: Feed, service: Service, demand: Demand, corridor: Corridor) -> dict[str, Any]:
    alone = service.direct_only(demand)[service.routes.index(corridor.route)]
    return {
        "kind": "missing_corridor",
        "route_id": corridor.route,
        "route_ids": list(corridor.routes),
        "stops": _longest_pattern(feed, corridor.route),
        "weekday_trips_served_by_it_alone": round(float(alone)),
        "saves_share_if_restored": round(corridor.saves_share, 4),
        "headway_min": headway_min(feed, corridor.route),
    }


def _doubled_flaw(route: str) -> dict[str, Any]:
    return {"kind": "duplicate_line", "route_id": route, "copy_route_id": copy_id(route)}


def _starved_flaw(feed: Feed, route: str) -> dict[str, Any]:
    return {"kind": "headway_off", "route_id": route, "original_headway_min": headway_min(feed, route)}


def copy_id(identifier: str) -> str:
    """Identifier of a doubled route or GTFS trip."""
    return f"{identifier}_B"


def _rows_of(table: pa.Table, column: str, values: set[str]) -> pa.Table:
    return table.filter(pc.is_in(table[column], pa.array(sorted(values), pa.string())))


def _trips_of(feed: Feed, route: str) -> pa.Table:
    return _rows_of(feed["trips"], "route_id", {route})


def _seconds(time: str) -> int:
    hours, minutes, seconds = time.strip().split(":")
    return int(hours) * 3600 + int(minutes) * 60 + int(seconds)


def _runs_in_order(feed: Feed, route: str) -> dict[str, list[tuple[int, dict[str, str]]]]:
    """Stop times of each GTFS trip of a route, by stop_sequence."""
    trips = set(_trips_of(feed, route)["trip_id"].to_pylist())
    runs: dict[str, list[tuple[int, dict[str, str]]]] = {trip: [] for trip in sorted(trips)}
    for row in _rows_of(feed["stop_times"], "trip_id", trips).to_pylist():
        runs[row["trip_id"]].append((int(row["stop_sequence"]), row))
    for rows in runs.values():
        rows.sort(key=lambda pair: pair[0])
    return {trip: rows for trip, rows in runs.items() if rows}


def _longest_pattern(feed: Feed, route: str) -> list[dict[str, Any]]:
    """Stops of the route's longest GTFS trip, in order."""
    runs = _runs_in_order(feed, route)
    longest = max(runs.values(), key=len)
    stops = {row["stop_id"]: row for row in feed["stops"].to_pylist()}
    return [
        {
            "stop_id": row["stop_id"],
            "name": stops[row["stop_id"]]["stop_name"],
            "lon": round(float(stops[row["stop_id"]]["stop_lon"]), 6),
            "lat": round(float(stops[row["stop_id"]]["stop_lat"]), 6),
        }
        for _, row in longest
    ]


def _groups(feed: Feed, route: str) -> dict[tuple[str, str], list[tuple[int, str]]]:
    """Departures of a route, (second, GTFS trip) in order, by service and direction."""
    first = {
        trip: _seconds(rows[0][1]["departure_time"])
        for trip, rows in _runs_in_order(feed, route).items()
        if rows[0][1]["departure_time"].strip()
    }
    groups: dict[tuple[str, str], list[tuple[int, str]]] = {}
    for row in _trips_of(feed, route).to_pylist():
        if row["trip_id"] in first:
            group = (row["service_id"], row.get("direction_id", ""))
            groups.setdefault(group, []).append((first[row["trip_id"]], row["trip_id"]))
    return {group: sorted(runs) for group, runs in groups.items()}


def headway_min(feed: Feed, route: str) -> float | None:
    """Median minutes between departures, in the service and direction that run most; None below two."""
    frequencies = _frequencies_of(feed, route)
    if frequencies is not None:
        return float(np.median([float(v) for v in frequencies["headway_secs"].to_pylist()])) / 60.0
    groups = _groups(feed, route)
    if not groups:
        return None
    busiest = max(sorted(groups), key=lambda group: len(groups[group]))
    departures = [second for second, _ in groups[busiest]]
    return float(np.median(np.diff(departures))) / 60.0 if len(departures) > 1 else None


def _frequencies_of(feed: Feed, route: str) -> pa.Table | None:
    if "frequencies.txt" not in feed.tables:
        return None
    rows = _rows_of(feed["frequencies"], "trip_id", set(_trips_of(feed, route)["trip_id"].to_pylist()))
    return rows if rows.num_rows else None


def _starve(feed: Feed, route: str, factor: int) -> Feed:
    """Keep one departure in `factor`; where headways are written down, make them `factor` times longer."""
    if _frequencies_of(feed, route) is not None:
        return feed.replaced({"frequencies.txt": _longer(feed, route, factor)})
    dropped = {
        trip for runs in _groups(feed, route).values() for n, (_, trip) in enumerate(runs) if n % factor != 0
    }
    return feed.without("trip_id", dropped)


def _longer(feed: Feed, route: str, factor: int) -> pa.Table:
    trips = set(_trips_of(feed, route)["trip_id"].to_pylist())
    rows = feed["frequencies"].to_pylist()
    for row in rows:
        if row["trip_id"] in trips:
            row["headway_secs"] = str(int(row["headway_secs"]) * factor)
    return pa.Table.from_pylist(rows, feed["frequencies"].schema)


def _double(feed: Feed, route: str) -> Feed:
    """Run the route a second time under another id, four minutes later, past one stop in the middle."""
    runs = _runs_in_order(feed, route)
    copied = [_copied_stop_time(row) for rows in runs.values() for row in _skip_one([r for _, r in rows])]
    changes = {"stop_times.txt": _appended(feed["stop_times"], copied)}
    trips = [
        {**row, "route_id": copy_id(route), "trip_id": copy_id(row["trip_id"]), **_no_block(row)}
        for row in _trips_of(feed, route).to_pylist()
        if row["trip_id"] in runs
    ]
    changes["trips.txt"] = _appended(feed["trips"], trips)
    for name in feed.having("route_id"):
        if name != "trips.txt":
            rows = _rows_of(feed.tables[name], "route_id", {route}).to_pylist()
            changes[name] = _appended(feed.tables[name], [_copied_route(row, route) for row in rows])
    frequencies = _frequencies_of(feed, route)
    if frequencies is not None:
        rows = [{**row, "trip_id": copy_id(row["trip_id"])} for row in frequencies.to_pylist()]
        changes["frequencies.txt"] = _appended(feed["frequencies"], rows)
    return feed.replaced(changes)


def _skip_one(rows: list[dict[str, str]]) -> list[dict[str, str]]:
    middle = len(rows) // 2
    return rows if len(rows) < _MIN_STOPS_TO_SKIP else rows[:middle] + rows[middle + 1 :]


def _no_block(row: dict[str, str]) -> dict[str, str]:
    return {"block_id": ""} if "block_id" in row else {}


def _copied_route(row: dict[str, str], route: str) -> dict[str, str]:
    names = {k: f"{row[k]}B" for k in ("route_short_name",) if row.get(k)}
    names |= {k: f"{row[k]} (B)" for k in ("route_long_name",) if row.get(k)}
    return {**row, **names, "route_id": copy_id(route)}


def _copied_stop_time(row: dict[str, str]) -> dict[str, str]:
    later = {
        column: clock(np.array([_seconds(row[column]) + _COPY_LATER_S]))[0]
        for column in ("arrival_time", "departure_time")
        if row[column].strip()
    }
    return {**row, **later, "trip_id": copy_id(row["trip_id"])}


def _appended(table: pa.Table, rows: list[dict[str, str]]) -> pa.Table:
    return pa.concat_tables([table, pa.Table.from_pylist(rows, table.schema)]).combine_chunks()


def _remove(feed: Feed, route: str) -> Feed:
    """Take a route away with its GTFS trips, shapes and the stops that nobody else serves."""
    trips = _trips_of(feed, route)
    smaller = feed.without("route_id", {route}).without("trip_id", set(trips["trip_id"].to_pylist()))
    unused = _served(feed) - _served(smaller) - _referred(smaller)
    shapes = _shapes(trips) - _shapes(smaller["trips"])
    return smaller.without("stop_id", unused).without("shape_id", shapes)


def _shapes(trips: pa.Table) -> set[str]:
    return set(trips["shape_id"].unique().to_pylist()) if "shape_id" in trips.column_names else set()


def _served(feed: Feed) -> set[str]:
    return set(feed["stop_times"]["stop_id"].unique().to_pylist())


def _referred(feed: Feed) -> set[str]:
    """Stops that other rows point to."""
    return {
        value
        for column in ("parent_station", "from_stop_id", "to_stop_id")
        for name in feed.having(column)
        for value in feed.tables[name][column].to_pylist()
    }
