"""Homes and works of subscribers whose truth is known, beside those that were found."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import h3.api.basic_int as h3
import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from jobs.ground.footprints import coarser, h3_of
from jobs.identity.pseudonyms import canonical_ids, pseudonymise, window_pads
from jobs.score.truth import end_points, points_of, read_truth, truth_file

Floats = NDArray[np.float64]
Integers = NDArray[np.int64]

_METRES_A_DEGREE = 111_195.0


@dataclass(frozen=True, eq=False)
class Linked:
    """Persons of the truth by the pseudonym that they have in the workspace."""

    user: NDArray[np.uint64]
    """Ascending."""
    person: Integers

    def person_of(self, user: NDArray[np.uint64]) -> Integers:
        """Person behind each pseudonym, -1 where none is known."""
        if self.user.size == 0:
            return np.full(user.size, -1)
        near = np.minimum(np.searchsorted(self.user, user), self.user.size - 1)
        return np.where(self.user[near] == user, self.person[near], -1)


def linked(folder: Path, key: bytes, windows: list[int]) -> Linked | None:
    """Persons by pseudonym over all windows, from ``key.parquet`` (person, msisdn); None without that file."""
    table = read_truth(folder, "key", ("person", "msisdn"))
    if table is None:
        return None
    ids = canonical_ids(table["msisdn"].cast(pa.string()).combine_chunks(), "msisdn")
    person = np.asarray(table["person"].to_numpy(), np.int64)[ids.good]
    users = [pseudonymise(ids, window_pads(key, w))[:, 0][ids.good] for w in windows]
    user = np.concatenate(users)
    order = np.argsort(user)
    return Linked(user[order], np.tile(person, len(windows))[order])


def score_anchors(
    folder: Path, known: Linked, anchors: pa.Table, cells: pa.Table, resolutions: tuple[int, ...]
) -> dict[str, Any]:
    """Share of users answered for, and of the answers that are right, for homes and works."""
    person = known.person_of(anchors["user"].to_numpy())
    told: dict[str, Any] = {}
    for kind in ("home", "work"):
        truth = read_truth(folder, f"{kind}s", ("person",))
        if truth is not None:
            told[kind] = _score_kind(folder, kind, truth, person, anchors, cells, resolutions)
    return told


def _score_kind(
    folder: Path,
    kind: str,
    truth: pa.Table,
    person: Integers,
    anchors: pa.Table,
    cells: pa.Table,
    resolutions: tuple[int, ...],
) -> dict[str, Any]:
    where = str(truth_file(folder, f"{kind}s"))
    place = np.full(max(int(pc.max(truth["person"]).as_py()), int(person.max(initial=0))) + 1, -1)
    place[truth["person"].to_numpy()] = np.arange(truth.num_rows)
    row = np.where(person >= 0, place[np.maximum(person, 0)], -1)
    answer = f"{kind}_h3" if _is_estimated(kind, anchors) else kind
    answered = anchors[answer].is_valid().to_numpy(zero_copy_only=False)
    found, both = _found(kind, anchors, cells), answered & (row >= 0)
    points = points_of(truth, where)
    true_lon, true_lat = end_points(truth, "", where)
    lon, lat = (cells[c].to_numpy()[found.cell[both]] for c in ("lon", "lat"))
    away_m = _METRES_A_DEGREE * np.hypot(
        (lon - true_lon[row[both]]) * np.cos(np.radians(lat)), lat - true_lat[row[both]]
    )
    right = {}
    for resolution in resolutions:
        true = points.h3(resolution)[points.at][row[both]]
        right[str(resolution)] = _mean(found.h3_at(resolution)[both] == true)
    return {
        "users": int((person >= 0).sum()),
        "with_truth": int((row >= 0).sum()),
        "answered": _mean(answered[row >= 0]),
        "answered_without_truth": _mean(answered[(row < 0) & (person >= 0)]),
        "right": right,
        "median_error_m": float(np.median(away_m)) if away_m.size else float("nan"),
    }


@dataclass(frozen=True, eq=False)
class _Found:
    cell: Integers
    site_h3: Integers
    h3: Integers | None
    """Estimated H3 cell; None or 0 where there is none."""
    resolution: int

    def h3_at(self, resolution: int) -> Integers:
        """H3 cell of the estimate; that of the cell's site where none was made, or a coarser one."""
        site = coarser(self.site_h3, resolution)
        if self.h3 is None or resolution > self.resolution:
            return site
        known = self.h3 > 0
        site[known] = coarser(self.h3[known], resolution)
        return site


def _found(kind: str, anchors: pa.Table, cells: pa.Table) -> _Found:
    cell = np.asarray(pc.fill_null(anchors[kind], 0).to_numpy(), np.int64)
    site = h3_of(cells["lon"].to_numpy(), cells["lat"].to_numpy(), 10)[cell]
    if not _is_estimated(kind, anchors):
        return _Found(cell, site, None, 0)
    estimated = np.asarray(pc.fill_null(anchors[f"{kind}_h3"], 0).to_numpy(), np.int64)
    some = estimated[estimated > 0][:1]
    return _Found(cell, site, estimated, h3.get_resolution(int(some[0])) if some.size else 0)


def _is_estimated(kind: str, anchors: pa.Table) -> bool:
    """Whether H3 cells were estimated: they need zones."""
    return f"{kind}_h3" in anchors.column_names and anchors[f"{kind}_h3"].null_count < anchors.num_rows


def _mean(claims: NDArray[np.bool_]) -> float:
    return float(claims.mean()) if claims.size else float("nan")
