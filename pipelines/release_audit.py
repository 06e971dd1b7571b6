"""Attack a bundle before it leaves: its traces beside raw events, its aggregates by subtraction."""

from pathlib import Path
from typing import TYPE_CHECKING, Any

from jobs.privacy.released import trace_files
from jobs.privacy.unicity import UnicityParams
from jobs.release.layouts import LAYOUTS
from jobs.release.params import ReleaseParams
from pipelines.context import StageContext

if TYPE_CHECKING:
    from pipelines.auditing import Audited

_ANCHOR_K = 5
_PEOPLE_ATTACKED = 5_000


def measured_risks(context: StageContext, folder: str) -> dict[str, Any]:
    """Findings by attack, on the finest traces of the bundle and on its aggregates.

    Linkage, membership and recovery take longer: they are made here if the policy bounds them, and by
    `maillage audit` on the finished bundle.
    """
    if not context.store.is_local:
        return {}
    # here, because it opens workspaces, which know the stages
    from pipelines.auditing import Audited, audit_differencing, measured

    workspace, bundle = context.store.local(), context.store.local(folder)
    params = context.config.release
    found: dict[str, Any] = {}
    part = finest_part(params)
    if part and any(path.stat().st_size for path in trace_files(bundle, part)):
        context.say("risk: unicity and anchors of the traces")
        found |= _of_traces(Audited(Path(workspace), Path(bundle), part))
    if "od" in params.products and "anchors" in context.records:
        context.say("risk: withheld flows by subtraction")
        found["differencing"] = audit_differencing(Audited(Path(workspace), Path(bundle)), "od").as_json()
    if params.policy is None:
        return found
    return measured(Path(workspace), Path(bundle), params.policy, found, part)


def finest_part(params: ReleaseParams) -> str:
    """What the paths of the finest traces of a bundle begin with in `data/`; empty where there are none."""
    for name in ("set2", "set3"):
        for layout in params.layouts:
            pattern = LAYOUTS[layout].files.get(name)
            if name in params.products and pattern:
                return f"data/{pattern.split('{')[0]}"
    return ""


def _of_traces(audited: "Audited") -> dict[str, Any]:
    from pipelines.auditing import audit_anchors, audit_unicity

    attacks = {
        "unicity": audit_unicity(audited, UnicityParams(users=_PEOPLE_ATTACKED)),
        "anchors": audit_anchors(audited, _ANCHOR_K),
    }
    return {name: finding.as_json() for name, finding in attacks.items()}
