"""Attack a bundle before it leaves: its traces beside raw events, its aggregates by subtraction."""

from typing import TYPE_CHECKING, Any

from jobs.privacy.released import Bundle, box_files, trace_files
from jobs.privacy.unicity import UnicityParams
from jobs.release.layouts import LAYOUTS
from jobs.release.params import ReleaseParams
from pipelines.context import StageContext

if TYPE_CHECKING:
    from pipelines.audited import Audited

_ANCHOR_K = 5
_PEOPLE_ATTACKED = 5_000
_PEOPLE_ATTACKED_IN_BOXES = 1_000


def measured_risks(context: StageContext, folder: str) -> dict[str, Any]:
    """Findings by attack, on the finest traces of the bundle and on its aggregates.

    Linkage, membership and recovery take longer: they are made here if the policy bounds them, and by
    `maillage audit` on the finished bundle.
    """
    # here, because it opens workspaces, which know the stages
    from pipelines.audit_counts import audit_differencing
    from pipelines.audit_policy import measured
    from pipelines.audited import Audited

    workspace, bundle = context.store.uri, Bundle(context.store, folder)
    params = context.config.release
    found: dict[str, Any] = {}
    part = finest_part(params)
    if part and any(bundle.read(name) for name in trace_files(bundle, part)):
        context.say("risk: unicity and anchors of the traces")
        found |= _of_traces(Audited(workspace, bundle, part))
    if box_files(bundle):
        context.say("risk: proof of k, unicity of the k-anonymous traces")
        found |= _of_boxes(Audited(workspace, bundle))
    bounded = params.policy is not None and params.policy.max_computable is not None
    if "od" in params.products and "anchors" in context.records and not bounded:
        context.say("risk: withheld flows by subtraction")
        found["differencing"] = audit_differencing(Audited(workspace, bundle), "od").as_json()
    if params.policy is None:
        return found
    return measured(workspace, bundle, params.policy, found, part)


def finest_part(params: ReleaseParams) -> str:
    """What the paths of the finest traces of a bundle begin with in `data/`; empty where there are none."""
    for name in ("set2", "set3"):
        for layout in params.layouts:
            pattern = LAYOUTS[layout].files.get(name)
            if name in params.products and pattern:
                return f"data/{pattern.split('{')[0]}"
    return ""


def _of_traces(audited: "Audited") -> dict[str, Any]:
    from pipelines.audit_traces import audit_anchors, audit_unicity

    attacks = {
        "unicity": audit_unicity(audited, UnicityParams(users=_PEOPLE_ATTACKED)),
        "anchors": audit_anchors(audited, _ANCHOR_K),
    }
    return {name: finding.as_json() for name, finding in attacks.items()}


def _of_boxes(audited: "Audited") -> dict[str, Any]:
    """Proof of k from the files alone, and how often true points agree with one person only.

    Raises
    ------
    PrivacyGate
        A trace is not shared by as many as it should be.
    """
    from pipelines.audit_traces import audit_k_anonymity, audit_unicity, released_boxes

    assert audited.release is not None
    proven = audit_k_anonymity(released_boxes(audited.release))
    attacked = audit_unicity(audited, UnicityParams(points=(1, 2, 4, 8), users=_PEOPLE_ATTACKED_IN_BOXES))
    return {"k-anonymity": proven.as_json(), "unicity": attacked.as_json()}
