"""Make the attacks that a policy bounds."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

from jobs.privacy.figures import Finding
from jobs.privacy.linkage import LinkageParams
from jobs.privacy.membership import MembershipParams
from jobs.privacy.policy import NONE_RELEASED, PolicyParams, attacks_asked
from jobs.privacy.recovery import RecoveryParams
from jobs.privacy.released import Bundle, box_files, trace_files
from jobs.privacy.unicity import UnicityParams
from pipelines.audit_counts import audit_membership, audit_published, audit_recovery
from pipelines.audit_traces import (
    audit_anchors,
    audit_k_anonymity,
    audit_linkage,
    audit_unicity,
    released_boxes,
)
from pipelines.audited import Audited

_COUNTS = ("od", "presence", "set1", "SET1", "Dataset1")


def measured(
    folder: str | Path, release: Bundle, policy: PolicyParams, known: dict[str, Any], part: str = ""
) -> dict[str, dict[str, Any]]:
    """Make the attacks that a policy bounds, on a release and on the events it was made of.

    Parameters
    ----------
    folder : of the workspace; release : the bundle, which may still be staged.
    known : what was found already, by attack: these attacks are not made again.
    part : only released files whose path holds this text.

    Returns
    -------
    what was found, by attack, with what was known.
    """
    audited = Audited(folder, release, part)
    attacks: dict[str, Callable[[], Finding]] = {
        "unicity": lambda: audit_unicity(audited, UnicityParams(points=(policy.unicity_points,))),
        "k-anonymity": lambda: audit_k_anonymity(released_boxes(release)),
        "anchors": lambda: audit_anchors(audited, policy.min_k or 15),
        "linkage": lambda: audit_linkage(audited, LinkageParams()),
        "membership": lambda: audit_membership(audited, MembershipParams()),
        "recovery": lambda: audit_recovery(audited, RecoveryParams()),
        "differencing": lambda: audit_published(audited),
    }
    has_traces, has_boxes = bool(trace_files(release)), bool(box_files(release))
    has_counts = any(f"data/{name}" in file for name in _COUNTS for file in release.names())
    is_there = {
        **dict.fromkeys(("membership", "recovery", "differencing"), has_counts),
        "unicity": has_traces or has_boxes,
        "anchors": has_traces,
        "linkage": has_traces,
        "k-anonymity": has_boxes,
    }
    nothing = Finding("", {NONE_RELEASED: True}, None, None)
    asked = [name for name in attacks_asked(policy) if name not in known]
    return known | {
        name: (attacks[name]() if is_there[name] else replace(nothing, attack=name)).as_json()
        for name in asked
    }
