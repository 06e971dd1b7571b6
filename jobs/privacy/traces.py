"""Traces of people, as attacks take them: out of a workspace's events or out of a released set."""

from dataclasses import dataclass

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from jobs.calendars.localtime import Zone
from jobs.engine.columns import epoch_seconds
from jobs.engine.store import Store, StoredFile
from kernels.privacy.posting_lists import inverted_index
from kernels.privacy.unicity import distinct_points

_ROOM_FOR_KEYS = 8


@dataclass(frozen=True, eq=False)
class Traces:
    """Events of whole people in one window.

    Attributes
    ----------
    user_start : int64[users + 1], where the events of each user start.
    place : int32[events], numbered from 0; time_s : int64[events], local clock, ascending in each user.
    places : how many places there are.
    """

    user_start: NDArray[np.int64]
    place: NDArray[np.int32]
    time_s: NDArray[np.int64]
    places: int

    @property
    def users(self) -> int:
        return self.user_start.size - 1

    def at(self, place_of: NDArray[np.integer], places: int) -> "Traces":
        """The same traces with places replaced: cells by H3 cells, say."""
        return Traces(self.user_start, place_of[self.place].astype(np.int32), self.time_s, places)

    def of_events(self, chosen: NDArray[np.bool_]) -> "Traces":
        """Only some events; every user stays, if with nothing."""
        kept = np.concatenate([[0], np.cumsum(chosen)])[self.user_start]
        return Traces(kept, self.place[chosen], self.time_s[chosen], self.places)

    def of_users(self, chosen: NDArray[np.int64]) -> "Traces":
        """Only some users, in the order given."""
        size = np.diff(self.user_start)[chosen]
        start = np.concatenate([[0], np.cumsum(size)])
        rows = np.arange(start[-1]) + np.repeat(self.user_start[chosen] - start[:-1], size)
        return Traces(start, self.place[rows], self.time_s[rows], self.places)


@dataclass(frozen=True, eq=False)
class Points:
    """Distinct points (place and time bin) of each user, numbered, and who shares each.

    Attributes
    ----------
    user_start : int64[users + 1]; point : int32[n], ascending in each user.
    list_start : int64[points + 1]; owner : int32[n]: the users of each point.
    """

    user_start: NDArray[np.int64]
    point: NDArray[np.int32]
    list_start: NDArray[np.int64]
    owner: NDArray[np.int32]

    @property
    def users(self) -> int:
        return self.user_start.size - 1


def points_of(traces: Traces, time_step_s: int) -> Points:
    """Cut time to steps and index who was where when."""
    step = traces.time_s // time_step_s
    first = int(step.min()) if step.size else 0
    bins = int(step.max()) - first + 1 if step.size else 1
    start, key = distinct_points(traces.user_start, traces.place, step - first, bins)
    point, points = _numbered(key, traces.places * bins)
    return Points(start, point, *inverted_index(start, point, points))


def _numbered(key: NDArray[np.int64], keys: int) -> tuple[NDArray[np.int32], int]:
    """Numbers from 0 for the keys below some number that are there, in their order; and how many there are.

    Where there are about as many keys as could be, a table of all is looked up, which takes a tenth of sorting.
    """
    if keys <= _ROOM_FOR_KEYS * key.size:
        is_there = np.zeros(keys, np.bool_)
        is_there[key] = True
        number = np.cumsum(is_there, dtype=np.int32)
        return number[key] - np.int32(1), int(number[-1])
    known, place = np.unique(key, return_inverse=True)
    return place.astype(np.int32).ravel(), known.size


def traces_of_events(store: Store, files: list[StoredFile], clock: Zone, places: int) -> Traces:
    """Events of one window, users whole, as a stage wrote them.

    Parameters
    ----------
    files : of the `events` table, all of one window.
    """
    parts = [_arrays(store.read_table(file, columns=["user", "time", "cell"])) for file in files]
    users = [np.diff(np.append(np.flatnonzero(_starts(user)), user.size)) for user, _, _ in parts]
    sizes = np.concatenate([np.zeros(0, np.int64), *users])
    time = np.concatenate([np.zeros(0, np.int64), *(part[1] for part in parts)])
    cell = np.concatenate([np.zeros(0, np.int32), *(part[2] for part in parts)])
    start = np.concatenate([[0], np.cumsum(sizes)]).astype(np.int64)
    return Traces(start, cell, clock.to_local(time), places)


def _arrays(table: pa.Table) -> tuple[NDArray[np.uint64], NDArray[np.int64], NDArray[np.int32]]:
    return table["user"].to_numpy(), epoch_seconds(table["time"]), table["cell"].to_numpy()


def _starts(user: NDArray[np.uint64]) -> NDArray[np.bool_]:
    """Whether a row is the first of its user, in rows sorted by user."""
    return np.append(True, user[1:] != user[:-1]) if user.size else np.zeros(0, np.bool_)


def traces_of_rows(
    user: NDArray[np.integer], time_s: NDArray[np.int64], place: NDArray[np.integer]
) -> Traces:
    """Rows of a released set, in any order."""
    order = np.lexsort((time_s, user))
    who = np.asarray(user)[order]
    start = np.append(np.flatnonzero(_starts(who.astype(np.uint64))), who.size)
    known, number = np.unique(np.asarray(place)[order], return_inverse=True)
    return Traces(start.astype(np.int64), number.ravel().astype(np.int32), time_s[order], known.size)


def sampled(users: int, most: int, seed: int) -> NDArray[np.int64]:
    """Up to `most` users, uniformly, ascending; the same for the same seed."""
    if users <= most:
        return np.arange(users)
    return np.sort(np.random.default_rng(seed).choice(users, most, replace=False))
