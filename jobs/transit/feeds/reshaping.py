"""GTFS trips that take another way: each run keeps its id and its first departure where its line keeps its headways."""

import numpy as np

from jobs.transit.changes import Change, Piece
from jobs.transit.feeds.additions import add_runs, add_stops, copy_frequencies
from jobs.transit.feeds.draft import Draft, clock
from jobs.transit.feeds.removals import recut, take_off


def change_way(draft: Draft, change: Change) -> None:
    """Lead all runs of the patterns that end by the pieces that come in their place."""
    reshape = change.reshape
    assert reshape is not None
    for line in reshape.brings:
        if not draft.lines.lines[line].on_demand:
            _add_route_like(draft, change.line, line)
    fixed = [e for e in reshape.pieces if not draft.is_on_demand(e.pattern)]
    add_stops(draft, sorted({int(s) for e in fixed for s in draft.lines.patterns[e.pattern].stops}))
    frequent = set(draft.scene.feed.frequencies.trip.tolist())
    for pattern in reshape.ends:
        pieces = [e for e in fixed if e.of == pattern]
        for trip in _trips_of(draft, pattern):
            _lead(draft, change, trip, pieces, trip in frequent)
    if not reshape.keeps_times:
        for rank, piece in enumerate(fixed):
            _add_even_runs(draft, piece, rank)
    _drop_empty_routes(draft, change)


def _trips_of(draft: Draft, pattern: int) -> list[int]:
    """GTFS trips that run a pattern on any day the plan holds for."""
    feed, entry = draft.scene.feed, draft.lines.patterns[pattern]
    wanted = entry.stops.astype(feed.times.stop.dtype).tobytes()
    first = feed.times.first
    return [
        int(t)
        for t in np.flatnonzero((feed.trips.route == entry.route) & (feed.trips.service >= 0))
        if feed.times.stop[first[t] : first[t + 1]].tobytes() == wanted
        and (feed.days.runs[feed.trips.service[t]] & draft.scene.like_days).any()
    ]


def _lead(draft: Draft, change: Change, trip: int, pieces: list[Piece], is_frequent: bool) -> None:
    """One GTFS trip: led by each piece, or taken off where its slot gets new headways."""
    reshape = change.reshape
    assert reshape is not None
    stays = reshape.keeps_times or draft.departs_in(trip) < 0
    if not stays and is_frequent:
        recut(draft, trip, set(range(len(draft.scene.slots.names))))
        trip_id = draft.scene.feed.trips.ids[trip]
        stays = trip_id not in draft.removed_trips and trip_id not in draft.moved_trips
        if not stays:
            return
    if not stays or not pieces:
        take_off(draft, trip)
        return
    runs = draft.scene.feed.days.runs[draft.scene.feed.trips.service[trip]]
    may_stay = not (runs & ~draft.scene.like_days).any()
    for piece in pieces:
        if may_stay and draft.owner(piece.pattern) == change.line:
            _rewrite(draft, trip, piece)
        else:
            _copy(draft, trip, piece)
    if not may_stay or all(draft.owner(e.pattern) != change.line for e in pieces):
        take_off(draft, trip)


def _rewrite(draft: Draft, trip: int, piece: Piece) -> None:
    """The same GTFS trip with other calls."""
    trip_id = draft.scene.feed.trips.ids[trip]
    draft.rewritten_trips[trip_id] = _trip_cells(draft, trip, piece)
    draft.rows["stop_times.txt"] += _calls(draft, trip, piece, trip_id)


def _copy(draft: Draft, trip: int, piece: Piece) -> None:
    """A GTFS trip of the plan's days in place of one that runs on other days too, or of another line."""
    old_id = draft.scene.feed.trips.ids[trip]
    line = draft.lines.lines[draft.owner(piece.pattern)]
    trip_id = draft.new_id(old_id)
    row = draft.table("trips.txt").row(trip) | _trip_cells(draft, trip, piece)
    row |= {"route_id": line.line_id, "trip_id": trip_id, "service_id": draft.plan_service, "block_id": ""}
    draft.rows["trips.txt"].append(row)
    draft.rows["stop_times.txt"] += _calls(draft, trip, piece, trip_id)
    copy_frequencies(draft, trip, trip_id)


def _trip_cells(draft: Draft, trip: int, piece: Piece) -> dict[str, str]:
    """Cells of trips.txt that another way changes."""
    entry = draft.lines.patterns[piece.pattern]
    old = draft.lines.patterns[piece.of]
    cells = {"shape_id": draft.shape_of(piece.pattern) if draft.scene.feed.trips.shape[trip] else ""}
    if entry.stops[-1] != old.stops[-1]:
        cells["trip_headsign"] = draft.scene.stops.names[entry.stops[-1]]
    return cells


def _calls(draft: Draft, trip: int, piece: Piece, trip_id: str) -> list[dict[str, str]]:
    """Rows of stop_times.txt: the trip's own times where it rides as today, from its first departure on."""
    times, entry = draft.scene.feed.times, draft.lines.patterns[piece.pattern]
    begin = int(times.first[trip])
    own = times.departure_s[begin : times.first[trip + 1]]
    dwell = own - times.arrival_s[begin : times.first[trip + 1]]
    slot = draft.departs_in(trip)
    ride_s = 60.0 * (entry.ride_min[slot] if slot >= 0 else entry.ride_min.mean(axis=0))
    rows, at = [], float(own[0])
    table, stops = draft.table("stop_times.txt"), draft.scene.stops
    for i, (stop, old) in enumerate(zip(entry.stops, piece.at, strict=True)):
        before = at
        if i:
            before_old = piece.at[i - 1]
            is_own = before_old >= 0 and old == before_old + 1
            at += float(own[old] - own[before_old]) if is_own else float(ride_s[i - 1])
        row = dict(table.row(int(times.source_row[begin + old]))) if old >= 0 else {}
        wait = float(dwell[old]) if old >= 0 and i else 0.0
        row |= {
            "trip_id": trip_id,
            "arrival_time": clock(max(at - wait, before)),
            "departure_time": clock(at),
            "stop_id": stops.ids[stop],
            "stop_sequence": str(i + 1),
            "shape_dist_traveled": "",
        }
        if old == own.size - 1 and i < len(piece.at) - 1 and row.get("pickup_type") == "1":
            row["pickup_type"] = ""
        if old == 0 and i and row.get("drop_off_type") == "1":
            row["drop_off_type"] = ""
        rows.append(row)
    return rows


def _add_even_runs(draft: Draft, piece: Piece, rank: int) -> None:
    """Departures of a piece by slot, at a clock-face headway where one gives their number."""
    for slot, departures in enumerate(piece.departures):
        if departures < 1:
            continue
        length = float(draft.scene.slots.minutes[slot])
        fits = [h for h in draft.params.headways.levels if np.ceil(length / h - 1e-9) == departures]
        headway = fits[0] if fits else length / departures
        add_runs(draft, draft.owner(piece.pattern), piece.pattern, slot, headway, departures, rank)


def _add_route_like(draft: Draft, like: int, line: int) -> None:
    """A route like another: agency, type and colours stay."""
    entry, old = draft.lines.lines[line], draft.lines.patterns[draft.lines.lines[like].patterns[0]].route
    row = draft.table("routes.txt").row(old)
    named = {key: f"{row[key]} (2)" for key in ("route_short_name", "route_long_name") if row.get(key)}
    draft.taken.add(entry.line_id)
    draft.rows["routes.txt"].append(row | {"route_id": entry.line_id} | named)


def _drop_empty_routes(draft: Draft, change: Change) -> None:
    """Routes that no GTFS trip is left of."""
    feed = draft.scene.feed
    for line in change.touches:
        route = draft.lines.patterns[draft.lines.lines[line].patterns[0]].route
        trips = {feed.trips.ids[t] for t in np.flatnonzero(feed.trips.route == route)}
        added = any(row.get("route_id") == feed.routes.ids[route] for row in draft.rows["trips.txt"])
        if trips <= draft.removed_trips and not added:
            draft.removed_routes.add(feed.routes.ids[route])
