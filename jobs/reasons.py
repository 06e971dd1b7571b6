"""Why a row is rejected: a closed list."""

from enum import StrEnum


class Reason(StrEnum):
    """Reason codes of quarantined rows; a row has the first that applies, in this order."""

    RAGGED_ROW = "ragged_row"
    """The row has more or fewer values than the file has columns."""
    MISSING_USER = "missing_user"
    """No identifier."""
    BAD_USER = "bad_user"
    """The identifier is not of its kind: other characters than digits, or too short or long."""
    MISSING_TIME = "missing_time"
    """No time."""
    BAD_TIME = "bad_time"
    """The time is not written as the config says, or is no date of the calendar."""
    NONEXISTENT_TIME = "nonexistent_time"
    """The clock never showed this local time: it was set forward over it."""
    OUTSIDE_PERIOD = "outside_period"
    """The time lies outside the configured period; where none is set, outside the years 1990 to 2059."""
    MISSING_CELL = "missing_cell"
    """No cell."""
    UNKNOWN_CELL = "unknown_cell"
    """The cell is not in the cell plan."""
    BAD_MCC = "bad_mcc"
    """The mobile country code is missing or not between 200 and 799 (ITU-T E.212)."""
