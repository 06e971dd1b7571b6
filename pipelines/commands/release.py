"""`maillage release`: build a bundle, check one, tell whose copy a file is."""

from pathlib import Path
from typing import Annotated, Any

import typer

from jobs.errors import ConfigError
from pipelines.commands.options import AsJson, ConfigFile, Debug, Quiet, Set, out

release_app = typer.Typer(help="Build and check release bundles.", no_args_is_help=True)


@release_app.command("build")
def build(
    config: ConfigFile,
    recipient: Annotated[
        str | None, typer.Option("--recipient", help="whose copy, of release.recipients")
    ] = None,
    set_: Set = None,
    force: Annotated[bool, typer.Option("--force", help="build anew even if nothing changed")] = False,
    json_: AsJson = False,
    quiet: Quiet = False,
    debug: Debug = False,
) -> None:
    """Bring the tables up to date and build the bundle; refuse it when its agreement has expired."""
    from pipelines.commands.run import run_stages
    from pipelines.config import load_config
    from pipelines.planner import Selection
    from pipelines.releasing import check_conditions

    named = [f"release.recipient={recipient}"] if recipient else []
    loaded = load_config(config, (*(set_ or ()), *named))
    check_conditions(loaded.release)
    selection = Selection(start="release" if force else None, until="release")
    run_stages(loaded, selection, json_, quiet)


@release_app.command("verify")
def verify(
    bundle: Annotated[Path, typer.Argument(help="folder of the bundle")],
    signer: Annotated[
        Path | None, typer.Option("--signer", help="public key of who has to have signed")
    ] = None,
    unsigned: Annotated[bool, typer.Option("--unsigned", help="take a bundle that nobody signed")] = False,
    json_: AsJson = False,
    debug: Debug = False,
) -> None:
    """Check every byte of a bundle against its signed manifest, and k of its k-anonymous traces anew."""
    from jobs.release.bundle import verify as check
    from jobs.release.conformance import rows_of_bundle
    from jobs.release.proof import proven_k

    found = check(bundle, signer, unsigned)
    rows = rows_of_bundle(bundle)
    k = proven_k(bundle)
    told = {
        "whole": True,
        "files": found.files,
        "signer": found.signer or None,
        "signer_checked": signer is not None,
        "rows": rows,
        "k_anonymity": k,
    }
    by = f"signed by {found.signer}" if found.signer else "not signed"
    compare = (
        "" if signer or not found.signer else "; compare this with the signer's own word (--signer FILE)"
    )
    equal = f"; each of its traces is shared by {k['smallest_group']} or more" if k else ""
    out(told, f"{bundle} is as it was made: {found.files} files, {by}{compare}{equal}", json_)


@release_app.command("whose-copy")
def whose(
    config: ConfigFile,
    file: Annotated[Path, typer.Argument(help="file of traces, or a part of one, that turned up")],
    kind: Annotated[str, typer.Option("--product", help="set2, set3, set4 or boxes")] = "set2",
    by_content: Annotated[
        bool,
        typer.Option(
            "--by-content", help="identifiers were changed: look traces up in the copies of releases/"
        ),
    ] = False,
    set_: Set = None,
    json_: AsJson = False,
    debug: Debug = False,
) -> None:
    """Tell to whom a file of traces was given, by the persons that each copy lacks."""
    from jobs.release.recipients import TRACED_SETS, copy_for, whose_copy
    from jobs.release.signing import load_signing_key
    from pipelines.config import load_config

    if kind not in TRACED_SETS:
        raise ConfigError(
            f"there is no traced product {kind!r}", "--product", f"one of {', '.join(TRACED_SETS)}"
        )
    loaded = load_config(config, tuple(set_ or ()))
    params = loaded.release
    if params.signing_key is None or not params.recipients:
        raise ConfigError(
            "copies are told apart by the signing key", "release", "give recipients and signing_key"
        )
    key = load_signing_key(params.signing_key)
    copies = {r: copy_for(key, params.name, r, params.left_out_share) for r in params.recipients}
    weighed = whose_copy(_identifiers(loaded, file, kind, by_content), kind, copies)
    out(_verdict(weighed), _told(weighed), json_)


def _identifiers(loaded: Any, file: Path, kind: str, by_content: bool) -> Any:
    """Released identifiers in a file, as they stand there or by what their traces hold."""
    from jobs.engine.store import Store
    from jobs.privacy.released import Bundle, traced_rows
    from jobs.release.excerpts import identifiers_by_content, rows_of_copies
    from jobs.release.recipients import identifiers_in

    if not by_content:
        return identifiers_in(file)
    if kind not in ("set2", "set3"):
        raise ConfigError(f"{kind} has no traces to look up", "--by-content", "only set2 and set3 have")
    params, store = loaded.release, Store(loaded.workspace)
    names = [params.name, *(f"{params.name}-{recipient}" for recipient in params.recipients)]
    copies = rows_of_copies([Bundle(store, f"releases/{name}") for name in names], kind)
    return identifiers_by_content(traced_rows(Bundle(Store(str(file.parent))), file.name), copies)


def _likely(weighed: list[dict[str, Any]]) -> str | None:
    """The only recipient whose copy the file may be from, if that is beyond chance."""
    from jobs.release.recipients import SURE

    fitting = [entry for entry in weighed if entry["not_in_copy"] == 0]
    if len(fitting) == 1 and fitting[0]["chance_if_not"] < SURE:
        return str(fitting[0]["recipient"])
    return None


def _verdict(weighed: list[dict[str, Any]]) -> dict[str, Any]:
    return {"copy_of": _likely(weighed), "recipients": weighed}


def _told(weighed: list[dict[str, Any]]) -> str:
    lines = [
        f"{entry['recipient']}: {entry['not_in_copy']} of {entry['persons']:,} persons are not in this copy"
        f" ({entry['expected_if_not']:g} expected from another's)"
        for entry in weighed
    ]
    likely = _likely(weighed)
    needed = weighed[0]["persons_needed"]
    unsure = f"Cannot be told: fewer than {needed} persons, renumbered (--by-content), or mixed."
    verdict = f"From the copy of {likely}." if likely else unsure
    return "\n".join([*lines, verdict])
