"""Read what a bundle gives away: its sets of traces."""

import re
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.csv as pacsv
import pyarrow.parquet as pq

from jobs.errors import InputError
from jobs.privacy.traces import Traces, traces_of_rows

_TRACES = re.compile(r"(^|/)(SET[23](TSV)?|set[23])/|(^|/)(POS_SAMPLE|SUBPREF_POS_SAMPLE|Dataset[23])_", re.I)
_TABLES = {".csv": ",", ".tsv": "\t", ".parquet": ""}


def trace_files(folder: Path, named: str = "") -> list[Path]:
    """Files of traces in a bundle (SET2, SET3), whatever the layout; sorted.

    Parameters
    ----------
    named : only those whose path in the bundle holds this text.

    Raises
    ------
    InputError
        There is no such folder.
    """
    if not folder.is_dir():
        raise InputError("there is no such folder", str(folder), "name the folder of a release")
    paths = sorted(path for path in folder.rglob("*") if path.suffix.lower() in _TABLES)
    told = [(path, path.relative_to(folder).as_posix()) for path in paths]
    return [
        path
        for path, name in told
        if _TRACES.search(name) and "INDICATORS" not in name.upper() and named in name
    ]


def released_traces(file: Path) -> Traces:
    """Traces of one file: the first three columns are identifier, local time and place.

    Raises
    ------
    InputError
        It is no file of traces.
    """
    try:
        table = _table(file)
        who, when, where = (table.column(i).combine_chunks() for i in range(3))
        seconds = when.cast(pa.timestamp("s")).cast(pa.int64()).to_numpy(zero_copy_only=False)
        place = where.dictionary_encode()
        if isinstance(place, pa.ChunkedArray):
            place = place.combine_chunks()
        user = who.cast(pa.int64()).to_numpy(zero_copy_only=False)
        return traces_of_rows(user, seconds, place.indices.to_numpy(zero_copy_only=False))
    except (pa.ArrowInvalid, pa.ArrowNotImplementedError, pa.ArrowKeyError, IndexError, OSError) as error:
        what = f"is no file of traces ({str(error).splitlines()[0][:80]})"
        raise InputError(what, str(file), "identifier, time and place are its first columns") from error


def _table(file: Path) -> pa.Table:
    delimiter = _TABLES[file.suffix.lower()]
    if not delimiter:
        return pq.read_table(file)
    if file.stat().st_size == 0:
        names = {"a": pa.int64(), "b": pa.timestamp("s"), "c": pa.int64()}
        return pa.schema(names.items()).empty_table()
    options = pacsv.ReadOptions(autogenerate_column_names=True)
    return pacsv.read_csv(file, options, pacsv.ParseOptions(delimiter=delimiter))


def largest(files: list[Path]) -> Path:
    """The file with most bytes, the first of equals."""
    return files[int(np.argmax([path.stat().st_size for path in files]))]
