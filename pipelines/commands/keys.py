"""`maillage keys`: make, compare and destroy keys."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from jobs.errors import ConfigError
from pipelines.commands.options import AsJson, out

keys_app = typer.Typer(help="Make, check and destroy keys.", no_args_is_help=True)
KeyFile = Annotated[Path, typer.Argument(help="key file")]


@keys_app.command("new")
def keys_new(
    file: Annotated[Path, typer.Argument(help="key file to make")],
    signing: Annotated[bool, typer.Option("--signing", help="an Ed25519 key that signs bundles")] = False,
    json_: AsJson = False,
) -> None:
    """Make a random key that only you can read: for pseudonyms, or to sign bundles."""
    if signing:
        from jobs.release.signing import new_signing_key

        value = new_signing_key(file)
        told = {"file": str(file), "public": f"{file}.pub", "fingerprint": value}
        out(told, f"{file}: new signing key, fingerprint {value}; give {file}.pub to recipients", json_)
        return
    from jobs.identity.key_destruction import refuse_destroyed
    from jobs.identity.pseudonyms import new_key_file

    refuse_destroyed(file)
    value = new_key_file(file)
    out({"file": str(file), "check_value": value}, f"{file}: new key, check value {value}", json_)


@keys_app.command("show-kcv")
def keys_show(file: KeyFile, json_: AsJson = False) -> None:
    """Show the check value of a key, to compare with manifests."""
    from jobs.identity.pseudonyms import KeyReference, check_value, load_key

    value = check_value(load_key(KeyReference(file=str(file))))
    out({"file": str(file), "check_value": value}, value, json_)


@keys_app.command("destroy")
def keys_destroy(
    file: KeyFile,
    reason: Annotated[str, typer.Option("--reason", help="why, for the record")] = "retention over",
    yes: Annotated[bool, typer.Option("--yes", help="do it: there is no way back")] = False,
    json_: AsJson = False,
) -> None:
    """Destroy a pseudonym key for good: nobody can tell any more whose a pseudonym is."""
    from jobs.identity.key_destruction import destroy_key
    from jobs.identity.pseudonyms import KeyReference, check_value, load_key

    value = check_value(load_key(KeyReference(file=str(file))))
    if not yes:
        raise ConfigError(
            f"destroying the key with check value {value} cannot be undone: its windows can't be made again, "
            "nobody's own records can be found, nor who objected",
            str(file),
            "add --yes if that is meant",
        )
    record = destroy_key(file, value, datetime.now(UTC), reason)
    out({"file": str(file), **record}, f"{file}: destroyed; the record is {file}.destroyed.json", json_)
