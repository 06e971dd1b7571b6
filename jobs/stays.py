"""Events to stays: ping-pong removed, visits clustered, passing by told from dwelling."""

from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray
from pydantic import Field

from jobs import tables
from jobs.engine.blocks import run_tasks
from jobs.engine.columns import epoch_seconds, timestamps
from jobs.engine.store import Store, StoredFile
from jobs.ground.places import PlaceParams
from kernels.stays import (
    ends_of_visits,
    events_of_stays,
    is_stay,
    merge_same_place,
    visits,
    without_ping_pong,
)

if TYPE_CHECKING:
    from pyspark import SparkContext


_READ = ["user", "window", "time", "cell"]


class StayParams(PlaceParams):
    """When events at one place make a stay."""

    ping_pong_s: int = Field(600, ge=0, description="A-B-A between cells within these seconds is one place")
    max_gap_s: int = Field(6 * 3600, gt=0, description="a longer silence (seconds) ends a visit")
    min_dwell_s: int = Field(1_200, ge=0, description="shortest stay (seconds), seen or possible")
    travel_speed_kmh: float = Field(
        15, gt=0, description="door-to-door speed (km/h) for the time that a person can have spent at a place"
    )


def stays(
    spark: "SparkContext",
    store: Store,
    build: str,
    events: list[StoredFile],
    cells: pa.Table,
    params: StayParams,
) -> list[StoredFile]:
    """Find the stays of each file of events: users are whole in a file, so files are independent."""
    lon, lat = positions(cells)
    radius_m = params.radii(lon, lat)

    def work(given: dict[str, Any]) -> dict[str, Any]:
        found = stays_of(store.read_table(given["path"], columns=_READ), lon, lat, params, radius_m)
        return store.write_table(f"tables/stays/{build}", given["name"], found).as_json()

    reports = run_tasks(spark, [file.as_json() for file in events], work)
    return [StoredFile.from_json({k: v for k, v in r.items() if k != "number"}) for r in reports]


def positions(cells: pa.Table) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Longitude and latitude of each cell by its index, degrees; NaN where unknown."""
    lon, lat = (cells[name].to_numpy() for name in ("lon", "lat"))
    return np.ascontiguousarray(lon, np.float64), np.ascontiguousarray(lat, np.float64)


def stays_of(
    events: pa.Table,
    lon: NDArray[np.float64],
    lat: NDArray[np.float64],
    params: StayParams,
    radius_m: NDArray[np.float64] | None = None,
) -> pa.Table:
    """Stays of events that are sorted by user and time, as rows of the `stays` table.

    `radius_m` is `params.radii` of the cells, where it is known already.
    """
    user, time = events["user"].to_numpy(), epoch_seconds(events["time"])
    radius_m = params.radii(lon, lat) if radius_m is None else radius_m
    cell = without_ping_pong(user, time, events["cell"].to_numpy(), params.ping_pong_s)
    starts, place = visits(user, time, cell, lon, lat, radius_m, params.max_gap_s)
    who, start, end = ends_of_visits(user, time, starts)
    dwelt = is_stay(who, start, end, place, lon, lat, params.min_dwell_s, params.travel_speed_kmh / 3.6)
    # A passing-by may have parted what is one stay.
    first, last = merge_same_place(who, place, end, start, dwelt, lon, lat, radius_m, params.max_gap_s)
    found = {
        "user": who.take(first),
        "window": events["window"].to_numpy().take(starts.take(first)),
        "place": place.take(first),
        "start": timestamps(start.take(first)),
        "end": timestamps(end.take(last)),
        "events": events_of_stays(starts, dwelt, first, last),
    }
    return tables.STAYS.conform(pa.table(found))
