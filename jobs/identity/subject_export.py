"""What is kept of one person, while the key lives: "if I have data on you, you have it too".

GDPR, articles 15 and 20.
"""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from jobs.calendars.localtime import Zone
from jobs.engine.columns import epoch_seconds
from jobs.engine.store import Store, StoredFile
from jobs.errors import InputError
from jobs.identity.pseudonyms import CanonicalIds, canonical_ids, pseudonymise, window_pads

_KEYS = ("user", "counterparty")
_PLACES = ("cell", "place", "origin", "destination", "home", "work")


@dataclass(frozen=True, eq=False)
class Subject:
    """One person's key in each window, and the identifier in one form for rows without a pseudonym."""

    keys: dict[int, int]
    canonical: CanonicalIds
    kind: str


def subject_of(identifier: bytes, kind: str, key: bytes, windows: Iterable[int]) -> Subject:
    """Find a person's keys.

    Raises
    ------
    InputError
        The identifier is not of this kind; it is not shown.
    """
    ids = canonical_ids(pa.array([identifier.strip()], pa.binary()), kind)
    if not ids.good.all():
        raise InputError(
            f"this is no identifier of kind {kind}", "standard input", "give one identifier, or set --kind"
        )
    keys = {w: int(pseudonymise(ids, window_pads(key, w))[0, 0]) for w in sorted(windows)}
    return Subject(keys, ids, kind)


def rows_of(store: Store, files: list[StoredFile], subject: Subject) -> list[dict[str, Any]]:
    """The person's rows of a table that has a user and a window."""
    found = []
    for file in files:
        table = store.read_table(file)
        for window, user in subject.keys.items():
            own = pc.and_(
                pc.equal(table["user"], pa.scalar(user, pa.uint64())), pc.equal(table["window"], window)
            )
            found += table.filter(own).to_pylist()
    return found


def rejected_rows_of(
    store: Store, files: list[StoredFile], subject: Subject, others: frozenset[str] = frozenset()
) -> list[dict[str, Any]]:
    """Rejected rows in which the person's identifier stands, in any spelling.

    Parameters
    ----------
    others : columns of other parties: what stands there is about somebody else, and is left out.
    """
    found = []
    for file in files:
        for row in store.read_table(file).to_pylist():
            values = _values(row["raw"], others)
            ids = canonical_ids(pa.array([v.encode() for v in values], pa.binary()), subject.kind)
            texts = _texts(ids)
            if any(
                good and text == _texts(subject.canonical)[0]
                for good, text in zip(ids.good, texts, strict=True)
            ):
                found.append({"reason": row["reason"], "row": row["row"], "values": values})
    return found


def _values(raw: str, others: frozenset[str]) -> list[str]:
    """Values of a rejected row: of its JSON, or of its text where it could not be split."""
    try:
        told = json.loads(raw)
    except ValueError:
        told = None
    if isinstance(told, dict):
        return [str(value) for name, value in told.items() if value and name not in others]
    return [part for part in raw.replace(";", ",").replace("\t", ",").split(",") if part]


def _texts(ids: CanonicalIds) -> list[bytes]:
    data, ends = ids.data.tobytes(), ids.offsets.tolist()
    return [data[a:b] for a, b in pairwise(ends)]


def readable(rows: list[dict[str, Any]], cells: pa.Table, clock: Zone) -> list[dict[str, Any]]:
    """Rows for people: local times, cells by name and position; without keys that stood for persons.

    With whom somebody spoke is about the other person too, whose key would say nothing: it is left out.
    """
    places = cells.select(["cell_id", "lon", "lat"]).to_pylist()
    return [_readable(row, places, clock) for row in rows]


def _readable(row: dict[str, Any], places: list[dict[str, Any]], clock: Zone) -> dict[str, Any]:
    told: dict[str, Any] = {}
    for name, value in row.items():
        if name in _KEYS or value is None:
            continue
        if isinstance(value, datetime):
            told[name] = _local(value, clock)
        elif name in _PLACES:
            told[name] = places[value]
        else:
            told[name] = value
    return told


def _local(when: datetime, clock: Zone) -> str:
    seconds = epoch_seconds(pa.chunked_array([pa.array([when], pa.timestamp("s", "UTC"))]))
    reading = int(clock.to_local(seconds.astype(np.int64))[0])
    return f"{datetime(1970, 1, 1, tzinfo=UTC) + timedelta(seconds=reading):%Y-%m-%dT%H:%M:%S}"
