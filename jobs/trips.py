"""Stays to trips: each with the interval in which it took place and its purpose."""

from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray
from pydantic import Field

from jobs import tables
from jobs.blocks import run_tasks
from jobs.columns import epoch_seconds, timestamps
from jobs.params import Params
from jobs.stays import positions
from jobs.store import Store, StoredFile
from kernels.trips import purposes, trip_origins

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

_PURPOSES = pa.array(["HBW", "HBO", "NHB", None])


class TripParams(Params):
    """Which moves between stays are trips."""

    min_distance_m: float = Field(500, ge=0, description="shorter moves (metres) are none")
    max_interval_s: int = Field(
        8 * 3600, gt=0, description="with more time (seconds) between two stays the trip is not counted"
    )
    anchor_radius_m: float = Field(1_000, ge=0, description="an end this near home or work is home or work")


def trips(
    spark: "SparkSession",
    store: Store,
    build: str,
    stays: list[StoredFile],
    anchors: list[StoredFile],
    cells: pa.Table,
    params: TripParams,
) -> list[StoredFile]:
    """Find the trips of each file of stays; anchors are cut along the same users."""
    lon, lat = positions(cells)

    def work(given: dict[str, Any]) -> dict[str, Any]:
        found = trips_of(
            store.read_table(given["stays"]), store.read_table(given["anchors"]), lon, lat, params
        )
        return store.write_table(f"tables/trips/{build}", given["name"], found).as_json()

    anchor_path = {file.name: file.path for file in anchors}
    inputs = [{"name": f.name, "stays": f.path, "anchors": anchor_path[f.name]} for f in stays]
    reports = run_tasks(spark, inputs, work)
    return [StoredFile.from_json({k: v for k, v in r.items() if k != "number"}) for r in reports]


def trips_of(
    stays: pa.Table,
    anchors: pa.Table,
    lon: NDArray[np.float64],
    lat: NDArray[np.float64],
    params: TripParams,
) -> pa.Table:
    """Trips between consecutive stays, as rows of the `trips` table."""
    user, place = stays["user"].to_numpy(), stays["place"].to_numpy()
    start, end = epoch_seconds(stays["start"]), epoch_seconds(stays["end"])
    at = trip_origins(user, place, start, end, lon, lat, params.min_distance_m, params.max_interval_s)
    purpose = purposes(
        user[at],
        place[at],
        place[at + 1],
        anchors["user"].to_numpy(),
        _cell_or_none(anchors["home"]),
        _cell_or_none(anchors["work"]),
        lon,
        lat,
        params.anchor_radius_m,
    )
    found = {
        "user": user[at],
        "window": stays["window"].to_numpy()[at],
        "origin": place[at],
        "destination": place[at + 1],
        "earliest_departure": timestamps(end[at]),
        "latest_arrival": timestamps(start[at + 1]),
        "purpose": _PURPOSES.take(pa.array(purpose)),
    }
    return tables.TRIPS.conform(pa.table(found))


def _cell_or_none(column: pa.ChunkedArray) -> NDArray[np.int32]:
    return np.asarray(pc.fill_null(column, -1).to_numpy(), np.int32)
