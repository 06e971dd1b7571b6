"""Who objected: a list of identifiers, turned at once into pseudonyms, so that tasks carry no identifier.

The list is applied before anything else: an event of somebody on it is dropped when it is received, and
counts nowhere but in the number of events dropped.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray
from pydantic import Field

from jobs.errors import InputError
from jobs.identity.pseudonyms import WindowPads, canonical_ids, pseudonymise
from jobs.params import ExistingPath, Params

_SHOWN_LINES = 5


class OptOutParams(Params):
    """Where the list of people who objected is."""

    file: ExistingPath = Field(
        description="identifiers, one a line, in any spelling; empty lines do not count"
    )
    user_kind: Literal["msisdn", "imsi", "imei", "opaque"] = Field(
        "msisdn", description="how they are canonicalised, as in `cdr`"
    )


@dataclass(frozen=True, eq=False)
class OptOuts:
    """Pseudonyms of people who objected, in each window.

    Attributes
    ----------
    people : how many.
    names : by window, uint64[people, 2], 128-bit pseudonyms sorted by both words.
    """

    people: int
    names: Mapping[int, NDArray[np.uint64]]

    def among(self, window: int, pseudonyms: NDArray[np.uint64]) -> NDArray[np.bool_]:
        """Which pseudonyms of a window, uint64[n, 2], are of people who objected.

        Raises
        ------
        KeyError
            The window was not prepared: nobody is let through by mistake.
        """
        listed = self.names[window]
        if not listed.size:
            return np.zeros(len(pseudonyms), np.bool_)
        at = np.searchsorted(listed[:, 0], pseudonyms[:, 0])
        found = np.zeros(len(pseudonyms), np.bool_)
        # Two of them may share their first word: look on while it is the same.
        for step in range(_longest_run(listed[:, 0])):
            candidate = listed[np.minimum(at + step, len(listed) - 1)]
            found |= (candidate == pseudonyms).all(axis=1)
        return found


def _longest_run(ordered: NDArray[np.uint64]) -> int:
    """How many equal values follow each other at most."""
    starts = np.flatnonzero(np.append(True, ordered[1:] != ordered[:-1]))
    return int(np.diff(np.append(starts, ordered.size)).max())


def read_opt_outs(params: OptOutParams, pads: Mapping[int, WindowPads]) -> OptOuts:
    """Read the list and forget the identifiers in it.

    Parameters
    ----------
    pads : key pads of every window that events may fall in.

    Raises
    ------
    InputError
        The file cannot be read, or a line is no identifier: somebody's objection would not be kept. The
        message gives numbers of lines, not what they hold.
    """
    lines = _lines(Path(params.file))
    listed = pa.array([text for _, text in lines], pa.binary())
    ids = canonical_ids(listed, params.user_kind)
    if not ids.good.all():
        bad = [str(lines[i][0]) for i in np.flatnonzero(~ids.good)[:_SHOWN_LINES].tolist()]
        count = int((~ids.good).sum())
        raise InputError(
            f"{count:,} lines are no identifier of kind {params.user_kind}: line {', '.join(bad)}",
            params.file,
            "mend these lines, or set opt_out.user_kind",
        )
    names = {window: _sorted(pseudonymise(ids, pad)) for window, pad in pads.items()}
    people = len(next(iter(names.values()))) if names else 0
    return OptOuts(people, names)


def _lines(path: Path) -> list[tuple[int, bytes]]:
    """Number and text of each line that is not empty."""
    try:
        content = path.read_bytes()
    except OSError as error:
        raise InputError(f"cannot be read: {error.strerror}", str(path), "mend its permissions") from error
    rows = content.removeprefix(b"\xef\xbb\xbf").splitlines()
    stripped = ((number, row.strip().strip(b'"')) for number, row in enumerate(rows, 1))
    return [(number, text) for number, text in stripped if text]


def _sorted(pseudonyms: NDArray[np.uint64]) -> NDArray[np.uint64]:
    return np.unique(pseudonyms, axis=0) if pseudonyms.size else pseudonyms
