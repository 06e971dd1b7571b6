"""Read files of a bundle back, and hold each against the layout that it is in, byte by byte."""

from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv as pacsv
import pyarrow.parquet as pq

from jobs.errors import InputError
from jobs.release.layouts import LAYOUTS, UNKNOWN, Layout

_HOUR, _INT = pa.timestamp("s"), pa.int64()
_TRAFFIC = {"timestamp": _HOUR, "outgoing_site_id": _INT, "incoming_site_id": _INT}
COLUMNS: dict[str, dict[str, pa.DataType]] = {
    "set1_call": {**_TRAFFIC, "number_of_calls": _INT, "total_call_duration": _INT},
    "set1_text": {**_TRAFFIC, "number_of_sms": _INT},
    "set2": {"user_id": _INT, "timestamp": _HOUR, "site_id": _INT},
    "set3": {"user_id": _INT, "timestamp": _HOUR, "zone_id": _INT},
    "set4": {"source_user_id": _INT, "destination_user_id": _INT},
}
"""Columns of each set, as they are read back."""

_SORTED_BY = {
    "set1_call": 3,
    "set1_text": 3,
    "set2": 2,
    "set3": 2,
    "set4": 2,
}
"""Rows rise by so many of their first columns."""

_LEAST = {
    "user_id": 1,
    "number_of_calls": 1,
    "number_of_sms": 1,
    "total_call_duration": 0,
    "source_user_id": 1,
}


def rows_of_bundle(bundle: Path) -> dict[str, int]:
    """Rows by set of all files of a bundle that are in one of the layouts.

    Raises
    ------
    InputError
        A file is not as its layout has it; the message names the line.
    """
    rows: dict[str, int] = {}
    folder = bundle / "data"
    for path in sorted(p for p in folder.rglob("*") if p.is_file()):
        for layout in LAYOUTS.values():
            product = layout.product_of(path.relative_to(folder).as_posix())
            if product in COLUMNS:
                table = read_back(path.read_bytes(), product, layout, str(path))
                rows[product] = rows.get(product, 0) + table.num_rows
    return dict(sorted(rows.items()))


def read_back(content: bytes, product: str, layout: Layout, where: str) -> pa.Table:
    """Rows of one file of SET1 to SET4: hours and times as the clock showed, numbers.

    Raises
    ------
    InputError
        It is not byte by byte what the layout has for these rows, or a row is none that the set can hold.
    """
    try:
        table = _parsed(content, product, layout)
    except (pa.ArrowInvalid, pa.ArrowKeyError) as error:
        raise _not_as_laid_out(str(error).splitlines()[0][:120], where) from error
    if layout.delimiter and (
        line := _first_difference(content, layout.encode(_as_text(table, product, layout)))
    ):
        raise _not_as_laid_out("is written otherwise", f"{where}:{line}")
    _check_rows(table, product, where)
    return table


def _not_as_laid_out(what: str, where: str) -> InputError:
    return InputError(f"is not as its layout has it ({what})", where, "ask for the bundle to be made again")


def _parsed(content: bytes, product: str, layout: Layout) -> pa.Table:
    schema = pa.schema(COLUMNS[product].items())
    if not layout.delimiter:
        return pq.read_table(pa.BufferReader(content)).select(schema.names).cast(schema)
    if not content:
        return schema.empty_table()
    is_traffic = product.startswith("set1")
    types = {field.name: pa.string() if field.type == _HOUR else field.type for field in schema}
    table = pacsv.read_csv(
        pa.BufferReader(content),
        pacsv.ReadOptions(column_names=schema.names),
        pacsv.ParseOptions(delimiter=layout.delimiter, quote_char=False, ignore_empty_lines=False),
        pacsv.ConvertOptions(column_types=types, strings_can_be_null=False),
    )
    if "timestamp" not in types:
        return table
    pattern = layout.hour_format if is_traffic else "%Y-%m-%d %H:%M:%S"
    time = pc.strptime(table["timestamp"], format=pattern, unit="s")
    return table.set_column(schema.get_field_index("timestamp"), "timestamp", time)


def _as_text(table: pa.Table, product: str, layout: Layout) -> pa.Table:
    """Rows as a layout is given them to write."""
    if not product.startswith("set1"):
        return table
    hour = pc.strftime(table["timestamp"], layout.hour_format)
    return table.set_column(0, "timestamp", hour)


def _first_difference(content: bytes, expected: bytes) -> int:
    """Number of the first line that differs, 0 if none does."""
    if content == expected:
        return 0
    pairs = zip(content.split(b"\n"), expected.split(b"\n"), strict=False)
    return next((number for number, (a, b) in enumerate(pairs, 1) if a != b), content.count(b"\n") + 1)


def _check_rows(table: pa.Table, product: str, where: str) -> None:
    for name in table.column_names:
        values = table[name].cast(_INT).to_numpy()
        _refuse(values < _least(name), f"{name} is too small", where)
        if name.endswith("site_id") or name == "zone_id":
            _refuse(values == 0, f"{name} is 0: places are numbered from 1, {UNKNOWN} is unknown", where)
    keys = [table[name].cast(_INT).to_numpy() for name in table.column_names[: _SORTED_BY[product]]]
    if table.num_rows:
        order = np.lexsort(keys[::-1])
        _refuse(order != np.arange(order.size), "rows are not in order", where)
    if product.startswith("set1"):
        same = np.logical_and.reduce([key[1:] == key[:-1] for key in keys]) if table.num_rows else np.empty(0)
        _refuse(np.append(False, same), "a figure stands there twice", where)


def _least(name: str) -> int:
    return _LEAST.get(name, np.iinfo(np.int64).min if name == "timestamp" else UNKNOWN)


def _refuse(rows: Any, what: str, where: str) -> None:
    if np.any(rows):
        raise _not_as_laid_out(what, f"{where}:{int(np.flatnonzero(rows)[0]) + 1}")
