"""Build the bundle that leaves."""

from datetime import UTC, datetime
from typing import Any

from jobs.errors import ConfigError, PrivacyGate
from jobs.privacy.policy import refuse_if_broken
from jobs.release.agreement import check_in_force
from jobs.release.bundle import write_manifest
from jobs.release.documents import write_documents
from jobs.release.params import MICRO_DATA, ReleaseParams
from jobs.release.recipients import copy_for
from jobs.release.signing import load_signing_key
from pipelines.config import RunConfig
from pipelines.context import StageContext, StageOutput
from pipelines.making import Making, new_places, span_of
from pipelines.release_audit import measured_risks
from pipelines.release_facts import gathered_facts, shown_scan
from pipelines.release_leaks import needles_of_records, searched
from pipelines.release_products import make_products


def build_release(context: StageContext) -> StageOutput:
    """Make the products, say what they are and what they risk, search them for identifiers, sign."""
    params = context.config.release
    check_conditions(params)
    making = _begin(context)
    try:
        make_products(making)
        risk = measured_risks(context, making.folder)
        if params.policy is not None:
            refuse_if_broken(params.policy, risk)
        _document(making, risk)
        key = load_signing_key(params.signing_key) if params.signing_key else None
        write_manifest(context.store, making.folder, key)
    finally:
        context.store.delete_folder(making.private)
    return StageOutput(staged=making.folder, target=f"releases/{params.folder}", figures=making.figures)


def _document(making: Making, risk: dict[str, Any]) -> None:
    """Search the data for identifiers, write the documents, and search these too."""
    store, folder = making.context.store, making.folder
    if not making.params.leak_scan:
        write_documents(store, folder, gathered_facts(making, risk, None))
        return
    making.context.say("search for identifiers")
    needles = needles_of_records(making)
    found = searched(making, needles, ("data/", "context/"))
    write_documents(store, folder, gathered_facts(making, risk, found))
    documents = [name for name in _names(making) if "/" not in name]
    told = {"data": shown_scan(found), "documents": shown_scan(searched(making, needles, tuple(documents)))}
    store.write_json(f"{folder}/leakscan.json", told)


def _names(making: Making) -> list[str]:
    paths = making.context.store.files_below(making.folder)
    return [path.removeprefix(f"{making.folder}/") for path in paths]


def check_release(config: RunConfig) -> int:
    """Look at the conditions of a release before anything runs; the number of input files looked at."""
    check_conditions(config.release)
    return 0


def check_conditions(params: ReleaseParams) -> None:
    """Refuse what may not leave.

    Raises
    ------
    ConfigError
        There are several recipients, and none is chosen.
    PrivacyGate
        The agreement has expired, or data about single persons are to leave without one.
    """
    if params.copy_for is None and len(params.recipients) > 1:
        raise ConfigError(
            f"there are several recipients: {', '.join(params.recipients)}",
            "release.recipient",
            "say whose copy this is: maillage release build CONFIG --recipient NAME",
        )
    if params.agreement is not None:
        check_in_force(params.agreement, datetime.now(UTC).date(), f"release.recipients.{params.copy_for}")
    micro = sorted(MICRO_DATA & set(params.products))
    if micro and params.agreement is None:
        raise PrivacyGate(
            f"{', '.join(micro)} are about single persons and leave under an agreement only",
            "release.recipients",
            "name who gets them, for what and until when; or release od, presence and set1 alone",
        )


def _begin(context: StageContext) -> Making:
    params = context.config.release
    folder = context.staged_in_store()
    key = load_signing_key(params.signing_key) if params.signing_key else None
    copy = copy_for(key, params.name, params.copy_for, params.left_out_share)
    return Making(context, folder, f"{folder}-private", copy, new_places(context), span_of(context))
