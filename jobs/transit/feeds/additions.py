"""GTFS trips that come: copies of a line's own trips at new times, and trips of new lines."""

import numpy as np

from jobs.transit.changes import Change
from jobs.transit.feeds.draft import Draft, clock, frequency_row
from jobs.transit.lines import LineSet

_BUS = "3"


def by_direction(lines: LineSet, line: int) -> list[int]:
    """Patterns of a line, the busiest of each direction first."""
    own = lines.lines[line].patterns
    return sorted(own, key=lambda p: (-lines.patterns[p].departures.sum(), p))


def add_runs(
    draft: Draft, line: int, pattern: int, slot: int, headway_min: float, departures: float, rank: int
) -> None:
    """Departures of one pattern in one slot, at even intervals from the start of the slot."""
    if departures < 1:
        return
    slots = draft.scene.slots
    length_s = float(slots.minutes[slot]) * 60.0
    is_full = departures >= np.ceil(length_s / 60.0 / headway_min - 1e-9)
    step = headway_min * 60.0 if is_full else length_s / departures
    offset = 0.0 if is_full else round(step / 2.0 / 60.0) * 60.0 * (rank % 2)
    start = float(slots.start_h[slot]) * 3600.0 + offset
    name = f"{draft.lines.lines[line].line_id}_{draft.lines.patterns[pattern].direction}_{slots.names[slot]}"
    if draft.uses_frequencies:
        trip_id = _template_copy(draft, line, pattern, slot, draft.new_id(name), start)
        end = float(slots.end_h[slot]) * 3600.0
        draft.rows["frequencies.txt"].append(frequency_row(trip_id, start, end, step))
        return
    for number in range(int(departures)):
        _template_copy(
            draft, line, pattern, slot, draft.new_id(f"{name}_{number + 1}"), start + number * step
        )


def _template_copy(draft: Draft, line: int, pattern: int, slot: int, trip_id: str, start_s: float) -> str:
    entry = draft.lines.patterns[pattern]
    if not entry.trips:
        return _new_line_trip(draft, line, pattern, slot, trip_id, start_s)
    feed = draft.scene.feed
    in_slot = [t for t in entry.trips if draft.departs_in(t) == slot] or list(entry.trips)
    length = {
        t: feed.times.departure_s[feed.times.first[t + 1] - 1] - feed.times.departure_s[feed.times.first[t]]
        for t in in_slot
    }
    template = sorted(in_slot, key=lambda t: (length[t], t))[len(in_slot) // 2]
    return copy_trip(
        draft, template, trip_id, start_s - float(feed.times.departure_s[feed.times.first[template]])
    )


def copy_trip(draft: Draft, trip: int, trip_id: str, shift_s: float) -> str:
    """A GTFS trip like another at another time, on the plan's days."""
    feed = draft.scene.feed
    row = draft.table("trips.txt").row(trip)
    draft.rows["trips.txt"].append(
        row | {"trip_id": trip_id, "service_id": draft.plan_service, "block_id": ""}
    )
    table = draft.table("stop_times.txt")
    for call, source in zip(
        range(feed.times.first[trip], feed.times.first[trip + 1]),
        feed.times.source_row[feed.times.first[trip] : feed.times.first[trip + 1]],
        strict=True,
    ):
        draft.rows["stop_times.txt"].append(
            table.row(int(source))
            | {
                "trip_id": trip_id,
                "arrival_time": clock(float(feed.times.arrival_s[call]) + shift_s),
                "departure_time": clock(float(feed.times.departure_s[call]) + shift_s),
            }
        )
    return trip_id


def _new_line_trip(draft: Draft, line: int, pattern: int, slot: int, trip_id: str, start_s: float) -> str:
    entry, stops = draft.lines.patterns[pattern], draft.scene.stops
    route = draft.lines.lines[line]
    shape = {} if route.is_new and route.part_of < 0 else {"shape_id": draft.shape_of(pattern)}
    draft.rows["trips.txt"].append(
        shape
        | {
            "route_id": route.line_id,
            "service_id": draft.plan_service,
            "trip_id": trip_id,
            "trip_headsign": stops.names[entry.stops[-1]],
            "direction_id": str(entry.direction),
        }
    )
    clock_s = start_s + 60.0 * np.concatenate([[0.0], np.cumsum(entry.ride_min[slot])])
    for sequence, (stop, at) in enumerate(zip(entry.stops, clock_s, strict=True)):
        time = clock(float(at))
        draft.rows["stop_times.txt"].append(
            {
                "trip_id": trip_id,
                "arrival_time": time,
                "departure_time": time,
                "stop_id": stops.ids[stop],
                "stop_sequence": str(sequence + 1),
            }
        )
    return trip_id


def copy_frequencies(draft: Draft, trip: int, trip_id: str) -> None:
    """Repeat a GTFS trip's copy as often as the trip, or as what is left of it."""
    old_id = draft.scene.feed.trips.ids[trip]
    if old_id in draft.recut_trips:
        left = [row for row in draft.rows["frequencies.txt"] if row["trip_id"] == old_id]
        draft.rows["frequencies.txt"] += [row | {"trip_id": trip_id} for row in left]
        return
    table = draft.table("frequencies.txt")
    for row in np.flatnonzero(draft.scene.feed.frequencies.trip == trip):
        draft.rows["frequencies.txt"].append(table.row(int(row)) | {"trip_id": trip_id})


def add_stops(draft: Draft, stops: list[int]) -> None:
    """Rows for those of the stops that the feed does not have yet."""
    known = draft.scene.stops
    for stop in stops:
        if stop < known.n_feed:
            continue
        row = {
            "stop_id": known.ids[stop],
            "stop_name": known.names[stop],
            "stop_lat": f"{known.lat[stop]:.6f}",
            "stop_lon": f"{known.lon[stop]:.6f}",
            "location_type": "0",
        }
        if row not in draft.rows["stops.txt"]:
            draft.rows["stops.txt"].append(row)


def add_line(draft: Draft, line: int, change: Change) -> None:
    """Add a new line with its route, its virtual stops and its GTFS trips."""
    entry, scene = draft.lines.lines[line], draft.scene
    agency = draft.table("agency.txt").column("agency_id")
    draft.taken.add(entry.line_id)
    draft.rows["routes.txt"].append(
        {
            "route_id": entry.line_id,
            "agency_id": agency[0] if agency else "",
            "route_short_name": entry.line_id.removeprefix(draft.params.id_prefix),
            "route_long_name": entry.name,
            "route_type": _BUS,
        }
    )
    add_stops(draft, sorted({int(s) for p in entry.patterns for s in draft.lines.patterns[p].stops}))
    for slot, headway in change.headway_min:
        departures = float(np.ceil(scene.slots.minutes[slot] / headway - 1e-9))
        for pattern in entry.patterns:
            add_runs(draft, line, pattern, slot, headway, departures, 0)
