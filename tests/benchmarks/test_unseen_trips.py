"""Trips by distance, on a matrix that can be added up by hand."""

import pyarrow as pa

from benchmarks.unseen_trips import BANDS_KM, by_band
from tests.jobs.transit.towns import h3_at, od_table


def test_trips_are_counted_by_the_distance_of_their_cells() -> None:
    here, next_door, far = h3_at(0, 0), h3_at(0, 2400), h3_at(9000, 0)
    weekday = od_table(
        [(here, here, "midday", 50.0), (here, next_door, "midday", 7.0), (far, here, "midday", 4.0)]
    )
    sunday = od_table([(here, far, "midday", 90.0)], "sunday")
    found = by_band(pa.concat_tables([weekday, sunday]))
    told = dict(zip(BANDS_KM, found, strict=False))
    assert (told[2.0], told[8.0]) == (7.0, 4.0)
    assert found.sum() == 11.0
