"""The feed with a plan carried out: few rows change, ids stay, what is new carries a prefix."""

import numpy as np

from jobs.transit.changes import Kind, Plan, timetable
from jobs.transit.feeds.additions import add_line
from jobs.transit.feeds.csvtext import TextTable
from jobs.transit.feeds.draft import Draft
from jobs.transit.feeds.flex import FLEX_COLUMNS, add_service_on_demand
from jobs.transit.feeds.removals import change_headways, remove_line
from jobs.transit.feeds.reshaping import change_way
from jobs.transit.lines import LineSet
from jobs.transit.params import TransitParams
from jobs.transit.scene import Scene

_HEADERS = {
    "frequencies.txt": "trip_id,start_time,end_time,headway_secs,exact_times\n",
    "calendar_dates.txt": "service_id,date,exception_type\n",
    "booking_rules.txt": "booking_rule_id,booking_type,prior_notice_duration_min,message\n",
    "location_groups.txt": "location_group_id,location_group_name\n",
    "location_group_stops.txt": "location_group_id,stop_id\n",
}
_WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_ROUTE_COLUMNS = ("route_id", "from_route_id", "to_route_id")
_TRIP_COLUMNS = ("trip_id", "from_trip_id", "to_trip_id")


def edited_files(scene: Scene, lines: LineSet, plan: Plan, params: TransitParams) -> dict[str, bytes]:
    """All files of the changed feed; those that no change concerns are the input's bytes."""
    feed = scene.feed
    draft = Draft(scene, lines, params, taken=set(feed.trips.ids) | set(feed.routes.ids) | set(feed.days.ids))
    departures = timetable(lines, plan.values())
    for line, change in sorted(plan.items()):
        if change.kind is Kind.NEW_LINE:
            add_line(draft, line, change)
        elif change.reshape:
            change_way(draft, change)
            add_service_on_demand(draft, change)
        elif change.kind is Kind.REMOVE_DUPLICATE:
            remove_line(draft, change)
            change_headways(draft, change.keeps, change, departures)
        else:
            change_headways(draft, line, change, departures)
    return _written(draft) if plan else dict(feed.files)


def _written(draft: Draft) -> dict[str, bytes]:
    _add_services(draft)
    files = dict(draft.scene.feed.files) | draft.other_files
    for name in [*files, *(n for n in draft.rows if n not in files)]:
        if name.endswith(".txt"):
            data = _edited(draft, name)
            if data is not None:
                files[name] = data
    return files


def _edited(draft: Draft, name: str) -> bytes | None:
    """New bytes of a file, None if nothing in it changes."""
    table = draft.table(name)
    if not table.records:
        table = TextTable(
            name,
            _HEADERS.get(name, ",".join(draft.rows[name][0]) + "\n" if draft.rows[name] else ""),
            "utf-8",
            b"",
        )
    keep = np.ones(table.row_count, bool)
    if name == "stop_times.txt":
        table = _widened(draft, table)
        if draft.rewritten_trips:
            keep &= ~np.isin(np.array(table.column("trip_id"), object), list(draft.rewritten_trips))
    for columns, gone in ((_ROUTE_COLUMNS, draft.removed_routes), (_TRIP_COLUMNS, draft.removed_trips)):
        for column in columns:
            if table.has(column) and gone:
                keep &= ~np.isin(np.array(table.column(column), object), list(gone))
    changed = {}
    if name == "trips.txt":
        changed = _moved_rows(draft, table)
    if name == "frequencies.txt" and draft.recut_trips:
        keep &= ~np.isin(np.array(table.column("trip_id"), object), list(draft.recut_trips))
    if name == "feed_info.txt" and table.has("feed_version") and table.row_count:
        row = table.row(0)
        changed[0] = table.written(
            row | {"feed_version": f"{row['feed_version']}+{draft.params.id_prefix.rstrip('_-')}"}
        )
    rows = draft.rows.get(name, [])
    return table.edited(keep, rows, changed) if rows or changed or not keep.all() else None


def _widened(draft: Draft, table: TextTable) -> TextTable:
    """The table with the columns that calls on demand need; rows there are get blank cells at their end."""
    lacking = [
        c for c in FLEX_COLUMNS if not table.has(c) and any(row.get(c) for row in draft.rows[table.name])
    ]
    return table.widened(lacking) if lacking else table


def _moved_rows(draft: Draft, table: TextTable) -> dict[int, str]:
    at = {trip: i for i, trip in enumerate(draft.scene.feed.trips.ids)}
    rewritten = {
        at[trip]: table.written(table.row(at[trip]) | cells)
        for trip, cells in draft.rewritten_trips.items()
        if any(table.row(at[trip]).get(key, "") != value for key, value in cells.items() if table.has(key))
    }
    return rewritten | {
        at[trip]: table.written(table.row(at[trip]) | {"service_id": service})
        for trip, service in draft.moved_trips.items()
        if trip not in draft.removed_trips
    }


def _add_services(draft: Draft) -> None:
    """Days of the new services: a calendar row where the feed uses calendar.txt, with exceptions."""
    days = draft.scene.feed.days
    uses_calendar = draft.table("calendar.txt").row_count > 0
    for service, runs in sorted(draft.service_days.items()):
        usual = np.zeros(runs.size, bool)
        if uses_calendar:
            usual = _calendar_row(draft, service, runs)
        for day in np.flatnonzero(usual != runs):
            kind = "1" if runs[day] else "2"
            date = days.date_of(int(day)).strftime("%Y%m%d")
            draft.rows["calendar_dates.txt"].append(
                {"service_id": service, "date": date, "exception_type": kind}
            )


def _calendar_row(draft: Draft, service: str, runs: np.ndarray) -> np.ndarray:
    """Add a row for the weekdays that mostly run; return the days that it stands for; none: by dates alone."""
    days = draft.scene.feed.days
    dates = np.flatnonzero(runs)
    span = np.zeros(runs.size, bool)
    span[dates[0] : dates[-1] + 1] = True
    weekday = (np.arange(runs.size) + days.origin.weekday()) % 7
    usual = [bool(2 * runs[span & (weekday == d)].sum() > (span & (weekday == d)).sum()) for d in range(7)]
    if not any(usual):
        return np.zeros(runs.size, bool)
    row = {name: str(int(is_usual)) for name, is_usual in zip(_WEEKDAYS, usual, strict=True)}
    row |= {
        "service_id": service,
        "start_date": days.date_of(int(dates[0])).strftime("%Y%m%d"),
        "end_date": days.date_of(int(dates[-1])).strftime("%Y%m%d"),
    }
    draft.rows["calendar.txt"].append(row)
    return np.asarray(span & np.array(usual)[weekday])
