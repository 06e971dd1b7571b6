"""Read what a bundle gives away: its sets of traces."""

import io
import re
from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pyarrow.csv as pacsv
import pyarrow.parquet as pq
from numpy.typing import NDArray

from jobs.engine.store import Store
from jobs.errors import InputError
from jobs.privacy.traces import Traces, traces_of_rows

_TRACES = re.compile(r"(^|/)(SET[23](TSV)?|set[23])/|(^|/)(POS_SAMPLE|SUBPREF_POS_SAMPLE|Dataset[23])_", re.I)
_BOXES = re.compile(r"(^|/)boxes/[^/]*\.parquet$")
_DELIMITERS = {"csv": ",", "tsv": "\t", "parquet": ""}


@dataclass(frozen=True)
class Bundle:
    """Files of a bundle, staged or finished, on a disk or in an object store.

    Attributes
    ----------
    folder : in the store; empty for its root.
    """

    store: Store
    folder: str = ""

    @property
    def where(self) -> str:
        """The bundle as it is told to people."""
        return f"{self.store.name}/{self.folder}".rstrip("/")

    def names(self) -> list[str]:
        """Every file, as a path in the bundle, sorted.

        Raises
        ------
        InputError
            There is no such folder, or nothing in it.
        """
        paths = self.store.files_below(self.folder)
        if not paths:
            raise InputError("there is no such folder", self.where, "name the folder of a release")
        return [path.removeprefix(self.folder).lstrip("/") for path in paths]

    def read(self, name: str) -> bytes:
        """Content of a file.

        Raises
        ------
        InputError
            There is none of this name.
        """
        content = self.store.read_bytes(f"{self.folder}/{name}".lstrip("/"))
        if content is None:
            raise InputError("there is no such file", f"{self.where}/{name}", "name a file of the bundle")
        return content

    def largest(self, names: list[str]) -> str:
        """The file with most bytes, the first of equals."""
        sizes = self.store.sizes([f"{self.folder}/{name}".lstrip("/") for name in names])
        return names[int(np.argmax([size or 0 for size in sizes]))]


def trace_files(bundle: Bundle, named: str = "") -> list[str]:
    """Files of traces in a bundle (SET2, SET3), whatever the layout; sorted.

    Parameters
    ----------
    named : only those whose path in the bundle holds this text.
    """
    return [
        name
        for name in bundle.names()
        if _kind(name) in _DELIMITERS
        and _TRACES.search(name)
        and "INDICATORS" not in name.upper()
        and named in name
    ]


def box_files(bundle: Bundle) -> list[str]:
    """Files of k-anonymous traces in a bundle; sorted."""
    return [name for name in bundle.names() if _BOXES.search(name)]


def _kind(name: str) -> str:
    return name.rsplit(".", 1)[-1].lower()


Rows = tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.int64]]
"""Identifier, local second and place of each row."""


def released_traces(bundle: Bundle, name: str) -> Traces:
    """Traces of one file, as `traced_rows` reads it."""
    return traces_of_rows(*traced_rows(bundle, name))


def traced_rows(bundle: Bundle, name: str) -> Rows:
    """Rows of one file of traces: its first three columns are identifier, local time and place.

    Raises
    ------
    InputError
        It is no file of traces.
    """
    try:
        table = _table(bundle.read(name), _DELIMITERS[_kind(name)])
        who, when, where = (table.column(i).combine_chunks() for i in range(3))
        seconds = when.cast(pa.timestamp("s")).cast(pa.int64()).to_numpy(zero_copy_only=False)
        user, place = (column.cast(pa.int64()).to_numpy(zero_copy_only=False) for column in (who, where))
        return user, seconds, place
    except (pa.ArrowInvalid, pa.ArrowNotImplementedError, pa.ArrowKeyError, IndexError, OSError) as error:
        what = f"is no file of traces ({str(error).splitlines()[0][:80]})"
        where_ = f"{bundle.where}/{name}"
        raise InputError(what, where_, "identifier, time and place are its first columns") from error


def parquet_table(content: bytes) -> pa.Table:
    """Rows of a Parquet file in memory."""
    return pq.read_table(pa.BufferReader(content))


def _table(content: bytes, delimiter: str) -> pa.Table:
    if not delimiter:
        return parquet_table(content)
    if not content:
        names = {"a": pa.int64(), "b": pa.timestamp("s"), "c": pa.int64()}
        return pa.schema(names.items()).empty_table()
    options = pacsv.ReadOptions(autogenerate_column_names=True)
    return pacsv.read_csv(io.BytesIO(content), options, pacsv.ParseOptions(delimiter=delimiter))
