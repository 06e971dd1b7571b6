"""Columns of a feed's tables as arrays; cells that cannot be read are noted, not raised."""

from dataclasses import dataclass
from datetime import date

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from jobs.transit.feeds.csvtext import TextTable
from jobs.transit.findings import MEND, Findings

_REFERENCE = "see https://gtfs.org/documentation/schedule/reference/"
NO_DATE = date.min


@dataclass(frozen=True)
class Columns:
    """A table, and where its faults are noted. A file that is missing or lacks a column reads as empty."""

    table: TextTable
    findings: Findings

    @property
    def name(self) -> str:
        """File name."""
        return self.table.name

    def has_all(self, *names: str) -> bool:
        """Whether the header names all columns; notes each one that it lacks."""
        for name in names:
            if not self.table.has(name):
                has = ", ".join(self.table.header) or "nothing"
                self.findings.add(
                    self.name,
                    "missing_column",
                    f"the header lacks the required column {name}; it has {has}",
                    f"add {name}, {_REFERENCE}",
                )
        return all(self.table.has(name) for name in names)

    def text(self, name: str) -> list[str]:
        """Cells as written, blank where the file lacks the column."""
        return self.table.column(name)

    def ids(self, name: str) -> list[str]:
        """Cells that name the rows: each once, none blank."""
        ids = self.text(name)
        seen: dict[str, int] = {}
        again = np.zeros(len(ids), bool)
        for row, cell in enumerate(ids):
            again[row] = seen.setdefault(cell, row) != row
        blank = np.array([not cell for cell in ids], bool)
        self.findings.rows(self.name, "missing_id", blank, lambda _: f"{name} is blank")
        self.findings.rows(
            self.name,
            "duplicate_id",
            again & ~blank,
            lambda i: f"{name} {ids[i]!r} is given twice, first in row {seen[ids[i]] + 2}",
        )
        return ids

    def index(
        self, name: str, ids: list[str], target: str, may_be_blank: bool = False, is_error: bool = True
    ) -> np.ndarray:
        """Position of each cell in `ids`, int32; -1 where it is not there."""
        cells = self.table.required(name)
        index = pc.fill_null(pc.index_in(cells, value_set=pa.array(ids, pa.string())), -1)
        found = np.asarray(index.to_numpy()).astype(np.int32)
        lost = found < 0
        if may_be_blank:
            lost &= ~np.asarray(pc.equal(cells, "").to_numpy(zero_copy_only=False), bool)
        self.findings.rows(
            self.name,
            "unknown_reference",
            lost,
            lambda i: f"{name} {cells[i].as_py()!r} is not in {target}",
            f"add it to {target}, or {MEND}",
            is_error,
        )
        return found

    def degrees(self, name: str, limit: float) -> np.ndarray:
        """Float64, NaN where blank; a decimal comma is read."""
        cells = self.text(name)
        out = np.array([_number(cell.replace(",", ".")) if cell else np.nan for cell in cells], np.float64)
        bad = np.isinf(out) | (np.abs(out) > limit)
        self.findings.rows(
            self.name,
            "not_degrees",
            bad,
            lambda i: f"{name} {cells[i]!r} is not in degrees within ±{limit:g}",
        )
        return np.where(bad, np.nan, out)

    def numbers(self, name: str) -> np.ndarray:
        """Float64, 0 where a cell is no number."""
        cells = self.table.required(name)
        try:
            return np.asarray(pc.cast(cells, pa.float64()).to_numpy())
        except pa.ArrowInvalid:
            values: list[str] = cells.to_pylist()
        out = np.array([_number(v) for v in values])
        bad = ~np.isfinite(out)
        self.findings.rows(self.name, "not_a_number", bad, lambda i: f"{name} {values[i]!r} is not a number")
        return np.where(bad, 0.0, out)

    def seconds(self, name: str) -> np.ndarray:
        """Clock cells ``H:MM:SS`` as seconds, NaN where blank. Hours may exceed 24."""
        cells = self.table.required(name)
        distinct = cells.combine_chunks().dictionary_encode()
        if isinstance(distinct, pa.ChunkedArray):
            distinct = distinct.combine_chunks()
        known = np.array([seconds_of(cell) for cell in distinct.dictionary.to_pylist()], np.float64)
        seconds = known[distinct.indices.to_numpy()] if len(known) else np.empty(0)
        bad = np.isinf(seconds)
        self.findings.rows(
            self.name, "not_a_time", bad, lambda i: f"{name} {cells[i].as_py()!r} is not a time HH:MM:SS"
        )
        return np.where(bad, np.nan, seconds)

    def dates(self, name: str) -> list[date]:
        """Dates ``YYYYMMDD``; `NO_DATE` where a cell is none."""
        cells = self.text(name)
        out = [_date(cell) for cell in cells]
        bad = np.array([d == NO_DATE for d in out], bool)
        self.findings.rows(
            self.name,
            "not_a_date",
            bad,
            lambda i: f"{name} {cells[i]!r} is not a date YYYYMMDD",
            "correct the date",
        )
        return out


def _number(cell: str) -> float:
    """Value of a cell; inf where it has none."""
    try:
        value = float(cell)
    except ValueError:
        return np.inf
    return value if np.isfinite(value) else np.inf


def seconds_of(cell: str) -> float:
    """Seconds of a clock cell ``H:MM:SS``: NaN where blank, inf where it is no time."""
    if not cell:
        return np.nan
    try:
        parts = [int(part) for part in cell.split(":")]
    except ValueError:
        return np.inf
    if len(parts) not in (2, 3) or min(parts) < 0 or max(parts[1:]) > 59:
        return np.inf
    return parts[0] * 3600.0 + parts[1] * 60.0 + (parts[2] if len(parts) == 3 else 0)


def _date(cell: str) -> date:
    try:
        return date(int(cell[:4]), int(cell[4:6]), int(cell[6:])) if len(cell) == 8 else NO_DATE
    except ValueError:
        return NO_DATE
