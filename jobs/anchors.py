"""Stays to anchors: home and work with a confidence, or none; and how many persons each user stands for."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated, Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray
from pydantic import AfterValidator, Field

from jobs import tables
from jobs.calendars.days import DAY_S, HOUR_S, CalendarParams
from jobs.counting.expansion import home_cell_weights, membership_of
from jobs.engine.blocks import run_tasks
from jobs.engine.columns import epoch_seconds
from jobs.engine.store import Store, StoredFile
from jobs.ground.likely_places import LikelyGround, likely_ground_of
from jobs.ground.places import PlaceParams
from jobs.stays import positions
from kernels.anchors import active_days, cells_about, days_at_places, most_frequented, never_moved
from kernels.ranks import runs_of

if TYPE_CHECKING:
    from pyspark import SparkContext

_FILES_WEIGHED = 8


def _part_of_a_day(hours: tuple[float, float]) -> tuple[float, float]:
    start, end = hours
    if not 0 <= start < end <= 48 or end - start > 24:
        raise ValueError(
            f"[{start:g}, {end:g}] is no part of a day: hours go from 0 to 48, the first before the second; "
            "7 in the morning after is 31"
        )
    return hours


Hours = Annotated[tuple[float, float], AfterValidator(_part_of_a_day)]


class AnchorParams(PlaceParams):
    """When a place is a home or a workplace."""

    night: Hours = Field((20, 31), description="hours of the night, local; 31 is 7 in the morning")
    work_hours: Hours = Field((9, 17), description="hours of work on weekdays, local")
    min_days: int = Field(3, ge=1, description="nights or working days seen at the place at the least")
    min_confidence: float = Field(
        0.4, ge=0, le=1, description="share of the active nights or working days at the place at the least"
    )
    machine_events_per_day: float = Field(
        60, gt=0, description="who makes more events a day without ever leaving a place stands for nobody"
    )
    max_events_per_day: float = Field(
        1_000, gt=0, description="so does who makes more events on an active day than these: no person does"
    )
    min_h3_confidence: float = Field(
        0.6, ge=0, le=1, description="probability that the H3 cell of home or work is right, at the least"
    )


def anchors(
    spark: "SparkContext",
    store: Store,
    build: str,
    stays: list[StoredFile],
    cells: pa.Table,
    zones: pa.Table,
    calendar: CalendarParams,
    params: AnchorParams,
) -> tuple[list[StoredFile], dict[str, Any]]:
    """Find each user's anchors, then weigh users so that each zone's residents stand for its people.

    Returns
    -------
    the files of the `anchors` table, and figures for the manifest.
    """
    lon, lat = positions(cells)
    ground, radius_m = likely_ground_of(cells, zones), params.radii(lon, lat)
    membership = membership_of(cells, zones) if zones.num_rows else None

    def find(given: dict[str, Any]) -> dict[str, Any]:
        stays = store.read_table(given["path"])
        found = anchors_of(stays, lon, lat, calendar, params, ground, radius_m)
        file = store.write_table(f"tables/anchors/{build}/unweighted", given["name"], found)
        nobody = int(np.count_nonzero(found["weight"].to_numpy() == 0))
        return {"file": file.as_json(), "residents": residents_by_cell(found).tolist(), "nobody": nobody}

    reports = run_tasks(spark, [file.as_json() for file in stays], find)
    residents = _by_window(reports, cells.num_rows)
    weight = {w: home_cell_weights(counted, membership) for w, counted in residents.items()}

    def weigh(given: dict[str, Any]) -> dict[str, Any]:
        return {"files": [weigh_file(StoredFile.from_json(told)).as_json() for told in given["files"]]}

    def weigh_file(file: StoredFile) -> StoredFile:
        found = with_weights(store.read_table(file), weight)
        return store.write_table(f"tables/anchors/{build}", file.name, found)

    weighed = run_tasks(spark, _some_together([report["file"] for report in reports]), weigh)
    files = [StoredFile.from_json(told) for report in weighed for told in report["files"]]
    homes = int(sum(counted[:-1].sum() for counted in residents.values()))
    excluded = sum(report["nobody"] for report in reports)
    users = sum(file.rows for file in files)
    return files, {"homes_found": homes, "users": users, "users_excluded": excluded}


def _some_together(files: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Files that one task weighs: a file takes less time than a task to begin."""
    return [{"files": files[i : i + _FILES_WEIGHED]} for i in range(0, len(files), _FILES_WEIGHED)]


def anchors_of(
    stays: pa.Table,
    lon: NDArray[np.float64],
    lat: NDArray[np.float64],
    calendar: CalendarParams,
    params: AnchorParams,
    ground: LikelyGround | None = None,
    radius_m: NDArray[np.float64] | None = None,
) -> pa.Table:
    """Anchors of the users of one file of stays; the weight is 1 until all files are counted.

    `ground` tells the H3 cell of home and work; without it these are null. `radius_m` is `params.radii` of the
    cells, where it is known already.
    """
    sight = _Sight(lon, lat, params.radii(lon, lat) if radius_m is None else radius_m, ground)
    user, place = stays["user"].to_numpy(), stays["place"].to_numpy()
    first = runs_of(user)
    key = user[first[:-1]]
    begin_s, end_s = epoch_seconds(stays["start"]), epoch_seconds(stays["end"])
    start, end = calendar.clock.to_local(begin_s), calendar.clock.to_local(end_s)
    at_night = _days_of(first, place, start, end, params.night)
    home, home_share, home_h3 = _anchor(at_night, np.full(key.size, -1, np.int32), sight, params)
    at_work = _days_of(first, place, start, end, params.work_hours, calendar)
    work, work_share, work_h3 = _anchor(at_work, home, sight, params)
    active = active_days(first, start, end)
    days = (int(end_s.max()) - int(begin_s.min())) // DAY_S + 1 if key.size else 0
    found = {
        "user": key,
        "window": stays["window"].to_numpy()[first[:-1]],
        "home": pa.array(home, mask=home < 0),
        "work": pa.array(work, mask=work < 0),
        "home_h3": pa.array(home_h3, mask=home_h3 == 0),
        "work_h3": pa.array(work_h3, mask=work_h3 == 0),
        "home_confidence": home_share,
        "work_confidence": work_share,
        "active_days": active.astype(np.int32),
        "weight": np.where(_is_no_person(stays, first, active, days, sight, params), 0.0, 1.0),
    }
    return tables.ANCHORS.conform(pa.table(found))


@dataclass(frozen=True, eq=False)
class _Sight:
    lon: NDArray[np.float64]
    lat: NDArray[np.float64]
    radius_m: NDArray[np.float64]
    ground: LikelyGround | None


@dataclass(frozen=True, eq=False)
class _Days:
    """Users' days at places, as of `kernels.anchors.days_at_places`."""

    first: NDArray[np.int64]
    place: NDArray[np.int32]
    seen: NDArray[np.uint64]


def _days_of(
    first: NDArray[np.int64],
    place: NDArray[np.int32],
    start: NDArray[np.int64],
    end: NDArray[np.int64],
    hours: Hours,
    calendar: CalendarParams | None = None,
) -> _Days:
    """Days on which stays overlap some hours; on weekdays of a calendar alone, if it is given."""
    from_s, to_s = int(hours[0] * HOUR_S), int(hours[1] * HOUR_S)
    first_s, last_s = (int(start.min()), int(end.max())) if start.size else (0, 0)
    first_day = (first_s - to_s) // DAY_S
    days = np.arange(first_day, (last_s - from_s) // DAY_S + 1)
    is_counted = np.ones(days.size, np.bool_) if calendar is None else calendar.day_type_of_day(days) == 0
    return _Days(*days_at_places(first, place, start, end, from_s, to_s, is_counted, first_day))


def _anchor(
    days_at: _Days, avoid: NDArray[np.int32], sight: _Sight, params: AnchorParams
) -> tuple[NDArray[np.int32], NDArray[np.float64], NDArray[np.int64]]:
    """Best place of each user, -1 where there is too little to tell; its share of active days; its H3 cell or 0."""
    lon, lat, radius_m = sight.lon, sight.lat, sight.radius_m
    best, days, active = most_frequented(
        days_at.first, days_at.place, days_at.seen, avoid, lon, lat, radius_m
    )
    share = days / np.maximum(active, 1)
    enough = (days >= params.min_days) & (share >= params.min_confidence)
    anchor = np.where(enough, best, -1).astype(np.int32)
    return anchor, share, _h3_of(days_at, anchor, sight, params.min_h3_confidence)


def _h3_of(
    days_at: _Days, anchor: NDArray[np.int32], sight: _Sight, min_confidence: float
) -> NDArray[np.int64]:
    """H3 cell of each anchor from the days at it and at cells beside it; 0 where it is not sure enough."""
    found = np.zeros(anchor.size, np.int64)
    if sight.ground is None or not (anchor >= 0).any():
        return found
    first, cell, days = cells_about(
        days_at.first, days_at.place, days_at.seen, anchor, sight.lon, sight.lat, sight.radius_m
    )
    h3, probability = sight.ground.place(first, cell, days)
    return np.where(probability >= min_confidence, h3, 0)


def _is_no_person(
    stays: pa.Table,
    first: NDArray[np.int64],
    active: NDArray[np.int64],
    days: int,
    sight: _Sight,
    params: AnchorParams,
) -> NDArray[np.bool_]:
    """Which users, with stays from `first` on, are machines (alarms, tills, meters) or busier than a person.

    `active` are the days of each with a stay, `days` those of all.
    """
    if active.size == 0:
        return np.zeros(0, np.bool_)
    still = never_moved(first, stays["place"].to_numpy(), sight.lon, sight.lat, sight.radius_m)
    events = np.add.reduceat(stays["events"].to_numpy(), first[:-1], dtype=np.int64)
    machine = still & (events / days >= params.machine_events_per_day)
    return np.asarray(machine | (events / np.maximum(active, 1) > params.max_events_per_day))


def residents_by_cell(found: pa.Table) -> NDArray[np.int64]:
    """Rows of (window, home cell, users); the cell is -1 for users without a known home."""
    found = found.filter(pc.greater(found["weight"], 0.0))
    homes = found.set_column(found.schema.get_field_index("home"), "home", pc.fill_null(found["home"], -1))
    counted = homes.group_by(["window", "home"]).aggregate([("user", "count")])
    columns = (counted[name].to_numpy() for name in ("window", "home", "user_count"))
    return np.column_stack([np.asarray(column, np.int64) for column in columns])


def _by_window(reports: list[dict[str, Any]], cells: int) -> dict[int, NDArray[np.int64]]:
    """Users by home cell for each window; one element more, the last, for users without a home."""
    residents: dict[int, NDArray[np.int64]] = {}
    for report in reports:
        for window, home, users in report["residents"]:
            residents.setdefault(window, np.zeros(cells + 1, np.int64))[home] += users
    return residents


def with_weights(found: pa.Table, weight: dict[int, NDArray[np.float64]]) -> pa.Table:
    """Put each user's expansion weight in place; who stands for nobody goes on doing so."""
    window = found["window"].to_numpy()
    home = pc.fill_null(found["home"], -1).to_numpy()
    stands = found["weight"].to_numpy()
    column = np.ones(found.num_rows)
    for w, by_cell in weight.items():
        rows = window == w
        column[rows] = by_cell[home[rows]] * stands[rows]
    at = found.schema.get_field_index("weight")
    return tables.ANCHORS.conform(found.set_column(at, "weight", pa.array(column)))
