"""Real trips whose truth is exact: bikes of the San Francisco Bay Area, 2014, each end of a trip an event."""

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv as pacsv
import pytest
from cdr_builders import utc

from jobs import tables
from jobs.calendars.days import CalendarParams
from jobs.habits import pooled
from jobs.score.measures import common_part
from jobs.stays import StayParams, stays_of
from jobs.trips import TripParams, moves_of, trips_of

HOUR = 3600
STATION = {"radius_m": 1.0, "neighbours": 0}
"""Docks are points: no two stations are one place."""


@pytest.fixture(scope="module")
def rides(shared_data):
    """Trips of the odd bikes, by start; columns bike, from, to (stations), depart_s, arrive_s."""
    folder = shared_data / "od_real" / "bay_area_bike_2014"
    if not folder.is_dir():
        pytest.skip(f"no bike trips in {folder}")
    stations = pacsv.read_csv(folder / "stations.csv").sort_by("station_id").to_pydict()
    trips = pacsv.read_csv(folder / "trips_2014.csv.gz")
    trips = trips.filter(pc.equal(pc.bit_wise_and(trips["bike_id"], 1), 1))
    ends = {
        name: np.searchsorted(stations["station_id"], trips[column].to_numpy()).astype(np.int32)
        for name, column in (("from", "start_terminal"), ("to", "end_terminal"))
    }
    seconds = {
        name: trips[column].cast(pa.timestamp("s")).cast(pa.int64()).to_numpy()
        for name, column in (("depart_s", "start_date"), ("arrive_s", "end_date"))
    }
    lon, lat = (np.array(stations[axis]) for axis in ("long", "lat"))
    return {"bike": trips["bike_id"].to_numpy().astype(np.uint64), **ends, **seconds, "lon": lon, "lat": lat}


def events_of(rides) -> pa.Table:
    bike = np.concatenate([rides["bike"], rides["bike"]])
    time = np.concatenate([rides["depart_s"], rides["arrive_s"]])
    cell = np.concatenate([rides["from"], rides["to"]])
    order = np.lexsort((np.arange(bike.size), time, bike))
    window = np.zeros(bike.size, np.int32)
    columns = {"user": bike[order], "window": window, "time": utc(time[order].tolist()), "cell": cell[order]}
    return tables.EVENTS.conform(pa.table(columns))


def od_of(origin, destination, stations) -> np.ndarray:
    counts = np.bincount(origin.astype(np.int64) * stations + destination, minlength=stations**2)
    return counts.astype(np.float64)


def test_trips_and_od_of_bikes_are_recovered(rides):
    lon, lat = rides["lon"], rides["lat"]
    how = {"ping_pong_s": 0, "max_gap_s": 24 * HOUR, "min_dwell_s": 0}
    stays = stays_of(events_of(rides), lon, lat, StayParams(**how, **STATION, travel_speed_kmh=10_000))
    nobody = tables.ANCHORS.schema.empty_table()
    # A truck that brings a bike elsewhere moves it too, but long after it was docked.
    params = TripParams(max_interval_s=HOUR, **STATION)
    found = trips_of(moves_of(stays, nobody, params.sight(lon, lat), CalendarParams()), pooled([]))
    elsewhere = rides["from"] != rides["to"]
    true = od_of(rides["from"][elsewhere], rides["to"][elsewhere], lon.size)
    seen = od_of(found["origin"].to_numpy(), found["destination"].to_numpy(), lon.size)
    assert common_part(true, seen) > 0.98
    assert abs(found.num_rows / elsewhere.sum() - 1) < 0.02
