"""Rows added to an OD matrix."""

from collections.abc import Mapping
from typing import Any

import pyarrow as pa


def with_rows(od: pa.Table, columns: Mapping[str, Any]) -> pa.Table:
    """A matrix, and rows of equally long `columns` below its own; columns of `od` that are not given are null."""
    n = len(columns["origin"])
    rows = {
        field.name: pa.array(columns[field.name], field.type)
        if field.name in columns
        else pa.nulls(n, field.type)
        for field in od.schema
    }
    return pa.concat_tables([od, pa.table(rows).cast(od.schema)])
