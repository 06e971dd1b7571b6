"""What an ingest is to do: everything a reader or a receiver task needs to know."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray
from pydantic import Field, model_validator

from jobs.calendars.localtime import zone_named
from jobs.engine.store import Store
from jobs.identity.optout import OptOuts
from jobs.identity.pseudonyms import PadsOfWindows, PseudonymParams, WindowPads, hash_key
from jobs.identity.sealing import Unit, new_seal
from jobs.params import Params
from jobs.records.sources import CdrSource

_FIRST_DAY, _LAST_DAY = date(1990, 1, 1), date(2059, 12, 31)


class Period(Params):
    """Days that a run accepts, local time."""

    start: date = Field(description="first day")
    end: date = Field(description="last day, included")

    @model_validator(mode="after")
    def _in_order(self) -> "Period":
        if self.end < self.start:
            raise ValueError(f"period ends ({self.end}) before it starts ({self.start})")
        return self

    def utc_bounds(self, zone: str) -> tuple[int, int]:
        """First second and end of the period, UTC."""
        edges = [self.start, self.end + timedelta(days=1)]
        local = [int(datetime(d.year, d.month, d.day, tzinfo=UTC).timestamp()) for d in edges]
        utc, _ = zone_named(zone).to_utc(np.array(local, np.int64))
        return int(utc[0]), int(utc[1])


@dataclass(frozen=True, eq=False)
class IngestPlan:
    """Everything a reader or receiver task needs; carries key pads, never a key.

    Attributes
    ----------
    parts : into how many parts the users of a window are cut.
    partitions : over how many tasks the units are spread that receive events.
    part_key : uint64[2], decides the part of a user.
    opt_outs : people whose events are dropped, as pseudonyms.
    seal : key of this run for the blocks between readers and receivers.
    """

    store: Store
    build: str
    sources: tuple[CdrSource, ...]
    known_cells: pa.Array
    pseudonyms: PseudonymParams
    pads: Mapping[int, WindowPads]
    part_key: NDArray[np.uint64]
    zone: str
    period_utc: tuple[int, int] | None
    parts: int
    partitions: int
    slice_bytes: int
    opt_outs: OptOuts | None = None
    seal: bytes = field(default_factory=new_seal, repr=False)

    @property
    def accepted_utc(self) -> tuple[int, int]:
        """First second and end of the times that a record can have.

        A system's "never", such as the year 9999, is a bad row, and must not end the run.
        """
        return self.period_utc or Period(start=_FIRST_DAY, end=_LAST_DAY).utc_bounds(self.zone)

    @property
    def tells_interactions(self) -> bool:
        """Whether events have the columns of interactions: all have them where one source does."""
        return any(source.columns.tells_interactions for source in self.sources)

    @property
    def quarantine(self) -> str:
        """Folder of rejected rows."""
        return f"quarantine/ingest/{self.build}"

    def partition_of(self, unit: Unit) -> int:
        """Task that receives a unit."""
        window, part = unit
        return (window * self.parts + part) % self.partitions


def all_window_pads(key: bytes, params: PseudonymParams, period: Period | None) -> PadsOfWindows:
    """Pads of every window that events may fall in: those of the period, or of 1990 to 2059."""
    period = period or Period(start=_FIRST_DAY, end=_LAST_DAY)
    days = np.array([(day - date(1970, 1, 1)).days for day in (period.start, period.end)], np.int64)
    low, high = params.window_of(days * 86_400)
    return PadsOfWindows.derived(key, range(int(low) - 1, int(high) + 2))


def part_key(key: bytes) -> NDArray[np.uint64]:
    """Key that decides the part of a user, the same in every run under one master key."""
    return hash_key(key, "part")


def unit_name(unit: Unit) -> str:
    """Name of a unit's files in every table of users."""
    window, part = unit
    return f"window={window}/part-{part:05d}"


def unit_named(name: str) -> Unit:
    """Undo `unit_name`."""
    window, part = name.removeprefix("window=").split("/part-")
    return int(window), int(part)


def quarantine_name(path: str) -> str:
    """Beginning of the names of a file's rejected rows: the same in every run."""
    return f"file-{hashlib.sha256(path.encode()).hexdigest()[:16]}-"
