"""Events to stays: ping-pong removed, visits clustered, passing by told from dwelling."""

from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray
from pydantic import Field

from jobs import tables
from jobs.blocks import run_tasks
from jobs.columns import epoch_seconds, timestamps
from jobs.places import PlaceParams
from jobs.store import Store, StoredFile
from kernels.stays import is_stay, main_cells, merge_same_place, visits, without_ping_pong

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

    def work(given: dict[str, Any]) -> dict[str, Any]:
        found = stays_of(store.read_table(given["path"], columns=_READ), lon, lat, params)
        return store.write_table(f"tables/stays/{build}", given["name"], found).as_json()

    reports = run_tasks(spark, [file.as_json() for file in events], work)
    return [StoredFile.from_json({k: v for k, v in r.items() if k != "number"}) for r in reports]


def positions(cells: pa.Table) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Longitude and latitude of each cell by its index, degrees; NaN where unknown."""
    lon, lat = (cells[name].to_numpy() for name in ("lon", "lat"))
    return np.ascontiguousarray(lon, np.float64), np.ascontiguousarray(lat, np.float64)


def stays_of(
    events: pa.Table, lon: NDArray[np.float64], lat: NDArray[np.float64], params: StayParams
) -> pa.Table:
    """Stays of events that are sorted by user and time, as rows of the `stays` table."""
    user, time = events["user"].to_numpy(), epoch_seconds(events["time"])
    radius_m = params.radii(lon, lat)
    cell = without_ping_pong(user, time, events["cell"].to_numpy(), params.ping_pong_s)
    starts = visits(user, time, cell, lon, lat, radius_m, params.max_gap_s)
    first, last = starts[:-1], starts[1:] - 1
    place = main_cells(cell, starts)
    dwelt = is_stay(
        user[first],
        time[first],
        time[last],
        place,
        lon,
        lat,
        params.min_dwell_s,
        params.travel_speed_kmh / 3.6,
    )
    window = events["window"].to_numpy()
    visited = {
        "user": user[first][dwelt],
        "window": window[first][dwelt],
        "place": place[dwelt],
        "start": time[first][dwelt],
        "end": time[last][dwelt],
        "events": (last - first + 1)[dwelt].astype(np.int32),
    }
    return _merged(visited, lon, lat, radius_m, params.max_gap_s)


def _merged(
    visit: dict[str, NDArray[Any]],
    lon: NDArray[np.float64],
    lat: NDArray[np.float64],
    radius_m: NDArray[np.float64],
    max_gap_s: int,
) -> pa.Table:
    """Join consecutive stays at one place, which a passing-by may have parted."""
    group = merge_same_place(
        visit["user"],
        visit["place"],
        visit["end"],
        visit["start"],
        lon,
        lat,
        radius_m,
        max_gap_s,
    )
    first = np.flatnonzero(np.diff(group, prepend=-1))
    last = np.append(first[1:], group.size) - 1 if first.size else first
    events = np.add.reduceat(visit["events"], first) if first.size else visit["events"]
    merged = {
        "user": visit["user"][first],
        "window": visit["window"][first],
        "place": visit["place"][first],
        "start": timestamps(visit["start"][first]),
        "end": timestamps(visit["end"][last]),
        "events": events.astype(np.int32),
    }
    return tables.STAYS.conform(pa.table(merged))
