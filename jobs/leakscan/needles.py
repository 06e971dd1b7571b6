"""What is looked for: identifiers in one form, and the digests that a careless program makes of them."""

import hashlib
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
from numpy.typing import NDArray

from jobs.errors import InputError
from jobs.identity.pseudonyms import canonical_ids
from kernels.leaks.digits import MOST_DIGITS
from kernels.leaks.filter import filter_of

LEAST_DIGITS = 7
"""Shorter numbers are everywhere: finding them would say nothing."""
LEAST_CHARACTERS = 6
_KEY_BYTES = 8
_ANCHOR = 8


@dataclass(frozen=True, eq=False)
class Needles:
    """Identifiers as kernels look for them.

    Attributes
    ----------
    count : distinct identifiers. too_short : how many of them are too short to be looked for.
    numbers : uint64[n], sorted, ``10**digits + value``; lengths : int64[m], their digits.
    per_length : int64[m], how many have each length.
    low, high : smallest and largest of the values.
    digests : uint64[k], sorted, first 60 bits of MD5, SHA-1 and SHA-256 without a key.
    text, offsets : other identifiers, one after the other; anchors (sorted) and order: their first
        `anchor_bytes` bytes and whose they are.
    """

    count: int
    too_short: int
    numbers: NDArray[np.uint64]
    lengths: NDArray[np.int64]
    per_length: NDArray[np.int64]
    low: int
    high: int
    digests: NDArray[np.uint64]
    text: NDArray[np.uint8]
    offsets: NDArray[np.int64]
    anchors: NDArray[np.uint64]
    order: NDArray[np.int64]
    anchor_bytes: int
    number_filter: tuple[NDArray[np.uint64], int]
    digest_filter: tuple[NDArray[np.uint64], int]
    anchor_filter: tuple[NDArray[np.uint64], int]


def read_identifiers(path: Path, kind: str, column: str | None = None) -> list[bytes]:
    """Read a list of identifiers: one a line, or a column of a Parquet file; in one form, each once.

    Parameters
    ----------
    kind : ``msisdn``, ``imsi``, ``imei`` or ``opaque``.
    column : of a Parquet file; the first when absent.

    Raises
    ------
    InputError
        The file cannot be read, or holds no identifier of this kind.
    """
    try:
        if path.suffix.lower() in (".parquet", ".pq"):
            table = pq.read_table(path, columns=[column] if column else None)
            listed = table.column(0).combine_chunks().cast(pa.string()).cast(pa.binary())
        else:
            lines = path.read_bytes().removeprefix(b"\xef\xbb\xbf").splitlines()
            listed = pa.array([line.strip().strip(b'"') for line in lines], pa.binary())
    except (OSError, pa.ArrowInvalid, pa.ArrowKeyError, KeyError) as error:
        raise InputError(
            "cannot be read as a list of identifiers", str(path), "one identifier a line"
        ) from error
    return canonical_list(listed.drop_null().unique(), kind, str(path))


def canonical_list(listed: pa.Array, kind: str, where: str) -> list[bytes]:
    """Identifiers without the prefix of their kind, each once.

    Raises
    ------
    InputError
        None is of this kind.
    """
    ids = canonical_ids(listed, kind)
    prefix = len(kind) + 1
    data, ends = ids.data.tobytes(), ids.offsets.tolist()
    found = {
        data[a + prefix : b] for a, b, good in zip(ends, ends[1:], ids.good.tolist(), strict=False) if good
    }
    if not found:
        raise InputError(
            f"holds no identifier of kind {kind} in {len(listed):,} lines", where, "check the file, or --kind"
        )
    return sorted(found)


def needles_of(identifiers: list[bytes], with_digests: bool = True) -> Needles:
    """Prepare identifiers, in one form and each once, for the search."""
    numeric = [i for i in identifiers if i.isdigit() and LEAST_DIGITS <= len(i) <= MOST_DIGITS]
    other = [
        i for i in identifiers if not (i.isdigit() and len(i) <= MOST_DIGITS) and len(i) >= LEAST_CHARACTERS
    ]
    values = np.array([int(i) for i in numeric], np.uint64)
    lengths = np.array([len(i) for i in numeric], np.int64)
    numbers = np.sort(values + np.array([10**n for n in lengths.tolist()], np.uint64))
    digests = _digests_of(numeric + other) if with_digests else np.empty(0, np.uint64)
    anchor_bytes = min([_ANCHOR, *map(len, other)])
    anchors = np.array([int.from_bytes(i[:anchor_bytes], "big") for i in other], np.uint64)
    order = np.argsort(anchors, kind="stable")
    return Needles(
        count=len(identifiers),
        too_short=len(identifiers) - len(numeric) - len(other),
        numbers=numbers,
        lengths=np.unique(lengths),
        per_length=np.unique(lengths, return_counts=True)[1],
        low=int(values.min()) if values.size else 0,
        high=int(values.max()) if values.size else 0,
        digests=digests,
        text=np.frombuffer(b"".join(other), np.uint8),
        offsets=np.cumsum([0, *map(len, other)]).astype(np.int64),
        anchors=anchors[order],
        order=order,
        anchor_bytes=anchor_bytes,
        number_filter=filter_of(numbers),
        digest_filter=filter_of(digests),
        anchor_filter=filter_of(anchors),
    )


def _digests_of(identifiers: list[bytes]) -> NDArray[np.uint64]:
    """First 60 bits of the digests of each identifier as it is, and of numbers with ``+`` before."""
    spelled = identifiers + [b"+" + i for i in identifiers if i.isdigit()]
    makers = (hashlib.md5, hashlib.sha1, hashlib.sha256)
    heads = b"".join(make(text).digest()[:_KEY_BYTES] for make in makers for text in spelled)
    return np.sort(np.frombuffer(heads, ">u8").astype(np.uint64) >> np.uint64(4))
