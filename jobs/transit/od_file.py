"""OD matrices and populations from files: of a release, or written by other software."""

from pathlib import Path

import h3
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv as pacsv
import pyarrow.parquet as pq

from jobs.errors import InputError
from jobs.transit.withheld import LEVEL

OD_COLUMNS = pa.schema(
    [
        ("origin", pa.int64()),
        ("destination", pa.int64()),
        ("day_type", pa.string()),
        ("slot", pa.string()),
        ("users", pa.int32()),
        ("trips", pa.float64()),
        ("population_trips", pa.float64()),
    ]
)
"""What planning reads of the table `od`."""
MARGINS = "od_margins"
_OD_COLUMNS = ("origin", "destination", "day_type", "slot")
_LONGEST_HEX = 16
_MOST_CAUSE = 200
"""Characters of a reader's complaint that are repeated, unless it quotes bytes that are no text."""
_SUFFIXES = (".parquet", ".csv", ".tsv", ".gz")


def read_od(path: Path) -> pa.Table:
    """Columns `OD_COLUMNS` of the table `od` from a Parquet or CSV file, a folder of them, or a release that holds one.

    Needs ``origin, destination, day_type, slot`` and ``population_trips`` or ``trips``; H3 cells as whole
    numbers or as text. Without ``users``, a flow is taken to be as precise as its trips. The bounds of 90 % intervals,
    ``population_trips_low`` and ``population_trips_high``, are taken over where they are.

    Raises
    ------
    InputError
        There is no such table, a column is missing, or a cell is no H3 cell.
    """
    table = _read(path, "od")
    _require(table, _OD_COLUMNS, path)
    names = [name for name in ("population_trips", "trips") if name in table.column_names]
    if not names:
        raise InputError(
            "has neither population_trips nor trips", str(path), f"it has {', '.join(table.column_names)}"
        )
    trips = _numbers(table, names[0], path)
    seen = _numbers(table, "users" if "users" in table.column_names else names[-1], path)
    told = {
        name: _numbers(table, name, path, None)
        for name in ("population_trips_low", "population_trips_high")
        if name in table.column_names
    }
    needed = pa.table(
        {
            "origin": _cells(table, "origin", path),
            "destination": _cells(table, "destination", path),
            "day_type": table["day_type"].cast(pa.string()),
            "slot": table["slot"].cast(pa.string()),
            "users": pc.max_element_wise(pc.round(seen), 1.0).cast(pa.int32(), safe=False),
            "trips": _numbers(table, names[-1], path),
            "population_trips": trips,
        },
        schema=OD_COLUMNS,
    )
    for name, values in told.items():
        needed = needed.append_column(name, values)
    return needed


def read_margins(path: Path) -> pa.Table | None:
    """Sums between coarser H3 cells (`od_margins`) that stand beside the table `od` in a release; None without them.

    Raises
    ------
    InputError
        The table lacks a column or cannot be read.
    """
    folders = [path / MARGINS, path / "data", path] if path.is_dir() else []
    if not any(_tables_in(folder, MARGINS, "**/*") for folder in folders):
        return None
    table = _read(path, MARGINS)
    _require(table, ("level", *_OD_COLUMNS, "trips", "population"), path)
    table = table.filter(pc.starts_with(table["level"].cast(pa.string()), LEVEL))
    return pa.table(
        {
            "level": table["level"].cast(pa.string()),
            "origin": _cells(table, "origin", path),
            "destination": _cells(table, "destination", path),
            "day_type": table["day_type"].cast(pa.string()),
            "slot": table["slot"].cast(pa.string()),
            "trips": _numbers(table, "trips", path),
            "population": _numbers(table, "population", path),
        }
    )


def read_population(path: Path) -> pa.Table:
    """People by H3 cell (``h3, population``) from a Parquet or CSV file, a folder, or a release.

    Raises
    ------
    InputError
        There is no such table, a column is missing, or a cell is no H3 cell.
    """
    table = _read(path, "zones")
    _require(table, ("h3", "population"), path)
    return pa.table({"h3": _cells(table, "h3", path), "population": _numbers(table, "population", path)})


def _read(path: Path, name: str) -> pa.Table:
    files = _files(path, name)
    try:
        tables = [_read_one(file) for file in files]
        return pa.concat_tables(tables, promote_options="default").combine_chunks()
    except (pa.ArrowException, OSError) as error:
        first = str(error).splitlines()[0]
        cause = f" ({first[:_MOST_CAUSE]})" if first.isprintable() and "\ufffd" not in first else ""
        raise InputError(
            f"cannot be read as a table{cause}", str(path), "give Parquet, or CSV with a header"
        ) from None


def _files(path: Path, name: str) -> list[Path]:
    """The file itself, or the table's files in a folder of its own or of a release.

    Not for a workspace: which of its files count is said by its manifests alone.
    """
    if path.is_file():
        return [path]
    if not path.is_dir():
        raise InputError("no such file or folder", str(path), "check the path")
    found = _tables_in(path / name, "*", "**/*")
    if found:
        return found
    for folder in (path / "data", path):
        found = _tables_in(folder, name, "*")
        if found:
            return found
    found = _tables_in(path, "*", "*")
    if found:
        return found
    raise InputError(f"holds no table {name}", str(path), "give the Parquet or CSV file itself")


def _tables_in(folder: Path, stem: str, depth: str) -> list[Path]:
    """Files of a folder that may hold a table, by name."""
    return sorted(
        p
        for p in folder.glob(depth)
        if p.is_file()
        and p.suffix in _SUFFIXES
        and not p.name.startswith((".", "_"))
        and stem in ("*", p.name.split(".")[0])
    )


def _read_one(file: Path) -> pa.Table:
    if file.suffix == ".parquet":
        return pq.read_table(file, partitioning=None)
    with file.open("rb") as raw:
        head = raw.readline() if file.suffix != ".gz" else b""
    delimiter = max(",;\t", key=lambda mark: head.count(mark.encode()))
    return pacsv.read_csv(file, parse_options=pacsv.ParseOptions(delimiter=delimiter))


def _require(table: pa.Table, names: tuple[str, ...], path: Path) -> None:
    missing = [name for name in names if name not in table.column_names]
    if missing:
        has = ", ".join(table.column_names)
        raise InputError(
            f"lacks the columns {', '.join(missing)}; it has {has}", str(path), "rename or add them"
        )


def _numbers(table: pa.Table, name: str, path: Path, blank: float | None = 0.0) -> pa.ChunkedArray:
    try:
        numbers = table[name].cast(pa.float64())
        return numbers if blank is None else pc.fill_null(numbers, blank)
    except pa.ArrowInvalid:
        raise InputError(f"column {name} holds a value that is no number", str(path), "correct it") from None


def _cells(table: pa.Table, name: str, path: Path) -> pa.Array:
    """H3 cells as int64."""
    column = table[name].combine_chunks()
    distinct = column.dictionary_encode()
    distinct = distinct.combine_chunks() if isinstance(distinct, pa.ChunkedArray) else distinct
    values = []
    for value in distinct.dictionary.to_pylist():
        cell = _cell(value)
        if cell is None:
            row = pc.index(column, pa.scalar(value, column.type)).as_py() + 1
            raise InputError(
                f"{name} {value!r} is no H3 cell", f"{path} row {row}", "H3 cells as numbers or as text"
            )
        values.append(cell)
    if column.null_count:
        raise InputError(f"column {name} has blank cells", str(path), "leave these rows out")
    return pa.array(values, pa.int64()).take(distinct.indices)


def _cell(value: object) -> int | None:
    """An H3 cell written as a number or as hexadecimal text."""
    text = str(value)
    try:
        is_number = not isinstance(value, str) or (text.isdigit() and len(text) > _LONGEST_HEX)
        name = h3.int_to_str(int(text)) if is_number else text
        return h3.str_to_int(name) if h3.is_valid_cell(name) else None
    except (ValueError, TypeError, OverflowError):
        return None
