"""Work travels through Spark as blocks: few rows, each a packed Arrow batch.

Row by row, moving events through the JVM costs more than all the work on them. So a mapper yields
blocks (a partition number and an Arrow table), Spark shuffles them as opaque bytes, and a reducer
gets the blocks of its partition. What it returns is a small JSON-able report.

Bytes need no SQL: plain RDDs start in a third of the processor time that a first data frame takes.
"""

import traceback
from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING, Any

import pyarrow as pa

from jobs import errors
from jobs.engine.exchange import Parcel, given_back, received, sent, shared_folder
from jobs.engine.locations import trouble

if TYPE_CHECKING:
    from pyspark import RDD, SparkContext

Block = tuple[int, pa.Table]
"""Partition number and packed rows."""

Mapper = Callable[[Any], Iterator[Block]]
Reducer = Callable[[int, list[pa.Table]], dict[str, Any]]
Task = Callable[[Any], dict[str, Any]]

Failure = dict[str, Any]
"""An error as it travels."""

_FAILURE = "maillage-failure"


def _failure(error: Exception) -> Failure:
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


def run_tasks(spark: "SparkContext", inputs: list[Any], task: Task) -> list[dict[str, Any]]:
    """Run `task` once for each input, in parallel; return the reports in the order of the inputs.

    Parameters
    ----------
    inputs : JSON-able dictionaries, each the whole description of one unit of work.

    Raises
    ------
    MaillageError
        As raised by the first task that failed.
    """
    if not inputs:
        return []

    def work(given: dict[str, Any]) -> dict[str, Any]:
        try:
            return {"number": given["number"], **task(given)}
        except Exception as error:
            return {"number": given["number"], **_failure(error)}

    reports = sorted(_spread(spark, inputs).map(work).collect(), key=lambda report: int(report["number"]))
    return _raise_failures(reports)


def map_reduce(
    spark: "SparkContext", inputs: list[Any], mapper: Mapper, reducer: Reducer, partitions: int
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

    with shared_folder(spark) as folder:

        def produce(given: dict[str, Any]) -> Iterator[tuple[int, Parcel | Failure]]:
            return _mapped(mapper, given, folder)

        def consume(
            partition: int, parcels: Iterable[tuple[int, Parcel | Failure]]
        ) -> Iterable[dict[str, Any]]:
            yield _reduced(reducer, partition, (parcel for _, parcel in parcels))

        parcels = _spread(spark, inputs).flatMap(produce).partitionBy(partitions, _as_it_is)
        return _raise_failures(parcels.mapPartitionsWithIndex(consume).collect())


def _as_it_is(partition: int) -> int:
    return partition


def _mapped(mapper: Mapper, given: Any, folder: str | None) -> Iterator[tuple[int, Parcel | Failure]]:
    """Blocks of one input; a failure travels as one, to the reducer of the first partition."""
    try:
        yield from sent(mapper(given), folder)
    except Exception as error:
        yield 0, _failure(error)


def _reduced(reducer: Reducer, partition: int, parcels: Iterable[Parcel | Failure]) -> dict[str, Any]:
    blocks, kept = [], []
    for parcel in parcels:
        if isinstance(parcel, dict):
            return {"partition": partition, **parcel}
        kept.append(parcel)
        blocks.append(received(parcel))
    try:
        report = reducer(partition, blocks)
    except Exception as error:
        return {"partition": partition, **_failure(error)}
    given_back(kept)
    return {"partition": partition, **report}


def _spread(spark: "SparkContext", inputs: list[Any]) -> "RDD[dict[str, Any]]":
    """One Spark partition for each input, which knows its number."""
    numbered = [{**given, "number": number} for number, given in enumerate(inputs)]
    return spark.parallelize(numbered, len(numbered))
