"""Prove from a bundle alone that its k-anonymous traces are what its report says."""

from pathlib import Path
from typing import Any

from jobs.engine.store import Store
from jobs.errors import InputError, PrivacyGate
from jobs.privacy.released import Bundle, box_files
from jobs.privacy.released_boxes import proof_of_k, read_boxes


def proven_k(folder: Path) -> dict[str, Any] | None:
    """Smallest group of equal traces in all files of a bundle; None where it has no such traces.

    Raises
    ------
    InputError
        The bundle does not say which k its traces have.
    PrivacyGate
        A trace is shared by fewer persons than the bundle says.
    """
    bundle = Bundle(Store(str(folder)))
    names = box_files(bundle)
    if not names:
        return None
    promised = _promised(bundle)
    sizes: list[int] = []
    for name in names:
        proof = proof_of_k(read_boxes(bundle.read(name), f"{bundle.where}/{name}"))
        if proof["users"] and proof["smallest_group"] < promised:
            raise PrivacyGate(
                f"holds a trace that only {proof['smallest_group']} persons share, and says {promised}",
                f"{bundle.where}/{name}",
                "do not use it; tell who signed it",
            )
        sizes += [proof["smallest_group"]] if proof["users"] else []
    return {"promised": promised, "smallest_group": min(sizes, default=0), "files": len(names)}


def _promised(bundle: Bundle) -> int:
    try:
        report = bundle.store.read_json("privacy-report.json")
        return int(report["protection"]["boxes"]["k"])
    except (TypeError, KeyError, ValueError) as error:
        raise InputError(
            "does not say which k its traces have", bundle.where, "ask for it to be delivered again"
        ) from error
