"""Presence by H3 cell and hour beside the truth."""

from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from jobs.score.measures import bias, common_part
from jobs.score.truth import read_truth


def score_presence(folder: Path, presence: pa.Table, resolution: int) -> dict[str, Any]:
    """Compare the persons of `presence` with those of ``presence.parquet``; empty without that table.

    `distribution` compares shares of each hour's persons: an hour without a signal is unknown, so that
    `presence` counts those who were seen, and its sum follows the hours at which people call.
    """
    truth = read_truth(folder, "presence", ("h3", "hour", "population"))
    if truth is None or presence.num_rows == 0:
        return {}
    if "resolution" in truth.column_names:
        truth = truth.filter(pc.equal(truth["resolution"], resolution))
    seconds = pa.timestamp("s", tz="UTC")
    keyed = [
        t.select(["h3", "hour", "population"]).set_column(1, "hour", t["hour"].cast(seconds, safe=False))
        for t in (truth, presence)
    ]
    both = keyed[0].join(keyed[1], ["h3", "hour"], join_type="full outer", right_suffix="_found")
    both = both.sort_by(
        [("h3", "ascending"), ("hour", "ascending")]
    )  # a join has no order, sums of floats have
    true, found = (
        np.asarray(pc.fill_null(both[c], 0.0).to_numpy(), np.float64)
        for c in ("population", "population_found")
    )
    hour = np.unique(both["hour"].cast(pa.int64()).to_numpy(), return_inverse=True)[1]
    shares = []
    for figures in (true, found):
        total = np.bincount(hour, figures)[hour]
        shares.append(np.divide(figures, total, out=np.zeros_like(figures), where=total > 0))
    return {
        "resolution": resolution,
        "bias": bias(true, found),
        "cpc": common_part(true, found),
        "distribution": common_part(*shares),
    }
