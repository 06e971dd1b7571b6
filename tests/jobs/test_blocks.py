import pickle
import sys
from collections.abc import Iterator

import pyarrow as pa
import pytest
from pyspark import cloudpickle

from jobs.engine.blocks import map_reduce, run_tasks
from jobs.errors import ConfigError, InputError, MaillageError, RunError


@pytest.fixture(autouse=True)
def _workers_get_the_functions_of_this_module() -> Iterator[None]:
    """Spark's workers cannot import a test module, so what it holds travels by value."""
    cloudpickle.register_pickle_by_value(sys.modules[__name__])
    yield
    cloudpickle.unregister_pickle_by_value(sys.modules[__name__])


def numbers(*values: int) -> pa.Table:
    return pa.table({"value": pa.array(values, pa.int64())})


def report_sum(part, blocks):
    values = [value for block in blocks for value in block["value"].to_pylist()]
    return {
        "sum": sum(values),
        "blocks": len(blocks),
        "names": sorted({str(b.schema.metadata) for b in blocks}),
    }


def test_reports_come_in_the_order_of_the_inputs(spark):
    reports = run_tasks(spark, [{"x": x} for x in (3, 1, 2)], lambda given: {"twice": 2 * given["x"]})
    assert [report["twice"] for report in reports] == [6, 2, 4]


def test_nothing_to_do_needs_no_spark():
    assert run_tasks(None, [], lambda given: {}) == []


def test_every_partition_is_reduced_once_also_without_a_block(spark):
    def spread(given):
        for x in range(given["x"]):
            yield x % 2, numbers(x, given["x"]).replace_schema_metadata({"from": str(given["x"])})

    reports = map_reduce(spark, [{"x": 4}, {"x": 3}, {"x": 0}], spread, report_sum, 4)
    assert [report["partition"] for report in reports] == [0, 1, 2, 3]
    assert [report["blocks"] for report in reports] == [4, 3, 0, 0]
    assert [report["sum"] for report in reports] == [0 + 2 + 8 + 0 + 2 + 6, 1 + 3 + 8 + 1 + 3, 0, 0]
    assert len(reports[0]["names"]) == 2


def test_without_an_input_every_partition_is_reduced_all_the_same():
    reports = map_reduce(None, [], lambda given: iter(()), report_sum, 2)
    assert [(report["partition"], report["sum"]) for report in reports] == [(0, 0), (1, 0)]


def fail_with(error: Exception):
    def fail(*_):
        raise error

    return fail


CUT = InputError("is cut", "a.csv", "deliver it again")


def in_a_task(spark):
    run_tasks(spark, [{}, {}], fail_with(CUT))


def in_a_mapper_that_had_begun(spark):
    def fail_late(given):
        yield 1, numbers(1)
        raise CUT

    map_reduce(spark, [{}, {}], fail_late, report_sum, 3)


def in_a_reducer(spark):
    map_reduce(spark, [{}], lambda given: iter([(0, numbers(1))]), fail_with(CUT), 2)


@pytest.mark.parametrize("work", [in_a_task, in_a_mapper_that_had_begun, in_a_reducer])
def test_a_failure_arrives_as_what_it_is_without_a_java_trace(spark, work):
    with pytest.raises(InputError) as caught:
        work(spark)
    assert str(caught.value) == "a.csv: is cut\nMend: deliver it again"
    assert caught.value.__cause__ is None


def test_a_full_disk_is_a_run_error_that_names_the_file(spark):
    full = OSError(28, "No space left on device", "/full")
    with pytest.raises(RunError, match=r"^/full: No space left on device\nMend: free some space"):
        run_tasks(spark, [{}], fail_with(full))


def test_errors_keep_their_parts_through_a_copy():
    error = ConfigError("is wrong", "a.yaml", "mend it")
    again = pickle.loads(pickle.dumps(error))
    assert (type(again), again.what, again.where, again.mend) == (
        ConfigError,
        "is wrong",
        "a.yaml",
        "mend it",
    )
    assert str(again) == "a.yaml: is wrong\nMend: mend it"


def test_exit_codes_tell_the_kinds_of_failure_apart():
    codes = {kind.__name__: kind.exit_code for kind in MaillageError.__subclasses__()}
    assert codes == {"RunError": 1, "ConfigError": 2, "InputError": 2, "PrivacyGate": 3, "QualityGate": 4}
    assert MaillageError("x").exit_code == 1
