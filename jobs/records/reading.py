"""Read raw record files in batches: text columns as they are, ragged rows set aside, rows numbered."""

from collections.abc import Iterator

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from jobs.engine.input_files import open_file
from jobs.errors import InputError
from jobs.records.csv_lines import read_csv
from jobs.records.raw import RawBatch, as_binary, text_parts
from jobs.records.slices import WHOLE, FileSlice
from jobs.records.sources import CdrSource, parquet_schema

__all__ = ["RawBatch", "as_binary", "read_batches", "read_passing_batches", "text_parts"]

_PARQUET_ROWS = 1 << 20


def read_batches(source: CdrSource, path: str, cut: FileSlice = WHOLE) -> Iterator[RawBatch]:
    """Read one file, or a slice of it, in bounded memory.

    Raises
    ------
    InputError
        The file is empty, cut short, or lacks a column.
    """
    for batch in read_passing_batches(source, path, cut):
        yield batch.in_arrow()


def read_passing_batches(source: CdrSource, path: str, cut: FileSlice = WHOLE) -> Iterator[RawBatch]:
    """Read as `read_batches` does, but what a batch tells is lost when the next one is asked for."""
    if source.format_of(path) == "parquet":
        yield from _read_parquet(source, path, cut)
    else:
        yield from read_csv(source, path, cut)


def _read_parquet(source: CdrSource, path: str, cut: FileSlice) -> Iterator[RawBatch]:
    coded = _kept_as_codes(source, parquet_schema(source, path))
    needed = source.columns.needed()
    try:
        with (
            open_file(source.place(path)) as opened,
            pq.ParquetFile(opened, read_dictionary=coded, page_checksum_verification=True) as file,
        ):
            groups = range(file.num_row_groups)[cut.start : cut.end]
            first = 1 + sum(file.metadata.row_group(group).num_rows for group in range(cut.start))
            for batch in file.iter_batches(
                _PARQUET_ROWS, groups, columns=[str(c) for c in needed], use_threads=False
            ):
                rows = np.arange(first, first + batch.num_rows, dtype=np.int64)
                first += batch.num_rows
                yield RawBatch({c: batch.column(str(c)) for c in needed}, rows, [])
    except (OSError, pa.ArrowInvalid) as error:
        raise InputError(f"cannot be read to its end ({error})", path, "deliver it again") from error


def _kept_as_codes(source: CdrSource, schema: pa.Schema) -> list[str]:
    """Columns of few values, such as cells, if they are text: each value is looked up once."""
    told = source.columns
    few = [told.cell, *(coded.column for coded in (told.kind, told.direction) if coded)]
    named = dict.fromkeys(name for name in few if isinstance(name, str))
    return [name for name in named if schema.field(name).type in (pa.string(), pa.binary())]
