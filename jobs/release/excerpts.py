"""Who is in an excerpt of traces whose identifiers were changed: looked up by what the traces hold."""

from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray

from jobs.errors import InputError
from jobs.privacy.released import Bundle, Rows, trace_files, traced_rows
from jobs.release.layouts import LAYOUTS


def identifiers_by_content(leaked: Rows, copies: Iterable[Rows]) -> NDArray[np.int32]:
    """Released identifiers of the traces of an excerpt, found by their places and times.

    A trace counts if exactly one person, over all copies, has every one of its rows: with a handful of
    rows that is nearly always so, since traces are nearly unique (`maillage audit unicity`).

    Parameters
    ----------
    leaked : rows under any identifiers; copies : rows of the copies that were given out, in which a person
        has the same identifier.

    Returns
    -------
    int32[n], ascending, distinct.
    """
    user, point = _distinct([_points(rows) for rows in copies])
    order = np.argsort(point, kind="stable")
    user, point = user[order], point[order]
    who, held = _distinct([_points(leaked)])
    first, last = (np.searchsorted(point, held, side=side) for side in ("left", "right"))
    found = []
    for rows in np.split(np.arange(who.size), np.flatnonzero(np.diff(who)) + 1):
        rarest = rows[np.argsort((last - first)[rows], kind="stable")]
        fitting: NDArray[np.int64] | None = None
        for row in rarest.tolist():
            holders = user[first[row] : last[row]]
            fitting = holders if fitting is None else fitting[np.isin(fitting, holders)]
            if not fitting.size:
                break
        if fitting is not None and fitting.size == 1:
            found.append(int(fitting[0]))
    return np.unique(np.array(found, np.int32))


def _points(rows: Rows) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    user, time_s, place = rows
    return user.astype(np.int64), time_s.astype(np.int64) << 24 | (place.astype(np.int64) + 1)


def _distinct(
    parts: list[tuple[NDArray[np.int64], NDArray[np.int64]]],
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """User and point of all parts, each pair once, by user."""
    user, point = (np.concatenate(column) for column in zip(*parts, strict=True))
    order = np.lexsort((point, user))
    user, point = user[order], point[order]
    fresh = np.ones(user.size, np.bool_)
    fresh[1:] = (user[1:] != user[:-1]) | (point[1:] != point[:-1])
    return user[fresh], point[fresh]


def rows_of_copies(bundles: list[Bundle], kind: str) -> list[Rows]:
    """Rows of one set in every copy that is still at hand.

    Raises
    ------
    InputError
        None is.
    """
    begins = tuple(
        f"data/{layout.files[kind].split('{')[0]}" for layout in LAYOUTS.values() if kind in layout.files
    )
    found = [
        traced_rows(bundle, name)
        for bundle in bundles
        if bundle.store.files_below(bundle.folder)
        for name in trace_files(bundle)
        if name.startswith(begins)
    ]
    if not found:
        raise InputError(
            f"no copy with {kind} is at hand to compare with",
            "releases",
            "build the copies again, or keep them",
        )
    return found
