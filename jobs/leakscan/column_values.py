"""Values of a column as they are searched: numbers as numbers, all else as lines of text or bytes."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from kernels.leaks.text import lines_of, lines_of_prefixed

_DOUBLE_DIGITS, _SINGLE_DIGITS = 15, 6
"""Decimal digits that a floating-point number keeps (DBL_DIG, FLT_DIG of C)."""
_LEAST_BITS = 32
"""Numbers of fewer bits hold no identifier."""


@dataclass(frozen=True, eq=False)
class Numbers:
    """Values that are searched as numbers.

    Attributes
    ----------
    values : uint64[n], integers without their sign; or float64[n].
    precision : decimal digits that the floats keep; 0 for integers.
    """

    values: NDArray[Any]
    precision: int = 0


class Lines(bytes):
    """Values that are searched as bytes, each followed by the end of a line."""


Inner = tuple[str, bytes | Numbers]
"""What is in something, and its name there."""


def whole_numbers(values: NDArray[np.integer]) -> Numbers:
    """Integers without their sign; those below zero also as what they are when read as unsigned."""
    if values.dtype.kind == "u":
        return Numbers(values.astype(np.uint64))
    as_unsigned = values[values < 0].view(f"u{values.dtype.itemsize}").astype(np.uint64)
    return Numbers(np.concatenate([np.abs(values.astype(np.int64)).view(np.uint64), as_unsigned]))


def floats(values: NDArray[np.floating]) -> Numbers:
    """Floating-point numbers of 64 or fewer bits."""
    precision = _DOUBLE_DIGITS if values.dtype.itemsize == 8 else _SINGLE_DIGITS
    return Numbers(values.astype(np.float64), precision)


def entries(page: bytes, physical: str, width: int) -> Lines | Numbers:
    """Entries of a dictionary page of Parquet, by their physical type (parquet-format, Encodings, PLAIN)."""
    if physical in ("INT32", "INT64"):
        return whole_numbers(np.frombuffer(page, "<i4" if physical == "INT32" else "<i8"))
    if physical in ("FLOAT", "DOUBLE"):
        return floats(np.frombuffer(page, "<f4" if physical == "FLOAT" else "<f8"))
    if physical == "BYTE_ARRAY":
        return Lines(lines_of_prefixed(np.frombuffer(page, np.uint8)))
    return _fixed_lines(np.frombuffer(page, np.uint8), width)


def _fixed_lines(data: NDArray[np.uint8], width: int) -> Lines:
    return Lines(lines_of(data, np.arange(data.size // width + 1) * width))


def values_of(name: str, column: pa.Array) -> Iterator[Inner]:
    """All values of a column; of one that is nested, of each of its parts."""
    kind = column.type
    if isinstance(column, pa.ExtensionArray):
        yield from values_of(name, column.storage)
    elif pa.types.is_dictionary(kind):
        yield from values_of(name, column.dictionary)
    elif pa.types.is_run_end_encoded(kind):
        yield from values_of(name, column.values)
    elif pa.types.is_struct(kind):
        for field, part in zip(kind, column.flatten(), strict=True):
            yield from values_of(f"{name}.{field.name}", part)
    elif pa.types.is_map(kind):
        yield from values_of(f"{name}.key", column.keys)
        yield from values_of(f"{name}.value", column.items)
    elif pa.types.is_nested(kind):
        yield from values_of(f"{name}.element", column.flatten())
    elif not pa.types.is_null(kind) and not pa.types.is_boolean(kind) and len(column):
        yield name, _flat(column)


def _flat(column: pa.Array) -> Lines | Numbers:
    kind = column.type
    if pa.types.is_floating(kind):
        return floats(_fixed(column, f"f{kind.bit_width // 8}"))
    if pa.types.is_primitive(kind) and kind.bit_width <= 64:
        sign = "u" if pa.types.is_unsigned_integer(kind) else "i"
        return whole_numbers(_fixed(column, f"{sign}{kind.bit_width // 8}"))
    if pa.types.is_decimal(kind):
        column = column.cast(pa.string())
    try:
        return _lines(column.cast(pa.large_binary()))
    except pa.ArrowException:  # a kind of which Arrow makes no bytes
        return Lines("".join(f"{value}\n" for value in column.to_pylist()).encode())


def _fixed(column: pa.Array, dtype: str) -> NDArray[Any]:
    """The buffer of a column of numbers or times, nulls included."""
    width = np.dtype(dtype).itemsize
    return np.frombuffer(column.buffers()[1], dtype, len(column), column.offset * width)


def _lines(column: pa.Array) -> Lines:
    _, offsets, data = column.buffers()
    starts = np.frombuffer(offsets, np.int64, len(column) + 1, column.offset * 8)
    return Lines(lines_of(np.frombuffer(data or b"", np.uint8), starts))
