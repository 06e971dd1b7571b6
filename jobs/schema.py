"""How a table is declared: its columns with type, meaning, privacy class and null rule."""

from dataclasses import dataclass
from enum import StrEnum

import pyarrow as pa

from jobs.errors import RunError


class Privacy(StrEnum):
    """Who may see a column."""

    PUBLIC = "public"
    """Says nothing about a person."""
    PERSONAL = "personal"
    """About one pseudonym: stays with the operator."""
    AGGREGATE = "aggregate"
    """About groups: leaves only after disclosure control."""


@dataclass(frozen=True)
class Column:
    """One column: its Arrow type, meaning with unit, privacy class and null rule."""

    name: str
    type: pa.DataType
    meaning: str
    privacy: Privacy = Privacy.PUBLIC
    nullable: bool = False


@dataclass(frozen=True)
class Table:
    """One table: its grain, columns in order, and the columns that its rows are sorted by.

    Optional columns come last, where the input has them.
    """

    name: str
    grain: str
    columns: tuple[Column, ...]
    sorted_by: tuple[str, ...] = ()
    optional: tuple[Column, ...] = ()

    @property
    def schema(self) -> pa.Schema:
        """Arrow schema with the null rule of each column."""
        return pa.schema([pa.field(c.name, c.type, nullable=c.nullable) for c in self.columns])

    def schema_of(self, names: list[str]) -> pa.Schema:
        """Arrow schema of a table with these columns: those that have to be there, and what is optional of them."""
        more = [pa.field(c.name, c.type, nullable=c.nullable) for c in self.optional if c.name in names]
        return pa.schema([*self.schema, *more])

    def conform(self, table: pa.Table) -> pa.Table:
        """Put `table` in the declared column order and types; text may stay codes into a dictionary.

        Raises
        ------
        RunError
            A column is missing or holds nulls where none are allowed: a bug, never a user's fault.
        """
        missing = [c.name for c in self.columns if c.name not in table.column_names]
        if missing:
            raise RunError(f"table {self.name} lacks columns {missing}")
        for column in self.columns:
            if not column.nullable and table[column.name].null_count:
                raise RunError(f"table {self.name} has nulls in {column.name}, which allows none")
        schema = self.schema_of(table.column_names)
        kept = [_as_given(field, table.schema.field(field.name).type) for field in schema]
        return table.select(schema.names).cast(pa.schema(kept))


def _as_given(declared: pa.Field, given: pa.DataType) -> pa.Field:
    is_coded = pa.types.is_dictionary(given) and given.value_type == declared.type
    return declared.with_type(given) if is_coded else declared
