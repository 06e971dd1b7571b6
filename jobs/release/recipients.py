"""Whose copy a file is: each copy lacks a few of the persons drawn, which ones only the signer can tell.

Aggregates and noise are the same for everybody: noise of its own for each recipient would average away
when recipients put their copies together, and would cost privacy budget anew.
"""

from dataclasses import dataclass, field
from math import ceil, log
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.csv as pacsv
import pyarrow.parquet as pq
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from numpy.typing import NDArray

from jobs.errors import InputError
from jobs.identity.pseudonyms import WindowPads
from jobs.privacy.released_boxes import MEMBERS
from jobs.release.sample import keyed_order
from jobs.release.signing import drawing_pads

TRACED_SETS = ("set2", "set3", "set4", "boxes")
SURE = 0.01
"""Probability of a wrong name that is borne."""
_TWO_64 = 2.0**64


@dataclass(frozen=True, eq=False)
class Copy:
    """Which released identifiers a copy lacks; without pads it lacks none."""

    share: float = 0.0
    pads: dict[str, WindowPads] = field(default_factory=dict)

    def lacks(self, set_name: str, identifiers: NDArray[np.int32]) -> NDArray[np.bool_]:
        """Whether the copy lacks each identifier: keyed, so the same in every build of it."""
        if set_name not in self.pads or self.share == 0:
            return np.zeros(identifiers.size, np.bool_)
        distinct, at = np.unique(identifiers, return_inverse=True)
        order = keyed_order(distinct.astype(np.uint64), self.pads[set_name])
        return np.asarray(order < np.uint64(self.share * _TWO_64))[at]


def copy_for(key: Ed25519PrivateKey | None, release: str, recipient: str | None, share: float) -> Copy:
    """Return the copy of one recipient; one without a signing key or a recipient lacks nobody."""
    if key is None or recipient is None:
        return Copy()
    return Copy(share, {s: drawing_pads(key, f"copy|{release}|{recipient}|{s}") for s in TRACED_SETS})


def whose_copy(
    identifiers: NDArray[np.int32], set_name: str, copies: dict[str, Copy]
) -> list[dict[str, Any]]:
    """Weigh each recipient's copy against the identifiers that a file holds.

    Of k-anonymous traces copies lack whole groups, so that groups are what counts.

    A copy does not hold what it lacks. In a file from somebody else, ``share`` of the identifiers are
    among those that this copy lacks; so if none is, out of n, it is another's with probability
    (1 - share)^n. Rows left out of the file do no harm to this; identifiers that were renumbered do.

    Returns
    -------
    for each recipient, likeliest first: ``recipient``, ``persons``, ``not_in_copy``,
    ``expected_if_not``, ``chance_if_not`` (probability of as few in another's copy) and ``persons_needed``
    for that probability to be below `SURE`.
    """
    known = identifiers[identifiers > 0]
    distinct = np.unique(known // MEMBERS if set_name == "boxes" else known)
    told = [_weighed(name, copy, set_name, distinct) for name, copy in copies.items()]
    return sorted(told, key=lambda entry: (entry["not_in_copy"], entry["recipient"]))


def _weighed(name: str, copy: Copy, set_name: str, distinct: NDArray[np.int32]) -> dict[str, Any]:
    wrong = int(copy.lacks(set_name, distinct).sum())
    chance = (1.0 - copy.share) ** distinct.size if wrong == 0 else 1.0
    return {
        "recipient": name,
        "persons": int(distinct.size),
        "not_in_copy": wrong,
        "expected_if_not": round(copy.share * distinct.size, 1),
        "chance_if_not": chance,
        "persons_needed": persons_needed(copy.share),
    }


def persons_needed(share: float) -> int | None:
    """Persons that an excerpt has to hold to name its owner; None where copies lack nobody."""
    return ceil(log(SURE) / log(1.0 - share)) if share > 0 else None


def identifiers_in(path: Path) -> NDArray[np.int32]:
    """Released identifiers of a file of traces: the first column, or ``user_id`` in Parquet.

    Raises
    ------
    InputError
        The file cannot be read, or its first column holds no whole numbers.
    """
    try:
        if path.suffix.lower() in (".parquet", ".pq"):
            column = pq.read_table(path).column(0)
        else:
            column = _first_column(path)
        return np.unique(column.cast(pa.int32()).drop_null().to_numpy())
    except (OSError, pa.ArrowInvalid, pa.ArrowNotImplementedError) as error:
        raise InputError(
            "has no column of released identifiers", str(path), "give a file of set2, set3 or set4"
        ) from error


def _first_column(path: Path) -> pa.ChunkedArray:
    with open(path, "rb") as source:
        line = source.readline(1 << 16)
    delimiter = "\t" if b"\t" in line else ","
    names = [str(i) for i in range(line.count(delimiter.encode()) + 1)]
    has_header = not line[:1].isdigit()
    return pacsv.read_csv(
        path,
        pacsv.ReadOptions(column_names=names, skip_rows=int(has_header)),
        pacsv.ParseOptions(delimiter=delimiter),
        pacsv.ConvertOptions(include_columns=["0"], column_types={"0": pa.int32()}),
    ).column(0)
