import pyarrow as pa
import pytest

from jobs import tables
from jobs.errors import RunError


@pytest.mark.parametrize("table", tables.ALL, ids=lambda table: table.name)
def test_a_table_is_declared_in_full(table):
    names = [column.name for column in table.columns]
    assert len(set(names)) == len(names)
    assert set(table.sorted_by) <= set(names)
    assert table.grain
    assert all(column.meaning for column in table.columns)
    assert tables.named(table.name) is table


@pytest.mark.parametrize("table", tables.ALL, ids=lambda table: table.name)
def test_whatever_names_a_user_is_personal(table):
    if "user" in table.schema.names:
        places = {"place", "cell", "origin", "destination", "home", "work", "user"} & set(table.schema.names)
        privacy = {column.name: column.privacy for column in table.columns}
        assert {privacy[name] for name in places} == {tables.Privacy.PERSONAL}


def test_conforming_puts_columns_in_order_and_type():
    loose = pa.table({"weight": [1.0], "extra": ["x"], "h3": [5], "cell": [0]})
    assert tables.CELL_H3.conform(loose).schema == tables.CELL_H3.schema


def test_optional_columns_stay_where_they_are_there():
    rows = {"user": [1], "window": [0], "time": [0], "cell": [0], "kind": ["call"], "extra": [1]}
    events = tables.EVENTS.conform(pa.table(rows))
    assert events.schema.names == ["user", "window", "time", "cell", "kind"]
    assert events.schema == tables.EVENTS.schema_of(events.column_names)
    assert all(column.nullable for column in tables.EVENTS.optional)


def test_a_lacking_column_or_a_forbidden_null_is_an_error():
    with pytest.raises(RunError, match=r"cell_h3 lacks columns \['weight'\]"):
        tables.CELL_H3.conform(pa.table({"cell": [0], "h3": [5]}))
    with pytest.raises(RunError, match="cell_h3 has nulls in h3"):
        tables.CELL_H3.conform(pa.table({"cell": [0], "h3": pa.array([None], pa.int64()), "weight": [1.0]}))


def test_an_unknown_table_has_no_name():
    with pytest.raises(KeyError):
        tables.named("nothing")
