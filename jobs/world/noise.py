"""Rows that should not be there: copies of rows, and rows that break a rule."""

from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

from jobs.world.params import WorldParams
from jobs.world.phones import DayEvents
from jobs.world.seeds import Topic, generator

_LATEST_COPY_ROWS = 2_000


class Defect(StrEnum):
    """What is wrong with a malformed row."""

    NO_ID = "no_id"
    BAD_ID = "bad_id"
    BAD_TIME = "bad_time"
    UNKNOWN_CELL = "unknown_cell"
    CUT_ROW = "cut_row"
    """The last field is missing; text layouts only."""


@dataclass(frozen=True)
class Malformed:
    """Malformed rows of a day: each is a copy of a good row, spoiled, and stands before row `before`."""

    source: NDArray[np.int64]
    before: NDArray[np.int64]
    defect: tuple[Defect, ...]


def with_copies(params: WorldParams, events: DayEvents) -> tuple[DayEvents, int]:
    """Repeat some rows a little later; return the rows and the number of copies."""
    rng = generator(params.seed, Topic.NOISE, events.day, 0)
    copied = np.flatnonzero(rng.random(events.second.size) < params.noise.duplicate_share)
    rows = np.concatenate((np.arange(events.second.size), copied))
    place = np.concatenate(
        (np.arange(events.second.size), copied + rng.integers(1, _LATEST_COPY_ROWS, copied.size))
    )
    rows = rows[np.argsort(place, kind="stable")]
    return events.rows(rows), copied.size


def malformed_rows(params: WorldParams, events: DayEvents, *, as_text: bool) -> Malformed:
    """Choose which rows come once more, spoiled, and where."""
    rng = generator(params.seed, Topic.NOISE, events.day, 1)
    source = np.flatnonzero(rng.random(events.second.size) < params.noise.malformed_share)
    kinds = [d for d in Defect if as_text or d is not Defect.CUT_ROW]
    defect = tuple(kinds[k] for k in rng.integers(0, len(kinds), source.size))
    return Malformed(source, np.sort(rng.integers(0, events.second.size + 1, source.size)), defect)


def spoil(defect: Defect, number: str, time: str, cell: str) -> tuple[str | None, ...]:
    """Fields of a good row with a defect; a field that is missing comes as None at the end."""
    spoiled: dict[Defect, tuple[str | None, ...]] = {
        Defect.NO_ID: ("", time, cell),
        Defect.BAD_ID: ("n/a", time, cell),
        Defect.BAD_TIME: (number, "0000-00-00", cell),
        Defect.UNKNOWN_CELL: (number, time, "unknown-cell"),
        Defect.CUT_ROW: (number, time, None),
    }
    return spoiled[defect]
