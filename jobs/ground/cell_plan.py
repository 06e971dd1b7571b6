"""Read the operator's cell plan: identifiers, positions, sectors."""

import csv
import io
from typing import Annotated, Any, Literal

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv as pacsv
import pyarrow.parquet as pq
from pydantic import AfterValidator, Field

from jobs.engine.input_files import found_at, open_file, open_stream
from jobs.engine.locations import beside, shown, trouble
from jobs.errors import InputError
from jobs.params import InputFiles, Params
from jobs.records.csv_hints import hint
from jobs.records.sources import as_utf8, known_encoding


class CellColumns(Params):
    """Columns of the cell plan."""

    cell_id: str | tuple[str, ...] = Field("cell_id", description="several columns are joined with '-'")
    lon: str = Field("lon", description="decimal degrees, WGS84")
    lat: str = Field("lat", description="decimal degrees, WGS84")
    azimuth_deg: str | None = Field(None, description="of a sector, degrees clockwise from north")
    beam_deg: str | None = Field(None, description="horizontal width of a sector, degrees")
    range_m: str | None = Field(None, description="how far a sector reaches, metres")
    valid_from: str | None = Field(None, description="of several rows for a cell, the last valid one counts")


class CellPlanParams(Params):
    """The operator's list of cells."""

    path: InputFiles = Field(description="CSV or Parquet: file, folder, glob pattern, or a URI")
    delimiter: str = Field(",", min_length=1, max_length=1, description="between values of a CSV file")
    decimal: Literal[".", ","] = Field(".", description="what stands before the decimals of a number")
    encoding: Annotated[str, AfterValidator(known_encoding)] = Field(
        "utf-8", description="of a CSV file, such as latin-1"
    )
    columns: CellColumns = Field(default_factory=CellColumns)


def plan_files(path: str) -> list[str]:
    """Every file of a cell plan by its name, folders searched to the bottom."""
    files = found_at(path, (".csv", ".parquet"))
    if not files:
        raise InputError("holds no CSV or Parquet file", shown(path), "check cells.path")
    return files


def _wanted(columns: CellColumns) -> dict[str, str]:
    """Our column name to theirs, cell identifier aside."""
    pairs = columns.model_dump(exclude={"cell_id"})
    return {ours: theirs for ours, theirs in pairs.items() if theirs is not None}


def _read_rows(plan: CellPlanParams) -> pa.Table:
    """All rows of the plan with our column names; identifiers as text, numbers as floats."""
    parts = [_read_plan_file(path, plan) for path in plan_files(plan.path)]
    return pa.concat_tables(parts)


def _read_plan_file(path: str, plan: CellPlanParams) -> pa.Table:
    ids = [plan.columns.cell_id] if isinstance(plan.columns.cell_id, str) else list(plan.columns.cell_id)
    wanted = _wanted(plan.columns)
    place = beside(plan.path, path)
    found = _columns_of(place, plan)
    lacking = [c for c in [*ids, *wanted.values()] if c not in found and c not in _optional(plan.columns)]
    if lacking:
        raise InputError(
            f"has no column {', '.join(map(repr, lacking))}; it has {', '.join(map(repr, found))}",
            path,
            hint([str(name) for name in lacking], found, plan.delimiter, "cells"),
        )
    raw = _read_all(place, plan)
    cell_id = pc.binary_join_element_wise(*(raw[c].cast(pa.string()) for c in ids), "-")
    columns: dict[str, Any] = {"cell_id": cell_id}
    for ours, theirs in wanted.items():
        column = raw[theirs] if theirs in raw.column_names else pa.nulls(raw.num_rows, pa.float64())
        columns[ours] = (
            _since(column) if ours == "valid_from" else _numbers(column, theirs, path, plan.decimal)
        )
    return pa.table(columns)


def _since(column: pa.ChunkedArray) -> pa.ChunkedArray:
    """Start of validity as text that sorts by time; none is before all."""
    return pc.fill_null(column.cast(pa.string()), "")


def _optional(columns: CellColumns) -> set[str | None]:
    return {columns.azimuth_deg, columns.beam_deg, columns.range_m}


def _columns_of(place: str, plan: CellPlanParams) -> list[str]:
    if _is_parquet(place):
        try:
            with open_file(place) as file:
                return list(pq.read_schema(file).names)
        except (OSError, pa.ArrowInvalid) as error:
            what = f"is not a whole Parquet file ({trouble(error)[0]})"
            raise InputError(what, shown(place), "deliver it again") from error
    try:
        with (
            as_utf8(open_stream(place), plan.encoding) as stream,
            io.TextIOWrapper(stream, "utf-8-sig", newline="") as text,
        ):
            return next(csv.reader(text, delimiter=plan.delimiter), [])
    except UnicodeError as error:
        mend = "set cells.encoding, such as latin-1, or save it as UTF-8"
        raise InputError(f"is not text in {plan.encoding}", shown(place), mend) from error
    except OSError as error:
        raise InputError(f"cannot be read: {trouble(error)[0]}", shown(place), "check the file") from error


def _is_parquet(place: str) -> bool:
    return shown(place).lower().endswith(".parquet")


def _read_all(place: str, plan: CellPlanParams) -> pa.Table:
    names = _columns_of(place, plan)
    try:
        if _is_parquet(place):
            with open_file(place) as file:
                return pq.read_table(file)
        with as_utf8(open_stream(place), plan.encoding) as stream:
            return pacsv.read_csv(
                stream,
                parse_options=pacsv.ParseOptions(delimiter=plan.delimiter),
                convert_options=pacsv.ConvertOptions(column_types={name: pa.string() for name in names}),
            )
    except pa.ArrowInvalid as error:
        what = f"is not a well-formed CSV file: {error}"
        raise InputError(what, shown(place), "mend the row it names") from error


def _numbers(column: pa.ChunkedArray, name: str, path: str, decimal: str) -> pa.ChunkedArray:
    if pa.types.is_string(column.type):
        column = pc.utf8_trim_whitespace(column)
        column = pc.if_else(pc.equal(column, ""), None, column)
        if decimal != ".":
            column = pc.replace_substring(column, decimal, ".")
    try:
        return column.cast(pa.float64())
    except pa.ArrowInvalid as error:
        has_commas = decimal == "." and "," in str(error)
        mend = 'set cells.decimal: ","' if has_commas else "mend it, or check cells.columns"
        raise InputError(f"column {name!r} holds something else than numbers: {error}", path, mend) from error


def read_cell_plan(params: CellPlanParams) -> tuple[pa.Table, list[str]]:
    """Read the plan: one row for each cell, in the order of identifiers.

    Returns
    -------
    the table (cell_id, lon, lat and what else the config maps), and remarks for the user.

    Raises
    ------
    InputError
        A file cannot be read, lacks a column, holds a position outside the Earth, or there is no cell.
    """
    rows = _read_rows(params)
    plan = rows.filter(pc.greater(pc.fill_null(pc.binary_length(rows["cell_id"]), 0), 0))
    if plan.num_rows == 0:
        raise InputError("names no cell", shown(params.path), "check cells.path and cells.columns")
    remarks = []
    if plan.num_rows < rows.num_rows:
        remarks.append(
            f"{rows.num_rows - plan.num_rows:,} rows of the cell plan name no cell; they are left out"
        )
    if "valid_from" in plan.column_names:
        plan = plan.sort_by("valid_from")
    chosen = _last_of_each(plan["cell_id"].to_pylist())
    if len(chosen) < plan.num_rows:
        repeated = plan.num_rows - len(chosen)
        remarks.append(f"{repeated:,} rows of the cell plan repeat a cell; the last counts")
    plan = plan.take(pa.array(chosen)).sort_by("cell_id")
    _check_positions(plan)
    return plan, remarks


def _last_of_each(cell_ids: list[str]) -> list[int]:
    return sorted({cell_id: row for row, cell_id in enumerate(cell_ids)}.values())


def _check_positions(plan: pa.Table) -> None:
    lon, lat = plan["lon"], plan["lat"]
    good = pc.fill_null(
        pc.and_(pc.less_equal(pc.abs(lon), 180.0), pc.less_equal(pc.abs(lat), 90.0)), False
    ).to_numpy()
    bad = np.flatnonzero(~good)
    if bad.size:
        shown = ", ".join(repr(plan["cell_id"][int(i)].as_py()) for i in bad[:5])
        raise InputError(
            f"{bad.size:,} cells have no position on Earth in degrees: {shown}",
            "cells",
            "mend lon and lat (decimal degrees, WGS84), or drop these cells from the plan",
        )
