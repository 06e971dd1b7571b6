"""Keyed pseudonyms: HMAC-SHA-256 under a subkey of each window, derived from one master key.

Only key pads leave this module; neither the master key nor a subkey is logged, stored or put in an
exception.
"""

import base64
import hashlib
import hmac
import os
import re
import stat
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

import numpy as np
import pyarrow as pa
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from numpy.typing import NDArray
from pydantic import Field, model_validator

from jobs.errors import ConfigError
from jobs.identity.key_destruction import is_destroyed, refuse_destroyed
from jobs.params import Location, Params
from jobs.records.reading import text_parts
from kernels.hashing import hmac_pads, hmac_sha256, leading_words
from kernels.text.columns import canonical_digits, with_prefix

KEY_BYTES = 32
DIGITS_OF_KIND = {"msisdn": (5, 15), "imsi": (14, 15), "imei": (14, 16)}
"""Fewest and most digits of an identifier of each kind that is a number."""
_DAY_S = 86_400
_PAD_WORDS = 8
_LOOKS_LIKE_A_KEY = re.compile(r"(^|/)([0-9a-fA-F]{64}|[0-9a-zA-Z+/]{43}=)$")


class KeyReference(Params):
    """Where the master key is: a file or an environment variable, never the key itself."""

    file: Location | None = Field(None, description="file of 32 bytes, mode 0600, not a symbolic link")
    env: str | None = Field(
        None,
        pattern=r"^[A-Z_][A-Z0-9_]{0,49}$",
        description="name, in capitals, of the environment variable with 32 bytes in base64 or hex",
    )

    create: bool = Field(
        False,
        description="make the file with a new random key where there is none: for simulated or public "
        "records; an operator's key is made once, by hand, and kept",
    )

    @model_validator(mode="after")
    def _no_key_in_place_of_a_file(self) -> "KeyReference":
        if self.file and _LOOKS_LIKE_A_KEY.search(self.file):
            raise ValueError("file looks like a key itself, not like the name of a file; take it out of here")
        return self

    @model_validator(mode="after")
    def _exactly_one(self) -> "KeyReference":
        if (self.file is None) == (self.env is None):
            raise ValueError("give either file or env")
        if self.create and self.file is None:
            raise ValueError("create needs file: an environment variable cannot be made")
        return self

    @property
    def is_to_be_made(self) -> bool:
        """Whether a run makes the key, because there is none yet."""
        there = self.file is not None and (os.path.lexists(self.file) or is_destroyed(Path(self.file)))
        return self.create and not there


class PseudonymParams(Params):
    """How subscribers are renamed."""

    key: KeyReference
    window_days: int = Field(
        14, ge=1, le=366, description="days for which a pseudonym stays the same (D4D SET2)"
    )
    origin: date = Field(date(1970, 1, 5), description="first day of window 0; the default is a Monday")

    def window_of(self, local_s: NDArray[np.int64]) -> NDArray[np.int32]:
        """Window index of local clock readings in seconds since 1970."""
        origin_day = (self.origin - date(1970, 1, 1)).days
        return np.asarray((local_s // _DAY_S - origin_day) // self.window_days, np.int32)


def load_key(reference: KeyReference) -> bytes:
    """Read the master key.

    Raises
    ------
    ConfigError
        It is missing, readable by others, a symbolic link, or not 32 bytes; or looks made up.
    """
    key = _key_of_file(reference.file) if reference.file else _key_of_variable(str(reference.env))
    where = reference.file or f"environment variable {reference.env}"
    if len(key) != KEY_BYTES:
        raise ConfigError(f"holds {len(key)} bytes, a key has {KEY_BYTES}", where, "maillage keys new FILE")
    if len(set(key)) < KEY_BYTES // 4:
        raise ConfigError("does not look random", where, "maillage keys new FILE")
    return key


def _key_of_file(file: str) -> bytes:
    path = Path(file)
    if path.is_symlink():
        raise ConfigError("is a symbolic link", file, "point pseudonyms.key.file at the key itself")
    if not path.is_file():
        refuse_destroyed(path)
        raise ConfigError("there is no such key file", file, f"maillage keys new {file}")
    if stat.S_IMODE(path.stat().st_mode) & 0o077:
        raise ConfigError("others may read this key", file, f"chmod 600 {file}")
    try:
        return path.read_bytes()
    except OSError as error:
        raise ConfigError(f"cannot be read: {error.strerror}", file, f"chmod 600 {file}") from error


def _key_of_variable(name: str) -> bytes:
    text = os.environ.get(name, "").strip()
    where = f"environment variable {name}"
    if not text:
        raise ConfigError("is not set", where, "set it to 32 random bytes in base64")
    try:
        return bytes.fromhex(text) if len(text) == 2 * KEY_BYTES else base64.b64decode(text, validate=True)
    except ValueError as error:
        raise ConfigError(
            "is neither base64 nor hex", where, "set it to 32 random bytes in base64"
        ) from error


def new_key_file(path: Path) -> str:
    """Write a new random key, readable by the owner alone; return its check value.

    Raises
    ------
    ConfigError
        The file exists already: a key is never overwritten.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError as error:
        raise ConfigError(
            "exists already", str(path), "choose another name; keys are not overwritten"
        ) from error
    key = os.urandom(KEY_BYTES)
    with os.fdopen(handle, "wb") as out:
        out.write(key)
    return check_value(key)


def check_value(key: bytes) -> str:
    """Eight hexadecimal digits that tell keys apart and say nothing of the key."""
    return hmac.digest(key, b"kcv", hashlib.sha256)[:4].hex()


@dataclass(frozen=True)
class WindowPads:
    """Key pads of one window's subkey: what a task needs to pseudonymise."""

    inner: NDArray[np.uint32]
    outer: NDArray[np.uint32]


def window_pads(key: bytes, window: int, purpose: str = "pseudonym") -> WindowPads:
    """Derive the pads of a window's subkey for one purpose with HKDF-SHA-256 (RFC 5869)."""
    info = f"v1|{purpose}|{window}".encode()
    subkey = HKDF(algorithm=hashes.SHA256(), length=KEY_BYTES, salt=b"maillage", info=info).derive(key)
    return WindowPads(*hmac_pads(np.frombuffer(subkey, np.uint8)))


@dataclass(frozen=True, eq=False, repr=False)
class PadsOfWindows(Mapping[int, WindowPads]):
    """Pads of successive windows in one array: thousands of small ones take a task milliseconds to unpack.

    Attributes
    ----------
    first : the first window. words : uint32[windows, 16], the inner and the outer pad of each.
    """

    first: int
    words: NDArray[np.uint32]

    @classmethod
    def derived(cls, key: bytes, windows: range) -> "PadsOfWindows":
        """Derive the pads of each window."""
        pads = [window_pads(key, window) for window in windows]
        words = np.array([np.append(pad.inner, pad.outer) for pad in pads], np.uint32)
        return cls(windows.start, words.reshape(len(windows), 2 * _PAD_WORDS))

    def __getitem__(self, window: int) -> WindowPads:
        """Pads of a window; KeyError where there are none."""
        if window not in range(self.first, self.first + len(self.words)):
            raise KeyError(window)
        return WindowPads(*np.split(self.words[window - self.first], 2))

    def __iter__(self) -> Iterator[int]:
        return iter(range(self.first, self.first + len(self.words)))

    def __len__(self) -> int:
        return len(self.words)


def hash_key(key: bytes, purpose: str) -> NDArray[np.uint64]:
    """Derive a SipHash key, uint64[2], for one purpose with HKDF-SHA-256."""
    info = f"v1|{purpose}".encode()
    derived = HKDF(algorithm=hashes.SHA256(), length=16, salt=b"maillage", info=info).derive(key)
    return np.frombuffer(derived, np.uint64)


@dataclass(frozen=True)
class CanonicalIds:
    """Distinct identifiers of a batch, canonical, with the prefix of their kind.

    Attributes
    ----------
    data, offsets : the identifiers as kernels take them.
    good : bool[n], whether the identifier is of its kind.
    """

    data: NDArray[np.uint8]
    offsets: NDArray[np.int64]
    good: NDArray[np.bool_]


def canonical_ids(distinct: pa.Array, kind: str) -> CanonicalIds:
    """Bring identifiers to one form, so that +221 77 and 0022177 are one subscriber."""
    data, offsets = text_parts(distinct)
    if kind == "opaque":
        good = np.diff(offsets) > 0
    else:
        data, offsets, good = canonical_digits(data, offsets, *DIGITS_OF_KIND[kind], kind == "msisdn")
    return replace(with_kind(kind, data, offsets), good=good)


def with_kind(kind: str, data: NDArray[np.uint8], offsets: NDArray[np.int64]) -> CanonicalIds:
    """Put the kind before identifiers that are canonical already: domains of the hash are apart."""
    prefix = np.frombuffer(f"{kind}:".encode(), np.uint8)
    return CanonicalIds(*with_prefix(prefix, data, offsets), np.ones(offsets.size - 1, np.bool_))


def pseudonymise(ids: CanonicalIds, pads: WindowPads) -> NDArray[np.uint64]:
    """128-bit pseudonyms, uint64[n, 2]: HMAC-SHA-256 (FIPS 198-1) truncated to its first 16 bytes."""
    return leading_words(hmac_sha256(pads.inner, pads.outer, ids.data, ids.offsets))
