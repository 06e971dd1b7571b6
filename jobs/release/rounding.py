"""Round what a bundle tells of the raw data, so that its documents do not say what its tables withhold.

An exact count of subscribers or records with one person more or less is what differential privacy and
thresholds hide; and the last digits of a sum of expansion weights tell which weights were added up.
"""

from typing import Any

import numpy as np
import pyarrow as pa

_DIGITS = 2
_KEPT_AS_IT_IS = frozenset({"settings", "dp", "disclosure", "k", "min_users", "points", "window_days"})
"""Parameters, and what noise was added to already."""


def two_digits(value: float) -> float:
    """A number to two significant digits; whole numbers stay whole."""
    if value == 0 or not np.isfinite(value):
        return value
    place = _DIGITS - 1 - int(np.floor(np.log10(abs(value))))
    return round(value, place) if isinstance(value, float) else int(round(value, min(place, 0)))


def rounded_figures(told: Any) -> Any:
    """Every count of a hundred or more to two digits, every share to two decimal places; parameters stay."""
    if isinstance(told, dict):
        return {
            name: value if name in _KEPT_AS_IT_IS else rounded_figures(value) for name, value in told.items()
        }
    if isinstance(told, list):
        return [rounded_figures(value) for value in told]
    if isinstance(told, bool) or not isinstance(told, int | float):
        return told
    if abs(told) >= 100:
        return two_digits(told)
    return told if isinstance(told, int) else round(told, 2)


_PLACES = {"trips": 2, "user_hours": 2}
_WHOLE = ("population", "population_trips", "population_trips_low", "population_trips_high")


def rounded_table(table: pa.Table) -> pa.Table:
    """Flows or presence with trips to a hundredth and population to whole persons.

    In full precision a sum of weights would be a fingerprint of the persons behind it: whoever knows, or can
    work out, their weights could tell which of them were added up.
    """
    for name, places in (_PLACES | dict.fromkeys(_WHOLE, 0)).items():
        at = table.schema.get_field_index(name)
        if at >= 0:
            field, column = table.schema.field(at), table[name].combine_chunks()
            values = np.round(column.to_numpy(zero_copy_only=False), places) + 0.0
            table = table.set_column(at, field, pa.array(values, field.type, mask=_missing(column)))
    return table


def _missing(column: pa.Array) -> Any:
    return column.is_null().to_numpy(zero_copy_only=False)
