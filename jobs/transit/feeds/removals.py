"""GTFS trips that end or change: the plan holds for days like the planning day, elsewhere they run on."""

import numpy as np

from jobs.transit.changes import Change
from jobs.transit.feeds.additions import add_runs, by_direction, copy_trip
from jobs.transit.feeds.draft import Draft, frequency_row
from jobs.transit.patterns import frequency_starts
from jobs.transit.scene import Scene


def remove_line(draft: Draft, change: Change) -> None:
    """Take a line out: altogether where the line that stays runs on all its days, else on the plan's days."""
    feed = draft.scene.feed
    route, stays = (_route(draft, line) for line in (change.line, change.keeps))
    own = np.flatnonzero(feed.trips.route == route)
    if not (_days_of(draft, own) & ~_days_of(draft, np.flatnonzero(feed.trips.route == stays))).any():
        draft.removed_trips |= {feed.trips.ids[t] for t in own}
        draft.removed_routes.add(feed.routes.ids[route])
        return
    for trip in own:
        take_off(draft, int(trip))


def _route(draft: Draft, line: int) -> int:
    return draft.lines.patterns[draft.lines.lines[line].patterns[0]].route


def _days_of(draft: Draft, trips: np.ndarray) -> np.ndarray:
    services = np.unique(draft.scene.feed.trips.service[trips])
    return np.asarray(draft.scene.feed.days.runs[services[services >= 0]].any(axis=0))


def take_off(draft: Draft, trip: int) -> None:
    """End a GTFS trip on the plan's days; elsewhere it runs on."""
    feed = draft.scene.feed
    runs = feed.days.runs[feed.trips.service[trip]]
    if not (runs & draft.scene.like_days).any():
        return
    if not (runs & ~draft.scene.like_days).any():
        draft.removed_trips.add(feed.trips.ids[trip])
        return
    service = f"{draft.params.id_prefix}not_{draft.params.day_type}_{feed.days.ids[feed.trips.service[trip]]}"
    draft.service_days[service] = runs & ~draft.scene.like_days
    draft.moved_trips[feed.trips.ids[trip]] = service


def change_headways(draft: Draft, line: int, change: Change, departures: np.ndarray) -> None:
    """Replace a line's runs in the slots that change; other slots keep theirs."""
    changed = {slot for slot, _ in change.headway_min}
    feed = draft.scene.feed
    starts = frequency_starts(feed)
    for trip in np.flatnonzero(feed.trips.route == _route(draft, line)):
        if feed.trips.service[trip] < 0 or feed.times.first[trip + 1] - feed.times.first[trip] < 2:
            continue
        if int(trip) in starts:
            recut(draft, int(trip), changed)
        elif draft.departs_in(int(trip)) in changed:
            take_off(draft, int(trip))
    for slot, headway in change.headway_min:
        for rank, pattern in enumerate(by_direction(draft.lines, line)):
            add_runs(draft, line, pattern, slot, headway, float(departures[pattern, slot]), rank)


def recut(draft: Draft, trip: int, changed: set[int]) -> None:
    """Leave the windows of frequencies.txt that lie outside the changed slots."""
    feed, scene = draft.scene.feed, draft.scene
    trip_id = feed.trips.ids[trip]
    rows = np.flatnonzero(feed.frequencies.trip == trip)
    left = [_outside(scene, int(row), changed) for row in rows]
    if all(is_whole for _, is_whole in left) or not _days_of(draft, np.array([trip]))[scene.like_days].any():
        return
    take_off(draft, trip)
    windows = [window for parts, _ in left for window in parts]
    if not windows:
        return
    if trip_id in draft.removed_trips:
        draft.removed_trips.discard(trip_id)
        draft.recut_trips.add(trip_id)
        new_id = trip_id
    else:
        new_id = copy_trip(draft, trip, draft.new_id(trip_id), 0.0)
    for start, end, headway in windows:
        draft.rows["frequencies.txt"].append(frequency_row(new_id, start, end, headway))


def _outside(scene: Scene, row: int, changed: set[int]) -> tuple[list[tuple[float, float, float]], bool]:
    """Windows of a frequency row whose departures stay, and whether all do."""
    table = scene.feed.frequencies
    headway = float(table.headway_s[row])
    departures = np.arange(table.start_s[row], table.end_s[row], headway)
    stays = ~np.isin(scene.slots.slot_of(departures), list(changed))
    edges = np.flatnonzero(np.diff(np.concatenate([[False], stays, [False]]).astype(int)))
    windows = [
        (float(departures[a]), float(min(departures[b - 1] + headway, table.end_s[row])), headway)
        for a, b in zip(edges[::2], edges[1::2], strict=True)
    ]
    return windows, bool(stays.all())
