"""Ed25519 keys (RFC 8032): who signed a bundle, and what is drawn with the signer's key."""

import hashlib
import os
import stat
from pathlib import Path

import numpy as np
from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from pydantic import Field

from jobs.errors import ConfigError, InputError
from jobs.identity.pseudonyms import KEY_BYTES, WindowPads
from jobs.params import Location, Params
from kernels.hashing import hmac_pads

_MAKE = "maillage keys new --signing FILE"


class SigningKey(Params):
    """Where the key that signs is: never the key itself."""

    file: Location = Field(description="PEM file of an Ed25519 key, mode 0600, not a symbolic link")
    create: bool = Field(False, description="make it where there is none: for simulated records")


def new_signing_key(path: Path) -> str:
    """Write a new signing key for its owner alone, and beside it ``.pub`` for everybody; return its fingerprint.

    Raises
    ------
    ConfigError
        The file exists already.
    """
    key = Ed25519PrivateKey.generate()
    pem = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError as error:
        raise ConfigError(
            "exists already", str(path), "choose another name; keys are not overwritten"
        ) from error
    with os.fdopen(handle, "wb") as out:
        out.write(pem)
    path.with_name(path.name + ".pub").write_bytes(public_pem(key.public_key()))
    return fingerprint(key.public_key())


def load_signing_key(reference: SigningKey) -> Ed25519PrivateKey:
    """Read the key that signs; make it where `create` says so.

    Raises
    ------
    ConfigError
        It is missing, readable by others, a symbolic link, or not an Ed25519 key.
    """
    path = Path(reference.file)
    if reference.create and not os.path.lexists(path):
        new_signing_key(path)
    if path.is_symlink():
        raise ConfigError("is a symbolic link", str(path), "name the key itself")
    if not path.is_file():
        raise ConfigError("there is no such signing key", str(path), _MAKE)
    if stat.S_IMODE(path.stat().st_mode) & 0o077:
        raise ConfigError("others may read this key", str(path), f"chmod 600 {path}")
    try:
        key = serialization.load_pem_private_key(path.read_bytes(), password=None)
    except (ValueError, TypeError, UnsupportedAlgorithm) as error:
        raise ConfigError("is not an Ed25519 key in PEM", str(path), _MAKE) from error
    if not isinstance(key, Ed25519PrivateKey):
        raise ConfigError("is not an Ed25519 key", str(path), _MAKE)
    return key


def public_pem(key: Ed25519PublicKey) -> bytes:
    """Return the public key as people hand it on."""
    return key.public_bytes(serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo)


def load_public_key(pem: bytes, where: str) -> Ed25519PublicKey:
    """Parse a public key.

    Raises
    ------
    InputError
        It is none.
    """
    try:
        key = serialization.load_pem_public_key(pem)
    except (ValueError, UnsupportedAlgorithm) as error:
        raise InputError("is not a public key in PEM", where, "ask the signer for the .pub file") from error
    if not isinstance(key, Ed25519PublicKey):
        raise InputError("is not an Ed25519 public key", where, "ask the signer for the .pub file")
    return key


def fingerprint(key: Ed25519PublicKey) -> str:
    """SHA-256 of the raw public key, the first 16 bytes in hexadecimal: what people compare."""
    raw = key.public_bytes(serialization.Encoding.Raw, serialization.PublicFormat.Raw)
    return hashlib.sha256(raw).hexdigest()[:32]


def is_signed_by(key: Ed25519PublicKey, signature: bytes, content: bytes) -> bool:
    """Whether a signature is right."""
    try:
        key.verify(signature, content)
    except InvalidSignature:
        return False
    return True


def drawing_pads(key: Ed25519PrivateKey, purpose: str) -> WindowPads:
    """HMAC pads of a key derived from the signing key for one purpose (HKDF-SHA-256, RFC 5869).

    Drawing with it instead of the pseudonym key lets a copy be traced after that key is destroyed.
    """
    raw = key.private_bytes(
        serialization.Encoding.Raw, serialization.PrivateFormat.Raw, serialization.NoEncryption()
    )
    info = f"v1|{purpose}".encode()
    derived = HKDF(algorithm=hashes.SHA256(), length=KEY_BYTES, salt=b"maillage", info=info).derive(raw)
    return WindowPads(*hmac_pads(np.frombuffer(derived, np.uint8)))
