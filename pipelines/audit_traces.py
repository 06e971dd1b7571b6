"""Attacks on traces: each on what was released, and on raw events as its control."""

from typing import Any

import pyarrow as pa

from jobs.engine.columns import epoch_seconds
from jobs.privacy.anchor_sets import anonymity_sets
from jobs.privacy.box_unicity import box_unicity, boxes_of
from jobs.privacy.figures import Finding
from jobs.privacy.linkage import LinkageParams, linkage
from jobs.privacy.released import Bundle, box_files, trace_files
from jobs.privacy.released_boxes import proof_of_k, read_boxes
from jobs.privacy.unicity import UnicityParams, unicity_of
from pipelines.audited import Audited

_RAW_STEP_S = 600
_SURE = 0.9


def audit_unicity(audited: Audited, params: UnicityParams) -> Finding:
    """Unicity of released traces; of raw events at ten minutes and by cell.

    Where only k-anonymous traces are released, points are known as they were, to the second and the cell.
    """
    control = None
    if audited.folder:
        raw = params.model_copy(update={"time_step_s": min(_RAW_STEP_S, params.time_step_s)})
        control = unicity_of(audited.raw, raw)
    most = str(max(params.points))
    sure = control["unicity"][most]["value"] >= _SURE if control else None
    return Finding("unicity", _released_unicity(audited, params), control, sure, params.model_dump())


def _released_unicity(audited: Audited, params: UnicityParams) -> dict[str, Any] | None:
    bundle = audited.release
    if bundle and audited.folder and box_files(bundle) and not trace_files(bundle, audited.part):
        cells = audited.workspace.table("cells")
        lon, lat = (cells[axis].to_numpy() for axis in ("lon", "lat"))
        return box_unicity(boxes_of(_boxes_of_the_window(audited, bundle)), audited.raw, lon, lat, params)
    return unicity_of(audited.released, params) if audited.released else None


def _boxes_of_the_window(audited: Audited, bundle: Bundle) -> pa.Table:
    """Released boxes of the window of the raw events: those of the file that most events lie within."""

    def events_within(table: pa.Table) -> int:
        if not table.num_rows:
            return 0
        first, last = (epoch_seconds(table[name]) for name in ("start", "end"))
        return int(((audited.raw.time_s >= first.min()) & (audited.raw.time_s < last.max())).sum())

    return max(released_boxes(bundle), key=events_within)


def audit_anchors(audited: Audited, k: int) -> Finding:
    """Sets of people with the same home and work."""
    control = anonymity_sets(audited.raw, k) if audited.folder else None
    released = anonymity_sets(audited.released, k) if audited.released else None
    return Finding("anchors", released, control, control["alone_share"] > 0 if control else None, {"k": k})


def audit_linkage(audited: Audited, params: LinkageParams) -> Finding:
    """People found again in the other half of their window."""
    control = linkage(audited.raw, params) if audited.folder else None
    released = linkage(audited.released, params) if audited.released else None
    sure = control["matched"]["low"] > 2 * control["chance"] if control else None
    return Finding("linkage", released, control, sure, params.model_dump())


def audit_k_anonymity(tables: list[pa.Table]) -> Finding:
    """Proof of k from files of k-anonymous traces alone; the smallest group of all files counts."""
    proofs = [proof_of_k(table) for table in tables]
    worst = min((p for p in proofs if p["users"]), key=lambda p: int(p["smallest_group"]), default=proofs[0])
    return Finding("k-anonymity", {**worst, "files": len(tables)}, None, None, {})


def released_boxes(bundle: Bundle) -> list[pa.Table]:
    """Every file of k-anonymous traces of a bundle."""
    return [read_boxes(bundle.read(name), f"{bundle.where}/{name}") for name in box_files(bundle)]
