"""Find the cells that records name, where no cell plan is given."""

import json
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import pyarrow as pa
import pyarrow.compute as pc

from jobs.engine.blocks import map_reduce
from jobs.records.checking import joined_cells
from jobs.records.reading import as_binary, read_batches
from jobs.records.slices import FileSlice, reading_tasks
from jobs.records.sources import CdrSource

if TYPE_CHECKING:
    from pyspark import SparkContext


def cells_in_records(
    spark: "SparkContext", sources: tuple[CdrSource, ...], files: list[tuple[int, str]], slice_bytes: int
) -> list[str]:
    """Distinct cell identifiers of all files, sorted.

    Parameters
    ----------
    files : (index of the source, path).
    """

    def find(given: dict[str, Any]) -> Iterator[tuple[int, pa.Table]]:
        source = sources[given["source"]]
        seen: set[str] = set()
        for batch in read_batches(source, given["path"], FileSlice(**given["ends"])):
            if len(batch.row):
                cells = as_binary(pc.unique(joined_cells(batch.columns, source.columns.cell))).to_pylist()
                seen.update(cell.decode("utf-8", "replace") for cell in cells if cell)
        yield 0, pa.table({"cell": pa.array(sorted(seen), pa.string())})

    def gather(part: int, blocks: list[pa.Table]) -> dict[str, Any]:
        cells = {cell for block in blocks for cell in block["cell"].to_pylist()}
        return {"cells": json.dumps(sorted(cells))}

    (report,) = map_reduce(spark, reading_tasks(sources, files, slice_bytes), find, gather, 1)
    return list(json.loads(report["cells"]))
