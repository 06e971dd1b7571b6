"""Work travels through Spark as blocks: few rows, each a packed Arrow batch.

Row by row, moving events through the JVM costs more than all the work on them. So a mapper yields
blocks (a partition number and an Arrow table), Spark shuffles them as opaque bytes, and a reducer
gets the blocks of its partition. What it returns is a small JSON-able report.
"""

import json
import traceback
from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING, Any

import pyarrow as pa

from jobs import errors
from jobs.locations import trouble

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

Block = tuple[int, pa.Table]
"""Partition number and packed rows."""

Mapper = Callable[[Any], Iterator[Block]]
Reducer = Callable[[int, list[pa.Table]], dict[str, Any]]
Task = Callable[[Any], dict[str, Any]]

_BLOCK_SCHEMA = pa.schema([("partition", pa.int32()), ("block", pa.binary())])
_REPORT_SCHEMA = pa.schema([("report", pa.string())])
_FAILURE = "maillage-failure"


def _pack(table: pa.Table) -> bytes:
    sink = pa.BufferOutputStream()
    with pa.ipc.new_stream(sink, table.schema) as writer:
        writer.write_table(table)
    return bytes(sink.getvalue())


def _unpack(block: pa.Buffer | bytes) -> pa.Table:
    return pa.ipc.open_stream(block).read_all()


def _failure(error: Exception) -> dict[str, Any]:
    """Tell the driver of an error as data, so that no Java stack trace is wrapped around it."""
    if isinstance(error, errors.MaillageError):
        told = {"kind": type(error).__name__, "what": error.what, "where": error.where, "mend": error.mend}
    elif isinstance(error, OSError):
        what, mend = trouble(error)
        told = {"kind": "RunError", "what": what, "where": str(error.filename or ""), "mend": mend}
    else:
        raise error
    return {_FAILURE: told, "trace": traceback.format_exc(limit=-3)}


def _raise_failures(reports: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    good = []
    for report in reports:
        if _FAILURE in report:
            told = report[_FAILURE]
            raise getattr(errors, told["kind"])(told["what"], told["where"], told["mend"])
        good.append(report)
    return good


def _report_batch(report: dict[str, Any]) -> pa.RecordBatch:
    return pa.RecordBatch.from_pydict({"report": [json.dumps(report)]}, schema=_REPORT_SCHEMA)


def run_tasks(spark: "SparkSession", inputs: list[Any], task: Task) -> list[dict[str, Any]]:
    """Run `task` once for each input, in parallel; return the reports in the order of the inputs.

    Parameters
    ----------
    inputs : JSON-able values, each the whole description of one unit of work.

    Raises
    ------
    MaillageError
        As raised by the first task that failed.
    """
    if not inputs:
        return []

    def work(batches: Iterator[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        for batch in batches:
            for number, given in zip(batch["number"].to_pylist(), batch["input"].to_pylist(), strict=True):
                try:
                    report = task(json.loads(given))
                except Exception as error:
                    report = _failure(error)
                yield _report_batch({"number": number, **report})

    rows = _inputs_frame(spark, inputs).mapInArrow(work, "report string").collect()
    reports = sorted((json.loads(row.report) for row in rows), key=lambda report: report["number"])
    return _raise_failures(reports)


def map_reduce(
    spark: "SparkSession", inputs: list[Any], mapper: Mapper, reducer: Reducer, partitions: int
) -> list[dict[str, Any]]:
    """Map each input to blocks, bring blocks of one partition together, reduce each partition.

    Every partition number in ``range(partitions)`` is reduced exactly once, with an empty list if no
    block came. Blocks come in no particular order: a reducer has to bring its own.

    Returns
    -------
    the reducers' reports, by partition.
    """
    if not inputs:
        return [{"partition": partition, **reducer(partition, [])} for partition in range(partitions)]

    def produce(batches: Iterator[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        for batch in batches:
            for given in batch["input"].to_pylist():
                yield from _mapped(mapper, json.loads(given), partitions)

    def consume(batches: Iterator[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        yield from _reduced(reducer, batches)

    blocks = _inputs_frame(spark, inputs).mapInArrow(produce, "partition int, block binary")
    rows = blocks.repartitionById(partitions, "partition").mapInArrow(consume, "report string").collect()
    reports = _raise_failures([json.loads(row.report) for row in rows])
    return sorted(reports, key=lambda report: int(report["partition"]))


def _mapped(mapper: Mapper, given: Any, partitions: int) -> Iterator[pa.RecordBatch]:
    """Blocks of one input; a failure travels as a block to every partition's reducer."""
    try:
        for partition, table in mapper(given):
            yield _block_batch(partition, _pack(table))
        if given["number"] == 0:
            for partition in range(partitions):
                yield _block_batch(partition, b"")
    except Exception as error:
        yield _block_batch(0, json.dumps(_failure(error)).encode())


def _block_batch(partition: int, block: bytes) -> pa.RecordBatch:
    return pa.RecordBatch.from_pydict({"partition": [partition], "block": [block]}, schema=_BLOCK_SCHEMA)


def _reduced(reducer: Reducer, batches: Iterator[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
    partition, tables = None, []
    for batch in batches:
        for number, block in zip(batch["partition"].to_pylist(), batch["block"], strict=True):
            partition = number
            content = block.as_buffer()
            if content.size and content.slice(0, 1).to_pybytes() == b"{":
                yield _report_batch(json.loads(content.to_pybytes()))
                return
            if content.size:
                tables.append(_unpack(content))
    if partition is None:
        return
    try:
        report = reducer(partition, tables)
    except Exception as error:
        report = _failure(error)
    yield _report_batch({"partition": partition, **report})


def _inputs_frame(spark: "SparkSession", inputs: list[Any]) -> Any:
    """One Spark partition for each input."""
    rows = [(number, json.dumps({**given, "number": number})) for number, given in enumerate(inputs)]
    schema = "number int, input string"
    return spark.createDataFrame(rows, schema).repartitionById(len(rows), "number")
