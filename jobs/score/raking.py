"""The estimate expanded by raking to the true market share of each zone: what knowing it would be worth."""

from dataclasses import replace
from pathlib import Path

import h3.api.basic_int as h3
import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from jobs.anchors import residents_by_cell, with_weights
from jobs.counting.expansion import Membership, home_cell_weights, membership_of
from jobs.score.counting import Finished
from jobs.score.people import Linked
from jobs.score.truth import points_of, read_truth, truth_file

Floats = NDArray[np.float64]


def raked_anchors(run: Finished, folder: Path, known: Linked) -> dict[str, pa.Table] | None:
    """Anchors of each file of users with weights by raking; None where zones or true homes are not known."""
    homes = read_truth(folder, "homes", ("person",))
    if homes is None or run.zones.num_rows == 0:
        return None
    plain = membership_of(run.cells, run.zones)
    share = _market_share(run.zones, homes, str(truth_file(folder, "homes")), known, plain)
    membership = replace(plain, market_share=share)
    anchors = {file.name: _unweighted(run.store.read_table(file)) for file in run.files["anchors"]}
    residents: dict[int, NDArray[np.int64]] = {}
    for found in anchors.values():
        for window, home, users in residents_by_cell(found).tolist():
            residents.setdefault(window, np.zeros(run.cells.num_rows + 1, np.int64))[home] += users
    weights = {window: home_cell_weights(users, membership) for window, users in residents.items()}
    return {name: with_weights(found, weights) for name, found in anchors.items()}


def _unweighted(anchors: pa.Table) -> pa.Table:
    """Weight 1 for who stands for anybody, else 0."""
    at = anchors.schema.get_field_index("weight")
    return anchors.set_column(at, "weight", pc.greater(anchors["weight"], 0.0).cast(pa.float64()))


def _market_share(
    zones: pa.Table, homes: pa.Table, where: str, known: Linked, membership: Membership
) -> Floats:
    """Share of the true persons of each zone, by the fine H3 cell of their homes, who are subscribers."""
    assert membership.names is not None
    points = points_of(homes, where)
    resolution = h3.get_resolution(int(zones["h3"][0].as_py()))
    home = points.h3(resolution)[points.at]
    order = np.argsort(zones["h3"].to_numpy())
    fine = zones["h3"].to_numpy()[order]
    at = np.minimum(np.searchsorted(fine, home), fine.size - 1)
    inside = fine[at] == home
    names = zones["zone"].to_numpy(zero_copy_only=False).astype(str)[order]
    zone = np.searchsorted(membership.names, names)[at]
    subscribes = np.isin(homes["person"].to_numpy(), known.person)
    people = np.bincount(zone[inside], minlength=membership.names.size)
    users = np.bincount(zone[inside & subscribes], minlength=membership.names.size)
    share = np.divide(users, people, out=np.full(people.size, np.nan), where=people > 0)
    return np.asarray(share, np.float64)
