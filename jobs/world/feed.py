"""A GTFS feed as tables of strings: what isn't touched stays byte for byte."""

import io
import zipfile
from dataclasses import dataclass, replace
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv

from jobs.errors import InputError

_PARSED = frozenset(("route_id", "trip_id", "stop_id", "shape_id", "from_stop_id"))
_NEEDED = ("routes.txt", "trips.txt", "stops.txt", "stop_times.txt")
_EPOCH = (1980, 1, 1, 0, 0, 0)


@dataclass(frozen=True)
class Feed:
    """Files of a feed: the tables that refer to each other, and all bytes."""

    tables: dict[str, pa.Table]
    other: dict[str, bytes]
    """Bytes of every file as it was read."""

    def __getitem__(self, name: str) -> pa.Table:
        return self.tables[f"{name}.txt"]

    def having(self, column: str) -> list[str]:
        """Files with a column."""
        return [name for name, table in self.tables.items() if column in table.column_names]

    def replaced(self, tables: dict[str, pa.Table]) -> "Feed":
        """Copy with some tables changed."""
        return replace(self, tables={**self.tables, **tables})

    def without(self, column: str, values: set[str]) -> "Feed":
        """Copy without the rows of any file whose `column` is one of `values`."""
        gone = pa.array(sorted(values), pa.string())
        return self.replaced({n: _filtered(self.tables[n], column, gone) for n in self.having(column)})

    def write(self, path: Path, came_from: "Feed | None" = None) -> None:
        """Write the zip with fixed times; tables that are still those of `came_from` keep their bytes."""
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
            for name in sorted({*self.tables, *self.other}):
                entry = zipfile.ZipInfo(name, _EPOCH)
                entry.compress_type = zipfile.ZIP_DEFLATED
                entry.external_attr = 0o644 << 16
                archive.writestr(entry, self._content(name, came_from))

    def _content(self, name: str, came_from: "Feed | None") -> bytes:
        table = self.tables.get(name)
        is_untouched = table is None or (came_from is not None and came_from.tables.get(name) is table)
        if is_untouched and name in self.other:
            return self.other[name]
        return _as_csv(table)


def _filtered(table: pa.Table, column: str, gone: pa.Array) -> pa.Table:
    """Rows whose `column` is not in `gone`; the very same table when that is all of them."""
    kept = table.filter(pc.invert(pc.is_in(table[column], gone)))
    return table if kept.num_rows == table.num_rows else kept


def _as_csv(table: pa.Table) -> bytes:
    """CSV without quotes where no field needs them."""
    header = (",".join(table.column_names) + "\n").encode()
    try:
        return header + _body(table, "none")
    except pa.ArrowInvalid:
        return header + _body(table, "needed")


def _body(table: pa.Table, quoting: str) -> bytes:
    text = io.BytesIO()
    options = pyarrow.csv.WriteOptions(include_header=False, quoting_style=quoting)
    pyarrow.csv.write_csv(table, text, options)
    return text.getvalue()


def read_feed(path: str) -> Feed:
    """Read a feed; files without a known key column are kept as bytes.

    Raises
    ------
    InputError
        The zip can't be read, or a file that every feed needs is missing.
    """
    try:
        with zipfile.ZipFile(path) as archive:
            files = {n: archive.read(n) for n in archive.namelist() if not n.endswith("/")}
    except (OSError, zipfile.BadZipFile) as error:
        raise InputError(f"can't read the feed: {error}", path, "give a GTFS zip file") from error
    missing = [name for name in _NEEDED if name not in files]
    if missing:
        raise InputError(f"the feed lacks {missing}", path, "give a GTFS zip with its files at the top level")
    tables = {
        name: _parsed(content, f"{path}: {name}") for name, content in files.items() if _has_key(content)
    }
    return Feed(tables, files)


def _has_key(content: bytes) -> bool:
    return not _PARSED.isdisjoint(_header(content))


def _header(content: bytes) -> list[str]:
    first = content.split(b"\n", 1)[0].decode("utf-8-sig", errors="replace")
    return [name.strip().strip('"') for name in first.split(",")]


def _parsed(content: bytes, where: str) -> pa.Table:
    names = _header(content)
    body = content.split(b"\n", 1)[1] if b"\n" in content else b""
    if not body.strip():
        return pa.table({name: pa.array([], pa.string()) for name in names})
    try:
        return pyarrow.csv.read_csv(
            io.BytesIO(body),
            read_options=pyarrow.csv.ReadOptions(column_names=names),
            parse_options=pyarrow.csv.ParseOptions(newlines_in_values=True),
            convert_options=pyarrow.csv.ConvertOptions(
                column_types=dict.fromkeys(names, pa.string()), strings_can_be_null=False
            ),
        )
    except pa.ArrowInvalid as error:
        raise InputError(f"can't read rows: {error}", where, "repair the file") from error
