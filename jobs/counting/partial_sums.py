"""Partial sums of files of users, as blocks, and how they are added up."""

from dataclasses import dataclass

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from kernels.event_blocks import distinct_codes
from kernels.od import dense_codes

_DENSE = 4
"""Keys up to so many times the number of rows are looked up in a list; beyond, they are hashed."""


@dataclass(frozen=True, eq=False)
class Sums:
    """Figures by key.

    Attributes
    ----------
    key : int64[n], distinct, ascending; users : int64[n], distinct users; trips, population : float64[n].
    squares : float64[n], variance of `population` over users (see `kernels.od.sums_by_code`); None where it is
        not known.
    """

    key: NDArray[np.int64]
    users: NDArray[np.int64]
    trips: NDArray[np.float64]
    population: NDArray[np.float64]
    squares: NDArray[np.float64] | None = None

    def rows(self, chosen: NDArray[np.bool_] | slice) -> "Sums":
        """Some of the figures."""
        squares = None if self.squares is None else self.squares[chosen]
        return Sums(
            self.key[chosen], self.users[chosen], self.trips[chosen], self.population[chosen], squares
        )

    def as_block(self, window: int, name: str) -> pa.Table:
        """Packed rows that remember the pseudonym window and the file that they come from."""
        columns = {"key": self.key, "users": self.users, "trips": self.trips, "population": self.population}
        if self.squares is not None:
            columns["squares"] = self.squares
        return pa.table(columns).replace_schema_metadata({"window": str(window), "name": name})


def distinct_keys(key: NDArray[np.int64]) -> tuple[NDArray[np.int64], NDArray[np.int32]]:
    """Distinct keys, ascending, and the place of each key among them."""
    size = int(key.max(initial=0)) + 1
    if key.min(initial=0) >= 0 and size <= _DENSE * key.size + (1 << 16):
        found: tuple[NDArray[np.int64], NDArray[np.int32]] = dense_codes(key, size)
        return found
    distinct, code = distinct_codes(key.view(np.uint64))
    order = np.argsort(distinct)
    place = np.empty(order.size, np.int32)
    place[order] = np.arange(order.size)
    return distinct[order].view(np.int64), place[code]


def add_up(blocks: list[pa.Table]) -> Sums:
    """Add partial sums of files in which users are whole.

    Users add up within a window. Over windows the largest count stands: pseudonyms change from one
    window to the next, and a sum would count a person again, so that fewer than k persons could
    pass a threshold. Blocks are added in the order of their names, because float sums depend on it.
    """
    blocks = sorted(blocks, key=lambda block: block.schema.metadata[b"name"])
    windows = [int(block.schema.metadata[b"window"]) for block in blocks]
    window = np.repeat(np.array(windows, np.int64), [block.num_rows for block in blocks])
    key, group = distinct_keys(_column(blocks, "key", np.int64).view(np.int64))
    counted = _column(blocks, "users", np.int64)
    users = np.zeros(key.size, np.int64)
    for w in sorted(set(windows)):
        inside = window == w
        in_window = np.bincount(group[inside], counted[inside], key.size)
        users = np.maximum(users, in_window.astype(np.int64))
    trips = np.bincount(group, _column(blocks, "trips", np.float64), key.size)
    population = np.bincount(group, _column(blocks, "population", np.float64), key.size)
    squares = None
    if all("squares" in block.column_names for block in blocks):
        squares = np.asarray(np.bincount(group, _column(blocks, "squares", np.float64), key.size), np.float64)
    return Sums(key, users, np.asarray(trips, np.float64), np.asarray(population, np.float64), squares)


def _none(kind: type[np.generic]) -> NDArray[np.generic]:
    return np.empty(0, kind)


def _column(blocks: list[pa.Table], name: str, kind: type[np.generic]) -> NDArray[np.generic]:
    return np.concatenate([_none(kind), *(block[name].to_numpy() for block in blocks)])
