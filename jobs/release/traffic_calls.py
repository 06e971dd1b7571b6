"""Calls out of records: the caller's and that of who was called are two sides of one."""

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from jobs.release.interactions import Interactions
from jobs.release.layouts import UNKNOWN
from kernels.traffic import pair_sides

TOLERANCE_S = 60
"""Clocks of two switches may differ by this much."""


def sides_of(table: pa.Table) -> Interactions:
    """Records out of a block."""
    columns = {name: table[name].to_numpy() for name in Interactions.__dataclass_fields__ if name != "out"}
    return Interactions(**columns, out=table["out"].to_numpy(zero_copy_only=False))


def calls_of(sides: Interactions, window: NDArray[np.int32]) -> tuple[Interactions, NDArray[np.int32]]:
    """One row for each call: cell and time of the caller's record, cell of the other party or -1.

    Parameters
    ----------
    sides : records of one kind.

    Returns
    -------
    calls, whose `user` is the caller and `cell` where the call began; and the cell where it ended. A
    call of which only the called party's record is there begins at -1.
    """
    caller = np.where(sides.out, sides.user, sides.counterparty)
    called = np.where(sides.out, sides.counterparty, sides.user)
    order = np.lexsort((sides.out, sides.time_s, called, caller, window))
    ordered, caller, called = sides.rows(order), caller[order], called[order]
    changed = (np.diff(window[order]) != 0) | (np.diff(caller) != 0) | (np.diff(called) != 0)
    pair = np.append(0, np.cumsum(changed)).astype(np.int64)[: caller.size]
    partner = pair_sides(pair, ordered.time_s, ordered.out, TOLERANCE_S)
    own = ordered.out | (partner < 0)
    other = np.where(partner >= 0, ordered.cell[partner], UNKNOWN)
    origin = np.where(ordered.out, ordered.cell, UNKNOWN)[own].astype(np.int32)
    destination = np.where(ordered.out, other, ordered.cell)[own].astype(np.int32)
    calls = ordered.rows(own)
    calls = Interactions(
        **{**calls.__dict__, "user": caller[own], "counterparty": called[own], "cell": origin}
    )
    return calls, destination
