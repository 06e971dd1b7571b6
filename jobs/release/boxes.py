"""k-anonymous traces of a bundle: the traces of each group of persons are coarsened until they are equal."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import h3.api.basic_int as h3
import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from jobs.calendars.localtime import Zone
from jobs.engine.columns import epoch_seconds
from jobs.engine.store import Store, StoredFile
from jobs.errors import PrivacyGate
from jobs.privacy.glove import Anonymous, GloveParams, anonymised, habits_of, quality, samples_of
from jobs.privacy.released_boxes import MEMBERS, proof_of_k, read_boxes, released_table
from jobs.privacy.traces import Traces
from jobs.release.layouts import parquet_bytes
from jobs.release.places import Places
from jobs.release.recipients import Copy
from jobs.release.sample import Draw, Sample, window_of


@dataclass(frozen=True, eq=False)
class BoxSet:
    """How k-anonymous traces are written.

    Attributes
    ----------
    ground : float64[sites, 4], from `ground_of_sites`; files : of each window, path in `data/`.
    """

    draw: Draw
    sample: Sample
    site_of_cell: NDArray[np.int64]
    ground: NDArray[np.float64]
    params: GloveParams
    files: dict[int, str]


def ground_of_sites(places: Places) -> NDArray[np.float64]:
    """West, east, south and north of each site: of its hexagon, or of the point where it is a cell's.

    A hexagon stands with its whole ground, so that boxes do not tell where in it an antenna is.
    """
    lon, lat = (places.sites[axis].to_numpy(zero_copy_only=False) for axis in ("lon", "lat"))
    ground = np.stack([lon, lon, lat, lat], 1).astype(np.float64)
    for site, label in enumerate(places.sites["h3"].to_pylist()):
        if label:
            edge = np.array(h3.cell_to_boundary(int(label, 16)))
            ground[site] = edge[:, 1].min(), edge[:, 1].max(), edge[:, 0].min(), edge[:, 0].max()
    return ground


def write_boxes(
    store: Store,
    folder: str,
    events: list[StoredFile],
    boxes: BoxSet,
    clock: Zone,
    copy: Copy,
    say: Callable[[str], None],
) -> dict[str, Any]:
    """Write the k-anonymous traces of each window, and prove k from what was written.

    Groups are formed among all persons drawn, so that they are the same in every copy: what a copy lacks are
    whole groups. Were they formed anew for each recipient, two copies together would tell their members
    apart.

    Returns
    -------
    what it cost, and the proof, by window.

    Raises
    ------
    PrivacyGate
        A window has fewer persons with a place than k, or a written file does not prove k.
    """
    told: list[dict[str, Any]] = []
    for window, name in sorted(boxes.files.items()):
        say(f"k-anonymous traces, window {window}")
        files = [file for file in events if window_of(file) == window]
        table, cost = _window(_drawn(store, files, boxes, window, clock), boxes, window)
        group = table["user_id"].to_numpy() // MEMBERS
        table = table.filter(pa.array(~copy.lacks("boxes", group.astype(np.int32))))
        path = f"{folder}/data/{name}"
        store.write_bytes(path, parquet_bytes(table))
        proof = proof_of_k(read_boxes(store.read_bytes(path) or b"", path))
        if proof["users"] and proof["smallest_group"] < boxes.params.k:
            raise PrivacyGate(
                f"a trace is shared by {proof['smallest_group']} only", "release.boxes", "report this bug"
            )
        told.append({**cost, "proof": proof})
    return {"k": boxes.params.k, "windows": told}


def _drawn(store: Store, files: list[StoredFile], boxes: BoxSet, window: int, clock: Zone) -> Traces:
    """Traces of the persons drawn, in the order of their keyed rank, where the place is known."""
    parts: list[list[NDArray[Any]]] = []
    for file in files:
        table = store.read_table(file, columns=["user", "time", "cell"])
        user, at = np.unique(table["user"].to_numpy(), return_inverse=True)
        rank = boxes.sample.ids_of(store, window, user)[at]
        site = boxes.site_of_cell[table["cell"].to_numpy()]
        rows = (rank > 0) & (site > 0)
        parts.append([rank[rows], clock.to_local(epoch_seconds(table["time"]))[rows], site[rows]])
    rank, time_s, site = (np.concatenate(column) for column in zip(*parts, strict=True))
    order = np.lexsort((time_s, rank))
    size = np.bincount(rank - 1, minlength=boxes.sample.drawn[window])
    start = np.concatenate([[0], np.cumsum(size)]).astype(np.int64)
    return Traces(start, (site[order] - 1).astype(np.int32), time_s[order], boxes.ground.shape[0])


def _window(traces: Traces, boxes: BoxSet, window: int) -> tuple[pa.Table, dict[str, Any]]:
    samples = samples_of(traces, boxes.ground, boxes.params.time_step_s)
    present = int((np.diff(samples.start) > 0).sum())
    if present < boxes.params.k:
        raise PrivacyGate(
            f"window {window} has {present} persons with a known place: too few for groups of {boxes.params.k}",
            "release.boxes",
            "draw more persons, loosen release.eligibility, or leave out the product `boxes`",
        )
    made = anonymised(samples, habits_of(traces, samples, boxes.ground), boxes.params)
    return released_table(samples, made, _by_lowest_rank(made)), quality(samples, made, boxes.params.k)


def _by_lowest_rank(made: Anonymous) -> NDArray[np.int64]:
    """Groups in the order of the lowest keyed rank among their members: tells nothing of persons."""
    present = np.flatnonzero(made.group >= 0)
    _, first = np.unique(made.group[present], return_index=True)
    return np.argsort(first, kind="stable")
