"""Read an instance of the transit network design problem from a folder.

Two layouts are known: three tables, ``*nodes*``, ``*links*`` and ``*demand*`` (.txt or .csv; columns ``id``; ``from``,
``to``, ``travel_time``; ``from``, ``to``, ``demand``), and two matrices, ``Distance_Matrix.csv`` (10000: no link)
and ``OD_Demand_Matrix.csv``, whose first row and column hold the nodes' names.
"""

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from jobs.errors import InputError
from jobs.tndp.instance import TransitInstance, make_instance

_NO_LINK = 10_000
_MOST_TRIPS = 10**12
_MOST_NODES = 2_000


@dataclass(frozen=True)
class Row:
    """A row of a table, and where it stands."""

    where: str
    values: tuple[str, ...]


def read_instance(folder: Path) -> TransitInstance:
    """The instance in a folder.

    Raises
    ------
    InputError
        A file, column or node is missing, a value is not what it should be, or see `make_instance`.
    """
    if not folder.is_dir():
        raise InputError("is not a folder", str(folder), "name the folder that holds nodes, links and demand")
    matrices = [folder / "Distance_Matrix.csv", folder / "OD_Demand_Matrix.csv"]
    if all(path.is_file() for path in matrices):
        return _from_matrices(folder, *matrices)
    return _from_tables(folder)


def _from_tables(folder: Path) -> TransitInstance:
    nodes = _table(_the_file(folder, "nodes"), ("id",))
    index: dict[str, int] = {}
    for row in nodes:
        if index.setdefault(row.values[0], len(index)) != len(index) - 1:
            raise InputError(f"node {row.values[0]} stands there twice", row.where, "keep one row a node")
    _check_count(len(index), str(folder))
    links = _pairs(_table(_the_file(folder, "links"), ("from", "to", "travel_time")), index, 1, _NO_LINK - 1)
    demand = _pairs(_table(_the_file(folder, "demand"), ("from", "to", "demand")), index, 0, _MOST_TRIPS)
    return make_instance(list(index), links, demand, str(folder))


def _check_count(nodes: int, where: str) -> None:
    if not 2 <= nodes <= _MOST_NODES:
        raise InputError(f"has {nodes} nodes", where, f"give 2 to {_MOST_NODES}")


def _the_file(folder: Path, table: str) -> Path:
    """The one file of a folder whose name ends in the table's name."""
    found = [p for ending in ("txt", "csv") for p in sorted(folder.glob(f"*.{ending}")) if _is(p, table)]
    if len(found) == 1:
        return found[0]
    if not found:
        raise InputError(
            f"holds no table of {table}",
            str(folder),
            f"add {table}.txt, or a file whose name ends in _{table}.txt",
        )
    names = ", ".join(p.name for p in found)
    raise InputError(f"holds more than one table of {table}: {names}", str(folder), "keep one of them")


def _is(path: Path, table: str) -> bool:
    stem = path.stem.lower()
    return stem == table or stem.endswith(("_" + table, "-" + table))


def _rows(path: Path) -> Iterator[Row]:
    """Rows that are not empty, values without blanks around them."""
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise InputError("cannot be read as UTF-8 text", str(path), "write it as UTF-8") from error
    lines = text.splitlines()
    separator = max(",;\t", key=(lines[0] if lines else "").count)
    for number, line in enumerate(lines, 1):
        values = next(csv.reader([line], delimiter=separator), [])
        if any(value.strip() for value in values):
            yield Row(f"{path}, line {number}", tuple(value.strip() for value in values))


def _table(path: Path, columns: tuple[str, ...]) -> list[Row]:
    rows = _rows(path)
    header = next(rows, Row("", ()))
    names = [value.lower() for value in header.values]
    missing = [column for column in columns if column not in names]
    if missing:
        raise InputError(
            f"has no column {', '.join(missing)}", str(path), f"begin it with a header of {','.join(columns)}"
        )
    picked = [names.index(column) for column in columns]
    return [Row(row.where, tuple(_value(row, at, names[at]) for at in picked)) for row in rows]


def _value(row: Row, at: int, column: str) -> str:
    if at >= len(row.values) or not row.values[at]:
        raise InputError(f"column {column} is empty", row.where, "fill it in, or drop the row")
    return row.values[at]


def _pairs(rows: list[Row], index: dict[str, int], least: int, most: int) -> NDArray[np.int64]:
    """Values of pairs of nodes as a matrix, 0 where no row gives one."""
    matrix = np.zeros((len(index), len(index)), np.int64)
    given = np.zeros(matrix.shape, np.bool_)
    for row in rows:
        a, b = (_node(name, index, row.where) for name in row.values[:2])
        value = _whole(row.values[2], row.where, least, most)
        if a == b and value:
            raise InputError(f"joins node {row.values[0]} with itself", row.where, "drop the row")
        if given[a, b]:
            raise InputError(
                f"gives {row.values[0]}-{row.values[1]} a second time", row.where, "keep one row a pair"
            )
        given[a, b] = True
        matrix[a, b] = value
    return matrix


def _node(name: str, index: dict[str, int], where: str) -> int:
    if name not in index:
        raise InputError(f"node {name} is not in the table of nodes", where, "add it there, or drop the row")
    return index[name]


def _whole(text: str, where: str, least: int, most: int) -> int:
    try:
        number = float(text)
    except ValueError:
        number = float("nan")
    if not (least <= number <= most and number == int(number)):
        raise InputError(f"{text!r} is not a whole number from {least} to {most}", where, "mend the value")
    return int(number)


def _from_matrices(folder: Path, distance: Path, demand: Path) -> TransitInstance:
    names, minutes = _matrix(distance)
    others, trips = _matrix(demand)
    if others != names:
        raise InputError(f"has other nodes than {distance.name}", str(demand), "name the same nodes in both")
    _check_count(len(names), str(folder))
    return make_instance(names, np.where(minutes >= _NO_LINK, 0, minutes), trips, str(folder))


def _matrix(path: Path) -> tuple[list[str], NDArray[np.int64]]:
    rows = list(_rows(path))
    names = list(rows[0].values[1:]) if rows else []
    if len(set(names)) != len(names) or [row.values[0] for row in rows[1:]] != names:
        raise InputError(
            "has other nodes along the side than on top", str(path), "name each once, in one order"
        )
    matrix = np.zeros((len(names), len(names)), np.int64)
    for i, row in enumerate(rows[1:]):
        if len(row.values) != len(names) + 1:
            raise InputError(
                f"has {len(row.values) - 1} values, not {len(names)}", row.where, "give one a node"
            )
        for j in range(len(names)):
            matrix[i, j] = _whole(_value(row, j + 1, names[j]), row.where, 0, _MOST_TRIPS)
    if np.diagonal(matrix).any():
        raise InputError("joins a node with itself", str(path), "write 0 along the diagonal")
    return names, matrix
