"""Call detail records on disk, in the layouts that operators use."""

import gzip
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import Protocol

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
from numpy.typing import NDArray

from jobs.world.antennas import Antennas
from jobs.world.calendar import Calendar
from jobs.world.calls import COLUMNS, Told
from jobs.world.noise import Malformed, malformed_rows, spoil, with_copies
from jobs.world.params import CdrLayout, WorldParams
from jobs.world.phones import NUMBER_DIGITS, DayEvents
from kernels.world.rows import render_rows, with_tails

_D4D_DAYS = 14
_D4D_STEP_S = 600
_HEADER = ("msisdn", "time", "cell_id")


@dataclass
class RecordCounts:
    """Rows written, and what they are."""

    rows: int = 0
    events: int = 0
    duplicates: int = 0
    malformed: Counter[str] = field(default_factory=Counter)


class _Layout(Protocol):
    as_text: bool

    def write(self, events: DayEvents, malformed: Malformed) -> None: ...


def write_records(
    params: WorldParams, calendar: Calendar, antennas: Antennas, days: Iterable[DayEvents], folder: Path
) -> Iterator[tuple[int, RecordCounts]]:
    """Write the records day by day; after each day yield its number and the counts so far."""
    layout = _layout(params.cdr_layout, len(params.msisdn_prefix) + NUMBER_DIGITS, calendar, antennas, folder)
    counts = RecordCounts()
    for good in days:
        events, copies = with_copies(params, good)
        malformed = malformed_rows(params, events, as_text=layout.as_text)
        layout.write(events, malformed)
        counts.events += good.second.size
        counts.duplicates += copies
        counts.malformed.update(str(defect) for defect in malformed.defect)
        counts.rows += events.second.size + len(malformed.defect)
        yield good.day, counts


def _layout(kind: CdrLayout, digits: int, calendar: Calendar, antennas: Antennas, folder: Path) -> _Layout:
    if kind == "parquet":
        return _ParquetDays(calendar, antennas, folder)
    text = _Text(digits, antennas, "T" if kind != "d4d-set2" else " ")
    if kind == "d4d-set2":
        return _D4dFortnights(calendar, text, folder)
    return _CsvDays(calendar, text, folder, is_zipped=kind == "csv.gz")


class _Text:
    """Rows as lines of text."""

    def __init__(self, digits: int, antennas: Antennas, separator: str) -> None:
        self.digits, self.separator, self.cell_ids = digits, separator, antennas.ids
        encoded = [cell_id.encode() for cell_id in antennas.ids]
        self.cell_text = np.frombuffer(b"".join(encoded), np.uint8)
        self.cell_start = np.concatenate(([0], np.cumsum([len(piece) for piece in encoded]))).astype(np.int64)

    def pieces(self, day: date, events: DayEvents, malformed: Malformed) -> Iterator[bytes]:
        """All lines of a day, the malformed ones in between."""
        stem = np.frombuffer(f"{day.isoformat()}{self.separator}".encode(), np.uint8)
        text, line = render_rows(
            events.msisdn, self.digits, events.second, events.cell, stem, self.cell_text, self.cell_start
        )
        if events.told is not None:
            text, line = with_tails(text, line, *text_and_starts(events.told))
        done = 0
        for source, before, defect in zip(malformed.source, malformed.before, malformed.defect, strict=True):
            yield text[done : line[before]].tobytes()
            done = line[before]
            number, time, cell, *told = (
                text[line[source] : line[source + 1] - 1].tobytes().decode().split(",")
            )
            bad = [field for field in spoil(defect, number, time, cell) if field is not None]
            yield (",".join(bad + (told if len(bad) == len(_HEADER) else [])) + "\n").encode()
        yield text[done:].tobytes()


def text_and_starts(told: Told) -> tuple[NDArray[np.uint8], NDArray[np.int64]]:
    """Further fields of each row, a comma before each, as text one after the other; and where each starts."""
    fields = [pc.fill_null(column.cast(pa.string()), "") for column in told.columns().values()]
    joined = pc.binary_join_element_wise("", *fields, ",").cast(pa.binary())
    _, offsets, data = joined.buffers()
    start = np.frombuffer(offsets, np.int32, len(joined) + 1).astype(np.int64)
    return np.frombuffer(data, np.uint8) if data is not None else np.empty(0, np.uint8), start


class _CsvDays:
    """One file a day: ``cdr_<date>.csv`` or ``.csv.gz``."""

    as_text = True

    def __init__(self, calendar: Calendar, text: _Text, folder: Path, *, is_zipped: bool) -> None:
        self.calendar, self.text, self.folder, self.is_zipped = calendar, text, folder, is_zipped

    def write(self, events: DayEvents, malformed: Malformed) -> None:
        day = self.calendar.dates[events.day]
        header = _HEADER if events.told is None else _HEADER + COLUMNS
        content = b"".join((f"{','.join(header)}\n".encode(), *self.text.pieces(day, events, malformed)))
        path = self.folder / f"cdr_{day.isoformat()}.csv"
        if self.is_zipped:
            path = path.with_suffix(".csv.gz")
            content = gzip.compress(content, compresslevel=4, mtime=0)
        path.write_bytes(content)


class _D4dFortnights:
    """D4D Senegal 2014, SET2: no header, minutes cut to 10, a file each two weeks."""

    as_text = True

    def __init__(self, calendar: Calendar, text: _Text, folder: Path) -> None:
        self.calendar, self.text, self.folder = calendar, text, folder / "SET2"
        self.folder.mkdir(parents=True, exist_ok=True)

    def write(self, events: DayEvents, malformed: Malformed) -> None:
        cut = DayEvents(events.day, events.msisdn, events.second // _D4D_STEP_S * _D4D_STEP_S, events.cell)
        fortnight, since = divmod(events.day, _D4D_DAYS)
        path = self.folder / f"SET2_P{fortnight + 1:02d}.CSV"
        with path.open("wb" if since == 0 else "ab") as file:
            file.writelines(self.text.pieces(self.calendar.dates[events.day], cut, malformed))


class _ParquetDays:
    """One file a day: msisdn (string), time (timestamp, local), cell_id (string)."""

    as_text = False

    def __init__(self, calendar: Calendar, antennas: Antennas, folder: Path) -> None:
        self.calendar, self.folder = calendar, folder
        self.cell_ids = pa.array(antennas.ids)

    def write(self, events: DayEvents, malformed: Malformed) -> None:
        day = self.calendar.dates[events.day]
        good = self._table(day, events)
        table = good if not malformed.defect else self._mixed(good, malformed)
        pq.write_table(table, self.folder / f"cdr_{day.isoformat()}.parquet", compression="zstd")

    def _table(self, day: date, events: DayEvents) -> pa.Table:
        midnight = int((datetime(day.year, day.month, day.day) - datetime(1970, 1, 1)).total_seconds())
        time = pa.array(midnight + events.second.astype(np.int64)).cast(pa.timestamp("s"))
        return pa.table(
            {
                "msisdn": pa.array(events.msisdn).cast(pa.string()),
                "time": time.cast(pa.timestamp("ms")),
                "cell_id": self.cell_ids.take(pa.array(events.cell)),
                **(events.told.columns() if events.told is not None else {}),
            }
        )

    def _mixed(self, good: pa.Table, malformed: Malformed) -> pa.Table:
        bad = [
            (*spoil(defect, row["msisdn"], row["time"], row["cell_id"]), *list(row.values())[len(_HEADER) :])
            for defect, row in zip(
                malformed.defect, good.take(pa.array(malformed.source)).to_pylist(), strict=True
            )
        ]
        columns = list(zip(*bad, strict=True))
        columns[1] = tuple(t if isinstance(t, datetime) else None for t in columns[1])
        spoiled = pa.table(
            [pa.array(c, f.type) for c, f in zip(columns, good.schema, strict=True)], schema=good.schema
        )
        return pa.concat_tables([good, spoiled]).take(_order(good.num_rows, malformed.before))


def _order(rows: int, before: NDArray[np.int64]) -> pa.Array:
    """Order that puts appended rows before the rows they belong to."""
    place = np.concatenate((np.arange(rows) + 0.5, before.astype(np.float64)))
    return pa.array(np.argsort(place, kind="stable"))
