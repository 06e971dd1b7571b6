"""Eurostat's synthetic persons: what their generator planted is read from the true positions of its events.

A person of that generator dwells at exact points (the same longitude and latitude in each event) and moves on
straight lines between them. So the point that a person is at most often by night is the home, a run of events at
one point is a dwell, and the cell that most events at a point have is the cell that serves it.
"""

from pathlib import Path

import numpy as np
import pandas as pd
import pyarrow as pa
import pytest
from cdr_builders import utc

from jobs import tables
from jobs.anchors import AnchorParams, anchors_of
from jobs.calendars.days import CalendarParams
from jobs.engine.columns import epoch_seconds
from jobs.stays import StayParams, stays_of
from kernels.presence import user_hours

HOUR = 3600
CALENDAR = CalendarParams(zone="Europe/Madrid")


def read(folder: Path, columns: list[str]) -> pd.DataFrame:
    return pd.concat([pd.read_parquet(file, columns=columns) for file in sorted(folder.rglob("*.parquet"))])


@pytest.fixture(scope="module")
def network(shared_data):
    folder = shared_data / "cdr_multimno" / "lakehouse" / "bronze" / "mno_network"
    if not folder.is_dir():
        pytest.skip(f"no network in {folder}")
    return (
        read(folder, ["cell_id", "longitude", "latitude"]).drop_duplicates("cell_id").reset_index(drop=True)
    )


@pytest.fixture(scope="module")
def persons(shared_data, network):
    """Clean events in order: user, time (UTC seconds), cell, point (number of the exact true position)."""
    folder = shared_data / "cdr_multimno" / "lakehouse" / "bronze" / "mno_events"
    days = [folder / "year=2023" / "month=1" / f"day={day}" for day in range(1, 10)]
    found = pd.concat(
        [read(day, ["user_id", "timestamp", "cell_id", "longitude", "latitude"]) for day in days]
    )
    found["time"] = pd.to_datetime(found.timestamp, errors="coerce", format="%Y-%m-%d %H:%M:%S")
    found = found.dropna(subset=["user_id", "time", "cell_id", "longitude"])
    found["cell"] = found.cell_id.map(dict(zip(network.cell_id, network.index, strict=True)))
    found = found.dropna(subset=["cell"]).drop_duplicates(["user_id", "time", "cell"])
    local = found.time.dt.tz_localize("Europe/Madrid").dt.tz_convert("UTC")
    found["time"] = (
        local.astype("int64") // 10**9 if local.dt.unit == "ns" else local.astype("int64") // 10**6
    )
    found["user"] = pd.factorize(found.user_id.map(bytes), sort=True)[0]
    found["point"] = found.groupby(["longitude", "latitude"]).ngroup()
    return found.sort_values(["user", "time", "cell"]).reset_index(drop=True)


@pytest.fixture(scope="module")
def events(persons) -> pa.Table:
    columns = {
        "user": persons.user.to_numpy().astype(np.uint64),
        "window": np.zeros(len(persons), np.int32),
        "time": utc(persons.time.tolist()),
        "cell": persons.cell.to_numpy().astype(np.int32),
    }
    return tables.EVENTS.conform(pa.table(columns))


@pytest.fixture(scope="module")
def stays(events, network):
    return stays_of(events, network.longitude.to_numpy(), network.latitude.to_numpy(), StayParams())


@pytest.fixture(scope="module")
def cell_of_point(persons):
    return persons.groupby("point").cell.agg(lambda cells: cells.mode().iloc[0])


def near(network, a, b, within_m=1000):
    """Whether two cells are beside each other: a point between them is served by both."""
    lon, lat = network.longitude.to_numpy(), network.latitude.to_numpy()
    away = np.hypot((lon[a] - lon[b]) * np.cos(np.radians(40.4)), lat[a] - lat[b]) * 111_195
    return away <= within_m


def test_homes_are_where_the_generator_put_them(persons, stays, network, cell_of_point):
    found = anchors_of(
        stays, network.longitude.to_numpy(), network.latitude.to_numpy(), CALENDAR, AnchorParams()
    )
    hour = (persons.time // HOUR + 1) % 24  # Madrid in January
    nights = persons[(hour < 6) | (hour >= 23)]
    planted = nights.groupby("user").point.agg(lambda points: points.mode().iloc[0])
    user = found["user"].to_numpy().astype(int)
    home = found["home"].fill_null(-1).to_numpy()
    known = np.isin(user, planted.index) & (home >= 0)
    assert known.mean() > 0.85
    true = cell_of_point[planted[user[known]]].to_numpy().astype(int)
    assert near(network, home[known], true).mean() > 0.9


def test_long_dwells_are_stays_and_stays_are_at_dwells(persons, stays, network, cell_of_point):
    run = (persons[["user", "point"]].diff() != 0).any(axis=1).cumsum()
    dwell = persons.groupby(run).agg(
        user=("user", "first"), point=("point", "first"), start=("time", "min"), end=("time", "max")
    )
    dwell = dwell[dwell.end - dwell.start >= HOUR]
    found = pd.DataFrame(
        {
            "user": stays["user"].to_numpy().astype(int),
            "place": stays["place"].to_numpy(),
            "start": epoch_seconds(stays["start"]),
            "end": epoch_seconds(stays["end"]),
        }
    )
    both = (
        dwell.reset_index(drop=True)
        .reset_index(names="dwell")
        .merge(found, on="user", suffixes=("", "_found"))
    )
    both = both[(both.start < both.end_found) & (both.end > both.start_found)]
    true = cell_of_point[both.point].to_numpy().astype(int)
    right = both[near(network, both.place.to_numpy(), true)]
    assert right.dwell.nunique() / len(dwell) > 0.9


def test_presence_is_at_the_cell_of_the_true_point(persons, events, network, cell_of_point):
    user, time = events["user"].to_numpy(), epoch_seconds(events["time"])
    event, hour, cell = user_hours(user, time, events["cell"].to_numpy())
    places = (
        persons.assign(hour=persons.time // HOUR)
        .groupby(["user", "hour"])
        .point.agg(lambda p: p.mode().iloc[0])
    )
    true = cell_of_point[places[list(zip(user[event].astype(int), hour, strict=True))]].to_numpy().astype(int)
    assert near(network, cell, true).mean() > 0.9
