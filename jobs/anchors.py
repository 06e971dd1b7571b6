"""Stays to anchors: home and work with a confidence, or none; and how many persons each user stands for."""

from typing import TYPE_CHECKING, Annotated, Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray
from pydantic import AfterValidator, Field

from jobs import tables
from jobs.blocks import run_tasks
from jobs.calendar import DAY_S, HOUR_S, CalendarParams
from jobs.columns import epoch_seconds
from jobs.params import Params
from jobs.stays import positions
from jobs.store import Store, StoredFile
from kernels.anchors import most_frequented, overlap_days

if TYPE_CHECKING:
    from pyspark.sql import SparkSession


def _part_of_a_day(hours: tuple[float, float]) -> tuple[float, float]:
    start, end = hours
    if not 0 <= start < end <= 48 or end - start > 24:
        raise ValueError(
            f"[{start:g}, {end:g}] is no part of a day: hours go from 0 to 48, the first before the second; "
            "7 in the morning after is 31"
        )
    return hours


Hours = Annotated[tuple[float, float], AfterValidator(_part_of_a_day)]


class AnchorParams(Params):
    """When a place is a home or a workplace."""

    night: Hours = Field((20, 31), description="hours of the night, local; 31 is 7 in the morning")
    work_hours: Hours = Field((9, 17), description="hours of work on weekdays, local")
    radius_m: float = Field(1_000, ge=0, description="cells this near (metres) count as one place")
    min_days: int = Field(3, ge=1, description="nights or working days seen at the place at the least")
    min_confidence: float = Field(
        0.4, ge=0, le=1, description="share of the active nights or working days at the place at the least"
    )


def anchors(
    spark: "SparkSession",
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

    def find(given: dict[str, Any]) -> dict[str, Any]:
        found = anchors_of(store.read_table(given["path"]), lon, lat, calendar, params)
        file = store.write_table(f"tables/anchors/{build}/unweighted", given["name"], found)
        return {"file": file.as_json(), "residents": residents_by_cell(found).tolist()}

    reports = run_tasks(spark, [file.as_json() for file in stays], find)
    residents = _by_window(reports, cells.num_rows)
    weight = {w: home_cell_weights(counted, cells, zones) for w, counted in residents.items()}

    def weigh(given: dict[str, Any]) -> dict[str, Any]:
        found = with_weights(store.read_table(given["path"]), weight)
        file = store.write_table(f"tables/anchors/{build}", given["name"], found)
        return {"file": file.as_json()}

    weighed = run_tasks(spark, [report["file"] for report in reports], weigh)
    files = [StoredFile.from_json(report["file"]) for report in weighed]
    homes = int(sum(counted[:-1].sum() for counted in residents.values()))
    return files, {"homes_found": homes, "users": sum(file.rows for file in files)}


def anchors_of(
    stays: pa.Table,
    lon: NDArray[np.float64],
    lat: NDArray[np.float64],
    calendar: CalendarParams,
    params: AnchorParams,
) -> pa.Table:
    """Anchors of the users of one file of stays; the weight is 1 until zones are known."""
    key, first, rank = np.unique(stays["user"].to_numpy(), return_index=True, return_inverse=True)
    start = calendar.clock.to_local(epoch_seconds(stays["start"]))
    end = calendar.clock.to_local(epoch_seconds(stays["end"]))
    place = stays["place"].to_numpy()
    nowhere = np.full(key.size, -1, np.int32)
    home, home_share = _anchor(rank, place, *_rows(start, end, params.night), nowhere, lon, lat, params)
    stay, day = _rows(start, end, params.work_hours)
    working = calendar.day_type_of_day(day) == 0
    work, work_share = _anchor(rank, place, stay[working], day[working], home, lon, lat, params)
    _, active_day = overlap_days(start, end, 0, DAY_S)
    active = _distinct_days(rank[overlap_days(start, end, 0, DAY_S)[0]], active_day, key.size)
    found = {
        "user": key,
        "window": stays["window"].to_numpy()[first],
        "home": pa.array(home, mask=home < 0),
        "work": pa.array(work, mask=work < 0),
        "home_confidence": home_share,
        "work_confidence": work_share,
        "active_days": active.astype(np.int32),
        "weight": np.ones(key.size),
    }
    return tables.ANCHORS.conform(pa.table(found))


def _rows(
    start: NDArray[np.int64], end: NDArray[np.int64], hours: Hours
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    return overlap_days(start, end, int(hours[0] * HOUR_S), int(hours[1] * HOUR_S))


def _anchor(
    rank: NDArray[np.int64],
    place: NDArray[np.int32],
    stay: NDArray[np.int64],
    day: NDArray[np.int64],
    avoid: NDArray[np.int32],
    lon: NDArray[np.float64],
    lat: NDArray[np.float64],
    params: AnchorParams,
) -> tuple[NDArray[np.int32], NDArray[np.float64]]:
    """Best place of each user, -1 where there is too little to tell, and its share of active days."""
    order = np.argsort(rank[stay], kind="stable")
    stay, day = stay[order], day[order]
    best, days, active = most_frequented(
        rank[stay], place[stay], day, avoid.size, avoid, lon, lat, params.radius_m
    )
    share = days / np.maximum(active, 1)
    enough = (days >= params.min_days) & (share >= params.min_confidence)
    return np.where(enough, best, -1).astype(np.int32), share


def _distinct_days(rank: NDArray[np.int64], day: NDArray[np.int64], users: int) -> NDArray[np.int64]:
    # One number for each pair: to order pairs as rows takes twice as long.
    first, span = (int(day.min()), int(np.ptp(day)) + 1) if day.size else (0, 1)
    pairs = np.unique(rank * span + (day - first))
    return np.bincount(pairs // span, minlength=users)


def residents_by_cell(found: pa.Table) -> NDArray[np.int64]:
    """Rows of (window, home cell, users); the cell is -1 for users without a known home."""
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


def home_cell_weights(residents: NDArray[np.int64], cells: pa.Table, zones: pa.Table) -> NDArray[np.float64]:
    """Persons that a user with home at each cell stands for: its zone's people by its residents.

    Users without a known home live in some zone too. They are shared over the zones as those with a
    home are, so that all weights together are the population of the zones in which anybody has a home.

    Parameters
    ----------
    residents : int64[cells + 1], users of a window by home cell, the last without a known home.

    Returns
    -------
    float64[cells + 1]; a user without a home, or with one outside all zones, stands for the mean.
    All are 1 when no zones are given.
    """
    if zones.num_rows == 0:
        return np.ones(residents.size)
    # Threads would add floats in an order that changes from run to run.
    people = zones.group_by("zone", use_threads=False).aggregate([("population", "sum")])
    population = dict(zip(people["zone"].to_pylist(), people["population_sum"].to_pylist(), strict=True))
    zone = np.array([*cells["zone"].fill_null("").to_pylist(), ""], object)
    settled, homeless = int(residents[zone != ""].sum()), int(residents[-1])
    share_settled = settled / max(settled + homeless, 1)
    weights = np.full(residents.size, np.nan)
    for name in set(zone) - {""}:
        inside = zone == name
        weights[inside] = population[name] * share_settled / max(int(residents[inside].sum()), 1)
    known = np.isfinite(weights)
    mean = (weights[known] * residents[known]).sum() / settled if settled else 1.0
    return np.where(known, weights, mean)


def with_weights(found: pa.Table, weight: dict[int, NDArray[np.float64]]) -> pa.Table:
    """Put each user's expansion weight in place."""
    window = found["window"].to_numpy()
    home = pc.fill_null(found["home"], -1).to_numpy()
    column = np.ones(found.num_rows)
    for w, by_cell in weight.items():
        rows = window == w
        column[rows] = by_cell[home[rows]]
    at = found.schema.get_field_index("weight")
    return tables.ANCHORS.conform(found.set_column(at, "weight", pa.array(column)))
