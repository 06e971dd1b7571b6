"""How times are written, told from some of them."""

from collections.abc import Sequence
from datetime import datetime

_DATES = ("%d/%m/%Y", "%m/%d/%Y", "%d.%m.%Y", "%d-%m-%Y", "%Y/%m/%d", "%Y%m%d", "%Y-%m-%d", "%d/%m/%y")
_CLOCKS = (" %H:%M:%S", " %H:%M", "-%H:%M:%S", " %H%M%S", "%H%M%S", " %I:%M:%S %p")
_PATTERNS = tuple(date + clock for date in _DATES for clock in _CLOCKS)
_LEAST_S, _MOST_S = 631_152_000, 2_840_140_800
"""1990 to 2059."""


def time_format_of(times: Sequence[str]) -> str | None:
    """Return the value of `time.format` that reads all of some times, days before months where both do.

    `iso`, `epoch_s`, `epoch_ms`, or a strptime pattern; None where nothing fits, or there is no time.
    """
    if not times:
        return None
    if all(_is_iso(text) for text in times):
        return "iso"
    for name, per_second in (("epoch_s", 1), ("epoch_ms", 1_000)):
        if all(text.isdecimal() and _LEAST_S <= int(text) / per_second < _MOST_S for text in times):
            return name
    return next((pattern for pattern in _PATTERNS if all(_reads(text, pattern) for text in times)), None)


def _is_iso(text: str) -> bool:
    try:
        datetime.fromisoformat(text)
    except ValueError:
        return False
    return "-" in text


def _reads(text: str, pattern: str) -> bool:
    try:
        datetime.strptime(text, pattern)
    except ValueError:
        return False
    return True
