"""Known truth, from a simulator, a survey or any other source; its columns are documented in docs/mobility.md."""

import json
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv as pacsv
import pyarrow.fs as pafs
import pyarrow.parquet as pq
from numpy.typing import NDArray

from jobs.engine.locations import is_remote, local_path, opened, shown, trouble
from jobs.errors import InputError, MaillageError
from jobs.ground.footprints import centres, coarser, h3_of

Floats = NDArray[np.float64]
Integers = NDArray[np.int64]

TRUTH_TABLES = ("trips", "homes", "works", "key", "presence", "about")
_ENDINGS = (".parquet", ".csv", ".json")
_FINE = 10
_MICRODEGREES = 1_000_000


@dataclass(frozen=True, eq=False)
class Points:
    """Many points, of which few are distinct: each distinct one is looked up once."""

    lon: Floats
    lat: Floats
    at: Integers
    """Distinct point of each row."""

    def h3(self, resolution: int) -> Integers:
        """H3 cell of each distinct point."""
        return coarser(self._fine(), resolution)

    def _fine(self) -> Integers:
        return h3_of(self.lon, self.lat, _FINE)


@dataclass(frozen=True, eq=False)
class TrueTrips:
    """Trips of people whose truth is known.

    Attributes
    ----------
    ends : origins, then destinations (2 x trips rows); depart_s : UTC seconds since 1970.
    persons : of the population, that each trip stands for.
    """

    ends: Points
    depart_s: Integers
    persons: Floats


@contextmanager
def folder_here(location: str, names: tuple[str, ...]) -> Iterator[Path]:
    """Folder of this machine with the tables of a folder or URI; remote ones are fetched, and deleted afterwards.

    Parameters
    ----------
    names : tables to fetch, without their endings; others stay where they are.

    Raises
    ------
    InputError
        There is no such folder, or the store cannot be read.
    """
    if not is_remote(location):
        folder = Path(local_path(location))
        if not folder.is_dir():
            raise InputError("is not a folder", str(folder), "name the folder of the truth tables")
        yield folder
        return
    fs, root = opened(location)
    with tempfile.TemporaryDirectory(prefix="maillage-truth-") as here:
        try:
            found = fs.get_file_info(pafs.FileSelector(root, allow_not_found=True))
            for info in found:
                stem, ending = os.path.splitext(info.base_name)
                if info.type == pafs.FileType.File and stem in names and ending in _ENDINGS:
                    pafs.copy_files(info.path, f"{here}/{info.base_name}", fs, pafs.LocalFileSystem())
        except OSError as error:
            what, mend = trouble(error)
            raise InputError(what, shown(location), mend) from error
        if not os.listdir(here):
            told = "holds no truth table"
            raise InputError(told, shown(location), f"put {names[0]}.parquet or {names[0]}.csv there")
        try:
            yield Path(here)
        except MaillageError as error:
            parts = (error.what, error.where, error.mend)
            raise type(error)(*(text.replace(here, shown(location)) for text in parts)) from error


def truth_file(folder: Path, name: str) -> Path | None:
    """Parquet or CSV file of a truth table, None where there is none."""
    return next((f for end in ("parquet", "csv") if (f := folder / f"{name}.{end}").is_file()), None)


def read_truth(folder: Path, name: str, needed: tuple[str, ...]) -> pa.Table | None:
    """Read a truth table, or None where there is none.

    Raises
    ------
    InputError
        It cannot be read or lacks a column.
    """
    file = truth_file(folder, name)
    if file is None:
        return None
    try:
        if file.suffix == ".csv":
            read = pacsv.ConvertOptions(column_types={"msisdn": pa.string()})
            table = pacsv.read_csv(file, convert_options=read)
        else:
            table = pq.read_table(file)
    except (OSError, pa.ArrowInvalid) as error:
        raise InputError(
            f"cannot be read: {error}", str(file), "give Parquet, or CSV with a header"
        ) from error
    lacking = [column for column in needed if column not in table.column_names]
    if lacking:
        raise InputError(
            f"has no column {', '.join(lacking)}; it has {', '.join(table.column_names)}",
            str(file),
            "docs/mobility.md lists the columns of truth tables",
        )
    return table


def read_trips(folder: Path) -> TrueTrips:
    """Read the true trips.

    Raises
    ------
    InputError
        There are none, or columns are missing or hold something else.
    """
    table = read_truth(folder, "trips", ("depart",))
    if table is None or table.num_rows == 0:
        raise InputError("holds no true trips", str(folder), "put trips.parquet or trips.csv there")
    where = str(truth_file(folder, "trips"))
    ends = [end_points(table, end, where) for end in ("origin", "destination")]
    persons = _numbers(table, "persons", where) if "persons" in table.column_names else None
    if persons is None:
        persons = np.full(table.num_rows, persons_each(folder))
    return TrueTrips(_distinct(*(np.concatenate(axis) for axis in zip(*ends, strict=True))),
                     _seconds(table, "depart", where), persons)  # fmt: skip


def persons_each(folder: Path) -> float:
    """Persons of the population that each person of the truth stands for; 1 unless ``about.json`` says otherwise."""
    about = folder / "about.json"
    if not about.is_file():
        return 1.0
    try:
        return float(json.loads(about.read_text(encoding="utf-8")).get("persons_each", 1.0))
    except (ValueError, TypeError, AttributeError) as error:
        raise InputError("persons_each is not a number", str(about), "mend it") from error


def end_points(table: pa.Table, end: str, where: str) -> tuple[Floats, Floats]:
    """Points ``<end>_lon, <end>_lat``, or the centres of the H3 cells ``<end>_h3``."""
    stem = f"{end}_" if end else ""
    names = table.column_names
    if f"{stem}lon" in names and f"{stem}lat" in names:
        return _numbers(table, f"{stem}lon", where), _numbers(table, f"{stem}lat", where)
    if f"{stem}h3" not in names:
        raise InputError(
            f"has neither {stem}lon and {stem}lat nor {stem}h3", where, "docs/mobility.md lists the columns"
        )
    cells, at = np.unique(table[f"{stem}h3"].cast(pa.int64()).to_numpy(), return_inverse=True)
    lon, lat = centres(cells)
    return lon[at], lat[at]


def points_of(table: pa.Table, where: str) -> Points:
    """One point a row, columns lon and lat, or h3."""
    return _distinct(*end_points(table, "", where))


def _distinct(lon: Floats, lat: Floats) -> Points:
    x = np.round((lon + 180) * _MICRODEGREES).astype(np.int64)
    y = np.round((lat + 90) * _MICRODEGREES).astype(np.int64)
    key, at = np.unique((x << 32) | y, return_inverse=True)
    return Points((key >> 32) / _MICRODEGREES - 180, (key & 0xFFFFFFFF) / _MICRODEGREES - 90, at)


def _numbers(table: pa.Table, name: str, where: str) -> Floats:
    column = table[name]
    if column.null_count or not (pa.types.is_integer(column.type) or pa.types.is_floating(column.type)):
        raise InputError(f"column {name} holds something that is no number", where, "mend it")
    return np.asarray(column.to_numpy(), np.float64)


def _seconds(table: pa.Table, name: str, where: str) -> Integers:
    column = table[name]
    if column.null_count or not pa.types.is_timestamp(column.type):
        raise InputError(f"column {name} has to hold timestamps (UTC) without gaps", where, "mend it")
    return np.asarray(
        pc.cast(column.cast(pa.timestamp("s", column.type.tz), safe=False), pa.int64()).to_numpy()
    )
