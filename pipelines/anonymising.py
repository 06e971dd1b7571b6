"""k-anonymous traces of a workspace: read, group, merge, write, prove."""

import secrets
from pathlib import Path
from typing import Any

import numpy as np

from jobs.errors import InputError, PrivacyGate
from jobs.privacy.glove import (
    GloveParams,
    anonymised,
    grounds_of_points,
    habits_of,
    quality,
    samples_of,
)
from jobs.privacy.released_boxes import proof_of_k, read_boxes, released_table, write_boxes
from jobs.privacy.traces import sampled
from pipelines.audited import Audited


def anonymise(workspace: str | Path, file: Path, params: GloveParams, users: int | None) -> dict[str, Any]:
    """Write k-anonymous traces of one window of a workspace.

    Parameters
    ----------
    users : people drawn at random; None for all.

    Returns
    -------
    what it cost, and the proof of k from the written file.

    Raises
    ------
    InputError
        There are fewer people than k, or no cell has a position.
    PrivacyGate
        The written file does not prove k; it is deleted.
    """
    audited = Audited(workspace, None)
    cells = audited.workspace.table("cells")
    if cells["lon"].null_count:
        raise InputError("cells have no position", "cells", "give a cell plan with lon and lat")
    seed = secrets.randbits(62)
    traces = audited.raw
    if users is not None:
        traces = traces.of_users(sampled(traces.users, users, seed))
    ground = grounds_of_points(cells["lon"].to_numpy(), cells["lat"].to_numpy())
    samples = samples_of(traces, ground, params.time_step_s)
    present = int((np.diff(samples.start) > 0).sum())
    if present < params.k:
        raise InputError(f"{present} traces cannot make a group of {params.k}", str(workspace), "lower --k")
    made = anonymised(samples, habits_of(traces, samples, ground), params)
    order = np.random.default_rng(secrets.randbits(128)).permutation(made.box_start.size - 1)
    write_boxes(released_table(samples, made, order), file)
    proof = proof_of_k(read_boxes(file))
    if proof["users"] and proof["smallest_group"] < params.k:
        file.unlink()
        raise PrivacyGate(
            f"a trace is shared by {proof['smallest_group']} only", str(file), "report this bug"
        )
    return {"file": str(file), "quality": quality(samples, made, params.k), "proof": proof}
