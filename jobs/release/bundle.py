"""The manifest of a bundle: digests of all its files, signed; and whether a bundle is as it was made."""

import hashlib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from jobs.engine.store import Store
from jobs.errors import InputError
from jobs.release.signing import fingerprint, is_signed_by, load_public_key, public_pem

MANIFEST, SIGNATURE, SIGNER = "manifest.sha256", "manifest.sha256.sig", "signer.pub"
_UNLISTED = frozenset({MANIFEST, SIGNATURE, SIGNER})
_CHUNK = 1 << 20


def digests(store: Store, folder: str) -> list[dict[str, Any]]:
    """Path, bytes and SHA-256 of every file below a folder of a bundle."""
    found = []
    for path in store.files_below(folder):
        content = store.read_bytes(path) or b""
        digest = hashlib.sha256(content).hexdigest()
        found.append({"path": path.removeprefix(f"{folder}/"), "bytes": len(content), "sha256": digest})
    return found


def write_manifest(store: Store, folder: str, key: Ed25519PrivateKey | None) -> None:
    """Write the digests of all files as ``sha256sum -c`` reads them; sign these if there is a key."""
    lines = [f"{entry['sha256']}  {entry['path']}\n" for entry in digests(store, folder)]
    manifest = "".join(lines).encode()
    store.write_bytes(f"{folder}/{MANIFEST}", manifest)
    if key is not None:
        store.write_bytes(f"{folder}/{SIGNATURE}", key.sign(manifest))
        store.write_bytes(f"{folder}/{SIGNER}", public_pem(key.public_key()))


@dataclass(frozen=True)
class Verdict:
    """What verification found."""

    files: int
    signer: str
    is_signer_known: bool


def verify(bundle: Path, signer: Path | None = None, unsigned: bool = False) -> Verdict:
    """Check every file of a bundle against its manifest, and the manifest against its signature.

    Parameters
    ----------
    signer : public key that has to be the signer's; else whoever signed, and the answer names the key.
    unsigned : take a bundle that nobody signed.

    Raises
    ------
    InputError
        A file was changed, added or taken away; or the signature is wrong, missing or somebody else's.
    """
    manifest = _read(bundle / MANIFEST, "this is no bundle, or its manifest was taken away")
    verdict = _check_signature(bundle, manifest, signer, unsigned)
    listed = _listed(manifest, bundle / MANIFEST)
    there = {p.relative_to(bundle).as_posix() for p in bundle.rglob("*") if p.is_file()} - _UNLISTED
    problems = [f"missing: {path}" for path in sorted(listed.keys() - there)]
    problems += [f"not of the bundle: {path}" for path in sorted(there - listed.keys())]
    problems += [f"changed: {p}" for p in sorted(there & listed.keys()) if _digest(bundle / p) != listed[p]]
    if problems:
        shown = "; ".join(problems[:5]) + (f"; and {len(problems) - 5} more" if len(problems) > 5 else "")
        raise InputError(f"is not as it was made ({shown})", str(bundle), "ask for it to be delivered again")
    return Verdict(len(listed), verdict, signer is not None)


def _check_signature(bundle: Path, manifest: bytes, signer: Path | None, unsigned: bool) -> str:
    """Fingerprint of who signed; empty where nobody did and that is accepted."""
    if not (bundle / SIGNATURE).is_file():
        if unsigned and signer is None:
            return ""
        raise InputError(
            "nobody signed this bundle, so anybody may have made it",
            str(bundle),
            "--unsigned takes it anyway",
        )
    within = _read(bundle / SIGNER, "the signer's public key was taken away")
    key = load_public_key(within, str(bundle / SIGNER))
    if signer is not None:
        expected = load_public_key(_read(signer, "there is no such file"), str(signer))
        if fingerprint(expected) != fingerprint(key):
            raise InputError(
                f"is signed by {fingerprint(key)}, not by {fingerprint(expected)}",
                str(bundle),
                "do not use it",
            )
    return _checked(key, bundle, manifest)


def _checked(key: Ed25519PublicKey, bundle: Path, manifest: bytes) -> str:
    if not is_signed_by(key, _read(bundle / SIGNATURE, "gone"), manifest):
        raise InputError(
            "the signature does not fit the manifest", str(bundle), "ask for it to be delivered again"
        )
    return fingerprint(key)


def _listed(manifest: bytes, where: Path) -> dict[str, str]:
    found = {}
    for number, line in enumerate(manifest.decode("utf-8", "replace").splitlines(), 1):
        digest, gap, path = line[:64], line[64:66], line[66:]
        if gap != "  " or not path:
            raise InputError("is not a line of digest and path", f"{where}:{number}", "deliver it again")
        found[path] = digest
    return found


def _read(path: Path, what: str) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise InputError(what, str(path), "check the path, or ask for it to be delivered again") from error


def _digest(path: Path) -> str:
    with open(path, "rb") as source:
        return hashlib.file_digest(source, "sha256").hexdigest()
