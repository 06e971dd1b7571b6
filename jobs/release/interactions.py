"""What SET1, SET4 and the social indicators need to know of an event besides who, when and where.

These columns of `events` are optional. Where they are there, each row is one side of a call or a
text, seen by the subscriber `user`:

| column | type | meaning |
|---|---|---|
| ``kind`` | string | ``call`` or ``text``; other kinds (data) are of no interest here |
| ``direction`` | string | ``out`` where `user` began it, ``in`` where `user` was called |
| ``counterparty`` | uint64 | the other party's key in the same window, made as `user` is; null: unknown |
| ``duration_s`` | int32 | seconds of a call; null or 0 for a text |
"""

from dataclasses import dataclass
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from jobs.engine.columns import epoch_seconds
from jobs.engine.store import Store, StoredFile
from jobs.errors import ConfigError
from jobs.records.interactions import COLUMNS, columns_of

CALL, TEXT, OTHER = 0, 1, 2


@dataclass(frozen=True, eq=False)
class Interactions:
    """Calls and texts with a known counterparty, in the order of the events.

    Attributes
    ----------
    user, counterparty : uint64[n]. time_s : int64[n], UTC. cell : int32[n].
    kind : int8[n], `CALL` or `TEXT`. out : bool[n]. duration_s : int64[n], 0 for a text.
    """

    user: NDArray[np.uint64]
    counterparty: NDArray[np.uint64]
    time_s: NDArray[np.int64]
    cell: NDArray[np.int32]
    kind: NDArray[np.int8]
    out: NDArray[np.bool_]
    duration_s: NDArray[np.int64]

    def rows(self, chosen: NDArray[Any]) -> "Interactions":
        """Some of the rows."""
        return Interactions(**{name: values[chosen] for name, values in self.__dict__.items()})


def check_interactions(store: Store, events: list[StoredFile], product: str) -> None:
    """Refuse a product that needs to know who spoke with whom, where events do not tell.

    Raises
    ------
    ConfigError
        Columns are missing.
    """
    if not events:
        return
    columns = columns_of(store, events[0])
    lacking = [name for name in COLUMNS if name not in columns]
    if lacking:
        raise ConfigError(
            f"{product} counts who spoke with whom, and the events of this run do not tell: they have no "
            f"{', '.join(lacking)}. The raw records have no counterparty, or the config does not name it",
            "release.products",
            f"take {product} out, or read records with direction, counterparty and duration",
        )


def interactions_of(events: pa.Table) -> Interactions:
    """Calls and texts among some events; those without a counterparty are left out."""
    kind = pc.fill_null(pc.index_in(events["kind"], pa.array(["call", "text"])), OTHER)
    known = pc.and_(pc.not_equal(kind, OTHER), pc.is_valid(events["counterparty"]))
    rows = np.flatnonzero(pc.and_(known, pc.is_valid(events["direction"])).to_numpy(zero_copy_only=False))
    taken = events.take(pa.array(rows))
    return Interactions(
        taken["user"].to_numpy(),
        taken["counterparty"].to_numpy().astype(np.uint64),
        epoch_seconds(taken["time"]),
        taken["cell"].to_numpy(),
        kind.to_numpy(zero_copy_only=False).astype(np.int8)[rows],
        pc.equal(taken["direction"], "out").to_numpy(zero_copy_only=False),
        pc.fill_null(taken["duration_s"], 0).to_numpy(zero_copy_only=False).astype(np.int64),
    )
