"""Check raw rows: each column is parsed, and each row keeps its first reason for rejection."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from jobs.calendars.localtime import Zone, zone_named
from jobs.records.interaction_columns import ColumnRef
from jobs.records.raw import Column, RawBatch, TextSpans, as_binary, taken, text_spans
from jobs.records.reasons import Reason
from jobs.records.sources import CdrSource, TimeColumn
from kernels.text.columns import BAD, NO_OFFSET, parse_iso_times, parse_whole_numbers
from kernels.text.lookup import EMPTY, UNKNOWN, places_of_texts

_EPOCH_DIVISOR = {"epoch_s": 1, "epoch_ms": 1000}
_UNITS_PER_SECOND = {"s": 1, "ms": 1000, "us": 1_000_000, "ns": 1_000_000_000}
_LONGEST_ROLL_OVER_DAYS = 3
_LOWEST_MCC, _HIGHEST_MCC = 200, 799
_REASONS = list(Reason)
_NONE = -1


@dataclass(frozen=True)
class CheckedBatch:
    """Rows of a batch, parsed.

    Attributes
    ----------
    time : int64[n], UTC seconds.
    cell : int32[n], index into the cell plan.
    reason : int8[n], index into `Reason`, or -1 where the row is good.
    """

    time: NDArray[np.int64]
    cell: NDArray[np.int32]
    reason: NDArray[np.int8]

    @property
    def good(self) -> NDArray[np.bool_]:
        return np.asarray(self.reason == _NONE)


NOTHING = CheckedBatch(np.empty(0, np.int64), np.empty(0, np.int32), np.empty(0, np.int8))
"""A batch without a row."""


class _Verdict:
    """The first reason for rejection of each row."""

    def __init__(self, count: int) -> None:
        self.reason = np.full(count, _NONE, np.int8)

    def reject(self, rows: NDArray[np.bool_], reason: Reason) -> None:
        # Few rows are bad: these are looked at, not all.
        bad = np.flatnonzero(rows)
        self.reason[bad[self.reason[bad] == _NONE]] = _REASONS.index(reason)


def reason_names(reason: NDArray[np.int8]) -> list[str]:
    """Names of reasons by their index."""
    return [str(_REASONS[i]) for i in reason]


def check(
    batch: RawBatch,
    source: CdrSource,
    known_cells: pa.Array,
    period_utc: tuple[int, int] | None,
    bad_user: NDArray[np.bool_] | None,
    refused: Iterable[tuple[NDArray[np.bool_], Reason]] = (),
) -> CheckedBatch:
    """Parse and judge every row of a batch.

    Parameters
    ----------
    known_cells : string array, cell identifiers in the order of their index.
    period_utc : first second and end of the accepted period, or None for any.
    bad_user : bool[n], rows whose identifier could not be canonicalised, the empty ones among them; None to look
        for empty ones alone.
    refused : rows that are bad for reasons found elsewhere, in the order of `Reason`.
    """
    columns = source.columns
    verdict = _Verdict(len(batch.row))
    user = batch.columns[columns.user]
    suspect = np.ones(len(user), np.bool_) if bad_user is None else bad_user
    verdict.reject(_are_empty_among(user, suspect), Reason.MISSING_USER)
    if bad_user is not None:
        verdict.reject(bad_user, Reason.BAD_USER)
    time = _check_time(batch.columns[columns.time.column], columns.time, period_utc, verdict)
    cell = _check_cell(joined_cells(batch.columns, columns.cell), known_cells, verdict)
    if columns.mcc is not None:
        mcc = _as_integers(batch.columns[columns.mcc])
        verdict.reject((mcc < _LOWEST_MCC) | (mcc > _HIGHEST_MCC), Reason.BAD_MCC)
    for rows, reason in refused:
        verdict.reject(rows, reason)
    return CheckedBatch(time, cell, verdict.reason)


def _is_empty(column: Column) -> NDArray[np.bool_]:
    """Rows whose value has no byte, or is null; of text or bytes."""
    if isinstance(column, TextSpans):
        return np.asarray(column.start == column.end)
    lengths = pc.fill_null(pc.binary_length(column), 0)
    return np.asarray(lengths.to_numpy(zero_copy_only=False) == 0)


def _are_empty_among(column: Column, suspect: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Rows of those that are suspect whose value is empty."""
    rows = np.flatnonzero(suspect)
    empty = np.zeros(len(column), np.bool_)
    empty[rows] = _is_empty(as_binary(taken(column, rows)))
    return empty


def _check_time(
    column: Column, written: TimeColumn, period_utc: tuple[int, int] | None, verdict: _Verdict
) -> NDArray[np.int64]:
    if not isinstance(column, TextSpans):
        if not (pa.types.is_timestamp(column.type) or pa.types.is_integer(column.type)):
            column = as_binary(column)
        if column.null_count:
            verdict.reject(column.is_null().to_numpy(zero_copy_only=False), Reason.MISSING_TIME)
    clock, offset_s = _clock_readings(column, written)
    unreadable = clock == BAD
    if unreadable.any():
        if _is_text(column):
            verdict.reject(_are_empty_among(column, unreadable), Reason.MISSING_TIME)
        verdict.reject(unreadable, Reason.BAD_TIME)
        clock = clock.copy()
        clock[np.flatnonzero(unreadable)] = 0
    utc = _in_utc(clock, offset_s, zone_named(written.zone), verdict)
    if period_utc is not None and utc.size and (utc.min() < period_utc[0] or utc.max() >= period_utc[1]):
        verdict.reject((utc < period_utc[0]) | (utc >= period_utc[1]), Reason.OUTSIDE_PERIOD)
    return utc


def _in_utc(
    clock: NDArray[np.int64], offset_s: NDArray[np.int32] | None, zone: Zone, verdict: _Verdict
) -> NDArray[np.int64]:
    """UTC seconds by the written offsets, and by the zone where there is none."""
    if offset_s is None:
        return clock
    explicit = offset_s != NO_OFFSET
    utc, exists = zone.to_utc(clock)
    if explicit.any():
        utc, exists = np.where(explicit, clock - offset_s, utc), exists | explicit
    verdict.reject(~exists, Reason.NONEXISTENT_TIME)
    return utc


def _is_text(column: Column) -> bool:
    return isinstance(column, TextSpans) or pa.types.is_binary(column.type)


def _clock_readings(
    column: Column, written: TimeColumn
) -> tuple[NDArray[np.int64], NDArray[np.int32] | None]:
    """Seconds since 1970 as the clock showed, and the offsets from UTC as written; None if it showed UTC.

    Offsets are int32[n], or int32[1] for all rows; `NO_OFFSET` where none is.
    """
    if not isinstance(column, TextSpans) and pa.types.is_timestamp(column.type):
        seconds = _whole_seconds(_filled(column.view(pa.int64())), _UNITS_PER_SECOND[column.type.unit])
        return seconds, _one_offset(column)
    if written.format in _EPOCH_DIVISOR:
        return _whole_seconds(_as_integers(column), _EPOCH_DIVISOR[written.format]), None
    if written.format == "iso":
        return parse_iso_times(*text_spans(column))
    return _by_pattern(as_binary(column), written.format)


def _whole_seconds(value: NDArray[np.int64], per_second: int) -> NDArray[np.int64]:
    if per_second == 1:
        return value
    seconds = value // per_second
    seconds[np.flatnonzero(value == BAD)] = BAD
    return seconds


def _one_offset(column: pa.Array) -> NDArray[np.int32] | None:
    """Offset of timestamps: they are in UTC if their type names a zone, else what the clock showed."""
    return np.full(1, NO_OFFSET, np.int32) if column.type.tz is None else None


def _by_pattern(text: pa.Array, pattern: str) -> tuple[NDArray[np.int64], NDArray[np.int32] | None]:
    """Times by a pattern, each of those that are alike once: records come in the order of time, or a day to a file."""
    encoded = text.dictionary_encode()
    seconds, offset_s = _distinct_by_pattern(
        as_binary(encoded.dictionary).cast(pa.string(), safe=False), pattern
    )
    entry = pc.fill_null(encoded.indices, seconds.size).to_numpy(zero_copy_only=False)
    return np.append(seconds, BAD).take(entry), offset_s


def _distinct_by_pattern(text: pa.Array, pattern: str) -> tuple[NDArray[np.int64], NDArray[np.int32] | None]:
    parsed = pc.strptime(text, format=pattern, unit="s", error_is_null=True)
    seconds = _filled(parsed.cast(pa.int64()))
    if parsed.type.tz is None:
        seconds = np.where(_rolled_over(text, parsed, pattern), BAD, seconds)
    return seconds, _one_offset(parsed)


def _rolled_over(text: pa.Array, parsed: pa.Array, pattern: str) -> NDArray[np.bool_]:
    """Rows whose date is in no calendar: strptime takes 31 February for 3 March.

    They print as another date than they are written. Only the first days of a month are looked at,
    because only there such a date can end.
    """
    day = pc.fill_null(pc.day(parsed), 31).to_numpy(zero_copy_only=False)
    rows = np.flatnonzero(day <= _LONGEST_ROLL_OVER_DAYS)
    written = _without_padding(text.take(pa.array(rows)))
    printed = _without_padding(pc.strftime(parsed.take(pa.array(rows)), format=pattern))
    rolled_over = np.zeros(len(text), np.bool_)
    rolled_over[rows] = pc.not_equal(written, printed).to_numpy(zero_copy_only=False)
    return rolled_over


def _without_padding(text: pa.Array) -> pa.Array:
    text = pc.replace_substring_regex(pc.utf8_lower(text), r"(^|[^0-9])0+([0-9])", r"\1\2")
    return pc.replace_substring_regex(text, r"\s+", "")


def _filled(column: pa.Array) -> NDArray[np.int64]:
    """Whole numbers, `BAD` where there is none."""
    values: NDArray[np.int64] = (pc.fill_null(column, BAD) if column.null_count else column).to_numpy()
    return values


def _as_integers(column: Column) -> NDArray[np.int64]:
    if not isinstance(column, TextSpans) and pa.types.is_integer(column.type):
        return _filled(pc.cast(column, pa.int64(), safe=False))
    return parse_whole_numbers(*text_spans(column))


def joined_cells(columns: Mapping[ColumnRef, Column], cell: ColumnRef | Sequence[ColumnRef]) -> Column:
    """Cell identifiers as text or a dictionary; several columns joined with '-', null if any of them is."""
    if isinstance(cell, str | int):
        column = columns[cell]
        is_as_it_is = isinstance(column, TextSpans) or pa.types.is_dictionary(column.type)
        return column if is_as_it_is else as_binary(column)
    parts = [as_binary(columns[c]) for c in cell]
    empty = np.logical_or.reduce([_is_empty(part) for part in parts])
    joined = pc.binary_join_element_wise(*parts, pa.scalar(b"-", pa.binary()))
    return pc.if_else(pa.array(empty), pa.scalar(None, pa.binary()), joined)


def _check_cell(cell_ids: Column, known_cells: pa.Array, verdict: _Verdict) -> NDArray[np.int32]:
    known = text_spans(known_cells)
    if isinstance(cell_ids, TextSpans) or not pa.types.is_dictionary(cell_ids.type):
        cell = places_of_texts(*text_spans(cell_ids), *known)
    else:
        of_entry = places_of_texts(*text_spans(cell_ids.dictionary), *known)
        entry = cell_ids.indices
        if entry.null_count:
            entry = pc.fill_null(entry, of_entry.size)
        cell = np.append(of_entry, np.int32(EMPTY)).take(entry.to_numpy())
    if (cell < 0).any():
        verdict.reject(cell == EMPTY, Reason.MISSING_CELL)
        verdict.reject(cell == UNKNOWN, Reason.UNKNOWN_CELL)
    return cell
