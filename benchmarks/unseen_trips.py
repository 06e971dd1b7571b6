"""Trips that the published OD matrix of a simulated city lacks, by distance, and what planning adds of them.

Takes the cities of `benchmarks.flaws`, which count the true trips of everybody between cells of H3 resolution 8:

    python -m benchmarks.flaws --seeds 1 --folder work/flaws
    python -m benchmarks.unseen_trips work/flaws/1-100000
"""

import argparse
import sys
from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path

import h3
import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from jobs.transit.params import TransitParams
from jobs.transit.short_trips import with_short_trips
from jobs.transit.withheld import completed
from pipelines.workspace import Workspace

BANDS_KM = (0.0, 1.0, 2.0, 3.0, 4.0, 6.0, 8.0, 10.0, 14.0, 20.0)
_DAY_TYPE = "weekday"


def by_band(od: pa.Table) -> np.ndarray:
    """Trips of an average weekday between different cells, by the distance of their centres."""
    rows = od.filter(pc.equal(od["day_type"], _DAY_TYPE))
    ends = np.stack([rows[end].to_numpy() for end in ("origin", "destination")])
    cells, at = np.unique(ends, return_inverse=True)
    latlng = np.radians([h3.cell_to_latlng(h3.int_to_str(int(cell))) for cell in cells])
    (lat_a, lon_a), (lat_b, lon_b) = (latlng[end].T for end in at.reshape(ends.shape))
    east = (lon_b - lon_a) * np.cos((lat_a + lat_b) / 2.0)
    km = 6371.0 * np.hypot(east, lat_b - lat_a)
    moves = ends[0] != ends[1]
    trips = rows["population_trips"].to_numpy()
    return np.histogram(km[moves], BANDS_KM, weights=trips[moves])[0]


def table(folder: Path) -> str:
    """The truth and the shares of it that are told, as Markdown."""
    run = Workspace(folder)
    published = run.table("od")
    whole = completed(published, run.table("od_margins"))
    longest = TransitParams().short_trips_km
    truth = by_band(pq.read_table(folder / "before" / "true-od.parquet"))
    steps = [by_band(od) for od in (published, whole, with_short_trips(whole, _DAY_TYPE, longest))]
    lines = [
        "| km | true trips a weekday | published | with what was withheld | with short trips |",
        "|---|---|---|---|---|",
    ]
    bands = [f"{a:g} to {b:g}" for a, b in pairwise(BANDS_KM)]
    for name, true, *found in zip((*bands, "all"), *([*x, x.sum()] for x in (truth, *steps)), strict=True):
        told = " | ".join(f"{trips / true:.0%}" if true else "–" for trips in found)
        lines.append(f"| {name} | {true:,.0f} | {told} |")
    return "\n".join(lines)


def main(arguments: Sequence[str] | None = None) -> None:
    """Print the table of a city."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("folder", type=Path, help="a city of benchmarks.flaws")
    sys.stdout.write(table(parser.parse_args(arguments).folder) + "\n")


if __name__ == "__main__":
    main()
